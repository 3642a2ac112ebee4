"""Without coverage: what is written is kept encrypted in the browser, lands when back, and conflicts show both texts."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.browser import PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.investigating import a_file, opened

pytestmark = pytest.mark.django_db(databases=["default"])
AWAY = ("net::ERR_INTERNET_DISCONNECTED", "Failed to load resource", "htmx:", "when fetching the script")
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


@pytest.fixture
def talk(cast: Cast) -> SimpleNamespace:
    """A talk that David has begun, without a word yet."""
    now = foundation.now()
    case = a_file(cast, on=foundation.today())
    one = opened(cast, case, at=now)
    note = casework.draft_note(case_id=case.id, kind="meeting", by=cast.david, at=now)
    url = f"/handlaggare/arende/{case.id}/utredning/{one.id}/samtal/{note.id}/"
    return SimpleNamespace(id=note.id, url=url, case_id=case.id, one=one)


def kept_of(talk: SimpleNamespace, cast: Cast) -> tuple[str, str, str]:
    kept = children.talk_draft_of(talk.id, cast.david)
    return ("", "", "") if kept is None else (kept.kind, kept.consent, kept.because)


def test_a_talk_keeps_its_kind_and_the_consent_while_away_and_lands_with_them(
    cast: Cast, talk: SimpleNamespace, open_page: Any, site: Any, axe: Any
) -> None:
    page = open_page(talk.url, as_=cast.david, size=PHONE, meant=AWAY)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    write(page, "Nils berättade om helgen.")
    page.locator("#id_subject").fill("Nils")
    page.locator("[name=talk]").select_option("child_alone")
    page.locator("[name=consent]").select_option("refused")
    page.locator("[name=because]").fill("Behövde tala ensam.")
    page.get_by_text("Ingen täckning.").wait_for()
    page.wait_for_timeout(600)
    stored = page.evaluate(STORED)["drafts"][0]["text"]
    assert "refused" not in stored and "ensam" not in stored
    page.reload()
    page.get_by_role("heading", name="Utan täckning").wait_for()
    kept = page.locator("[data-rest]").inner_text()
    assert "Behövde tala ensam." in kept and "vårdnadshavaren" in kept
    axe(page)
    fits(page, (360,))
    page.get_by_label("Text").fill("Nils berättade om helgen. Och om skolan.")
    page.get_by_text("Sparat krypterat här").wait_for()
    page.context.set_offline(False)
    page.get_by_text("har landat som utkast").wait_for()
    with site.lock:
        assert casework.get_note(talk.id, cast.david).body == "Nils berättade om helgen. Och om skolan."
        assert kept_of(talk, cast) == ("child_alone", "refused", "Behövde tala ensam.")


def test_only_the_consent_changed_while_away_lands_too_and_what_another_window_kept_is_shown(
    cast: Cast, talk: SimpleNamespace, open_page: Any, site: Any
) -> None:
    page = open_page(talk.url, as_=cast.david, meant=AWAY)
    page.context.set_offline(True)
    page.locator("[name=talk]").select_option("child_alone")
    page.locator("[name=consent]").select_option("given")
    page.get_by_text("Ingen täckning.").wait_for()
    page.context.set_offline(False)
    page.get_by_text("har landat i utkastet").wait_for()
    with site.lock:
        assert kept_of(talk, cast) == ("child_alone", "given", "")
    page.context.set_offline(True)
    page.locator("[name=consent]").select_option("refused")
    page.get_by_text("Ingen täckning.").wait_for()
    with site.lock:
        now = foundation.now()
        version = casework.get_note(talk.id, cast.david).version
        casework.save_note_draft(note_id=talk.id, version=version, body="Från datorn.", by=cast.david, at=now)
        children.save_talk_draft(
            investigation_id=talk.one.id, note_id=talk.id, kind="parent", by=cast.david, at=now
        )
    page.context.set_offline(False)
    page.get_by_text("Din text står i fältet").wait_for()
    there = page.locator("#away").inner_text()
    assert "Från datorn." in there and "Vilket slags samtal?" in there
    assert page.locator("[name=consent]").input_value() == "refused"
    with site.lock:
        assert kept_of(talk, cast) == ("parent", "", "")


def test_a_talk_lands_as_a_note_when_the_investigation_was_closed_meanwhile_and_for_its_author_alone(
    cast: Cast, talk: SimpleNamespace, client_of: Any
) -> None:
    fields = {
        "subject": "Nils", "kind": "meeting", "happened_on": foundation.today().isoformat(), "body": "Hej",
        "version": "1", "talk": "child_alone", "consent": "given", "because": "",
    }  # fmt: skip
    url = f"{talk.url}landa/"
    assert client_of(cast.sam).post(url, fields).json()["state"] == "gone"
    for who in (cast.elin, cast.greta):
        assert client_of(who).post(url, fields).status_code == 403
    david = client_of(cast.david)
    assert david.post(url, {**fields, "happened_on": "i går"}).json()["state"] == "wrong"
    assert david.post(url, fields).json() == {"state": "saved", "version": 2, "news": 0}
    assert kept_of(talk, cast) == ("child_alone", "given", "")
    elsewhere = f"/handlaggare/arende/{talk.case_id}/utredning/{talk.id}/samtal/{talk.id}/landa/"
    assert david.post(elsewhere, {**fields, "version": "2", "body": "Ändå"}).json()["state"] == "saved"
    assert casework.get_note(talk.id, cast.david).body == "Ändå"


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


def test_a_draft_that_is_thrown_away_while_somebody_reads_it_takes_no_text_with_it(
    cast: Cast, draft: SimpleNamespace, open_page: Any, axe: Any
) -> None:
    """One window writes without coverage, another throws the draft away: the first is told and keeps its text."""
    away = open_page(draft.url, as_=cast.asa, meant=AWAY)
    away.context.set_offline(True)
    write(away, "Från surfplattan.")
    away.get_by_text("Ingen täckning.").wait_for()
    page = open_page(draft.url, as_=cast.asa)
    page.get_by_text("Kasta utkastet").first.click()
    axe(page)
    page.get_by_role("button", name="Kasta utkastet").click()
    page.get_by_text("Utkastet är kastat.").wait_for()
    away.context.set_offline(False)
    away.get_by_text("Anteckningen finns inte längre.").wait_for()
    assert away.locator("#id_body").input_value() == "Från surfplattan."


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
