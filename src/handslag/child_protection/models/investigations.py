"""The investigation of a child (SoL 20 kap.), its plan, and what is gathered and stated in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.child_protection.investigation_states import (
    Area,
    Basis,
    ClosingOutcome,
    Consent,
    DataSource,
    FollowUpGround,
    HowInformed,
    HowTold,
    InvestigationState,
    Path,
    ProposalState,
    RiskLevel,
    StatementKind,
    StepChange,
    TalkKind,
)
from handslag.foundation.models.written import Written


def _account() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )


class Investigation(Written):
    """One investigation of a child, from its opening to its close; days count on over close and reopening.

    `questions` are codes. `target_on` is the municipality's own day for its path, never shown as law.
    `continues` is the investigation that this one restarts within a year, `days_before` the days that were used
    by then. What was opened, and when, is never changed.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="investigations", db_index=False)
    child = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    # The child as told of in a report, when one led here.
    reported_child_id = models.UUIDField(null=True)
    questions = models.JSONField()
    violence = models.BooleanField(default=False)
    path = models.CharField(max_length=12, choices=Path)
    path_reason = models.TextField()
    target_on = models.DateField(null=True)
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = _account()
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    days_before = models.PositiveIntegerField(default=0)
    # When it was recorded that those concerned were told of it: who, on which day and how; or who was not, and why (SoL 20:4).
    informed_at = models.DateTimeField(null=True)
    informed_whom = models.CharField(max_length=300, blank=True)
    informed_on = models.DateField(null=True)
    informed_how = models.CharField(max_length=12, choices=HowInformed, blank=True)
    not_informed_because = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=InvestigationState, default=InvestigationState.OPEN)
    extended_until = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, choices=ClosingOutcome, blank=True)
    closing_ground = models.TextField(blank=True)
    proposed_intervention = models.TextField(blank=True)
    # Whether the family has said yes to what is proposed.
    accepted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    classified = {
        "case": "sensitive", "child": "identity", "reported_child_id": "internal", "questions": "sensitive",
        "violence": "sensitive", "path": "internal", "path_reason": "free", "target_on": "internal",
        "opened_on": "internal", "opened_at": "internal", "opened_by": "internal", "continues": "sensitive",
        "days_before": "internal", "informed_at": "internal", "informed_whom": "identity",
        "informed_on": "internal", "informed_how": "internal", "not_informed_because": "free",
        "state": "internal", "extended_until": "internal", "closed_on": "internal", "closed_at": "internal",
        "outcome": "sensitive", "closing_ground": "free", "proposed_intervention": "free",
        "accepted": "sensitive", "version": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_investigation"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="open"), name="child_investigation_one_open"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True, outcome="")
                | (Q(state="closed", closed_on__isnull=False) & ~Q(outcome="")),
                name="child_investigation_closed_has_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="child_investigation_closed_after",
            ),
            models.CheckConstraint(
                condition=Q(informed_whom="", informed_on__isnull=True, informed_how="")
                | (~Q(informed_whom="") & Q(informed_on__isnull=False) & ~Q(informed_how="")),
                name="child_investigation_informed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="early") | ~Q(closing_ground=""), name="child_investigation_early_has_ground"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["child", "opened_on"], name="child_investigation_child"),
            models.Index(fields=["case", "-opened_at"], name="child_investigation_case"),
            models.Index(fields=["opened_on"], name="child_investigation_opened"),
            models.Index(
                fields=["reported_child_id"],
                condition=Q(reported_child_id__isnull=False),
                name="child_investigation_report",
            ),
        ]


