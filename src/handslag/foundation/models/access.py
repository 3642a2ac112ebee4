"""The log of reads and its review, broken glass, and notices in the product."""

from django.db import models

from handslag.foundation.ids import new_id
from handslag.foundation.models.accounts import Account


class AccessEntry(models.Model):
    """Somebody read a page about a person or a case (lag 2001:454 10 §). Never changed."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    account_id = models.UUIDField(null=True)
    reader_person_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    page = models.CharField(max_length=60)
    why = models.CharField(
        max_length=40, blank=True, help_text="empty for everyday reads; glass or protected otherwise"
    )

    classified = {
        "at": "internal",
        "actor_kind": "internal",
        "account_id": "internal",
        "reader_person_id": "internal",
        "person_id": "internal",
        "case_id": "internal",
        "page": "internal",
        "why": "internal",
    }

    class Meta:
        db_table = "foundation_accessentry"
        indexes = [
            models.Index(fields=["person_id", "-id"], name="access_person"),
            models.Index(fields=["account_id", "-id"], name="access_account"),
        ]


class BreakGlass(models.Model):
    """Access taken without the usual right: by a named account, with a reason, for a set time, reviewed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    person_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    classified = {
        "account": "internal",
        "person_id": "internal",
        "case_id": "internal",
        "reason": "free",
        "opened_at": "internal",
        "ends_at": "internal",
        "ended_at": "internal",
    }

    class Meta:
        db_table = "foundation_breakglass"
        indexes = [models.Index(fields=["account", "ends_at"], name="breakglass_account")]
        constraints = [
            models.CheckConstraint(
                name="breakglass_time", condition=models.Q(ends_at__gt=models.F("opened_at"))
            )
        ]


class LogReview(models.Model):
    """A manager has looked at an entry of the log and says what it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.OneToOneField(AccessEntry, on_delete=models.PROTECT, related_name="review")
    reviewed_by = models.ForeignKey(Account, on_delete=models.PROTECT)
    reviewed_at = models.DateTimeField()
    verdict = models.CharField(
        max_length=20, choices=[("in_order", "in order"), ("to_follow_up", "to follow up")]
    )
    comment = models.TextField(blank=True)

    classified = {
        "entry": "internal",
        "reviewed_by": "internal",
        "reviewed_at": "internal",
        "verdict": "internal",
        "comment": "free",
    }

    class Meta:
        db_table = "foundation_logreview"


class Notice(models.Model):
    """Something an account must know of; it stays until it is acknowledged."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="notices")
    text = models.JSONField(help_text="a stored sentence: code and values")
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    classified = {
        "account": "internal",
        "text": "internal",
        "link": "internal",
        "created_at": "internal",
        "acknowledged_at": "internal",
    }

    class Meta:
        db_table = "foundation_notice"
        indexes = [models.Index(fields=["account", "acknowledged_at"], name="notice_account")]
