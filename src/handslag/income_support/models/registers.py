"""What the registers answered, figure by figure, and what the comparison made of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from handslag.foundation.models.written import Written
from handslag.income_support.models.applications import Application
from handslag.income_support.rules.comparison import WARNING_KINDS


class RegisterState(models.TextChoices):
    OK = "ok", pgettext_lazy("register", "Answered")
    MISSING = "missing", _("No answer")
    ERROR = "error", _("The authority could not answer")


class WarningState(models.TextChoices):
    OPEN = "open", _("To look at")
    ACKNOWLEDGED = "acknowledged", _("Seen")
    CLOSED = "closed", pgettext_lazy("warning", "Closed")


class RegisterAnswer(Written):
    """What one agency said about one person for one application. A refresh sets `superseded_at` on the old one."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="register_answers")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    of = models.CharField(max_length=4)  # a1 or a2
    agency = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=RegisterState)
    reason_code = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=120)
    fetched_at = models.DateTimeField()
    content = models.JSONField(default=dict)
    superseded_at = models.DateTimeField(null=True)

    classified = {
        "application": "sensitive", "person": "identity", "of": "internal", "agency": "internal",
        "state": "internal", "reason_code": "internal", "source": "internal", "fetched_at": "internal",
        "content": "sensitive", "superseded_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_registeranswer"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person", "agency"],
                condition=Q(superseded_at__isnull=True),
                name="income_register_answer_once",
            ),
        ]


class RegisterFigure(Written):
    """One payment as an agency states it, in kronor after tax, with source and time of its answer."""

    answer = models.ForeignKey(RegisterAnswer, models.PROTECT, related_name="figures")
    application = models.ForeignKey(Application, models.PROTECT, related_name="register_figures")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    of = models.CharField(max_length=4)
    agency = models.CharField(max_length=8)
    code = models.CharField(max_length=24)
    label = models.CharField(max_length=120)
    amount_kr = models.DecimalField(max_digits=14, decimal_places=2)
    paid_on = models.DateField()
    month = models.CharField(max_length=7)
    payout = models.CharField(max_length=8)
    treatment = models.CharField(max_length=12)
    income_kind = models.CharField(max_length=24)
    source = models.CharField(max_length=120)
    fetched_at = models.DateTimeField()

    classified = {
        "answer": "internal", "application": "sensitive", "person": "identity", "of": "internal",
        "agency": "internal", "code": "sensitive", "label": "sensitive", "amount_kr": "sensitive",
        "paid_on": "sensitive", "month": "internal", "payout": "internal", "treatment": "internal",
        "income_kind": "sensitive", "source": "internal", "fetched_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_registerfigure"
        indexes = [models.Index(fields=["application", "month"], name="income_figure_application")]


class Warning(Written):
    """A difference that a person looks at once. A handled one with the same key in the case never comes back."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, related_name="warnings")
    month = models.CharField(max_length=7)
    kind = models.CharField(max_length=24, choices=[(kind, kind) for kind in WARNING_KINDS])
    key = models.CharField(max_length=160)
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=WarningState, default=WarningState.OPEN)
    raised_at = models.DateTimeField()
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    because = models.JSONField(null=True)

    classified = {
        "case": "sensitive", "application": "sensitive", "month": "internal", "kind": "internal",
        "key": "sensitive", "values": "sensitive", "state": "internal", "raised_at": "internal",
        "handled_by": "internal", "handled_at": "internal", "because": "free",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_warning"
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="income_warning_once")]
        indexes = [
            models.Index(fields=["case"], condition=Q(state="open"), name="income_warning_open"),
        ]
