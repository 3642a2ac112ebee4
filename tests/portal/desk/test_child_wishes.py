"""At the desk: what a child wants kept is written down, followed at once, weighed with age and maturity, opened by two."""
# ruff: noqa: F401, F811 - the fixtures of another file are used by name

from datetime import timedelta
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.browser import PHONE, fits, picture
from tests.cast import Cast
from tests.portal.desk.test_record_sight import Log, file, url

pytestmark = pytest.mark.django_db(databases=["default"])


def test_a_wish_is_written_down_weighed_and_opened_by_a_second_person(
    client_of: Log, cast: Cast, file: casework.Case, url: str
) -> None:
    casework.give_sight(
        case_id=file.id, person_id=cast.elin.person_id, ground="custody", because="Vägt.", by=cast.david,  # type: ignore[arg-type]
        at=foundation.now(),
    )  # fmt: skip
    david, sam, elin = client_of(cast.david), client_of(cast.sam), client_of(cast.elin)
    (note,) = casework.find_notes(file.id, cast.david).rows
    record, new = f"/journal/{file.id}/", url.replace("journal/", "onskan/")
    assert "Nils visade sitt rum." in elin.get(record).text
    assert (
        f"{new}?anteckning={note.id}"
        in david.get(f"/handlaggare/arende/{file.id}/anteckningar/{note.id}/").text
    )
    page = david.get(f"{new}?anteckning={note.id}").text
    assert f'value="{note.id}" selected' in page
    asked = {"words": "Säg inget till mamma.", "toward": str(cast.elin.person_id), "note": str(note.id)}
    wrong = david.post(new, {**asked, "passage": "Står inte där."})
    assert (
        wrong.status_code == 400
        and "Säg inget till mamma." in wrong.text
        and "står inte i anteckningen" in wrong.text
    )
    assert david.post(new, {**asked, "words": ""}).status_code == 400
    weigh = david.post(new, {**asked, "passage": "Nils visade sitt rum."}, follow=True)
    (wish,) = casework.find_wishes(file.id, cast.david)
    assert "Följs, inte vägd ännu" in weigh.text and "Nils visade sitt rum." not in elin.get(record).text
    one = f"{new}{wish.id}/"
    weighed = {"maturity": "Nio år och säker på sin sak.", "because": "Rädd för mammas vän."}
    assert david.post(one, weighed).status_code == 400
    kept = david.post(one, {**weighed, "follow": "yes"}, follow=True).text
    assert "Vägd, och följs" in kept and "Rädd för mammas vän." in kept
    proposed = david.post(one, {**weighed, "follow": "no"}, follow=True).text
    assert "Följs tills en andra person" in proposed
    alone = david.post(one, {"agree": "yes", "words": "Ja"})
    assert alone.status_code == 400 and "Nils visade sitt rum." not in elin.get(record).text
    assert "Håller du med" in sam.get(one).text
    opened = sam.post(one, {"agree": "yes", "words": "Nils vill det nu."}, follow=True).text
    assert "Hålls inte längre undan" in opened and "Nils vill det nu." in opened
    assert "Nils visade sitt rum." in elin.get(record).text
    assert "<form method" not in sam.get(one).text.split("<main")[1].split("Nils vill det nu.")[1]


@pytest.mark.parametrize("who", ["asa", "carina", "elin", "farid", "greta", "rune", "board"])
def test_who_does_not_work_with_the_file_finds_no_wish(
    client_of: Log, cast: Cast, file: casework.Case, url: str, who: str
) -> None:
    wish = casework.record_wish(case_id=file.id, words="Hemligt.", by=cast.david, at=foundation.now())
    client, new = client_of(getattr(cast, who)), url.replace("journal/", "onskan/")
    for address in (new, f"{new}{wish.id}/", url):
        answer = client.get(address)
        assert answer.status_code in (302, 403, 404) and "Hemligt." not in answer.text
    assert client.post(new, {"words": "x"}).status_code in (302, 403, 404)
    assert client_of(cast.david).get(f"{new}{file.id}/").status_code == 404


