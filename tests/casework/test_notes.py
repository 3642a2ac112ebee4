"""Notes: draft, autosave, sign, correct by addition, the person's objection."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.casework.conftest import events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def test_a_draft_is_its_authors_alone_until_signed(cast: Cast, case: casework.Case, now: datetime) -> None:
    note = casework.draft_note(
        case_id=case.id, subject="Samtal", body="Elin ringde.", kind="call", by=cast.asa, at=now
    )
    assert [one.id for one in casework.find_notes(case.id, cast.asa).rows] == [note.id]
    assert casework.find_notes(case.id, cast.bjorn).rows == []
    assert [one.id for one in casework.find_drafts(cast.asa)] == [note.id]
    with pytest.raises(casework.PartNotFound):
        casework.get_note(note.id, cast.bjorn)
    signed = casework.sign_note(note_id=note.id, version=1, by=cast.asa, at=now)
    assert (signed.state, signed.signed_at) == ("signed", now)
    assert casework.get_note(note.id, cast.bjorn).body == "Elin ringde."
    assert events_of(case)[-1] == "casework.note_signed"


def test_autosave_and_two_windows_lose_no_text(cast: Cast, case: casework.Case, now: datetime) -> None:
    note = casework.draft_note(case_id=case.id, body="a", by=cast.asa, at=now)
    first = casework.save_note_draft(note_id=note.id, version=1, body="från telefonen", by=cast.asa, at=now)
    assert (first.version, first.saved_at) == (2, now)
    with pytest.raises(casework.NoteChangedMeanwhile) as both:
        casework.save_note_draft(note_id=note.id, version=1, body="från datorn", by=cast.asa, at=now)
    assert (both.value.yours, both.value.theirs, both.value.version) == ("från datorn", "från telefonen", 2)
    assert isinstance(both.value, foundation.Conflict)
    joined = casework.save_note_draft(
        note_id=note.id, version=2, body="från telefonen\nfrån datorn", by=cast.asa, at=now
    )
    assert joined.version == 3


def test_the_same_autosave_twice_is_no_conflict(cast: Cast, case: casework.Case, now: datetime) -> None:
    note = casework.draft_note(case_id=case.id, body="", by=cast.asa, at=now)
    casework.save_note_draft(note_id=note.id, version=1, body="text", by=cast.asa, at=now)
    assert casework.save_note_draft(note_id=note.id, version=1, body="text", by=cast.asa, at=now).version == 2


def test_a_draft_is_thrown_away_by_its_author_alone_and_not_over_another_window(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    note = casework.draft_note(case_id=case.id, body="Fel ärende.", by=cast.asa, at=now)
    named = {"note_id": note.id, "at": now}
    for other in (cast.bjorn, cast.carina, cast.david, cast.elin):
        with pytest.raises(foundation.HandslagError):
            casework.discard_note_draft(version=1, by=other, **named)
        with foundation.acting(other):
            assert casework.Note.objects.filter(id=note.id)._raw_delete("default") == 0, "nor straight in SQL"
    casework.save_note_draft(note_id=note.id, version=1, body="Sparat i ett annat fönster.", by=cast.asa, at=now)
    with pytest.raises(casework.NoteChangedMeanwhile):
        casework.discard_note_draft(version=1, by=cast.asa, **named)
    casework.discard_note_draft(version=2, by=cast.asa, **named)
    with pytest.raises(casework.PartNotFound):
        casework.save_note_draft(note_id=note.id, version=2, body="Sent.", by=cast.asa, at=now)
    assert events_of(case).count("casework.note_draft_removed") == 1
    signed = casework.write_note(case_id=case.id, body="Klar.", by=cast.asa, at=now)
    with pytest.raises(casework.NoteIsSigned):
        casework.discard_note_draft(note_id=signed.id, version=1, by=cast.asa, at=now)
    with foundation.acting(cast.asa):
        assert casework.Note.objects.filter(id=signed.id)._raw_delete("default") == 0


def test_nobody_else_saves_or_signs_a_draft(cast: Cast, case: casework.Case, now: datetime) -> None:
    note = casework.draft_note(case_id=case.id, body="a", by=cast.asa, at=now)
    for other in (cast.bjorn, cast.carina, cast.david, cast.elin):
        with pytest.raises(casework.PartNotFound):
            casework.save_note_draft(note_id=note.id, version=1, body="b", by=other, at=now)
        with pytest.raises(casework.PartNotFound):
            casework.sign_note(note_id=note.id, version=1, by=other, at=now)


def test_an_empty_note_and_a_day_to_come_are_refused(cast: Cast, case: casework.Case, now: datetime) -> None:
    with pytest.raises(foundation.BadInput) as fault:
        casework.write_note(case_id=case.id, body="  ", by=cast.asa, at=now)
    assert fault.value.where == "body"
    tomorrow = foundation.day_of(now) + timedelta(days=1)
    with pytest.raises(foundation.BadInput) as fault:
        casework.write_note(case_id=case.id, body="x", happened_on=tomorrow, by=cast.asa, at=now)
    assert fault.value.where == "happened_on"
    assert casework.find_notes(case.id, cast.asa).rows == []


def test_a_signed_note_is_never_changed_not_even_in_the_database(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    note = casework.write_note(case_id=case.id, body="Så var det.", by=cast.asa, at=now)
    with pytest.raises(casework.NoteIsSigned):
        casework.save_note_draft(note_id=note.id, version=1, body="annat", by=cast.asa, at=now)
    for actor in (cast.asa, cast.system):
        with pytest.raises((IntegrityError, DatabaseError)), foundation.acting(actor), transaction.atomic():
            casework.Note.objects.filter(id=note.id).update(body="annat")
        with foundation.acting(actor):
            assert casework.Note.objects.filter(id=note.id).delete()[0] == 0
    assert casework.get_note(note.id, cast.asa).body == "Så var det."


def test_correction_and_objection_stand_beside(cast: Cast, case: casework.Case, now: datetime) -> None:
    note = casework.write_note(case_id=case.id, body="Elin kom kl. 9.", by=cast.asa, at=now)
    casework.correct_note(note_id=note.id, body="Kl. 10, inte 9.", by=cast.bjorn, at=now)
    casework.add_objection(
        note_id=note.id, person_id=cast.elin.person_id, body="Jag kom kl. 10.", by=cast.asa, at=now
    )
    read = casework.get_note(note.id, cast.carina)
    assert read.body == "Elin kom kl. 9."
    assert [(one.kind, one.person_id) for one in read.additions.all()] == [
        ("correction", None),
        ("objection", cast.elin.person_id),
    ]
    assert events_of(case)[-2:] == ["casework.note_corrected", "casework.objection_added"]
    with pytest.raises(foundation.BadInput):
        casework.add_objection(note_id=note.id, person_id=cast.greta.person_id, body="!", by=cast.asa, at=now)


def test_nothing_is_added_to_a_note_of_another_case(cast: Cast, case: casework.Case, now: datetime) -> None:
    """Straight at the database: a correction in one's own case that hangs on a note of somebody else's."""
    theirs = casework.open_case(
        kind="income_support", person_id=cast.farid.person_id, unit_id=cast.support, by=cast.system, at=now
    )
    note = casework.write_note(case_id=theirs.id, body="Så var det.", by=cast.system, at=now)
    with (
        pytest.raises(IntegrityError, match="casework_noteaddition_in_case"),
        foundation.acting(cast.asa),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO casework_noteaddition (id, note_id, case_id, kind, body, written_by_id, at)"
            " VALUES (%s, %s, %s, 'correction', 'Annat.', %s, %s)",
            [foundation.new_id(), note.id, case.id, cast.asa.account_id, now],
        )
        cursor.execute("SET CONSTRAINTS casework_noteaddition_in_case IMMEDIATE")


def test_a_draft_is_not_corrected_by_addition(cast: Cast, case: casework.Case, now: datetime) -> None:
    note = casework.draft_note(case_id=case.id, body="a", by=cast.asa, at=now)
    with pytest.raises(foundation.Refused):
        casework.correct_note(note_id=note.id, body="b", by=cast.asa, at=now)


def test_the_system_writes_in_code_and_values(cast: Cast, case: casework.Case, now: datetime) -> None:
    told = foundation.said("casework.message_waiting", number="TS-1")
    note = casework.write_note(case_id=case.id, said=told, by=cast.system, at=now)
    assert "TS-1" in foundation.tell(casework.get_note(note.id, cast.asa).said)


def test_notes_are_read_page_by_page(cast: Cast, case: casework.Case, now: datetime) -> None:
    today = foundation.day_of(now)
    for days in range(5):
        casework.write_note(
            case_id=case.id,
            body=str(days),
            happened_on=today - timedelta(days=days // 2),
            by=cast.asa,
            at=now,
        )
    seen, after = [], None
    while True:
        page = casework.find_notes(case.id, cast.bjorn, after=after, limit=2)
        seen += [note.body for note in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == ["1", "0", "3", "2", "4"]
    with pytest.raises(foundation.BadInput):
        casework.find_notes(case.id, cast.bjorn, after="inte-en-plats")


def test_no_resident_writes_or_reads_notes(cast: Cast, case: casework.Case, now: datetime) -> None:
    casework.write_note(case_id=case.id, body="Bedömning", by=cast.asa, at=now)
    assert casework.find_notes(case.id, cast.elin).rows == []
    with pytest.raises(foundation.Refused):
        casework.write_note(case_id=case.id, body="Mitt", by=cast.elin, at=now)
