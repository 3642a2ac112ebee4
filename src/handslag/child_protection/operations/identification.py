"""Who a child of a report is, and the file that the report then belongs to."""

import unicodedata
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import Q

from handslag.casework import public as casework
from handslag.child_protection import investigation_door
from handslag.child_protection import report_events as events
from handslag.child_protection.models import ProtectionAssessment, Report, ReportedChild, Reporter
from handslag.child_protection.operations import biased_files, file_notes, repeats
from handslag.child_protection.operations.last_day import settle_last_day
from handslag.child_protection.operations.notices import tell_managers, who_see_protected
from handslag.child_protection.report_access import KIND, OWN_HAND, child_for, units_of
from handslag.child_protection.report_errors import AlreadyDecided
from handslag.foundation import public as foundation
from handslag.people import public as people

_SHORTEST_REASON = 5


@foundation.operation
def identify_child(
    *, reported_child_id: UUID, person_id: UUID, because: str = "", by: foundation.Actor, at: datetime
) -> ReportedChild:
    """Say who a child of a report is: the child's file is opened or found, and the clocks run there from the day
    that the report came.

    Said anew for another person, `because` is needed: the former file is told that the report was not about that
    child. Raises ReportNotFound, PersonNotFound for a person whom the actor may not read, AlreadyDecided.
    """
    child = child_for(reported_child_id, by)
    person = _found(person_id, by)
    if child.person_id == person.id:
        return child
    if child.person_id is not None:
        if hasattr(child, "preliminary"):
            raise AlreadyDecided
        if len(because.strip()) < _SHORTEST_REASON:
            raise foundation.BadInput(
                "Say why it is another child.", where="because", do="A few words are enough."
            )
    settle(child, person, by=by, at=at)
    return child


@foundation.operation
def register_unknown_child(
    *, reported_child_id: UUID, given_name: str = "", family_name: str = "", born: date | None = None,
    sex: str = "unknown", protection: str = "unknown", by: foundation.Actor, at: datetime,
) -> ReportedChild:  # fmt: skip
    """Register a child whose number is not known, so that the file can be opened and the decision stand somewhere.

    What was told is used where nothing is given. Nobody has asked the population register about the child, so the
    child is treated as protected until it has answered; the one who registers, and the managers who may see protected
    persons, are named. The number is added later (`people.add_identity_number`), or the two records are joined.
    """
    child = child_for(reported_child_id, by)
    if child.person_id is not None:
        return child
    with foundation.acting(OWN_HAND):
        person = people.register_person(
            given_name=given_name.strip() or child.given_name or "Okänt",
            family_name=family_name.strip() or child.family_name or "Barn",
            born=born or child.born, sex=sex, identity_number=None, protection=protection, by=OWN_HAND, at=at,
        )  # fmt: skip
        for account_id in _who_is_named(child.report, by):
            people.grant_reading(
                person_id=person.id, account_id=account_id, because="named", by=OWN_HAND, at=at
            )
    settle(child, person, by=by, at=at)
    return child


def at_arrival(
    child: ReportedChild, person: people.Person | None, *, by: foundation.Actor, at: datetime
) -> None:
    """Within `receive_report`: a child whom staff have chosen, or whose number and name agree with a known person, is
    known at once. A number of a protected person, or of a child whose file is closed to all but those named, closes
    the report, whatever the name."""
    if person is None and child.number_told:
        person = _by_number(child.number_told, at)
        if person is not None and (person.is_protected or _has_closed_file(person.id)):
            restrict(child.report, by=by, at=at)
        if person is not None and not _same_name(child, person):
            person = None
    if person is not None:
        settle(child, person, by=by, at=at)


def settle(child: ReportedChild, person: people.Person, *, by: foundation.Actor, at: datetime) -> None:
    """Within an operation: tie a child of a report to a person and the person's file."""
    report, was_person, was_case = child.report, child.person_id, child.case_id
    with foundation.acting(OWN_HAND):
        if was_case is not None:
            _leave_file(child, was_case, at=at)
        case = _file_of(person.id, report, at=at)
        child.person_id, child.case_id = person.id, case.id
        child.identified_at, child.identified_by_id = at, by.account_id if by.is_staff else None
        child.due_on = start_clocks(child, case.id, at=at)
        child.save()
        settle_last_day(report)
        if person.is_protected or case.restricted:
            restrict(report, keeper=_keeper(report, person, by), by=by, at=at)
        hand = child.identified_by_id
        file_notes.write(
            case.id, "child_protection.note.report_came", report, hand=hand, at=at, day=_day(report)
        )
        for assessment in ProtectionAssessment.objects.filter(child=child, note_id__isnull=True):
            file_notes.write_protection(assessment, child, at=at)
        assessed = ProtectionAssessment.objects.filter(child=child).exists()
    identified = events.ChildIdentified(
        report_id=report.id, reported_child_id=child.id, case_id=case.id, person_id=person.id,
        unit_id=report.unit_id, was_person_id=was_person, protection="assessed" if assessed else "",
    )  # fmt: skip
    events.tell(identified, by=by, at=at)
    biased_files.ask_again(persons=[was_person, person.id], report_ids=[report.id], at=at)
    repeats.count(child, by=by, at=at)


