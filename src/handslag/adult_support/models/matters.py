"""What an adult's case began with, and the steps of care under LVM."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation


class CameAs(models.TextChoices):
    """How the unit came to know."""

    OWN = "own", _("The person asked for support")
    REPORT = "report", _("Somebody reported concern")
    COURT = "court", _("A court or the police sent it")


class ChildrenSeen(models.TextChoices):
    """Whether children live with it; each of them is the children's unit's to assess (SoL 20:1)."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known yet")


class AdultMatter(models.Model):
    """The application or report that an adult's case was opened on. One for each case; never changed."""

    id = models.UUIDField(primary_key=True, default=foundation.new_id, editable=False)
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="+")
    came_as = models.CharField(max_length=10, choices=CameAs)
    told = models.TextField()
    told_by = models.CharField(max_length=200, blank=True)
    children_seen = models.CharField(max_length=10, choices=ChildrenSeen)
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_key = models.UUIDField(unique=True)

    classified = {
        "case": "sensitive", "came_as": "sensitive", "told": "free", "told_by": "identity",
        "children_seen": "sensitive", "received_at": "internal", "recorded_by": "internal", "sent_key": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "adult_support_matter"


class CareRecord(models.Model):
    """A step of care under LVM, as a court or the board's committee decided it or as it happened.

    `care` is the same for all steps of one care.
    """

    id = models.UUIDField(primary_key=True, default=foundation.new_id, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    care = models.UUIDField()
    step = models.CharField(max_length=20)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    classified = {
        "case": "sensitive", "care": "internal", "step": "sensitive", "on": "sensitive",
        "recorded_at": "internal", "recorded_by": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "adult_support_carerecord"
        constraints = [models.UniqueConstraint(fields=["care", "step"], name="adult_support_step_once")]
        indexes = [models.Index(fields=["case", "recorded_at"], name="adult_support_care_case")]


class ReportOutcome(models.TextChoices):
    """What the unit does about a report of concern for an adult."""

    OFFERED = "offered", _("The person is offered support and may apply")
    COERCION = "coercion", _("Care without consent is looked into (LVM)")
    NOTHING = "nothing", _("Nothing more is done")


class ReportAssessment(models.Model):
    """How a report about an adult was assessed, and why (SoL 14:2). One for each case; never changed."""

    id = models.UUIDField(primary_key=True, default=foundation.new_id, editable=False)
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=ReportOutcome)
    reason = models.TextField()
    assessed_at = models.DateTimeField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    classified = {
        "case": "sensitive", "outcome": "sensitive", "reason": "free", "assessed_at": "internal",
        "assessed_by": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "adult_support_reportassessment"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="adult_support_assessed_why")
        ]


class ClosedWithout(models.Model):
    """Why a case was closed though steps of its process were missing: the reason of the closing leaves that open."""

    id = models.UUIDField(primary_key=True, default=foundation.new_id, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    because = models.CharField(max_length=40)
    steps = models.JSONField()
    why = models.TextField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    classified = {
        "case": "sensitive", "because": "sensitive", "steps": "internal", "why": "free", "closed_at": "internal",
        "closed_by": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "adult_support_closedwithout"
        verbose_name_plural = "closed without"
        constraints = [models.CheckConstraint(condition=~models.Q(why=""), name="adult_support_without_why")]
