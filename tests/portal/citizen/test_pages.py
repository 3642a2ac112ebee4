"""Each page of the citizen's face: what it says, and that a stranger sees nothing of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "Ansök om ekonomiskt bistånd"),
        ("/vantetider/", "Veckans väntetider"),
        ("/anmal-oro/", "Är du orolig för ett barn?"),
        ("/kontakt/", "Kontakta oss"),
    ],
)
def test_open_pages_need_no_log_in(client: Client, address: str, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert words in answer.text
    assert "112" in answer.text


@pytest.mark.parametrize("address", ["/ansok/", "/mina-arenden/", "/meddelanden/", "/min-akt/"])
def test_own_pages_lead_to_the_log_in_and_back(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/konto/logga-in/?next={address}"


def test_staff_are_told_to_use_their_own_e_id(client_of: Log, cast: Cast) -> None:
    answer = client_of(cast.asa).get("/mina-arenden/")
    assert answer.status_code == 403
    assert "din egen e-legitimation" in answer.text


def test_a_form_after_the_session_ended_keeps_what_was_typed(client_of: Log, cast: Cast, draft: Any) -> None:
    answer = client_of().post(f"/ansok/{draft.id}/household/", {"living": "alone", "version": "1"})
    assert answer.status_code == 403
    assert 'name="living" value="alone"' in answer.text
    assert "inget du skrev har gått förlorat" in answer.text


def test_a_page_that_saves_itself_is_told_that_the_session_ended(
    client_of: Log, cast: Cast, draft: Any
) -> None:
    answer = client_of().post(
        f"/ansok/{draft.id}/household/spara/",
        {"living": "alone", "version": "1"},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#messages"
    assert "Du blev utloggad" in answer.text
    assert "<html" not in answer.text


def test_a_stranger_finds_nothing_of_another_person(client_of: Log, cast: Cast, sent: Any, ask: Any) -> None:
    asked = ask(sent, cast.asa, "Hyresavi för november")
    document = casework.add_document(
        case_id=sent.case_id, name="avi.pdf", content=b"%PDF-1.7 hej", by=cast.elin, at=foundation.now()
    )
    for address in (
        f"/mina-arenden/{sent.id}/",
        f"/kvitto/{sent.id}/",
        f"/skriv-under/{sent.id}/",
        f"/komplettera/{asked.id}/",
        f"/papper/{document.id}/",
    ):
        stranger = client_of(cast.greta).get(address)
        assert stranger.status_code in (403, 404), address
        assert "Hyresavi" not in stranger.text
        assert client_of(cast.elin).get(address).status_code in (200, 403)
    with foundation.acting(cast.elin):
        number = casework.get_case(sent.case_id, cast.elin).number
    assert number in client_of(cast.elin).get("/mina-arenden/").text
    for address in ("/mina-arenden/", "/min-akt/", "/meddelanden/"):
        assert number not in client_of(cast.greta).get(address).text


def test_a_stranger_cannot_write_in_another_persons_draft(client_of: Log, cast: Cast, draft: Any) -> None:
    address = f"/ansok/{draft.id}/household/"
    assert client_of(cast.greta).get(address).status_code == 404
    assert client_of(cast.greta).post(address, {"living": "alone", "version": "1"}).status_code == 404
    assert client_of(cast.greta).post(f"{address}spara/", {"version": "1"}).status_code == 404


def test_my_matter_says_what_is_lacking_and_until_when(
    client_of: Log, cast: Cast, sent: Any, ask: Any
) -> None:
    asked = ask(sent, cast.asa, "Hyresavi för november")
    client = client_of(cast.elin)
    page = client.get(f"/mina-arenden/{sent.id}/").text
    assert "Hyresavi för november" in page
    assert "om 7 dagar" in page
    with foundation.acting(cast.elin):
        item = asked.items.get()
    answer = client.post(
        f"/komplettera/{asked.id}/", {f"text-{item.id}": "Den kommer med posten"}, follow=True
    )
    assert "Vi har fått ditt svar" in answer.text
    assert "Hyresavi" not in client.get(f"/mina-arenden/{sent.id}/").text


def test_an_empty_answer_says_what_to_do(client_of: Log, cast: Cast, sent: Any, ask: Any) -> None:
    asked = ask(sent, cast.asa, "Hyresavi för november")
    answer = client_of(cast.elin).post(f"/komplettera/{asked.id}/", {})
    assert answer.status_code == 400
    assert "minst en av sakerna" in answer.text


def test_a_message_is_sent_once_however_often_the_form_is(client_of: Log, cast: Cast, sent: Any) -> None:
    client = client_of(cast.elin)
    form = {"subject": "Hej", "body": "När kommer beslutet?", "once": "a-form"}
    for _press in range(2):
        assert client.post(f"/meddelanden/{sent.case_id}/skriv/", form).status_code == 302
    assert client.get("/meddelanden/").text.count("När kommer beslutet?") == 1


def test_an_empty_message_keeps_its_subject(client_of: Log, cast: Cast, sent: Any) -> None:
    answer = client_of(cast.elin).post(f"/meddelanden/{sent.case_id}/skriv/", {"subject": "Hej", "body": ""})
    assert answer.status_code == 400
    assert 'value="Hej"' in answer.text


def test_the_own_record_tells_who_has_read(client_of: Log, cast: Cast, sent: Any) -> None:
    with foundation.acting(cast.asa):
        casework.get_case(sent.case_id, cast.asa, page="desk.case")
    page = client_of(cast.elin).get("/min-akt/").text
    assert "Försörjningsstöd" in page
    assert "Ditt ärende" in page
    assert "Åsa" not in page


def test_reading_a_matter_is_entered_in_the_log(client_of: Log, cast: Cast, sent: Any) -> None:
    client_of(cast.elin).get(f"/mina-arenden/{sent.id}/")
    with foundation.acting(cast.system):
        assert (
            foundation.AccessEntry.objects.filter(
                page="citizen.matter", reader_person_id=cast.elin.person_id
            ).count()
            == 1
        )


def test_an_application_is_taken_back_only_after_a_question(client_of: Log, cast: Cast, sent: Any) -> None:
    client = client_of(cast.elin)
    assert "Vill du ta tillbaka" in client.get(f"/mina-arenden/{sent.id}/ta-tillbaka/").text
    client.post(f"/mina-arenden/{sent.id}/ta-tillbaka/")
    assert "Du tog tillbaka ansökan" in client.get(f"/mina-arenden/{sent.id}/").text


def test_a_paper_that_lies_about_its_type_is_refused_with_words(
    client_of: Log, cast: Cast, sent: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    lie = SimpleUploadedFile("kvitto.pdf", b"MZ not a pdf at all", content_type="application/pdf")
    answer = client_of(cast.elin).post(f"/mina-arenden/{sent.id}/papper/", {"papers": lie}, follow=True)
    assert 'data-color="danger"' in answer.text


@pytest.mark.parametrize(
    ("address", "most"), [("/", 6), ("/mina-arenden/", 8), ("/meddelanden/", 5), ("/min-akt/", 18)]
)
def test_pages_ask_few_questions_of_the_database(
    client_of: Log, cast: Cast, sent: Any, address: str, most: int
) -> None:
    client = client_of(cast.elin)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    questions = [
        one["sql"][:90]
        for one in asked
        if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))
    ]
    assert len(questions) <= most, questions
