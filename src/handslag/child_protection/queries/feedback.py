"""Whether a reporter is told what came of the report, by when, and how their duty to report is known (SoL 19:1, 19:6)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from handslag.casework import public as casework
from handslag.child_protection.models import PreliminaryAssessment, Professional, Report, Reporter
from handslag.child_protection.report_access import OWN_HAND
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class ReporterStanding:
    """`may_be_told`: under duty, and something is decided. `owed`: the time of the law runs; `last_day` is its last day,
    None where the law says at once. `employer`: that of our register, of one who logged in as a professional; empty
    where the duty is only what the reporter says."""

    may_be_told: bool = False
    owed: bool = False
    last_day: date | None = None
    employer: str = ""
    # What was decided for the children of the event, by codes of `PreliminaryOutcome`; also told in the main report only.
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwedFeedback:
    """A reporter who is to be told what was decided, of a report or of one that has joined it. `last_day` is None where the
    law says at once."""

    report: Report
    reporter: Reporter
    last_day: date | None


def owed_feedback(report: Report, actor: foundation.Actor) -> tuple[OwedFeedback, ...]:
    """Every reporter under duty of a report, and of those of the same event, to whom an answer is owed now, as far as the
    actor sees who they are; the nearest last day first (SoL 19:6)."""
    main = report.duplicate_of_id or report.id
    with foundation.acting(actor):
        made = Reporter.objects.filter(Q(report_id=main) | Q(report__duplicate_of_id=main), under_duty=True)
        reporters = {one.id: one for one in made.select_related("report")}
    with foundation.acting(OWN_HAND):
        clocks = casework.LegalClock.objects.filter(
            rule="AATERK", about__in=list(reporters), closed_on__isnull=True
        )
        days = dict(clocks.values_list("about", "last_day"))
    owed = [OwedFeedback(reporters[one].report, reporters[one], day) for one, day in days.items()]
    return tuple(sorted(owed, key=lambda one: (one.last_day or date.min, one.report.number)))


def reporter_standing(report: Report, reporter: Reporter | None) -> ReporterStanding:
    """How it stands with a reporter whom the reader of the report has been shown; nothing for one who is not under duty."""
    if reporter is None or not reporter.under_duty:
        return ReporterStanding()
    main = report.duplicate_of_id or report.id
    with foundation.acting(OWN_HAND):
        decided = PreliminaryAssessment.objects.filter(child__report_id=main).values_list(
            "outcome", flat=True
        )
        outcomes = tuple(sorted(set(decided)))
        owed = casework.LegalClock.objects.filter(
            rule="AATERK", about=reporter.id, closed_on__isnull=True
        ).first()
        return ReporterStanding(
            may_be_told=bool(outcomes),
            owed=owed is not None,
            last_day=owed.last_day if owed is not None else None,
            employer=_employer(report, reporter),
            outcomes=outcomes,
        )


def _employer(report: Report, reporter: Reporter) -> str:
    """Where they worked by our register when the report came; what was registered, or ended, otherwise tells nothing."""
    if reporter.account_id is not None:
        known = Professional.objects.filter(account_id=reporter.account_id)
    elif reporter.person_id is not None:
        known = Professional.objects.filter(account__person_id=reporter.person_id)
    else:
        return ""
    at = report.received_at
    row = known.filter(registered_at__lte=at).order_by("-registered_at").first()
    return row.employer if row is not None and (row.ended_at is None or row.ended_at > at) else ""
