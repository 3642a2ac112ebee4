"""Note templates and the rule of the record: decided from a day on, with who decided it, and old notes keep their words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client

from handslag.casework import models
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.browser import fits
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
ClientOf = Callable[..., Client]
SOURCE = "Socialchefen 3 november, nr 12"


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "label_sv": "Hembesök", "label_en": "Home visit", "kind": "home_visit", "headings_sv": "Vilka var med:\nVad vi såg\n\n",
        "headings_en": "", "valid_from": foundation.today().isoformat(), "source": SOURCE, **changed,
    }  # fmt: skip


def a_case(cast: Cast) -> casework.Case:
    return casework.open_case(
        kind="income_support",
        person_id=cast.elin.person_id,
        unit_id=cast.support,
        by=cast.asa,
        at=foundation.now(),
    )


def test_a_second_version_is_offered_and_old_notes_keep_their_words(cast: Cast, client_of: ClientOf) -> None:
    case, at = a_case(cast), foundation.now()
    asa, rune = client_of(cast.asa), client_of(cast.rune)
    old = casework.note_template("home_visit")
    note = casework.write_note(case_id=case.id, kind="home_visit", body=old.text, by=cast.asa, at=at)
    assert rune.post("/ledning/journal/mall/home_visit/", typed()).status_code == 302
    new = casework.note_template("home_visit")
    assert new.is_own and new.headings_in["sv"] == ["Vilka var med", "Vad vi såg"] == new.headings_in["en"]
    assert casework.get_note(note.id, cast.asa).body == old.text
    page = rune.get("/ledning/journal/").content.decode()
    assert SOURCE in page and "Rune" in page and "vår egen" in page
    draft = casework.draft_note(case_id=case.id, by=cast.asa, at=at)
    url = f"/handlaggare/arende/{case.id}/anteckningar/{draft.id}/"
    form = {
        "subject": "", "kind": "note", "happened_on": foundation.today().isoformat(), "body": "", "version": "1",
        "template": "home_visit", "headings": "1",
    }  # fmt: skip
    assert asa.post(url, form).status_code == 302
    assert "Vilka var med:" in casework.get_note(draft.id, cast.asa).body
    # A later version holds from its own day; until then the present one is offered.
    later = foundation.today() + timedelta(days=10)
    casework.set_note_headings(
        code="home_visit", valid_from=later, kind="home_visit", label_sv="Hembesök", headings_sv=["Nytt"], source=SOURCE,
        by=cast.rune, at=at,
    )  # fmt: skip
    assert casework.note_template("home_visit").headings_in["sv"] == ["Vilka var med", "Vad vi såg"]
    assert [one.valid_to for one in casework.find_note_headings(cast.asa)] == [None, later]


def test_a_new_template_and_the_end_of_one(cast: Cast, client_of: ClientOf) -> None:
    rune = client_of(cast.rune)
    new = typed(label_sv="Uppföljning på plats", label_en="", in_kinds="income_support")
    assert rune.post("/ledning/journal/mall/", new).status_code == 302
    assert "Uppföljning på plats" in [one.label_in["sv"] for one in casework.note_templates("income_support")]
    assert "Uppföljning på plats" not in [
        one.label_in["sv"] for one in casework.note_templates("child_protection")
    ]
    ended = {"valid_from": foundation.today().isoformat(), "source": SOURCE}
    assert rune.post("/ledning/journal/mall/call/avsluta/", ended).status_code == 302
    with pytest.raises(foundation.BadInput):
        casework.note_template("call")
    assert rune.get("/ledning/journal/mall/finns-inte/").status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"label_sv": ""}, {"headings_sv": " \n "}, {"source": ""}, {"kind": "annat"}, {"valid_from": "2020-01-01"},
        {"headings_en": "One"}, {"valid_from": "i morgon"}, {"headings_sv": "\n".join("abcdefghijklmnopqrstu")},
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_kept(cast: Cast, client_of: ClientOf, changed: dict[str, str]) -> None:
    answer = client_of(cast.rune).post("/ledning/journal/mall/home_visit/", typed(**changed))
    assert answer.status_code == 400 and "Home visit" in answer.content.decode()
    assert casework.find_note_headings(cast.rune) == []


def test_the_rule_of_reading_has_a_page(cast: Cast, client_of: ClientOf) -> None:
    rune = client_of(cast.rune)
    told = {
        "own_from_age": "16", "guardian_until_age": "15", "told_from_age": "14", "own_delay_days": "2", "guardian_delay_days": "20",
        "child_may_agree": "on", "valid_from": foundation.today().isoformat(), "source": SOURCE,
    }  # fmt: skip
    assert rune.post("/ledning/journal/regel/", {**told, "own_from_age": "30"}).status_code == 400
    assert rune.post("/ledning/journal/regel/", {**told, "source": ""}).status_code == 400
    assert rune.post("/ledning/journal/regel/", told).status_code == 302
    assert (casework.record_rule().own_from_age, casework.record_rule().guardian_delay_days) == (16, 20)
    (rule,) = casework.find_record_rules(cast.rune)
    assert rule.decided_by_id == cast.rune.account_id and rule.decided_at is not None
    assert SOURCE in rune.get("/ledning/journal/").content.decode()
    assert rune.post("/ledning/journal/regel/", told).status_code == 400  # a rule from this day is there


@pytest.mark.parametrize("who", ["asa", "carina", "frida", "ada", "board", "elin"])
def test_only_a_rules_officer_decides_also_in_sql(cast: Cast, client_of: ClientOf, who: str) -> None:
    actor = getattr(cast, who)
    client = client_of(actor)
    reads = who in ("carina", "frida", "board")
    assert (client.get("/ledning/journal/").status_code == 200) == reads
    for path in ("mall/", "mall/home_visit/", "mall/call/avsluta/", "regel/"):
        assert client.get(f"/ledning/journal/{path}").status_code == 403
    with pytest.raises(foundation.HandslagError):
        casework.end_note_headings(
            code="call", valid_from=foundation.today(), source=SOURCE, by=actor, at=foundation.now()
        )
    row = models.NoteHeadings(
        code="x", valid_from=foundation.today(), kind="note", label_sv="x", label_en="x", source="x", decided_at=foundation.now()
    )  # fmt: skip
    with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
        models.NoteHeadings.objects.bulk_create([row])


def test_a_version_is_never_changed(cast: Cast) -> None:
    at = foundation.now()
    row = casework.set_note_headings(
        code="call", valid_from=foundation.today(), kind="call", label_sv="Samtal", headings_sv=["Ett"], source=SOURCE, by=cast.rune, at=at
    )  # fmt: skip
    with pytest.raises(DatabaseError), foundation.acting(cast.rune), transaction.atomic():
        models.NoteHeadings.objects.filter(id=row.id).update(headings_sv=["Annat"])


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_are_for_everybody(cast: Cast, open_page: Any, axe: Any, language: str) -> None:
    for path in ("", "mall/", "mall/home_visit/", "mall/call/avsluta/", "regel/"):
        page = open_page(f"/ledning/journal/{path}", as_=cast.rune, language=language)
        axe(page)
        fits(page)
