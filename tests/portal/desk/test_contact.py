"""Notes, documents, messages, completions, communication and payments: every form's result, and errors that keep what was typed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def in_a_week() -> str:
    return (foundation.today() + timedelta(days=7)).isoformat()


def draft(client: Client, made: Any) -> str:
    answer = client.post(f"{made.url}anteckningar/ny/")
    assert answer.status_code == 302
    return str(answer.url)


def typed(**more: Any) -> dict[str, Any]:
    return {
        "subject": "Samtal",
        "kind": "call",
        "happened_on": foundation.today().isoformat(),
        "body": "Elin ringde.",
        "version": 1,
        **more,
    }


def test_a_note_is_written_saved_by_itself_signed_and_then_only_added_to(
    cast: Cast, client_of: Log, made: Any
) -> None:
    client = client_of(cast.asa)
    url = draft(client, made)
    saved = client.post(f"{url}spara/", typed()).content.decode()
    assert 'name="version" value="2"' in saved and "sparad" in saved
    assert "Elin ringde." not in client_of(cast.bjorn).get(f"{made.url}anteckningar/").content.decode()
    assert client_of(cast.bjorn).get(url).status_code == 404
    assert client.post(url, typed(version=2, body="", sign="1")).status_code == 400
    version = casework.find_drafts(cast.asa)[0].version
    assert client.post(url, typed(version=version, body="Elin ringde om hyran.", sign="1")).status_code == 302
    assert "Elin ringde om hyran." in client_of(cast.bjorn).get(f"{made.url}anteckningar/").content.decode()
    assert client.post(url, {"kind": "correction", "body": ""}).status_code == 400
    assert client.post(url, {"kind": "correction", "body": "Det gällde oktober."}).status_code == 302
    objection = {"kind": "objection", "person": str(cast.elin.person_id), "body": "Jag ringde inte."}
    assert client.post(url, objection).status_code == 302
    page = client.get(f"{made.url}anteckningar/").content.decode()
    assert "Det gällde oktober." in page and "Jag ringde inte." in page and "Elin ringde om hyran." in page


def test_two_windows_keep_both_texts(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    url = draft(client, made)
    client.post(url, typed(body="Den ena texten"))
    other = client.post(f"{url}spara/", typed(body="Den andra texten")).content.decode()
    assert "annat fönster" in other and 'value="1"' in other
    both = client.post(url, typed(body="Den andra texten"))
    assert both.status_code == 409
    page = both.content.decode()
    assert "Den ena texten" in page and "Den andra texten" in page
    assert client.post(url, typed(body="Båda texterna", version=2)).status_code == 302


def test_a_document_is_taken_in_and_read_and_a_lying_one_is_not(
    cast: Cast, client_of: Log, made: Any
) -> None:
    client = client_of(cast.asa)
    url = f"{made.url}dokument/"
    file = SimpleUploadedFile("hyresavi.pdf", PDF, "application/pdf")
    assert client.post(url, {"content": file, "kind": "received", "person": ""}).status_code == 302
    (document,) = [
        one for one in casework.find_documents(made.case_id, cast.asa).rows if one.name == "hyresavi.pdf"
    ]
    read = client.get(f"{url}{document.id}/")
    assert read.content == PDF and read["Content-Type"] == "application/pdf"
    assert "sandbox" in read["Content-Security-Policy"]
    assert client_of(cast.david).get(f"{url}{document.id}/").status_code == 404
    for content, name in ((b"MZ\x90\x00" + b"0" * 200, "hyresavi.pdf"), (b"", "tom.pdf")):
        answer = client.post(url, {"content": SimpleUploadedFile(name, content), "kind": "received"})
        assert answer.status_code == 400


def test_messages_are_sent_and_marked_as_read_by_the_responsible_one(
    cast: Cast, client_of: Log, made: Any
) -> None:
    client = client_of(cast.asa)
    url = f"{made.url}meddelanden/"
    asked = {"person": str(cast.elin.person_id), "subject": "Hej", "body": "Vi har läst din ansökan."}
    assert client.post(url, asked).status_code == 302
    bad = client.post(url, {**asked, "body": ""})
    assert bad.status_code == 400 and 'value="Hej"' in bad.content.decode()
    casework.send_message(
        case_id=made.case_id, subject="Fråga", body="När får jag svar?", by=cast.elin, at=foundation.now()
    )
    assert client_of(cast.bjorn).get(url).status_code == 200
    assert len(casework.find_unread_messages(cast.asa)) == 1, "a colleague's look marks nothing"
    assert "När får jag svar?" in client.get(url).content.decode()
    assert casework.find_unread_messages(cast.asa) == []


def test_things_are_asked_for_answered_and_taken_back(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    url = f"{made.url}komplettering/"
    asked = {"person": str(cast.elin.person_id), "what": "Hyresavi\nKvitto på el", "due_on": in_a_week()}
    late = client.post(url, {**asked, "due_on": "2020-01-01"})
    assert late.status_code == 400 and "Kvitto på el" in late.content.decode()
    assert client.post(url, asked).status_code == 302
    (request,) = casework.find_completions(cast.asa, case_id=made.case_id)
    assert "Hyresavi" in client.get(made.url).content.decode()
    items = list(request.items.all())
    client.post(f"{url}{request.id}/", {f"answer-{items[0].id}": "Kom med post"})
    assert "Kom med post" in client.get(url).content.decode()
    client.post(f"{url}{request.id}/", {"cancel": "1"})
    assert casework.find_completions(cast.asa, case_id=made.case_id, open_only=True) == []


def test_the_material_is_communicated_answered_and_then_a_part_may_be_granted(
    cast: Cast, client_of: Log, dear: Any
) -> None:
    client = client_of(cast.asa)
    url = f"{dear.url}kommunicering/"
    decide = f"{dear.calculation}besluta/"
    asked = {
        "person": str(cast.elin.person_id),
        "matter": str(dear.application.id),
        "material": "Hyran är för hög.",
        "answer_until": in_a_week(),
    }
    bad = client.post(url, {**asked, "answer_until": foundation.today().isoformat()})
    assert bad.status_code == 400 and "Hyran är för hög." in bad.content.decode()
    assert client.post(url, asked).status_code == 302
    assert "Hyran är för hög." in client_of(cast.elin).get("/meddelanden/").content.decode(), (
        "she can read what it rests on"
    )
    assert 'value="partly_granted"' not in client.get(decide).content.decode(), "the person still has time"
    (sent,) = casework.find_communications(dear.case_id, cast.asa)
    assert client.post(f"{url}{sent.id}/svar/", {"answer": "Inget att tillägga"}).status_code == 302
    assert 'value="partly_granted"' in client.get(decide).content.decode()
    assert "Inget att tillägga" in client.get(url).content.decode()


def test_communication_is_waived_with_a_reason_alone(cast: Cast, client_of: Log, dear: Any) -> None:
    client = client_of(cast.asa)
    url = f"{dear.url}kommunicering/"
    asked = {"waive": "1", "waive-matter": str(dear.application.id), "waive-because": ""}
    assert client.post(url, asked).status_code == 400
    assert client.post(url, {**asked, "waive-because": "Personen har själv sagt det"}).status_code == 302
    assert 'value="partly_granted"' in client.get(f"{dear.calculation}besluta/").content.decode()


def test_a_payee_is_checked_and_a_payment_is_stopped(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    url = f"{made.url}utbetalningar/"
    asked = {
        "person": str(cast.elin.person_id),
        "kind": "landlord",
        "name": "Bostads AB Åsen",
        "account_kind": "bankgiro",
        "account_number": "123-4567",
    }
    wrong = client.post(f"{url}mottagare/", asked)
    assert wrong.status_code == 400 and "Bostads AB Åsen" in wrong.content.decode()
    assert client.post(f"{url}mottagare/", {**asked, "account_number": "5050-1055"}).status_code == 302
    (payee,) = income_support.find_payees(cast.asa, made.case_id)
    decision = income_support.grant(application_id=made.application.id, by=cast.asa, at=foundation.now())
    share = income_support.Share(payee, decision.amount_kr)
    (order,) = income_support.order_payments(
        decision_id=decision.id, shares=[share], by=cast.asa, at=foundation.now()
    )
    assert "Bostads AB Åsen" in client.get(url).content.decode()
    assert client.post(f"{url}{order.id}/", {"because": ""}).status_code == 400
    assert client.post(f"{url}{order.id}/", {"because": "Fel mottagare"}).status_code == 302
    assert "Fel mottagare" in client.get(url).content.decode()
    assert client_of(cast.david).post(f"{url}{order.id}/", {"because": "x"}).status_code == 404


def test_events_are_told_in_words(cast: Cast, client_of: Log, made: Any) -> None:
    income_support.grant(application_id=made.application.id, by=cast.asa, at=foundation.now())
    page = client_of(cast.asa).get(f"{made.url}handelser/").content.decode()
    for words in ("En ansökan kom in", "Ett beslut fattades", "Månaden beräknades", "10\xa0720\xa0kr", "Åsa"):
        assert words in page, words
    assert "income_support." not in page and "casework." not in page


def test_every_event_that_a_case_can_have_has_words() -> None:
    from handslag.portal.desk.words import EVENT_WORDS

    declared = foundation.declared_events()
    of_cases = {
        kind
        for kind, event in declared.items()
        if "case_id" in event.__annotations__ and not kind.startswith("test.")
    }
    assert of_cases - set(EVENT_WORDS) == set()


def test_what_the_calculation_says_of_a_part_is_proposed_for_the_communication(
    cast: Cast, client_of: Log, dear: Any
) -> None:
    """Nobody writes again what the calculation says already; it stands in the field, to be changed, until it is sent."""
    client = client_of(cast.asa)
    url = f"{dear.url}kommunicering/"
    page = client.get(url).text.replace("\xa0", " ")
    assert "Hyra: du sökte 9 900 kr. Vi godkänner 6 200 kr." in page
    assert "Vi tänker ge dig" in page
    with foundation.acting(cast.asa):
        casework.communicate(
            case_id=dear.case_id, matter_id=dear.application.id, material="Så här.", by=cast.asa, at=foundation.now(),
            answer_until=foundation.today() + timedelta(days=7),
        )  # fmt: skip
    assert "Vi tänker ge dig" not in client.get(url).text
