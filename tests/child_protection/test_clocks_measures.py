"""Measures recorded as facts: their clocks in casework, moved children, ends, and what the night makes of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.investigating import a_file, at, clock_of, kinds, made_whole, opened

pytestmark = pytest.mark.django_db(databases=["default"])
START, TODAY = date(2026, 1, 12), date(2026, 9, 1)


def recorded(cast: Cast, case: casework.Case, kind: str = "placement_sol", **told: Any) -> children.Measure:
    facts: dict[str, Any] = {
        "case_id": case.id, "kind": kind, "on": START, "form": "family_home", "by": cast.david, "at": at(TODAY), **told,
    }  # fmt: skip
    return children.record_measure(**facts)


def clocks(case: casework.Case, rule: str) -> list[tuple[str, date | None]]:
    with foundation.acting(foundation.system("test")):
        rows = casework.LegalClock.objects.filter(case_id=case.id, rule=rule).order_by(
            "starts_on", "last_day"
        )
        return [(row.state, row.last_day) for row in rows]


def test_a_placement_sets_off_its_duties_and_a_consideration_the_next_round(cast: Cast) -> None:
    case = a_file(cast, on=START)
    measure = recorded(cast, case)
    assert {rule: clocks(case, rule) for rule in ("OVERV", "VARDN", "VARDPLAN")} == {
        "OVERV": [("running", date(2026, 7, 12))],
        "VARDN": [("running", date(2028, 1, 12))],
        "VARDPLAN": [("running", date(2028, 1, 12))],
    }
    assert casework.get_case(case.id, cast.david).due_on == date(2026, 7, 12)
    children.consider_measure(measure_id=measure.id, on=date(2026, 7, 1), by=cast.david, at=at(TODAY))
    children.consider_measure(measure_id=measure.id, on=date(2026, 7, 1), by=cast.david, at=at(TODAY))
    assert clocks(case, "OVERV") == [("met", date(2026, 7, 12)), ("running", date(2027, 1, 1))]
    (view,) = children.measures_of(case.id, cast.david)
    assert ([one.rule for one in view.closed], len(view.steps)) == (["OVERV"], 1)
    assert view.may_take == ("considered", "plan_rethought", "custody_considered")
    assert kinds(case.id).count("child_protection.measure_step_taken") == 1


def test_a_late_consideration_stays_late(cast: Cast) -> None:
    case = a_file(cast, on=START)
    measure = recorded(cast, case)
    children.consider_measure(measure_id=measure.id, on=date(2026, 8, 1), by=cast.david, at=at(TODAY))
    assert clocks(case, "OVERV") == [("late", date(2026, 7, 12)), ("running", date(2027, 2, 1))]


def test_a_moved_child_keeps_the_time_of_the_care(cast: Cast) -> None:
    case = a_file(cast, on=START)
    first = recorded(cast, case, "lvu_care2")
    second = recorded(cast, case, "lvu_care2", on=date(2026, 5, 4), continues_id=first.id)
    assert clocks(case, "LVU_2") == [("running", date(2026, 7, 12))]
    assert clocks(case, "VARDN") == [("lapsed", date(2028, 1, 12)), ("running", date(2028, 5, 4))]
    children.consider_measure(measure_id=second.id, on=date(2026, 7, 6), by=cast.david, at=at(TODAY))
    assert clocks(case, "LVU_2") == [("met", date(2026, 7, 12)), ("running", date(2027, 1, 6))]
    with pytest.raises(foundation.BadInput):
        recorded(cast, case, "lvu_care2", on=date(2026, 8, 4), continues_id=first.id)


def test_the_end_lapses_the_duties_and_a_new_investigation_the_window(cast: Cast) -> None:
    case = a_file(cast, on=START)
    measure = recorded(cast, case)
    with pytest.raises(foundation.BadInput):
        children.end_measure(
            measure_id=measure.id, on=date(2026, 6, 1), because=" ", by=cast.david, at=at(TODAY)
        )
    children.end_measure(
        measure_id=measure.id, on=date(2026, 6, 1), because="Hemflytt", by=cast.david, at=at(TODAY)
    )
    assert clocks(case, "OVERV") == [("lapsed", date(2026, 7, 12))]
    assert clocks(case, "UPPF_P") == [("running", date(2026, 12, 1))]
    opened(cast, case, on=TODAY)
    assert clocks(case, "UPPF_P") == [("lapsed", date(2026, 12, 1))]


def test_an_emergency_home_gets_two_months_from_the_close(cast: Cast) -> None:
    case = a_file(cast, on=START)
    recorded(cast, case, form="emergency_home")
    investigation = opened(cast, case, on=TODAY)
    made_whole(cast, investigation, on=date(2026, 10, 1))
    children.close_investigation(
        investigation_id=investigation.id, outcome="with_intervention", proposed_intervention="Familjehem", accepted=True,
        by=cast.david, at=at(date(2026, 10, 31)),
    )  # fmt: skip
    assert clocks(case, "JOUR") == [("running", date(2026, 12, 31))]


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"kind": "x"}, "kind"),
        ({"form": ""}, "form"),
        ({"kind": "contact_limit14"}, "form"),
        ({"on": date(2027, 1, 1)}, "on"),
    ],
)
def test_facts_that_cannot_be_are_refused(cast: Cast, told: dict[str, Any], where: str) -> None:
    with pytest.raises(foundation.BadInput) as fault:
        recorded(cast, a_file(cast, on=START), **told)
    assert fault.value.where == where


def test_steps_that_the_measure_does_not_have_are_refused(cast: Cast) -> None:
    case = a_file(cast, on=START)
    measure = recorded(cast, case, "youth_service", form="")
    for code, on in (("considered", TODAY), ("begun", date(2026, 1, 1)), ("begun", date(2027, 1, 1))):
        with pytest.raises(foundation.BadInput):
            children.take_step(measure_id=measure.id, code=code, on=on, by=cast.david, at=at(TODAY))
    children.take_step(measure_id=measure.id, code="begun", on=date(2026, 3, 1), by=cast.david, at=at(TODAY))
    assert clocks(case, "UNGTJ") == [("met", date(2026, 3, 12))]


def test_a_file_with_a_measure_that_holds_does_not_close(cast: Cast) -> None:
    case = a_file(cast, on=START)
    recorded(cast, case)
    with pytest.raises(casework.CaseMayNotClose):
        casework.close_case(case_id=case.id, because="done", by=cast.david, at=at(TODAY))


def test_care_from_a_day_that_no_rule_covers_is_recorded_without_that_clock(cast: Cast) -> None:
    case = a_file(cast, on=START)
    recorded(cast, case, on=date(2021, 3, 1))
    assert clocks(case, "VARDN") == []
    assert clocks(case, "OVERV") == [("running", date(2021, 9, 1))]


def test_the_night_heals_what_differs_from_the_rows_and_touches_nothing_else(cast: Cast) -> None:
    case, other = a_file(cast, on=START), opened_elsewhere(cast)
    recorded(cast, case)
    investigation = opened(cast, case, on=TODAY)
    healthy = casework.recompute_clocks(by=cast.system, at=at(TODAY))
    assert (healthy.changed, healthy.after) == (0, None)
    with foundation.acting(cast.system):
        casework.LegalClock.objects.filter(case_id=case.id, rule="UTR").update(last_day=date(2027, 5, 1))
        casework.LegalClock.objects.filter(case_id=case.id, rule="OVERV").update(closed_on=TODAY, state="met")
        casework.Case.objects.filter(id=other.id).update(due_on=date(2030, 1, 1))
        before = kinds(other.id)
    healed = casework.recompute_clocks(by=cast.system, at=at(TODAY))
    assert healed.changed >= 3
    assert clocks(case, "UTR") == [("running", date(2027, 1, 1))]
    assert clocks(case, "OVERV") == [("running", date(2026, 7, 12))]
    assert casework.get_case(other.id, cast.david).due_on == date(2027, 1, 1)
    assert kinds(other.id) == before
    assert kinds(case.id)[-2:] == ["casework.clock_corrected", "casework.clock_corrected"]
    assert casework.recompute_clocks(by=cast.system, at=at(TODAY)).changed == 0
    assert investigation.opened_on == TODAY


def opened_elsewhere(cast: Cast) -> casework.Case:
    """Another child's file with an investigation that runs."""
    from tests.child_protection.investigating import a_child

    other = a_file(cast, a_child(cast, given_name="Nora", nth=3), on=START)
    opened(cast, other, on=TODAY)
    return other


