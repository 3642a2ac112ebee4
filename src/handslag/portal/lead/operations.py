"""The writes of the lead face: signing a read in the log, and letting a failed job run again."""

from datetime import datetime

from django.db import connection

from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry, Actor, LogReview, Role
from handslag.portal.lead.events import JobRetried, LogReviewed
from handslag.portal.lead.queries.reads import reviewable

VERDICTS = ("in_order", "to_follow_up")


@foundation.operation
def review_read(*, entry_id: int, verdict: str, comment: str = "", by: Actor, at: datetime) -> LogReview:
    """Sign a read of a person's or case's page (lag 2001:454 10 §): in order, or to follow up with a comment.

    Nobody signs an own read. Raises `Refused`, `NotFound`, `BadInput`, and `Conflict` when a colleague has signed it.
    """
    foundation.require_role(by, Role.MANAGER)
    if by.account_id is None:
        raise foundation.Refused("A person signs the log.", do="Log in as the manager of the unit.")
    if verdict not in VERDICTS:
        raise foundation.BadInput("Say whether the read is in order.", where="verdict")
    if verdict == "to_follow_up" and not comment.strip():
        raise foundation.BadInput("Say what is to be followed up.", where="comment", do="Write a few words; they stay with the entry.")
    entry = AccessEntry.objects.filter(id=entry_id).first()
    if entry is None or not reviewable(entry, by):
        raise foundation.NotFound("There is no such entry for you to sign.")
    if entry.account_id == by.account_id:
        raise foundation.Refused("You cannot sign what you have read yourself.", do="Ask another manager.")
    if LogReview.objects.filter(entry=entry).exists():
        raise foundation.Conflict("A colleague has signed this entry already.", do="Go on with the next one.")
    signed = LogReview.objects.create(
        entry=entry, reviewed_by_id=by.account_id, reviewed_at=at, verdict=verdict, comment=comment.strip()
    )
    foundation.record(LogReviewed(entry=entry.id, verdict=verdict), by=by, at=at)
    return signed


@foundation.operation
def retry_job(*, job_id: int, by: Actor, at: datetime) -> None:
    """Let a failed job run again. Jobs are written so that a second run changes nothing that the first one did."""
    foundation.require_role(by, Role.ADMINISTRATOR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [job_id])
        found = cursor.fetchone()
        if found is None:
            raise foundation.NotFound("There is no such failed job.", do="Read the list again; it may be running already.")
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)", [job_id, at])
    foundation.record(JobRetried(job=job_id, task=found[0]), by=by, at=at)
