"""The simulators of the registers as one process beside the demo municipality."""

import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from handslag.config.place import environment_of_child, place


def children(product: Any, child: Any, *, size: int, seed: int) -> list[Any]:
    """The simulator process of the demo; from now on this process's children know where the registers answer."""
    folder = product.here.var / "simulators"
    ports = _ports(folder)
    os.environ["HANDSLAG_REGISTERS_URL"] = f"https://127.0.0.1:{ports['ssbtek']}/"
    os.environ["HANDSLAG_NAVET_URL"] = f"https://127.0.0.1:{ports['navet']}/"
    os.environ["HANDSLAG_CERTIFICATES"] = str(folder)
    arguments = [sys.executable, "-m", "handslag.config.simulators", str(folder), str(size), str(seed)]
    return [child("registers", arguments, environment_of_child())]


def _ports(folder: Path) -> dict[str, int]:
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "ports.json"
    if kept.exists():
        found: dict[str, int] = json.loads(kept.read_text())
        return found
    made = {}
    for name in ("ssbtek", "navet"):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            made[name] = int(probe.getsockname()[1])
    kept.write_text(json.dumps(made))
    return made


def main(folder: Path, size: int, seed: int) -> None:
    """Serve both registers until told to stop."""
    from handslag.demo.registers import registers_of_demo
    from handslag.foundation.clock import today
    from handslag.integrations.navet.simulator import NavetSimulator
    from handslag.integrations.ssbtek.simulator import SsbtekSimulator

    ports = _ports(folder)
    known = registers_of_demo(size=size, seed=seed, today=today())
    ending = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: ending.set())
    with (
        SsbtekSimulator(known, folder / "ssbtek", port=ports["ssbtek"]),
        NavetSimulator(known, folder / "navet", port=ports["navet"]),
    ):
        ending.wait()


if __name__ == "__main__":
    place()
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
