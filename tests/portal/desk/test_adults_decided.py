"""An adult's application from the desk to the person's own page: seen first, decided once, told; and what holds a case open."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.fixture
def case_url(cast: Cast) -> str:
    """Greta's application for support after violence, which nobody has worked on."""
    matter = adults.receive_matter(
        kind=adults.VIOLENCE, person_id=cast.greta.person_id, unit_id=cast.adults, came_as="own",
        told="Vill bo på ett skyddat boende", sent_key=uuid4(), by=cast.vera, at=foundation.now(),
    )  # fmt: skip
    return f"/handlaggare/arende/{matter.case_id}/"


@pytest.fixture
def told_before(cast: Cast, case_url: str) -> str:
    """The same, talked of, assessed, and told before the decision."""
    case_id, at = case_url.split("/")[3], foundation.now()
    for kind in ("meeting", "note"):
        casework.write_note(case_id=case_id, body="Samtal och bedömning.", kind=kind, by=cast.vera, at=at)
    casework.waive_communication(case_id=case_id, because="Allt är sagt vid mötet.", by=cast.vera, at=at)
    return case_url


def asked(**changed: Any) -> dict[str, Any]:
    return {
        "outcome": "partly_granted", "applied_for": "Skyddat boende i tre månader", "gets": "Samtalsstöd varje vecka",
        "reason": "Faran bedöms vara liten nu.", "legal_ground": "SoL 11:1", "period_from": "", "period_to": "", "version": "1",
        **changed,
    }  # fmt: skip


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def test_vera_sees_what_will_be_read_decides_once_and_tells_it(
    cast: Cast, client_of: Log, told_before: str
) -> None:
    client = client_of(cast.vera)
    form = client.get(f"{told_before}vuxen/besluta/").content.decode()
    assert "Vill bo på ett skyddat boende" in form and "SoL 11:1" in form and "inte bekräftad" not in form
    sent = asked(version=version_of(form))
    seen = client.post(f"{told_before}vuxen/besluta/", sent | {"preview": "1"}).content.decode()
    assert "Du får en del av det stöd som du har ansökt om" in seen and "förvaltningsrätten" in seen
    with foundation.acting(cast.system):
        assert not casework.Decision.objects.exists()
    changed = client.post(f"{told_before}vuxen/besluta/", sent | {"edit": "1"}).content.decode()
    assert "Faran bedöms vara liten nu." in changed, "what was typed is kept"
    done = client.post(f"{told_before}vuxen/besluta/", sent | {"decide": "1"})
    assert done.status_code == 302 and done["Location"].endswith("/beratta/")
    again = client.post(f"{told_before}vuxen/besluta/", sent | {"decide": "1"})
    assert again.status_code == 302 and "/beslut/" in again["Location"]
    assert (
        "inte meddelats" in client.get(told_before).content.decode()
        or done["Location"] in client.get(told_before).content.decode()
    )
    page = client.get(done["Location"]).content.decode()
    assert "Samtalsstöd varje vecka" in page and "Greta Gren" in page
    client.post(
        done["Location"],
        {f"way-{cast.greta.person_id}": "my_page", "show_because": "", "seen": ""},
        follow=True,
    )
    decided = client.get(f"{told_before}beslut/").content.decode()
    assert "Delvis bifall" in decided or "delvis" in decided.lower()
    assert "Avsluta ärendet" in client.get(told_before).content.decode(), "the next step"


