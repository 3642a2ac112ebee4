"""Registering people and their identity numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast, identity_number

pytestmark = pytest.mark.django_db(databases=["default"])


def events_of(person_id: object, cast: Cast) -> list[str]:
    with foundation.acting(cast.system):
        return list(foundation.Event.objects.filter(person_id=person_id).order_by("id").values_list("kind", flat=True))


def test_a_registered_person_has_number_name_and_event(cast, register, free_number) -> None:
    born, number = free_number()
    person = register(given_name="  Nora  Maria ", born=born, identity_number=f"{number[:8]}-{number[8:]}", sex="woman")
    assert person.name == "Nora Maria Ny"
    assert (person.born, person.sex, person.protection) == (born, "woman", "none")
    held = people.identity_number_of(person.id, cast.system)
    assert held is not None
    assert (held.number, held.kind) == (number, "personnummer")
    assert events_of(person.id, cast) == ["people.person_registered"]


def test_a_number_tells_birth_and_sex(register, free_number) -> None:
    born, number = free_number()
    person = register(identity_number=number)
    assert (person.born, person.sex) == (born, "woman")


def test_events_hold_neither_name_nor_number(cast, register, free_number) -> None:
    _, number = free_number()
    person = register(identity_number=number)
    with foundation.acting(cast.system):
        data = str(foundation.Event.objects.get(person_id=person.id).data)
    assert number not in data
    assert "Nora" not in data


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"given_name": " "}, "given_name"),
        ({"family_name": "Ny1"}, "family_name"),
        ({"given_name": "x" * 101}, "given_name"),
        ({"born": date(2199, 1, 1)}, "born"),
        ({"born": date(1850, 1, 1)}, "born"),
        ({"sex": "other"}, "sex"),
        ({"protection": "perhaps"}, "protection"),
        ({"identity_number": "19910314-9811"}, "identity_number"),
        ({"identity_number": "19910230-9811"}, "identity_number"),
        ({"identity_number": "hello"}, "identity_number"),
        ({"identity_number": identity_number(date(2099, 1, 1), "woman")}, "identity_number"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_nothing(cast, register, told, where) -> None:
    with pytest.raises(foundation.BadInput) as fault:
        register(**told)
    assert fault.value.where == where
    assert str(told.get("identity_number", "?")) not in str(fault.value)
    with foundation.acting(cast.system):
        assert not people.Person.objects.filter(family_name="Ny").exists()


def test_birth_and_sex_must_agree_with_the_number(register, free_number) -> None:
    born, number = free_number()
    with pytest.raises(foundation.BadInput) as fault:
        register(born=born + timedelta(days=1), identity_number=number)
    assert fault.value.where == "born"
    with pytest.raises(foundation.BadInput) as fault:
        register(sex="man", identity_number=number)
    assert fault.value.where == "sex"


def test_somebody_elses_number_is_refused_without_telling_whose(cast, register) -> None:
    taken = people.identity_number_of(cast.elin.person_id, cast.system)
    assert taken is not None
    with pytest.raises(people.NumberInUse) as fault:
        register(identity_number=taken.number, by=cast.bjorn)
    assert "Elin" not in str(fault.value)
    assert taken.number not in str(fault.value)
    assert fault.value.__cause__ is None
    with foundation.acting(cast.system):
        assert not people.Person.objects.filter(family_name="Ny").exists(), "nothing is left of the attempt"


def test_a_protected_persons_number_is_told_to_nobody_but_the_named(cast, register) -> None:
    taken = people.identity_number_of(cast.hugo.person_id, cast.system)
    assert taken is not None
    made = register(identity_number=taken.number, by=cast.bjorn, protection="unknown")
    with foundation.acting(cast.bjorn), connection.cursor() as cursor:
        assert people.identity_number_of(made.id, cast.bjorn).number == taken.number, "as if the number had been free"
        for sql in ("SELECT rival FROM people_identitynumber", "SELECT * FROM people_identitynumber"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(sql)
        assert not foundation.notices_of(cast.bjorn)
    with foundation.acting(cast.system):
        told = foundation.Notice.objects.filter(text__code="people.number_given_again")
        named = set(people.PersonGrant.objects.filter(person_id=cast.hugo.person_id, account_id__isnull=False, valid_to__isnull=True).values_list("account_id", flat=True))
        assert set(told.values_list("account_id", flat=True)) == named
        assert all(taken.number not in str(notice.text) for notice in told)
    with pytest.raises(people.NumberInUse):
        register(identity_number=taken.number, by=cast.system)
    people.merge_persons(keep_id=cast.hugo.person_id, duplicate_id=made.id, by=cast.system, at=foundation.now())
    assert people.identity_number_of(cast.hugo.person_id, cast.system).number == taken.number


def test_who_says_nothing_of_the_register_has_a_person_treated_as_protected(cast) -> None:
    at = foundation.now()
    person = people.register_person(
        given_name="Okänd", family_name="Utifrån", born=None, sex="unknown", identity_number=None, by=cast.asa, at=at
    )
    assert person.protection == "unknown"
    assert people.get_person(person.id, cast.asa).id == person.id, "who registered goes on working"
    with pytest.raises(people.PersonNotFound):
        people.get_person(person.id, cast.bjorn)
    with foundation.acting(cast.asa), pytest.raises(foundation.Refused):
        people.settle_protection(person_id=person.id, mark="none", by=cast.asa, at=at)
    people.settle_protection(person_id=person.id, mark="unknown", by=cast.system, at=at)
    assert people.get_person(person.id, cast.system).protection == "unknown"
    people.settle_protection(person_id=person.id, mark="none", by=cast.system, at=at)
    assert people.get_person(person.id, cast.system).protection == "none"
    people.settle_protection(person_id=cast.hugo.person_id, mark="none", by=cast.system, at=at)
    assert people.get_person(cast.hugo.person_id, cast.system).protection != "none", "a known mark is not settled away"


def test_a_manager_lifts_what_no_register_has_answered_with_a_reason(cast, register) -> None:
    person = register(by=cast.system, protection="unknown")
    people.grant_reading(person_id=person.id, account_id=cast.carina.account_id, because="named", by=cast.system, at=foundation.now())
    lift = {"person_id": person.id, "because": "Folkbokföringen har svarat per telefon i dag", "at": foundation.now()}
    for refused in (cast.asa, cast.frida, cast.elin, foundation.VISITOR):
        with pytest.raises(foundation.HandslagError):
            people.lift_unknown_protection(**lift, by=refused)
    for named_nowhere in (cast.eva, cast.david):
        with pytest.raises(foundation.HandslagError):
            people.lift_unknown_protection(**lift, by=named_nowhere)
    with pytest.raises(foundation.BadInput) as fault:
        people.lift_unknown_protection(**{**lift, "because": "ok"}, by=cast.carina)
    assert fault.value.where == "because"
    assert people.get_person(person.id, cast.system).protection == "unknown", "what was refused left nothing"
    lifted = people.lift_unknown_protection(**lift, by=cast.carina)
    assert lifted.protection == "none"
    with foundation.acting(cast.system):
        kinds = list(foundation.Event.objects.filter(person_id=person.id).order_by("id").values_list("kind", "data"))
        mark = people.Person.objects.get(id=person.id).protection_marks.get()
    assert [kind for kind, _ in kinds][-2:] == ["people.unknown_protection_lifted", "people.protection_ended"]
    assert "Folkbokföringen" not in str(kinds), "the reason stands with the mark, not in the log"
    assert (mark.mark, mark.ended_because, mark.ended_by_id) == ("unknown", lift["because"], cast.carina.account_id)
    with pytest.raises(foundation.Refused):
        people.lift_unknown_protection(**lift, by=cast.carina)


def test_a_known_mark_is_not_lifted_as_unknown(cast) -> None:
    with pytest.raises(foundation.HandslagError):
        people.lift_unknown_protection(
            person_id=cast.hugo.person_id, because="Tror inte att det stämmer", by=cast.system, at=foundation.now()
        )


def test_nobody_writes_why_a_mark_ended_in_anothers_name(cast, register) -> None:
    person = register(by=cast.system, protection="unknown")
    people.grant_reading(person_id=person.id, account_id=cast.carina.account_id, because="named", by=cast.system, at=foundation.now())
    with pytest.raises(DatabaseError), foundation.acting(cast.carina, whole=True), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_protectionmark SET ended_because = 'x', ended_by_id = %s WHERE person_id = %s",
            [cast.eva.account_id, person.id],
        )
    with foundation.acting(cast.asa, whole=True), connection.cursor() as cursor:
        cursor.execute("UPDATE people_protectionmark SET ended_because = 'x' WHERE person_id = %s", [person.id])
        assert cursor.rowcount == 0


def test_the_registers_mark_is_set_when_it_answers(cast, register) -> None:
    person = register(by=cast.asa, protection="unknown")
    people.settle_protection(person_id=person.id, mark="secrecy_mark", by=cast.system, at=foundation.now())
    assert people.get_person(person.id, cast.asa).protection == "secrecy_mark", "who was named stays named"


def test_staff_who_register_may_read_the_person_and_other_units_may_not(cast, register) -> None:
    person = register(by=cast.asa)
    assert people.get_person(person.id, cast.asa).id == person.id
    with pytest.raises(people.PersonNotFound):
        people.get_person(person.id, cast.david)


def test_residents_and_visitors_register_nobody(cast, register) -> None:
    for actor in (cast.elin, cast.frida, foundation.VISITOR):
        with pytest.raises(foundation.Refused):
            register(by=actor)


def test_coordination_number_with_an_impossible_day_gives_no_birth_date(cast, register) -> None:
    nine = "800291980"  # 29+62: day 91 - 60 = 31 February
    number = f"19{nine}{people.identity_number.check_digit(nine)}"
    person = register(identity_number=number)
    assert person.born is None
    held = people.identity_number_of(person.id, cast.system)
    assert held is not None
    assert held.kind == "samordningsnummer"


def test_reserve_number_then_coordination_then_personal(cast, register, free_number) -> None:
    person = register(identity_number="19880209T050")
    at = foundation.now()
    nine = "880269980"
    people.add_identity_number(
        person_id=person.id, number=f"19{nine}{people.identity_number.check_digit(nine)}", by=cast.system, at=at
    )
    born, number = free_number()
    people.add_identity_number(person_id=person.id, number=number, by=cast.system, at=at)
    kinds = {row.kind: row.valid_to for row in people.identity_numbers_of(person.id, cast.system)}
    assert set(kinds) == {"reserve", "samordningsnummer", "personnummer"}
    assert kinds["personnummer"] is None
    assert kinds["reserve"] is not None
    assert people.get_person(person.id, cast.system).born == born
    with pytest.raises(foundation.BadInput):
        people.add_identity_number(person_id=person.id, number="19880209T051", by=cast.system, at=at)


def test_a_wrong_number_is_corrected_and_free_for_its_owner(cast, register, free_number) -> None:
    born, wrong = free_number()
    right_born, right = free_number()
    person = register(identity_number=wrong)
    held = people.identity_number_of(person.id, cast.system)
    assert held is not None
    with pytest.raises(foundation.BadInput):
        people.correct_identity_number(
            identity_number_id=held.id, number=right, because="x", by=cast.system, at=foundation.now()
        )
    people.correct_identity_number(
        identity_number_id=held.id, number=right, because="Typed wrong", by=cast.system, at=foundation.now()
    )
    assert [row.number for row in people.identity_numbers_of(person.id, cast.system)] == [right]
    assert people.get_person(person.id, cast.system).born == right_born
    owner = register(given_name="Olga", identity_number=wrong)
    assert owner.born == born
    assert "people.identity_number_corrected" in events_of(person.id, cast)


def test_the_database_keeps_how_it_was(cast, register, free_number) -> None:
    person = register()
    people.set_language(person_id=person.id, language="ar", interpreter=True, by=cast.system, at=foundation.now())
    with foundation.acting(cast.system), connection.cursor() as cursor:
        cursor.execute("SELECT before->>'language' FROM foundation_rowhistory WHERE row_id = %s", [person.id])
        assert cursor.fetchall() == [("sv",)]


def test_rows_are_saved_by_operations_alone(cast, register) -> None:
    person = register()
    with foundation.acting(cast.system), pytest.raises(RuntimeError):
        person.save()


def test_one_number_now_is_held_by_the_database(cast, register, free_number) -> None:
    _, number = free_number()
    person = register(identity_number=number)
    _, second = free_number()
    with pytest.raises(IntegrityError), foundation.acting(cast.system):
        people.IdentityNumber.objects.bulk_create(
            [people.IdentityNumber(person=person, number=second, kind="personnummer", valid_from=date(2026, 1, 1))]
        )
