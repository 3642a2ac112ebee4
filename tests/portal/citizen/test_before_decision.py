"""Before a decision the person reads what it rests on, and answers here: in words, with a paper, or by word of mouth."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.citizen.readings import readings_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def told(cast: Cast, sent: Any) -> SimpleNamespace:
    """Åsa has told Elin what the decision will rest on."""
    casework.assign_case(
        case_id=sent.case_id, worker_id=cast.asa.account_id, by=cast.asa, at=foundation.now()
    )
    row = casework.communicate(
        case_id=sent.case_id,
        matter_id=sent.id,
        material="Hyran är högre än vi godkänner.",
        answer_until=foundation.today() + timedelta(days=7),
        by=cast.asa,
        at=foundation.now(),
    )
    return SimpleNamespace(row=row, application=sent, url=f"/innan-beslut/{row.id}/")


def test_it_stands_on_top_where_the_person_looks_and_only_for_that_person(
    client_of: Log, cast: Cast, told: SimpleNamespace
) -> None:
    client = client_of(cast.elin)
    for address in ("/", "/mina-arenden/", f"/mina-arenden/{told.application.id}/", "/min-akt/"):
        assert told.url in client.get(address).text, address
    page = client.get(told.url).text
    assert "Hyran är högre än vi godkänner." in page and "om 7 dagar" in page
    assert client_of(cast.greta).get(told.url).status_code == 404
    assert client_of(cast.greta).post(told.url, {"act": "nothing"}).status_code == 404
    assert client_of(cast.asa).get(told.url).status_code == 403


def test_an_answer_with_a_paper_reaches_the_desk_and_the_record(
    client_of: Log, cast: Cast, told: SimpleNamespace
) -> None:
    client = client_of(cast.elin)
    empty = client.post(told.url, {"act": "answer", "answer": " "})
    assert empty.status_code == 400 and "Svaret är tomt" in empty.text
    lying = SimpleUploadedFile("kontrakt.pdf", b"MZ\x90\x00" + b"0" * 200)
    kept = client.post(told.url, {"act": "answer", "answer": "Jag flyttar i mars.", "paper": lying})
    assert kept.status_code == 400 and "Jag flyttar i mars." in kept.text
    answer = {"act": "answer", "answer": "Jag flyttar i mars."}
    for _pressed_twice in range(2):
        file = SimpleUploadedFile("kontrakt.pdf", PDF, "application/pdf")
        assert client.post(told.url, {**answer, "paper": file}).status_code == 302
    page = client.get(told.url).text
    assert "Jag flyttar i mars." in page and "kontrakt.pdf" in page and 'name="answer"' not in page
    assert "Jag flyttar i mars." in client.get("/min-akt/").text
    assert told.url not in client.get("/").text
    desk = client_of(cast.asa)
    case = f"/handlaggare/arende/{told.application.case_id}/"
    seen = desk.get(f"{case}kommunicering/").text
    assert "Jag flyttar i mars." in seen and seen.count("kontrakt.pdf") == 1
    assert "Väg in svaret" in desk.get(case).text
    assert "har svarat inför beslutet" in desk.get("/handlaggare/").text


def test_nothing_to_add_is_an_answer(client_of: Log, cast: Cast, told: SimpleNamespace) -> None:
    assert client_of(cast.elin).post(told.url, {"act": "nothing"}).status_code == 302
    (row,) = casework.find_communications(told.application.case_id, cast.asa)
    assert (row.state, row.answer) == ("answered", "Jag har inget att tillägga.")


def test_a_wish_to_speak_holds_the_decision_until_it_is_written_down(
    client_of: Log, cast: Cast, told: SimpleNamespace
) -> None:
    client = client_of(cast.elin)
    assert client.post(told.url, {"act": "speak"}).status_code == 302
    assert "Vi ringer dig innan vi beslutar" in client.get(told.url).text
    desk = client_of(cast.asa)
    case = f"/handlaggare/arende/{told.application.case_id}/"
    assert "vill tala med dig före beslutet" in desk.get(case).text
    assert "vill tala med dig före beslutet" in desk.get("/handlaggare/").text
    said = {"answer": "Elin säger att hyran sänks."}
    assert desk.post(f"{case}kommunicering/{told.row.id}/svar/", said).status_code == 302
    assert "Elin säger att hyran sänks." in client.get(told.url).text


def test_the_record_tells_who_works_with_the_person(
    client_of: Log, cast: Cast, told: SimpleNamespace
) -> None:
    page = client_of(cast.elin).get("/min-akt/").text
    assert "Försörjningsstöd" in page and "Åsa Åberg ansvarar för det" in page
    assert "Vilka som arbetar med dig nu" not in client_of(cast.greta).get("/min-akt/").text
    casework.open_case(
        kind="income_support",
        person_id=cast.hugo.person_id,
        unit_id=cast.support,
        by=cast.asa,
        at=foundation.now(),
    )
    assert "Bara 2 namngivna personer där kan läsa det" in client_of(cast.hugo).get("/min-akt/").text
    desk = client_of(cast.asa)
    assert "Försörjningsstöd." in desk.get(f"/handlaggare/person/{cast.elin.person_id}/").text
    hugo = desk.get(f"/handlaggare/person/{cast.hugo.person_id}/").text
    assert "Carina Ceder, Åsa Åberg." in hugo or "Åsa Åberg, Carina Ceder." in hugo


def test_a_unit_of_a_relative_shows_nowhere_by_reading_the_family(
    client_of: Log, cast: Cast, told: SimpleNamespace
) -> None:
    """Somebody turned to the adults' unit for protection from Elin; the family was opened there, and by her own unit."""
    for actor in (cast.vera, cast.asa):
        with foundation.acting(actor):
            foundation.log_read(actor, person_id=cast.elin.person_id, page="desk.family")
    with foundation.acting(cast.elin):
        shown = [(one.who, one.what) for one in readings_of(cast.elin)]
    assert [who for who, what in shown if what in ("Familjevyn", "The family view")] == ["Försörjningsstöd"]


