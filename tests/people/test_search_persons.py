"""The only search: by the beginning of a name or by a whole number."""

from __future__ import annotations

import pytest
from django.db import connection

from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.people.rules.sort_key import sort_key

pytestmark = pytest.mark.django_db(databases=["default"])


def names(text: str, actor: foundation.Actor, limit: int = 20) -> list[str]:
    return [one.name for one in people.search_persons(text, actor, limit)]


@pytest.fixture
def town(register) -> None:
    for given, family in (
        ("Örjan", "Åkerlund"), ("Zahra", "Åkerlund"), ("Anna Maria", "Zetterlund-Öst"), ("José", "Müller"),
        ("Anders", "Adolfsson"), ("Åke", "Öberg"), ("Łucja", "Żak"), ("Al", "O'Neil"),
    ):  # fmt: skip
        register(given_name=given, family_name=family)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("åkerlund", ["Zahra Åkerlund", "Örjan Åkerlund"]),
        ("AKERL", ["Zahra Åkerlund", "Örjan Åkerlund"]),
        ("orj", ["Örjan Åkerlund"]),
        ("zett an", ["Anna Maria Zetterlund-Öst"]),
        ("maria öst", ["Anna Maria Zetterlund-Öst"]),
        ("anna maria zet", ["Anna Maria Zetterlund-Öst"]),
        ("anna maria berg", []),
        ("jose mull", ["José Müller"]),
        ("lucja zak", ["Łucja Żak"]),
        ("oneil", ["Al O'Neil"]),
        ("kerlund", []),
        ("an%", []),
        ("an_ers", []),
    ],
)
def test_by_the_beginning_of_any_part_without_accents_or_case(cast, town, text: str, found: list[str]) -> None:
    assert names(text, cast.system) == found


def test_swedish_order(cast, town) -> None:
    assert names("ak", cast.asa) == ["Zahra Åkerlund", "Örjan Åkerlund", "Åke Öberg"]


def test_the_sort_key_of_the_database_is_the_one_of_python(cast) -> None:
    words = ["Åsa", "Ärla", "Öst", "Zeta", "Ünal", "Éric", "Łucja", "Đurić", "Çelik", "a\u030asa", "Müller", "Ægir", "Ñandu", "Żak"]
    with foundation.acting(cast.system), connection.cursor() as cursor:
        cursor.execute("SELECT handslag_sort_key(w) FROM unnest(%s::text[]) WITH ORDINALITY AS t(w, n) ORDER BY n", [words])
        assert [row[0] for row in cursor.fetchall()] == [sort_key(word) for word in words]
    assert sorted(["Öst", "Zeta", "Ärla", "Åsa"], key=sort_key) == ["Zeta", "Åsa", "Ärla", "Öst"]


def test_by_a_whole_number_in_any_spelling(cast) -> None:
    number = people.identity_number_of(cast.elin.person_id, cast.system)
    assert number is not None
    whole = number.number
    for text in (whole, f"{whole[:8]}-{whole[8:]}", f"{whole[2:8]}-{whole[8:]}"):
        assert names(text, cast.david) == ["Elin Ekdal"]


@pytest.mark.parametrize("text", ["", "a", " å ", "19910314", "9811", "elin 1991", "1991-03-14", "%%", "--"])
def test_nothing_shorter_and_nothing_else(cast, text: str) -> None:
    with pytest.raises(foundation.BadInput):
        people.search_persons(text, cast.asa)


@pytest.mark.parametrize("text", ["a", "1991", "%"])
def test_the_database_refuses_the_same(cast, text: str) -> None:
    with pytest.raises(Exception, match="search"), foundation.acting(cast.asa), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM handslag_find_persons(%s, 10)", [text])


def test_staff_who_meet_people_search_and_others_do_not(cast) -> None:
    assert names("elin", cast.david) == ["Elin Ekdal"]
    for actor in (cast.frida, cast.rune, cast.ada, cast.elin, foundation.VISITOR):
        with pytest.raises(foundation.Refused):
            people.search_persons("elin", actor)


def test_a_hit_tells_name_and_year_and_no_more(cast) -> None:
    (hit,) = people.search_persons("elin ekd", cast.asa)
    assert (hit.person_id, hit.name, hit.birth_year, hit.is_protected) == (cast.elin.person_id, "Elin Ekdal", 1991, False)


