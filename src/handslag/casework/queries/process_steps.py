"""Where a case stands in its process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from handslag.casework.access import readable_case
from handslag.casework.models import LegalClock
from handslag.casework.processes import Process, Step
from handslag.foundation import public as foundation

Stand = Literal["done", "next", "behind", "later"]


@dataclass(frozen=True, slots=True)
class StepStand:
    """A step in a case: done (and when), next, behind (never needed: what came after is done), or later.

    `until` is the last day of its running clock.
    """

    step: Step
    stand: Stand
    done_at: datetime | None
    until: date | None


def steps_in_case(
    process: Process,
    case_id: UUID,
    actor: foundation.Actor,
    *,
    about: UUID | None = None,
    since: datetime | None = None,
) -> list[StepStand]:
    """Each step of the process in one round of a case: what is done, what is next, who, and until when.

    `about` is the round's own id, such as an investigation's: events that name another are left out, and those that
    name none are counted from `since`. For staff who read the case; raises CaseNotFound.
    """
    first_at: dict[str, datetime] = {}
    with foundation.acting(actor):
        readable_case(case_id)
        rows = foundation.Event.objects.filter(case_id=case_id, kind__in=process.kinds).order_by("id")
        for kind, at, data in rows.values_list("kind", "at", "data"):
            named = data.get(process.about) or data.get("matter_id")
            if (named == str(about)) if named else (since is None or at >= since):
                for mark in process.marks_of(kind, data):
                    first_at.setdefault(mark, at)
        clocks = LegalClock.objects.filter(case_id=case_id, closed_on__isnull=True, last_day__isnull=False)
        until: dict[str, date | None] = {}
        for rule, last_day in clocks.order_by("-last_day").values_list("rule", "last_day"):
            until[rule] = last_day
    done = process.done(first_at)
    following = {step.code for step in process.next_after(first_at)}
    behind = process.behind(first_at)
    found = []
    for step in process.steps:
        done_at = min((first_at[kind] for kind in step.done_by if kind in first_at), default=None)
        stand: Stand = (
            "done"
            if step.code in done
            else "next"
            if step.code in following
            else "behind"
            if step.code in behind
            else "later"
        )
        found.append(
            StepStand(step, stand, done_at, until.get(step.clock) if stand in ("next", "later") else None)
        )
    return found
