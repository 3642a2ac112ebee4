"""What the municipality has entered about the rules: confirmed cells, local rules and settings; and frozen parameters.

Nothing here is about a person. Rows are added, never changed; the latest that holds in a month governs.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from handslag.foundation.models.written import Written


class RuleConfirmation(Written):
    """That an authorised person has seen a cell in a published text. Holds for the amount that was confirmed.

    `cell_from` is the first day of the cell, as in parameters/*.yaml. A demo confirmation says so wherever it shows.
    """

    cell = models.CharField(max_length=60)
    cell_from = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=4)
    source = models.CharField(max_length=200)
    demo = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_name = models.CharField(max_length=120)
    confirmed_at = models.DateTimeField()

    classified = {
        "cell": "internal", "cell_from": "internal", "amount": "internal", "source": "internal", "demo": "internal",
        "confirmed_by": "internal", "confirmed_name": "identity", "confirmed_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_ruleconfirmation"
        constraints = [models.UniqueConstraint(fields=["cell", "cell_from", "amount"], name="income_confirmation_once")]


class LocalRuleSet(Written):
    """The board's guideline values, from a month on, as a decision with its paragraph and day.

    `content` holds highest rents and amounts in the form of `rules.rule_book.local_from_plain`. A set is in force when
    a second person has confirmed it (`LocalRulesReview`). Of those, the set with the latest first day that holds in a
    month governs it; for equal days, the one entered last (a correction).
    """

    name = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    paragraph = models.CharField(max_length=40)
    decided_on = models.DateField()
    content = models.JSONField()
    demo = models.BooleanField(default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    classified = {
        "name": "internal", "valid_from": "internal", "valid_to": "internal", "paragraph": "internal",
        "decided_on": "internal", "content": "internal", "demo": "internal", "entered_by": "internal",
        "entered_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_localruleset"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="income_local_rules_period",
            ),
            models.CheckConstraint(condition=~models.Q(paragraph=""), name="income_local_rules_paragraph"),
        ]
        indexes = [models.Index(fields=["-valid_from", "-entered_at"], name="income_local_rules_latest")]


class ReviewOutcome(models.TextChoices):
    """What the second person found."""

    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned")


class LocalRulesReview(Written):
    """That another authorised person has held entered local rules against the board's decision, and what came of it.

    Once for each set. Nobody confirms the own entry; a set that is returned (with the reason) is never in force. A demo
    confirmation says so wherever it shows.
    """

    rules = models.OneToOneField(LocalRuleSet, models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome)
    because = models.TextField(blank=True)
    demo = models.BooleanField(default=False)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_name = models.CharField(max_length=120)
    reviewed_at = models.DateTimeField()

    classified = {
        "rules": "internal", "outcome": "internal", "because": "internal", "demo": "internal",
        "reviewed_by": "internal", "reviewed_name": "identity", "reviewed_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_localrulesreview"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="confirmed") | ~models.Q(because=""),
                name="income_local_rules_returned_why",
            )
        ]


class MunicipalitySettings(Written):
    """How the municipality settles what the law leaves open, from a month on (rules.parameters.Settings)."""

    valid_from = models.DateField()
    choices = models.JSONField()
    paragraph = models.CharField(max_length=40)
    decided_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    classified = {
        "valid_from": "internal", "choices": "internal", "paragraph": "internal", "decided_on": "internal",
        "entered_by": "internal", "entered_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_municipalitysettings"
        verbose_name_plural = "municipality settings"
        indexes = [models.Index(fields=["-valid_from", "-entered_at"], name="income_settings_latest")]


class UnusualCostLimits(Written):
    """Above how much a month a cost beside rent is unusually high, from a month on: the municipality's own, no law.

    `limits` holds kronor as text by kind of cost. A set holds when a second person has confirmed it
    (`UnusualCostReview`). Of those the set with the latest first day governs; for equal days, the one entered last.
    """

    valid_from = models.DateField()
    limits = models.JSONField()
    paragraph = models.CharField(max_length=40)
    decided_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    classified = {
        "valid_from": "internal", "limits": "internal", "paragraph": "internal", "decided_on": "internal",
        "entered_by": "internal", "entered_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_unusualcostlimits"
        verbose_name_plural = "unusual cost limits"
        indexes = [models.Index(fields=["-valid_from", "-entered_at"], name="income_unusual_latest")]


class UnusualCostReview(Written):
    """That another authorised person has held entered limits against the decision, and what came of it.

    Once for each set. Nobody confirms the own entry; a set that is returned (with the reason) never holds.
    """

    limits = models.OneToOneField(UnusualCostLimits, models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=10, choices=ReviewOutcome)
    because = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_name = models.CharField(max_length=120)
    reviewed_at = models.DateTimeField()

    classified = {
        "limits": "internal", "outcome": "internal", "because": "internal", "reviewed_by": "internal",
        "reviewed_name": "identity", "reviewed_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_unusualcostreview"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="confirmed") | ~models.Q(because=""),
                name="income_unusual_costs_returned_why",
            )
        ]


class RuleSnapshot(Written):
    """The parameters under one rule version, frozen, so that a decision can be computed again to the öre."""

    version = models.CharField(max_length=160, unique=True)
    content = models.JSONField()
    made_at = models.DateTimeField()

    classified = {"version": "internal", "content": "internal", "made_at": "internal"}

    class Meta:
        db_table = "income_support_rulesnapshot"
