"""Years of concern for children: reports, what was assessed and decided, investigations, and the clocks of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from django.db import connections, models

from handslag.casework.appeals import appeal_for
from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.events import CaseOpened
from handslag.casework.models import Assignment, Case, CaseParty, CaseSeries, Decision, LegalClock
from handslag.casework.rules.calendar import add_months
from handslag.child_protection import investigation_events as inquiry
from handslag.child_protection import report_events as reception
from handslag.child_protection.models import (
    Investigation,
    PreliminaryAssessment,
    ProtectionAssessment,
    RepeatAnswer,
    Report,
    ReportedChild,
    Reporter,
)
from handslag.child_protection.states import urgency_of
from handslag.demo.cast import Cast
from handslag.demo.children_notes import add_notes, count_notes
from handslag.demo.children_plan import (
    STOCKHOLM,
    PlannedConcern,
    PlannedInvestigation,
    PlannedReport,
    age_on,
    plan_reports,
)
from handslag.demo.children_truth import count_truth
from handslag.demo.children_words import PRIVATE, seen, titles
from handslag.demo.copying import EVENT_COLUMNS, Copier, event_row
from handslag.demo.population import DEFAULT_DAY, HouseholdOfDemo, Resident, generate_population
from handslag.demo.who import CHILDREN
from handslag.foundation import public as foundation
from handslag.people.models import PersonGrant

NEW_LAW = date(2025, 7, 1)
MUNICIPALITY = "9999"
# What other rows point at comes first, and what the database asks for before a decision.
FIRST: tuple[type[models.Model], ...] = (
    PersonGrant, Case, CaseParty, Assignment, Report, Reporter, ReportedChild, Investigation, ProtectionAssessment,
    RepeatAnswer, PreliminaryAssessment,
)  # fmt: skip


@dataclass
class _File:
    """A child's file while it is written."""

    case: Case
    worker: UUID
    born: date
    busy_until: date | None = None
    is_busy: bool = False
    due: list[tuple[date, str]] = field(default_factory=list)
    investigations: list[tuple[PlannedInvestigation, UUID]] = field(default_factory=list)
    guardians_joined: bool = False


@dataclass
class _Book:
    """What the history has come to so far."""

    unit: UUID
    workers: list[UUID]
    reception: UUID
    manager: UUID
    guardians: dict[UUID, list[UUID]]
    copier: Copier
    draw: Random
    today: date
    numbers: Counter[tuple[str, int]] = field(default_factory=Counter)
    files: dict[UUID, _File] = field(default_factory=dict)


def copy_children(
    cast: Cast, *, size: int, years: int, seed: int, people: Iterable[HouseholdOfDemo] | None = None
) -> dict[str, int]:
    """Copy the reports of `years` whole years and this one up to this hour, with what came of them.

    Gives the truth that they hold. `people` are the inhabitants, if they are made already.
    """
    now = foundation.now()
    households = list(people or generate_population(size=size, seed=seed, day=DEFAULT_DAY))
    planned = list(plan_reports(households, size=size, years=years, seed=seed, now=now))
    guardians: dict[UUID, list[UUID]] = {}
    for household in households:
        for kin in household.kinships:
            if kin.kind == "guardian":
                guardians.setdefault(kin.other_id, []).append(kin.person_id)
    copy_reports(cast, planned, guardians=guardians, draw=Random(seed + 17))
    concerns = [one for report in planned for one in report.concerns]
    led_to = [one.investigation for one in concerns if one.investigation]
    notes = count_notes(len({one.child.id for one in concerns}), led_to)
    return {**count_truth(planned, today=foundation.day_of(now)), "notes": notes}


