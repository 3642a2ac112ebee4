"""Reading the record online, as the person or a guardian; and for staff, what is held back."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from handslag.casework.errors import CaseNotFound, MaskingStopped
from handslag.casework.masking_grounds import masking_grounds
from handslag.casework.models import (
    Decision,
    Document,
    DocumentContent,
    MaskedNote,
    Note,
    NoteAddition,
    NoteClearance,
    PaperClearance,
    RecordConsent,
    RecordHold,
    RecordSight,
)
from handslag.casework.operations.masked_notes import as_note
from handslag.casework.operations.record import clear_record, guardians_of, still_shown
from handslag.casework.queries.record_rule import rule_today
from handslag.casework.record_numbers import of_age_years
from handslag.casework.states import AdditionKind, DocumentKind
from handslag.foundation import public as foundation
from handslag.people import public as people


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What a reader of the record is told of the file itself."""

    id: UUID
    number: str
    person_id: UUID
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A record that the reader may open: of which file, and whose. `name` is the child's given name, else empty."""

    case: RecordFile
    is_own: bool
    name: str


@dataclass(frozen=True, slots=True)
class NotShown:
    """What is left out for the reader, as far as it may be told. `unread`: papers that nobody has read for them yet;
    `by_ground`: how many notes, papers and decisions on each ground that may be told."""

    unread: int = 0
    by_ground: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """The notes, papers and delivered decisions that the reader is shown. `stopped`: the rules could not be asked, so
    nothing is shown at all."""

    of: RecordOf
    notes: list[Note]
    stopped: bool
    papers: list[Document] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    not_shown: NotShown = NotShown()


@dataclass(frozen=True, slots=True)
class Guardian:
    """A guardian whom the child may let read, whether the child has said yes, and whether the unit has given sight."""

    person_id: UUID
    name: str
    reads: bool
    is_given: bool


def find_records(actor: foundation.Actor) -> list[RecordOf]:
    """The records that a resident may open: the own, and those of children that the unit has given them sight of; newest
    first."""
    if actor.person_id is None:
        return []
    with foundation.acting(actor):
        return [_of(one, actor) for one in _files()]


def open_record(case_id: UUID, actor: foundation.Actor) -> OpenRecord:
    """The record of a case; the reading is logged. Raises CaseNotFound for one who may not read it.

    The masking rules are asked first, every time: what has become known since last time is hidden now.
    """
    with foundation.acting(actor):
        case = _file(case_id) if actor.person_id else None
        if case is None or actor.person_id is None:
            raise CaseNotFound
        stopped = False
        at = foundation.now()
        try:
            clear_record(case_id=case.id, reader_id=actor.person_id, by=foundation.system("record"), at=at)
        except MaskingStopped:
            stopped = True
        rows = list(Note.objects.filter(case_id=case.id).prefetch_related("additions"))
        foundation.log_read(actor, person_id=case.person_id, case_id=case.id, page="citizen.journal", at=at)
        of = _of(case, actor)
        if stopped:
            return OpenRecord(of, [], True)
        decisions = Decision.objects.filter(case_id=case.id, delivered_at__isnull=False)
        return OpenRecord(
            of,
            sorted([*rows, *_rests(case.id)], key=lambda one: (one.happened_on, one.id), reverse=True),
            False,
            _papers_of(case.id, actor.person_id),
            list(decisions.select_related("letter").order_by("-decided_at", "-id")),
            _not_shown(of, actor.person_id),
        )


def read_paper_online(document_id: UUID, actor: foundation.Actor) -> tuple[Document, bytes]:
    """A paper of a record that the reader may open, with its content. The reading is entered in the log of the person whom
    the record is about. Raises CaseNotFound for a paper that is not there for this reader."""
    with foundation.acting(actor):
        paper = Document.objects.filter(id=document_id).first() if actor.person_id else None
        case = _file(paper.case_id) if paper is not None else None
        if paper is None or case is None or actor.person_id is None:
            raise CaseNotFound
        # What has become known since the record was opened hides the paper now.
        try:
            clear_record(
                case_id=case.id, reader_id=actor.person_id, by=foundation.system("record"), at=foundation.now()
            )
        except MaskingStopped as fault:
            raise CaseNotFound from fault
        if paper not in _papers_of(case.id, actor.person_id):
            raise CaseNotFound
        content = DocumentContent.objects.filter(document_id=document_id).first()
        if content is None:
            raise CaseNotFound
        foundation.log_read(
            actor, person_id=case.person_id, case_id=case.id, page="citizen.paper", at=foundation.now()
        )
        return paper, bytes(content.content)


def _papers_of(case_id: UUID, reader_id: UUID | None) -> list[Document]:
    """The papers that the database gives the present reader, without those that are held back from them."""
    with foundation.acting(foundation.system("record")):
        held = set(_holds(case_id, reader_id).values_list("document_id", flat=True))
    rows = Document.objects.filter(case_id=case_id).exclude(kind=DocumentKind.INTERNAL)
    return [one for one in rows.order_by("-added_at", "-id") if one.id not in held]


def _holds(case_id: UUID, reader_id: UUID | None) -> QuerySet[RecordHold]:
    """What is held back from a reader today, but for whole records."""
    today = foundation.today()
    rows = RecordHold.objects.filter(case_id=case_id, lifted_at__isnull=True)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=today)).filter(
        Q(toward_id__isnull=True) | Q(toward_id=reader_id)
    )
    return rows.exclude(note_id__isnull=True, document_id__isnull=True)


