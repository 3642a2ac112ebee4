"""What may tell who reported, though it names nobody, is hidden until a person has looked: in copies and online."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from handslag.casework import public as casework
from handslag.child_protection import models
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.browser import PHONE, fits, picture, walk
from tests.cast import Cast
from tests.child_protection.reporting import AT, SYSTEM, a_child, child_of, decide, fresh, reported, safe
from tests.child_protection.test_reporter_stays_hidden import copy_of, file_of, guardian, masked

pytestmark = pytest.mark.django_db(databases=["default"])
NOBODY = children.ReporterAsTold(kind="anonymous")
CALLED = "Grannen ringde igen."
SOURCE = "Socialchefen 20 november, nr 4"


def test_a_neighbour_who_is_nobody_hides_the_word_until_a_person_has_decided(cast: Cast) -> None:
    child = a_child(cast)
    reported(cast, child, reporter=NOBODY, by=cast.maja)
    copy = copy_of(cast, file_of(child), "Barnet leker ute.", CALLED, "Skolan anmälde.", "Mormor är orolig.")
    passages = list(copy.passages.all())
    assert [one.masked for one in passages] == [False, True, True, True]
    assert {(one.ground, one.rule, one.may_lift) for one in passages[1:]} == {
        ("OSL 26:5", "child_protection.reporter_may_tell", True)
    }
    # The neighbour in the note is somebody else: whoever masks says so, and it goes with the copy.
    with pytest.raises(foundation.BadInput):
        bare = casework.PassageChoice(passages[1].id, masked=False)
        casework.mask_passages(copy_id=copy.id, version=copy.version, choices=[bare], by=cast.david, at=AT)
    shown = casework.PassageChoice(
        passages[1].id, masked=False, because="Grannen är kontaktperson, inte anmälare"
    )
    casework.mask_passages(copy_id=copy.id, version=copy.version, choices=[shown], by=cast.david, at=AT)
    casework.send_copy_for_review(copy_id=copy.id, by=cast.david, at=AT)
    done = casework.review_copy(copy_id=copy.id, approve=True, by=cast.sam, at=AT)
    assert [one.masked for one in casework.get_copy(done.id, cast.sam).passages.all()] == [
        False,
        False,
        True,
        True,
    ]


def test_a_heading_is_hidden_as_its_note_is(cast: Cast) -> None:
    child = a_child(cast)
    reported(cast, child, reporter=NOBODY, by=cast.maja)
    case = file_of(child)
    note = casework.write_note(
        case_id=case.id, subject="Samtal med grannen", body="Barnet mår bra.", by=cast.david, at=AT
    )
    party = casework.find_parties(case.id, cast.david)[0]
    copy = casework.prepare_copy(
        case_id=case.id, receiver_kind="party", receiver_id=party.person_id, parts=[("note", note.id)], by=cast.david, at=AT
    )  # fmt: skip
    passages = list(casework.get_copy(copy.id, cast.david).passages.all())
    assert [(one.text, one.masked) for one in passages] == [
        ("Samtal med grannen", True),
        ("Barnet mår bra.", False),
    ]


def test_a_school_is_looked_for_where_a_school_reported(cast: Cast) -> None:
    child = a_child(cast)
    reported(cast, child, by=cast.maja)
    lines = (
        "Läraren såg märken.",
        "Rektor kallade till möte.",
        "Nora trivs i skolan.",
        "Grannen lånar ut en cykel.",
    )
    assert masked(cast, file_of(child), *lines) == [True, True, False, False]


def test_two_lines_tell_nothing_together_but_a_word_broken_over_them_does(cast: Cast) -> None:
    child = a_child(cast)
    reported(cast, child, reporter=NOBODY, by=cast.maja)
    lines = (
        "Hon ringde igen om tiden.",
        "Skolan ordnar en plats i matsalen.",
        "Det var gran-",
        "nen som kom.",
        "Barnet leker.",
    )
    assert masked(cast, file_of(child), *lines) == [False, False, True, True, False]


def test_nobody_who_reported_hides_no_word(cast: Cast) -> None:
    child = a_child(cast)
    case = casework.open_case(
        kind="child_protection",
        person_id=child.id,
        unit_id=cast.children,
        parties=[(child.id, "child")],
        by=cast.david,
        at=AT,
    )
    assert masked(cast, case, CALLED, "Läraren ringde.") == [False, False]


def test_a_reporters_own_report_hides_nothing_from_the_reporter(cast: Cast) -> None:
    child = a_child(cast)
    guardian(cast, child)
    reported(cast, child, reporter=children.ReporterAsTold(kind="private", name="Elin"), by=cast.elin)
    case = file_of(child)
    assert cast.elin.person_id is not None
    casework.add_party(case_id=case.id, person_id=cast.elin.person_id, role="guardian", by=cast.david, at=AT)
    note = casework.write_note(case_id=case.id, body=CALLED, by=cast.david, at=AT)
    hidden = {}
    for who in (cast.elin.person_id, child.id):
        copy = casework.prepare_copy(
            case_id=case.id,
            receiver_kind="party",
            receiver_id=who,
            parts=[("note", note.id)],
            by=cast.david,
            at=AT,
        )
        hidden[who] = [one.masked for one in casework.get_copy(copy.id, cast.david).passages.all()]
    assert hidden == {cast.elin.person_id: [False], child.id: [True]}


def test_what_the_reception_writes_from_the_report_waits_for_a_look_whatever_its_words(cast: Cast) -> None:
    child = a_child(cast)
    report = reported(cast, child, by=cast.maja)
    safe(cast, child_of(report))
    decide(cast, child_of(fresh(report)), "open", violence=True, reason="Det som sagts är allvarligt.")
    case = file_of(child)
    with foundation.acting(SYSTEM):
        notes = {
            one.said["code"].rpartition(".")[2]: one.id
            for one in casework.Note.objects.filter(case=case)
            if one.said
        }
    party = casework.find_parties(case.id, cast.david)[0]
    copy = casework.prepare_copy(
        case_id=case.id, receiver_kind="party", receiver_id=party.person_id,
        parts=[("note", notes[code]) for code in ("report_came", "protection_no_danger", "open")], by=cast.david, at=AT,
    )  # fmt: skip
    said = {one.source_id: one.masked for one in casework.get_copy(copy.id, cast.david).passages.all()}
    assert said == {notes["report_came"]: False, notes["protection_no_danger"]: True, notes["open"]: True}


@pytest.fixture
def nova(cast: Cast) -> Any:
    """A young person of 16 whom somebody unknown has reported, who reads the own record; and her client's actor."""
    person = a_child(cast, "Nova", born=date(2010, 1, 1))
    with foundation.acting(SYSTEM):
        account = foundation.Account.objects.create(username="nova", name="Nova", person_id=person.id)
    reported(cast, person, reporter=NOBODY, by=cast.maja)
    return person, foundation.Actor(kind="resident", account_id=account.id, person_id=person.id, name="Nova")