def copy_reports(
    cast: Cast, planned: list[PlannedReport], *, guardians: dict[UUID, list[UUID]], draw: Random
) -> None:
    """Copy these reports, oldest first, into an empty reception."""
    accounts = {name: actor.account_id for name, actor in cast.actors.items() if actor.account_id}
    book = _Book(
        unit=cast.units[CHILDREN], workers=[accounts["david"], accounts["sam"]], reception=accounts["maja"],
        manager=accounts["eva"], guardians=guardians, copier=Copier(), draw=draw, today=foundation.today(),
    )  # fmt: skip
    with foundation.acting(foundation.system("demo")):
        book.numbers.update({(row.prefix, row.year): row.last for row in CaseSeries.objects.all()})
    book.copier.table("foundation_event", EVENT_COLUMNS)
    for model in FIRST:
        book.copier.model(model)
    for report in planned:
        _report(book, report)
    for file in book.files.values():
        _finish(book, file)
    book.copier.write()
    with connections["owner"].cursor() as cursor:
        for (prefix, year), last in sorted(book.numbers.items()):
            cursor.execute(
                "INSERT INTO casework_caseseries (id, prefix, year, last) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT (prefix, year) DO UPDATE SET last = EXCLUDED.last",
                [foundation.new_id(), prefix, year, last],
            )


def _report(book: _Book, planned: PlannedReport) -> None:
    day = planned.at.astimezone(STOCKHOLM).date()
    out_of_hours = day.weekday() >= 5 or not 8 <= planned.at.astimezone(STOCKHOLM).hour < 17
    profession = "" if planned.reporter in (*PRIVATE, "anonymous") else planned.reporter
    kind = "professional" if profession else "anonymous" if planned.reporter == "anonymous" else "private"
    ages = [age_on(one.child.born, day) for one in planned.concerns]
    called, works_at = PRIVATE.get(planned.reporter, ""), ""
    if profession:
        called, works_at = book.draw.choice(titles(profession, ages[0]))
    report = Report(
        number=_number(book, "OA", day.year), unit_id=book.unit, day_unit_id=book.unit, municipality=MUNICIPALITY,
        channel="web" if profession else book.draw.choice(("web", "phone")), received_at=planned.at,
        out_of_hours=out_of_hours, handed_over_at=planned.at + timedelta(hours=14) if out_of_hours else None,
        what_seen=seen(planned.concern, ages), danger_now=planned.danger, concern_codes=[planned.concern],
        state="received" if any(not one.outcome for one in planned.concerns) else "decided",
        taken_by_id=book.reception if planned.concerns[0].assessed_at else None,
        urgency=urgency_of(planned.danger, [planned.concern]),
    )  # fmt: skip
    if any(not one.outcome for one in planned.concerns):
        report.decide_by = load_clock_rules()["FORH"].last_day(day)
    if report.handed_over_at and report.handed_over_at > foundation.now():
        report.handed_over_at = planned.at
    report.receipt_hash = sha256(str(report.id).encode()).hexdigest()
    reporter = Reporter(
        report_id=report.id, kind=kind, profession=profession, under_duty=bool(profession),
        wants_protection=kind == "anonymous", name=called, employer=works_at,
    )  # fmt: skip
    book.copier.add_row(report)
    book.copier.add_row(reporter)
    received = reception.ReportReceived(
        report_id=report.id, unit_id=book.unit, channel=report.channel, children=len(planned.concerns),
        danger_now=planned.danger, out_of_hours=out_of_hours, concern_codes=(planned.concern,), reporter_kind=kind,
        profession=profession,
    )  # fmt: skip
    book.copier.add("foundation_event", event_row(received, planned.at))
    for concern in planned.concerns:
        _child(book, planned, report, concern, day)