class PlanStep(Written):
    """One thing to do in an investigation: what, who, and until when. `who` may be somebody outside the house."""

    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="steps")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=300)
    account = _account()
    who = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = _account()
    result = models.TextField(blank=True)
    dropped_because = models.TextField(blank=True)

    classified = {
        "investigation": "sensitive", "case": "sensitive", "what": "free", "account": "internal", "who": "identity",
        "due_on": "internal", "done_on": "internal", "done_by": "internal", "result": "free",
        "dropped_because": "free",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_planstep"


class PlanStepChange(Written):
    """A step was moved, given to somebody else, or struck out: how it stood, how it stands, who changed it, and why.

    `who_before` and `who_after` are names as they were told then. Rows are added, never changed.
    """

    step = models.ForeignKey(PlanStep, models.PROTECT, related_name="changes")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=StepChange)
    due_before = models.DateField()
    due_after = models.DateField()
    who_before = models.CharField(max_length=120, blank=True)
    who_after = models.CharField(max_length=120, blank=True)
    because = models.TextField()
    changed_by = _account()
    at = models.DateTimeField()

    classified = {
        "step": "sensitive", "case": "sensitive", "kind": "internal", "due_before": "internal", "due_after": "internal",
        "who_before": "identity", "who_after": "identity", "because": "free", "changed_by": "internal",
        "at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_planstepchange"
        ordering = ["at", "id"]


class ExtensionProposal(Written):
    """Who works in an investigation but may not extend it asks somebody who may, with the day and the special reasons.

    One waits at a time. `answer` is why it was not decided so; what was decided stands in the decision.
    """

    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="extension_proposals")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    until = models.DateField()
    ground = models.TextField()
    proposed_by = _account()
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.WAITING)
    answer = models.TextField(blank=True)
    answered_by = _account()
    answered_at = models.DateTimeField(null=True)

    classified = {
        "investigation": "sensitive", "case": "sensitive", "until": "internal", "ground": "free",
        "proposed_by": "internal", "proposed_at": "internal", "state": "internal", "answer": "free",
        "answered_by": "internal", "answered_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_extensionproposal"
        constraints = [
            models.UniqueConstraint(
                fields=["investigation"], condition=Q(state="waiting"), name="child_extension_proposal_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True) | (~Q(state="waiting") & Q(answered_at__isnull=False)),
                name="child_extension_proposal_answered",
            ),
        ]  # fmt: skip


class AreaText(Written):
    """What is written under one heading. Each save is a version of its own; the highest is what holds."""

    investigation = models.ForeignKey(
        Investigation, models.PROTECT, related_name="area_texts", db_index=False
    )
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    area = models.CharField(max_length=20, choices=Area)
    version = models.PositiveIntegerField()
    body = models.TextField()
    written_by = _account()
    at = models.DateTimeField()

    classified = {
        "investigation": "sensitive", "case": "sensitive", "area": "internal", "version": "internal",
        "body": "free", "written_by": "internal", "at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_areatext"
        constraints = [
            models.UniqueConstraint(fields=["investigation", "area", "version"], name="child_areatext_once")
        ]


class Talk(Written):
    """A talk that was held; its words are a signed note of the case.

    `without_consent` marks a talk with the child that the guardian had not agreed to (SoL 20:7).
    """

    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="talks")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    note = models.OneToOneField("casework.Note", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=TalkKind)
    with_whom = models.CharField(max_length=200)
    held_on = models.DateField()
    consent = models.CharField(max_length=12, choices=Consent)
    without_consent = models.BooleanField(default=False)
    because = models.TextField(blank=True)
    noted_by = _account()
    at = models.DateTimeField()

    classified = {
        "investigation": "sensitive", "case": "sensitive", "note": "sensitive", "kind": "sensitive",
        "with_whom": "identity", "held_on": "internal", "consent": "sensitive", "without_consent": "sensitive",
        "because": "free", "noted_by": "internal", "at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_talk"
        constraints = [
            models.CheckConstraint(
                condition=Q(without_consent=False) | ~Q(because=""), name="child_talk_without_consent_reason"
            )
        ]


class TalkDraft(Written):
    """What the author of an unsigned note has chosen about the talk that it is to tell of; gone when it is signed.

    The words themselves are the draft note's. `note_id` is no reference: the night removes notes that stayed empty.
    """

    note_id = models.UUIDField(unique=True)
    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    account = _account()
    kind = models.CharField(max_length=20, choices=TalkKind, blank=True)
    consent = models.CharField(max_length=12, choices=Consent, blank=True)
    because = models.TextField(blank=True)

    classified = {
        "note_id": "internal", "investigation": "sensitive", "case": "sensitive", "account": "internal",
        "kind": "sensitive", "consent": "sensitive", "because": "free",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_talkdraft"


class ObtainedData(Written):
    """What a school, a clinic or another source was asked, with what right, and what it answered."""

    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="obtained")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=20, choices=DataSource)
    source_name = models.CharField(max_length=160)
    basis = models.CharField(max_length=8, choices=Basis)
    asked_on = models.DateField()
    received_on = models.DateField(null=True)
    body = models.TextField(blank=True)
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, related_name="+", db_index=False
    )
    noted_by = _account()

    classified = {
        "investigation": "sensitive", "case": "sensitive", "source": "sensitive", "source_name": "identity",
        "basis": "internal", "asked_on": "internal", "received_on": "internal", "body": "free",
        "document": "sensitive", "noted_by": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_obtaineddata"


class Statement(Written):
    """What the investigator states: the child's view, the child's best, risk and protection, the assessment.

    Rows are added, never changed; the latest of each kind holds. `how` belongs to the child's view, `level` and
    `protection` to the assessment of risk.
    """

    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="statements")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=StatementKind)
    body = models.TextField()
    how = models.CharField(max_length=12, choices=HowTold, blank=True)
    level = models.CharField(max_length=12, choices=RiskLevel, blank=True)
    protection = models.TextField(blank=True)
    written_by = _account()
    at = models.DateTimeField()

    classified = {
        "investigation": "sensitive", "case": "sensitive", "kind": "internal", "body": "free", "how": "sensitive",
        "level": "sensitive", "protection": "free", "written_by": "internal", "at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_statement"
        constraints = [
            models.CheckConstraint(condition=~Q(kind="child_view") | ~Q(how=""), name="child_statement_view_how"),
            models.CheckConstraint(condition=~Q(kind="risk") | ~Q(level=""), name="child_statement_risk_level"),
        ]  # fmt: skip


class FollowUp(Written):
    """The board follows the child after an investigation, by decision and on a ground of law (SoL 23:1-2, 23:5)."""

    investigation = models.OneToOneField(Investigation, models.PROTECT, related_name="follow_up")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+", db_index=False)
    ground = models.CharField(max_length=20, choices=FollowUpGround)
    because = models.TextField()
    with_consent = models.BooleanField()
    started_on = models.DateField()
    started_by = _account()
    last_day = models.DateField()
    ended_on = models.DateField(null=True)
    ended_because = models.TextField(blank=True)
    ended_by = _account()

    classified = {
        "investigation": "sensitive", "case": "sensitive", "ground": "sensitive", "because": "free", "with_consent": "sensitive",
        "started_on": "internal", "started_by": "internal", "last_day": "internal", "ended_on": "internal",
        "ended_because": "free", "ended_by": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_followup"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="child_followup_ends_after",
            )
        ]
