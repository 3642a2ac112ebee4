"""The family around a person, as far as the reader may see it: nothing else is there, not even as a hole that tells."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.coordination.queries.family import walk
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.coordination.families import CHILD_KIND, People

pytestmark = pytest.mark.django_db(databases=["default"])
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def by_name(view: coordination.FamilyView) -> dict[str, coordination.FamilyPerson]:
    return {person.name.split()[0].lower(): person for person in view.persons}


def shape(view: coordination.FamilyView) -> Any:
    """All that the drawing and the list are made of."""
    drawn = [
        coordination.MapPerson(str(one.id), one.name, homes=one.homes, is_focus=one.id == view.focus)
        for one in view.persons
    ]
    told = [(one.name, one.kinship, one.homes, len(one.matters), one.is_readable) for one in view.persons]
    return told, coordination.draw(drawn, view.ties)


def test_three_generations_with_their_words_and_homes(cast: Cast, family: People) -> None:
    found = by_name(coordination.find_family(family.alva, cast.david))
    assert {name: one.kinship for name, one in found.items()} == {
        "alva": "self", "mats": "parent", "lena": "parent", "theo": "sibling", "milo": "half_sibling", "ines": "parents_partner",
        "sten": "grandparent", "rut": "grandparent",
    }  # fmt: skip
    assert found["alva"].homes == found["theo"].homes == ("A", "B")
    assert len({found["lena"].homes, found["mats"].homes}) == 2
    assert found["milo"].homes == found["ines"].homes == found["mats"].homes
    assert found["sten"].homes == ()


def test_parents_apart_and_a_new_partner_stand_in_the_ties(cast: Cast, family: People) -> None:
    view = coordination.find_family(family.alva, cast.david)
    couples = {
        (frozenset((tie.one, tie.other)), tie.kind) for tie in view.ties if tie.kind in ("partner", "former")
    }
    assert (frozenset((str(family.mats), str(family.lena))), "former") in couples
    assert (frozenset((str(family.mats), str(family.ines))), "partner") in couples


def test_each_reader_sees_the_matters_that_they_may_read(cast: Cast, family: People) -> None:
    child = family.case("alva", cast.children, cast.david, kind=CHILD_KIND)
    aid = family.case("mats", cast.support, cast.asa)
    seen = by_name(coordination.find_family(family.alva, cast.david))
    assert [one.case.id for one in seen["alva"].matters] == [child.id] and seen["mats"].matters == ()
    seen = by_name(coordination.find_family(family.alva, cast.asa))
    assert [one.case.id for one in seen["mats"].matters] == [aid.id] and seen["alva"].matters == ()
    view = coordination.find_family(family.alva, cast.system)
    assert {case.id for person in view.persons for case in [one.case for one in person.matters]} == {
        child.id,
        aid.id,
    }


def test_who_works_with_whom_the_nearest_clock_and_the_next_meeting(
    cast: Cast, family: People, now: Any
) -> None:
    case = family.case("alva", cast.children, cast.david, kind=CHILD_KIND)
    casework.start_clock(
        case_id=case.id, rule="FL12", about=case.id, starts_on=foundation.day_of(now), by=cast.david, at=now
    )
    hour = foundation.now().replace(microsecond=0)
    coordination.plan_meeting(
        case_id=case.id, subject="Nätverksmöte", way="office", starts_at=hour + DAY, ends_at=hour + DAY + HOUR,
        person_ids=[family.alva], by=cast.david, at=now,
    )  # fmt: skip
    view = coordination.find_family(family.lena, cast.david)
    assert [worker.id for worker in view.workers] == [cast.david.account_id]
    assert [one.id for one in view.clocks] == [case.id]
    assert [one.subject for one in view.meetings] == ["Nätverksmöte"]
    assert [one.subject for one in by_name(view)["alva"].meetings] == ["Nätverksmöte"]
    hidden = coordination.find_family(family.lena, cast.asa)
    assert (hidden.workers, hidden.clocks, hidden.meetings) == ((), (), ())


def test_a_person_who_may_not_be_read_opens_no_family(cast: Cast, family: People) -> None:
    for actor in (cast.ada, cast.board, cast.greta, cast.elin, foundation.VISITOR):
        with pytest.raises(people.PersonNotFound):
            coordination.find_family(family.alva, actor)


def test_a_hidden_person_leaves_the_same_family_as_if_there_were_none(cast: Cast, family: People) -> None:
    before = shape(coordination.find_family(family.alva, cast.david))
    hidden = family.add("hemlig", 1979, sex="woman")
    family.add("barnet", 2016)
    family.relate("hemlig", "partner", "mats")
    family.relate("hemlig", "parent", "barnet", "theo")
    family.relate("hemlig", "sibling", "lena")
    people.protect_person(
        person_id=hidden,
        mark="secrecy_mark",
        named_account_ids=[cast.carina.account_id],
        by=cast.system,
        at=family.at,
    )
    people.protect_person(
        person_id=family.barnet, mark="unknown", named_account_ids=[], by=cast.system, at=family.at
    )
    assert shape(coordination.find_family(family.alva, cast.david)) == before
    named = by_name(coordination.find_family(family.alva, cast.carina))
    assert named["hemlig"].is_protected and "barnet" not in named


def test_nobody_is_reached_through_a_hidden_person(cast: Cast, family: People) -> None:
    family.add("hemlig", 1979)
    family.add("bortom", 2001, open_to=[cast.children])
    family.relate("hemlig", "sibling", "mats")
    family.relate("hemlig", "parent", "bortom")
    assert "bortom" in by_name(coordination.find_family(family.mats, cast.system))
    people.protect_person(
        person_id=family.hemlig,
        mark="secrecy_mark",
        named_account_ids=[cast.asa.account_id],
        by=cast.system,
        at=family.at,
    )
    assert "bortom" not in by_name(coordination.find_family(family.mats, cast.david))


def test_whoever_is_known_by_name_alone_is_told_so_and_not_passed(cast: Cast, family: People) -> None:
    family.add("granne", 1980)
    family.add("barnbarn", 2010)
    family.relate("granne", "sibling", "lena")
    family.relate("granne", "parent", "barnbarn")
    found = by_name(coordination.find_family(family.alva, cast.david))
    assert not found["granne"].is_readable and found["granne"].matters == ()
    assert "barnbarn" not in found


def test_a_household_without_relations_is_a_family_too(cast: Cast, folk: People) -> None:
    for name, born in (("anna", 1980), ("bo", 1979), ("cia", 2010)):
        folk.add(name, born, open_to=[cast.support])
    folk.home(["anna", "bo"], ["cia"])
    view = coordination.find_family(folk.anna, cast.asa)
    assert {one.name.split()[0]: one.kinship for one in view.persons} == {
        "Anna": "self",
        "Bo": "home",
        "Cia": "home",
    }
    kinds = {(tie.kind, frozenset((tie.one, tie.other))) for tie in view.ties}
    assert ("lives", frozenset((str(folk.anna), str(folk.cia)))) in kinds
    assert all(one.homes == () for one in view.persons)


def test_the_number_of_statements_is_the_same_for_every_family(cast: Cast, family: People) -> None:
    family.add("ensam", 1970, open_to=[cast.children])
    family.case("ensam", cast.children, cast.david)
    for name in ("alva", "theo", "milo", "mats"):
        family.case(name, cast.children, cast.david)
    for name in "abcdef":
        family.add(f"barn{name}", 2000, open_to=[cast.children])
        family.relate("sten", "parent", f"barn{name}")
        family.case(f"barn{name}", cast.children, cast.david)

    def statements(read: Any) -> int:
        with foundation.acting(cast.david), CaptureQueriesContext(connection) as asked:
            read()
        return len(asked)

    # The timeline asks once more where there is kin to tell of.
    for read, more in ((coordination.find_family, 0), (coordination.find_timeline, 1)):
        small = statements(lambda read=read: read(family.ensam, cast.david))
        assert small + more == statements(lambda read=read: read(family.alva, cast.david)) <= 8


def test_the_walk_agrees_with_what_the_tables_give_the_reader(cast: Cast, family: People) -> None:
    """Straight in SQL as the app role: no relation and no stay in the walk that the policies would refuse."""
    with foundation.acting(cast.david):
        told = walk(family.alva)
        readable = {str(one) for one in people.Person.objects.values_list("id", flat=True)}
        relations = {
            (str(one.person_id), str(one.other_id), one.kind) for one in people.Relation.objects.all()
        }
    assert {one["id"] for one in told["persons"] if one["readable"]} <= readable
    assert {(one["person"], one["other"], one["kind"]) for one in told["relations"]} <= relations
