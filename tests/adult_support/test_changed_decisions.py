"""A decision on an adult's application is changed: by whom, on which ground, what the person gets, and nothing half done."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.db.utils import DatabaseError

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.adult_support.test_decisions import PART, REFUSED, decide, prepared, tell, text_of
from tests.casework.test_two_at_once import at_once
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=10)
WRONG = "Läkarintyget kom in efter beslutet och visar ett större behov."
BETTER: dict[str, Any] = {
    "ground": "wrong", "effect": "better", "stage": "none", "what_was_wrong": WRONG, "outcome": "granted",
    "legal_ground": "SoL 11:1", "applied_for": "Sex månader på behandlingshem",
}  # fmt: skip
WORSE = BETTER | {
    "effect": "worse", "outcome": "refused", "exception": "misled", "reason": "Behovet finns inte.",
    "what_was_wrong": "Uppgiften om bostaden var inte riktig.",
}  # fmt: skip


def applied(cast: Cast) -> UUID:
    case_id: UUID = adults.receive_matter(
        kind=adults.ADDICTION, person_id=cast.greta.person_id, unit_id=cast.adults, came_as="own",
        told="Vill ha hjälp att sluta dricka", sent_key=uuid4(), by=cast.vera, at=AT,
    ).case_id  # fmt: skip
    prepared(case_id, cast)
    return case_id


@pytest.fixture
def earlier(cast: Cast) -> casework.Decision:
    """A part granted, and told."""
    made = decide(applied(cast), cast.vera)
    tell(made, cast.vera)
    return made


def change(earlier: casework.Decision, by: foundation.Actor, **asked: Any) -> casework.Decision:
    planned = adults.PlannedChange(**BETTER | asked)
    made: casework.Decision = adults.change_decision(decision_id=earlier.id, change=planned, by=by, at=LATER)
    return made


def heard(case_id: UUID, cast: Cast) -> None:
    casework.waive_communication(
        case_id=case_id, because="Hon har sagt allt vid mötet.", by=cast.vera, at=LATER
    )


def changed_events(case_id: UUID, actor: foundation.Actor) -> list[foundation.Event]:
    with foundation.acting(actor):
        return list(foundation.Event.objects.filter(case_id=case_id, kind="adult_support.decision_changed"))


def test_a_wrong_decision_is_replaced_and_the_earlier_stays_as_it_was_signed(
    cast: Cast, earlier: casework.Decision
) -> None:
    made = change(earlier, cast.vera)
    assert (made.replaces_id, made.type, made.outcome) == (earlier.id, "adult_support.grant", "granted")
    kept = casework.get_decision(earlier.id, cast.vera)
    assert (
        kept.outcome == "partly_granted"
        and kept.replaced_by.id == made.id
        and kept.reasons == earlier.reasons
    )
    assert change(earlier, cast.vera).id == made.id, "pressed twice is once"
    told = changed_events(earlier.case_id, cast.vera)
    assert [one.data["ground"] for one in told] == ["wrong"] and told[0].data["replaces_id"] == str(
        earlier.id
    )
    assert adults.handling_of(earlier.case_id, cast.vera).decision == made, (
        "the page shows the one that counts"
    )
    with pytest.raises(casework.ChangedAlready):
        change(earlier, cast.vera, **WORSE)
    assert change(made, cast.vera, ground="slip", effect="neither").replaces_id == made.id, (
        "the later one can be"
    )


def test_the_person_gets_a_letter_of_its_own_with_what_was_wrong_and_a_new_last_day(
    cast: Cast, earlier: casework.Decision
) -> None:
    made = change(earlier, cast.vera)
    told = casework.tell_decision(
        decision_id=made.id, tellings=[casework.Telling(made.person_id, "my_page")], by=cast.vera, at=LATER
    )[0]
    letter = text_of(told, cast.greta)
    words = (
        "Du får det stöd som du har ansökt om", "Det här beslutet ändrar vårt beslut den 2 november 2026",
        "37 § förvaltningslagen", WRONG, "Sex månader på behandlingshem", "3 december 2026", "Vera Vik",
    )  # fmt: skip
    assert [one for one in words if one not in letter] == []
    assert told.appeal_last_day == date(2026, 12, 3), "three weeks from the day she got the new one"
    assert casework.decision_changed_by(told.reasons) == str(earlier.id)
    assert casework.decision_changed_by(earlier.reasons) == ""


def test_to_her_disadvantage_it_needs_an_exception_and_that_she_is_heard_and_the_letter_says_which(
    cast: Cast, earlier: casework.Decision
) -> None:
    with pytest.raises(casework.ChangeRefused) as fault:
        change(earlier, cast.vera, **WORSE | {"exception": ""})
    assert fault.value.where == "exception"
    with pytest.raises(casework.NotCommunicated):
        change(earlier, cast.vera, **WORSE)
    heard(earlier.case_id, cast)
    made = change(earlier, cast.vera, **WORSE)
    said = [foundation.tell(one) for one in made.reasons]
    assert any("på grund av det som du berättade" in one for one in said), said
    assert made.communication_id is not None


def test_a_granted_decision_made_worse_in_its_words_is_heard_too(cast: Cast) -> None:
    """From granted to granted asks for no hearing in casework; a shorter time does."""
    made = decide(applied(cast), cast.vera, outcome="granted", reason="")
    with pytest.raises(casework.NotCommunicated):
        change(made, cast.vera, ground="slip", effect="worse", outcome="granted")
    assert casework.find_decisions(made.case_id, cast.vera) == [made]


@pytest.mark.parametrize(
    ("asked", "error", "where"),
    [
        ({"what_was_wrong": " "}, adults.WordsMissing, "what_was_wrong"),
        ({"applied_for": ""}, adults.WordsMissing, "applied_for"),
        ({"outcome": "dismissed"}, adults.NoSuchOutcome, "outcome"),
        ({"legal_ground": "SoL 12:1"}, adults.NoSuchGround, "legal_ground"),
        ({"ground": "mood"}, casework.ChangeRefused, "ground"),
        ({"stage": "appealed"}, casework.ChangeRefused, "stage"),
        ({"ground": "obvious", "stage": "sent"}, casework.ChangeRefused, "stage"),
        ({"ground": "slip"}, casework.ChangeRefused, "outcome"),
        ({"effect": "neither"}, casework.ChangeRefused, "effect"),
        ({"version": 99}, casework.CaseChangedMeanwhile, ""),
    ],
)
def test_what_the_law_or_the_words_do_not_bear_changes_nothing(
    cast: Cast, earlier: casework.Decision, asked: dict[str, Any], error: type[Exception], where: str
) -> None:
    version = asked.pop("version", None)
    with pytest.raises(error) as fault:
        adults.change_decision(
            decision_id=earlier.id, change=adults.PlannedChange(**BETTER | asked), version=version, by=cast.vera, at=LATER
        )  # fmt: skip
    assert getattr(fault.value, "where", "") == where
    assert casework.find_decisions(earlier.case_id, cast.vera) == [earlier]
    assert changed_events(earlier.case_id, cast.vera) == []


def test_other_units_strangers_and_the_person_change_nothing(cast: Cast, earlier: casework.Decision) -> None:
    for actor in (cast.asa, cast.david, cast.elin, cast.ada, cast.hugo):
        with pytest.raises(casework.PartNotFound):
            change(earlier, actor)
    for actor in (cast.greta, cast.system):
        with pytest.raises(foundation.HandslagError):
            change(earlier, actor)
    assert casework.find_decisions(earlier.case_id, cast.vera) == [earlier]


def test_without_delegation_for_what_is_decided_now_nobody_changes_it(
    cast: Cast, earlier: casework.Decision
) -> None:
    with foundation.acting(cast.system):
        foundation.DelegationRule.objects.filter(decision_type="adult_support.grant").update(
            valid_to=date(2026, 1, 2)
        )
    with pytest.raises(foundation.Refused):
        change(earlier, cast.vera)
    heard(earlier.case_id, cast)
    same = PART | {"ground": "slip", "effect": "neither"}
    assert change(earlier, cast.vera, **same).outcome == "partly_granted", "a part is still delegated"


def test_straight_in_SQL_nothing_is_changed_and_no_second_takes_its_place(
    cast: Cast, earlier: casework.Decision, intruder: psycopg.Connection
) -> None:
    made = change(earlier, cast.vera)
    assert intruder.execute("SELECT count(*) FROM casework_decision").fetchone() == (0,)
    for statement in (
        "UPDATE casework_decision SET replaces_id = NULL WHERE id = %s",
        "UPDATE casework_decision SET outcome = 'refused' WHERE id = %s",
        "DELETE FROM casework_decision WHERE id = %s",
    ):
        for actor in (cast.vera, cast.system):
            with pytest.raises(DatabaseError), foundation.acting(actor), connection.cursor() as cursor:
                cursor.execute(statement, [str(made.id)])
                assert cursor.rowcount == 1, "the row can be seen"
    for actor in (cast.asa, cast.elin, cast.greta):
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM casework_decision WHERE id = %s", [str(made.id)])
            assert cursor.fetchone()[0] == 0, "not told yet, or not theirs"


def test_a_decision_that_nobody_was_told_of_is_changed_and_only_the_later_is_told(cast: Cast) -> None:
    case_id = applied(cast)
    first = decide(case_id, cast.vera, **REFUSED)
    made = change(first, cast.vera)
    with pytest.raises(casework.ChangedAlready):
        tell(first, cast.vera)
    assert casework.find_notices_to(cast.greta) == []
    casework.tell_decision(
        decision_id=made.id, tellings=[casework.Telling(made.person_id, "my_page")], by=cast.vera, at=LATER
    )
    closed = adults.close_matter(
        case_id=case_id, because="treatment_completed", by=cast.vera, at=LATER + timedelta(hours=1)
    )
    assert closed.state == "closed", "the one that does not count holds nothing open"


def test_a_changed_decision_that_nobody_was_told_of_holds_the_case_open(
    cast: Cast, earlier: casework.Decision
) -> None:
    change(earlier, cast.vera)
    with pytest.raises(casework.CaseMayNotClose):
        adults.close_matter(case_id=earlier.case_id, because="treatment_completed", by=cast.vera, at=LATER)


def test_only_decisions_on_an_application_of_an_open_case_are_changed(
    cast: Cast, earlier: casework.Decision
) -> None:
    other = casework.decide(
        case_id=earlier.case_id, type="adult_support.grant", outcome="granted", legal_ground="SoL 11:1", reason="x",
        by=cast.vera, at=LATER,
    )  # fmt: skip
    with foundation.acting(cast.vera), pytest.raises(adults.NotChangedHere):
        other.type = "income_support.grant"
        adults.plan_change(other, adults.PlannedChange(**BETTER), cast.vera, LATER.date())
    casework.tell_decision(
        decision_id=other.id, tellings=[casework.Telling(other.person_id, "my_page")], by=cast.vera, at=LATER
    )
    adults.close_matter(case_id=earlier.case_id, because="treatment_completed", by=cast.vera, at=LATER)
    with pytest.raises(foundation.HandslagError):
        change(earlier, cast.vera)


def test_a_fault_in_the_middle_leaves_the_earlier_decision_alone(
    cast: Cast, earlier: casework.Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event is written last: when it cannot be, the new decision is not there either."""
    record: Callable[..., Any] = foundation.record

    def broken(event: Any, **said: Any) -> Any:
        if isinstance(event, adults.DecisionChanged):
            raise RuntimeError("the log is down")
        return record(event, **said)

    with monkeypatch.context() as patched:
        patched.setattr("handslag.adult_support.operations.changes.foundation.record", broken)
        with pytest.raises(RuntimeError):
            change(earlier, cast.vera)
    assert casework.find_decisions(earlier.case_id, cast.vera) == [earlier]
    assert not hasattr(casework.get_decision(earlier.id, cast.vera), "replaced_by")
    assert change(earlier, cast.vera).replaces_id == earlier.id, "and it can be done again"


@pytest.mark.django_db(databases=["default"], transaction=True)
def test_two_who_change_it_at_once_leave_one_decision_instead_of_it(cast: Cast) -> None:
    """A double press is one; of two different changes one is made and the other is told."""
    first = decide(applied(cast), cast.vera)
    tell(first, cast.vera)
    twice = at_once(3, lambda _: change(first, cast.vera).id)
    assert len(set(twice)) == 1 and len(changed_events(first.case_id, cast.vera)) == 1
    heard(first.case_id, cast)
    later = casework.get_decision(twice[0], cast.vera)
    both = ({"ground": "slip", "effect": "neither"}, WORSE)
    answers = at_once(2, lambda place: change(later, cast.vera, **both[place]))
    refused = [one for one in answers if isinstance(one, casework.ChangedAlready)]
    assert len(refused) == 1, answers
    made = casework.find_decisions(first.case_id, cast.vera)
    assert len(made) == 3 and len(changed_events(first.case_id, cast.vera)) == 2
