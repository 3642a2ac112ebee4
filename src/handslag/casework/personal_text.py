"""A text as one person may read it: every passage is asked of the masking rules, and what a rule hides is absent.

Used where something of a child's file is told to a guardian, or to the child: there the text tells of several persons,
and not all of it is meant for each of them. A rule that fails stops it (MaskingStopped).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handslag.casework.masking import AskedPassage, MaskingQuestion, Proposal, ask_rules
from handslag.casework.models import CaseParty, LeftOut
from handslag.casework.rules.masking import passages
from handslag.casework.states import PartyRole
from handslag.foundation import public as foundation

Text = str | dict[str, Any]


@dataclass(frozen=True, slots=True)
class HiddenPassage:
    """A passage that a rule hides from the person. With `shown_because` it is shown all the same, since the rule lets a
    case worker lift it and one has said why."""

    place: int
    text: str
    ground: str
    rule: str
    may_lift: bool
    shown_because: str = ""

    @property
    def is_left_out(self) -> bool:
        return not self.shown_because


@dataclass(frozen=True, slots=True)
class PersonalText:
    """The texts without what the rules hide, in order; `hidden` is for staff alone."""

    texts: tuple[Text, ...]
    hidden: tuple[HiddenPassage, ...]

    @property
    def is_partial(self) -> bool:
        return any(one.is_left_out for one in self.hidden)


def is_childs_file(case_id: UUID) -> bool:
    """Whether somebody is or was in the case as guardian: then whatever is told of it goes through the rules."""
    with foundation.acting(foundation.system("masking")):
        return CaseParty.objects.filter(case_id=case_id, role=PartyRole.GUARDIAN).exists()


def text_for(
    case_id: UUID, receiver_id: UUID, texts: Sequence[Text], *, kind: str, source_id: UUID, show_because: str = ""
) -> PersonalText:  # fmt: skip
    """The texts as the receiver may read them. A stored sentence is kept or left out whole.

    `show_because` shows what a rule hides where the rule lets a case worker lift it. Raises MaskingStopped.
    """
    split = [(text, passages(text) if isinstance(text, str) else [foundation.tell(text)]) for text in texts]
    asked = [AskedPassage(kind, source_id, line) for _, lines in split for line in lines]
    said = iter(ask_rules(MaskingQuestion(case_id, receiver_id), asked))
    kept: list[Text] = []
    hidden: list[HiddenPassage] = []
    place = 0
    for text, lines in split:
        shown = []
        for line in lines:
            found = _hidden(place, line, next(said), show_because.strip())
            place += 1
            hidden += [found] if found is not None else []
            shown += [] if found is not None and found.is_left_out else [line]
        if isinstance(text, str):
            kept += ["\n".join(shown)] if shown else []
        else:
            kept += [text] if shown else []
    return PersonalText(tuple(kept), tuple(hidden))


def keep_left_out(
    hidden: Sequence[HiddenPassage], case_id: UUID, *, communication_id: UUID | None = None, notice_id: UUID | None = None
) -> None:  # fmt: skip
    """Keep, for staff alone, what a person was not shown, and what they were shown against a rule and why."""
    for one in hidden:
        LeftOut(
            case_id=case_id, communication_id=communication_id, notice_id=notice_id, place=one.place, text=one.text,
            ground=one.ground, rule=one.rule, shown_because=one.shown_because,
        ).save(force_insert=True)  # fmt: skip


def _hidden(place: int, line: str, said: Proposal | None, show_because: str) -> HiddenPassage | None:
    if said is None:
        return None
    return HiddenPassage(
        place, line, said.ground, said.rule, said.may_lift, show_because[:1000] if said.may_lift else ""
    )
