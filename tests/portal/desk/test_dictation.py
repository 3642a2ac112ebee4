"""Dictation on the note's page: through a real server on a socket, in Chromium with a made-up microphone too."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from handslag.casework import ports
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.integrations.transcription.client import TranscriptionServer
from handslag.integrations.transcription.simulator import SpeechFault, SpeechServer
from tests.browser import FLAGS, picture, session_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
WEBM = b"\x1a\x45\xdf\xa3" + b"\x00" * 500


@pytest.fixture
def speech() -> Iterator[SpeechServer]:
    with SpeechServer(text="Barnet log och berättade.") as server:
        ports.use_transcriber(TranscriptionServer(server.url, "liten", timeout_seconds=2))
        yield server
    ports.use_transcriber(None)


@pytest.fixture
def draft(cast: Cast, made: SimpleNamespace) -> SimpleNamespace:
    note = casework.draft_note(case_id=made.case_id, body="Besök.", by=cast.asa, at=foundation.now())
    return SimpleNamespace(id=note.id, url=f"{made.url}anteckningar/{note.id}/", note=note)


def say(client: Any, draft: SimpleNamespace, content: bytes = WEBM) -> tuple[int, dict[str, str]]:
    answer = client.post(f"{draft.url}tal/", {"speech": SimpleUploadedFile("speech", content)})
    return answer.status_code, json.loads(answer.content) if answer.content.startswith(b"{") else {}


def test_speech_comes_back_as_text_and_the_draft_is_untouched(
    cast: Cast, draft: SimpleNamespace, speech: SpeechServer, client_of: Any
) -> None:
    assert say(client_of(cast.asa), draft) == (200, {"text": "Barnet log och berättade."})
    assert speech.asked[0]["language"] == "sv" and speech.asked[0]["file"]["type"] == "audio/webm"
    assert casework.get_note(draft.id, cast.asa).body == "Besök."


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (SpeechFault.DOWN, "down"),
        (SpeechFault.CUT, "down"),
        (SpeechFault.SLOW, "slow"),
        (SpeechFault.GARBAGE, "unreadable"),
        (SpeechFault.TOO_LARGE, "too_large"),
    ],
)
def test_each_fault_says_what_to_do(
    cast: Cast, draft: SimpleNamespace, speech: SpeechServer, client_of: Any, fault: SpeechFault, code: str
) -> None:
    speech.fault = fault
    status, told = say(client_of(cast.asa), draft)
    assert (status, told["code"]) == (422, code) and told["error"].endswith(".")


def test_wrong_type_empty_and_too_long_never_reach_the_server(
    cast: Cast, draft: SimpleNamespace, speech: SpeechServer, client_of: Any
) -> None:
    client = client_of(cast.asa)
    for content, code in (
        (b"MZ" + b"\x00" * 50, "wrong_type"),
        (b"", "empty"),
        (b"\x1a\x45\xdf\xa3" + b"\x00" * casework.MOST_SPEECH_BYTES, "too_large"),
    ):
        assert (say(client, draft, content)[0], say(client, draft, content)[1].get("code")) == (422, code)
    assert speech.asked == []


def test_only_the_author_dictates_and_only_where_it_is_set_up(
    cast: Cast, draft: SimpleNamespace, speech: SpeechServer, client_of: Any
) -> None:
    for who in (cast.bjorn, cast.david, cast.elin):
        assert say(client_of(who), draft)[0] in (403, 404, 422)
    assert speech.asked == []
    asa = client_of(cast.asa)
    with_microphone = asa.get(draft.url)
    assert (
        "microphone=(self)" in with_microphone["Permissions-Policy"]
        and "dictation" in with_microphone.content.decode()
    )
    assert "microphone=()" in asa.get(draft.url.split("anteckningar")[0])["Permissions-Policy"]
    ports.use_transcriber(None)
    without = asa.get(draft.url)
    assert (
        "microphone=()" in without["Permissions-Policy"] and 'id="dictation"' not in without.content.decode()
    )
    assert "Diktering saknas" in without.content.decode() and "Diktering saknas" not in with_microphone.content.decode()
    assert say(asa, draft)[1]["code"] == "off"


def test_the_headings_of_a_template_stand_after_what_is_written(
    cast: Cast, draft: SimpleNamespace, client_of: Any
) -> None:
    asa = client_of(cast.asa)
    page = asa.get(draft.url).content.decode()
    assert "Samtal om ekonomi" in page and "Samtal med barn" not in page
    fields = {
        "subject": "", "kind": "note", "happened_on": foundation.today().isoformat(), "body": "Besök.", "version": "1",
        "template": "home_visit", "headings": "1",
    }  # fmt: skip
    assert asa.post(draft.url, {**fields, "template": "nonsense"}).status_code == 400
    version = str(casework.get_note(draft.id, cast.asa).version)
    assert asa.post(draft.url, {**fields, "version": version}).status_code == 302
    note = casework.get_note(draft.id, cast.asa)
    assert note.kind == "home_visit" and note.body.startswith("Besök.\n\nNärvarande:\n\nVarför vi kom:")


def test_in_the_browser_what_is_said_is_written_and_nothing_is_lost_when_the_server_is_down(
    cast: Cast, draft: SimpleNamespace, speech: SpeechServer, browser: Any, site: Any, axe: Any
) -> None:
    flags = [*FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    own = browser.browser_type.launch(executable_path=_program(), args=flags)
    try:
        context = own.new_context(base_url=site.address, locale="sv-SE", reduced_motion="reduce")
        context.set_default_timeout(20000)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(cast.asa), "url": site.address}]
        )
        page = context.new_page()
        page.goto(draft.url)
        assert page.locator("#dictation").is_visible()
        axe(page)
        speech.fault = SpeechFault.BUSY
        page.get_by_role("button", name="Diktera").click()
        page.get_by_text("Lyssnar.").wait_for()
        page.locator("#id_body").fill("Besök. Skrivet medan jag talade.")
        page.wait_for_timeout(600)
        page.get_by_role("button", name="Stoppa och skriv ner").click()
        page.get_by_text("går inte att nå").wait_for()
        assert page.locator("#id_body").input_value() == "Besök. Skrivet medan jag talade."
        speech.fault = SpeechFault.CUT
        page.get_by_role("button", name="Försök igen").click()
        page.locator("#dictation [data-again]").wait_for()
        assert page.locator("#id_body").input_value() == "Besök. Skrivet medan jag talade."
        picture(page, "desk-dictation-down-sv")
        speech.fault = None
        page.get_by_role("button", name="Försök igen").click()
        page.get_by_text("Inskrivet i texten").wait_for()
        assert "Barnet log och berättade." in page.locator("#id_body").input_value()
        page.locator("#saved [data-saved]").wait_for(state="attached")
        assert [one["file"]["type"] for one in speech.asked] == ["audio/webm"] * 3
        picture(page, "desk-dictation-sv")
    finally:
        own.close()
    body = casework.get_note(draft.id, cast.asa).body
    assert "Barnet log och berättade." in body and "Skrivet medan jag talade." in body


def _program() -> str:
    import shutil

    found = shutil.which("chromium")
    assert found is not None
    return found
