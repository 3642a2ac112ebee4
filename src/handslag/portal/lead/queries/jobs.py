"""Failed jobs, as the system administrator sees them: what was to be done to which ids, never what they hold."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role

SHOWN = 50


@dataclass(frozen=True)
class FailedJob:
    """A job that was tried as often as it may be and did not succeed."""

    id: int
    task: str
    queue: str
    arguments: str
    attempts: int
    failed_at: datetime | None


@dataclass(frozen=True)
class Queue:
    """How many jobs of a queue wait and run."""

    waiting: int
    running: int


def failed_jobs(actor: Actor, *, before: int | None = None, limit: int = SHOWN) -> list[FailedJob]:
    """Latest first; one more than the limit shows that there are more. Raises `Refused` for others than administrators."""
    foundation.require_role(actor, Role.ADMINISTRATOR)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, j.task_name, j.queue_name, j.args, j.attempts, "
            "(SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) FROM procrastinate_jobs j "
            "WHERE j.status = 'failed' AND (%(before)s::bigint IS NULL OR j.id < %(before)s) ORDER BY j.id DESC LIMIT %(limit)s",
            {"before": before, "limit": limit + 1},
        )
        return [FailedJob(id_, task, queue, _shown(args), attempts, at) for id_, task, queue, args, attempts, at in cursor.fetchall()]


def queue_now() -> Queue:
    """What waits and what runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing') "
            "FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        )
        return Queue(*cursor.fetchone())


def _shown(arguments: Any) -> str:
    known = json.loads(arguments) if isinstance(arguments, str) else arguments
    return ", ".join(f"{name} {value}" for name, value in sorted(known.items()))
