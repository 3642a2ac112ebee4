"""Opening, assigning, moving, closing and reopening a case."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.casework.conftest import KIND, events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Opened = Callable[..., casework.Case]


def test_a_case_gets_its_number_parties_and_event(cast: Cast, case: casework.Case, now: datetime) -> None:
    assert case.number == f"TS-{foundation.day_of(now).year}-00001"
    assert [
        (one.person_id, one.role, one.has_insight) for one in casework.find_parties(case.id, cast.asa)
    ] == [
        (cast.elin.person_id, "applicant", True),
        (cast.farid.person_id, "co_applicant", True),
    ]
    assert events_of(case) == ["casework.case_opened", "casework.party_joined", "casework.party_joined"]
    assert people.get_person(cast.farid.person_id, cast.bjorn).given_name == "Farid"
    assert casework.get_case(case.id, cast.bjorn).number == case.number


def test_numbers_run_by_kind_and_year_without_gaps(opened: Opened, now: datetime) -> None:
    opened()
    with pytest.raises(foundation.BadInput):
        opened(kind="nobody_registered_this")
    with pytest.raises(foundation.BadInput):
        opened(parties=[(foundation.new_id(), "a_part_that_is_not")])
    assert opened().number.endswith("-00002")
    new_year = datetime(2029, 12, 31, 23, 30, tzinfo=UTC)  # already 2030 in Sweden
    assert opened(at=new_year).number == "TS-2030-00001"


def test_a_resident_opens_her_own_case_and_no_other(cast: Cast, opened: Opened) -> None:
    case = opened(by=cast.elin)
    assert casework.get_case(case.id, cast.elin).person_id == cast.elin.person_id
    with pytest.raises(foundation.Refused):
        opened(by=cast.greta)


def test_a_worker_of_another_unit_cannot_open_in_this_one(cast: Cast, opened: Opened) -> None:
    with pytest.raises(foundation.Refused):
        opened(by=cast.david)


def test_assigning_keeps_the_history(cast: Cast, case: casework.Case, now: datetime) -> None:
    casework.assign_case(case_id=case.id, worker_id=cast.asa.account_id, by=cast.carina, at=now)
    given = casework.assign_case(
        case_id=case.id, worker_id=cast.bjorn.account_id, because="semester", by=cast.asa, at=now
    )
    assert given.worker_id == cast.bjorn.account_id
    history = casework.find_assignments(case.id, cast.carina)
    assert [one.worker_id for one in history] == [None, cast.asa.account_id, cast.bjorn.account_id]
    assert events_of(case)[-1] == "casework.case_assigned"


def test_a_case_is_assigned_to_the_units_own_staff_only(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    for other in (cast.david, cast.ada):
        with pytest.raises(foundation.BadInput) as fault:
            casework.assign_case(case_id=case.id, worker_id=other.account_id, by=cast.asa, at=now)
        assert fault.value.where == "worker_id"
    assert casework.get_case(case.id, cast.asa).worker_id is None


def test_two_who_change_the_same_case(cast: Cast, case: casework.Case, now: datetime) -> None:
    casework.assign_case(case_id=case.id, worker_id=cast.asa.account_id, version=1, by=cast.carina, at=now)
    with pytest.raises(casework.CaseChangedMeanwhile):
        casework.assign_case(
            case_id=case.id, worker_id=cast.bjorn.account_id, version=1, by=cast.bjorn, at=now
        )
    assert casework.get_case(case.id, cast.asa).worker_id == cast.asa.account_id


def test_moving_a_case_is_the_managers(cast: Cast, case: casework.Case, now: datetime) -> None:
    with pytest.raises(foundation.Refused):
        casework.move_case(case_id=case.id, unit_id=cast.children, because="fel enhet", by=cast.asa, at=now)
    casework.move_case(case_id=case.id, unit_id=cast.children, because="fel enhet", by=cast.carina, at=now)
    assert casework.get_case(case.id, cast.david).unit_id == cast.children
    assert people.get_person(cast.elin.person_id, cast.david).given_name == "Elin"
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(case.id, cast.asa)


def test_closing_and_opening_again(cast: Cast, case: casework.Case, now: datetime) -> None:
    later = now + timedelta(days=3)
    with foundation.clock_at(later):
        closed = casework.close_case(case_id=case.id, because="self_supporting", by=cast.asa, at=later)
    assert (closed.state, closed.closed_at) == ("closed", later)
    with foundation.acting(cast.system):
        told = foundation.Event.objects.get(case_id=case.id, kind="casework.case_closed")
    assert told.data == {"kind": KIND, "because": "self_supporting", "days_open": 3}
    with pytest.raises(casework.MoveRefused):
        casework.close_case(case_id=case.id, because="again", by=cast.asa, at=later)
    with pytest.raises(casework.MoveRefused):
        casework.assign_case(case_id=case.id, worker_id=cast.asa.account_id, by=cast.asa, at=later)
    assert casework.reopen_case(case_id=case.id, because="ny ansökan", by=cast.asa, at=later).is_open
    with pytest.raises(casework.MoveRefused):
        casework.reopen_case(case_id=case.id, because="igen", by=cast.asa, at=later)


def test_what_is_unfinished_holds_a_case_open(
    cast: Cast, case: casework.Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handslag.casework import kinds

    draft = casework.draft_note(case_id=case.id, body="halvfärdigt", by=cast.bjorn, at=now)
    casework.request_completion(
        case_id=case.id, what=["Hyresavi"], due_on=foundation.day_of(now), by=cast.asa, at=now
    )
    monkeypatch.setattr(kinds, "_closing_checks", {})
    casework.register_closing_check("test", KIND, lambda case_id: {"code": "unpaid", "values": {}})
    with pytest.raises(casework.CaseMayNotClose) as held:
        casework.close_case(case_id=case.id, because="done", by=cast.asa, at=now)
    assert [one["code"] for one in held.value.hindrances] == [
        "casework.hindrance.completion", "casework.hindrance.draft", "unpaid",
    ]  # fmt: skip
    assert casework.get_case(case.id, cast.asa).is_open
    assert draft.body not in str(held.value)


def test_a_party_leaves_and_reads_no_more(cast: Cast, case: casework.Case, now: datetime) -> None:
    assert casework.get_case(case.id, cast.farid).id == case.id
    casework.remove_party(case_id=case.id, person_id=cast.farid.person_id, by=cast.asa, at=foundation.now())
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(case.id, cast.farid)
    with pytest.raises(foundation.BadInput):
        casework.remove_party(case_id=case.id, person_id=cast.elin.person_id, by=cast.asa, at=now)


def test_nothing_is_left_of_an_operation_that_fails(cast: Cast, opened: Opened) -> None:
    before = _events()

    @foundation.on("casework.party_joined")
    def fail(*_: object) -> None:
        raise RuntimeError("lost")

    from handslag.foundation import events

    try:
        with pytest.raises(RuntimeError):
            opened()
    finally:
        events._followers["casework.party_joined"].remove(fail)
    assert _events() == before
    assert casework.find_cases_of(cast.elin.person_id, cast.asa) == []
    assert opened().number.endswith("-00001")


def test_a_case_is_never_saved_beside_an_operation(cast: Cast, case: casework.Case) -> None:
    with foundation.acting(cast.asa), pytest.raises(RuntimeError):
        case.save()
    with pytest.raises(RuntimeError):
        case.delete()


def _events() -> int:
    with foundation.acting(foundation.system("test")):
        return foundation.Event.objects.count()
