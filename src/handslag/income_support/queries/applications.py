"""An application as the person follows it, and this week's waiting times on one and the same ground."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.income_support.errors import NoSuchApplication
from handslag.income_support.models import (
    Application,
    ApplicationDraft,
    CoApplicantSignature,
    RegisterFigure,
    Warning,
)
from handslag.income_support.tables import settings_on

WEEK_DAYS = 7
ENOUGH_DECISIONS = 5  # fewer say nothing about anybody's waiting, and might point at somebody


@dataclass(frozen=True)
class Step:
    """One line of the way of an application: a code with words, when it happened, and whether it is the present."""

    code: str
    at: datetime | None
    present: bool = False


@dataclass(frozen=True)
class Lacking:
    """Something that we wait for: a text or said sentence, the last day if there is one, what it belongs to."""

    said: dict[str, Any] | str
    due_on: date | None = None
    completion_id: UUID | None = None


@dataclass(frozen=True)
class ApplicationStatus:
    """What the person sees of an application. `promised_on` is a promise by this week's median, None when done.

    `case_number` is empty for a partner who has not signed, and so is no party of the case.
    """

    application: Application
    case_number: str
    steps: tuple[Step, ...]
    lacking: tuple[Lacking, ...]
    promised_on: date | None
    must_sign: bool
    may_withdraw: bool

    @property
    def is_late(self) -> bool:
        """Whether the promised day has passed without a decision; the person is then told why (FL 11)."""
        return self.promised_on is not None and self.promised_on < foundation.today()


@dataclass(frozen=True)
class WaitingTimes:
    """From complete application to decision, of those decided in the last seven days. Too few decisions: None."""

    kind: str
    decided: int
    median_hours: float | None
    p90_hours: float | None
    share_within_7_days: float | None
    share_automated: float | None
    since: datetime
    until: datetime

    @property
    def median_days(self) -> float | None:
        """The median in days of 24 hours, one decimal."""
        return None if self.median_hours is None else round(self.median_hours / 24, 1)

    @property
    def p90_days(self) -> float | None:
        """The 90th percentile in days of 24 hours, one decimal."""
        return None if self.p90_hours is None else round(self.p90_hours / 24, 1)


@dataclass(frozen=True)
class Today:
    """Counts of the Swedish day: received, decided, decided by the machine."""

    received: int
    decided: int
    automated: int


def my_drafts(actor: Actor) -> list[ApplicationDraft]:
    """The person's own drafts that are not sent and not too old, latest saved first."""
    if actor.person_id is None:
        return []
    with foundation.acting(actor):
        held = ApplicationDraft.objects.filter(person_id=actor.person_id, sent_at=None)
        return list(held.filter(expires_on__gt=foundation.today()).order_by("-saved_at"))


def sent_from(draft_id: UUID, actor: Actor) -> Application | None:
    """The application that the actor's own draft became when it was sent; None while it has not been."""
    if actor.person_id is None:
        return None
    return Application.objects.filter(draft_id=draft_id, applicant_id=actor.person_id).first()


def get_draft(draft_id: UUID, actor: Actor) -> ApplicationDraft | None:
    """The person's own draft, None when it is gone, sent or somebody else's."""
    if actor.person_id is None:
        return None
    with foundation.acting(actor):
        held = ApplicationDraft.objects.filter(id=draft_id, person_id=actor.person_id, sent_at=None)
        return held.filter(expires_on__gt=foundation.today()).first()


def my_applications(actor: Actor) -> list[Application]:
    """Those in which the person is applicant or partner, newest first."""
    with foundation.acting(actor):
        mine = Q(applicant_id=actor.person_id) | Q(co_applicant_id=actor.person_id)
        return list(Application.objects.filter(mine).order_by("-submitted_at", "-id"))


def get_application(application_id: UUID, actor: Actor) -> Application:
    """The application, within the actor's rights. Raises NoSuchApplication."""
    with foundation.acting(actor):
        found = Application.objects.filter(id=application_id).first()
        if found is None:
            raise NoSuchApplication
        return found


def find_applications_of(case_id: UUID, actor: Actor) -> list[Application]:
    """The applications of a case, newest first."""
    with foundation.acting(actor):
        rows = Application.objects.filter(case_id=case_id).select_related("taken_down_by")
        return list(rows.order_by("-submitted_at", "-id"))


def find_warnings_of(case_id: UUID, actor: Actor) -> list[Warning]:
    """The warnings of a case: open first, then the latest handled."""
    with foundation.acting(actor):
        rows = list(
            Warning.objects.filter(case_id=case_id).select_related("handled_by").order_by("-raised_at", "-id")
        )
        return sorted(rows, key=lambda row: row.state != "open")


