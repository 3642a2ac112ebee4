"""Measures around a child have their processes: built of their rules, saying what is next, measured from what happened."""

from datetime import date, timedelta

import pytest

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.investigating import a_child, a_file, at

PROCESSES = children.MEASURE_PROCESSES
FIRST = date(2026, 1, 15)


def test_every_kind_of_measure_has_its_process_with_all_its_clocks_and_steps() -> None:
    assert set(PROCESSES) == set(children.MEASURES)
    for kind, process in PROCESSES.items():
        rules = children.MEASURES[kind]
        codes = [step.code for step in process.steps]
        assert set(rules.steps) | set(rules.steps_afterwards) <= set(codes), kind
        clocks = {step.clock for step in process.steps if step.clock}
        wanted = {clock.rule for clock in rules.clocks} | ({rules.follow_up} if rules.follow_up else set())
        assert clocks == wanted | ({"JOUR"} if rules.is_care else set()), kind
        for clock in rules.clocks:
            assert process[clock.met_by].clock == clock.rule, kind
        assert casework.process(process.code) == process
    every = {step.clock for process in PROCESSES.values() for step in process.steps}
    assert {"JOUR", "OVERV", "VARDN", "VARDPLAN", "UPPF_P", "UPPF_LVU", "SKB_UND", "LVU_34", "UNGTJ"} <= every


def test_an_immediate_taking_into_care_is_told_step_by_step() -> None:
    process = PROCESSES["lvu_immediate"]
    order = ["recorded", "executed", "submitted", "confirmed", "applied", "heard"]
    assert [step.code for step in process.steps] == order
    assert [step.who for step in process.steps] == [
        "committee", "case_worker", "committee", "court", "committee", "court",
    ]  # fmt: skip
    assert process["applied"].after == ("confirmed",) and process["submitted"].after == ("recorded",)


def recorded(
    cast: Cast, case: casework.Case, kind: str, on: date = FIRST, **told: object
) -> children.Measure:
    return children.record_measure(case_id=case.id, kind=kind, on=on, by=cast.david, at=at(on), **told)  # type: ignore[arg-type]


def taken(cast: Cast, measure: children.Measure, code: str, on: date) -> None:
    children.take_step(measure_id=measure.id, code=code, on=on, by=cast.david, at=at(on))


def following(cast: Cast, case: casework.Case) -> tuple[str, date | None] | None:
    one = children.next_in_measures(case.id, cast.david)
    return None if one is None else (one.step.code, one.until)


pytestmark = pytest.mark.django_db(databases=["default"])


def test_the_next_step_follows_what_is_done_and_its_clocks(cast: Cast) -> None:
    case = a_file(cast, on=FIRST)
    assert following(cast, case) is None
    measure = recorded(cast, case, "lvu_immediate")
    assert following(cast, case) == ("submitted", date(2026, 1, 22))
    taken(cast, measure, "submitted", FIRST + timedelta(days=3))
    assert following(cast, case) == ("executed", None), "from its day the time to apply is counted"
    taken(cast, measure, "executed", FIRST)
    assert following(cast, case) == ("confirmed", None)
    taken(cast, measure, "confirmed", FIRST + timedelta(days=5))
    assert following(cast, case) == ("applied", date(2026, 2, 12))
    taken(cast, measure, "applied", FIRST + timedelta(days=20))
    step, until = following(cast, case) or ("", None)
    assert (step, until) == ("heard", date(2026, 2, 18))
    taken(cast, measure, "heard", FIRST + timedelta(days=30))
    assert following(cast, case) is None
    with pytest.raises(casework.CaseNotFound):
        children.next_in_measures(case.id, cast.asa) or casework.get_case(case.id, cast.asa)


def test_a_duty_that_comes_back_is_next_again_and_the_nearest_goes_first(cast: Cast) -> None:
    case = a_file(cast, on=FIRST)
    measure = recorded(cast, case, "placement_sol", form="family_home")
    assert following(cast, case) == ("considered", date(2026, 7, 15))
    taken(cast, measure, "considered", date(2026, 4, 1))
    assert following(cast, case) == ("considered", date(2026, 10, 1))
    recorded(cast, case, "contact_limit14", on=date(2026, 5, 1))
    step, until = following(cast, case) or ("", None)
    assert step == "considered" and until is not None and date(2026, 8, 1) <= until <= date(2026, 8, 3)
    children.end_measure(
        measure_id=measure.id, on=date(2026, 5, 2), because="Hem", by=cast.david, at=at(date(2026, 5, 2))
    )
    views = {view.measure.kind: view for view in children.measures_of(case.id, cast.david)}
    assert views["placement_sol"].next is None and views["contact_limit14"].next is not None


def test_who_has_left_care_under_lvu_is_followed_and_only_then(cast: Cast) -> None:
    case = a_file(cast, a_child(cast, born=date(2015, 5, 2)), on=FIRST)
    measure = recorded(cast, case, "lvu_care2", form="family_home")
    with pytest.raises(foundation.BadInput):
        taken(cast, measure, "followed", FIRST + timedelta(days=1))
    ended = FIRST + timedelta(days=100)
    children.end_measure(measure_id=measure.id, on=ended, because="Upphörde", by=cast.david, at=at(ended))
    step, until = following(cast, case) or ("", None)
    assert step == "followed" and until is not None and until > ended
    with pytest.raises(foundation.BadInput):
        taken(cast, measure, "followed", ended - timedelta(days=1))
    taken(cast, measure, "followed", ended + timedelta(days=10))
    assert following(cast, case) is None
    with foundation.acting(cast.system):
        clock = casework.LegalClock.objects.get(case=case, rule="UPPF_LVU")
    assert clock.closed_on is None, "its time runs on to its last day"


def test_care_that_goes_on_in_another_home_is_one_round_measured_from_its_events(cast: Cast) -> None:
    case = a_file(cast, on=FIRST)
    first = recorded(cast, case, "placement_sol", form="emergency_home")
    moved = FIRST + timedelta(days=30)
    home = recorded(cast, case, "placement_sol", on=moved, form="family_home", continues_id=first.id)
    taken(cast, home, "considered", FIRST + timedelta(days=60))
    other = a_file(cast, a_child(cast, given_name="Liv", nth=2), on=FIRST)
    recorded(cast, other, "placement_sol", form="family_home")
    limits = recorded(cast, other, "contact_limit14")
    taken(cast, limits, "considered", FIRST + timedelta(days=40))
    told = {
        one.step.code: one
        for one in casework.process_adherence(
            PROCESSES["placement_sol"], cast.david, first=FIRST, last=date(2026, 12, 31)
        )
    }
    assert (told["recorded"].done, told["considered"].reached, told["considered"].done) == (2, 2, 1)
    assert told["considered"].median_days == 60.0
    assert told["left_emergency_home"].done == 1
    assert told["ended"].done == 0
    stands = {
        one.step.code: one.stand
        for one in casework.steps_in_case(PROCESSES["placement_sol"], case.id, cast.david, about=first.id)
    }
    assert (stands["recorded"], stands["considered"], stands["left_emergency_home"]) == (
        "done",
        "done",
        "done",
    )
    for stranger in (cast.asa, cast.elin):
        with pytest.raises((casework.CaseNotFound, foundation.Refused)):
            casework.steps_in_case(PROCESSES["placement_sol"], case.id, stranger, about=first.id)
