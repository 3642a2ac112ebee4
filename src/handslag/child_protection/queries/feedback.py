"""Whether a reporter is told what came of the report, by when, and how their duty to report is known (SoL 19:1, 19:6)."""

from dataclasses import dataclass
from datetime import date

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


def reporter_standing(report: Report, reporter: Reporter | None) -> ReporterStanding:
    """How it stands with a reporter whom the reader of the report has been shown; nothing for one who is not under duty."""
    if reporter is None or not reporter.under_duty:
        return ReporterStanding()
    main = report.duplicate_of_id or report.id
    with foundation.acting(OWN_HAND):
        decided = PreliminaryAssessment.objects.filter(child__report_id=main).exists()
        owed = casework.LegalClock.objects.filter(
            rule="AATERK", about=reporter.id, closed_on__isnull=True
        ).first()
        return ReporterStanding(
            may_be_told=decided,
            owed=owed is not None,
            last_day=owed.last_day if owed is not None else None,
            employer=_employer(report, reporter),
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
