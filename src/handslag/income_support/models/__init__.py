"""The rows of income support."""

from handslag.income_support.models.applications import (
    Application,
    ApplicationDraft,
    ApplicationKind,
    ApplicationState,
    Attachment,
    CoApplicantSignature,
    TakenDownWay,
)
from handslag.income_support.models.assessments import Assessment, AssessmentChange, Section, SectionApproval
from handslag.income_support.models.automation import (
    ActivityTrial,
    AutomationRule,
    AutomationState,
    SampleReview,
    SampleState,
)
from handslag.income_support.models.bookkeeping import KeptPayment
from handslag.income_support.models.draft_attachments import DraftAttachment
from handslag.income_support.models.payments import (
    BankReportImport,
    FileState,
    OrderState,
    Payee,
    PayeeKind,
    PaymentFile,
    PaymentFileContent,
    PaymentOrder,
)
from handslag.income_support.models.registers import (
    RegisterAnswer,
    RegisterFigure,
    RegisterState,
    Warning,
    WarningState,
)
from handslag.income_support.models.rules import (
    LocalRuleSet,
    LocalRulesReview,
    MunicipalitySettings,
    ReviewOutcome,
    RuleConfirmation,
    RuleSnapshot,
    UnusualCostLimits,
    UnusualCostReview,
)

__all__ = [
    "ActivityTrial",
    "Application",
    "ApplicationDraft",
    "ApplicationKind",
    "ApplicationState",
    "Assessment",
    "AssessmentChange",
    "Attachment",
    "AutomationRule",
    "AutomationState",
    "BankReportImport",
    "CoApplicantSignature",
    "DraftAttachment",
    "FileState",
    "KeptPayment",
    "LocalRuleSet",
    "LocalRulesReview",
    "MunicipalitySettings",
    "OrderState",
    "Payee",
    "PayeeKind",
    "PaymentFile",
    "PaymentFileContent",
    "PaymentOrder",
    "RegisterAnswer",
    "RegisterFigure",
    "RegisterState",
    "ReviewOutcome",
    "RuleConfirmation",
    "RuleSnapshot",
    "SampleReview",
    "SampleState",
    "Section",
    "SectionApproval",
    "TakenDownWay",
    "UnusualCostLimits",
    "UnusualCostReview",
    "Warning",
    "WarningState",
]  # fmt: skip