def test_a_note_online_is_opened_for_one_reader_by_a_person_who_has_looked(
    cast: Cast, nova: Any, client_of: Any
) -> None:
    person, reader = nova
    case, old = file_of(person), foundation.now() - timedelta(days=30)
    casework.write_note(case_id=case.id, subject="Om skolan", body="Nova leker.", by=cast.david, at=old)
    note = casework.write_note(case_id=case.id, subject="Grannen", body=CALLED, by=cast.david, at=old)
    page = client_of(reader).get(f"/journal/{case.id}/").content.decode()
    assert "Nova leker." in page and "Grannen" not in page
    assert [one.id for one in casework.find_notes_held_online(case.id, cast.david)] == [note.id]
    desk, url = client_of(cast.david), f"/handlaggare/arende/{case.id}/anteckningar/{note.id}/oppna/"
    assert CALLED in desk.get(url).content.decode()
    assert note.subject in desk.get(f"/handlaggare/arende/{case.id}/journal-papper/").content.decode()
    assert desk.post(url, {"reader": str(person.id), "because": ""}).status_code == 400
    assert (
        desk.post(url, {"reader": str(person.id), "because": "Grannen är kontaktperson."}).status_code == 302
    )
    assert CALLED in client_of(reader).get(f"/journal/{case.id}/").content.decode()
    with foundation.acting(SYSTEM):
        assert foundation.Event.objects.filter(kind="casework.note_opened").count() == 1
    # What is added later waits for a look of its own.
    casework.correct_note(
        note_id=note.id, body="Grannen ringde även i maj.", by=cast.david, at=old + timedelta(days=1)
    )
    assert "Grannen" not in client_of(reader).get(f"/journal/{case.id}/").content.decode()