def test_the_record_tells_the_own_address_in_lines(client_of: Log, cast: Cast) -> None:
    assert "Adress</dt>" not in client_of(cast.elin).get("/min-akt/").text
    people.set_address(
        person_id=cast.elin.person_id,
        kind="registered",
        street="Sveagatan 18",
        postal_code="574 31",
        city="Vetlanda",
        valid_from=foundation.today(),
        by=cast.system,
        at=foundation.now(),
    )
    page = client_of(cast.elin).get("/min-akt/").text
    assert "<dt>Adress</dt><dd>Sveagatan 18<br>574" in page and "Vetlanda</dd>" in page
    assert "object (" not in page


def test_the_answer_goes_where_the_question_is_read(client_of: Log, cast: Cast, told: SimpleNamespace) -> None:
    """Among the messages the question carries its own field; the answer is the same as on its own page."""
    casework.send_message(
        case_id=told.application.case_id,
        subject="Innan vi beslutar",
        body="Hyran är högre än vi godkänner.",
        person_id=cast.elin.person_id,
        idempotency_key=casework.message_key_of(told.row.id),
        by=cast.asa,
        at=foundation.now(),
    )
    client = client_of(cast.elin)
    page = client.get("/meddelanden/").text
    card = page[page.index("Innan vi beslutar") :]
    assert f'action="{told.url}"' in card and 'name="answer"' in card and 'value="nothing"' in card
    assert client.post(told.url, {"act": "answer", "answer": "Hyran är förhandlad."}).status_code == 302
    page = client.get("/meddelanden/").text
    assert f'action="{told.url}"' not in page
    assert "Läs ditt svar" in page and told.url in page
    assert told.url not in client_of(cast.greta).get("/meddelanden/").text
