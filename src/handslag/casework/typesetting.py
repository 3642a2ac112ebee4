"""What every paper is set with: one typesetter for each thread, one typeface and look, and the standards that it must hold.

The typesetter numbers each name of a file once in the life of a process and ends at 65 535; a text without a name takes a
new number for every typesetter. So all that it is given here has a name, and the names are always the same ones.
"""

import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib import resources
from pathlib import Path

import typst
from django.utils import formats

from handslag.foundation.public import HandslagError

STANDARDS = ["ua-1", "a-2a"]
NO_BREAK_SPACE = "\u00a0"
# `handslag assets` fills it. Without it the typesetter's own serif is used.
TYPEFACE = Path(__file__).parent / "fonts"


class PaperNotSet(HandslagError):
    """What was to be set is no paper that holds the standards."""


class _Kept(threading.local):
    typesetter: typst.Compiler | None = None


_of_thread = _Kept()


def set_paper(
    template: bytes, told: Mapping[str, str], *, day: date, pictures: Sequence[bytes] = ()
) -> bytes:
    """The paper as PDF/UA-1 and PDF/A-2a in one, made at noon of `day`: the same content, the same bytes.

    `told` is what the template reads in `sys.inputs`. `pictures` are SVG; the template finds each by its `picture_name`.
    A paper with pictures has a typesetter of its own, which goes with it, so that no picture stays in memory.
    Raises PaperNotSet. Needs no network.
    """
    given = {picture_name(place): picture for place, picture in enumerate(pictures)}
    try:
        pdf = (_typesetter() if pictures else _of_this_thread()).compile(
            input={"main": template, "paper.typ": _look(), **given},  # type: ignore[type-var]
            format="pdf",
            sys_inputs=dict(told),
            pdf_standards=STANDARDS,  # type: ignore[arg-type]
            timestamp=datetime.combine(day, time(12), UTC),
        )
    except (typst.TypstError, RuntimeError) as error:
        raise PaperNotSet("The letter could not be made.", do="Tell the administrator.") from error
    if not isinstance(pdf, bytes):
        raise PaperNotSet("The letter could not be made.", do="Tell the administrator.")
    return pdf


def picture_name(place: int) -> str:
    """The name of the picture in this place; the first is 0."""
    return f"picture-{place}.svg"


def day_in_words(day: date) -> str:
    """`22 november 2026` in the language in force, with spaces that do not break."""
    return formats.date_format(day, "j F Y").replace(" ", NO_BREAK_SPACE)


def _of_this_thread() -> typst.Compiler:
    """The thread's own: it keeps what it has parsed, so a letter costs milliseconds."""
    kept = _of_thread.typesetter
    if kept is None:
        kept = _of_thread.typesetter = _typesetter()
    return kept


def _typesetter() -> typst.Compiler:
    return typst.Compiler(input={"main": b""}, font_paths=_fonts())  # type: ignore[type-var]


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(TYPEFACE)])


@lru_cache(maxsize=1)
def _look() -> bytes:
    return resources.files("handslag.casework.letters").joinpath("paper.typ").read_bytes()
