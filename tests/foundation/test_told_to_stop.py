"""Ctrl-C or a stop from the system ends the product wherever its watch over the processes is just then.

A signal's handler runs between two lines of whatever the watch is doing. Did it need a lock that the interrupted line holds,
the product would wait for itself for ever; so the watch is interrupted at every line of it, one after the other.
"""

import subprocess
import sys
from pathlib import Path

ENDS_AT_LAST_SECONDS = 120
WATCH = """
import os, signal, sys
from pathlib import Path
from handslag.config import serve
from handslag.config.place import Place

serve.LOOKS_EVERY_SECONDS = 0.01
here = Path(sys.argv[1])

def told_at(nth):
    "Whether the watch came to its nth line, where it was told to stop."
    product = serve.Product(here=Place.model_construct(var=here, secret=""), mode="demo", port=1)
    product.children.append(serve.Child("idle", [sys.executable, "-c", "import time; time.sleep(150)"], dict(os.environ)))
    met = 0

    def line(frame, event, _argument):
        nonlocal met
        if event == "line" and (here / "pids.json").exists():
            met += 1
            if met == nth:
                os.kill(os.getpid(), signal.SIGTERM)
        return line

    def call(frame, _event, _argument):
        of = Path(frame.f_code.co_filename).name
        return line if of in ("serve.py", "threading.py") and frame.f_code.co_name != "stop" else None

    sys.settrace(call)
    try:
        assert product.run() == 0
    finally:
        sys.settrace(None)
    assert product.children[0].process.poll() is not None, "its processes are ended too"
    assert not (here / "pids.json").exists()
    return met >= nth

# The watch goes round for ever unless it is told to: two rounds of it are more lines than these.
for nth in range(1, 31):
    assert told_at(nth), nth
print("stopped at every line")
"""


def test_a_signal_at_any_line_of_the_watch_stops_the_product(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(tmp_path)],
        capture_output=True, text=True, timeout=ENDS_AT_LAST_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "stopped at every line"