def start_clocks(child: ReportedChild, case_id: UUID, *, at: datetime) -> date | None:
    """Let the child's clocks run in its file from the day that the report came; gives the last day to decide, or
    None where no such time runs because an investigation is open."""
    start = partial(
        casework.start_clock, case_id=case_id, about=child.id,
        starts_on=foundation.day_of(child.report.received_at), by=OWN_HAND, at=at,
    )  # fmt: skip
    start(rule="PROT")
    assessed = child.protection.order_by("assessed_at").first()
    if assessed is not None:
        stop_clock(child, "PROT", assessed.assessed_at, at=at)
    if investigation_door.open_in(case_id) is not None:
        return None
    last_day: date | None = start(rule="FORH").last_day
    given = child.extensions.order_by("-until").first()
    if given is None or last_day is None or given.until <= last_day:
        return last_day
    casework.extend_clock(
        case_id=case_id,
        rule="FORH",
        about=child.id,
        last_day=given.until,
        because=given.reason,
        by=OWN_HAND,
        at=at,
    )
    until: date = given.until
    return until


def stop_clock(child: ReportedChild, rule: str, done_at: datetime, *, at: datetime) -> None:
    """The duty was done on the Swedish day of an instant."""
    if child.case_id is not None:
        casework.stop_clock(
            case_id=child.case_id,
            rule=rule,
            about=child.id,
            on=foundation.day_of(done_at),
            by=OWN_HAND,
            at=at,
        )


def lapse_clocks(child: ReportedChild, *, at: datetime) -> None:
    """The duties ceased to apply: the report is of the same event as another, or was about another child."""
    if child.case_id is None:
        return
    for rule in ("PROT", "FORH"):
        casework.lapse_clock(
            case_id=child.case_id, rule=rule, about=child.id, on=foundation.day_of(at), by=OWN_HAND, at=at
        )


def restrict(
    report: Report, *, by: foundation.Actor, at: datetime, is_told: bool = True, keeper: UUID | None = None
) -> None:
    """Within an operation: close a report to all but those named, and tell the managers who may see it unless they have
    decided it themselves (`is_told`).

    An on-call unit where nobody may see protected persons does not keep it: it lands with the day unit at once. Only
    what is closed because a child has no number stays with the one who works on it (`keeper`), until it is handed over
    or until something else closes it too.
    """
    if report.restricted and report.kept_by_id in (None, keeper):
        return
    with foundation.acting(OWN_HAND):
        report.kept_by_id = keeper
        if keeper is None and report.unit_id != report.day_unit_id and not who_see_protected(report.unit_id):
            report.unit_id, report.handed_over_at, report.taken_by_id = report.day_unit_id, at, None
        report.restricted, report.version = True, report.version + 1
        report.save(update_fields=["restricted", "kept_by", "unit", "handed_over_at", "taken_by", "version"])
    closed = events.ReportRestricted(report_id=report.id, unit_id=report.unit_id, kept_by_id=keeper)
    events.tell(closed, by=by, at=at)
    if is_told:
        tell_managers(report, "child_protection.protected_reported", at=at)


def close_both(one: Report, other: Report, *, by: foundation.Actor, at: datetime) -> None:
    """Within an operation: what closes one report closes the other. They stay with who works on them only where each of
    them that is closed already is kept by the same."""
    keepers = {each.kept_by_id for each in (one, other) if each.restricted}
    keeper = keepers.pop() if len(keepers) == 1 else None
    for each in (one, other):
        restrict(each, keeper=keeper, by=by, at=at)


