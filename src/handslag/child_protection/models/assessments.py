"""What was assessed and decided for each child of a report, and what the reporter was told."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.child_protection.models.reports import ReportedChild, Reporter
from handslag.child_protection.states import FeedbackText, FeedbackWay, PreliminaryOutcome, TimeProposalState
from handslag.foundation.models.written import Written


class ProtectionAssessment(Written):
    """Whether the child needs protection at once (skyddsbedömning, SoL 20:1). Danger is countersigned by a manager."""

    child = models.ForeignKey(ReportedChild, models.PROTECT, related_name="protection", db_index=False)
    danger = models.BooleanField()
    ground = models.TextField()
    done_tonight = models.TextField(blank=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    assessed_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    countersigned_at = models.DateTimeField(null=True)
    # The note in the child's file that says the same; null until the child is known.
    note_id = models.UUIDField(null=True)

    classified = {
        "child": "internal", "danger": "sensitive", "ground": "free", "done_tonight": "free",
        "assessed_by": "internal", "assessed_at": "internal", "countersigned_by": "internal",
        "countersigned_at": "internal", "note_id": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_protectionassessment"
        constraints = [
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True) | ~Q(countersigned_by=F("assessed_by")),
                name="child_protection_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_at__isnull=True, countersigned_by__isnull=True)
                | Q(countersigned_at__isnull=False, countersigned_by__isnull=False),
                name="child_protection_countersigned",
            ),
        ]
        indexes = [
            models.Index(fields=["child", "-assessed_at"], name="child_protection_child"),
            models.Index(
                fields=["child"], condition=Q(danger=True, countersigned_at__isnull=True), name="child_protection_unsigned"
            ),
        ]


class PreliminaryAssessment(Written):
    """Whether an investigation is opened (förhandsbedömning, SoL 20:2); once for each child of a report."""

    child = models.OneToOneField(ReportedChild, models.PROTECT, related_name="preliminary")
    outcome = models.CharField(max_length=14, choices=PreliminaryOutcome)
    # Violence or abuse of the child, or that the child has witnessed it, is suspected.
    violence = models.BooleanField()
    reason = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField()
    investigation_id = models.UUIDField(null=True)
    note_id = models.UUIDField(null=True)

    classified = {
        "child": "internal", "outcome": "sensitive", "violence": "sensitive", "reason": "free",
        "decided_by": "internal", "decided_at": "internal", "investigation_id": "internal",
        "note_id": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_preliminaryassessment"
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=PreliminaryOutcome.NOT_OPEN, violence=True),
                name="child_violence_is_investigated",
            ),
        ]
        indexes = [models.Index(fields=["decided_at", "outcome"], name="child_preliminary_decided")]


class PreliminaryExtension(Written):
    """More time for the preliminary assessment of a child, by decision for exceptional reasons (SoL 20:2)."""

    child = models.ForeignKey(ReportedChild, models.PROTECT, related_name="extensions")
    was_due_on = models.DateField()
    until = models.DateField()
    reason = models.TextField()
    decision_id = models.UUIDField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField()

    classified = {
        "child": "internal", "was_due_on": "internal", "until": "internal", "reason": "free",
        "decision_id": "internal", "decided_by": "internal", "decided_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_preliminaryextension"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("was_due_on")), name="child_preliminary_extended_later"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="child_preliminary_extension_reason"),
        ]


class PreliminaryProposal(Written):
    """Who may not decide asks those who may for more time for the assessment of a child (SoL 20:2). It decides nothing."""

    child = models.ForeignKey(ReportedChild, models.PROTECT, related_name="time_proposals", db_index=False)
    until = models.DateField()
    reason = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=TimeProposalState, default=TimeProposalState.WAITING)
    # Why it was not extended.
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)

    classified = {
        "child": "internal", "until": "internal", "reason": "free", "proposed_by": "internal",
        "proposed_at": "internal", "state": "internal", "answer": "free", "answered_by": "internal",
        "answered_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_preliminaryproposal"
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(state=TimeProposalState.WAITING), name="child_time_proposal_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(state=TimeProposalState.WAITING, answered_at__isnull=True)
                | (~Q(state=TimeProposalState.WAITING) & Q(answered_at__isnull=False)),
                name="child_time_proposal_answered",
            ),
        ]
        indexes = [models.Index(fields=["child", "-proposed_at"], name="child_time_proposal_child")]


class RepeatAnswer(Written):
    """Why no investigation has been opened although the child has been reported again and again."""

    child = models.ForeignKey(ReportedChild, models.PROTECT, related_name="repeat_answers")
    reason = models.TextField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField()

    classified = {
        "child": "internal", "reason": "free", "answered_by": "internal", "answered_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_repeatanswer"


class Feedback(Written):
    """What a reporter was told afterwards (återkoppling, SoL 19:6): a code of what may be said, and no text."""

    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="feedback")
    text_code = models.CharField(max_length=20, choices=FeedbackText)
    way = models.CharField(max_length=16, choices=FeedbackWay)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    given_at = models.DateTimeField()

    classified = {
        "reporter": "internal", "text_code": "sensitive", "way": "internal", "given_by": "internal",
        "given_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_feedback"
