"""The writes of the lead face: signing a read in the log, the board's delegation, and letting a failed job run again."""

from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Q

from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry, Actor, BadInput, DelegationRule, LogReview, Role
from handslag.portal.lead.delegation_order import AUTOMATED, BY_CODE
from handslag.portal.lead.events import DelegationEntered, JobRetried, LogReviewed
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
def enter_delegation(
    *, decision_type: str, role: str, valid_from: date, paragraph: str, decided_on: date,
    max_amount_kr: Decimal | None = None, by: Actor, at: datetime,
) -> DelegationRule:  # fmt: skip
    """Enter a row of the delegation order as the board has decided it (KL 6:37, 7:5), with the paragraph of the minutes.

    An earlier row for the same decision and role ends when this one begins. `role` may be `AUTOMATED` for what the law
    lets be automated. Raises Refused without the role of rules officer, and BadInput by field.
    """
    foundation.require_role(by, Role.RULES_OFFICER)
    known, today = BY_CODE.get(decision_type), foundation.day_of(at)
    if known is None:
        raise BadInput("There is no such decision.", where="decision_type", do="Choose one of the decisions that are shown.")
    automated = role == AUTOMATED
    if (automated and not known.may_be_automated) or (not automated and role not in Role.values):
        raise BadInput("This decision cannot be given to them.", where="role", do="Choose another who may make it.")
    if max_amount_kr is not None and max_amount_kr <= 0:
        raise BadInput("The highest amount is not possible.", where="max_amount_kr", do="Write kronor above 0.")
    if not paragraph.strip():
        raise BadInput("The paragraph of the decision is missing.", where="paragraph", do="Write it as in the minutes.")
    if decided_on > today:
        raise BadInput("The day of the decision is in the future.", where="decided_on", do="Check the day.")
    if valid_from < decided_on:
        raise BadInput(
            "Nobody may decide before the board has said so.", where="valid_from", do="Give the day of the decision or a later day."
        )
    row = DelegationRule(
        decision_type=decision_type, role="" if automated else role, automated=automated, max_amount_kr=max_amount_kr,
        ground=f"{paragraph.strip()[:40]}, {decided_on.isoformat()}", valid_from=valid_from,
    )  # fmt: skip
    same = DelegationRule.objects.filter(decision_type=decision_type, role=row.role, automated=automated)
    if same.filter(valid_from__gte=valid_from).exists():
        raise BadInput("A row for this decision begins then or later.", where="valid_from", do="Give a later day.")
    same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    row.save(force_insert=True)
    entered = DelegationEntered(rule_id=row.id, decision_type=decision_type, valid_from=valid_from)
    foundation.record(entered, by=by, at=at)
    return row


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
