"""Who reported concern for an adult does not leave in a copy of a case, and is not shown in the record online."""

from __future__ import annotations

import re

from handslag.adult_support.models import AdultMatter, CameAs
from handslag.casework import public as casework
from handslag.foundation import public as foundation

READER = foundation.system("masking")
GROUND = "OSL 26:5"
_SAY_NOTHING = frozenset(
    [
        "och",
        "med",
        "från",
        "hos",
        "som",
        "för",
        "den",
        "det",
        "via",
        "samt",
        "hon",
        "han",
        "hennes",
        "hans",
        "man",
        "deras",
    ]
)
_PHONE = re.compile(r"\+?\d[\d\s\-/()]{5,}\d")
_MAIL = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")


def register() -> None:
    """Register the rule with casework; a rule that fails stops the copy."""
    casework.register_masking_rule("adult_support.reporter", reporter_rule)


def reporter_rule(question: casework.MaskingQuestion) -> casework.AskPassage | None:
    """Hide every passage that names who told of the person in any of the person's matters.

    Who told was written down in free words, so nobody knows whether it is a private person: a case worker may show a
    passage with a reason, and a second person reads that.
    """
    person_id = casework.get_case(question.case_id, READER).person_id
    told = (
        AdultMatter.objects.filter(case__person_id=person_id).exclude(came_as=CameAs.OWN).exclude(told_by="")
    )
    found = casework.together([telltale_of(told_by) for told_by in told.values_list("told_by", flat=True)])
    if not found:
        return None

    def ask(passage: casework.AskedPassage) -> casework.Hidden | None:
        return casework.Hidden(GROUND, may_lift=True) if casework.mentions(passage.text, found) else None

    return ask


def telltale_of(told_by: str) -> casework.Telltale:
    """What in the free words gives somebody away: words of three letters or more, numbers, addresses of e-mail."""
    mails, phones = _MAIL.findall(told_by), _PHONE.findall(told_by)
    plain = _PHONE.sub(" ", _MAIL.sub(" ", told_by))
    words = [
        word for word in casework.name_words(plain) if len(word) > 2 and word.casefold() not in _SAY_NOTHING
    ]
    return casework.Telltale(words=tuple(words), phones=tuple(phones), exact=tuple(mails))
