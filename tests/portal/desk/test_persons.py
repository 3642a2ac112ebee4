"""Finding, registering and joining people at the desk; who may, and what the others are told."""

from collections.abc import Callable

import pytest
from django.test import Client

from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast, identity_number

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
REASON = "Personen sitter i receptionen just nu"


def test_a_person_is_found_by_name_and_by_number_and_the_search_is_logged(cast: Cast, client_of: Log) -> None:
    client = client_of(cast.asa)
    for text in ("ekd", "Elin Ekdal"):
        assert "Elin Ekdal" in client.post("/handlaggare/sok/", {"q": text}).content.decode()
    with foundation.acting(cast.system):
        number = people.identity_number_of(cast.elin.person_id, cast.system).number
        assert (
            foundation.AccessEntry.objects.filter(
                page="people.search", account_id=cast.asa.account_id
            ).count()
            == 2
        )
    answer = client.post("/handlaggare/sok/", {"q": number})
    assert "Elin Ekdal" in answer.content.decode()
    assert number not in answer.request["QUERY_STRING"]


@pytest.mark.parametrize("text", ["missbruk", "e", "1991", "19910314-9805"])
def test_nothing_but_a_name_or_a_whole_number_finds_anybody(cast: Cast, client_of: Log, text: str) -> None:
    answer = client_of(cast.asa).post("/handlaggare/sok/", {"q": text})
    assert "Elin" not in answer.content.decode()
    assert text in answer.content.decode(), "what was typed is kept"


def test_hugo_is_found_by_the_named_alone(cast: Cast, client_of: Log) -> None:
    for who, found in ((cast.asa, True), (cast.carina, True), (cast.bjorn, False), (cast.david, False)):
        text = client_of(who).post("/handlaggare/sok/", {"q": "Hav"}).content.decode()
        assert ("Hugo" in text) is found
        page = client_of(who).get(f"/handlaggare/person/{cast.hugo.person_id}/")
        assert page.status_code == (200 if found else 404)
        assert ("Hugo" in page.content.decode()) is found


@pytest.mark.parametrize("who", ["elin", "greta"])
@pytest.mark.parametrize("path", ["/handlaggare/", "/handlaggare/sok/", "/handlaggare/person/ny/"])
def test_residents_do_not_enter(cast: Cast, client_of: Log, who: str, path: str) -> None:
    assert client_of(getattr(cast, who)).get(path).status_code == 403


def test_a_person_is_registered_and_shown(cast: Cast, client_of: Log) -> None:
    client = client_of(cast.asa)
    from datetime import date

    number = identity_number(date(1975, 4, 4), "woman")
    asked = {"given_name": "Ingrid", "family_name": "Ny", "identity_number": number, "sex": "unknown"}
    answer = client.post("/handlaggare/person/ny/", asked, follow=True)
    assert answer.status_code == 200
    assert "Ingrid Ny" in answer.content.decode()
    assert number in answer.content.decode()
    again = client.post("/handlaggare/person/ny/", asked)
    assert again.status_code == 400
    assert "Ingrid" in again.content.decode()


@pytest.mark.parametrize("number", ["19750404-9803", "20990101-9802", "abc"])
def test_a_wrong_number_is_explained_and_kept(cast: Cast, client_of: Log, number: str) -> None:
    asked = {"given_name": "Ingrid", "family_name": "Ny", "identity_number": number, "sex": "woman"}
    answer = client_of(cast.asa).post("/handlaggare/person/ny/", asked)
    assert answer.status_code == 400
    assert f'value="{number}"' in answer.content.decode()


