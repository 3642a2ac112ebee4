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
from handslag.income_support.models import (
    Application,
    ApplicationDraft,
    ApplicationState,
    Attachment,
    CoApplicantSignature,
    DraftAttachment,
    RegisterAnswer,
    RegisterFigure,
    Warning,
)
from handslag.income_support.operations.applications import (
    attach,
    decline_as_co_applicant,
    hand_to_worker,
    sign_as_co_applicant,
    submit_application,
    withdraw_application,
)
from handslag.income_support.operations.drafts import (
    ask_to_be_called,
    attach_to_draft,
    discard_draft,
    own_steps,
    remove_from_draft,
    save_draft_step,
    start_draft,
)
from handslag.income_support.operations.registers import handle_warning
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
from handslag.income_support.queries.circumstances import route_for
from handslag.income_support.questions import (
    KINDS,
    STEP_WORDS,
    Question,
    StepWords,
    choice_words,
    questions_of,
)
from handslag.income_support.rules.answered import ApplicationAnswers, read_answers
from handslag.income_support.rules.application_answers import Problem, check_answers, check_step
from handslag.income_support.rules.application_form import CARRIED_OVER, FLOWS, STEPS, Field, steps_of
from handslag.income_support.told import tell_warning

__all__ = [
    "CARRIED_OVER", "FLOWS", "KINDS", "STEPS", "STEP_WORDS", "AlreadyApplied", "AnswersIncomplete", "Application",
    "ApplicationAnswers", "ApplicationDraft", "ApplicationState", "ApplicationStatus", "Attachment",
    "CoApplicantSignature", "DraftAttachment", "DraftChangedElsewhere", "DraftGone", "Field", "Lacking",
    "MoveNotPermitted", "NoSuchApplication", "NotTheCoApplicant", "PersonCalls", "Problem", "Question",
    "RegisterAnswer", "RegisterFigure", "Step", "StepWords", "Today", "UnknownPartner", "WaitingTimes", "Warning",
    "applications_today", "ask_to_be_called", "attach", "attach_to_draft", "check_answers", "check_step", "checks_on",
    "choice_words", "decline_as_co_applicant", "discard_draft", "find_applications_of", "find_figures_of",
    "find_warnings_of", "get_application", "get_draft", "hand_to_worker", "handle_warning", "my_applications",
    "my_drafts", "own_steps", "promised_on", "questions_of", "read_answers", "remove_from_draft", "route_for",
    "save_draft_step", "sign_as_co_applicant", "start_draft", "status_of", "steps_of", "submit_application", "tell_warning",
    "use_ports", "waiting_times", "withdraw_application",
]  # fmt: skip