def test_the_rest_of_a_note_is_shown_to_the_worker_first_and_then_to_the_guardian(
    client_of: Log, cast: Cast, file: casework.Case, url: str
) -> None:
    at = foundation.now()
    casework.give_sight(
        case_id=file.id,
        person_id=cast.elin.person_id,
        ground="custody",
        because="Vägt.",
        by=cast.david,
        at=at,  # type: ignore[arg-type]
    )
    words = "Han är rädd för mammas vän."
    note = casework.write_note(
        case_id=file.id, body=f"Nils trivs i skolan.\n{words}", by=cast.david, at=at - timedelta(days=20)
    )
    wish = casework.record_wish(
        case_id=file.id, words="Inte till mamma.", toward_id=cast.elin.person_id, note_id=note.id, passage=words,
        by=cast.david, at=at,
    )  # fmt: skip
    david, record = client_of(cast.david), f"/journal/{file.id}/"
    one = url.replace("journal/", "onskan/") + f"{wish.id}/"
    shown = david.get(one).text
    assert "Det här skulle Elin" in shown and 'value="rest"' in shown
    closed = client_of(cast.elin).get(record).text
    assert "trivs i skolan" not in closed
    weighed = {"maturity": "Nio år.", "because": "Rädd.", "follow": "rest"}
    done = david.post(one, weighed, follow=True).text
    assert "Vårdnadshavaren läser resten" in done and "Resten av anteckningen läses" in done
    read = client_of(cast.elin).get(record).text
    assert "Nils trivs i skolan." in read and words not in read and "rädd" not in read
    address = f"{record}invand/{note.id}/"
    assert f'href="{address}"' in read, "a note like any other"
    said = client_of(cast.elin).post(address, {"body": "Det stämmer inte."}, follow=True).text
    assert "Det stämmer inte." in said and "rädd" not in said
    whole = casework.record_wish(
        case_id=file.id, words="Allt.", note_id=note.id, by=cast.david, at=foundation.now()
    )
    assert 'value="rest"' not in david.get(one.replace(str(wish.id), str(whole.id))).text


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_are_for_everybody(
    cast: Cast, file: casework.Case, url: str, open_page: Any, axe: Any, language: str
) -> None:
    new = url.replace("journal/", "onskan/")
    page = open_page(new, as_=cast.david, language=language, size=PHONE)
    page.locator("[name=words]").fill("Säg inget till pappa.")
    axe(page)
    fits(page)
    page.locator("main form button[type=submit]").last.click()
    page.locator("[name=maturity]").fill("Nio år.")
    axe(page)
    fits(page)
    picture(page, f"desk-child-wish-{language}-360")
    page = open_page(url, as_=cast.david, language=language)
    page.get_by_text("Säg inget till pappa.").wait_for()
    axe(page)
    fits(page)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_the_guardian_would_read_is_for_everybody(
    cast: Cast, file: casework.Case, url: str, open_page: Any, axe: Any, language: str
) -> None:
    words, at = "Han är rädd för mammas vän.", foundation.now()
    note = casework.write_note(case_id=file.id, body=f"Nils trivs.\n{words}", by=cast.david, at=at)
    wish = casework.record_wish(
        case_id=file.id, words="Inte till mamma.", note_id=note.id, passage=words, by=cast.david, at=at
    )
    page = open_page(
        url.replace("journal/", "onskan/") + f"{wish.id}/", as_=cast.david, language=language, size=PHONE
    )
    axe(page)
    fits(page)
    picture(page, f"desk-child-wish-rest-{language}-360")
    page.locator("[name=maturity]").fill("Nio år.")
    page.locator("[name=because]").fill("Rädd.")
    page.locator("[value=rest]").check()
    page.locator("main form button[type=submit]").last.click()
    page.get_by_text(
        "Resten av anteckningen läses" if language == "sv" else "The rest of the note is read"
    ).wait_for()
    axe(page)