def test_a_reserve_number_is_replaced_and_records_are_joined(cast: Cast, client_of: Log) -> None:
    client = client_of(cast.asa)
    from datetime import date

    client.post(
        "/handlaggare/person/ny/",
        {"given_name": "Omar", "family_name": "Ny", "identity_number": "19880209T050", "sex": "man"},
    )
    number = identity_number(date(1988, 2, 9), "man")
    client.post(
        "/handlaggare/person/ny/",
        {"given_name": "Omar", "family_name": "Ny", "identity_number": number, "sex": "man"},
    )
    with foundation.acting(cast.asa):
        one, two = sorted(people.search_persons("Omar", cast.asa), key=lambda found: str(found.person_id))
        keep = (
            two.person_id
            if people.identity_number_of(two.person_id, cast.asa).number == number
            else one.person_id
        )
    page = f"/handlaggare/person/{keep}/sla-ihop/"
    assert "Omar Ny" in client.post(page, {"other": "19880209T050"}).content.decode()
    joined = client.post(page, {"other": "19880209T050", "confirmed": "1"}, follow=True).content.decode()
    assert "19880209T050" in joined
    with foundation.acting(cast.asa):
        assert len(people.search_persons("Omar", cast.asa)) == 1


def test_broken_glass_opens_a_person_with_a_reason(cast: Cast, client_of: Log) -> None:
    client = client_of(cast.bjorn)
    page = f"/handlaggare/person/{cast.greta.person_id}/"
    assert client.get(page).status_code == 404
    assert client.post(f"{page}utan-behorighet/", {"reason": "kort", "hours": "1"}).status_code == 400
    answer = client.post(f"{page}utan-behorighet/", {"reason": REASON, "hours": "1"}, follow=True)
    assert "Greta Gren" in answer.content.decode()
    with foundation.acting(cast.system):
        glass = foundation.BreakGlass.objects.get()
        assert foundation.AccessEntry.objects.filter(page="desk.person", why="glass").exists()
    client.post(f"/handlaggare/utan-behorighet/{glass.id}/avsluta/")
    assert client.get(page).status_code == 404


def test_protection_is_set_by_those_who_may(cast: Cast, client_of: Log) -> None:
    page = f"/handlaggare/person/{cast.elin.person_id}/skydd/"
    assert client_of(cast.bjorn).get(page).status_code == 403
    with foundation.acting(cast.system):
        people.grant_reading(
            person_id=cast.elin.person_id,
            unit_id=cast.support,
            because="party",
            by=cast.system,
            at=foundation.now(),
        )
    answer = client_of(cast.carina).post(
        page, {"mark": "secrecy_mark", "named": [str(cast.carina.account_id)]}, follow=True
    )
    assert answer.status_code == 200
    assert client_of(cast.bjorn).get(f"/handlaggare/person/{cast.elin.person_id}/").status_code == 404
    assert client_of(cast.carina).get(f"/handlaggare/person/{cast.elin.person_id}/").status_code == 200


def test_the_household_and_the_relations_say_the_same_of_whom_one_may_not_read(
    cast: Cast, client_of: Log
) -> None:
    from datetime import date

    at, born = foundation.now(), date(2015, 5, 5)
    known, hidden = (
        people.register_person(
            given_name=name, family_name="Quist", born=day, sex="man", identity_number=None, by=cast.system, at=at
        )
        for name, day in (("Konrad", date(1985, 5, 5)), ("Hidde", born))
    )  # fmt: skip
    people.settle_protection(person_id=known.id, mark="none", by=cast.system, at=at)
    people.settle_protection(person_id=hidden.id, mark="none", by=cast.system, at=at)
    places = [people.Place(known.id, "adult", 100), people.Place(hidden.id, "child", 100)]
    people.set_household(members=places, valid_from=date(2020, 1, 1), by=cast.system, at=at)
    people.relate(
        person_id=known.id, other_id=hidden.id, kind="parent", valid_from=born, by=cast.system, at=at
    )
    people.grant_reading(person_id=known.id, unit_id=cast.support, because="test", by=cast.system, at=at)
    url = f"/handlaggare/person/{known.id}/"
    page = client_of(cast.asa).get(url).content.decode()
    assert "Konrad" in page and "Hidde" not in page
    people.grant_reading(person_id=hidden.id, unit_id=cast.support, because="test", by=cast.system, at=at)
    assert client_of(cast.asa).get(url).content.decode().count("Hidde") >= 2
