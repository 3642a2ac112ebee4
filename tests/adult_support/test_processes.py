"""The processes of adults' cases: what the page says is next is what the declaration says, and it is measured."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from handslag.adult_support import public as adults
from handslag.adult_support.rules.care_steps import CLOCKS, STEPS
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
Receive = Callable[..., UUID]


@pytest.fixture
def receive(cast: Cast) -> Receive:
    def one(kind: str = adults.ADDICTION, **told: Any) -> UUID:
        matter = adults.receive_matter(
            kind=kind, person_id=cast.greta.person_id, unit_id=cast.adults, came_as="own", told="Vill ha stöd",
            sent_key=uuid4(), by=cast.vera, at=AT, **told,
        )  # fmt: skip
        return matter.case_id

    return one


def following(case_id: UUID, actor: foundation.Actor) -> list[str]:
    return [
        one.step.code
        for one in adults.steps_of(case_id, actor)
        if one.stand == "next" and not one.step.optional
    ]


def test_every_kind_of_adults_case_has_its_process() -> None:
    assert {process.kind for process in adults.PROCESSES.values()} == set(adults.KINDS)
    addiction = {process.code for process in casework.processes(adults.ADDICTION)}
    assert addiction == {"addiction", "addiction_report", "lvm_care"}
    for kind in adults.KINDS:
        for came_as in adults.CameAs.values:
            process = adults.process_for(kind, came_as)
            assert process is not None and process.kind == kind
    assert adults.process_for("income_support", "own") is None


def test_the_process_of_care_says_what_the_care_steps_say() -> None:
    """Each step comes after one that the rule lets it come after, and carries a clock that the rule lets it meet."""
    assert {step.code for step in adults.LVM_CARE.steps} == set(STEPS)
    for step in adults.LVM_CARE.steps:
        assert set(step.after) <= STEPS[step.code].after, step.code
        assert not step.clock or step.clock in STEPS[step.code].meets
    assert {step.clock for step in adults.LVM_CARE.steps} - {""} == set(CLOCKS)


def test_what_nobody_has_read_in_the_act_is_marked() -> None:
    assert [step.code for step in adults.LVM_CARE.steps if not step.confirmed] == ["immediate"]


@pytest.mark.django_db(databases=["default"])
@pytest.mark.parametrize("kind", sorted(adults.KINDS))
def test_the_next_step_follows_what_is_taken_down(cast: Cast, receive: Receive, kind: str) -> None:
    case_id = receive(kind)
    assert following(case_id, cast.vera) == ["spoken"]
    casework.write_note(case_id=case_id, body="Ringde.", kind="contact", by=cast.vera, at=AT)
    assert following(case_id, cast.vera) == ["spoken"], "contact with others is no talk with the person"
    casework.write_note(case_id=case_id, body="Möte.", kind="meeting", by=cast.vera, at=AT)
    assert following(case_id, cast.vera) == ["written"]
    casework.waive_communication(case_id=case_id, because="Allt är sagt.", by=cast.vera, at=AT)
    assert following(case_id, cast.vera) == ["written"], "to be told of the material is no assessment of it"
    casework.write_note(case_id=case_id, body="Bedömning.", kind="note", by=cast.vera, at=AT)
    stands = {one.step.code: one for one in adults.steps_of(case_id, cast.vera)}
    # FL 12 of an own application; advice that nobody decides on has no such time.
    waits, until = ("closed", None) if kind == adults.DEBT else ("decided", date(2027, 5, 2))
    assert (stands[waits].stand, stands[waits].until) == ("next", until)
    for stranger in (cast.asa, cast.david):
        with pytest.raises(casework.CaseNotFound):
            adults.steps_of(case_id, stranger)


@pytest.mark.django_db(databases=["default"])
def test_care_under_way_comes_first_with_its_own_last_day(cast: Cast, receive: Receive) -> None:
    case_id = receive()
    at = datetime(2026, 11, 13, tzinfo=UTC)
    adults.record_care_step(case_id=case_id, step="immediate", on=date(2026, 11, 12), by=cast.vera, at=at)
    stands = {one.step.code: one for one in adults.steps_of(case_id, cast.vera)}
    assert following(case_id, cast.vera) == ["submitted"]
    assert stands["submitted"].until == date(2026, 11, 13)
    adults.record_care_step(case_id=case_id, step="submitted", on=date(2026, 11, 13), by=cast.vera, at=at)
    assert following(case_id, cast.vera) == ["confirmed"]
    adults.record_care_step(case_id=case_id, step="revoked", on=date(2026, 11, 13), by=cast.vera, at=at)
    assert following(case_id, cast.vera) == ["spoken"], "the care is over: the process of the kind goes on"
    adults.record_care_step(case_id=case_id, step="applied", on=date(2026, 11, 13), by=cast.vera, at=at)
    assert following(case_id, cast.vera) == ["judgment_final"], "care may begin by an application"


@pytest.mark.django_db(databases=["default"])
def test_adherence_tells_the_kinds_of_note_and_the_cares_apart(cast: Cast, receive: Receive) -> None:
    case_id = receive(children_seen="yes")
    casework.write_note(
        case_id=case_id, body="Ringde.", kind="contact", by=cast.vera, at=AT + timedelta(days=1)
    )
    casework.write_note(
        case_id=case_id, body="Möte.", kind="meeting", by=cast.vera, at=AT + timedelta(days=2)
    )
    at = datetime(2026, 11, 13, tzinfo=UTC)
    for step in ("immediate", "submitted", "revoked", "immediate"):
        adults.record_care_step(case_id=case_id, step=step, on=date(2026, 11, 12), by=cast.vera, at=at)

    def measured(code: str) -> dict[str, tuple[int, int]]:
        found = casework.process_adherence(
            adults.PROCESSES[code], cast.vera, first=date(2026, 11, 1), last=date(2026, 11, 30)
        )
        return {one.step.code: (one.reached, one.done) for one in found}

    told = measured("addiction")
    assert told["received"] == told["children"] == told["spoken"] == told["others"] == (1, 1)
    assert (told["written"], told["decided"], told["closed"]) == ((1, 0), (0, 0), (0, 0))
    assert not any(done for _reached, done in measured("addiction_report").values()), (
        "nobody reported anything"
    )
    care = measured("lvm_care")
    assert (care["immediate"], care["submitted"], care["confirmed"], care["revoked"]) == (
        (2, 2),
        (2, 1),
        (1, 0),
        (1, 1),
    )
    assert not any(done for _reached, done in measured("debt_counselling").values())


@pytest.mark.django_db(databases=["default"])
def test_a_report_waits_for_its_assessment_and_then_to_be_closed(cast: Cast) -> None:
    matter = adults.receive_matter(
        kind=adults.VIOLENCE, person_id=cast.greta.person_id, unit_id=cast.adults, came_as="court", told="Polisen ringde",
        sent_key=uuid4(), by=cast.vera, at=AT,
    )  # fmt: skip
    assert following(matter.case_id, cast.vera) == ["assessed"]
    adults.assess_report(
        case_id=matter.case_id, outcome="nothing", reason="Hon är i trygghet.", by=cast.vera, at=AT
    )
    assert following(matter.case_id, cast.vera) == ["closed"]


def test_a_decision_on_debt_counselling_is_a_step_only_where_the_municipality_decides() -> None:
    """The law that it rests on is marked as not read either way."""
    process = adults.PROCESSES["debt_counselling"]
    assert process["decided"].optional and process["told"].optional and not process["decided"].confirmed
    words: dict[str, Any] = {"others": "o", "spoken": "s", "written": "w"}
    set_so = adults.application_process("d", adults.DEBT, "D", "", decided=True, **words)  # type: ignore[arg-type]
    assert not set_so["decided"].optional and set_so["closed"].after == ("told",)
