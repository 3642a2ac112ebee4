"""Who may read whom: through the queries, and straight in SQL as the application's role."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.people import public as people
from handslag.people.public import Place
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
SPRING = date(2026, 3, 1)
TABLES = (
    "person", "identitynumber", "protectionmark", "household", "householdmember", "relation", "address", "contactway",
    "persongrant",
)


def rows(actor: Actor, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def everything_of(person_id: UUID | None, actor: Actor) -> dict[str, int]:
    """How many rows of each table tell of the person, as the actor sees them in plain SQL."""
    columns = {"person": "id = %s", "relation": "%s IN (person_id, other_id)"}
    columns["household"] = "id IN (SELECT household_id FROM people_householdmember WHERE person_id = %s)"
    seen = {
        table: rows(actor, f"SELECT count(*) FROM people_{table} WHERE {columns.get(table, 'person_id = %s')}", person_id)
        for table in TABLES
    }
    return {table: found[0][0] for table, found in seen.items() if found[0][0]}


@pytest.fixture
def known(cast: Cast) -> Cast:
    """The unit of income support works with Elin; Elin and Hugo live together and are related."""
    at = foundation.now()
    people.grant_reading(
        person_id=cast.elin.person_id, unit_id=cast.support, because="party", by=cast.system, at=at
    )
    people.grant_reading(
        person_id=cast.hugo.person_id, unit_id=cast.support, because="party", by=cast.system, at=at
    )
    people.set_household(
        members=[Place(cast.elin.person_id, "adult"), Place(cast.hugo.person_id, "adult")],
        valid_from=SPRING, by=cast.system, at=at,
    )
    people.relate(
        person_id=cast.elin.person_id, other_id=cast.hugo.person_id, kind="partner", valid_from=SPRING,
        by=cast.system, at=at,
    )
    for actor in (cast.elin, cast.hugo):
        people.set_address(
            person_id=actor.person_id, street="Storgatan 1", postal_code="99910", city="Ekeby", by=cast.system, at=at
        )
        people.set_contact(person_id=actor.person_id, kind="phone", value="0701740605", by=cast.system, at=at)
    return cast


_ROLE = foundation.Role
WORKS_WITH_PERSONS = {_ROLE.CASE_WORKER, _ROLE.RECEPTION, _ROLE.MANAGER, _ROLE.PROTECTED}


@pytest.mark.parametrize("role", foundation.Role)
def test_a_role_in_the_unit_opens_its_persons_to_those_who_work_with_persons_alone(
    known: Cast, role: foundation.Role
) -> None:
    """Straight in SQL too: the board, a controller, an attester, the administrator of the unit find nobody, broken glass or not."""
    newcomer = known.david
    with foundation.acting(known.system):
        foundation.RoleGrant.objects.filter(account_id=newcomer.account_id).update(
            role=role, unit_id=known.support
        )
    is_worker = role in WORKS_WITH_PERSONS
    seen = everything_of(known.elin.person_id, newcomer)
    assert bool(seen) == is_worker, seen
    assert bool(rows(newcomer, "SELECT FROM people_person")) == is_worker
    glass = (
        "INSERT INTO foundation_breakglass (id, account_id, person_id, reason, opened_at, ends_at) "
        "VALUES (gen_random_uuid(), %s, %s, 'Ett akut läge', now(), now() + interval '1 hour') RETURNING id"
    )
    broken = (glass, newcomer.account_id, known.greta.person_id)
    if is_worker:
        assert rows(newcomer, *broken)
    else:
        with pytest.raises(DatabaseError), transaction.atomic():
            rows(newcomer, *broken)
        rows(known.system, *broken)  # made before the role was another's
    assert bool(everything_of(known.greta.person_id, newcomer)) == is_worker


def test_the_unit_reads_the_person_and_other_units_do_not(known: Cast) -> None:
    for actor in (known.asa, known.bjorn, known.carina):
        assert people.get_person(known.elin.person_id, actor).given_name == "Elin"
        assert people.address_of(known.elin.person_id, actor)
    for actor in (known.david, known.greta, known.farid, foundation.VISITOR):
        with pytest.raises(people.PersonNotFound):
            people.get_person(known.elin.person_id, actor)
        assert everything_of(known.elin.person_id, actor) == {}
        assert people.name_of(known.elin.person_id, actor) == ""
        assert people.address_of(known.elin.person_id, actor) is None
        assert people.household_of(known.elin.person_id, SPRING, actor) is None


def test_nobody_is_told_anything_without_an_actor(known: Cast, intruder) -> None:
    for table in TABLES:
        assert intruder.execute(f"SELECT count(*) FROM people_{table}").fetchone() == (0,)
    with pytest.raises(Exception, match="permission denied"):
        intruder.execute("SELECT count(*) FROM people_namekey")
    assert intruder.execute("SELECT count(*) FROM handslag_find_persons('elin', 10)").fetchone() == (0,)
    with pytest.raises(Exception, match="row-level security"):
        intruder.execute(
            "INSERT INTO people_person (id, given_name, family_name, sex, language, interpreter, protection, registered_at)"
            " VALUES (gen_random_uuid(), 'A', 'B', 'unknown', 'sv', false, 'none', now())"
        )


def test_a_resident_sees_her_own_rows_and_nothing_else(known: Cast) -> None:
    for table in TABLES:
        owner = {"person": "id", "household": "NULL::uuid"}.get(table, "person_id")
        assert {row[0] for row in rows(known.elin, f"SELECT {owner} FROM people_{table}")} <= {known.elin.person_id, None}
    assert people.get_person(known.elin.person_id, known.elin).given_name == "Elin"


def test_a_resident_may_not_rename_herself_or_lift_a_mark(known: Cast) -> None:
    for actor in (known.elin, known.hugo):
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute("UPDATE people_person SET given_name = 'Queen', protection = 'none' WHERE id = %s", [actor.person_id])
            assert cursor.rowcount == 0


def test_a_case_worker_does_not_lift_a_mark_in_sql(known: Cast) -> None:
    with pytest.raises(Exception, match="protection marks"):
        rows(known.asa, "UPDATE people_person SET protection = 'none' WHERE id = %s RETURNING id", known.hugo.person_id)


@pytest.mark.parametrize("who", ["bjorn", "david", "frida", "rune", "ada", "greta", "elin", "farid"])
def test_hugo_is_hidden_in_every_table_search_household_and_relation(known: Cast, who: str) -> None:
    actor = getattr(known, who)
    hugo = known.hugo.person_id
    assert everything_of(hugo, actor) == {}
    with pytest.raises(people.PersonNotFound):
        people.get_person(hugo, actor)
    assert all(hugo not in (one.person_id, one.other_id) for one in people.relations_of(known.elin.person_id, actor))
    household = people.household_of(known.elin.person_id, SPRING, actor)
    if household is not None:
        assert [one.given_name for one in household.members] == ["Elin"]
    number = people.identity_number_of(hugo, known.system)
    assert number is not None
    for text in ("hugo", "hav hugo", number.number):
        assert rows(actor, "SELECT * FROM handslag_find_persons(%s, 50)", text) == []


def test_named_staff_and_hugo_himself_see_him(known: Cast) -> None:
    for actor in (known.asa, known.carina, known.hugo):
        assert people.get_person(known.hugo.person_id, actor).is_protected
        assert people.address_of(known.hugo.person_id, actor)
    assert [one.name for one in people.search_persons("hugo", known.asa)] == ["Hugo Hav"]
    household = people.household_of(known.elin.person_id, SPRING, known.asa)
    assert household is not None
    assert [one.given_name for one in household.members] == ["Hugo", "Elin"]


def test_unknown_protection_is_treated_as_a_mark(cast: Cast, register) -> None:
    person = register(given_name="Ovis", protection="unknown")
    people.grant_reading(person_id=person.id, unit_id=cast.support, because="party", by=cast.system, at=foundation.now())
    assert not people.may_read_person(cast.asa, person.id)
    assert people.search_persons("ovis", cast.asa) == []
    people.unprotect_person(person_id=person.id, by=foundation.system("registers"), at=foundation.now())
    assert people.may_read_person(cast.asa, person.id)


def test_a_mark_ends_other_access_and_its_end_gives_units_theirs_back(known: Cast) -> None:
    at = foundation.now()
    elin = known.elin.person_id
    people.grant_reading(person_id=elin, account_id=known.bjorn.account_id, because="party", by=known.system, at=at)
    people.protect_person(
        person_id=elin, mark="protected_registration", named_account_ids=[known.asa.account_id], by=known.carina, at=at
    )
    assert people.may_read_person(known.asa, elin)
    assert not people.may_read_person(known.bjorn, elin)
    assert not people.may_read_person(known.carina, elin)
    with foundation.acting(known.system):
        kinds = foundation.Event.objects.filter(person_id=elin).values_list("kind", flat=True)
        assert "people.person_protected" in kinds
    people.unprotect_person(person_id=elin, by=known.system, at=at)
    assert people.may_read_person(known.carina, elin)
    with foundation.acting(known.system):
        marks = people.ProtectionMark.objects.filter(person_id=elin).values_list("mark", "valid_to")
        assert [(mark, ended is not None) for mark, ended in marks] == [("protected_registration", True)]


def test_only_managers_and_the_named_role_set_marks(known: Cast) -> None:
    at = foundation.now()
    told: dict[str, Any] = {"person_id": known.elin.person_id, "mark": "secrecy_mark", "at": at}
    for actor in (known.asa, known.elin, known.david):
        with pytest.raises(people.MayNotProtect):
            people.protect_person(**told, named_account_ids=[known.asa.account_id], by=actor)
    with pytest.raises(foundation.BadInput):
        people.protect_person(**told, named_account_ids=[], by=known.carina)
    with pytest.raises(foundation.BadInput):
        people.protect_person(**{**told, "mark": "none"}, named_account_ids=[known.asa.account_id], by=known.carina)
    with pytest.raises(people.MayNotProtect):
        people.unprotect_person(person_id=known.hugo.person_id, by=known.asa, at=at)


def test_staff_pass_on_whom_they_read_and_let_in_neither_themselves_nor_their_unit(cast: Cast) -> None:
    at = foundation.now()
    greta = cast.greta.person_id
    for reader in ({"unit_id": cast.children}, {"unit_id": cast.support}, {"account_id": cast.asa.account_id},
                   {"account_id": cast.bjorn.account_id}):  # fmt: skip
        with pytest.raises(foundation.Refused):
            people.grant_reading(person_id=greta, because="party", by=cast.asa, at=at, **reader)
    with pytest.raises(foundation.Refused):
        people.grant_reading(person_id=greta, unit_id=cast.support, because="party", by=cast.rune, at=at)
    grant = people.grant_reading(person_id=greta, unit_id=cast.support, because="party", by=cast.system, at=at)
    assert people.grant_reading(person_id=greta, unit_id=cast.support, because="party", by=cast.asa, at=at).id == grant.id
    assert people.may_read_person(cast.bjorn, greta)
    people.grant_reading(person_id=greta, unit_id=cast.children, because="party", by=cast.asa, at=at)
    assert people.may_read_person(cast.david, greta)


def test_nobody_names_himself_for_a_protected_person(cast: Cast) -> None:
    at = foundation.now()
    for actor in (cast.bjorn, cast.david, cast.frida):
        with pytest.raises(foundation.Refused):
            people.grant_reading(
                person_id=cast.hugo.person_id, account_id=actor.account_id, because="named", by=actor, at=at
            )
    people.grant_reading(
        person_id=cast.hugo.person_id, account_id=cast.bjorn.account_id, because="named", by=cast.carina, at=at
    )
    assert people.may_read_person(cast.bjorn, cast.hugo.person_id)


def test_a_resident_opens_herself_and_her_household_to_a_unit(known: Cast) -> None:
    at = foundation.now()
    people.grant_reading(person_id=known.greta.person_id, unit_id=known.support, because="party", by=known.greta, at=at)
    assert people.may_read_person(known.asa, known.greta.person_id)
    with pytest.raises(foundation.Refused):
        people.grant_reading(
            person_id=known.farid.person_id, unit_id=known.support, because="party", by=known.greta, at=at
        )
    with pytest.raises(foundation.Refused):
        people.grant_reading(
            person_id=known.greta.person_id, account_id=known.asa.account_id, because="party", by=known.greta, at=at
        )


def test_a_grant_ends(known: Cast) -> None:
    at = foundation.now()
    grant = next(one for one in people.grants_of(known.elin.person_id, known.carina) if one.unit_id == known.support)
    people.end_grant(grant_id=grant.id, by=known.carina, at=at)
    assert not people.may_read_person(known.asa, known.elin.person_id)
    assert [one.person_id for one in people.find_own_grants(known.asa)] == [known.hugo.person_id]


def test_a_role_that_ended_reads_nothing(known: Cast) -> None:
    with foundation.acting(known.system):
        foundation.RoleGrant.objects.filter(account_id=known.asa.account_id).update(
            valid_to=foundation.today() - timedelta(days=1)
        )
    assert not people.may_read_person(known.asa, known.elin.person_id)
    assert not people.may_read_person(known.asa, known.hugo.person_id), "named, but no longer staff"


def test_broken_glass_opens_one_person_for_its_time_and_tells_the_manager(cast: Cast) -> None:
    at = foundation.now()
    greta = cast.greta.person_id
    for told in ({"reason": "short"}, {"hours": 25}, {"hours": 0}):
        with pytest.raises(foundation.BadInput):
            people.break_glass(**{"person_id": greta, "reason": "On call tonight", "hours": 2, "by": cast.asa, "at": at, **told})
    with pytest.raises(foundation.Refused):
        people.break_glass(person_id=greta, reason="On call tonight", hours=2, by=cast.elin, at=at)
    people.break_glass(person_id=greta, reason="On call tonight", hours=2, by=cast.asa, at=at)
    assert people.may_read_person(cast.asa, greta)
    assert not people.may_read_person(cast.bjorn, greta)
    with foundation.acting(cast.carina):
        assert foundation.notices_of(cast.carina)
        entry = foundation.AccessEntry.objects.get(person_id=greta, why="glass")
        assert entry.account_id == cast.asa.account_id


def test_glass_that_has_run_out_opens_nothing(cast: Cast) -> None:
    past = foundation.now() - timedelta(hours=3)
    people.break_glass(person_id=cast.greta.person_id, reason="On call last night", hours=2, by=cast.asa, at=past)
    assert not people.may_read_person(cast.asa, cast.greta.person_id)


def test_glass_does_not_open_a_protected_person(cast: Cast) -> None:
    people.break_glass(
        person_id=cast.hugo.person_id, reason="On call tonight", hours=2, by=cast.bjorn, at=foundation.now()
    )
    assert not people.may_read_person(cast.bjorn, cast.hugo.person_id)


def test_a_family_member_sees_the_names_of_the_household(cast: Cast, register) -> None:
    child = register(given_name="Nils")
    people.set_household(
        members=[Place(cast.farid.person_id, "adult"), Place(child.id, "child")],
        valid_from=SPRING, by=cast.system, at=foundation.now(),
    )
    household = people.household_of(cast.farid.person_id, SPRING, cast.farid)
    assert household is not None
    assert [one.given_name for one in household.members] == ["Farid", "Nils"]
    assert everything_of(child.id, cast.farid) == {}


def test_names_of_many_are_those_that_the_actor_may_read(known: Cast) -> None:
    both = [known.elin.person_id, known.hugo.person_id]
    assert people.names_of(both, known.asa) == {both[0]: "Elin Ekdal", both[1]: "Hugo Hav"}
    assert people.names_of(both, known.bjorn) == {both[0]: "Elin Ekdal"}
    assert people.names_of(both, known.greta) == {}


def test_in_sql_a_worker_neither_lets_themselves_in_nor_prolongs_it(cast: Cast) -> None:
    at = foundation.now()
    given = people.register_person(given_name="Ny", family_name="Nysson", born=date(1990, 1, 1), sex="woman", identity_number=None, by=cast.asa, at=at)
    assert people.may_read_person(cast.asa, given.id)  # for a time, by the product's hand
    with foundation.acting(cast.asa), connection.cursor() as cursor:
        cursor.execute("UPDATE people_persongrant SET valid_to = NULL WHERE account_id = %s", [cast.asa.account_id])
        assert cursor.rowcount == 0
        for unit, account in ((cast.support, None), (None, cast.asa.account_id), (None, cast.bjorn.account_id)):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(
                    "INSERT INTO people_persongrant (id, person_id, unit_id, account_id, because, valid_from) "
                    "VALUES (gen_random_uuid(), %s, %s, %s, 'party', current_date)",
                    [cast.greta.person_id, unit, account],
                )
    assert not people.may_read_person(cast.asa, cast.greta.person_id)
