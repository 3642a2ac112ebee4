"""The processes of adults' cases: addiction, violence in close relations, debt counselling, and care under LVM.

An application and a report are two processes of a kind: an application is owed a decision, a report an assessment. The
steps that are not optional are also what a closing asks for (`closing.py`). Debt counselling is advice: there a decision is
a step on the way only where the municipality decides such applications. The steps of care follow `rules/care_steps.py`,
whose clocks they carry.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.adult_support import events as _declared  # noqa: F401 - the steps name its events
from handslag.adult_support.kinds import ADDICTION, DEBT, VIOLENCE
from handslag.adult_support.models import CameAs
from handslag.adult_support.rules.care_steps import STEPS
from handslag.adult_support.said import STEP_NAMES
from handslag.casework import public as casework

Step = casework.Step
WORKER, COMMITTEE, COURT = "case_worker", "committee", "court"
_CARE_EVENT = "adult_support.care_step_recorded"
_WITH_THE_PERSON = tuple(f"casework.note_signed[kind={kind}]" for kind in ("call", "meeting", "home_visit"))

_APPLIED, _REPORTED = ("adult_support.application_received",), ("adult_support.report_received",)


def _children(begun_by: tuple[str, ...]) -> casework.Step:
    marks = tuple(f"{kind}[children_seen={answer}]" for kind in begun_by for answer in ("yes", "no"))
    return Step(
        "children", _("It is settled whether children live with it"), WORKER, marks, law="SoL 19:1, 20:1",
        after=("received",), optional=True,
    )  # fmt: skip


def _others(title: Promise) -> casework.Step:
    contact = ("casework.note_signed[kind=contact]",)
    return Step("others", title, WORKER, contact, law="SoL 14:3", after=("received",), optional=True)


def _closed(after: str) -> casework.Step:
    return Step(
        "closed", _("The case is closed, with a reason of its kind"), WORKER, ("casework.case_closed",),
        law="SoL 14:3", after=(after,),
    )  # fmt: skip


def application_process(
    code: str, kind: str, title: Promise, law: str, *, others: Promise, spoken: Promise, written: Promise,
    begun_by: tuple[str, ...] = _APPLIED, decided: bool = True,
) -> casework.Process:  # fmt: skip
    """A kind of support that somebody asks for: the same steps for each, with its own words for whom is asked, what is
    talked of and written. Without `decided` a decision is no step that anything waits for."""
    note = ("casework.note_signed[kind=note]",)
    return casework.Process(
        code=code,
        title=title,
        kind=kind,
        law=law,
        about="matter_id",
        steps=(
            Step("received", _("An application comes in"), WORKER, begun_by, law="SoL 14:2"),
            _children(begun_by),
            _others(others),
            Step("spoken", spoken, WORKER, _WITH_THE_PERSON, law="SoL 14:6", after=("received",)),
            Step(
                "heard", _("The person is told what the decision will rest on"), WORKER,
                ("casework.communicated", "casework.communication_waived"), law="FL 25", after=("spoken",), optional=True,
            ),
            Step("written", written, WORKER, note, law="SoL 14:3", after=("spoken",)),
            Step(
                "decided", _("The application is decided"), WORKER, ("adult_support.application_decided",),
                law="SoL 11:1, FL 31-32", clock="FL12" if decided else "", after=("written",), optional=not decided,
                confirmed=kind != DEBT,
            ),
            Step(
                "changed", _("A decision that turns out to be wrong is changed"), WORKER,
                ("adult_support.decision_changed",), law="FL 36-39", after=("decided",), optional=True, confirmed=False,
            ),
            Step(
                "told", _("The person gets the decision, with how to appeal"), WORKER, ("casework.decision_delivered",),
                law="FL 33", after=("decided",), optional=not decided,
            ),
            _closed("told" if decided else "written"),
        ),
    )  # fmt: skip


def report_process(
    code: str, kind: str, title: Promise, law: str, *, others: Promise, spoken: Promise
) -> casework.Process:
    """A report of concern for an adult. Support is applied for by the person, and an application has a case of its own."""
    return casework.Process(
        code=code,
        title=title,
        kind=kind,
        law=law,
        about="matter_id",
        steps=(
            Step("received", _("A report comes in"), WORKER, _REPORTED, law="SoL 14:2"),
            _children(_REPORTED),
            _others(others),
            Step("spoken", spoken, WORKER, _WITH_THE_PERSON, law="SoL 14:6", after=("received",), optional=True),
            Step(
                "assessed", _("The report is assessed: what is done, and why"), WORKER, ("adult_support.report_assessed",),
                law="SoL 14:2", after=("received",),
            ),
            _closed("assessed"),
        ),
    )  # fmt: skip


_HEALTH_CARE = _("Contact with health care or another authority")
_POLICE = _("Contact with the police, health care or a shelter")
_NEED = _("Talk with the person about the need and the wish")
_DANGER = _("Talk with the person about the violence and the danger now")
ADDICTION_SUPPORT = application_process(
    "addiction", ADDICTION, _("Support to an adult with an addiction"), "SoL 11, 14 kap.",
    others=_HEALTH_CARE, spoken=_NEED, written=_("What the person needs is assessed and written down"),
)  # fmt: skip
ADDICTION_REPORT = report_process(
    "addiction_report", ADDICTION, _("Report of concern for an adult with an addiction"), "SoL 14 kap.",
    others=_HEALTH_CARE, spoken=_NEED,
)  # fmt: skip
VIOLENCE_SUPPORT = application_process(
    "partner_violence", VIOLENCE, _("Support to an adult who has met violence in a close relation"), "SoL 11, 14 kap.",
    others=_POLICE, spoken=_DANGER,
    written=_("Danger, need of protection and need of support are assessed and written down"),
)  # fmt: skip
VIOLENCE_REPORT = report_process(
    "partner_violence_report", VIOLENCE, _("Report of violence in a close relation"), "SoL 14 kap.",
    others=_POLICE, spoken=_DANGER,
)  # fmt: skip
DEBT_COUNSELLING = application_process(
    "debt_counselling", DEBT, _("Budget and debt counselling"), "SoL 14 kap.",
    others=_("Contact with creditors or the Enforcement Authority"),
    spoken=_("Talk with the person about incomes, costs and debts"),
    written=_("The budget and the way out of the debts are written down"),
    begun_by=_APPLIED + _REPORTED, decided=settings.HANDSLAG_DEBT_COUNSELLING_DECIDES,
)  # fmt: skip


def _care(
    code: str, who: str, law: str, after: str = "", *, optional: bool = False, read: bool = True
) -> casework.Step:
    """A step of care: its name, its event and the clock that it meets are those of the care steps."""
    met = STEPS[code].meets
    marks = (f"{_CARE_EVENT}[step={code}]",)
    return Step(
        code, STEP_NAMES[code], who, marks, law=law, clock=met[0] if met else "", after=(after,) if after else (),
        optional=optional, confirmed=read,
    )  # fmt: skip


LVM_CARE = casework.Process(
    code="lvm_care",
    title=_("Care under LVM, from an immediate taking into care to the end"),
    kind=ADDICTION,
    law="LVM (1988:870)",
    about="care_id",
    steps=(
        _care("immediate", COMMITTEE, "LVM 13", read=False),
        _care("submitted", COMMITTEE, "LVM 15", "immediate"),
        _care("revoked", COURT, "LVM 17", "submitted", optional=True),
        _care("confirmed", COURT, "LVM 17", "submitted"),
        _care("applied", COMMITTEE, "LVM 18", "confirmed"),
        _care("judgment_final", COURT, "LVM 12", "applied"),
        _care("begun", WORKER, "LVM 12", "judgment_final"),
        _care("ended", WORKER, "LVM 20", "begun"),
    ),
)
PROCESSES = {
    process.code: process
    for process in (
        ADDICTION_SUPPORT, ADDICTION_REPORT, VIOLENCE_SUPPORT, VIOLENCE_REPORT, DEBT_COUNSELLING, LVM_CARE,
    )
}  # fmt: skip


def process_for(kind: str, came_as: str) -> casework.Process | None:
    """The process of a case by its kind and how it came; a case that nothing was recorded of is followed as a report.

    None for a case of another context.
    """
    applied = came_as == CameAs.OWN or kind == DEBT
    return PROCESSES.get(kind if applied else f"{kind}_report")


def register() -> None:
    """Declare them."""
    for process in PROCESSES.values():
        casework.register_process(process)
