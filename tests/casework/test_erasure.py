"""Erasing files: proposed by the system, approved by a person, whole, and the log still verified."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from handslag.casework import public as casework
from handslag.casework.jobs import erase_list
from handslag.casework.models import Case, ChildWish, Document, ErasureItem, ErasureList, Message, Note
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.people.models import Person
from tests.cast import Cast, identity_number

pytestmark = pytest.mark.django_db(databases=["default"])
KIND = "income_support"
Old = Callable[..., casework.Case]


@pytest.fixture
def old(cast: Cast) -> Old:
    """A case that was worked in and closed seven years ago, of somebody without an account unless told otherwise."""

    def make(born: date = date(1984, 3, 7), person_id: Any = None, years: int = 7) -> casework.Case:
        at = foundation.now() - timedelta(days=365 * years + 5)
        with foundation.acting(cast.system):
            foundation.RoleGrant.objects.update(valid_from=date(2010, 1, 1))
            foundation.DelegationRule.objects.update(valid_from=date(2010, 1, 1))
        with foundation.clock_at(at):
            if person_id is None:
                person_id = people.register_person(
                    given_name="Ture", family_name="Tidigare", born=born, sex="man", identity_number=identity_number(born, "man"), protection="none",
                    by=cast.system, at=at,
                ).id  # fmt: skip
                people.set_contact(
                    person_id=person_id, kind="phone", value="070-174 06 05", by=cast.system, at=at
                )
            case = casework.open_case(
                kind=KIND,
                person_id=person_id,
                unit_id=cast.support,
                parties=[(person_id, "applicant")],
                by=cast.system,
                at=at,
            )
            casework.write_note(case_id=case.id, subject="Samtal", body="Ture berättar.", by=cast.asa, at=at)
            casework.add_document(
                case_id=case.id, name="hyra.txt", content=b"Hyran ar 7 000 kr", by=cast.asa, at=at
            )
            casework.send_message(
                case_id=case.id, person_id=person_id, subject="Hej", body="Hej Ture", by=cast.asa, at=at
            )
            casework.decide(
                case_id=case.id, type="income_support.grant", outcome="granted", legal_ground="SoL 12:1" if at.year > 2024 else "SoL2001 4:1",
                reason="Räcker inte.", amount=Decimal(4180), period_from=at.date(), period_to=at.date(), by=cast.asa, at=at,
            )  # fmt: skip
            decision = casework.find_decisions(case.id, cast.system)[0]
            casework.deliver_decision(decision_id=decision.id, way="my_page", by=cast.asa, at=at)
            casework.close_case(case_id=case.id, because="self_supporting", by=cast.asa, at=at)
        return case

    return make


def propose(cast: Cast, on: date | None = None) -> list[Any]:
    return casework.propose_erasure(on=on or foundation.today(), by=cast.system, at=foundation.now())


def approve(cast: Cast) -> Any:
    with foundation.acting(cast.carina):
        [found] = casework.find_erasure_lists(cast.carina)
    casework.approve_erasure(
        list_id=found.erasure.id, files=found.proposed, by=cast.carina, at=foundation.now()
    )
    return found.erasure.id


def test_what_falls_due_is_proposed_approved_and_erased_whole(cast: Cast, old: Old, now: datetime) -> None:
    case, person_id = old(), None
    person_id = case.person_id
    with foundation.acting(cast.system):  # a wish of the time when he was a child goes with his file
        ChildWish.objects.bulk_create(
            [
                ChildWish(
                    person_id=person_id, case_id=case.id, words="Ture vill det inte.", way="talk", state="asked",
                    asked_at=now,
                )
            ]
        )  # fmt: skip
    while foundation.seal_events(by=cast.system, at=now):
        pass
    assert len(propose(cast)) == 1
    assert propose(cast) == [], "what stands on a list is not proposed again"
    with foundation.acting(cast.carina):
        [found] = casework.find_erasure_lists(cast.carina)
        [file] = found.files
        assert (file.number, file.item.record, file.item.source) == (case.number, "personal_file", "SoL 16:1")
        assert any("erasure_list" in notice.text["code"] for notice in foundation.notices_of(cast.carina))
    list_id = approve(cast)
    assert erase_list(str(list_id)) == 1
    with foundation.acting(cast.system), connection.cursor() as cursor:
        assert not Case.objects.filter(id=case.id).exists()
        assert not Person.objects.filter(id=person_id).exists()
        for model in (Note, Document, Message, ChildWish):
            assert not model.objects.filter(case_id=case.id).exists()
        for trace in ("Ture", "Tidigare", "070-174 06 05"):
            cursor.execute(
                "SELECT count(*) FROM foundation_rowhistory WHERE before::text LIKE %s", [f"%{trace}%"]
            )
            assert cursor.fetchone() == (0,), "the history of the rows goes with them"
        [item] = ErasureItem.objects.filter(list_id=list_id)
        assert (item.state, ErasureList.objects.get(id=list_id).state) == ("erased", "done")
        assert item.rows > 8
        event = foundation.Event.objects.get(kind="casework.file_erased")
        assert set(event.data) == {"rows", "persons"}
        assert event.data["persons"] == 1
        assert foundation.Event.objects.filter(case_id=case.id, kind="casework.case_opened").exists(), (
            "the log stays"
        )
    while foundation.seal_events(by=cast.system, at=now):
        pass
    seals, broken = foundation.verify_log()
    assert seals >= 2
    assert broken == []
    assert erase_list(str(list_id)) == 0, "run again it does nothing"


def test_the_search_finds_an_erased_person_no_more(cast: Cast, old: Old) -> None:
    old()
    with foundation.acting(cast.asa):
        assert len(people.search_persons("Ture Tidigare", cast.asa)) == 1
    propose(cast)
    erase_list(str(approve(cast)))
    with foundation.acting(cast.asa), connection.cursor() as cursor:
        assert people.search_persons("Ture Tidigare", cast.asa) == []
        cursor.execute("SELECT count(*) FROM people_person WHERE family_name = 'Tidigare'")
        assert cursor.fetchone() == (0,)


def test_what_the_law_keeps_is_not_proposed(cast: Cast, old: Old) -> None:
    old(born=date(1984, 3, 15))
    old(years=4, born=date(1984, 3, 8))
    assert propose(cast) == []


def test_another_open_case_of_the_same_person_holds_the_file(cast: Cast, old: Old, now: datetime) -> None:
    case = old()
    with foundation.acting(cast.system):
        casework.open_case(
            kind=KIND, person_id=case.person_id, unit_id=cast.support, parties=[], by=cast.system, at=now
        )
    assert propose(cast) == []


def test_an_account_holder_stays_a_person_when_the_file_is_erased(cast: Cast, old: Old) -> None:
    old(person_id=cast.farid.person_id)
    with foundation.acting(cast.system):
        born = Person.objects.get(id=cast.farid.person_id).born
    assert born is not None
    if born.day in (5, 15, 25):
        pytest.skip("research keeps him")
    propose(cast)
    erase_list(str(approve(cast)))
    with foundation.acting(cast.system):
        assert Person.objects.filter(id=cast.farid.person_id).exists()
        assert foundation.Event.objects.get(kind="casework.file_erased").data["persons"] == 0


def test_a_file_that_is_taken_off_the_list_is_kept(cast: Cast, old: Old, now: datetime) -> None:
    case = old()
    propose(cast)
    with foundation.acting(cast.carina):
        [found] = casework.find_erasure_lists(cast.carina)
    item = found.files[0].item
    with pytest.raises(foundation.BadInput):
        casework.keep_from_erasure(item_id=item.id, because="", by=cast.carina, at=now)
    casework.keep_from_erasure(item_id=item.id, because="Tvist om återkrav pågår.", by=cast.carina, at=now)
    with pytest.raises(foundation.Conflict):
        casework.approve_erasure(list_id=found.erasure.id, files=1, by=cast.carina, at=now)
    assert propose(cast) == []
    with foundation.acting(cast.system):
        assert Case.objects.filter(id=case.id).exists()


def test_what_changed_after_the_approval_is_not_erased(cast: Cast, old: Old, now: datetime) -> None:
    case = old()
    propose(cast)
    list_id = approve(cast)
    casework.reopen_case(case_id=case.id, because="Ny ansökan", by=cast.carina, at=now)
    assert erase_list(str(list_id)) == 0
    with foundation.acting(cast.system):
        assert Case.objects.filter(id=case.id).exists()
        assert ErasureItem.objects.get(list_id=list_id).because == "changed"


def test_only_the_units_manager_approves_and_not_the_system(
    cast: Cast, old: Old, now: datetime, settings: Any
) -> None:
    old()
    [list_id] = propose(cast)
    for actor in (cast.asa, cast.elin, cast.david, cast.system):
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            casework.approve_erasure(list_id=list_id, files=1, by=actor, at=now)
    settings.HANDSLAG_ERASURE_APPROVER = "administrator"
    with pytest.raises(foundation.Refused):
        casework.approve_erasure(list_id=list_id, files=1, by=cast.carina, at=now)
    assert casework.approve_erasure(list_id=list_id, files=1, by=cast.ada, at=now) == 1


def test_a_closed_case_is_seen_and_approved_by_the_named_alone(cast: Cast, old: Old, now: datetime) -> None:
    case = old()
    with foundation.acting(cast.system), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_case SET restricted = true, restricted_because = 'decided' WHERE id = %s",
            [case.id],
        )
    [list_id] = propose(cast)
    for actor in (cast.carina, cast.ada):
        with foundation.acting(actor):
            assert casework.find_erasure_lists(actor)[0].files == []
        with pytest.raises((foundation.Conflict, foundation.Refused)):
            casework.approve_erasure(list_id=list_id, files=1, by=actor, at=now)


# Straight in SQL, as the role of the web.


def refused(sql: str, values: list[Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def deleted(sql: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def test_nothing_is_erased_in_sql_without_an_approved_list(cast: Cast, old: Old) -> None:
    case = old()
    [list_id] = propose(cast)
    for actor in (cast.system, cast.carina, cast.ada, cast.asa):
        with foundation.acting(actor):
            refused("SELECT handslag_erase_part(%s, 'casework')", [case.id])
            refused("SELECT handslag_erase_rows('casework_note', 'id', ARRAY[%s::uuid])", [case.id])
            assert deleted("DELETE FROM casework_note WHERE case_id = %s", [case.id]) == 0
            refused("INSERT INTO foundation_erasing (xact) VALUES (pg_current_xact_id())", [])
    with foundation.acting(cast.system):
        refused("UPDATE casework_erasureitem SET state = 'approved' WHERE list_id = %s", [list_id])
        refused(
            "UPDATE casework_erasurelist SET state = 'approved', approved_by_id = %s WHERE id = %s",
            [cast.carina.account_id, list_id],
        )
    with foundation.acting(cast.carina):
        refused("SELECT handslag_erase_person(%s)", [case.person_id])
        refused("SELECT handslag_forget_empty_drafts(now())", [])


def test_an_approved_list_opens_its_own_files_alone(cast: Cast, old: Old) -> None:
    first = old()
    other = old(born=date(1984, 3, 8), years=4)
    propose(cast)
    approve(cast)
    with foundation.acting(cast.system):
        refused("SELECT handslag_erase_part(%s, 'casework')", [other.id])
        refused("SELECT handslag_erase_part(%s, 'foundation')", [first.id])
        refused("SELECT handslag_erase_part(%s, 'people')", [first.id])
    with foundation.acting(cast.carina):
        refused("SELECT handslag_erase_part(%s, 'casework')", [first.id])


def test_events_and_the_log_of_reads_are_never_removed(cast: Cast, old: Old) -> None:
    case = old()
    with foundation.acting(cast.asa):
        foundation.log_read(cast.asa, case_id=case.id, person_id=case.person_id, page="desk.case")
    propose(cast)
    with foundation.acting(cast.system):
        before = foundation.Event.objects.count(), foundation.AccessEntry.objects.count()
    erase_list(str(approve(cast)))
    with foundation.acting(cast.system):
        assert foundation.Event.objects.count() > before[0]
        assert foundation.AccessEntry.objects.count() == before[1]


def test_leftovers_go_after_their_time(cast: Cast, old: Old, now: datetime) -> None:
    case = casework.open_case(
        kind=KIND, person_id=cast.elin.person_id, unit_id=cast.support, parties=[], by=cast.system, at=now
    )
    with foundation.clock_at(now - timedelta(days=40)):
        empty = casework.draft_note(case_id=case.id, by=cast.asa, at=now - timedelta(days=40))
    fresh = casework.draft_note(case_id=case.id, by=cast.bjorn, at=now)
    assert casework.forget_leftovers(by=cast.system, at=now) == 1
    with foundation.acting(cast.system):
        assert not Note.objects.filter(id=empty.id).exists()
        assert Note.objects.filter(id=fresh.id).exists()