def _child(book: _Book, planned: PlannedReport, report: Report, concern: PlannedConcern, day: date) -> None:
    person_id = concern.child.id
    file = book.files.get(person_id) or _open_file(book, concern.child, planned.at)
    child = ReportedChild(
        report_id=report.id, given_name=concern.child.given_name, family_name=concern.child.family_name,
        born=concern.child.born, person_id=person_id, case_id=file.case.id, identified_at=planned.at,
        repeat_number=concern.number, repeat_warned=concern.is_repeat, added_at=planned.at,
    )  # fmt: skip
    joined = concern.outcome == "already_open"
    child.due_on = None if joined else load_clock_rules()["FORH"].last_day(day)
    book.copier.add_row(child)
    known = reception.ChildIdentified(
        report_id=report.id, reported_child_id=child.id, case_id=file.case.id, person_id=person_id,
        unit_id=book.unit, was_person_id=None,
    )  # fmt: skip
    book.copier.add("foundation_event", event_row(known, planned.at))
    _assessed(book, planned, report, concern, child, file, day)
    if not joined:
        _clock(book, file, "FORH", child.id, day, closed_on=concern.decided_on)
    if concern.decided_on is None:
        file.is_busy = True
        return
    file.busy_until = max(file.busy_until or concern.decided_on, concern.decided_on)
    investigation_id = None
    if concern.investigation is not None:
        investigation_id = _investigate(book, file, concern.investigation, child)
    elif joined and file.investigations:
        investigation_id = file.investigations[-1][1]
    decided_at = _at(book, concern.decided_on, after=concern.assessed_at)
    if concern.is_repeat and concern.outcome == "not_open":
        book.copier.add_row(
            RepeatAnswer(
                child_id=child.id, reason="Familjen har redan stöd och vill ha det.", answered_by_id=file.worker,
                answered_at=decided_at,
            )
        )  # fmt: skip
    book.copier.add_row(
        PreliminaryAssessment(
            child_id=child.id, outcome=concern.outcome, violence=planned.violence, reason=_reason(concern.outcome),
            decided_by_id=file.worker, decided_at=decided_at, investigation_id=investigation_id,
        )
    )  # fmt: skip
    decided = reception.PreliminaryDecided(
        report_id=report.id, reported_child_id=child.id, case_id=file.case.id, person_id=person_id,
        unit_id=book.unit, outcome=concern.outcome, violence=planned.violence,
        days=(concern.decided_on - day).days, investigation_id=investigation_id,
    )  # fmt: skip
    book.copier.add("foundation_event", event_row(decided, decided_at))


