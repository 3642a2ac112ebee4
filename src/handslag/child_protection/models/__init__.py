"""The rows of child protection."""

from handslag.child_protection.models.assessments import (
    Feedback,
    PreliminaryAssessment,
    PreliminaryExtension,
    PreliminaryProposal,
    ProtectionAssessment,
    RepeatAnswer,
)
from handslag.child_protection.models.investigations import (
    AreaText,
    ExtensionProposal,
    FollowUp,
    Investigation,
    ObtainedData,
    PlanStep,
    PlanStepChange,
    Statement,
    Talk,
    TalkDraft,
)
from handslag.child_protection.models.measures import Measure, MeasureStep
from handslag.child_protection.models.reception import (
    Bias,
    Professional,
    ReceptionUnit,
)
from handslag.child_protection.models.reports import (
    Report,
    ReportAttachment,
    ReportAttachmentContent,
    ReportedChild,
    Reporter,
    ReporterOfFile,
)
from handslag.child_protection.models.telling_words import TellingWords

__all__ = [
    "AreaText",
    "Bias",
    "ExtensionProposal",
    "Feedback",
    "FollowUp",
    "Investigation",
    "Measure",
    "MeasureStep",
    "ObtainedData",
    "PlanStep",
    "PlanStepChange",
    "PreliminaryAssessment",
    "PreliminaryExtension",
    "PreliminaryProposal",
    "Professional",
    "ProtectionAssessment",
    "ReceptionUnit",
    "RepeatAnswer",
    "Report",
    "ReportAttachment",
    "ReportAttachmentContent",
    "ReportedChild",
    "Reporter",
    "ReporterOfFile",
    "Statement",
    "Talk",
    "TalkDraft",
    "TellingWords",
]
