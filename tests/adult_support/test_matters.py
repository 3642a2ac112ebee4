"""Adults' matters: who may, what the clocks do, how a case ends; also straight at the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import translation

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
Receive = Callable[..., adults.AdultMatter]


@pytest.fixture
def receive(cast: Cast) -> Receive:
    def one(**told: Any) -> adults.AdultMatter:
        facts: dict[str, Any] = {
            "kind": adults.ADDICTION, "person_id": cast.greta.person_id, "unit_id": cast.adults, "came_as": "report",
            "told": "Granne berättar", "told_by": "En granne", "sent_key": uuid4(), "by": cast.vera, "at": AT,
        }  # fmt: skip
        return adults.receive_matter(**facts | told)

    return one


def states(case_id: Any, actor: foundation.Actor) -> dict[str, str]:
    with foundation.acting(actor):
        return dict(casework.LegalClock.objects.filter(case_id=case_id).values_list("rule", "state"))


def test_a_matter_opens_a_case_of_its_kind_once(cast: Cast, receive: Receive) -> None:
    key = uuid4()
    first, again = receive(sent_key=key), receive(sent_key=key)
    assert first.id == again.id
    case = casework.get_case(first.case_id, cast.vera)
    assert case.number.startswith("MB-2026-")
    assert case.worker_id == cast.vera.account_id
    with foundation.acting(cast.vera):
        kinds = list(foundation.Event.objects.filter(case_id=case.id).values_list("kind", flat=True))
    assert kinds.count("adult_support.report_received") == 1


def test_an_application_runs_the_time_of_FL_12_and_a_report_does_not(cast: Cast, receive: Receive) -> None:
    own = receive(came_as="own", kind=adults.VIOLENCE)
    assert states(own.case_id, cast.vera) == {"FL12": "running"}
    assert states(receive(person_id=cast.farid.person_id).case_id, cast.vera) == {}


def test_advice_that_nobody_decides_on_has_no_time_of_FL_12(
    cast: Cast, receive: Receive, settings: Any
) -> None:
    advice = receive(came_as="own", kind=adults.DEBT)
    assert states(advice.case_id, cast.vera) == {}
    assert casework.get_case(advice.case_id, cast.vera).due_on is None
    settings.HANDSLAG_DEBT_COUNSELLING_DECIDES = True
    decided = receive(came_as="own", kind=adults.DEBT, person_id=cast.farid.person_id)
    assert states(decided.case_id, cast.vera) == {"FL12": "running"}


@pytest.mark.parametrize(("came_as", "part"), [
    ("own", "applicant"), ("report", "concerned"), ("court", "concerned"),
])  # fmt: skip
def test_who_is_reported_is_the_one_it_concerns_and_no_applicant(
    cast: Cast, receive: Receive, came_as: str, part: str
) -> None:
    case_id = receive(came_as=came_as).case_id
    (party,) = casework.find_parties(case_id, cast.vera)
    assert (party.person_id, party.role, party.has_insight) == (cast.greta.person_id, part, True)
    (receiver,) = casework.find_receivers(case_id, cast.vera)
    assert (receiver.role, receiver.is_told) == (part, True)
    with translation.override("sv"):
        words = {"concerned": "Den det gäller", "applicant": "Sökande"}
        assert party.get_role_display() == words[part]


def test_the_steps_of_care_start_and_meet_their_clocks(cast: Cast, receive: Receive) -> None:
    case_id = receive().case_id
    for step, day in [("immediate", 2), ("submitted", 3), ("confirmed", 6), ("applied", 12)]:
        adults.record_care_step(
            case_id=case_id, step=step, on=date(2026, 11, day), by=cast.vera, at=datetime(2026, 11, 13, tzinfo=UTC)
        )  # fmt: skip
    assert states(case_id, cast.vera) == {"LVM_UND": "met", "LVM_RATT": "met", "LVM_ANS": "met"}
    at = datetime(2026, 11, 20, tzinfo=UTC)
    adults.record_care_step(
        case_id=case_id, step="judgment_final", on=date(2026, 11, 18), by=cast.vera, at=at
    )
    assert states(case_id, cast.vera)["LVM_START"] == "running"
    adults.record_care_step(case_id=case_id, step="begun", on=date(2026, 11, 19), by=cast.vera, at=at)
    with foundation.acting(cast.vera):
        longest = casework.LegalClock.objects.get(case_id=case_id, rule="LVM_MAX")
    assert longest.last_day == date(2027, 5, 19)
    adults.record_care_step(case_id=case_id, step="ended", on=date(2026, 11, 20), by=cast.vera, at=at)
    assert set(states(case_id, cast.vera).values()) == {"met"}


def test_what_the_court_does_not_confirm_ends_the_other_clocks(cast: Cast, receive: Receive) -> None:
    case_id = receive().case_id
    at = datetime(2026, 11, 13, tzinfo=UTC)
    for step, day in [("immediate", 2), ("submitted", 3), ("revoked", 6)]:
        adults.record_care_step(case_id=case_id, step=step, on=date(2026, 11, day), by=cast.vera, at=at)
    assert states(case_id, cast.vera) == {"LVM_UND": "met", "LVM_RATT": "met"}
    adults.record_care_step(case_id=case_id, step="immediate", on=date(2026, 11, 10), by=cast.vera, at=at)
    with foundation.acting(cast.vera):
        assert casework.LegalClock.objects.filter(case_id=case_id, rule="LVM_UND").count() == 2


def test_a_step_out_of_order_writes_nothing(cast: Cast, receive: Receive) -> None:
    case_id = receive().case_id
    with pytest.raises(adults.StepRefused):
        adults.record_care_step(case_id=case_id, step="begun", on=date(2026, 11, 2), by=cast.vera, at=AT)
    assert adults.care_of(case_id, cast.vera).steps == []
    debt = receive(kind=adults.DEBT, person_id=cast.elin.person_id).case_id
    with pytest.raises(adults.NoSuchKind):
        adults.record_care_step(case_id=debt, step="immediate", on=date(2026, 11, 2), by=cast.vera, at=AT)


def test_a_case_closes_by_a_reason_of_its_kind_and_not_while_care_is_under_way(
    cast: Cast, receive: Receive
) -> None:
    debt = receive(kind=adults.DEBT, came_as="own").case_id
    with pytest.raises(adults.NoSuchReason):
        adults.close_matter(case_id=debt, because="care_ended", by=cast.vera, at=AT)
    for kind in ("meeting", "note"):
        casework.write_note(case_id=debt, body="Skulder gicks igenom.", kind=kind, by=cast.vera, at=AT)
    closed = adults.close_matter(case_id=debt, because="restructuring_granted", by=cast.vera, at=AT)
    assert closed.closed_because == "restructuring_granted"
    assert states(debt, cast.vera) == {}
    care = receive().case_id
    adults.assess_report(case_id=care, outcome="coercion", reason="Livet är i fara.", by=cast.vera, at=AT)
    adults.record_care_step(case_id=care, step="immediate", on=date(2026, 11, 2), by=cast.vera, at=AT)
    with pytest.raises(casework.CaseMayNotClose):
        adults.close_matter(case_id=care, because="care_ended", by=cast.vera, at=AT)


@pytest.mark.parametrize(("told", "error"), [
    ({"kind": "income_support"}, adults.NoSuchKind), ({"told": "  "}, adults.NothingTold),
])  # fmt: skip
def test_bad_input_is_told(receive: Receive, told: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        receive(**told)


def test_other_units_strangers_and_the_person_see_nothing_of_it(cast: Cast, receive: Receive) -> None:
    matter = receive()
    for actor in (cast.asa, cast.david, cast.elin, cast.ada):
        with pytest.raises(casework.CaseNotFound):
            adults.matter_of(matter.case_id, actor)
    assert adults.matter_of(matter.case_id, cast.greta) is None  # reads the case as a party, not who told
    with pytest.raises(foundation.Refused):
        receive(by=cast.asa)


def test_straight_in_SQL_nothing_is_given_and_nothing_is_changed(
    cast: Cast, receive: Receive, intruder: psycopg.Connection
) -> None:
    matter = receive()
    for actor in (cast.asa, cast.greta, cast.elin):
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM adult_support_matter")
            assert cursor.fetchone()[0] == 0
    change = "UPDATE adult_support_matter SET told = 'x' WHERE id = %s"
    with pytest.raises(DatabaseError), foundation.acting(cast.vera), connection.cursor() as cursor:
        cursor.execute(change, [matter.id])
    assert intruder.execute("SELECT count(*) FROM adult_support_carerecord").fetchone() == (0,)