def test_hidden_people_leave_no_gap_under_a_limit(cast, register) -> None:
    for nth in range(4):
        register(given_name=f"Hu{'abcd'[nth]}", family_name="Lund")
    assert len(names("hu", cast.bjorn, limit=3)) == 3
    assert len(names("hu", cast.bjorn, limit=4)) == 4
    assert "Hugo Hav" not in names("hu", cast.bjorn, limit=50)


def test_hits_are_logged_by_id_alone(cast) -> None:
    people.search_persons("elin", cast.asa)
    with foundation.acting(cast.system):
        (entry,) = foundation.AccessEntry.objects.filter(page="people.search")
    assert (entry.account_id, entry.person_id, entry.why) == (cast.asa.account_id, cast.elin.person_id, "")


def test_a_new_name_is_found_and_the_old_one_not(cast, register) -> None:
    person = register(given_name="Gammal", family_name="Före")
    with foundation.acting(cast.system):
        people.Person.objects.filter(id=person.id).update(given_name="Ny", family_name="Efter")
    assert names("gammal", cast.system) == []
    assert names("efter ny", cast.system) == ["Ny Efter"]


def test_own_persons_come_first_by_the_same_rules(cast, register) -> None:
    others = [register(given_name=f"An{sign}", family_name="Berg") for sign in "abcdef"]
    mine = register(given_name="Åke Anders", family_name="Östberg")
    page = people.search_page("an", cast.asa, own=[mine.id], limit=3)
    assert page.rows[0].person_id == mine.id
    assert len(page.rows) == 3 and page.next_start == 3
    for text, found in (("öst an", True), ("ost ake and", True), ("an an", False), ("berg", False), ("ost ake x", False)):
        hits = [one.person_id for one in people.search_page(text, cast.asa, own=[mine.id]).rows]
        assert (mine.id in hits) is found, text
        plain = [one.person_id for one in people.search_page(text, cast.asa, limit=200).rows]
        assert sorted(hits) == sorted(plain), text
    hugo = people.search_page("hav", cast.bjorn, own=[cast.hugo.person_id])
    assert hugo.rows == [], "that a case is one's own opens nobody who is protected"
    assert others


def test_pages_follow_on_one_another_and_end_with_a_word(cast, register) -> None:
    made = {register(given_name=f"Hu{one}{two}", family_name="Lund").id for one in "abcde" for two in "abcde"}
    seen: list = []
    start: int | None = 0
    while start is not None:
        page = people.search_page("hu", cast.bjorn, start=start, limit=10)
        seen += [one.person_id for one in page.rows]
        start = page.next_start
    assert len(seen) == len(set(seen)) and made <= set(seen)
    assert not page.is_cut
    with foundation.acting(cast.system):
        logged = foundation.AccessEntry.objects.filter(page="people.search").values_list("person_id", flat=True)
        assert sorted(logged) == sorted(seen), "what was told is logged, once"


def test_more_than_two_hundred_are_not_told_but_said(cast, register, monkeypatch) -> None:
    monkeypatch.setattr("handslag.people.queries.MOST_FOUND", 4)
    for sign in "abcdef":
        register(given_name=f"Hu{sign}", family_name="Lund")
    page = people.search_page("hu", cast.bjorn, start=0, limit=20)
    assert (len(page.rows), page.next_start, page.is_cut) == (4, None, True)
    for start in (4, 99_999, -5):
        assert len(people.search_page("hu", cast.bjorn, start=start).rows) == (4 if start < 0 else 0)


def test_own_persons_open_nothing_in_the_database(cast, intruder) -> None:
    asked = "SELECT count(*) FROM handslag_find_persons('hugo', 10, %s::uuid[])"
    own = [cast.hugo.person_id]
    assert intruder.execute(asked, [own]).fetchone() == (0,)
    with foundation.acting(cast.bjorn), connection.cursor() as cursor:
        cursor.execute(asked, [own])
        assert cursor.fetchone() == (0,)
    with foundation.acting(cast.asa), connection.cursor() as cursor:
        cursor.execute(asked, [own])
        assert cursor.fetchone() == (1,)
