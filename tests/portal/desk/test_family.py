"""The pages of the family: who sees what, and that what one may not read is nowhere in the page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.coordination.families import CHILD_KIND, People, make_family

pytestmark = pytest.mark.django_db(databases=["default"])
Clients = Callable[..., Client]


@pytest.fixture
def family(cast: Cast) -> People:
    return make_family(cast)


@pytest.fixture
def url(family: People) -> str:
    return f"/handlaggare/person/{family.alva}/"


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def test_the_map_and_the_list_tell_the_family(
    client_of: Clients,
    cast: Cast,
    family: People,
    url: str,
) -> None:
    case = family.case("alva", cast.children, cast.david, kind=CHILD_KIND)
    page = text_of(client_of(cast.david), f"{url}familj/")
    for name in ("Alva", "Mats", "Lena", "Ines", "Milo", "Theo", "Sten", "Rut"):
        assert page.count(f"{name} Test") >= 2
    assert "Halvsyskon" in page and case.number in page and "David Dahl" in page
    assert 'style="' not in page and "<script>" not in page
    assert case.number not in text_of(client_of(cast.asa), f"{url}familj/")
    assert "Half-sibling" in text_of(client_of(cast.david, language="en"), f"{url}familj/")


def test_a_page_asks_the_database_little_however_large_the_family(
    client_of: Clients, cast: Cast, family: People, url: str
) -> None:
    client = client_of(cast.david)
    for name in ("alva", "theo", "milo", "mats"):
        family.case(name, cast.children, cast.david)

    def statements(page: str) -> int:
        text_of(client, f"{url}{page}")
        with CaptureQueriesContext(connection) as asked:
            text_of(client, f"{url}{page}")
        return sum("SAVEPOINT" not in one["sql"] for one in asked.captured_queries)

    before = [statements(page) for page in ("familj/", "tidslinje/", "tidslinje/?visa=notes")]
    # One of them gives the actor back to the test's own transaction; a page by itself asks one less. What relations began
    # is one question more.
    assert all(asked <= most for asked, most in zip(before, (12, 11, 10), strict=True)), before
    for name in ("ada", "bo", "cleo", "disa", "ellen", "folke", "gun", "hans", "ida", "jon"):
        family.add(name, 2001, open_to=[cast.children])
        family.relate("sten", "parent", name)
        family.case(name, cast.children, cast.david)
    after = [statements(page) for page in ("familj/", "tidslinje/", "tidslinje/?visa=notes")]
    assert after == before


def test_every_reading_is_logged_for_those_it_concerns(
    client_of: Clients,
    cast: Cast,
    family: People,
    url: str,
) -> None:
    text_of(client_of(cast.david), f"{url}familj/")
    with foundation.acting(cast.system):
        entries = foundation.AccessEntry.objects.filter(page="desk.family", account_id=cast.david.account_id)
        assert set(entries.values_list("person_id", flat=True)) == set(family.ids.values())


@pytest.mark.parametrize("who", ["ada", "frida", "board", "elin"])
@pytest.mark.parametrize("page", ["familj/", "tidslinje/", "hemligt/"])
def test_others_do_not_come_in(client_of: Clients, cast: Cast, url: str, who: str, page: str) -> None:
    assert client_of(getattr(cast, who)).get(f"{url}{page}").status_code in (403, 404)
    assert client_of().get(f"{url}{page}").status_code == 302


def test_a_hidden_person_gives_the_very_same_page(
    client_of: Clients,
    cast: Cast,
    family: People,
    url: str,
) -> None:
    case = family.case("alva", cast.children, cast.david, kind=CHILD_KIND)
    client = client_of(cast.david)
    pages = ("familj/", "tidslinje/")
    before = [_still(text_of(client, f"{url}{page}")) for page in pages]
    hidden = family.add("gömd", 1979, sex="woman")
    family.relate("gömd", "parent", "alva")
    family.relate("gömd", "sibling", "mats")
    other = family.case("gömd", cast.support, cast.asa)
    people.protect_person(
        person_id=hidden,
        mark="secrecy_mark",
        named_account_ids=[cast.asa.account_id],
        by=cast.system,
        at=family.at,
    )
    after = [_still(text_of(client, f"{url}{page}")) for page in pages]
    assert after[0] == before[0]
    assert "Gömd" not in "".join(after) and other.number not in "".join(after)
    assert case.number in after[0]


def _still(page: str) -> str:
    """The page without what changes from one request to the next."""
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken": "[^"]+"', "", page)


def test_the_timeline_tells_everything_in_order_and_page_by_page(
    client_of: Clients,
    cast: Cast,
    family: People,
    url: str,
) -> None:
    case = family.case("alva", cast.children, cast.david, kind=CHILD_KIND)
    at = foundation.now()
    for number in range(35):
        time.sleep(0.002)  # ids are in order from one millisecond to the next
        casework.write_note(case_id=case.id, subject=f"Samtal {number:02}", body="x", by=cast.david, at=at)
    start = at + timedelta(days=3)
    coordination.plan_meeting(
        case_id=case.id, subject="Nätverksmöte", way="office", starts_at=start, ends_at=start + timedelta(hours=1),
        by=cast.david, at=at,
    )  # fmt: skip
    client = client_of(cast.david)
    page = text_of(client, f"{url}tidslinje/")
    assert page.index("Nätverksmöte") < page.index("Samtal 34")
    notes = text_of(client, f"{url}tidslinje/?visa=notes")
    assert "Nätverksmöte" not in notes and "Samtal 34" in notes and "Samtal 02" not in notes
    following = notes.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Samtal 02" in text_of(client, f"{url}tidslinje/{following}")
    assert "Samtal" not in text_of(client_of(cast.asa), f"{url}tidslinje/")


@pytest.mark.parametrize("query", ["visa=lön", "efter=x", "efter=WyJ4IiwieCJd", "visa=notes&efter=%00"])
def test_odd_addresses_are_told_kindly(client_of: Clients, cast: Cast, url: str, query: str) -> None:
    assert client_of(cast.david).get(f"{url}tidslinje/?{query}").status_code == 400


def test_a_secret_is_set_marked_and_ended(client_of: Clients, cast: Cast, family: People, url: str) -> None:
    client = client_of(cast.david)
    wrong = client.post(f"{url}hemligt/", {"toward": str(family.mats), "because": "Skrivet"})
    assert wrong.status_code == 400 and "Skrivet" in wrong.content.decode()
    told = {
        "toward": str(family.mats),
        "what": ["address", "placement"],
        "ground": "lvu_14",
        "because": "Hot",
    }
    assert client.post(f"{url}hemligt/", told).status_code == 302
    assert "Hemligt gentemot Mats Test: adress" in text_of(client, url)
    assert "Hemligt gentemot Mats Test: adress" in text_of(client, f"{url}familj/")
    (secret,) = coordination.secrets_of(family.alva, cast.david)
    assert client.post(f"{url}hemligt/{secret.id}/avsluta/", {"because": "Over"}).status_code == 302
    assert "Hemligt gentemot Mats" not in text_of(client, url)


def test_a_meeting_is_planned_held_and_cancelled(client_of: Clients, cast: Cast, family: People) -> None:
    case = family.case("alva", cast.children, cast.david, kind=CHILD_KIND)
    client, url = client_of(cast.david), f"/handlaggare/arende/{case.id}/moten/"
    day = foundation.today().isoformat()
    told = {"subject": "Samtal", "way": "office", "day": day, "starts": "09:00", "ends": "08:00"}
    wrong = client.post(url, told)
    assert wrong.status_code == 400 and "Samtal" in wrong.content.decode()
    told |= {"ends": "10:00", "persons": [str(family.alva)]}
    assert client.post(url, told).status_code == 302
    assert client.post(url, told | {"subject": "Ett till"}).status_code == 302
    one, other = coordination.find_meetings(case.id, cast.david)
    assert "Alva Test" in text_of(client, f"/handlaggare/mote/{one.id}/")
    assert client.post(f"/handlaggare/mote/{one.id}/", {"note": "Vi talade."}).status_code == 302
    assert client.post(f"/handlaggare/mote/{other.id}/", {"cancelled_because": "Sjuk"}).status_code == 302
    assert {row.state for row in coordination.find_meetings(case.id, cast.david)} == {"held", "cancelled"}
    assert [note.body for note in casework.find_notes(case.id, cast.david).rows] == ["Vi talade."]
    assert client.post(f"/handlaggare/mote/{one.id}/", {"note": "Igen"}).status_code == 400
    for other_one in (cast.asa, cast.ada):
        assert client_of(other_one).get(f"/handlaggare/mote/{one.id}/").status_code in (403, 404)


def test_a_joint_matter_from_the_first_page_to_the_last(
    client_of: Clients, cast: Cast, family: People
) -> None:
    child = family.case("alva", cast.children, cast.david, kind=CHILD_KIND)
    aid = family.case("mats", cast.support, cast.asa)
    david, asa = client_of(cast.david), client_of(cast.asa)
    opened = david.post(
        f"/handlaggare/arende/{child.id}/gemensamt/",
        {"kind": "family_violence", "role": "child", "members": [str(cast.asa.account_id)]},
    )
    assert opened.status_code == 302
    url = opened["Location"]
    hers = text_of(asa, url)
    assert child.number not in hers and "Alva" not in hers and "Barn:" not in hers
    assert (
        asa.post(
            f"{url}del/", {"case": str(aid.id), "role": "perpetrator", "known_to_team": "on"}
        ).status_code
        == 302
    )
    his = text_of(david, url)
    assert aid.number not in his and "Mats" not in his and "Åsa Åberg" in his
    view = coordination.get_joint_matter(_id_of(url), cast.david)
    own = next(one.part for one in view.parts if one.is_own)
    other = next(one.part for one in view.parts if not one.is_own)
    told = {"from_part": str(own.id), "to_parts": [str(other.id)], "body": "Alva sover hos Lena.", "ground": "consent", "ground_text": "Lena, i går"}  # fmt: skip
    wrong = david.post(f"{url}dela/", told | {"ground": ""})
    assert wrong.status_code == 400 and "Alva sover hos Lena." in wrong.content.decode()
    assert david.post(f"{url}dela/", told).status_code == 302
    assert "Alva sover hos Lena." in text_of(asa, url) and child.number not in text_of(asa, url)
    assert client_of(cast.bjorn).get(url).status_code == 404
    assert asa.post(f"{url}avsluta/", {"because": "done"}).status_code == 400
    assert david.post(f"{url}avsluta/", {"because": "done"}).status_code == 302
    assert "Alva sover hos Lena." in text_of(asa, url)
    assert "Gemensamma" in text_of(asa, "/handlaggare/gemensamt/")


def _id_of(url: str) -> Any:
    from uuid import UUID

    return UUID(url.strip("/").split("/")[-1])


def test_the_timeline_says_whom_each_thing_is_about_and_what_they_are(
    client_of: Clients, cast: Cast, family: People, url: str
) -> None:
    at = foundation.now()
    for name in ("alva", "theo", "mats"):
        case = family.case(name, cast.children, cast.david)
        casework.write_note(case_id=case.id, subject=f"Om {name}", body="x", by=cast.david, at=at)
    page = client_of(cast.david).get(f"{url}tidslinje/?visa=notes")
    told = {row.words: (row.person, str(row.kinship)) for row in page.context["past"]}
    assert told == {
        "Om alva": ("Alva Test", ""),
        "Om theo": ("Theo Test", "Syskon"),
        "Om mats": ("Mats Test", "Förälder"),
    }
    assert "Theo Test</span> (Syskon)" in page.text
    english = text_of(client_of(cast.david, language="en"), f"{url}tidslinje/?visa=notes")
    assert "Mats Test</span> (Parent)" in english


def test_the_line_of_a_parent_alone_begins_at_the_name(
    client_of: Clients, cast: Cast, family: People, url: str
) -> None:
    family.add("birgit", 1950, open_to=[cast.children])
    family.relate("birgit", "parent", "lena")
    page = text_of(client_of(cast.david), f"{url}familj/")
    name = re.search(r'<text x="(\d+)" y="(\d+)">Birgit Test</text>', page)
    assert name is not None
    years = int(name[2]) + 17
    assert re.search(rf'points="{name[1]},{years + 6} {name[1]},\d+"', page), "no gap between her and her line"


def test_the_timeline_says_which_relation_began_as_far_as_one_may_know(
    client_of: Clients, cast: Cast, family: People, url: str
) -> None:
    def told() -> set[str]:
        client, path, seen = client_of(cast.david), "?visa=events", set()
        while path:
            context = client.get(f"{url}tidslinje/{path}").context
            rows = (*context["ahead"], *context["past"])
            seen |= {f"{row.words}: {row.more}" for row in rows if row.more}
            seen |= {part for row in rows for part in row.parts}
            path = context["older_url"]
        return seen

    assert "Mats Test: Förälder till Alva Test" in told()
    hidden = family.add("gömd", 2015)
    people.relate(
        person_id=family.mats, other_id=hidden, kind="parent", valid_from=foundation.today(),
        by=cast.system, at=foundation.now(),
    )  # fmt: skip
    people.protect_person(
        person_id=hidden, mark="secrecy_mark", named_account_ids=[], by=cast.system, at=foundation.now()
    )
    assert not any("Gömd" in row for row in told())


def test_relations_of_one_day_that_nobody_entered_by_hand_are_one_row(
    client_of: Clients, cast: Cast, family: People, url: str
) -> None:
    """Else a family that has just come from the population register hides all else; what each is stands on a line to open."""
    client = client_of(cast.david)

    def related() -> list[Any]:
        path, found = "?visa=events", []
        while path:
            context = client.get(f"{url}tidslinje/{path}").context
            found += [row for row in (*context["ahead"], *context["past"]) if "relation" in str(row.words)]
            path = context["older_url"]
        return found

    [row] = [one for one in related() if one.parts]
    number = int(str(row.words).split()[0])
    assert number > 3
    assert str(row.words) == f"{number} relationer registrerades"
    assert 3 < len(row.parts) <= number
    assert "Mats Test: Förälder till Alva Test" in row.parts
    page = text_of(client, f"{url}tidslinje/?visa=events")
    assert page.count("relationer registrerades") == 1
    assert "Mats Test: Förälder till Alva Test" in page
