"""What happens to a report of concern. Events carry ids, codes, numbers and days, never names or texts."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from handslag.casework import public as casework
from handslag.foundation import public as foundation


def tell(happened: Any, *, by: foundation.Actor, at: datetime) -> None:
    """Record an event as `by`, also where the system's own hand writes the rows.

    An event in a file that the one who acts may not read (the on-call unit) is recorded as the reception's own, and
    `acted_id` says for whom: the log lets nobody name a case that they may not read. What a visitor or a resident does
    is the reception's own event always: here they do nothing but report, and who did stands with the reporter alone.
    """
    case_id = getattr(happened, "case_id", None)
    if not (by.is_staff or by.is_system) or (case_id is not None and not _reads(by, case_id)):
        if case_id is not None and by.is_staff:
            happened = replace(happened, acted_id=by.account_id)
        by = foundation.system("child_protection")
    with foundation.acting(by):
        foundation.record(happened, by=by, at=at)


def _reads(by: foundation.Actor, case_id: UUID) -> bool:
    if by.is_system:
        return True
    with foundation.acting(by):
        return casework.Case.objects.filter(id=case_id).exists()


@foundation.event("child_protection.report_received")
@dataclass(frozen=True)
class ReportReceived:
    """A report of concern came in. `reporter_kind` and `profession` are codes for the statistics."""

    report_id: UUID
    unit_id: UUID
    channel: str
    children: int
    danger_now: bool
    out_of_hours: bool
    concern_codes: tuple[str, ...]
    reporter_kind: str
    profession: str


@foundation.event("child_protection.report_handed_over")
@dataclass(frozen=True)
class ReportHandedOver:
    """A report went from the on-call unit to the day unit, with everything."""

    report_id: UUID
    unit_id: UUID
    from_unit_id: UUID


@foundation.event("child_protection.report_taken")
@dataclass(frozen=True)
class ReportTaken:
    """Somebody at the reception took a report on; without an account it was put back."""

    report_id: UUID
    unit_id: UUID
    taken_by_id: UUID | None


@foundation.event("child_protection.kept_report_given")
@dataclass(frozen=True)
class KeptReportGiven:
    """A report that one person keeps, closed because a child has no number, was given to a colleague of the reception,
    who keeps it now."""

    report_id: UUID
    unit_id: UUID
    from_account_id: UUID
    kept_by_id: UUID


@foundation.event("child_protection.report_merged")
@dataclass(frozen=True)
class ReportMerged:
    """A report was found to tell of the same event as an earlier one; both stand, each with its reporter."""

    report_id: UUID
    into_id: UUID
    unit_id: UUID


@foundation.event("child_protection.report_restricted")
@dataclass(frozen=True)
class ReportRestricted:
    """A report was closed to all but those named: a child in it is protected, or not known not to be. `kept_by_id`:
    who goes on with it meanwhile, where nothing but a child without a number closes it."""

    report_id: UUID
    unit_id: UUID
    kept_by_id: UUID | None = None


@foundation.event("child_protection.report_restriction_lifted")
@dataclass(frozen=True)
class ReportRestrictionLifted:
    """A closed report was opened again: with the child's file, or by a manager, who has given the reason in the report."""

    report_id: UUID
    unit_id: UUID


@foundation.event("child_protection.child_identified")
@dataclass(frozen=True)
class ChildIdentified:
    """It became known who a child of a report is; `case_id` is the child's file. `protection` is "assessed" when the need of
    protection was assessed before that, while the child had no file."""

    report_id: UUID
    reported_child_id: UUID
    case_id: UUID
    person_id: UUID
    unit_id: UUID
    was_person_id: UUID | None
    acted_id: UUID | None = None
    protection: str = ""


@foundation.event("child_protection.more_time_proposed")
@dataclass(frozen=True)
class MoreTimeProposed:
    """Who may not decide it asked for more time for the preliminary assessment of a child; nothing is decided."""

    report_id: UUID
    reported_child_id: UUID
    case_id: UUID
    person_id: UUID | None
    unit_id: UUID
    until: date
    acted_id: UUID | None = None


@foundation.event("child_protection.more_time_answered")
@dataclass(frozen=True)
class MoreTimeAnswered:
    """What became of a proposal for more time: `state` is decided, declined or lapsed."""

    report_id: UUID
    reported_child_id: UUID
    case_id: UUID | None
    person_id: UUID | None
    unit_id: UUID
    state: str
    acted_id: UUID | None = None


