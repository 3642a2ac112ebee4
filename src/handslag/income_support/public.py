"""The front door of income support: everything that the contexts above may use."""

from handslag.income_support.checks import checks_on
from handslag.income_support.errors import (
    AlreadyApplied,
    AnswersIncomplete,
    DraftChangedElsewhere,
    DraftGone,
    MoveNotPermitted,
    NoSuchApplication,
    NotTheCoApplicant,
    PersonCalls,
    UnknownPartner,
)
from handslag.income_support.errors_assessment import (
    AlreadyDecided,
    AssessmentChangedElsewhere,
    AssessmentIsFinal,
    FactsCannotBeAssessed,
    NoSuchAssessment,
    NothingToGrant,
    NotWhollyFavourable,
    NotYourAssessment,
    ReasonMissing,
)
from handslag.income_support.errors_payments import (
    AlreadyOrdered,
    BadBankReport,
    BadPayeeAccount,
    FileDoesNotAgree,
    FileIsNotOpen,
    NoBank,
    NoPayee,
    NothingToPay,
    PaymentNotFound,
    PaymentsDoNotFit,
    SamePerson,
)
from handslag.income_support.letter.compose import drafted_letter
from handslag.income_support.letter.content import LetterContent, Sender
from handslag.income_support.letter.pdf import make_pdf
from handslag.income_support.letter.sender import use_sender
from handslag.income_support.models import (
    ActivityTrial,
    Application,
    ApplicationDraft,
    ApplicationKind,
    ApplicationState,
    Assessment,
    AssessmentChange,
    Attachment,
    AutomationRule,
    AutomationState,
    CoApplicantSignature,
    DraftAttachment,
    LocalRuleSet,
    MunicipalitySettings,
    RegisterAnswer,
    RegisterFigure,
    RuleConfirmation,
    SampleReview,
    Section,
    SectionApproval,
    TakenDownWay,
    Warning,
)
from handslag.income_support.models.payments import (
    BankReportImport,
    OrderState,
    Payee,
    PayeeKind,
    PaymentFile,
    PaymentOrder,
    PrintQueueItem,
)
from handslag.income_support.operations.applications import (
    attach,
    decline_as_co_applicant,
    hand_to_worker,
    sign_as_co_applicant,
    submit_application,
    withdraw_application,
)
from handslag.income_support.operations.assessments import (
    approve_section,
    change_line,
    make_assessment,
    open_assessment,
    refresh_assessment,
    withdraw_change,
)
from handslag.income_support.operations.automation import (
    enter_automation_rule,
    review_sample,
    try_activity_requirement,
    turn_automation,
)
from handslag.income_support.operations.decisions import give_emergency_aid, grant, grant_partly, refuse
from handslag.income_support.operations.drafts import (
    ask_to_be_called,
    attach_to_draft,
    discard_draft,
    own_steps,
    remove_from_draft,
    save_draft_step,
    start_draft,
)
from handslag.income_support.operations.letters import make_letter, mark_printed
from handslag.income_support.operations.payees import Share, account_of, add_payee
from handslag.income_support.operations.payment_files import (
    import_bank_report,
    make_payment_file,
    release_payment_file,
    withdraw_payment_file,
)
from handslag.income_support.operations.payments import (
    attest_limit_kr,
    attest_payment,
    order_payments,
    retry_payment,
    stop_payment,
)
from handslag.income_support.operations.registers import handle_warning
from handslag.income_support.operations.rules import (
    cells_in,
    confirm_cell,
    enter_local_rules,
    enter_settings,
    local_rules_for,
    parameters_for,
    rules_of,
    settings_for,
)
from handslag.income_support.operations.taking_down import (
    kind_for,
    open_case_by_hand,
    take_down_application,
)
from handslag.income_support.payment_states import PaymentMoveRefused
from handslag.income_support.ports import use as use_ports
from handslag.income_support.queries.applications import (
    ApplicationStatus,
    Lacking,
    Step,
    Today,
    WaitingTimes,
    applications_today,
    find_applications_of,
    find_figures_of,
    find_warnings_of,
    get_application,
    get_draft,
    my_applications,
    my_drafts,
    promised_on,
    status_of,
    waiting_times,
)
from handslag.income_support.queries.assessments import (
    LineSideBySide,
    SideBySide,
    assessment_of_decision,
    get_assessment,
    side_by_side,
)
from handslag.income_support.queries.automation import (
    activity_is_tried,
    agreement,
    conditions,
    find_samples,
    is_paused,
    latest_turn,
    rule_on,
    sample_of,
)
from handslag.income_support.queries.calculation import names_of, shown_assessment
from handslag.income_support.queries.circumstances import route_for
from handslag.income_support.queries.decision_preview import (
    DecisionPreview,
    preview_decision,
    preview_letter,
)
from handslag.income_support.queries.payments import (
    Waiting,
    download_payment_file,
    find_payees,
    find_payment_files,
    find_payments,
    find_print_queue,
    find_to_attest,
    letter_of,
    waiting_payments,
)
from handslag.income_support.queries.prefill import Prefill, prefill_for
from handslag.income_support.questions import (
    KINDS,
    STEP_WORDS,
    Question,
    StepWords,
    choice_words,
    questions_of,
)
from handslag.income_support.replay import replay, replay_all
from handslag.income_support.rules.agreement import Agreement
from handslag.income_support.rules.answered import ApplicationAnswers, read_answers
from handslag.income_support.rules.application_answers import Problem, check_answers, check_step
from handslag.income_support.rules.application_form import CARRIED_OVER, FLOWS, STEPS, Field, steps_of
from handslag.income_support.rules.parameters import SETTING_CHOICES
from handslag.income_support.rules.payee_account import masked_account, shown_account
from handslag.income_support.shown_calculation import (
    CalculationDoesNotAddUp,
    ShownCalculation,
    ShownGroup,
    ShownLine,
    ShownSum,
    show_calculation,
)
from handslag.income_support.told import tell_warning

