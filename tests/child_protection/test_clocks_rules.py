"""Which clocks a measure sets off: pure, and the same as `handslag clocks` gives for the same facts."""

from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.rules.clock_events import LegalEvent
from handslag.casework.rules.clock_settling import settled
from handslag.casework.rules.clocks import clocks_of
from handslag.child_protection.rules.measures import MEASURES, Part, Step, clocks_of_care

NAMES = UUID(int=1)
START = date(2026, 1, 12)


def part(
    kind: str,
    *steps: tuple[str, date],
    starts: date = START,
    ended: date | None = None,
    form: str = "residential_care",
    name: str = "m",
) -> Part:
    ids = [Step(uuid5(NAMES, f"{name}{code}{on}"), code, on) for code, on in steps]
    return Part(uuid5(NAMES, name), kind, form, starts, ended, tuple(ids))


def told(
    parts: list[Part], rule: str, **context: object
) -> list[tuple[date, date | None, date | None, date | None]]:
    """Start, last day, done and ceased of each clock of a rule."""
    rules = load_clock_rules()
    return [
        (
            one.starts_on,
            rules[one.rule].last_day(one.starts_on, round_number=one.round_number),
            one.done_on,
            one.ceased_on,
        )
        for one in clocks_of_care(parts, **context)  # type: ignore[arg-type]
        if one.rule == rule
    ]


@pytest.mark.parametrize("kind", sorted(MEASURES))
def test_every_rule_of_a_measure_is_known_to_the_law(kind: str) -> None:
    rules = load_clock_rules()
    named = [clock.rule for clock in MEASURES[kind].clocks] + [MEASURES[kind].follow_up or "UPPF_U"]
    assert [rules[rule].id for rule in named] == named


def test_each_consideration_stops_a_round_and_begins_the_next() -> None:
    care = [part("placement_sol", ("considered", date(2026, 7, 1)), ("considered", date(2027, 1, 5)))]
    assert told(care, "OVERV") == [
        (START, date(2026, 7, 12), date(2026, 7, 1), None),
        (date(2026, 7, 1), date(2027, 1, 1), date(2027, 1, 5), None),
        (date(2027, 1, 5), date(2027, 7, 5), None, None),
    ]
    about = [one.about for one in clocks_of_care(care) if one.rule == "OVERV"]
    assert about == [care[0].id, care[0].steps[0].id, care[0].steps[1].id]


def test_custody_is_asked_after_two_years_in_the_same_home_and_then_yearly() -> None:
    care = [part("placement_sol", ("custody_considered", date(2028, 1, 3)), form="family_home")]
    assert told(care, "VARDN") == [
        (START, date(2028, 1, 12), date(2028, 1, 3), None),
        (date(2028, 1, 3), date(2029, 1, 3), None, None),
    ]
    assert told([part("placement_sol")], "VARDN") == []
    assert told(care, "VARDPLAN") == [(START, date(2028, 1, 12), None, None)]


def test_a_move_does_not_begin_the_care_anew_but_the_home(_moved: date = date(2026, 5, 1)) -> None:
    care = [
        part("lvu_care2", ended=_moved, form="family_home", name="a"),
        part("lvu_care2", ("considered", date(2026, 7, 1)), starts=_moved, form="family_home", name="b"),
    ]
    assert [row[0] for row in told(care, "LVU_2")] == [START, date(2026, 7, 1)]
    assert told(care, "VARDN") == [
        (START, date(2028, 1, 12), None, _moved),
        (_moved, date(2028, 5, 1), None, None),
    ]


def test_an_immediate_taking_goes_from_the_board_to_the_court() -> None:
    """LVU 7: Thursday 30 April 2026, so 7 May; LVU 8: four weeks from the execution, once the court has confirmed."""
    on = date(2026, 4, 30)
    taken = part("lvu_immediate", starts=on)
    assert told([taken], "LVU_UND") == [(on, date(2026, 5, 7), None, None)]
    assert told([taken], "LVU_ANS") == []
    executed = part("lvu_immediate", ("executed", on), ("submitted", date(2026, 5, 5)), starts=on)
    assert told([executed], "LVU_UND")[0][2] == date(2026, 5, 5)
    assert told([executed], "LVU_ANS") == []
    confirmed = part(
        "lvu_immediate",
        ("executed", on),
        ("submitted", date(2026, 5, 5)),
        ("confirmed", date(2026, 5, 8)),
        starts=on,
    )
    assert told([confirmed], "LVU_ANS") == [(on, date(2026, 5, 28), None, None)]
    applied = part(
        "lvu_immediate",
        ("executed", on),
        ("confirmed", date(2026, 5, 8)),
        ("applied", date(2026, 5, 20)),
        starts=on,
    )
    assert told([applied], "LVU_34") == [(date(2026, 5, 20), date(2026, 6, 3), None, None)]