@foundation.event("child_protection.child_split")
@dataclass(frozen=True)
class ChildSplit:
    """A child of a report turned out to be two."""

    report_id: UUID
    reported_child_id: UUID
    new_reported_child_id: UUID
    unit_id: UUID


@foundation.event("child_protection.child_moved")
@dataclass(frozen=True)
class ChildMoved:
    """A child went from one report to another."""

    report_id: UUID
    from_report_id: UUID
    reported_child_id: UUID
    unit_id: UUID


@foundation.event("child_protection.repeat_raised")
@dataclass(frozen=True)
class RepeatRaised:
    """A child has been reported so often within the time of the setting, without an investigation."""

    report_id: UUID
    reported_child_id: UUID
    case_id: UUID
    person_id: UUID
    unit_id: UUID
    number: int
    acted_id: UUID | None = None


@foundation.event("child_protection.repeat_answered")
@dataclass(frozen=True)
class RepeatAnswered:
    """Somebody said why there has been no investigation."""

    report_id: UUID
    reported_child_id: UUID
    case_id: UUID
    person_id: UUID
    acted_id: UUID | None = None


@foundation.event("child_protection.protection_assessed")
@dataclass(frozen=True)
class ProtectionAssessed:
    """A child's need of protection was assessed; `hours` from the report, whole hours."""

    report_id: UUID
    reported_child_id: UUID
    case_id: UUID | None
    person_id: UUID | None
    unit_id: UUID
    danger: bool
    hours: int
    acted_id: UUID | None = None


@foundation.event("child_protection.protection_countersigned")
@dataclass(frozen=True)
class ProtectionCountersigned:
    """A manager read an assessment of danger and stands by it."""

    report_id: UUID
    reported_child_id: UUID
    case_id: UUID | None
    person_id: UUID | None
    unit_id: UUID
    acted_id: UUID | None = None


@foundation.event("child_protection.preliminary_decided")
@dataclass(frozen=True)
class PreliminaryDecided:
    """Whether an investigation is opened after a report; `days` from the report."""

    report_id: UUID
    reported_child_id: UUID
    case_id: UUID
    person_id: UUID
    unit_id: UUID
    outcome: str
    violence: bool
    days: int
    investigation_id: UUID | None
    acted_id: UUID | None = None


@foundation.event("child_protection.preliminary_extended")
@dataclass(frozen=True)
class PreliminaryExtended:
    """A preliminary assessment may take until a later day, by decision for exceptional reasons."""

    report_id: UUID
    reported_child_id: UUID
    case_id: UUID
    person_id: UUID | None
    unit_id: UUID
    until: date
    acted_id: UUID | None = None


@foundation.event("child_protection.feedback_given")
@dataclass(frozen=True)
class FeedbackGiven:
    """A reporter under duty was told what came of the report."""

    report_id: UUID
    case_id: UUID | None
    unit_id: UUID
    text_code: str
    way: str
    acted_id: UUID | None = None


@foundation.event("child_protection.bias_declared")
@dataclass(frozen=True)
class BiasDeclared:
    """A member of staff is close to somebody in a matter. It is not told here to whom."""

    bias_id: UUID
    biased_account_id: UUID
    kind: str


@foundation.event("child_protection.report_hidden")
@dataclass(frozen=True)
class ReportHidden:
    """A report is hidden from a member of staff who is biased. It is not told here to whom they are close."""

    report_id: UUID
    unit_id: UUID
    hidden_account_id: UUID


@foundation.event("child_protection.bias_ended")
@dataclass(frozen=True)
class BiasEnded:
    """A declared bias holds no more."""

    bias_id: UUID
    biased_account_id: UUID


@foundation.event("child_protection.reception_set")
@dataclass(frozen=True)
class ReceptionSet:
    """Which units receive a municipality's reports, and the office hours, were set."""

    municipality: str
    unit_id: UUID
    on_call_unit_id: UUID | None
    opens: str
    closes: str


@foundation.event("child_protection.professional_registered")
@dataclass(frozen=True)
class ProfessionalRegistered:
    """It was said in which work an account reports."""

    registered_account_id: UUID
    profession: str


@foundation.event("child_protection.telling_words_set")
@dataclass(frozen=True)
class TellingWordsSet:
    """The words of a group that may tell who reported were decided from a day on."""

    words_id: UUID
    code: str
    valid_from: date
    words: int
