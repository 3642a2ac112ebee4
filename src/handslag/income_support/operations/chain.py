"""How an application goes on by itself: assessed, decided by the machine or handed to a person, taken up again.

Nothing here decides; it calls those who do, and makes sure that every fault ends with a person.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db.models import Q

from handslag.foundation import public as foundation
from handslag.income_support.models import Application, Warning
from handslag.income_support.operations.applications import begin_assessing, hand_to_worker
from handslag.income_support.queries.facts import facts_of

AUTOMATION = foundation.system("automation")
STUCK_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(hours=2)
CLOCK_SLACK = timedelta(minutes=1)
MOST_AT_ONCE = 500
log = structlog.get_logger("handslag.chain")


def assess_and_try_to_decide(application_id: UUID) -> None:
    """Assess with what is known now, and let automation decide or give its reasons to a case worker.

    Each step is its own transaction and finds what an earlier run has done. A fault in it hands the application
    to a person with the reason, and is logged by kind alone.
    """
    from handslag.income_support.operations import automation

    at = foundation.now()
    application = begin_assessing(application_id=application_id, by=AUTOMATION, at=at)
    if application.state != "assessing":
        return
    try:
        with foundation.acting(AUTOMATION):
            made = facts_of(application)
        automation.try_to_decide(
            application_id=application_id, facts=made.case, missing=made.missing, by=AUTOMATION, at=at
        )
    except Exception as fault:
        log.error("assessment.fault", application_id=str(application_id), fault=type(fault).__name__)
        reason = foundation.said("handed.fault")
        hand_to_worker(application_id=application_id, reasons=[reason], by=AUTOMATION, at=at)


def open_warnings(application_id: UUID) -> int:
    """How many warnings of an application nobody has looked at."""
    return Warning.objects.filter(application_id=application_id, state="open").count()


def pick_up_stuck(*, at: datetime) -> int:
    """Start the chain again for applications that stand still; after two hours a person takes over.

    An application from "the future" (the clock was set back) counts as standing still too.
    """
    from handslag.income_support import jobs

    with foundation.acting(AUTOMATION):
        waiting = Application.objects.filter(state__in=("submitted", "assessing"))
        stuck = waiting.filter(Q(state_since__lt=at - STUCK_AFTER) | Q(state_since__gt=at + CLOCK_SLACK))
        rows = list(stuck.order_by("state_since").values_list("id", "submitted_at", "state")[:MOST_AT_ONCE])
        for application_id, submitted_at, state in rows:
            if submitted_at < at - GIVEN_UP_AFTER and state == "assessing":
                reason = foundation.said("handed.stuck")
                hand_to_worker(application_id=application_id, reasons=[reason], by=AUTOMATION, at=at)
            else:
                jobs.fetch_registers.defer(application_id=str(application_id))
    return len(rows)
