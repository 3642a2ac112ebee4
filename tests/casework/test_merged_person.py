"""Two records become one: what was written to the one is the other's to read, and nothing else changes."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast, make_cast


def doubled(cast: Cast) -> Any:
    at = foundation.now()
    double = people.register_person(
        given_name="Greta", family_name="Dubbel", born=None, sex="unknown", identity_number=None, protection="none", by=cast.asa, at=at
    )
    people.set_address(
        person_id=double.id, kind="registered", street="Gamla vägen 1", postal_code="123 45", city="Ekeby", source="staff", by=cast.asa, at=at
    )
    people.set_contact(person_id=double.id, kind="phone", value="070-174 06 05", by=cast.asa, at=at)
    case = casework.open_case(
        kind="income_support", person_id=double.id, unit_id=cast.support, parties=[(double.id, "applicant")], by=cast.asa, at=at
    )
    casework.send_message(case_id=case.id, subject="Hej", body="Välkommen", person_id=double.id, by=cast.asa, at=at)
    casework.add_document(case_id=case.id, name="hyra.txt", content=b"Hyra 7 000", person_id=double.id, by=cast.asa, at=at)
    return double, case


@pytest.mark.django_db(databases=["default"])
def test_messages_papers_addresses_and_the_log_in_follow(cast: Cast) -> None:
    double, case = doubled(cast)
    with foundation.acting(cast.system):
        account = foundation.Account.objects.create(username="resident-double", person_id=double.id)
    keep = cast.greta.person_id
    people.grant_reading(person_id=keep, account_id=cast.asa.account_id, because="test", by=cast.system, at=foundation.now())
    people.merge_persons(keep_id=keep, duplicate_id=double.id, by=cast.asa, at=foundation.now())
    with foundation.acting(cast.greta):
        assert [message.subject for message in casework.find_messages(case.id, cast.greta).rows] == ["Hej"]
        assert [paper.name for paper in casework.find_documents(case.id, cast.greta).rows] == ["hyra.txt"]
    assert people.address_of(keep, cast.system).street == "Gamla vägen 1"
    assert people.contact_ways_of(keep, cast.system)
    with foundation.acting(cast.system):
        account.refresh_from_db()
        assert (account.is_active, account.person_id) == (False, double.id), "the kept person's own log-in holds"


@pytest.mark.django_db(databases=["default"])
def test_a_log_in_moves_when_the_kept_record_has_none(cast: Cast) -> None:
    double, _ = doubled(cast)
    people.merge_persons(keep_id=double.id, duplicate_id=cast.greta.person_id, by=cast.system, at=foundation.now())
    with foundation.acting(cast.system):
        account = foundation.Account.objects.get(id=cast.greta.account_id)
    assert (account.is_active, account.person_id) == (True, double.id)


@pytest.mark.django_db(databases=["default"])
def test_nothing_that_was_written_changes_hands_otherwise(cast: Cast) -> None:
    double, case = doubled(cast)
    for actor in (cast.asa, cast.system):
        with foundation.acting(actor), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT handslag_move_papers(%s, %s)", [cast.greta.person_id, double.id])
        with foundation.acting(actor), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE casework_message SET person_id = %s WHERE case_id = %s", [cast.greta.person_id, case.id])
            if not cursor.rowcount:
                raise DatabaseError("no row was reached")


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_an_event_names_a_case_that_its_writer_may_read(transactional_db: None) -> None:
    cast = make_cast()
    _, case = doubled(cast)
    sql = (
        "INSERT INTO foundation_event (kind, at, recorded_at, actor_kind, actor_name, account_id, case_id, data) "
        "VALUES ('casework.note_signed', now(), now(), %s, '', %s, %s, '{}')"
    )
    for actor in (cast.david, cast.greta):
        with foundation.acting(actor), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [actor.kind, actor.account_id, case.id])
    with foundation.acting(cast.bjorn), connection.cursor() as cursor:
        cursor.execute(sql, ["staff", cast.bjorn.account_id, case.id])
        assert cursor.rowcount == 1
