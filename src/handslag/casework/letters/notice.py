"""The letter of a decision that is told by notice: what was decided, why, by whom and how to appeal, as PDF/UA-1 and A-2a."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from importlib import resources
from typing import Any, Protocol

from django.utils import translation
from django.utils.translation import gettext as _

from handslag.casework.appeals import appeal_sending, appeal_text
from handslag.casework.models import DecisionNotice
from handslag.casework.typesetting import PaperNotSet, day_in_words, set_paper
from handslag.foundation import public as foundation

SWEDISH = "sv"


class Addressed(Protocol):
    """What every letter in sections says of its reader. `is_hidden`: no address is printed."""

    @property
    def language(self) -> str: ...
    @property
    def address_lines(self) -> tuple[str, ...]: ...
    @property
    def is_hidden(self) -> bool: ...
    @property
    def day(self) -> date: ...


class NoticeNotMade(foundation.HandslagError):
    """The letter could not be made; nothing is sent instead."""


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """From whom, to whom and what. `is_hidden`: somebody around the case is protected, so no address is printed.

    The Swedish text is the decision; for a reader of English its translation follows.
    """

    unit: str
    number: str
    receiver: str
    language: str
    address_lines: tuple[str, ...]
    is_hidden: bool
    day: date
    notice: DecisionNotice


def make_notice_pdf(letter: NoticeLetter) -> bytes:
    """The bytes of the letter. Raises NoticeNotMade, also for a hidden family's letter that holds an address."""
    return set_letter(letter, partial(notice_data, letter))


def notice_data(letter: NoticeLetter, language: str) -> dict[str, Any]:
    """All that the template prints, in words of one language."""
    notice = letter.notice
    with translation.override(language):
        sections = [{"heading": _("Why"), "paragraphs": _reasons(notice)}]
        decided = [
            _("Decided {day} under {law}.").format(
                day=day_in_words(foundation.day_of(notice.decided_at)), law=notice.legal_ground
            )
        ]
        if notice.decided_by_name:
            decided.append(_("Decided by {name}.").format(name=notice.decided_by_name))
        appeal = [appeal_text(notice.appeal)]
        if notice.appeal_last_day is not None:
            last = foundation.said("casework.appeal.last_day", day=day_in_words(notice.appeal_last_day))
            appeal.append(foundation.tell(last))
        if sending := appeal_sending(notice.appeal):
            appeal.append(sending)
        sections += [
            {"heading": _("Who has decided"), "paragraphs": decided},
            {"heading": _("If you think that the decision is wrong"), "paragraphs": appeal},
        ]
        return {
            "language": language,
            "title": notice.result,
            "unit": letter.unit,
            "number": letter.number,
            "day": day_in_words(letter.day),
            "recipient": [letter.receiver, *letter.address_lines],
            "sections": sections,
            "translation": None,
            "words": letter_words(_("This is a translation to help you read. The Swedish letter is the decision.")),
        }  # fmt: skip


def set_letter(letter: Addressed, data_in: Callable[[str], dict[str, Any]]) -> bytes:
    """A letter in sections, set in Swedish and followed by English for who reads it; `data_in` gives what a language
    prints. Raises NoticeNotMade, also for a hidden family's letter that holds an address."""
    if letter.is_hidden and letter.address_lines:
        raise NoticeNotMade(
            "The letter to a protected family holds an address.", do="Make it without the address."
        )
    data = data_in(SWEDISH)
    if letter.language == "en":
        data["translation"] = data_in("en")
    try:
        return set_paper(_template(), {"letter": json.dumps(data, ensure_ascii=False)}, day=letter.day)
    except PaperNotSet as error:
        raise NoticeNotMade("The letter could not be made.", do="Tell the administrator.") from error


def letter_words(legal: str) -> dict[str, str]:
    """The template's own words, in the language that is on; `legal` says what the translation is worth."""
    return {
        "page": _("Page"), "of": _("of"), "date": _("Date"), "case": _("Case"),
        "translated": _("Translation into English"), "legal": legal,
    }  # fmt: skip


def _reasons(notice: DecisionNotice) -> list[str]:
    told = [foundation.tell(reason) if isinstance(reason, dict) else reason for reason in notice.why]
    lines = [line for text in told for line in text.splitlines() if line.strip()]
    if notice.partial:
        lines.append(
            _(
                "Something has been left out here that we may not tell you. You can ask for a written decision about it."
            )
        )
    return lines


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files("handslag.casework.letters").joinpath("notice.typ").read_bytes()