def unrestrict(report: Report, *, because: str = "", by: foundation.Actor, at: datetime) -> None:
    """Within an operation: a closed report is read again as the reception and the files' units read any."""
    with foundation.acting(OWN_HAND):
        report.restricted, report.opened_because, report.version = False, because, report.version + 1
        report.kept_by_id = None
        report.save(update_fields=["restricted", "opened_because", "kept_by", "version"])
    events.tell(events.ReportRestrictionLifted(report_id=report.id, unit_id=report.unit_id), by=by, at=at)


def _keeper(report: Report, person: people.Person, by: foundation.Actor) -> UUID | None:
    """Who goes on with a report that is closed because of this child: the one who registers it, or who keeps it
    already, where the population register has not answered; nobody where the child has a mark of protection."""
    if person.protection != people.Protection.UNKNOWN:
        return None
    if report.restricted:
        return report.kept_by_id
    return by.account_id if by.is_staff and people.may_read_person(by, person.id) else None


def why_closed(report: Report) -> str:
    """What still keeps a report closed to all but those named, by code; empty when nothing does.

    `unknown`: a child in it has no file yet, so nobody knows who it is; `protected`: a child, or who made it, has
    protected identity or nobody has asked; `file`: the file of a child in it is closed.
    """
    with foundation.acting(OWN_HAND):
        main = report.duplicate_of_id or report.id
        together = Report.objects.filter(Q(id=main) | Q(duplicate_of=main))
        children = list(ReportedChild.objects.filter(report__in=together).select_related("case"))
        made = Reporter.objects.filter(report__in=together, person__isnull=False).values_list(
            "person_id", flat=True
        )
        persons = {one.person_id for one in children if one.person_id is not None} | set(made)
        unknown = [one for one in children if one.case_id is None]
        told = [_by_number(one.number_told, foundation.now()) for one in unknown if one.number_told]
        persons |= {one.id for one in told if one is not None}
        if any(people.get_person(one, OWN_HAND).is_protected for one in persons):
            return "protected"
        if any(one.case is not None and one.case.restricted for one in children) or any(
            map(_has_closed_file, persons)
        ):
            return "file"
        return "unknown" if unknown else ""


def _found(person_id: UUID, by: foundation.Actor) -> people.Person:
    """The person whom the reception found by name or number; a protected one only for whoever may read her."""
    if people.may_read_person(by, person_id):
        return people.get_person(person_id, by)
    person = people.get_person(person_id, OWN_HAND)
    if person.is_protected:
        raise people.PersonNotFound
    return person


def _file_of(person_id: UUID, report: Report, *, at: datetime) -> casework.Case:
    """The child's one file: open, opened again, or new with the unit that keeps the files."""
    held = casework.Case.objects.filter(person_id=person_id, kind=KIND).order_by("-opened_at")
    known = held.filter(state="open").first() or held.first()
    if known is None:
        return casework.open_case(
            kind=KIND, person_id=person_id, unit_id=report.day_unit_id, parties=[(person_id, "child")],
            by=OWN_HAND, at=at,
        )  # fmt: skip
    if known.state == "closed":
        return casework.reopen_case(
            case_id=known.id, because="child_protection.report_came", by=OWN_HAND, at=at
        )
    return known


def _has_closed_file(person_id: UUID) -> bool:
    with foundation.acting(OWN_HAND):
        return casework.Case.objects.filter(person_id=person_id, kind=KIND, restricted=True).exists()


def _leave_file(child: ReportedChild, case_id: UUID, *, at: datetime) -> None:
    lapse_clocks(child, at=at)
    told = "child_protection.note.report_not_about"
    file_notes.write(case_id, told, child.report, hand=None, at=at, day=_day(child.report))


def _who_is_named(report: Report, by: foundation.Actor) -> list[UUID]:
    named = [by.account_id] if by.is_staff and by.account_id else []
    for unit_id in units_of(report):
        named += who_see_protected(unit_id)
    return list(dict.fromkeys(named))


def _by_number(told: str, at: datetime) -> people.Person | None:
    try:
        number = people.parse_identity_number(told, today=foundation.day_of(at)).digits12
    except people.NotAnIdentityNumber:
        return None
    with foundation.acting(OWN_HAND):
        held = people.IdentityNumber.objects.filter(number=number, withdrawn_at__isnull=True).first()
        return people.get_person(held.person_id, OWN_HAND) if held is not None else None


def _same_name(child: ReportedChild, person: people.Person) -> bool:
    told = {_folded(part) for part in child.name_told.replace("-", " ").split()}
    known = {_folded(part) for part in person.name.replace("-", " ").split()}
    return bool(told & known)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _day(report: Report) -> str:
    return foundation.day_of(report.received_at).isoformat()
