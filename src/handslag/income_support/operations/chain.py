"""How an application goes on by itself: assessed, decided by the machine or handed to a person, taken up again.

Nothing here decides; it calls those who do, and makes sure that every fault ends with a person.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import connection
from django.db.models import Q

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support.models import Application, Warning
from handslag.income_support.operations.after_decision import carried_out_by_this_job
from handslag.income_support.operations.applications import begin_assessing, hand_to_worker
from handslag.income_support.operations.rules import rules_held
from handslag.income_support.queries.facts import facts_of
from handslag.income_support.tables import settings_on

AUTOMATION = foundation.system("automation")
STUCK_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(hours=2)
CLOCK_SLACK = timedelta(minutes=1)
MOST_AT_ONCE = 500
CHAIN = ("income_support.fetch_registers", "income_support.assess")
log = structlog.get_logger("handslag.chain")


def assess_and_try_to_decide(application_id: UUID) -> UUID | None:
    """Assess with what is known now, and let automation decide or give its reasons to a case worker.

    Gives the automated decision that is still to be carried out by the job that runs, also when an earlier run made
    it. Each step is its own transaction and finds what an earlier run has done. A fault in it hands the application
    to a person with the reason, and is logged by kind alone; a database that went away is raised, for the job to run again.
    """
    from handslag.income_support.operations import automation

    at = foundation.now()
    application = begin_assessing(application_id=application_id, by=AUTOMATION, at=at)
    if application.state != "assessing":
        return _decided_before(application)
    try:
        with rules_held(), carried_out_by_this_job():
            with foundation.acting(AUTOMATION):
                made = facts_of(application)
            decision = automation.try_to_decide(
                application_id=application_id, facts=made.case, missing=made.missing, by=AUTOMATION, at=at
            )
        return decision.id if decision is not None else None
    except Exception as fault:
        if foundation.database_went_away(fault):
            raise
        log.error("assessment.fault", application_id=str(application_id), fault=type(fault).__name__)
        reason = foundation.said("handed.fault")
        hand_to_worker(application_id=application_id, reasons=[reason], by=AUTOMATION, at=at)
        return None


def _decided_before(application: Application) -> UUID | None:
    """The decision of an earlier run that was broken off before anybody was told of it."""
    if application.state != "decided" or not application.automated:
        return None
    with foundation.acting(AUTOMATION):
        made = casework.Decision.objects.filter(matter_id=application.id, automated=True, delivered_at__isnull=True)
        return made.values_list("id", flat=True).first()


def open_warnings(application_id: UUID) -> int:
    """How many warnings of an application nobody has looked at."""
    return Warning.objects.filter(application_id=application_id, state="open").count()


def pick_up_stuck(*, at: datetime) -> int:
    """Start the chain again for applications that stand still; gives how many were found.

    One that a job has failed with takes a person over after two hours; one that only waits for workers keeps its
    place in the queue. An application from "the future" (the clock was set back) counts as standing still too.
    """
    from handslag.income_support import jobs

    with foundation.acting(AUTOMATION):
        waiting = Application.objects.filter(state__in=("submitted", "assessing"))
        stuck = waiting.filter(Q(state_since__lt=at - STUCK_AFTER) | Q(state_since__gt=at + CLOCK_SLACK))
        rows = list(stuck.order_by("state_since").values_list("id", "submitted_at")[:MOST_AT_ONCE])
        queued = _with_job([row[0] for row in rows], ("todo", "doing"))
        old = [row[0] for row in rows if row[1] < at - GIVEN_UP_AFTER]
        failed = _with_job(old, ("failed", "succeeded")) if old else set()
        for application_id, _ in rows:
            if application_id in queued:
                continue
            if application_id in failed:
                reason = foundation.said("handed.stuck")
                hand_to_worker(application_id=application_id, reasons=[reason], by=AUTOMATION, at=at)
            else:
                jobs.fetch_registers.defer(application_id=str(application_id))
        return len(rows) + _hand_over_unsigned(at)


def _with_job(application_ids: list[UUID], statuses: tuple[str, ...]) -> set[UUID]:
    """Those of the applications for which the queue holds a job of the chain in one of the states."""
    if not application_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT args->>'application_id' FROM procrastinate_jobs "
            "WHERE status::text = ANY(%s) AND task_name = ANY(%s) AND args->>'application_id' = ANY(%s)",
            [list(statuses), list(CHAIN), [str(each) for each in application_ids]],
        )
        return {UUID(row[0]) for row in cursor.fetchall()}


def _hand_over_unsigned(at: datetime) -> int:
    """A partner who has not signed in the set days is asked by a person instead."""
    last = at - timedelta(days=settings_on(foundation.day_of(at)).partner_signs_within_days)
    waiting = Application.objects.filter(state="awaiting_co_applicant", state_since__lt=last)
    ids = list(waiting.values_list("id", flat=True)[:MOST_AT_ONCE])
    for application_id in ids:
        reason = foundation.said("handed.partner_unsigned")
        hand_to_worker(application_id=application_id, reasons=[reason], by=AUTOMATION, at=at)
    return len(ids)
