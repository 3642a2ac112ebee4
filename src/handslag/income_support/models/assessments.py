"""The assessment of an application: the system's calculation, the case worker's changes, and approved sections."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handslag.foundation.models.written import Written
from handslag.income_support.models.applications import Application
from handslag.income_support.models.rules import RuleSnapshot
from handslag.income_support.rules.changes import ENGINE


class Section(models.TextChoices):
    """The parts of a calculation that are approved one by one; the values begin the codes of their lines."""

    NORM = "norm", _("Household and norm")
    COST = "cost", _("Costs")
    SPECIAL = "special", _("Other needs")
    INCOME = "income", _("Incomes")


class Assessment(Written):
    """One calculation for one application. `system` is what the rules gave; `result` is that with the changes.

    Both are answers of `handslag assess` whose notes keep their values. `version` counts every save: a stale one is a Conflict. Final once
    a decision rests on it; then nothing of it changes. Somebody in the household reads it when it is final. `engine` is
    the way that the changes were laid over (rules.changes.ENGINE), kept so that it is computed again the same way.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="assessments")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    applicant = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    co_applicant = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    month = models.CharField(max_length=7)
    facts = models.JSONField()
    missing = models.JSONField(default=list)
    system = models.JSONField()
    result = models.JSONField()
    snapshot = models.ForeignKey(RuleSnapshot, models.PROTECT, related_name="+")
    rule_version = models.CharField(max_length=160)
    engine = models.PositiveSmallIntegerField(default=ENGINE)
    made_at = models.DateTimeField()
    refreshed_at = models.DateTimeField()
    decision = models.OneToOneField("casework.Decision", models.PROTECT, null=True, related_name="+")
    final_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    classified = {
        "application": "sensitive", "case": "sensitive", "applicant": "identity", "co_applicant": "identity",
        "month": "internal", "facts": "sensitive", "missing": "sensitive", "system": "sensitive",
        "result": "sensitive", "snapshot": "internal", "rule_version": "internal",
        "engine": "internal", "made_at": "internal", "refreshed_at": "internal", "decision": "sensitive", "final_at": "internal",
        "version": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_assessment"
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(final_at__isnull=True), name="income_assessment_open_once"
            ),
            models.CheckConstraint(
                condition=Q(final_at__isnull=True, decision__isnull=True)
                | Q(final_at__isnull=False, decision__isnull=False),
                name="income_assessment_final",
            ),
        ]

    @property
    def notes(self) -> list[dict[str, Any]]:
        """The notes of the result, with the values that fill their texts."""
        notes: list[dict[str, Any]] = self.result["notes"]
        return notes


class AssessmentChange(Written):
    """A case worker's own value of a line, beside the system's, with the reason. Kept when the facts are refreshed.

    `line` is the key of `rules.assessment.line_keys`. Changing again withdraws the earlier row, never rewrites it.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="changes")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    line = models.CharField(max_length=80)
    system_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    worker_kr = models.DecimalField(max_digits=14, decimal_places=2)
    why = models.TextField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    classified = {
        "assessment": "sensitive", "case": "sensitive", "line": "sensitive", "system_kr": "sensitive",
        "worker_kr": "sensitive", "why": "free", "changed_by": "internal", "changed_at": "internal",
        "withdrawn_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_assessmentchange"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "line"], condition=Q(withdrawn_at__isnull=True), name="income_change_once"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="income_change_has_reason"),
        ]


class SectionApproval(Written):
    """That a case worker has gone through a section. It holds while the section's lines are as they were then."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="approvals")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    section = models.CharField(max_length=8, choices=Section)
    digest = models.CharField(max_length=64)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    classified = {
        "assessment": "sensitive", "case": "sensitive", "section": "internal", "digest": "internal",
        "approved_by": "internal", "approved_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_sectionapproval"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "section", "digest"], name="income_approval_once")
        ]
