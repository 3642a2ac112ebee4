"""What may be decided without a person, the switch that stops it, and the checks of what it proposed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handslag.foundation.models.written import Written
from handslag.income_support.models.applications import Application
from handslag.income_support.models.assessments import Assessment


class SampleState(models.TextChoices):
    WAITING = "waiting", _("Waits for a check")
    AGREED = "agreed", _("The person agreed")
    DISAGREED = "disagreed", _("The person did not agree")


class AutomationRule(Written):
    """The board's table of what the automated function may decide, from a day on (KL 6:37, FL 28).

    Kinds are kinds of application. Without a row that holds today nothing is automated. Rows are added, never
    changed: the latest first day governs, and for equal days the one entered last.
    """

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    kinds = models.JSONField()
    highest_kr = models.DecimalField(max_digits=14, decimal_places=2)
    special_kinds = models.JSONField(default=list)
    sample_percent = models.DecimalField(max_digits=5, decimal_places=2)
    paragraph = models.CharField(max_length=40)
    decided_on = models.DateField()
    demo = models.BooleanField(default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    classified = {
        "valid_from": "internal", "valid_to": "internal", "kinds": "internal", "highest_kr": "internal",
        "special_kinds": "internal", "sample_percent": "internal", "paragraph": "internal",
        "decided_on": "internal", "demo": "internal", "entered_by": "internal", "entered_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_automationrule"
        constraints = [
            models.CheckConstraint(
                condition=Q(sample_percent__gte=0) & Q(sample_percent__lte=100), name="income_automation_sample"
            ),
            models.CheckConstraint(condition=~Q(paragraph=""), name="income_automation_paragraph"),
        ]


class AutomationState(Written):
    """The switch: a row for each time it was turned. The latest governs."""

    paused = models.BooleanField()
    why = models.CharField(max_length=400)
    turned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    turned_at = models.DateTimeField()

    classified = {"paused": "internal", "why": "free", "turned_by": "internal", "turned_at": "internal"}

    class Meta:
        db_table = "income_support_automationstate"
        indexes = [models.Index(fields=["-turned_at", "-id"], name="income_automation_latest")]


class SampleReview(Written):
    """A case that automation would have granted, drawn for a person to check before anything leaves."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="sample")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    proposed_kr = models.DecimalField(max_digits=14, decimal_places=2)
    drawn_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=SampleState, default=SampleState.WAITING)
    why = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    classified = {
        "application": "sensitive", "assessment": "sensitive", "case": "sensitive", "proposed_kr": "sensitive",
        "drawn_at": "internal", "state": "internal", "why": "free", "reviewed_by": "internal",
        "reviewed_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_samplereview"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", reviewed_at__isnull=True)
                | (~Q(state="waiting") & Q(reviewed_at__isnull=False)),
                name="income_sample_reviewed",
            )
        ]


class ActivityTrial(Written):
    """That a person has tried the activity requirement in a case for some months: fulfilled, or exempt.

    `month_from` and `month_to` are the first and the last month that the trial holds for.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    month_from = models.CharField(max_length=7)
    month_to = models.CharField(max_length=7)
    outcome = models.CharField(max_length=12, choices=[("fulfilled", _("Fulfilled")), ("exempt", _("Exempt"))])
    why = models.TextField()
    tried_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    tried_at = models.DateTimeField()

    classified = {
        "case": "sensitive", "month_from": "internal", "month_to": "internal", "outcome": "sensitive",
        "why": "free", "tried_by": "internal", "tried_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_activitytrial"
        constraints = [
            models.CheckConstraint(condition=Q(month_to__gte=models.F("month_from")), name="income_trial_months"),
            models.CheckConstraint(
                condition=Q(month_from__regex=r"^\d{4}-(0[1-9]|1[0-2])$")
                & Q(month_to__regex=r"^\d{4}-(0[1-9]|1[0-2])$"),
                name="income_trial_month",
            ),
        ]
