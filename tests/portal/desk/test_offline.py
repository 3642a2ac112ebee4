"""Without coverage: what is written is kept encrypted in the browser, lands when back, and conflicts show both texts."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.browser import PHONE, fits, picture
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
AWAY = ("net::ERR_INTERNET_DISCONNECTED", "Failed to load resource", "htmx:")
STORED = """async () => { const base = await new Promise((done) => { const asked = indexedDB.open('handslag-drafts', 1);
  asked.onsuccess = () => done(asked.result); });
  const all = (name) => new Promise((done) => { const asked = base.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => done(asked.result); });
  const [drafts, keys] = [await all('drafts'), await all('keys')]; base.close();
  return {drafts: drafts.map((one) => ({note: one.note, text: new TextDecoder('utf-8').decode(one.data), at: one.at})),
    extractable: keys.filter((one) => one.key).map((one) => one.key.extractable)}; }"""


@pytest.fixture
def draft(cast: Cast, made: SimpleNamespace) -> SimpleNamespace:
    note = casework.draft_note(case_id=made.case_id, body="Före besöket.", by=cast.asa, at=foundation.now())
    return SimpleNamespace(id=note.id, url=f"{made.url}anteckningar/{note.id}/", case_id=made.case_id)


def write(page: Any, text: str) -> None:
    page.locator("#id_body").fill(text)
    page.locator("#id_body").dispatch_event("input")


def body(draft: SimpleNamespace, cast: Cast) -> str:
    return str(casework.get_note(draft.id, cast.asa).body)


def test_a_day_without_coverage_while_a_colleague_writes(
    cast: Cast, draft: SimpleNamespace, open_page: Any, site: Any, axe: Any
) -> None:
    page = open_page(draft.url, as_=cast.asa, meant=AWAY)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    write(page, "Barnet visade sitt rum.")
    page.get_by_text("Ingen täckning.").wait_for()
    axe(page)
    picture(page, "desk-offline-note-sv")
    stored = page.evaluate(STORED)
    assert stored["extractable"] == [False]
    assert [one["note"] for one in stored["drafts"]] == [str(draft.id)]
    assert "Barnet" not in stored["drafts"][0]["text"]
    with site.lock:
        casework.write_note(
            case_id=draft.case_id,
            body="Kollegan ringde skolan.",
            by=cast.bjorn,
            at=foundation.now() + timedelta(minutes=1),
        )
    write(page, "Barnet visade sitt rum. Mormor var där.")
    page.wait_for_timeout(900)
    page.context.set_offline(False)
    page.get_by_text("har landat i utkastet").wait_for()
    assert "1 anteckningar har signerats" in page.locator("#away").inner_text()
    with site.lock:
        assert body(draft, cast) == "Barnet visade sitt rum. Mormor var där."
        bodies = {one.body for one in casework.find_notes(draft.case_id, cast.asa).rows}
        assert "Kollegan ringde skolan." in bodies
    page.wait_for_function("window.handslagDrafts.count().then((n) => n === 0)")


def test_a_page_that_was_closed_away_opens_again_with_the_text_and_lands(
    cast: Cast, draft: SimpleNamespace, open_page: Any, site: Any, axe: Any
) -> None:
    page = open_page(draft.url, as_=cast.asa, size=PHONE, meant=AWAY)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    write(page, "Skrivet i bilen.")
    page.get_by_text("Ingen täckning.").wait_for()
    page.wait_for_timeout(300)
    page.reload()
    page.get_by_role("heading", name="Utan täckning").wait_for()
    field = page.get_by_label("Text")
    assert field.input_value() == "Skrivet i bilen."
    axe(page)
    fits(page, (360,))
    picture(page, "desk-offline-page-sv-360")
    field.fill("Skrivet i bilen. Och på trappan.")
    page.get_by_text("Sparat krypterat här").wait_for()
    page.context.set_offline(False)
    page.get_by_text("har landat som utkast").wait_for()
    with site.lock:
        assert body(draft, cast) == "Skrivet i bilen. Och på trappan."


def test_another_window_that_saved_meanwhile_is_shown_and_neither_text_is_lost(
    cast: Cast, draft: SimpleNamespace, open_page: Any, site: Any
) -> None:
    page = open_page(draft.url, as_=cast.asa, meant=AWAY)
    page.context.set_offline(True)
    write(page, "Från surfplattan.")
    page.get_by_text("Ingen täckning.").wait_for()
    with site.lock:
        casework.save_note_draft(
            note_id=draft.id, version=1, body="Från datorn.", by=cast.asa, at=foundation.now()
        )
    page.context.set_offline(False)
    page.get_by_text("Din text står i fältet").wait_for()
    assert "Från datorn." in page.locator("#away").inner_text()
    assert page.locator("#id_body").input_value() == "Från surfplattan."
    picture(page, "desk-offline-conflict-sv")
    page.wait_for_timeout(2500)  # an autosave from before lies in wait: it must not go over the other text
    with site.lock:
        assert body(draft, cast) == "Från datorn."
    write(page, "Från datorn. Från surfplattan.")
    page.locator("#saved [data-saved]").wait_for(state="attached")
    with site.lock:
        assert body(draft, cast) == "Från datorn. Från surfplattan."


def test_the_log_out_says_what_waits_and_removes_it(
    cast: Cast, draft: SimpleNamespace, open_page: Any, axe: Any
) -> None:
    page = open_page(draft.url, as_=cast.asa, meant=AWAY)
    page.context.set_offline(True)
    write(page, "Inte skickat.")
    page.get_by_text("Ingen täckning.").wait_for()
    page.evaluate("window.addEventListener = () => {}")
    page.context.route("**/landa/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto("/konto/logga-ut/")
    page.get_by_text("Anteckningar som inte har skickats väntar").wait_for()
    axe(page)
    picture(page, "desk-offline-log-out-sv")
    page.get_by_role("button", name="Logga ut och ta bort dem").click()
    page.wait_for_url("**/konto/utloggad/")
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_a_signed_note_leaves_nothing_in_the_browser(
    cast: Cast, draft: SimpleNamespace, open_page: Any, site: Any
) -> None:
    page = open_page(draft.url, as_=cast.asa, meant=AWAY)
    write(page, "Klart.")
    page.get_by_role("button", name="Signera", exact=True).click()
    page.get_by_text("Anteckningen är signerad").wait_for()
    page.wait_for_function("indexedDB && window.handslagDrafts.all().then((all) => all.length === 0)")
    with site.lock:
        assert casework.get_note(draft.id, cast.asa).is_signed and body(draft, cast) == "Klart."


def test_what_is_older_than_the_hours_is_removed(cast: Cast, draft: SimpleNamespace, open_page: Any) -> None:
    page = open_page(draft.url, as_=cast.asa, meant=AWAY)
    page.context.set_offline(True)
    write(page, "Gammalt.")
    page.get_by_text("Ingen täckning.").wait_for()
    later = "() => { const now = Date.now; Date.now = () => now() + 37 * 3600 * 1000; return handslagDrafts.all().then((all) => all.length); }"
    assert page.evaluate(later) == 0
    assert page.evaluate(STORED)["extractable"] == []


def test_landing_is_for_the_author_alone_and_says_what_is_wrong(
    cast: Cast, draft: SimpleNamespace, client_of: Any
) -> None:
    fields = {
        "subject": "",
        "kind": "note",
        "happened_on": foundation.today().isoformat(),
        "body": "x",
        "version": "1",
    }
    url = f"{draft.url}landa/"
    for who in (cast.bjorn, cast.carina):
        assert client_of(who).post(url, fields).json()["state"] == "gone"
    for who in (cast.elin, cast.greta):
        assert client_of(who).post(url, fields).status_code == 403
    asa = client_of(cast.asa)
    assert asa.post(url, {**fields, "happened_on": "i går"}).json()["state"] == "wrong"
    assert asa.post(url, {**fields, "since": "x" * 30}).json() == {"state": "saved", "version": 2, "news": 0}
    stale = asa.post(url, {**fields, "body": "y"}).json()
    assert (stale["state"], stale["theirs"], stale["version"]) == ("conflict", "x", 2)
    casework.sign_note(note_id=draft.id, version=2, by=cast.asa, at=foundation.now())
    assert asa.post(url, {**fields, "body": "y", "version": "2"}).json()["state"] == "signed"
    assert "Clear-Site-Data" in asa.post("/konto/logga-ut/").headers


def test_the_page_and_script_for_being_away_hold_nobody(
    cast: Cast, draft: SimpleNamespace, client_of: Any
) -> None:
    asa = client_of(cast.asa)
    page = asa.get("/handlaggare/utan-tackning/").content.decode()
    assert "Åsa" not in page and "csrf" not in page.lower()
    script = asa.get("/handlaggare/tjanst.js")
    assert script["Service-Worker-Allowed"] == "/handlaggare/" and script["Content-Type"] == "text/javascript"
    assert asa.get("/handlaggare/utan-tackning/pass/").json()["whose"]
    assert client_of(cast.elin).get("/handlaggare/tjanst.js").status_code == 403
