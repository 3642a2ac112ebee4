"""The rows of child protection."""

from handslag.child_protection.models.assessments import (
    Feedback,
    PreliminaryAssessment,
    ProtectionAssessment,
    RepeatAnswer,
)
from handslag.child_protection.models.reception import (
    Bias,
    ConcernDraft,
    ConcernDraftAttachment,
    ReceptionUnit,
)
from handslag.child_protection.models.reports import (
    Report,
    ReportAttachment,
    ReportAttachmentContent,
    ReportedChild,
    Reporter,
)

__all__ = [
    "Bias",
    "ConcernDraft",
    "ConcernDraftAttachment",
    "Feedback",
    "PreliminaryAssessment",
    "ProtectionAssessment",
    "ReceptionUnit",
    "RepeatAnswer",
    "Report",
    "ReportAttachment",
    "ReportAttachmentContent",
    "ReportedChild",
    "Reporter",
]