def test_a_clock_that_was_never_started_is_started_by_the_night(cast: Cast) -> None:
    case = a_file(cast, on=START)
    measure = recorded(cast, case)
    with foundation.acting(cast.system):
        children.MeasureStep.objects.bulk_create(
            [
                children.MeasureStep(
                    measure=measure,
                    case_id=case.id,
                    code="considered",
                    happened_on=date(2026, 7, 1),
                    noted_at=at(TODAY),
                )
            ]
        )
    casework.recompute_clocks(by=cast.system, at=at(TODAY))
    assert clocks(case, "OVERV") == [("met", date(2026, 7, 12)), ("running", date(2027, 1, 1))]


def test_the_last_minute_of_the_last_day_is_in_time_and_the_first_of_the_next_is_not(cast: Cast) -> None:
    """Over midnight: the Swedish day counts, also where the instant lies in another day in UTC."""
    for nth, (hour_at, state) in enumerate((((23, 59), "met"), ((24, 0), "late"))):
        from tests.child_protection.investigating import a_child

        case = a_file(cast, a_child(cast, nth=4 + nth), on=START)
        investigation = opened(cast, case, on=date(2025, 10, 31))
        moment = at(date(2026, 2, 28), 0) + timedelta(hours=hour_at[0], minutes=hour_at[1])
        casework.stop_clock(
            case_id=case.id,
            rule="UTR",
            about=investigation.id,
            on=foundation.day_of(moment),
            by=cast.david,
            at=moment,
        )
        assert clock_of(case.id, "UTR").state == state


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_nights_when_clocks_change_have_one_day_before_and_one_after(cast: Cast, night: date) -> None:
    """23 and 25 hours: what is done at half past eleven that evening still belongs to the day."""
    case = a_file(cast, on=START)
    evening = at(night, 23) + timedelta(minutes=30)
    assert foundation.day_of(evening) == night
    measure = recorded(cast, case, "contact_limit14", form="", on=night, at=evening)
    assert measure.starts_on == night
    (clock,) = casework.find_clocks(case.id, cast.david)
    assert clock.starts_on == night
    assert clock.last_day in (date(2026, 6, 29), date(2027, 1, 25))
    after = evening + timedelta(minutes=31)
    assert foundation.day_of(after) == night + timedelta(days=1)


