"""The copy as PDF/UA-1 and PDF/A-2a. What is left out never reaches the typesetter: it is absent, not covered."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any

import typst
from django.utils import formats, translation
from django.utils.translation import gettext as _

from handslag.casework.models import MaskedCopy, MaskedPassage
from handslag.casework.states import CopyReceiver, DocumentKind, NoteKind
from handslag.foundation.public import HandslagError

STANDARDS = ["ua-1", "a-2a"]
_of_thread = threading.local()


class CopyNotMade(HandslagError):
    """The PDF could not be made; nothing is given instead."""


@dataclass(frozen=True, slots=True)
class CopyFrame:
    """What stands around the copy: from whom, to whom, on which day, and whether it is only a preview."""

    unit: str
    receiver: str
    day: date
    language: str = "sv"
    is_preview: bool = False


def make_copy_pdf(copy: MaskedCopy, passages: Sequence[MaskedPassage], frame: CopyFrame) -> bytes:
    """The bytes of the copy. Raises CopyNotMade."""
    data = json.dumps(copy_data(copy, passages, frame), ensure_ascii=False)
    try:
        pdf = _compiler().compile(
            input=_template(),
            format="pdf",
            sys_inputs={"copy": data},
            pdf_standards=STANDARDS,  # type: ignore[arg-type]
            timestamp=datetime.combine(frame.day, time(12), UTC),
        )
    except typst.TypstError as error:
        raise CopyNotMade("The copy could not be made.", do="Tell the administrator.") from error
    if not isinstance(pdf, bytes):
        raise CopyNotMade("The copy could not be made.", do="Tell the administrator.")
    return pdf


def copy_data(copy: MaskedCopy, passages: Sequence[MaskedPassage], frame: CopyFrame) -> dict[str, Any]:
    """All that the template prints. Neighbouring passages that are left out become one mark with their grounds, so that
    neither their number nor their length is told."""
    with translation.override(frame.language):
        parts = []
        for (kind, _id), rows in groupby(passages, key=lambda one: (one.source_kind, one.source_id)):
            held = list(rows)
            blocks: list[dict[str, Any]] = []
            for masked, run in groupby(held, key=lambda one: one.masked):
                if masked:
                    grounds = sorted({one.ground for one in run})
                    left_out = _("Left out: {grounds}").format(grounds=", ".join(grounds))
                    blocks.append({"text": "", "left_out": left_out})
                else:
                    blocks += [{"text": one.text, "left_out": ""} for one in run]
            parts.append({"heading": _heading(kind, held[0]), "blocks": blocks})
        return {
            "language": frame.language,
            "title": _("Copy from case {number}").format(number=copy.case.number),
            "unit": frame.unit,
            "number": copy.case.number,
            "day": _day(frame.day),
            "receiver": frame.receiver,
            "notice": _("This is a preview. Nothing has been given out yet.") if frame.is_preview else "",
            "parts": parts,
            "closing": _closing(copy, passages),
            "words": {"page": _("Page"), "of": _("of"), "to": _("To"), "date": _("Date"), "case": _("Case")},
        }


def _heading(kind: str, first: MaskedPassage) -> str:
    day = _day(first.source_day)
    if kind == "note":
        label = dict(NoteKind.choices).get(first.source_type, "")
        return _("Note of {day}: {kind}").format(day=day, kind=label)
    if kind == "document":
        label = dict(DocumentKind.choices).get(first.source_type, "")
        return _("Document of {day}: {kind}").format(day=day, kind=label)
    if kind == "decision":
        return _("Decision of {day}").format(day=day)
    return _("Message of {day}").format(day=day)


def _closing(copy: MaskedCopy, passages: Sequence[MaskedPassage]) -> list[str]:
    if not any(one.masked for one in passages):
        return [_("Nothing has been left out of the parts that stand here.")]
    told = [
        _(
            "Where it says “Left out”, text of the case is not part of this copy. The paragraph that stands there is the "
            "ground for it in the act on public access and secrecy (OSL)."
        ),
        _("You can ask for a written decision with reasons. It tells how you appeal."),
    ]
    if copy.receiver_kind != CopyReceiver.PARTY:
        told.append(_("What you have got may be secret with you too. Ask us if you are not sure."))
    return told


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y").replace(" ", "\u00a0")


def _compiler() -> typst.Compiler:
    compiler: typst.Compiler | None = getattr(_of_thread, "compiler", None)
    if compiler is None:
        compiler = _of_thread.compiler = typst.Compiler(ignore_system_fonts=True)
    return compiler


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files("handslag.casework.copies").joinpath("copy.typ").read_bytes()
