"""The copy as PDF/UA-1 and PDF/A-2a. What is left out never reaches the typesetter: it is absent, not covered."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from handslag.casework.models import MaskedCopy, MaskedPage, MaskedPassage
from handslag.casework.states import CopyReceiver, DocumentKind, NoteKind, PageChoice
from handslag.casework.typesetting import PaperNotSet, day_in_words, picture_name, set_paper
from handslag.foundation.public import HandslagError


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


def make_copy_pdf(
    copy: MaskedCopy, passages: Sequence[MaskedPassage], pages: Sequence[MaskedPage],
    pictures: Mapping[UUID, bytes], frame: CopyFrame,
) -> bytes:  # fmt: skip
    """The bytes of the copy; `pictures` holds a JPEG of every page that is shown, already blacked. Raises CopyNotMade."""
    if any(page.choice == PageChoice.SHOWN and page.id not in pictures for page in pages):
        raise CopyNotMade("The copy could not be made.", do="Tell the administrator.")
    data = json.dumps(copy_data(copy, passages, pages, frame), ensure_ascii=False)
    framed = [_framed(page, pictures[page.id]) for page in _shown(pages)]
    try:
        return set_paper(_template(), {"copy": data}, day=frame.day, pictures=framed)
    except PaperNotSet as error:
        raise CopyNotMade("The copy could not be made.", do="Tell the administrator.") from error


def copy_data(
    copy: MaskedCopy, passages: Sequence[MaskedPassage], pages: Sequence[MaskedPage], frame: CopyFrame
) -> dict[str, Any]:
    """All that the template prints. Neighbouring passages, or pages, that are left out become one mark with their grounds,
    so that neither their number nor their length is told."""
    with translation.override(frame.language):
        parts, names = [], {page.id: picture_name(place) for place, page in enumerate(_shown(pages))}
        every: list[MaskedPassage | MaskedPage] = [*passages, *pages]
        every.sort(key=lambda one: one.place)
        for (kind, _id), rows in groupby(every, key=_source):
            held = list(rows)
            if kind == "page":
                drawn = [one for one in held if isinstance(one, MaskedPage)]
                parts.append({"heading": _heading("document", drawn[0]), "blocks": _page_blocks(drawn, names)})
                continue
            written = [one for one in held if isinstance(one, MaskedPassage)]
            parts.append({"heading": _heading(kind, written[0]), "blocks": _text_blocks(written)})
        return {
            "language": frame.language,
            "title": _("Copy from case {number}").format(number=copy.case.number),
            "unit": frame.unit,
            "number": copy.case.number,
            "day": day_in_words(frame.day),
            "receiver": frame.receiver,
            "notice": _("This is a preview. Nothing has been given out yet.") if frame.is_preview else "",
            "parts": parts,
            "closing": _closing(copy, passages, pages),
            "words": {"page": _("Page"), "of": _("of"), "to": _("To"), "date": _("Date"), "case": _("Case")},
        }


def _shown(pages: Sequence[MaskedPage]) -> list[MaskedPage]:
    return [page for page in pages if page.choice == PageChoice.SHOWN]


def _source(one: MaskedPassage | MaskedPage) -> tuple[str, UUID]:
    return ("page", one.document_id) if isinstance(one, MaskedPage) else (one.source_kind, one.source_id)


def _text_blocks(passages: Sequence[MaskedPassage]) -> list[dict[str, str]]:
    blocks: list[dict[str, str]] = []
    for masked, run in groupby(passages, key=lambda one: one.masked):
        if masked:
            blocks.append({"text": "", "picture": "", "left_out": _left_out({one.ground for one in run})})
        else:
            blocks += [{"text": one.text, "picture": "", "left_out": ""} for one in run]
    return blocks


def _page_blocks(pages: Sequence[MaskedPage], names: Mapping[UUID, str]) -> list[dict[str, str]]:
    """Pages that are shown as pictures, by their names, with a text for those who cannot see them; others as one mark."""
    blocks: list[dict[str, str]] = []
    for shown, run in groupby(pages, key=lambda one: one.choice == PageChoice.SHOWN):
        held = list(run)
        if not shown:
            blocks.append({"text": "", "picture": "", "left_out": _left_out({one.ground for one in held})})
            continue
        for one in held:
            grounds = {area["ground"] for area in one.areas}
            about = _("A page of the paper, as a picture. Ask us if you want it read to you.")
            if one.spoken:
                about = _("A page of the paper, as a picture. It says: {words}").format(words=one.spoken)
            told = _left_out(grounds) if grounds else ""
            blocks.append(
                {"text": " ".join(filter(None, (about, told))), "picture": names[one.id], "left_out": told}
            )
    return blocks


def _framed(page: MaskedPage, picture: bytes) -> bytes:
    """The picture in a frame of text, since the typesetter takes files of text alone; the JPEG goes through as it is."""
    size = f'width="{page.width}" height="{page.height}"'
    held = base64.b64encode(picture).decode()
    image = f'<image {size} preserveAspectRatio="none" href="data:image/jpeg;base64,{held}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {page.width} {page.height}">{image}</svg>'.encode()


def _left_out(grounds: set[str]) -> str:
    return _("Left out: {grounds}").format(grounds=", ".join(sorted(one for one in grounds if one)) or "–")


def _heading(kind: str, first: MaskedPassage | MaskedPage) -> str:
    day = day_in_words(first.source_day)
    if kind == "note":
        label = dict(NoteKind.choices).get(first.source_type, "")
        return _("Note of {day}: {kind}").format(day=day, kind=label)
    if kind == "document":
        label = dict(DocumentKind.choices).get(first.source_type, "")
        return _("Document of {day}: {kind}").format(day=day, kind=label)
    if kind == "decision":
        return _("Decision of {day}").format(day=day)
    return _("Message of {day}").format(day=day)


def _closing(copy: MaskedCopy, passages: Sequence[MaskedPassage], pages: Sequence[MaskedPage]) -> list[str]:
    whole = all(page.choice == PageChoice.SHOWN and not page.areas for page in pages)
    if whole and not any(one.masked for one in passages):
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


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files("handslag.casework.copies").joinpath("copy.typ").read_bytes()
