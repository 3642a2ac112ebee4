"""The gates in their order: each decides, and each lets through."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.income_support.rules.gates import Circumstances, GateSettings, choose_route

NOVEMBER = date(2026, 11, 1)
FREE = Circumstances(today=date(2026, 11, 22), month=NOVEMBER, protection="none", has_running_case=False)
SETTINGS = GateSettings()


def route(**changes):
    return choose_route(replace(FREE, **changes), settings=SETTINGS)


@pytest.mark.parametrize(
    ("changes", "kind", "ground"),
    [
        ({}, "new", "route.new"),
        ({"protection": "secrecy_mark"}, "refer", "route.we_call_you"),
        ({"protection": "protected_registration", "has_running_case": True}, "refer", "route.we_call_you"),
        ({"protection": "unknown"}, "refer", "route.we_call_you"),
        ({"protection": "something else"}, "refer", "route.we_call_you"),
        ({"has_running_case": True}, "renewal", "route.running_case"),
        ({"has_running_case": True, "household_has_case": True}, "renewal", "route.running_case"),
        ({"household_has_case": True}, "refer", "route.same_household"),
        ({"closed_on": date(2026, 10, 23)}, "renewal", "route.recently_closed"),
        ({"closed_on": date(2026, 10, 22)}, "new", "route.new"),
        ({"closed_on": date(2026, 12, 1)}, "new", "route.new"),
        ({"has_running_case": True, "applied_months": (NOVEMBER,)}, "supplement", "route.applied_this_month"),
        ({"applied_months": (date(2026, 10, 1),), "has_running_case": True}, "renewal", "route.running_case"),
        ({"household_has_case": True, "applied_months": (NOVEMBER,)}, "refer", "route.same_household"),
        ({"month": date(2026, 12, 1)}, "new", "route.new"),
        ({"month": date(2026, 10, 1)}, "new", "route.new"),
        ({"month": date(2027, 1, 1)}, "refer", "route.other_month"),
        ({"month": date(2026, 9, 1)}, "refer", "route.other_month"),
    ],
)
def test_each_gate(changes, kind, ground):
    chosen = route(**changes)
    assert (chosen.kind, chosen.ground) == (kind, ground)


def test_the_trail_tells_every_gate_that_was_asked():
    trail = route(has_running_case=True, applied_months=(NOVEMBER,)).trail
    assert [(step.gate, step.answer) for step in trail] == [
        ("month_in_question", "passed"),
        ("protected_identity", "passed"),
        ("running_case", "renewal"),
        ("once_a_month", "supplement"),
    ]


def test_the_words_for_a_protected_person_reveal_no_mark():
    from handslag.foundation.said import tell

    told = tell({"code": route(protection="secrecy_mark").ground, "values": {}}).lower()
    assert not any(word in told for word in ("protect", "secre", "skydd", "sekret"))


@given(
    protection=st.sampled_from(["none", "secrecy_mark", "protected_registration", "unknown"]),
    running=st.booleans(),
    household=st.booleans(),
    closed=st.none() | st.integers(-400, 400),
    applied=st.lists(st.sampled_from([NOVEMBER, date(2026, 10, 1)]), max_size=2),
)
def test_whoever_is_not_known_to_be_unprotected_is_called(protection, running, household, closed, applied):
    chosen = route(
        protection=protection,
        has_running_case=running,
        household_has_case=household,
        closed_on=None if closed is None else FREE.today - timedelta(days=closed),
        applied_months=tuple(applied),
    )
    assert (chosen.kind == "refer") or protection == "none"
    assert chosen.ground