def test_what_was_opened_holds_when_the_readers_record_is_merged(cast: Cast, nova: Any) -> None:
    """The one who looked weighed the person, not the record; what nobody has looked at stays hidden."""
    person, _reader = nova
    case, old = file_of(person), foundation.now() - timedelta(days=30)
    opened = casework.write_note(case_id=case.id, body=CALLED, by=cast.david, at=old)
    casework.write_note(case_id=case.id, body="Skolan anmälde.", by=cast.david, at=old)
    casework.open_note_online(note_id=opened.id, reader_id=person.id, because="Vägt", by=cast.david, at=old)
    kept = people.register_person(
        given_name="Nova", family_name="Ekdal", born=person.born, sex="woman", identity_number=None, protection="none",
        by=cast.system, at=old,
    )  # fmt: skip
    people.merge_persons(keep_id=kept.id, duplicate_id=person.id, by=SYSTEM, at=foundation.now())
    with foundation.acting(SYSTEM):
        account = foundation.Account.objects.get(person_id=kept.id)
    reader = foundation.Actor(kind="resident", account_id=account.id, person_id=kept.id, name="Nova")
    assert [one.body for one in casework.open_record(case.id, reader).notes if one.body] == [CALLED]


def test_a_note_is_opened_by_those_who_work_in_the_file_and_to_nobody_whom_a_rule_hides_it_from_for_good(
    cast: Cast, nova: Any, intruder: psycopg.Connection[Any]
) -> None:
    person, reader = nova
    case = file_of(person)
    note = casework.write_note(case_id=case.id, body=CALLED, by=cast.david, at=AT)
    facts = {"note_id": note.id, "reader_id": person.id, "because": "x", "at": AT}
    for stranger in (cast.asa, cast.carina, cast.board, reader, foundation.VISITOR):
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            casework.open_note_online(**facts, by=stranger)
        with pytest.raises(DatabaseError), foundation.acting(stranger), transaction.atomic():
            casework.NoteOpening.objects.bulk_create(
                [
                    casework.NoteOpening(
                        note=note, case=case, reader_id=person.id, because="x", passages=[], opened_at=AT
                    )
                ]
            )
    with pytest.raises(foundation.BadInput):
        casework.open_note_online(**facts | {"reader_id": cast.greta.person_id}, by=cast.david)
    opened = casework.open_note_online(**facts, by=cast.david)
    for actor in (cast.david, SYSTEM):
        with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
            casework.NoteOpening.objects.filter(id=opened.id).update(because="annat")
    row = intruder.execute("SELECT count(*) FROM casework_noteopening").fetchone()
    assert row == (0,)
    # A reporter who is somebody is never opened.
    reported(cast, person, reporter=children.ReporterAsTold(kind="private", name="Greta"), by=cast.greta)
    assert cast.greta.person_id is not None
    named = casework.write_note(
        case_id=case.id, body=f"{people.name_of(cast.greta.person_id, SYSTEM)} ringde.", by=cast.david, at=AT
    )
    with pytest.raises(casework.MaskingStopped):
        casework.open_note_online(**facts | {"note_id": named.id}, by=cast.david)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_that_opens_a_note_in_the_browser(
    open_page: Any, axe: Any, cast: Cast, nova: Any, language: str
) -> None:
    """What is hidden, the form with its faults, and what has been opened: a desk and a phone, by keyboard."""
    person, reader = nova
    case, old = file_of(person), foundation.now() - timedelta(days=30)
    note = casework.write_note(case_id=case.id, subject="Grannen", body=CALLED, by=cast.david, at=old)
    casework.write_note(case_id=case.id, body="Barnet leker.", by=cast.david, at=old)
    casework.open_record(case.id, reader)
    page = open_page(f"/handlaggare/arende/{case.id}/journal-papper/", as_=cast.david, language=language, meant=("400",))
    axe(page)
    fits(page)
    page.goto(f"/handlaggare/arende/{case.id}/anteckningar/{note.id}/oppna/")
    axe(page)
    fits(page)
    assert walk(page)
    page.locator("#id_reader").select_option(str(person.id))
    page.locator("section.narrow form button[type=submit]").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    axe(page)
    page.locator("#id_because").fill("Grannen är kontaktperson.")
    page.set_viewport_size(PHONE)
    page.locator("section.narrow form button[type=submit]").press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/oppna/"))
    page.goto(f"/handlaggare/arende/{case.id}/anteckningar/{note.id}/oppna/")
    axe(page)
    picture(page, f"desk-note-opened-{language}")


