"""What the board has decided of the delegation order, as one person entered it and as another held it against the minutes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from handslag.foundation.models.written import Written


class DelegationDecision(Written):
    """A decision of the board about one row of the delegation order: that it begins, or that it ends, on a day.

    It counts when it is confirmed (`DelegationReview`); `persons` is how many it takes, by the setting of the day it was
    entered. Never changed: what was entered wrongly is returned and entered anew.
    """

    # The row that ends; null for one that begins.
    ends = models.ForeignKey("foundation.DelegationRule", models.PROTECT, null=True, related_name="+")
    decision_type = models.CharField(max_length=60)
    role = models.CharField(max_length=30, blank=True)
    automated = models.BooleanField(default=False)
    max_amount_kr = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    # The first day on which the row holds, or no longer holds.
    day = models.DateField()
    paragraph = models.CharField(max_length=40)
    decided_on = models.DateField()
    persons = models.PositiveSmallIntegerField(default=2)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    classified: ClassVar[dict[str, str]] = {
        "ends": "internal", "decision_type": "internal", "role": "internal", "automated": "internal",
        "max_amount_kr": "internal", "day": "internal", "paragraph": "internal", "decided_on": "internal",
        "persons": "internal", "entered_by": "internal", "entered_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "lead_delegationdecision"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(paragraph=""), name="lead_delegation_paragraph"),
            models.CheckConstraint(condition=models.Q(persons__in=[1, 2]), name="lead_delegation_persons"),
        ]


class ReviewOutcome(models.TextChoices):
    """What the second person found."""

    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned")


class DelegationReview(Written):
    """That another person has held an entered decision against the minutes, and what came of it. Once for each."""

    decision = models.OneToOneField(DelegationDecision, models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome)
    because = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField()

    classified: ClassVar[dict[str, str]] = {
        "decision": "internal", "outcome": "internal", "because": "internal", "reviewed_by": "internal",
        "reviewed_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "lead_delegationreview"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(outcome="confirmed") | ~models.Q(because=""), name="lead_delegation_returned_why"
            )
        ]