@pytest.mark.parametrize(("language", "words"), [
    ("sv", ("Du får en del av det stöd som du har ansökt om", "Du har ansökt om: Skyddat boende", "Sista dag att överklaga")),
    ("en", ("You get a part of the support that you applied for", "You applied for: Skyddat boende", "Last day to appeal")),
])  # fmt: skip
def test_the_person_reads_it_in_their_own_language_with_the_letter(
    cast: Cast, client_of: Log, told_before: str, language: str, words: tuple[str, ...]
) -> None:
    at = foundation.now()
    case_id = told_before.split("/")[3]
    given = {
        key: value for key, value in asked().items() if key not in ("version", "period_from", "period_to")
    }
    made = adults.decide_application(case_id=case_id, **given, by=cast.vera, at=at)
    client = client_of(cast.greta, language=language)
    assert "besked/" not in client.get("/mina-arenden/").content.decode(), "nothing before it is told"
    casework.tell_decision(
        decision_id=made.id,
        tellings=[casework.Telling(made.person_id, "my_page")],
        by=cast.vera,
        at=foundation.now(),
    )
    overview = client.get("/mina-arenden/").content.decode()
    found = re.search(r"/besked/[0-9a-f-]+/", overview)
    assert found
    page = client.get(found[0]).content.decode()
    assert all(one in page for one in words), page
    letter = re.search(r"/papper/[0-9a-f-]+/", page)
    assert letter and client.get(letter[0])["Content-Type"] == "application/pdf"
    assert client.get(f"/beslut/{made.id}/").status_code == 404, "not as a decision on economic aid"
    for stranger in (cast.elin, cast.farid):
        other = client_of(stranger)
        assert other.get(found[0]).status_code == 404 and other.get(letter[0]).status_code == 404


def test_an_answer_before_the_decision_is_the_next_thing_to_read(
    cast: Cast, client_of: Log, case_url: str
) -> None:
    at, case_id = foundation.now(), case_url.split("/")[3]
    sent = casework.communicate(
        case_id=case_id, answer_until=foundation.today() + timedelta(days=7), material="Vi tänker avslå.", by=cast.vera, at=at
    )  # fmt: skip
    casework.answer_communication(communication_id=sent.id, answer="Jag är rädd.", by=cast.greta, at=at)
    client = client_of(cast.vera, language="en")
    assert "The person has answered what you communicated." in client.get(case_url).content.decode()
    adults.decide_application(
        case_id=case_id, outcome="refused", legal_ground="SoL 11:1", applied_for="Boende", reason="Liten fara.", by=cast.vera, at=at
    )  # fmt: skip
    assert "The person has answered what you communicated." not in client.get(case_url).content.decode()


def test_without_communication_only_what_is_granted_in_full_is_offered(
    cast: Cast, client_of: Log, case_url: str
) -> None:
    client = client_of(cast.vera, language="en")
    page = client.get(f"{case_url}vuxen/besluta/").content.decode()
    assert 'value="granted"' in page and 'value="refused"' not in page and "kommunicering/" in page
    assert "No talk with the person is written down and signed." in page
    refused = client.post(
        f"{case_url}vuxen/besluta/", asked(outcome="refused", version=version_of(page)) | {"decide": "1"}
    )
    assert refused.status_code == 400 and "Faran bedöms vara liten nu." in refused.content.decode()


@pytest.mark.parametrize("changed", [
    {"reason": ""}, {"gets": ""}, {"applied_for": ""}, {"legal_ground": "SoL 12:1"}, {"outcome": "x"}, {"version": "x"},
    {"period_from": "2026-13-45"}, {"period_from": "2026-12-01", "period_to": "2026-11-01"}, {"version": "99"},
])  # fmt: skip
def test_odd_input_is_told_and_nothing_is_decided(
    cast: Cast, client_of: Log, told_before: str, changed: dict[str, Any]
) -> None:
    client = client_of(cast.vera)
    version = version_of(client.get(f"{told_before}vuxen/besluta/").content.decode())
    sent = asked(version=version) | {"decide": "1"} | changed
    answer = client.post(f"{told_before}vuxen/besluta/", sent)
    assert answer.status_code == 400
    with foundation.acting(cast.system):
        assert not casework.Decision.objects.exists()


