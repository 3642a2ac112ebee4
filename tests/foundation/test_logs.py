"""Logs carry ids only, and each line is JSON, the web server's own too."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from handslag.config import serve
from handslag.config.logs import scrub
from handslag.config.place import place


@pytest.mark.parametrize(
    "text", ["19910314-9804", "199103149804", "910314-9804", "9103149804", "910314+9804", "880209-T050"]
)
def test_anything_like_an_identity_number_is_blanked(text: str) -> None:
    line = scrub(None, "", {"event": f"no person {text} here", "seconds": 2})
    assert text not in line["event"]
    assert line == {"event": "no person [number] here", "seconds": 2}


def test_an_id_is_kept() -> None:
    text = "case 0192f000-0000-7001-8000-00000000012a"
    assert scrub(None, "", {"event": text})["event"] == text


SAYS = """
import json, sys
from granian.log import LogLevels, configure_logging, logger
configure_logging(LogLevels.warning, json.load(open(sys.argv[1])))
logger.warning("Unexpected exit from worker-1 for 19910314-9804")
"""


def test_the_web_server_writes_its_own_lines_as_json_too() -> None:
    product = serve.Product(place(), "demo", 8000, owner_url="postgresql://owner:x@127.0.0.1/none")
    product.add_web_and_workers()
    started = product.children[0].arguments
    config = started[started.index("--log-config") + 1]
    told = subprocess.run([sys.executable, "-c", SAYS, config], capture_output=True, text=True, check=True)
    [line] = (told.stdout + told.stderr).splitlines()
    assert json.loads(line)["event"] == "Unexpected exit from worker-1 for [number]"
    assert json.loads(line)["level"] == "warning" and Path(config).is_file()