def test_a_last_day_on_midsummer_eve_moves_only_toward_the_court() -> None:
    """19 June 2026 is midsommarafton: an act toward a court may wait to Monday, a duty toward a child may not."""
    assert told([part("lvu_immediate", starts=date(2026, 6, 12))], "LVU_UND")[0][1] == date(2026, 6, 22)
    assert told([part("contact_limit14", starts=date(2026, 3, 19))], "LVU_14")[0][1] == date(2026, 6, 19)


def test_the_29th_of_february_and_the_end_of_months() -> None:
    assert told([part("lvu_care3", starts=date(2027, 8, 31))], "LVU_3")[0][1] == date(2028, 2, 29)
    assert told([part("lvu_care3", starts=date(2026, 8, 31))], "LVU_3")[0][1] == date(2027, 2, 28)
    leap = part("placement_sol", starts=date(2028, 2, 29), form="family_home")
    assert told([leap], "VARDN")[0][1] == date(2030, 2, 28)


def test_time_in_an_emergency_home_runs_from_the_close_of_the_investigation() -> None:
    home = part("placement_sol", form="emergency_home")
    assert told([home], "JOUR") == []
    assert told([home], "JOUR", closings=[date(2025, 12, 1), date(2026, 3, 31)]) == [
        (date(2026, 3, 31), date(2026, 5, 31), None, None)
    ]


def test_the_end_opens_a_window_and_lets_the_duties_cease() -> None:
    ended = date(2026, 6, 1)
    over = [part("lvu_care2", ended=ended)]
    assert told(over, "LVU_2") == [(START, date(2026, 7, 12), None, ended)]
    assert told(over, "UPPF_LVU", openings=[date(2026, 8, 1)]) == [
        (ended, date(2026, 12, 1), None, date(2026, 8, 1))
    ]
    assert told(over, "UPPF_LVU", under_18_at_end=False) == []


def test_what_ceases_after_its_last_day_stays_late() -> None:
    rule = load_clock_rules()["LVU_2"]
    assert settled(rule, START, ceased_on=date(2026, 7, 12)).state == "lapsed"
    assert settled(rule, START, ceased_on=date(2026, 7, 13)).state == "late"
    assert settled(load_clock_rules()["UPPF_U"], START, ceased_on=date(2027, 1, 1)).state == "lapsed"


@given(
    gaps=st.lists(st.integers(1, 300), max_size=6),
    law=st.sampled_from(
        [
            ("placement_sol", "SoL", "OVERV"),
            ("lvu_care2", "LVU2", "LVU_2"),
            ("skb_care", "2024:79", "SKB_OVERV"),
        ]
    ),
)
def test_rounds_agree_with_the_engine_of_the_command_line(gaps: list[int], law: tuple[str, str, str]) -> None:
    """The round that runs now is the same one, from the same day to the same last day."""
    kind, act, rule = law
    start, days = date(2025, 7, 1), []
    for gap in gaps:
        days.append((days[-1] if days else start) + timedelta(days=gap))
    care = [part(kind, *(("considered", on) for on in days), starts=start)]
    today = (days[-1] if days else start) + timedelta(days=1)
    events = [LegalEvent(on=start, kind="placement_started", id="p", person="k", form="hvb", law=act)]
    events += [
        LegalEvent(on=on, kind="placement_considered", about="p", about_key="placement") for on in days
    ]
    running = [one for one in clocks_of(events, load_clock_rules(), today).clocks if one.rule == rule][-1]
    assert told(care, rule)[-1][:2] == (running.start, running.last_day)
