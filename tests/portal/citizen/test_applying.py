"""The application by plain forms, without scripts: every step, wrong answers, two windows, papers, the partner."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support import public as income_support
from tests.cast import Cast
from tests.income_support import applying

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
PHOTO = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64

FORMS: dict[str, dict[str, str]] = {
    "information": {"read": "yes"},
    "household": {"living": "alone"},
    "children": {
        "has_children": "yes", "children-0-name": "Alva", "children-0-born": "2019-05-01", "children-0-days_a_month": "30",
    },
    "housing": {"kind": "rental", "rent_kr": "5 200", "rooms": "2", "pay_landlord": "no"},
    "costs": {"costs-0-kind": "electricity", "costs-0-amount_kr": "310,50"},
    "special": {},
    "incomes": {
        "has_incomes": "yes", "incomes-0-kind": "salary", "incomes-0-of": "a1", "incomes-0-amount_kr": "4000",
        "incomes-0-when": "received",
    },
    "assets": {"savings_kr": "0", "has_car": "no"},
    "occupation": {"status": "job_seeking", "registered_as_job_seeker": "yes", "done_this_month": "Sökt tio jobb"},
    "account": {"clearing": "6000", "number": "123456789"},
    "summary": {"truthful": "yes"},
}  # fmt: skip


def version_of(draft_id: Any, actor: Any) -> str:
    draft = income_support.get_draft(draft_id, actor)
    assert draft is not None
    return str(draft.version)


def send(client: Client, draft_id: Any, actor: Any, step: str, **more: Any) -> Any:
    form = {**FORMS[step], "version": version_of(draft_id, actor), **more}
    return client.post(f"/ansok/{draft_id}/{step}/", form)


def test_a_new_application_from_the_first_page_to_the_receipt(client_of: Log, cast: Cast) -> None:
    applying.use()
    client = client_of(cast.elin)
    page = client.get("/ansok/").text
    assert "Vilken månad behöver du hjälp med?" in page
    answer = client.post("/ansok/", {"month": str(Month.of(foundation.today()))})
    assert answer.status_code == 302
    address = answer.headers["Location"]
    draft_id = address.split("/")[2]
    for number, step in enumerate(income_support.FLOWS["new"], start=1):
        assert address == f"/ansok/{draft_id}/{step}/"
        page = client.get(address).text
        assert f"Steg {number} av 11" in page
        answer = send(client, draft_id, cast.elin, step)
        assert answer.status_code == 302, (step, answer.text)
        address = answer.headers["Location"]
    page = client.get(address).text
    assert "Vi har fått din ansökan" in page
    assert "Du har inget pågående ärende" in page or "ny ansökan" in page.lower()
    application = income_support.my_applications(cast.elin)[0]
    assert application.answers["costs"]["costs"] == [{"kind": "electricity", "amount_kr": "310.50"}]
    assert application.answers["children"]["children"][0]["name"] == "Alva"


def test_a_wrong_answer_is_told_at_its_place_and_kept_as_typed(
    client_of: Log, cast: Cast, draft: Any
) -> None:
    client = client_of(cast.elin)
    send(client, draft.id, cast.elin, "information")
    answer = send(client, draft.id, cast.elin, "housing", rent_kr="femtusen")
    assert answer.status_code == 400
    assert 'value="femtusen"' in answer.text
    assert 'href="#id_rent_kr"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "<title>Fel:" in answer.text
    assert 'value="femtusen"' in client.get(f"/ansok/{draft.id}/housing/").text


@pytest.mark.parametrize("rent", ["-100", "99999999", "1e9", "5 200,505", "<script>"])
def test_absurd_amounts_are_refused_with_words(client_of: Log, cast: Cast, draft: Any, rent: str) -> None:
    answer = send(client_of(cast.elin), draft.id, cast.elin, "housing", rent_kr=rent)
    assert answer.status_code == 400
    assert 'id="id_rent_kr_error"' in answer.text
    assert "<script>" not in answer.text.replace("<script src", "")


def test_one_more_child_can_be_added_without_scripts(client_of: Log, cast: Cast, draft: Any) -> None:
    client = client_of(cast.elin)
    answer = send(client, draft.id, cast.elin, "children", more="children")
    assert answer.headers["Location"].endswith("children/?fler=children")
    page = client.get(answer.headers["Location"]).text
    assert 'value="Alva"' in page
    assert 'name="children-1-name"' in page


def test_the_draft_saves_itself_and_says_so(client_of: Log, cast: Cast, draft: Any) -> None:
    client = client_of(cast.elin)
    answer = client.post(
        f"/ansok/{draft.id}/housing/spara/", {"rent_kr": "52", "version": "1"}, headers={"hx-request": "true"}
    )
    assert answer.status_code == 200
    assert "Sparat" in answer.text
    assert 'value="2" id="version"' in answer.text
    assert 'value="52"' in client_of(cast.elin).get(f"/ansok/{draft.id}/housing/").text


def test_two_windows_never_overwrite_each_other(client_of: Log, cast: Cast, draft: Any) -> None:
    first, second = client_of(cast.elin), client_of(cast.elin)
    version = version_of(draft.id, cast.elin)
    first.post(f"/ansok/{draft.id}/housing/", {**FORMS["housing"], "version": version})
    answer = second.post(
        f"/ansok/{draft.id}/housing/", {**FORMS["housing"], "rent_kr": "6100", "version": version}
    )
    assert answer.status_code == 409
    assert 'value="6100"' in answer.text
    assert "5200" in str(income_support.get_draft(draft.id, cast.elin).answers)


def test_a_photo_is_kept_with_the_draft_and_can_be_taken_out(client_of: Log, cast: Cast, draft: Any) -> None:
    client = client_of(cast.elin)
    photo = SimpleUploadedFile("hyresavi.png", PHOTO, content_type="image/png")
    send(client, draft.id, cast.elin, "housing", papers=photo, stay="1")
    page = client.get(f"/ansok/{draft.id}/housing/").text
    assert "hyresavi.png" in page
    with foundation.acting(cast.elin):
        paper = draft.attachments.get()
    client.post(f"/ansok/{draft.id}/papper/{paper.id}/ta-bort/", {"step": "housing"})
    assert "hyresavi.png" not in client.get(f"/ansok/{draft.id}/housing/").text


def test_a_file_that_lies_is_refused_and_the_answers_are_kept(client_of: Log, cast: Cast, draft: Any) -> None:
    lie = SimpleUploadedFile("avi.pdf", b"MZ" + b"x" * 200, content_type="application/pdf")
    answer = send(client_of(cast.elin), draft.id, cast.elin, "housing", papers=lie, stay="1")
    assert answer.status_code == 400
    assert 'value="5 200"' in answer.text
    assert 'role="alert"' in answer.text


def test_an_unfinished_application_names_every_page_that_is_left(
    client_of: Log, cast: Cast, draft: Any
) -> None:
    answer = send(client_of(cast.elin), draft.id, cast.elin, "summary")
    assert answer.status_code == 400
    assert "ds-error-summary" in answer.text
    assert income_support.my_applications(cast.elin) == []


def test_a_double_press_is_one_application(client_of: Log, cast: Cast) -> None:
    applying.use()
    draft = applying.answer(applying.begin(cast.elin), cast.elin)
    client = client_of(cast.elin)
    form = {"truthful": "yes", "version": str(draft.version)}
    first = client.post(f"/ansok/{draft.id}/summary/", form)
    assert first.status_code == 302
    second = client.post(f"/ansok/{draft.id}/summary/", form)
    assert second.status_code in (302, 404)
    assert len(income_support.my_applications(cast.elin)) == 1


def test_a_protected_person_is_called_and_the_page_reveals_no_mark(client_of: Log, cast: Cast) -> None:
    client = client_of(cast.hugo)
    answer = client.post("/ansok/", {"month": str(Month.of(foundation.today()))})
    assert answer.status_code == 409
    assert "Vi vill prata med dig först" in answer.text
    assert "skydd" not in answer.text.lower()
    assert (
        client.post("/ansok/ring-mig/", {"month": str(Month.of(foundation.today()))}, follow=True).status_code
        == 200
    )


def test_the_partner_reads_and_signs(client_of: Log, cast: Cast) -> None:
    applying.use()
    number = applying.number_of(cast.farid)
    application = applying.apply(
        cast.elin, household={"living": "partner", "partner_identity_number": number}
    )
    client = client_of(cast.farid)
    assert "Skriv under ansökan" in client.get("/mina-arenden/").text
    page = client.get(f"/skriv-under/{application.id}/").text
    assert "Läs och skriv under ansökan" in page
    assert client.post(f"/skriv-under/{application.id}/", {}).status_code == 400
    assert client.post(f"/skriv-under/{application.id}/", {"truthful": "yes"}).status_code == 302
    with foundation.acting(cast.system):
        application.refresh_from_db()
    assert application.state == "submitted"


def test_a_renewal_asks_only_what_may_have_changed(client_of: Log, cast: Cast) -> None:
    """Four pages, filled from last month: what has changed, incomes, occupation, send."""
    applying.use()
    applying.apply(cast.elin)
    client = client_of(cast.elin)
    coming = Month.of(foundation.today()).next()
    address = client.post("/ansok/", {"month": str(coming)}).headers["Location"]
    draft_id = address.split("/")[2]
    pages = []
    for step, form in (
        ("changes", {"has_changed": "no"}),
        ("incomes", {"has_incomes": "no"}),
        ("occupation", FORMS["occupation"]),
        ("summary", {"truthful": "yes"}),
    ):
        assert address == f"/ansok/{draft_id}/{step}/"
        pages.append(client.get(address).text)
        answer = client.post(address, {**form, "version": version_of(draft_id, cast.elin)})
        assert answer.status_code == 302, answer.text
        address = answer.headers["Location"]
    assert "Steg 1 av 4" in pages[0]
    assert "5\u00a0200\u00a0kr" in pages[3], "last month's rent is shown before it is sent"
    sent = income_support.my_applications(cast.elin)[0]
    assert (sent.kind, sent.answers["housing"]["rent_kr"]) == ("renewal", "5200.00")


def test_a_changed_rent_opens_that_page_alone(client_of: Log, cast: Cast) -> None:
    applying.use()
    applying.apply(cast.elin)
    client = client_of(cast.elin)
    address = client.post("/ansok/", {"month": str(Month.of(foundation.today()).next())}).headers["Location"]
    draft_id = address.split("/")[2]
    answer = client.post(
        address, {"has_changed": "yes", "what": ["housing"], "version": version_of(draft_id, cast.elin)}
    )
    assert answer.headers["Location"] == f"/ansok/{draft_id}/housing/"
    page = client.get(answer.headers["Location"]).text
    assert "från din ansökan den" in page
    assert 'value="5200"' in page