def test_the_night_job_breaks_on_the_day_after_the_last(cast: Cast) -> None:
    case = a_file(cast, on=START)
    recorded(cast, case, "contact_limit14", form="", on=date(2026, 3, 19))
    assert casework.turn_clocks(by=cast.system, at=at(date(2026, 6, 19), 23)) == 0
    assert casework.turn_clocks(by=cast.system, at=at(date(2026, 6, 20), 1)) == 1
    assert clocks(case, "LVU_14") == [("breached", date(2026, 6, 19))]


def test_the_history_of_a_clock_tells_what_happened_to_it(cast: Cast) -> None:
    case = a_file(cast, on=START)
    measure = recorded(cast, case, "contact_limit14", form="", on=date(2026, 3, 19))
    casework.turn_clocks(by=cast.system, at=at(date(2026, 6, 20), 1))
    children.consider_measure(measure_id=measure.id, on=date(2026, 6, 22), by=cast.david, at=at(TODAY))
    first = casework.LegalClock
    with foundation.acting(cast.system):
        clock = first.objects.get(case_id=case.id, about=measure.id)
    moments = casework.clock_history(case.id, cast.david)[clock.id]
    assert [(one.what, one.state) for one in moments] == [
        ("started", ""),
        ("breached", ""),
        ("stopped", "late"),
    ]
    with pytest.raises(casework.CaseNotFound):
        casework.clock_history(case.id, cast.asa)