__all__ = [
    "CARRIED_OVER", "FLOWS", "KINDS", "SETTING_CHOICES", "STEPS", "STEP_WORDS", "ActivityTrial",
    "Agreement", "AlreadyApplied", "AlreadyDecided", "AlreadyOrdered", "AnswersIncomplete", "Application",
    "ApplicationAnswers", "ApplicationDraft", "ApplicationKind", "ApplicationState", "ApplicationStatus", "Assessment",
    "AssessmentChange", "AssessmentChangedElsewhere", "AssessmentIsFinal", "Attachment", "AutomationRule",
    "AutomationState", "BadBankReport", "BadPayeeAccount", "BankReportImport", "CalculationDoesNotAddUp",
    "CoApplicantSignature", "DecisionPreview", "DraftAttachment", "DraftChangedElsewhere", "DraftGone",
    "FactsCannotBeAssessed", "Field", "FileDoesNotAgree", "FileIsNotOpen", "Lacking", "LetterContent",
    "LineSideBySide", "LocalRuleSet", "MoveNotPermitted", "MunicipalitySettings", "NoBank", "NoPayee",
    "NoSuchApplication", "NoSuchAssessment", "NotTheCoApplicant", "NotWhollyFavourable",
    "NotYourAssessment", "NothingToGrant", "NothingToPay", "OrderState", "Payee", "PayeeKind",
    "PaymentFile", "PaymentMoveRefused", "PaymentNotFound", "PaymentOrder", "PaymentsDoNotFit",
    "PersonCalls", "Prefill", "PrintQueueItem", "Problem", "Question", "ReasonMissing", "RegisterAnswer",
    "RegisterFigure", "RuleConfirmation", "SamePerson", "SampleReview", "Section", "SectionApproval",
    "Sender", "Share", "ShownCalculation", "ShownGroup", "ShownLine", "ShownSum", "SideBySide", "Step",
    "StepWords", "TakenDownWay", "Today", "UnknownPartner", "Waiting", "WaitingTimes", "Warning",
    "account_of", "activity_is_tried", "add_payee", "agreement", "applications_today", "approve_section",
    "ask_to_be_called", "assessment_of_decision", "attach", "attach_to_draft", "attest_limit_kr",
    "attest_payment", "cells_in", "change_line", "check_answers", "check_step", "checks_on",
    "choice_words", "conditions", "confirm_cell", "decline_as_co_applicant", "discard_draft",
    "download_payment_file", "drafted_letter", "enter_automation_rule", "enter_local_rules",
    "enter_settings", "find_applications_of", "find_figures_of", "find_payees", "find_payment_files",
    "find_payments", "find_print_queue", "find_samples", "find_to_attest", "find_warnings_of",
    "get_application", "get_assessment", "get_draft", "give_emergency_aid", "grant", "grant_partly",
    "hand_to_worker", "handle_warning", "import_bank_report", "is_paused", "kind_for", "latest_turn",
    "letter_of", "local_rules_for", "make_assessment", "make_letter", "make_payment_file", "make_pdf",
    "mark_printed", "masked_account", "my_applications", "my_drafts", "names_of", "open_assessment",
    "open_case_by_hand", "order_payments", "own_steps", "parameters_for", "prefill_for",
    "preview_decision", "preview_letter", "promised_on", "questions_of", "read_answers",
    "refresh_assessment", "refuse", "release_payment_file", "remove_from_draft", "replay", "replay_all",
    "retry_payment", "review_sample", "route_for", "rule_on", "rules_of", "sample_of", "save_draft_step",
    "settings_for", "show_calculation", "shown_account", "shown_assessment", "side_by_side",
    "sign_as_co_applicant", "start_draft", "status_of", "steps_of", "stop_payment", "submit_application",
    "take_down_application", "tell_warning", "try_activity_requirement", "turn_automation", "use_ports",
    "use_sender", "waiting_payments", "waiting_times", "withdraw_application", "withdraw_change",
    "withdraw_payment_file",
]  # fmt: skip