def _assessed(
    book: _Book, planned: PlannedReport, report: Report, concern: PlannedConcern, child: ReportedChild, file: _File, day: date
) -> None:  # fmt: skip
    assessed_on = concern.assessed_at.astimezone(STOCKHOLM).date() if concern.assessed_at else None
    _clock(book, file, "PROT", child.id, day, closed_on=assessed_on)
    if concern.assessed_at is None:
        return
    book.copier.add_row(
        ProtectionAssessment(
            child_id=child.id, danger=planned.danger, assessed_by_id=book.reception, assessed_at=concern.assessed_at,
            ground="Barnet är i fara i kväll." if planned.danger else "Inget talar för fara just nu.",
            done_tonight="Polisen tillkallad, barnet hos mormor." if planned.danger else "",
            countersigned_by_id=book.manager if planned.danger else None,
            countersigned_at=concern.assessed_at if planned.danger else None,
        )
    )  # fmt: skip
    told = reception.ProtectionAssessed(
        report_id=report.id, reported_child_id=child.id, case_id=file.case.id, person_id=child.person_id,
        unit_id=book.unit, danger=planned.danger,
        hours=int((concern.assessed_at - planned.at).total_seconds() // 3600),
    )  # fmt: skip
    book.copier.add("foundation_event", event_row(told, concern.assessed_at))


def _investigate(book: _Book, file: _File, one: PlannedInvestigation, child: ReportedChild) -> UUID:
    earlier = [
        (each, id_)
        for each, id_ in file.investigations
        if each.question == one.question
        and each.closed_on
        and add_months(each.closed_on, 12) >= one.opened_on
    ]
    before = sum((each.closed_on - each.opened_on).days for each, _ in earlier if each.closed_on)
    opened_at = _at(book, one.opened_on)
    row = Investigation(
        case_id=file.case.id, child_id=file.case.person_id, reported_child_id=child.id, questions=[one.question],
        violence=one.question == "violence", path="ordinary" if one.question == "violence" and one.path == "simplified" else one.path,
        path_reason="Enligt förhandsbedömningen.", opened_on=one.opened_on, opened_at=opened_at,
        opened_by_id=file.worker, continues_id=earlier[-1][1] if earlier else None, days_before=before,
        informed_at=opened_at, informed_whom="Vårdnadshavarna", informed_on=one.opened_on, informed_how="phone",
        state="closed" if one.closed_on else "open", extended_until=one.extended_until,
        closed_on=one.closed_on, closed_at=_at(book, one.closed_on) if one.closed_on else None, outcome=one.outcome,
        closing_ground="" if one.outcome in ("", "with_intervention") else "Behovet är tillgodosett.",
        proposed_intervention="Stöd i hemmet" if one.outcome == "with_intervention" else "",
        accepted=one.outcome == "with_intervention",
    )  # fmt: skip
    book.copier.add_row(row)
    file.investigations.append((one, row.id))
    _decision(book, file, row.id, "child_protection.open", "SoL 14:2", "open", opened_at)
    _clock(book, file, "UTR", row.id, one.opened_on, closed_on=one.closed_on, extended=one.extended_until)
    opened = inquiry.InvestigationOpened(
        case_id=file.case.id, person_id=row.child_id, unit_id=book.unit, investigation_id=row.id,
        reported_child_id=child.id, questions=(one.question,), path=row.path, violence=row.violence,
    )  # fmt: skip
    book.copier.add("foundation_event", event_row(opened, opened_at))
    if earlier:
        restarted = inquiry.InvestigationRestarted(
            case_id=file.case.id, person_id=row.child_id, unit_id=book.unit, investigation_id=row.id,
            earlier_id=earlier[-1][1], days_used=before,
        )  # fmt: skip
        book.copier.add("foundation_event", event_row(restarted, opened_at))
    if one.extended_on and one.extended_until:
        extended_at = _at(book, one.extended_on)
        longer = one.extended_until.isoformat()
        _decision(
            book, file, row.id, "child_protection.extend", "SoL 20:3", "extend", extended_at, until=longer
        )
        extended = inquiry.InvestigationExtended(
            case_id=file.case.id, investigation_id=row.id, until=one.extended_until
        )
        book.copier.add("foundation_event", event_row(extended, extended_at))
    _join_guardians(book, file, opened_at)
    if one.closed_on is None:
        file.is_busy = True
        return row.id
    file.busy_until = max(file.busy_until or one.closed_on, one.closed_on)
    closed_at = _at(book, one.closed_on)
    _decision(book, file, row.id, "child_protection.close", "SoL 14:2", one.outcome, closed_at)
    closed = inquiry.InvestigationClosed(
        case_id=file.case.id, person_id=row.child_id, unit_id=book.unit, investigation_id=row.id, outcome=one.outcome,
        accepted=row.accepted, days_used=before + (one.closed_on - one.opened_on).days,
    )  # fmt: skip
    book.copier.add("foundation_event", event_row(closed, closed_at))
    return row.id


def _clock(
    book: _Book, file: _File, rule: str, about: UUID, starts: date, *, closed_on: date | None,
    extended: date | None = None,
) -> None:  # fmt: skip
    """A clock as it stands today: met or late, running or broken."""
    limit = load_clock_rules()[rule]
    last_day = extended or limit.last_day(starts)
    state = "extended" if extended else "running"
    if closed_on is not None:
        state = "met" if last_day is None or closed_on <= last_day else "late"
    elif last_day is not None and last_day < book.today:
        state = "breached"
    clock = LegalClock(
        case_id=file.case.id, rule=rule, about=about, starts_on=starts, last_day=last_day, state=state,
        closed_on=closed_on, soft=limit.soft, counts=not limit.window and limit.falls_on == "board",
        source=limit.in_force(starts).source, extended_because="Väntan på utlåtande" if extended else "",
    )  # fmt: skip
    book.copier.add_row(clock)
    if closed_on is None and clock.counts and last_day is not None:
        file.due.append((last_day, rule))


def _decision(
    book: _Book, file: _File, matter: UUID, type_: str, ground: str, words: str, at: datetime, **values: str
) -> None:
    """A decision of the investigation, as far as the law's way to challenge it is known on its day."""
    day = at.date()
    if day < NEW_LAW:
        return
    said = foundation.said(f"child_protection.decision.{words}", **values)
    book.copier.add_row(
        Decision(
            case_id=file.case.id, person_id=file.case.person_id, matter_id=matter, type=type_, outcome="decided",
            legal_ground=ground, reasons=[said, "Enligt utredningen."], decided_by_id=file.worker, decided_at=at,
            appeal=appeal_for(ground, day).code, delivered_at=at, delivered_by_way="my_page",
        )
    )  # fmt: skip


def _open_file(book: _Book, child: Resident, at: datetime) -> _File:
    person_id = child.id
    worker = book.draw.choice(book.workers)
    case = Case(
        number=_number(book, "BU", at.year), kind="child_protection", person_id=person_id, unit_id=book.unit,
        worker_id=worker, opened_at=at,
    )  # fmt: skip
    book.copier.add_row(
        PersonGrant(person_id=person_id, unit_id=book.unit, because="party", valid_from=at.date())
    )
    for guardian in book.guardians.get(person_id, ()):
        book.copier.add_row(
            PersonGrant(person_id=guardian, unit_id=book.unit, because="party", valid_from=at.date())
        )
    book.copier.add_row(
        CaseParty(case_id=case.id, person_id=person_id, role="child", has_insight=False, valid_from=at)
    )
    book.copier.add_row(Assignment(case_id=case.id, unit_id=book.unit, worker_id=worker, at=at))
    opened = CaseOpened(case_id=case.id, person_id=person_id, unit_id=book.unit, kind="child_protection")
    book.copier.add("foundation_event", event_row(opened, at))
    file = _File(case, worker, child.born)
    book.files[person_id] = file
    return file


def _join_guardians(book: _Book, file: _File, at: datetime) -> None:
    if file.guardians_joined:
        return
    file.guardians_joined = True
    for guardian in book.guardians.get(file.case.person_id, ()):
        insight = CaseParty.insight_of("guardian")
        book.copier.add_row(
            CaseParty(
                case_id=file.case.id, person_id=guardian, role="guardian", has_insight=insight, valid_from=at
            )
        )


def _finish(book: _Book, file: _File) -> None:
    """A file in which nothing goes on is closed; the nearest clock stands on an open one."""
    if not file.is_busy and file.busy_until is not None and file.busy_until + timedelta(days=30) < book.today:
        file.case.state, file.case.closed_because = "closed", "other"
        file.case.closed_at = _at(book, file.busy_until + timedelta(days=14))
    elif file.due:
        file.case.due_on, file.case.due_rule = min(file.due)
    book.copier.add_row(file.case)
    led_to = [one for one, _ in file.investigations]
    add_notes(book.copier, file.case, led_to, born=file.born, now=foundation.now())


def _number(book: _Book, prefix: str, year: int) -> str:
    book.numbers[prefix, year] += 1
    return f"{prefix}-{year}-{book.numbers[prefix, year]:05d}"


def _at(book: _Book, day: date, *, after: datetime | None = None) -> datetime:
    """An instant in the office hours of a day, not before `after` and not later than now."""
    clock = time(book.draw.randint(8, 15), book.draw.randint(0, 59), tzinfo=STOCKHOLM)
    at = min(datetime.combine(day, clock), foundation.now())
    return max(at, after) if after else at


def _reason(outcome: str) -> str:
    return {
        "open": "Det som berättats kan leda till en åtgärd.",
        "not_open": "Behovet möts av skolan och familjen tackar nej till mer.",
        "already_open": "En utredning pågår redan.",
    }[outcome]