def _not_shown(of: RecordOf, reader_id: UUID | None) -> NotShown:
    """Counted as the system; a ground that may not be told is left out of the count altogether, and so is what has not
    waited the days of the rule: a number that rises would tell of today's."""
    told, case_id, rule = {one.code for one in masking_grounds() if one.may_be_told}, of.case.id, rule_today()
    days = rule.own_delay_days if of.is_own else rule.guardian_delay_days
    waited = foundation.now() - timedelta(days=days)
    with foundation.acting(foundation.system("record")):
        papers = PaperClearance.objects.filter(case_id=case_id, reader_id=reader_id, hidden=True).filter(
            Q(document__added_at__lte=waited) | Q(decision__delivered_at__lte=waited)
        )
        held = _holds(case_id, reader_id).filter(
            Q(note__signed_at__lte=waited) | Q(document__added_at__lte=waited)
        )
        grounds: dict[UUID | None, str] = {
            note_id or document_id: ground
            for note_id, document_id, ground in held.values_list("note_id", "document_id", "ground")
        }
        for paper in papers:
            grounds.setdefault(paper.document_id or paper.decision_id, paper.ground)
        notes = NoteClearance.objects.filter(case_id=case_id, reader_id=reader_id, hidden=True)
        for note in notes.filter(note__signed_at__lte=waited):
            grounds.setdefault(note.note_id, note.ground)
    counted = Counter(ground for ground in grounds.values() if ground in told)
    unread = sum(1 for ground in grounds.values() if not ground)
    return NotShown(unread, tuple(sorted(counted.items())))


def get_note_online(note_id: UUID, actor: foundation.Actor) -> Note:
    """One note as its reader is shown it, the rules asked once more; raises CaseNotFound."""
    with foundation.acting(actor):
        note = Note.objects.prefetch_related("additions").filter(id=note_id).first()
        if note is None:
            return _rest_online(note_id, actor)
        if _file(note.case_id) is None or not still_shown([note], actor.person_id):
            raise CaseNotFound
        return note


def _rest_online(note_id: UUID, actor: foundation.Actor) -> Note:
    """The rest of a note of which the reader reads not all, masked anew; raises CaseNotFound."""
    masked = MaskedNote.objects.filter(note_id=note_id).first() if actor.is_resident else None
    if masked is None or actor.person_id is None or _file(masked.case_id) is None:
        raise CaseNotFound
    try:
        clear_record(
            case_id=masked.case_id, reader_id=actor.person_id, by=foundation.system("record"), at=foundation.now()
        )
    except MaskingStopped as fault:
        raise CaseNotFound from fault
    rest = next((one for one in _rests(masked.case_id) if one.id == note_id), None)
    if rest is None:
        raise CaseNotFound
    return rest


def _rests(case_id: UUID) -> list[Note]:
    """The notes of which the database gives the present reader the rest alone, each with the reader's own objections."""
    masked = list(MaskedNote.objects.filter(case_id=case_id))
    own: dict[UUID, list[NoteAddition]] = {}
    for one in NoteAddition.objects.filter(note_id__in=[row.note_id for row in masked], kind=AdditionKind.OBJECTION):
        own.setdefault(one.note_id, []).append(one)
    return [as_note(row, own.get(row.note_id, ())) for row in masked]


def find_own_guardians(actor: foundation.Actor) -> list[Guardian]:
    """Whom a child may let read the record; empty for one who is not a child or whose rule does not let them choose."""
    if actor.person_id is None:
        return []
    with foundation.acting(actor):
        rule = rule_today()
        born = people.get_person(actor.person_id, actor).born
        if born is None or not rule.child_may_agree:
            return []
        today = foundation.today()
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        if not max(rule.own_from_age, rule.guardian_until_age) <= years < of_age_years():
            return []
        agreed = set(
            RecordConsent.objects.filter(person_id=actor.person_id, withdrawn_at__isnull=True).values_list(
                "guardian_id", flat=True
            )
        )
    with foundation.acting(foundation.system("record")):
        rows = RecordSight.objects.filter(case__person_id=actor.person_id, ended_at__isnull=True)
        given = set(rows.values_list("person_id", flat=True))
    names = people.names_of(guardians_of(actor.person_id), foundation.system("record"))
    return [
        Guardian(one, names[one], one in agreed, one in given)
        for one in sorted(names, key=lambda one: names[one])
    ]


def find_holds(case_id: UUID, actor: foundation.Actor, *, note_id: UUID | None = None) -> list[RecordHold]:
    """What is held back online in a case now, for staff: all of it, or of one note."""
    with foundation.acting(actor):
        rows = RecordHold.objects.filter(case_id=case_id, lifted_at__isnull=True).select_related("held_by")
        if note_id is not None:
            rows = rows.filter(note_id=note_id)
        return list(rows.order_by("-held_at"))


def find_paper_openings(case_id: UUID, actor: foundation.Actor) -> list[PaperClearance]:
    """For staff: what the rules, or a colleague, said of each paper for each reader who has opened the record."""
    with foundation.acting(actor):
        rows = PaperClearance.objects.filter(case_id=case_id, document__isnull=False)
        return list(rows.select_related("document", "opened_by").order_by("-document__added_at", "reader_id"))


def _files() -> list[RecordFile]:
    """What the present actor may open, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, number, person_id, opened_at FROM handslag_records() ORDER BY opened_at DESC, id DESC"
        )
        return [RecordFile(*row) for row in cursor.fetchall()]


def _file(case_id: UUID) -> RecordFile | None:
    return next((one for one in _files() if one.id == case_id), None)


def _of(case: RecordFile, actor: foundation.Actor) -> RecordOf:
    if case.person_id == actor.person_id:
        return RecordOf(case, True, "")
    child = people.get_person(case.person_id, foundation.system("record"))
    return RecordOf(case, False, child.given_name)