def test_the_words_are_decided_from_a_day_on_on_the_page_of_the_record(cast: Cast, client_of: Any) -> None:
    child = a_child(cast)
    reported(cast, child, reporter=NOBODY, by=cast.maja)
    case, rune = file_of(child), client_of(cast.rune)
    assert masked(cast, case, "Prästfrun skrev.", CALLED) == [False, True]
    assert "Grannar, släkt och vänner" in rune.get("/ledning/journal/").content.decode()
    typed = {"words": "prästfru*\ngrann*\n", "valid_from": foundation.today().isoformat(), "source": SOURCE}
    url = "/ledning/journal/ord/private/"
    for wrong in (
        {"words": "\n"},
        {"words": "*"},
        {"words": "ab*"},
        {"source": ""},
        {"valid_from": "2020-01-01"},
    ):
        answer = rune.post(url, {**typed, **wrong})
        assert answer.status_code == 400 and ("words" in wrong or "grann*" in answer.content.decode())
    assert rune.post(url, typed).status_code == 302
    assert masked(cast, case, "Prästfrun skrev.", CALLED, "Mormor är glad.") == [True, True, False]
    page = rune.get("/ledning/journal/").content.decode()
    assert SOURCE in page and "prästfru*" in page
    assert rune.post(url, typed).status_code == 400  # a version of this day is there
    with foundation.acting(SYSTEM):
        assert foundation.Event.objects.filter(kind="child_protection.telling_words_set").count() == 1


@pytest.mark.parametrize("who", ["asa", "eva", "frida", "ada", "board", "elin"])
def test_only_a_rules_officer_decides_the_words_also_in_sql(cast: Cast, client_of: Any, who: str) -> None:
    actor = getattr(cast, who)
    assert client_of(actor).get("/ledning/journal/ord/private/").status_code == 403
    day = foundation.today()
    with pytest.raises(foundation.HandslagError):
        children.set_telling_words(
            code="private", words=["x" * 5], valid_from=day, source=SOURCE, by=actor, at=foundation.now()
        )
    row = models.TellingWords(
        code="private", valid_from=day, words=["zzz"], source="x", decided_at=foundation.now()
    )
    with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
        models.TellingWords.objects.bulk_create([row])


def test_words_that_cannot_be_read_stop_the_copy(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from handslag.child_protection import may_tell_reporter

    def broken() -> list[Any]:
        raise ValueError("no words")

    child = a_child(cast)
    reported(cast, child, reporter=NOBODY, by=cast.maja)
    monkeypatch.setattr(may_tell_reporter, "telling_groups", broken)
    with pytest.raises(casework.MaskingStopped):
        copy_of(cast, file_of(child), "Barnet leker.")
