"""A guardian on their own page: what was sent before a decision, the answer, and the decision; the other one kept out."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.browser import PHONE, fits
from tests.cast import Cast
from tests.child_protection.investigating import a_child, a_file, opened

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def file(cast: Cast) -> SimpleNamespace:
    """Nils, whose guardians are Elin and Farid, and an investigation that David has opened."""
    child_id, now = a_child(cast), foundation.now()
    people.relate(
        person_id=cast.farid.person_id, other_id=child_id, kind="guardian",
        valid_from=foundation.today() - timedelta(days=99), by=cast.system, at=now,
    )  # fmt: skip
    case = a_file(cast, child_id, on=foundation.today())
    return SimpleNamespace(case=case, child_id=child_id, one=opened(cast, case, at=now))


def heard(
    cast: Cast, file: SimpleNamespace, material: str = "Nils behöver lugn."
) -> dict[UUID, casework.Communication]:
    sent = children.communicate_investigation(
        investigation_id=file.one.id, material=material, answer_until=foundation.today() + timedelta(days=7),
        by=cast.david, at=foundation.now(),
    )  # fmt: skip
    return {one.person_id: one for one in sent}


def kept_out(cast: Cast, file: SimpleNamespace) -> None:
    casework.keep_out(
        case_id=file.case.id, person_id=cast.farid.person_id, ground="violence", because="Våld mot Nils.",
        by=cast.david, at=foundation.now(),
    )  # fmt: skip


def url_of(sent: casework.Communication) -> str:
    return f"/innan-beslut/{sent.id}/"


def test_each_guardian_finds_what_was_sent_to_them_and_nobody_elses(
    client_of: Log, cast: Cast, file: SimpleNamespace
) -> None:
    sent = heard(cast, file)
    for actor, other in ((cast.elin, cast.farid), (cast.farid, cast.elin)):
        client = client_of(actor)
        mine, theirs = url_of(sent[actor.person_id]), url_of(sent[other.person_id])
        for address in ("/", "/mina-arenden/"):
            page = client.get(address).text
            assert mine in page and theirs not in page and "Nils" in page
        assert "Nils behöver lugn." in client.get(mine).text
        assert "Before we decide about Nils" in client_of(actor, language="en").get(mine).text
        assert client.get(theirs).status_code == 404
        assert file.case.number not in client.get("/mina-arenden/").text
    for nobody in (cast.greta, cast.hugo):
        client = client_of(nobody)
        assert "innan-beslut" not in client.get("/mina-arenden/").text
        assert all(client.get(url_of(one)).status_code == 404 for one in sent.values())
    assert client_of(cast.asa).get(url_of(sent[cast.elin.person_id])).status_code == 403


def test_the_answer_with_a_paper_is_new_to_the_worker(
    client_of: Log, cast: Cast, file: SimpleNamespace
) -> None:
    mine = heard(cast, file)[cast.elin.person_id]
    client, desk = client_of(cast.elin), client_of(cast.david)
    desk.get("/handlaggare/")
    paper = SimpleUploadedFile("intyg.pdf", PDF, "application/pdf")
    for _pressed_twice in range(2):
        done = client.post(url_of(mine), {"act": "answer", "answer": "Det stämmer inte.", "paper": paper})
        assert done.status_code == 302
    assert "Det stämmer inte." in client.get(url_of(mine)).text
    assert "innan-beslut" not in client.get("/").text
    told = desk.get("/handlaggare/").text
    assert "har svarat" in told
    seen = desk.get(f"/handlaggare/arende/{file.case.id}/kommunicering/").text
    assert "Det stämmer inte." in seen and seen.count("intyg.pdf") == 1
    assert "Det stämmer inte." not in client_of(cast.farid).get(url_of(mine)).text


def test_a_guardian_who_is_kept_out_meets_a_page_that_was_never_there(
    client_of: Log, cast: Cast, file: SimpleNamespace
) -> None:
    sent = heard(cast, file)[cast.farid.person_id]
    client = client_of(cast.farid)
    never = client.get("/innan-beslut/00000000-0000-4000-8000-000000000001/")
    assert client.get(url_of(sent)).status_code == 200
    kept_out(cast, file)
    gone = client.get(url_of(sent))
    assert (gone.status_code, never.status_code) == (404, 404)
    assert "Nils" not in gone.text and "Nils" not in client.get("/").text + client.get("/mina-arenden/").text
    assert client.post(url_of(sent), {"act": "nothing"}).status_code == 404
    assert set(heard(cast, file, "Mer")) == {cast.elin.person_id}


def test_a_former_guardian_meets_the_same(client_of: Log, cast: Cast, file: SimpleNamespace) -> None:
    sent = heard(cast, file)[cast.farid.person_id]
    (relation,) = [
        one
        for one in people.relations_of(file.child_id, cast.system)
        if one.person_id == cast.farid.person_id
    ]
    people.end_relation(
        relation_id=relation.id, valid_to=foundation.today(), by=cast.system, at=foundation.now()
    )
    client = client_of(cast.farid)
    assert client.get(url_of(sent)).status_code == 404
    assert "Nils" not in client.get("/mina-arenden/").text


def test_who_reported_and_what_is_secret_toward_one_guardian_is_not_in_what_is_sent(
    client_of: Log, cast: Cast, file: SimpleNamespace
) -> None:
    now = foundation.now()
    report = children.receive_report(
        what_seen="Nils hade blåmärken.", danger_now=False,
        children=[children.ChildAsTold(given_name="Nils", family_name="Ekdal")],
        reporter=children.ReporterAsTold(kind="private", name="Gunnel Granqvist", phone="070-174 06 35"),
        channel="phone", by=cast.maja, at=now,
    )  # fmt: skip
    with foundation.acting(cast.system):
        children.ReportedChild.objects.filter(report=report).update(
            person_id=file.child_id, case_id=file.case.id
        )
    people.set_address(
        person_id=cast.elin.person_id, kind="temporary", street="Gömvägen 4", postal_code="123 45", city="Ekeby",
        valid_from=foundation.today(), by=cast.system, at=now,
    )  # fmt: skip
    coordination.keep_secret(
        person_id=cast.elin.person_id, toward_id=cast.farid.person_id, ground="lag_2024_79", because="Hot.",
        by=cast.david, at=now,
    )  # fmt: skip
    sent = heard(cast, file, "Nils är orolig.\nGunnel Granqvist ringde.\nNils bor på Gömvägen 4.")
    assert sent[cast.elin.person_id].material == "Nils är orolig.\nNils bor på Gömvägen 4."
    assert sent[cast.farid.person_id].material == "Nils är orolig."
    page = client_of(cast.farid).get(url_of(sent[cast.farid.person_id])).text
    assert "Gömvägen" not in page and "Granqvist" not in page and "inte får berätta" in page


def test_the_close_is_told_and_read_with_its_letter(
    client_of: Log, cast: Cast, file: SimpleNamespace
) -> None:
    kept_out(cast, file)
    (made,) = casework.find_decisions(file.case.id, cast.david)
    casework.tell_decision(
        decision_id=made.id, tellings=[casework.Telling(cast.elin.person_id, "my_page")],  # type: ignore[arg-type]
        by=cast.david, at=foundation.now(),
    )  # fmt: skip
    client = client_of(cast.elin)
    (notice,) = casework.find_notices_to(cast.elin)
    url = f"/besked/{notice.id}/"
    assert url in client.get("/").text and url in client.get("/mina-arenden/").text
    page = client.get(url).text
    assert "Beslut om Nils" in page and "utredning" in page and "överklaga" in page
    assert client.get(f"/papper/{notice.letter_id}/").status_code == 200
    assert client.get(f"/beslut/{made.id}/").status_code == 404
    for other in (cast.farid, cast.greta):
        log = client_of(other)
        assert log.get(url).status_code == 404 and log.get(f"/papper/{notice.letter_id}/").status_code == 404
        assert "besked" not in log.get("/").text + log.get("/mina-arenden/").text


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_on_a_phone_she_reads_answers_and_reads_the_decision(
    cast: Cast, file: SimpleNamespace, open_page: Any, axe: Any, language: str
) -> None:
    sent = heard(cast, file)[cast.elin.person_id]
    (made,) = casework.find_decisions(file.case.id, cast.david)
    casework.tell_decision(
        decision_id=made.id,
        tellings=[
            casework.Telling(one, "my_page") for one in (cast.elin.person_id, cast.farid.person_id) if one
        ],
        by=cast.david, at=foundation.now(),
    )  # fmt: skip
    (notice,) = casework.find_notices_to(cast.elin)
    for address in ("/", "/mina-arenden/", url_of(sent), f"/besked/{notice.id}/"):
        page = open_page(address, as_=cast.elin, size=PHONE, language=language)
        axe(page)
        fits(page)
    page = open_page(url_of(sent), as_=cast.elin, size=PHONE, language=language)
    page.locator("#id_answer").fill("Det stämmer.")
    page.locator("button[value=answer]").click()
    page.get_by_text("Det stämmer.").wait_for()
    axe(page)
