"""The front door of adult support: everything that the contexts above may use."""

from handslag.adult_support.errors import NoSuchKind, NoSuchReason, NothingTold, StepRefused
from handslag.adult_support.events import CareStepRecorded, MatterClosed, MatterReceived
from handslag.adult_support.kinds import ADDICTION, DEBT, KINDS, VIOLENCE, closing_reasons
from handslag.adult_support.models import AdultMatter, CameAs, CareRecord, ChildrenSeen
from handslag.adult_support.operations.care import record_care_step
from handslag.adult_support.operations.matters import close_matter, receive_matter
from handslag.adult_support.queries import Care, care_of, matter_of
from handslag.adult_support.said import STEP_NAMES

__all__ = [
    "ADDICTION", "DEBT", "KINDS", "STEP_NAMES", "VIOLENCE", "AdultMatter", "CameAs", "Care", "CareRecord",
    "CareStepRecorded", "ChildrenSeen", "MatterClosed", "MatterReceived", "NoSuchKind", "NoSuchReason",
    "NothingTold", "StepRefused", "care_of", "close_matter", "closing_reasons", "matter_of", "receive_matter",
    "record_care_step",
]  # fmt: skip
