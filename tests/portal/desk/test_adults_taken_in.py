"""Somebody whom the unit for adults does not know yet: taken in from what search finds, and nothing told before."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.portal.desk.test_adults import asked

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
SENT = str(uuid4())


def test_somebody_whom_the_unit_does_not_know_yet_is_taken_in_without_breaking_anything(
    cast: Cast, client_of: Log
) -> None:
    """Who turns to the unit is found by search; the case gives the right to read, and nothing is told before it."""
    client, url = client_of(cast.vera), f"/handlaggare/person/{cast.greta.person_id}/"
    before = client.get(url)
    assert before.status_code == 404 and f"{url}vuxen/" in before.content.decode()
    page = client.get(f"{url}vuxen/")
    assert page.status_code == 200 and "Greta" not in page.content.decode()
    answer = client.post(f"{url}vuxen/", asked(), follow=True)
    assert "Vill ha hjälp med skulder" in answer.content.decode()
    assert "Greta Gren" in client.get(url).content.decode()
    with foundation.acting(cast.system):
        assert not foundation.BreakGlass.objects.filter(person_id=cast.greta.person_id).exists()


def test_a_protected_person_is_not_there_and_no_other_unit_takes_anybody_in_so(
    cast: Cast, client_of: Log
) -> None:
    told = []
    for person_id in (cast.hugo.person_id, foundation.new_id()):
        answer = client_of(cast.vera).post(f"/handlaggare/person/{person_id}/vuxen/", asked(sent_key=SENT))
        assert answer.status_code == 400 and "Hugo" not in answer.content.decode()
        told.append(answer.content.decode().replace(str(person_id), ""))
    assert "Vill ha hjälp med skulder" in told[0], "what was typed is kept"
    assert [len(one) for one in told] == [len(told[0])] * 2, "as if there were nobody"
    with foundation.acting(cast.system):
        assert not casework.Case.objects.filter(person_id=cast.hugo.person_id).exists()
    for who in (cast.asa, cast.david):
        url = f"/handlaggare/person/{cast.greta.person_id}/"
        assert f"{url}vuxen/" not in client_of(who).get(url).content.decode()
        assert client_of(who).post(f"{url}vuxen/", asked()).status_code == 404


def test_an_adults_case_offers_nothing_of_economic_aid(cast: Cast, client_of: Log) -> None:
    client = client_of(cast.vera)
    taken = client.post(f"/handlaggare/person/{cast.greta.person_id}/vuxen/", asked())
    page = client.get(taken["Location"].replace("vuxen/", "beslut/")).content.decode()
    assert "Bistånd för ett akut behov" not in page and "beslut/akut/" not in page
