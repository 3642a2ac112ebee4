"""Which unit receives, who is biased, and who reports in their work."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from handslag.child_protection.models.reports import Report
from handslag.child_protection.states import BiasKind, Profession
from handslag.foundation.models.written import Written


class ReceptionUnit(Written):
    """Which unit receives a municipality's reports: in office hours the day unit, at other hours the on-call unit.

    An on-call unit may serve several municipalities. Times are Swedish wall time, working days alone.
    """

    municipality = models.CharField(max_length=4)
    name = models.CharField(max_length=80)
    day_unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+")
    on_call_unit = models.ForeignKey("foundation.Unit", models.PROTECT, null=True, related_name="+")
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    classified = {
        "municipality": "internal", "name": "internal", "day_unit": "internal", "on_call_unit": "internal",
        "opens": "internal", "closes": "internal", "valid_from": "internal", "valid_to": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_receptionunit"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(valid_to__isnull=True), name="child_reception_one_now"
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=models.F("opens")), name="child_reception_hours"
            ),
        ]  # fmt: skip


class Bias(Written):
    """A member of staff is, or is close to, somebody whom a report concerns (jäv, FL 16-17)."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="biases", db_index=False)
    kind = models.CharField(max_length=10, choices=BiasKind)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    classified = {
        "account": "internal", "person": "sensitive", "report": "sensitive", "kind": "sensitive",
        "declared_by": "internal", "declared_at": "internal", "ended_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_bias"
        verbose_name_plural = "biases"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(report__isnull=False), name="child_bias_about"
            ),
        ]
        indexes = [models.Index(fields=["account", "person"], name="child_bias_account")]


class Professional(Written):
    """Somebody who reports in their work when they log in: profession and employer are known beforehand."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    profession = models.CharField(max_length=20, choices=Profession)
    employer = models.CharField(max_length=200)
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    classified = {
        "account": "internal", "profession": "internal", "employer": "internal",
        "registered_at": "internal", "ended_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_professional"
