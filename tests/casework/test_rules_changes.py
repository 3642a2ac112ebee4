"""When the one who made a decision may change it: each ground, what it means for the person, and how far an appeal has come."""

from datetime import date
from itertools import product

import pytest

from handslag.casework.changes import change_rules
from handslag.casework.rules.changes import EFFECTS, STAGES, Change, ChangeRule, change_rule, stands_against

ON = date(2026, 11, 23)
RULES = {rule.code: rule for rule in change_rules(ON)}


def asked(
    earlier: str, outcome: str, effect: str, stage: str = "none", exception: str = "", is_heard: bool = True
) -> Change:
    return Change(earlier, outcome, effect, stage, exception, is_heard)


@pytest.mark.parametrize(
    ("ground", "change", "why"),
    [
        ("slip", asked("granted", "granted", "neither"), ""),
        ("slip", asked("granted", "granted", "neither", "sent"), ""),
        ("slip", asked("granted", "partly_granted", "worse"), "other_outcome"),
        ("slip", asked("granted", "granted", "worse"), ""),
        ("slip", asked("granted", "granted", "worse", is_heard=False), "not_heard"),
        ("wrong", asked("refused", "granted", "better"), ""),
        ("wrong", asked("refused", "granted", "better", "appealed"), "appealed"),
        ("wrong", asked("refused", "granted", "better", "sent"), "sent"),
        ("wrong", asked("granted", "refused", "worse"), "no_exception"),
        ("wrong", asked("granted", "refused", "worse", exception="misled"), ""),
        ("wrong", asked("granted", "refused", "worse", exception="budget"), "no_exception"),
        ("wrong", asked("granted", "refused", "worse", exception="misled", is_heard=False), "not_heard"),
        ("wrong", asked("granted", "granted", "worse"), "no_exception"),
        ("wrong", asked("refused", "refused", "worse"), ""),
        ("wrong", asked("granted", "partly_granted", "better"), "other_effect"),
        ("wrong", asked("refused", "partly_granted", "neither"), "other_effect"),
        ("obvious", asked("refused", "granted", "better", "appealed"), ""),
        ("obvious", asked("refused", "granted", "better", "sent"), "sent"),
        ("obvious", asked("granted", "partly_granted", "worse", exception="misled"), "never_worse"),
        ("obvious", asked("granted", "granted", "improves"), "not_said"),
        ("obvious", asked("granted", "granted", "better", "lost"), "not_said"),
    ],
)
def test_what_stands_against_a_change(ground: str, change: Change, why: str) -> None:
    assert stands_against(RULES[ground], change) == why


def test_nothing_that_was_granted_is_ever_taken_back_without_an_exception_and_a_hearing() -> None:
    """Over every combination: from granted to less is open only on FL 37, with an exception, heard and not appealed."""
    less = [("granted", "partly_granted"), ("granted", "refused"), ("partly_granted", "refused")]
    open_ones = set()
    for rule, (earlier, outcome), effect, stage, exception, heard in product(
        RULES.values(), less, EFFECTS, STAGES, ("", "reserved", "safety", "misled"), (True, False)
    ):
        if not stands_against(rule, Change(earlier, outcome, effect, stage, exception, heard)):
            open_ones.add((rule.code, effect, stage, bool(exception), heard))
    assert open_ones == {("wrong", "worse", "none", True, True)}


def test_the_rows_are_dated_and_shown_as_unread() -> None:
    assert set(RULES) == {"slip", "wrong", "obvious"}
    assert {rule.status for rule in RULES.values()} == {"unconfirmed"}, (
        "law.md gives no words of the sections"
    )
    assert change_rules(date(2018, 6, 30)) == []
    rows: list[ChangeRule] = list(RULES.values())
    assert change_rule(rows, "slip", date(2018, 6, 30)) is None and change_rule(rows, "kind", ON) is None
