"""Asking the drawing process for the pages of a paper: their size and text, and pictures with areas blacked.

Whatever goes wrong, also a process that dies or takes too long, is PaperNotDrawn: nothing is shown instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from handslag.casework.copies.drawing import Box
from handslag.casework.errors import PaperNotDrawn
from handslag.casework.rules.file_types import JPEG, PDF, PNG, WEBP

DRAWN = frozenset({PDF, JPEG, PNG, WEBP})
# Above this a copy takes longer than anybody waits, and no reader looks at each page.
MOST_PAGES = 100
PAPER_DPI = 130
_SECONDS = 120
_log = structlog.get_logger("casework.pages")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text layer and where it stands, in thousandths."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is seen, and its lines; none where it is a picture alone."""

    number: int
    width: int
    height: int
    lines: tuple[Line, ...]


def read_pages(content: bytes, media_type: str) -> list[Page]:
    """The pages of a paper. Raises PaperNotDrawn."""
    told, _pictures = _ask({"media_type": media_type, "draw": [], "lines": True}, content)
    try:
        return [
            Page(
                number,
                int(one["width"]),
                int(one["height"]),
                tuple(Line(str(line[0]), (line[1], line[2], line[3], line[4])) for line in one["lines"]),
            )
            for number, one in enumerate(told["pages"], start=1)
        ]
    except (KeyError, TypeError, ValueError, IndexError) as fault:
        raise PaperNotDrawn(code="broken") from fault


def draw_pages(
    content: bytes, media_type: str, wanted: Sequence[tuple[int, Sequence[Box]]], *, width: int = 0
) -> list[bytes]:
    """A JPEG for each wanted page (its number and the boxes to black), in that order. `width` in pixels, for a screen;
    without it as for paper. Raises PaperNotDrawn."""
    asked = {
        "media_type": media_type,
        "draw": [[number, list(boxes)] for number, boxes in wanted],
        "lines": False,
    }
    _told, pictures = _ask({**asked, "width": width}, content)
    if len(pictures) != len(wanted) or not all(one.startswith(b"\xff\xd8\xff") for one in pictures):
        raise PaperNotDrawn(code="broken")
    return pictures


def _ask(question: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    whole = {"width": 0, "dpi": PAPER_DPI, "most_pages": MOST_PAGES, **question}
    # Its environment holds no address of a database and no secret: where Python finds its libraries, and nothing more.
    around = {"PYTHONPATH": os.pathsep.join(one for one in sys.path if one), "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "handslag.casework.copies.drawing"],
            input=json.dumps(whole).encode() + b"\n" + content,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env=around,
        )
        return _read(done.stdout)
    except subprocess.TimeoutExpired as fault:
        raise PaperNotDrawn(code="too_large") from fault
    except (subprocess.SubprocessError, OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        _log.error("a paper could not be drawn", error=type(fault).__name__)
        raise PaperNotDrawn(code="broken") from fault


def _read(said: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The answer and its pictures; raises what a broken answer raises, and PaperNotDrawn for one that says why."""
    head, _newline, rest = said.partition(b"\n")
    told = json.loads(head)
    if "fault" in told:
        raise PaperNotDrawn(code=str(told["fault"]), pages=int(told.get("pages", 0)), most=MOST_PAGES)
    pictures, at = [], 0
    for size in told["sizes"]:
        pictures.append(rest[at : at + int(size)])
        at += int(size)
    if at != len(rest):
        raise ValueError("the pictures are not as long as was said")
    return told, pictures
