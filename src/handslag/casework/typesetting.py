"""What every paper is set with: one typesetter for each thread and typeface, and the standards that it must hold."""

import threading
from datetime import date
from pathlib import Path

import typst
from django.utils import formats

STANDARDS = ["ua-1", "a-2a"]
NO_BREAK_SPACE = "\u00a0"


class _Kept(threading.local):
    def __init__(self) -> None:
        self.typesetters: dict[Path | None, typst.Compiler] = {}


_of_thread = _Kept()


def typesetter(fonts: Path | None = None) -> typst.Compiler:
    """The thread's own: it keeps its fonts and what it has parsed, so a letter costs milliseconds.

    `fonts` is a folder of typefaces; without one the typesetter's own serif is used.
    """
    kept = _of_thread.typesetters
    if fonts not in kept:
        kept[fonts] = typst.Compiler(
            ignore_system_fonts=True, font_paths=[str(fonts)] if fonts is not None else []
        )
    return kept[fonts]


def day_in_words(day: date) -> str:
    """`22 november 2026` in the language in force, with spaces that do not break."""
    return formats.date_format(day, "j F Y").replace(" ", NO_BREAK_SPACE)
