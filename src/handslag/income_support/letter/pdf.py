"""`make_pdf`: what a letter says, handed to the typesetter of every paper."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from handslag.casework import public as casework
from handslag.foundation.public import HandslagError
from handslag.income_support.letter.content import LetterContent


class LetterNotMade(HandslagError):
    """The PDF could not be made accessible and archivable; nothing is sent instead."""


def make_pdf(content: LetterContent) -> bytes:
    """The letter's bytes, with its translation after it if it has one. Raises LetterNotMade, also for a protected person's letter that holds an address."""
    both = (content, content.translation) if content.translation else (content,)
    if any(one.is_protected and one.address_lines for one in both):
        raise LetterNotMade(
            "The letter to a protected person holds an address.",
            do="Make the letter again without the address.",
        )
    data = json.dumps(letter_data(content), ensure_ascii=False)
    try:
        return casework.set_paper(_template(), {"letter": data}, day=content.decided_on)
    except casework.PaperNotSet as error:
        raise LetterNotMade("The letter could not be made.", do="Tell the administrator.") from error


def letter_data(content: LetterContent) -> dict[str, Any]:
    """Everything that the template prints, in words of the reader's language, in the order of the letter."""
    with translation.override(content.language):
        calculation = content.calculation
        return {
            "language": content.language,
            "title": content.title,
            "sender": {"name": content.sender.name, "unit": content.sender.unit},
            "recipient": [content.recipient, *content.address_lines],
            "case_number": content.case_number,
            "decided_on": casework.day_in_words(content.decided_on),
            "sentence": content.sentence,
            "notices": list(content.notices),
            "reasons": list(content.reasons),
            "legal_ground": content.legal_ground,
            "groups": [
                {
                    "heading": group.heading,
                    "rows": [
                        {"label": line.label, "explanation": line.explanation, "why": line.why, "amount": line.amount}
                        for line in group.lines
                    ],
                    "total_label": group.total_label,
                    "total": group.total,
                }
                for group in (calculation.groups if calculation else ())
                if group.lines
            ],
            "sums": [
                {"sign": row.sign, "label": row.label, "amount": row.amount}
                for row in (calculation.sums if calculation else ())
            ],
            "notes": list(calculation.notes if calculation else ()),
            "payments": [
                {"day": casework.day_in_words(row.pay_on), "payee": row.payee, "amount": row.amount}
                for row in content.payments
            ],
            "sections": _sections(content),
            "translation": letter_data(content.translation) if content.translation else None,
            "words": {
                "translated": _("Translation into English"),
                "legal": _("This is a translation to help you read. The Swedish letter is the decision."),
                "case": _("Case"),
                "date": _("Date"),
                "page": _("Page"),
                "of": _("of"),
                "why": _("Why we decide so"),
                "because": _("Why:"),
                "ground": _("The decision is made under"),
                "calculation": _("How we have calculated"),
                "summary": _("In all"),
                "amount": _("Amount"),
                "payments": _("When the money comes"),
                "day": _("Day"),
                "to": _("To"),
            },
        }


def _sections(content: LetterContent) -> list[dict[str, Any]]:
    appeal = [content.appeal]
    if content.appeal_last_day is not None:
        last_day = casework.day_in_words(content.appeal_last_day)
        appeal.append(_("Your letter must have reached us on {day} at the latest.").format(day=last_day))
    appeal.append(_("Send it by post to: {address}.").format(address=", ".join(content.sender.appeal_address)))
    deciding = []
    if content.is_automated:
        deciding = [
            _(
                "This decision was made automatically by our computer system, by rules that the municipality "
                "has decided on. No case worker made the decision."
            ),
            _(
                "You can always talk to a person. If you want somebody to go through the decision, tell us: "
                "call, visit or write in “My case”."
            ),
        ]
    else:
        deciding = [_("Decided by {name}.").format(name=content.decided_by)]
        if content.others_took_part:
            deciding.append(
                _("Others who took part: {names}.").format(names=", ".join(content.others_took_part))
            )
    return [
        {
            "heading": _("Decided automatically") if content.is_automated else _("Who has decided"),
            "paragraphs": deciding,
        },
        {"heading": _("If you think that the decision is wrong"), "paragraphs": appeal},
        {"heading": _("Questions"), "paragraphs": [*content.sender.contact, _("Write in “My case”.")]},
    ]


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files("handslag.income_support.letter").joinpath("letter.typ").read_bytes()