def find_figures_of(application_id: UUID, actor: Actor) -> list[RegisterFigure]:
    """The register figures in force, each with its source and time. A resident sees their own alone."""
    with foundation.acting(actor):
        rows = RegisterFigure.objects.filter(
            application_id=application_id, answer__superseded_at__isnull=True
        )
        return list(rows.order_by("of", "agency", "-paid_on", "code"))


def status_of(application_id: UUID, actor: Actor) -> ApplicationStatus:
    """Where an application stands, in words for the person. Raises NoSuchApplication."""
    application = get_application(application_id, actor)
    with foundation.acting(actor):
        signature = CoApplicantSignature.objects.filter(application=application).first()
        lacking = _lacking(application, signature, actor)
        case = casework.Case.objects.filter(id=application.case_id).first()
    waits_for_me = (
        application.state == "awaiting_co_applicant"
        and actor.person_id is not None
        and application.co_applicant_id == actor.person_id
    )
    return ApplicationStatus(
        application=application,
        case_number=case.number if case is not None else "",
        steps=_steps(application, signature),
        lacking=lacking,
        promised_on=promised_on(application),
        must_sign=waits_for_me,
        may_withdraw=application.state not in ("decided", "withdrawn")
        and application.applicant_id == actor.person_id,
    )


def promised_on(application: Application) -> date | None:
    """The day that the person was told to expect a decision by, None when there is nothing to wait for.

    It stays as it was when it has passed; then `ApplicationStatus.is_late` tells that the promise was broken.
    """
    if application.state in ("decided", "withdrawn") or application.complete_at is None:
        return None
    return application.promised_on or promise_for(application.kind, application.complete_at)


def promise_for(kind: str, complete_at: datetime) -> date:
    """The day by which half of this week's applications of the kind were decided, from the one it was complete."""
    times = waiting_times(kind)
    start = foundation.day_of(complete_at)
    if times.median_hours is None:
        return start + timedelta(days=settings_on(start).promise_days)
    return start + timedelta(days=max(1, math.ceil(times.median_hours / 24)))


def waiting_times(kind: str = "all") -> WaitingTimes:
    """The last seven days' waiting, for the wall, the public page and the promise alike. Holds no personal data."""
    until = foundation.now()
    since = until - timedelta(days=WEEK_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM handslag_waiting_times(%s, %s) WHERE kind = %s", [until, WEEK_DAYS, kind]
        )
        row = cursor.fetchone()
    decided = row[1] if row else 0
    if decided < ENOUGH_DECISIONS:
        return WaitingTimes(kind, decided, None, None, None, None, since, until)
    return WaitingTimes(kind, decided, row[2], row[3], row[4] / decided, row[5] / decided, since, until)


def applications_today() -> Today:
    """Today's counts, for the wall. Holds no personal data."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT received, decided, automated FROM handslag_applications_today()")
        return Today(*cursor.fetchone())


def aid_balance() -> list[casework.Balance]:
    """How many open cases of economic aid stand where, for the wall: what is left is decided. Counts alone."""
    return casework.counted_by("handslag_balance_of_aid")


def _steps(application: Application, signature: CoApplicantSignature | None) -> tuple[Step, ...]:
    state = application.state
    steps = [Step("step.sent", application.submitted_at)]
    if signature is not None:
        if signature.signed_at is not None:
            steps.append(Step("step.partner_signed", signature.signed_at))
        elif state in ("awaiting_co_applicant", "submitted"):
            steps.append(Step("step.partner", None, present=True))
    if state == "withdrawn":
        return (*steps, Step("step.withdrawn", application.withdrawn_at, present=True))
    steps.append(Step("step.registers", application.registers_at, present=state == "submitted"))
    if application.handed_because:
        steps.append(
            Step(
                "step.worker",
                application.state_since if state == "with_worker" else None,
                state == "with_worker",
            )
        )
    else:
        steps.append(Step("step.assessed", None, present=state == "assessing"))
    steps.append(Step("step.decided", application.decided_at, present=state == "decided"))
    return tuple(steps)


def _lacking(
    application: Application, signature: CoApplicantSignature | None, actor: Actor
) -> tuple[Lacking, ...]:
    found = []
    if signature is not None and signature.signed_at is None and application.state == "awaiting_co_applicant":
        found.append(Lacking(foundation.said("missing.partner_signature")))
    for request in casework.find_completions(actor, case_id=application.case_id, open_only=True):
        waiting = [item for item in request.items.all() if item.answered_at is None]
        found += [Lacking(item.said or item.what, request.due_on, request.id) for item in waiting]
    return tuple(found)
