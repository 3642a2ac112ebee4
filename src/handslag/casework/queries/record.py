"""Reading the record online, as the person or a guardian; and for staff, what is held back."""

from dataclasses import dataclass
from uuid import UUID

from handslag.casework.errors import CaseNotFound, MaskingStopped
from handslag.casework.models import Case, Note, RecordConsent, RecordHold, RecordRule
from handslag.casework.operations.record import case_of_record, clear_record, guardians_of, rule_today
from handslag.foundation import public as foundation
from handslag.people import public as people


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A record that the reader may open: of which case, and whose. `name` is the child's given name, else empty."""

    case: Case
    is_own: bool
    name: str


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """The notes that the reader is shown. `stopped`: the rules could not be asked, so no note is shown at all."""

    of: RecordOf
    notes: list[Note]
    stopped: bool


@dataclass(frozen=True, slots=True)
class Guardian:
    """A guardian whom the child may let read, and whether they do."""

    person_id: UUID
    name: str
    reads: bool


def find_records(actor: foundation.Actor) -> list[RecordOf]:
    """The records that a resident may open: the own, and those of children whose guardian they are; newest first."""
    if actor.person_id is None:
        return []
    with foundation.acting(actor):
        rows = Case.objects.extra(
            where=[
                "(person_id = %s OR person_id IN (SELECT handslag_guarded()))",
                "handslag_may_read_record(casework_case.id)",
            ],
            params=[str(actor.person_id)],
        )
        return [_of(case, actor) for case in rows.order_by("-opened_at", "-id")]


def open_record(case_id: UUID, actor: foundation.Actor) -> OpenRecord:
    """The record of a case; the reading is logged. Raises CaseNotFound for one who may not read it.

    The masking rules are asked first, every time: what has become known since last time is hidden now.
    """
    with foundation.acting(actor):
        case = case_of_record(case_id) if actor.person_id else None
        if case is None or actor.person_id is None:
            raise CaseNotFound
        stopped = False
        at = foundation.now()
        try:
            clear_record(case_id=case.id, reader_id=actor.person_id, by=foundation.system("record"), at=at)
        except MaskingStopped:
            stopped = True
        rows = Note.objects.filter(case_id=case.id).prefetch_related("additions")
        foundation.log_read(actor, person_id=case.person_id, case_id=case.id, page="citizen.journal", at=at)
        notes = [] if stopped else list(rows.order_by("-happened_on", "-id"))
        return OpenRecord(_of(case, actor), notes, stopped)


def get_note_online(note_id: UUID, actor: foundation.Actor) -> Note:
    """One note as its reader is shown it; raises CaseNotFound."""
    with foundation.acting(actor):
        note = Note.objects.filter(id=note_id).first()
        if note is None or case_of_record(note.case_id) is None:
            raise CaseNotFound
        return note


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
        if not max(rule.own_from_age, rule.guardian_until_age) <= years < 18:
            return []
        agreed = set(
            RecordConsent.objects.filter(person_id=actor.person_id, withdrawn_at__isnull=True).values_list(
                "guardian_id", flat=True
            )
        )
    names = people.names_of(guardians_of(actor.person_id), foundation.system("record"))
    return [Guardian(one, names[one], one in agreed) for one in sorted(names, key=lambda one: names[one])]


def find_holds(case_id: UUID, actor: foundation.Actor, *, note_id: UUID | None = None) -> list[RecordHold]:
    """What is held back online in a case now, for staff: all of it, or of one note."""
    with foundation.acting(actor):
        rows = RecordHold.objects.filter(case_id=case_id, lifted_at__isnull=True).select_related("held_by")
        if note_id is not None:
            rows = rows.filter(note_id=note_id)
        return list(rows.order_by("-held_at"))


def record_rule() -> RecordRule:
    """The rule of ages and delays that holds today (an unsaved row where the municipality has set none)."""
    return rule_today()


def _of(case: Case, actor: foundation.Actor) -> RecordOf:
    if case.person_id == actor.person_id:
        return RecordOf(case, True, "")
    child = people.get_person(case.person_id, foundation.system("record"))
    return RecordOf(case, False, child.given_name)
