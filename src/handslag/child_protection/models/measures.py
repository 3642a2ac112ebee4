"""Measures of law around a child (placements, LVU, skyddat boende, youth service), as legal facts that set off time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.child_protection.rules.measures import MEASURES
from handslag.foundation.models.written import Written


def _account() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )


class Measure(Written):
    """A measure from its first day. `kind` is a key of `rules.measures.MEASURES`, `form` where the child lives.

    `continues` is the care that goes on in this one when the child was moved: its time is not begun anew.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="measures")
    child = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=[(code, code) for code in MEASURES])
    form = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField()
    # The last day that was decided from the beginning, when one was.
    ends = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_because = models.TextField(blank=True)
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_by = _account()
    recorded_at = models.DateTimeField()

    classified = {
        "case": "sensitive", "child": "identity", "kind": "sensitive", "form": "sensitive", "starts_on": "internal",
        "ends": "internal", "ended_on": "internal", "ended_because": "free", "continues": "sensitive",
        "recorded_by": "internal", "recorded_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_measure"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                name="child_measure_days",
            )
        ]
        indexes = [
            models.Index(fields=["child", "starts_on"], name="child_measure_child"),
            models.Index(fields=["case"], condition=Q(ended_on__isnull=True), name="child_measure_open"),
        ]


class MeasureStep(Written):
    """What was done in a measure on a day: submitted, confirmed by the court, considered, reviewed, begun."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="steps")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=24)
    happened_on = models.DateField()
    body = models.TextField(blank=True)
    decision = models.ForeignKey(
        "casework.Decision", models.PROTECT, null=True, related_name="+", db_index=False
    )
    noted_by = _account()
    noted_at = models.DateTimeField()

    classified = {
        "measure": "sensitive", "case": "sensitive", "code": "sensitive", "happened_on": "internal", "body": "free",
        "decision": "sensitive", "noted_by": "internal", "noted_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_measurestep"
        constraints = [
            models.UniqueConstraint(fields=["measure", "code", "happened_on"], name="child_measurestep_once")
        ]
