"""The rules that say what must not leave in a copy of a case: a registry, asked for every passage, that fails closed.

A context above registers a rule once, at start:

    casework.register_masking_rule("child_protection.reporter", reporter_rule)

    def reporter_rule(question: casework.MaskingQuestion) -> casework.AskPassage | None:
        telltale = ...          # read what gives the reporter away; the system acts, so that nothing is hidden
        if not telltale:
            return None         # the rule has nothing to hide in this case
        ground = casework.Hidden("OSL 26:5", may_lift=False)
        return lambda passage: ground if casework.mentions(passage.text, telltale) else None

The rule is called once for a copy and the function that it gives once for every passage. Whatever goes wrong in
either stops the copy (`MaskingStopped`): nothing is shown because a rule could not be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from handslag.casework.errors import MaskingStopped
from handslag.casework.masking_grounds import ground_codes
from handslag.casework.rules.masking import over_lines
from handslag.foundation import public as foundation

_log = structlog.get_logger("casework.masking")
MOST_LINES = 5
LONGEST_BETWEEN = 40


@dataclass(frozen=True, slots=True)
class MaskingQuestion:
    """From which case something is about to leave, and to whom: a person, or None for anybody."""

    case_id: UUID
    receiver_id: UUID | None


@dataclass(frozen=True, slots=True)
class AskedPassage:
    """A passage and where it stands. `source_kind` is note, document, decision or message."""

    source_kind: str
    source_id: UUID
    text: str
    # Several lines of a text read as one, to find what is broken over them.
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why a passage must not leave: a ground of `parameters/masking_grounds.yaml`. With `may_lift` a case worker may
    show it all the same, with a reason, and the second reader sees that; with `manager_may_lift` a manager of the case's
    unit alone may."""

    ground: str
    may_lift: bool = False
    manager_may_lift: bool = False

    @property
    def strength(self) -> int:
        """The stronger goes before: nobody lifts it, a manager, anybody who works in the case."""
        return 0 if self.may_lift else 1 if self.manager_may_lift else 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule said of a passage, with the rule's name."""

    rule: str
    ground: str
    may_lift: bool
    manager_may_lift: bool = False

    @property
    def strength(self) -> int:
        """As of what the rule said."""
        return Hidden(self.ground, self.may_lift, self.manager_may_lift).strength


AskPassage = Callable[[AskedPassage], "Hidden | None"]
MaskingRule = Callable[[MaskingQuestion], "AskPassage | None"]

_rules: dict[str, MaskingRule] = {}


def register_masking_rule(name: str, rule: MaskingRule) -> None:
    """Add a rule that is asked about every copy from now on; the same name again takes its place."""
    _rules[name] = rule


def masking_rules() -> list[str]:
    """The names of the rules, in the order that they are asked."""
    return sorted(_rules)


def ask_rules(question: MaskingQuestion, asked: Sequence[AskedPassage]) -> list[Proposal | None]:
    """For each passage what the first rule said that hides it; one that may not be lifted goes before one that may.

    What is told over passages that follow each other in the same text hides them all. Raises MaskingStopped when there is no rule, or one fails or answers something that is no ground.
    """
    if not _rules:
        raise MaskingStopped(rule="")
    answers: list[Proposal | None] = [None] * len(asked)
    with foundation.acting(foundation.system("masking")):
        for name in masking_rules():
            for place, said in enumerate(_ask(name, question, asked)):
                held = answers[place]
                if said is not None and (held is None or said.strength > held.strength):
                    answers[place] = Proposal(name, said.ground, said.may_lift, said.manager_may_lift)
    return answers


def _ask(name: str, question: MaskingQuestion, asked: Sequence[AskedPassage]) -> list[Hidden | None]:
    try:
        ask = _rules[name](question)
        said = [None if ask is None else ask(passage) for passage in asked]
        if ask is not None:
            _ask_over_lines(ask, asked, said)
    except Exception as fault:
        _log.error(
            "a masking rule failed", rule=name, case_id=str(question.case_id), error=type(fault).__name__
        )
        raise MaskingStopped(rule=name) from fault
    for one in said:
        if one is not None and not (isinstance(one, Hidden) and one.ground in ground_codes()):
            raise MaskingStopped(rule=name)
    return said


def _ask_over_lines(ask: AskPassage, asked: Sequence[AskedPassage], said: list[Hidden | None]) -> None:
    """Hide all of some lines that say together what none says alone: a name or a number broken over two lines or more.

    More than two are read as one only over short lines: what stands between the ends of a name is a part of it.
    """
    alone = list(said)
    caught: list[range] = []
    for size in range(2, MOST_LINES + 1):
        for first in range(len(asked) - size + 1):
            places = range(first, first + size)
            if any(alone[place] is not None for place in places) or not _is_run(asked, places):
                continue
            if any(smaller.start >= places.start and smaller.stop <= places.stop for smaller in caught):
                continue
            last = asked[places[-1]]
            readings = over_lines(*(asked[place].text for place in places))
            found = _first(
                ask(AskedPassage(last.source_kind, last.source_id, text, is_joined=True)) for text in readings
            )
            if found is None:
                continue
            caught.append(places)
            for place in places:
                held = said[place]
                said[place] = found if held is None or found.strength > held.strength else held


def _is_run(asked: Sequence[AskedPassage], places: range) -> bool:
    """Whether the passages stand in one text, and all between the first and the last are short."""
    first = asked[places[0]]
    if any(
        (asked[place].source_kind, asked[place].source_id) != (first.source_kind, first.source_id)
        for place in places
    ):
        return False
    return all(len(asked[place].text) <= LONGEST_BETWEEN for place in places[1:-1])


def _first(answers: Iterable[Hidden | None]) -> Hidden | None:
    return next((one for one in answers if one is not None), None)
