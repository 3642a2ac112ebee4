"""The steps of care under LVM as rules: their order, their days, and what is over."""

from datetime import date

import pytest

from handslag.adult_support.rules.care_steps import (
    STEPS,
    begins_anew,
    fault_of,
    is_under_way,
    may_follow,
)
from handslag.casework.clock_parameters import load_clock_rules

TODAY = date(2026, 11, 22)


def test_the_ordinary_way_is_allowed_step_by_step() -> None:
    taken: list[tuple[str, date]] = []
    for day, step in enumerate(
        ["immediate", "submitted", "confirmed", "applied", "judgment_final", "begun", "ended"], 1
    ):
        on = date(2026, 11, day)
        assert fault_of(step, on, taken, TODAY) == ""
        taken.append((step, on))
    assert not is_under_way("ended")


@pytest.mark.parametrize(
    ("step", "on", "taken", "fault"),
    [
        ("begun", date(2026, 11, 3), [("immediate", date(2026, 11, 2))], "wrong_order"),
        ("submitted", date(2026, 11, 1), [("immediate", date(2026, 11, 2))], "before_the_last_step"),
        ("immediate", date(2026, 11, 23), [], "in_the_future"),
        ("confirmed", date(2026, 11, 1), [], "wrong_order"),
        ("coffee", date(2026, 11, 1), [], "unknown_step"),
    ],
)
def test_what_does_not_fit_is_refused(step: str, on: date, taken: list[tuple[str, date]], fault: str) -> None:
    assert fault_of(step, on, taken, TODAY) == fault


def test_a_new_care_begins_only_where_the_last_is_over() -> None:
    assert begins_anew("immediate", "ended")
    assert begins_anew("applied", "")
    assert not begins_anew("applied", "confirmed")


def test_nothing_is_a_dead_end_and_every_clock_is_known() -> None:
    rules = load_clock_rules()
    for step in STEPS.values():
        assert may_follow(step.code)
        for rule in (*step.starts, *step.meets):
            assert rules[rule].versions
