"""The front door of adult support: everything that the contexts above may use."""

from handslag.adult_support.closing import MISSING, missing_steps, reasons_left
from handslag.adult_support.decision_rules import Ground, grounds_of, is_decided, may_be_left_out
from handslag.adult_support.errors import (
    AlreadyAssessed,
    NoSuchGround,
    NoSuchKind,
    NoSuchOutcome,
    NoSuchReason,
    NotAnApplication,
    NotAReport,
    NotChangedHere,
    NotDecidedHere,
    NothingTold,
    StepRefused,
    WordsMissing,
)
from handslag.adult_support.events import (
    ApplicationDecided,
    ApplicationReceived,
    CareStepRecorded,
    DecisionChanged,
    MatterClosed,
    ReportAssessed,
    ReportReceived,
)
from handslag.adult_support.kinds import ADDICTION, DEBT, KINDS, VIOLENCE, closing_reasons
from handslag.adult_support.models import (
    AdultMatter,
    CameAs,
    CareRecord,
    ChildrenSeen,
    ClosedWithout,
    ReportAssessment,
    ReportOutcome,
)
from handslag.adult_support.operations.care import record_care_step
from handslag.adult_support.operations.changes import PlannedChange, change_decision, plan_change
from handslag.adult_support.operations.decisions import TYPES as DECISION_TYPES
from handslag.adult_support.operations.decisions import assess_report, decide_application, reasons_of
from handslag.adult_support.operations.matters import close_matter, receive_matter
from handslag.adult_support.processes import LVM_CARE, PROCESSES, application_process, process_for
from handslag.adult_support.queries import (
    Care,
    Handling,
    adults_balance,
    care_of,
    handling_of,
    matter_of,
    steps_of,
)
from handslag.adult_support.said import STEP_NAMES

__all__ = [
    "ADDICTION", "DEBT", "DECISION_TYPES", "KINDS", "LVM_CARE", "MISSING", "PROCESSES", "STEP_NAMES", "VIOLENCE",
    "AdultMatter", "AlreadyAssessed", "ApplicationDecided", "ApplicationReceived", "CameAs", "Care", "CareRecord", "CareStepRecorded",
    "ChildrenSeen", "ClosedWithout", "DecisionChanged", "Ground", "Handling", "MatterClosed", "NoSuchGround", "NoSuchKind",
    "NoSuchOutcome", "NoSuchReason", "NotAReport", "NotAnApplication", "NotChangedHere", "NotDecidedHere", "NothingTold", "PlannedChange", "ReportAssessed",
    "ReportAssessment", "ReportOutcome", "ReportReceived", "StepRefused", "WordsMissing", "adults_balance", "application_process", "assess_report", "care_of", "change_decision",
    "close_matter", "closing_reasons", "decide_application", "grounds_of", "handling_of", "is_decided", "matter_of",
    "may_be_left_out", "missing_steps", "plan_change", "process_for", "reasons_left", "reasons_of", "receive_matter", "record_care_step",
    "steps_of",
]  # fmt: skip
