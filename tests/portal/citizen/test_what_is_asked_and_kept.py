"""Small things of the e-service: what is asked of which child, when a draft was saved, which of several files was refused."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support.models import ApplicationDraft
from handslag.portal.citizen.templatetags.citizen import saved_when
from handslag.portal.citizen.typed import controls_of
from tests.income_support.applying import apply, begin

pytestmark = pytest.mark.django_db(databases=["default"])
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def child(years):
    return {"name": "Kim", "born": f"{foundation.today().year - years}-01-15", "days_a_month": 30}


def asked_of(row):
    [rows] = [one for one in controls_of("children", {"has_children": True, "children": [row]}) if one.control == "rows"]
    return {control.name.rpartition("-")[2] for control in rows.rows[0].controls}


def test_only_what_can_matter_is_asked_of_a_child():
    assert "lunch_away" in asked_of(child(3)) and "pupil" not in asked_of(child(3))
    assert not {"lunch_away", "pupil"} & asked_of(child(12))
    assert "pupil" in asked_of(child(18)) and "lunch_away" not in asked_of(child(18))
    assert {"lunch_away", "pupil"} <= asked_of({"name": "Kim"}) & asked_of({"name": "Kim", "born": "i maj"})


def test_a_draft_from_another_day_says_the_day(settings):
    now = foundation.now()
    assert str(now.year) not in saved_when(now)
    assert str((now - timedelta(days=2)).year) in saved_when(now - timedelta(days=2))


def two_files():
    return [SimpleUploadedFile("avi.pdf", PDF), SimpleUploadedFile("kvitto.pdf", b"\x00\x01 nothing of a PDF")]


def test_the_refused_one_of_two_files_is_named_and_the_other_kept(cast, client_of):
    draft = begin(cast.elin)
    client = client_of(cast.elin)
    url = f"/ansok/{draft.id}/costs/"
    shown = client.get(url)
    sent = {"version": shown.context["draft"].version, "papers": two_files(), "stay": "1"}
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 400 and "kvitto.pdf: " in page and "De andra papperen är sparade." in page
    with foundation.acting(cast.elin):
        kept = ApplicationDraft.objects.get(id=draft.id).attachments.values_list("name", flat=True)
        assert list(kept) == ["avi.pdf"]


def test_so_it_is_with_papers_to_a_sent_application(cast, client_of):
    application = apply(cast.elin)
    page = client_of(cast.elin).post(f"/mina-arenden/{application.id}/papper/", {"papers": two_files()}, follow=True)
    assert "kvitto.pdf: " in page.content.decode()


def test_what_could_be_kept_of_an_answer_is_kept_and_the_rest_is_asked_for(cast, client_of):
    application = apply(cast.elin)
    casework.assign_case(case_id=application.case_id, worker_id=cast.asa.account_id, by=cast.asa, at=foundation.now())
    asked = casework.request_completion(
        case_id=application.case_id, what=["Hyresavi", "Kvitto"], due_on=foundation.today() + timedelta(days=7),
        by=cast.asa, at=foundation.now(),
    )  # fmt: skip
    with foundation.acting(cast.elin):
        first, second = asked.items.order_by("position")
    good, lying = two_files()
    page = client_of(cast.elin).post(
        f"/komplettera/{asked.id}/", {f"file-{first.id}": good, f"file-{second.id}": lying}, follow=True
    )
    assert "kvitto.pdf: " in page.content.decode() and page.status_code == 200
    with foundation.acting(cast.elin):
        first.refresh_from_db()
        second.refresh_from_db()
    assert first.answered_at is not None and second.answered_at is None