def test_the_closing_names_what_is_missing_and_where_it_is_done(
    cast: Cast, client_of: Log, case_url: str
) -> None:
    client = client_of(cast.vera, language="sv")
    page = client.get(f"{case_url}vuxen/avsluta/").content.decode()
    for words, place in (
        ("Inget samtal med personen är nedskrivet", "anteckningar/"), ("Ingen bedömning av behovet", "anteckningar/"),
        ("Ansökan är inte beslutad", "vuxen/besluta/"),
    ):  # fmt: skip
        assert re.search(rf"{words}[^<]*<a class=\"ds-link\" href=\"{case_url}{place}\"", page), words
    assert 'value="declined"' in page and 'value="safe"' not in page, "only what may be left out is offered"
    version = version_of(page)
    tried = client.post(
        f"{case_url}vuxen/avsluta/", {"because": "safe", "version": version, "without_because": "x"}
    )
    assert tried.status_code == 400
    tried = client.post(
        f"{case_url}vuxen/avsluta/", {"because": "declined", "version": version, "without_because": ""}
    )
    assert tried.status_code == 400
    assert (
        client.post(f"{case_url}avsluta/", {"because": "other", "version": version})["Location"]
        == f"{case_url}vuxen/avsluta/"
    )
    why = "Hon tog tillbaka ansökan i brev."
    done = client.post(
        f"{case_url}vuxen/avsluta/",
        {"because": "declined", "version": version, "without_because": why},
        follow=True,
    )
    assert "Ärendet är avslutat." in done.content.decode()
    assert why in client.get(f"{case_url}vuxen/").content.decode()


def test_a_report_is_assessed_on_its_page(cast: Cast, client_of: Log) -> None:
    matter = adults.receive_matter(
        kind=adults.ADDICTION, person_id=cast.greta.person_id, unit_id=cast.adults, came_as="report",
        told="Grannen är orolig", told_by="Nora Norén", sent_key=uuid4(), by=cast.vera, at=foundation.now(),
    )  # fmt: skip
    url, client = f"/handlaggare/arende/{matter.case_id}/", client_of(cast.vera)
    assert "Anmälan är inte bedömd" in client.get(f"{url}vuxen/avsluta/").content.decode()
    assert client.get(f"{url}vuxen/besluta/")["Location"] == f"{url}vuxen/", "a report is not decided"
    kept = client.post(f"{url}vuxen/bedomning/", {"reason": "Hon vill inte tala nu."})
    assert kept.status_code == 400 and "Hon vill inte tala nu." in kept.content.decode()
    done = client.post(
        f"{url}vuxen/bedomning/", {"outcome": "offered", "reason": "Hon vill tänka på saken."}, follow=True
    ).content.decode()
    assert "Hon vill tänka på saken." in done and "Personen erbjuds stöd och kan ansöka" in done
    assert client.get(f"{url}vuxen/bedomning/")["Location"] == f"{url}vuxen/"
    assert "Anmälan är inte bedömd" not in client.get(f"{url}vuxen/avsluta/").content.decode()
    greta = client_of(cast.greta)
    for page in ("/mina-arenden/", "/journal/", "/min-akt/"):
        assert "tänka på saken" not in greta.get(page).content.decode()


def test_advice_on_debts_is_not_decided(cast: Cast, client_of: Log, settings: Any) -> None:
    matter = adults.receive_matter(
        kind=adults.DEBT, person_id=cast.greta.person_id, unit_id=cast.adults, came_as="own", told="Fyra lån",
        sent_key=uuid4(), by=cast.vera, at=foundation.now(),
    )  # fmt: skip
    url, client = f"/handlaggare/arende/{matter.case_id}/", client_of(cast.vera)
    assert "Rådgivning ges utan beslut" in client.get(f"{url}vuxen/").content.decode()
    assert client.get(f"{url}vuxen/besluta/").status_code == 302
    settings.HANDSLAG_DEBT_COUNSELLING_DECIDES = True
    assert "(inte bekräftad)" in client.get(f"{url}vuxen/besluta/").content.decode()
