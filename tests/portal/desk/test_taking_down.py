"""An application by telephone or on paper, wholly in the web: from the call to the decision that the person reads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import jobs
from handslag.income_support import public as income_support
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast
from tests.income_support import applying
from tests.income_support.deciding import rules

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
TYPED = {
    "way": "phone",
    "told": "on",
    "living": "alone",
    "has_children": "no",
    "kind": "rental",
    "rent_kr": "5 200",
    "rooms": "1",
    "pay_landlord": "no",
    "costs-0-kind": "electricity",
    "costs-0-amount_kr": "300",
    "has_incomes": "no",
    "savings_kr": "0",
    "has_car": "no",
    "status": "job_seeking",
    "registered_as_job_seeker": "yes",
    "clearing": "6000",
    "number": "123456789",
}


PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def form(**more: Any) -> dict[str, Any]:
    return {**TYPED, "came_in_on": foundation.today().isoformat(), "key": str(foundation.new_id()), **more}


def test_hugo_who_asked_to_be_called_is_helped_wholly_in_the_web(client_of: Log, cast: Cast) -> None:
    rules(cast)
    applying.use()
    month = {"month": str(applying.this_month())}
    assert client_of(cast.hugo).post("/ansok/ring-mig/", month).status_code == 302
    asa = client_of(cast.asa)
    person = f"/handlaggare/person/{cast.hugo.person_id}/"
    with foundation.acting(cast.asa):
        assert person in [notice.link for notice in foundation.notices_of(cast.asa)]
    assert f"{person}ansokan/" in asa.get(person).text
    assert "Ta emot ansökan" in asa.get(f"{person}ansokan/").text
    answer = asa.post(f"{person}ansokan/", form())
    assert answer.status_code == 302, answer.text
    (application,) = income_support.my_applications(cast.hugo)
    jobs.fetch_registers(str(application.id))
    jobs.assess(str(application.id))
    case = f"/handlaggare/arende/{application.case_id}/"
    page = asa.get(case).text
    assert "Per telefon" in page and "mottagen av Åsa Åberg" in page
    for other in (cast.bjorn, cast.david):
        assert client_of(other).get(f"{person}ansokan/").status_code == 404
        assert client_of(other).post(f"{person}ansokan/", form()).status_code == 404
        assert client_of(other).post(f"{person}oppna-arende/").status_code == 404
        assert client_of(other).get(case).status_code == 404
    decide = f"{case}berakning/{application.id}/besluta/"
    with foundation.acting(cast.asa):
        row = income_support.get_assessment(application.id, cast.asa)
    assert row is not None
    asked = {"outcome": "granted", "reason": "Behovet är styrkt.", "version": row.version}
    done = asa.post(decide, {**asked, "decide": "1"})
    assert done.status_code == 302, done.text
    (decision,) = casework.find_decisions(application.case_id, cast.asa)
    jobs.carry_out_decision(decision_id=str(decision.id))
    with foundation.acting(cast.asa):
        assert income_support.find_payments(cast.asa, decision_id=decision.id)
    hugo = client_of(cast.hugo)
    assert "Vi skrev ner ansökan åt dig" in hugo.get(f"/mina-arenden/{application.id}/").text


def test_what_is_wrong_is_told_at_its_place_and_nothing_is_lost(client_of: Log, cast: Cast) -> None:
    asa = client_of(cast.asa)
    url = f"/handlaggare/person/{cast.hugo.person_id}/ansokan/"
    wrong = form(rent_kr="femtusen", number="1", way="", done_this_month="Sökte tre arbeten")
    answer = asa.post(url, wrong)
    assert answer.status_code == 400
    assert "femtusen" in answer.text and "Sökte tre arbeten" in answer.text
    assert 'href="#id_rent_kr"' in answer.text and 'href="#id_way_0"' in answer.text
    assert answer.text.count('id="id_key"') == 1 and wrong["key"] in answer.text
    more = asa.post(url, form(more="costs"))
    assert more.status_code == 200 and "costs-1-kind" in more.text
    for odd in ({"came_in_on": "igår"}, {"key": "x"}, {"told": ""}, {"rooms": "9" * 30}):
        assert asa.post(url, form(**odd)).status_code == 400
    assert asa.get(f"{url}?manad=xx").status_code == 200
    assert income_support.my_applications(cast.hugo) == []


def test_somebody_without_a_case_who_calls_is_met_from_the_search(client_of: Log, cast: Cast) -> None:
    applying.use()
    asa, person = client_of(cast.asa), f"/handlaggare/person/{cast.greta.person_id}/"
    hidden = asa.get(person)
    assert hidden.status_code == 404 and "oppna-arende" in hidden.text
    assert "oppna-arende" not in client_of(cast.david).get(person).text
    assert client_of(cast.david).post(f"{person}oppna-arende/").status_code == 403
    opened = asa.post(f"{person}oppna-arende/", {"application": "1"})
    assert opened.status_code == 302 and opened.url == f"{person}ansokan/"  # type: ignore[attr-defined]
    assert asa.post(f"{person}ansokan/", form(way="paper")).status_code == 302
    assert "Greta" in asa.get(person).text
    (application,) = income_support.my_applications(cast.greta)
    assert application.taken_down_way == "paper"
    assert "Tilläggsansökan" in asa.get(f"{person}ansokan/").text


def test_papers_come_with_the_form_and_are_the_persons_own(client_of: Log, cast: Cast) -> None:
    applying.use()
    asa, person = client_of(cast.asa), f"/handlaggare/person/{cast.hugo.person_id}/"
    assert 'enctype="multipart/form-data"' in asa.get(f"{person}ansokan/").text
    sent = form(way="paper", papers=[file("hyresavi.pdf", PDF), file("C:\\bilder\\kvitto.png", PNG)])
    answer = asa.post(f"{person}ansokan/", sent)
    assert answer.status_code == 302, answer.text
    again = form(key=sent["key"], papers=[file("hyresavi.pdf", PDF)])  # the same press once more
    assert asa.post(f"{person}ansokan/", again).status_code == 302
    (application,) = income_support.my_applications(cast.hugo)
    papers = casework.find_documents(application.case_id, cast.asa).rows
    assert sorted((one.name, one.media_type, one.person_id, one.kind) for one in papers) == [
        ("hyresavi.pdf", "application/pdf", cast.hugo.person_id, "attachment"),
        ("kvitto.png", "image/png", cast.hugo.person_id, "attachment"),
    ]
    with foundation.acting(cast.asa):
        linked = income_support.Attachment.objects.filter(application=application)
        assert {one.document_id for one in linked} == {one.id for one in papers}
    for one in papers:
        assert casework.read_document(one.id, cast.hugo)[0].id == one.id
        for stranger in (cast.bjorn, cast.david, cast.greta):
            with pytest.raises(foundation.NotFound):
                casework.read_document(one.id, stranger)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("lögn.pdf", PNG, "lögn.pdf: Filens namn säger PDF, men innehållet är PNG"),
        ("avi.exe", b"MZ\x90\x00\x03\x00", "avi.exe: "),
        ("tom.pdf", b"", "tom.pdf: "),
        ("stor.pdf", PDF + b"0" * 20 * 1024 * 1024, "stor.pdf: Filen är större än 20 MB"),
    ],
)
def test_a_paper_that_we_cannot_take_is_told_by_name_and_what_was_typed_is_kept(
    client_of: Log, cast: Cast, name: str, content: bytes, words: str
) -> None:
    applying.use()
    asa, url = client_of(cast.asa), f"/handlaggare/person/{cast.hugo.person_id}/ansokan/"
    sent = form(rent_kr="5 432", done_this_month="Sökte tre arbeten", papers=[file("bra.pdf", PDF), file(name, content)])
    answer = asa.post(url, sent)
    assert answer.status_code == 400
    assert words in answer.text and 'href="#id_papers"' in answer.text
    assert "5 432" in answer.text and "Sökte tre arbeten" in answer.text and sent["key"] in answer.text
    assert "Välj papperen igen" in answer.text and "bra.pdf" in answer.text
    assert income_support.my_applications(cast.hugo) == []
    with foundation.acting(cast.system):
        assert not casework.Case.objects.filter(person_id=cast.hugo.person_id, kind="income_support").exists()


def test_right_papers_beside_a_wrong_answer_are_asked_for_again(client_of: Log, cast: Cast) -> None:
    asa, url = client_of(cast.asa), f"/handlaggare/person/{cast.hugo.person_id}/ansokan/"
    answer = asa.post(url, form(rent_kr="femtusen", papers=[file("bra.pdf", PDF)]))
    assert answer.status_code == 400 and "Välj papperen igen" in answer.text and "bra.pdf" in answer.text
    assert "Välj papperen igen" not in asa.post(url, form(rent_kr="femtusen")).text
    many = asa.post(url, form(papers=[file(f"{n}.pdf", PDF) for n in range(16)]))
    assert many.status_code == 400 and "fler än 15" in many.text
    assert income_support.my_applications(cast.hugo) == []


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_form_with_papers_stands_in_a_real_browser(
    open_page: Any, axe: Any, cast: Cast, size: Any, language: str
) -> None:
    page = open_page(
        f"/handlaggare/person/{cast.hugo.person_id}/ansokan/", as_=cast.asa, size=size, language=language, meant=("400",)
    )
    axe(page)
    fits(page)
    page.locator("#id_papers").set_input_files(
        [{"name": "lögn.pdf", "mimeType": "application/pdf", "buffer": PNG}, {"name": "bra.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.locator("main form button[type=submit]").last.click()
    page.locator("ds-error-summary").wait_for()
    assert "lögn.pdf" in page.locator("ds-error-summary").inner_text()
    axe(page)
    fits(page)
    picture(page, f"desk-take-down-{language}-{size['width']}")
