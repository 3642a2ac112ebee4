"""The letter to who has no own page: what a decision will rest on, and until when they may answer (FL 25, SoL 14:8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from handslag.casework.letters.notice import letter_words, set_letter
from handslag.casework.postal import postal_address
from handslag.casework.typesetting import day_in_words


@dataclass(frozen=True, slots=True)
class HearingLetter:
    """From whom, to whom and what, as the masking rules let the receiver read it (`material`, `partial`). `is_hidden`: no
    address is printed. `has_copy`: a masked copy goes in the same envelope."""

    unit: str
    number: str
    receiver: str
    language: str
    address_lines: tuple[str, ...]
    is_hidden: bool
    day: date
    material: str
    partial: bool
    answer_until: date
    has_copy: bool


def make_hearing_pdf(letter: HearingLetter) -> bytes:
    """The bytes of the letter. Raises NoticeNotMade, also for a hidden family's letter that holds an address."""
    return set_letter(letter, partial(hearing_data, letter))


def hearing_data(letter: HearingLetter, language: str) -> dict[str, Any]:
    """All that the template prints, in words of one language; the material stands as it was written."""
    with translation.override(language):
        material = [line for line in letter.material.splitlines() if line.strip()]
        if letter.partial:
            material.append(_("Something has been left out here that we may not tell you. You can ask for a written decision about it."))  # fmt: skip
        if letter.has_copy:
            material.append(_("A copy of papers goes with this letter."))
        answer = [
            _("You may answer until {day}. After that day we may decide.").format(
                day=day_in_words(letter.answer_until)
            ),
            _("Write to us, call us or come. You may also tell us by word of mouth. Nothing to add is an answer too."),
        ]  # fmt: skip
        if address := postal_address():
            answer.append(_("Our postal address: {address}.").format(address=", ".join(address)))
        return {
            "language": language, "title": _("Before we decide"), "unit": letter.unit, "number": letter.number,
            "day": day_in_words(letter.day), "recipient": [letter.receiver, *letter.address_lines],
            "sections": [
                {"heading": _("What the decision will rest on"), "paragraphs": material},
                {"heading": _("Your answer"), "paragraphs": answer},
            ],
            "translation": None, "words": letter_words(_("This is a translation to help you read. The Swedish letter is the one that counts.")),
        }  # fmt: skip
