"""Who is kept out of what a case tells, whom a decision was told to, and what was left out of a text to somebody."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from handslag.casework.models.cases import Case
from handslag.casework.models.decisions import Communication, Decision
from handslag.casework.models.documents import Document
from handslag.casework.states import KeptOutGround, Outcome, PartyRole
from handslag.foundation.models.written import Written
from handslag.foundation.said import tell


class KeptOut(Written):
    """A guardian who is told nothing of a case, with the ground, until somebody lifts it. Never read by a resident:
    the one who is kept out finds nothing of the case, and nothing of this row either."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="kept_out", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    ground = models.CharField(max_length=20, choices=KeptOutGround)
    because = models.TextField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    kept_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    lifted_at = models.DateTimeField(null=True)

    classified = {
        "case": "sensitive", "person": "identity", "ground": "sensitive", "because": "free",
        "kept_by": "internal", "kept_at": "internal", "lifted_by": "internal", "lifted_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_keptout"
        verbose_name_plural = "kept out"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(lifted_at__isnull=True), name="casework_keptout_once"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="casework_keptout_has_reason"),
        ]


class DecisionNotice(Written):
    """A decision as it was told to one person, or the ground on which that person was not told. Never changed.

    `reasons` are those of the decision that the masking rules let through to the person; `partial` tells that some were
    left out. The person reads this row, never the decision itself.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="notices", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=20, choices=PartyRole)
    told_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=20, blank=True)
    ground = models.CharField(max_length=20, choices=KeptOutGround, blank=True)
    because = models.TextField(blank=True)
    type = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20, choices=Outcome)
    legal_ground = models.CharField(max_length=60)
    reasons = models.JSONField(default=list)
    partial = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    # Empty when the notice leaves the official's name out (FL 33).
    decided_by_name = models.CharField(max_length=200, blank=True)
    appeal = models.CharField(max_length=40)
    appeal_last_day = models.DateField(null=True)
    letter = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    classified = {
        "decision": "sensitive", "case": "sensitive", "person": "identity", "role": "sensitive",
        "told_at": "internal", "way": "internal", "ground": "sensitive", "because": "free", "type": "sensitive",
        "outcome": "sensitive", "legal_ground": "sensitive", "reasons": "free", "partial": "internal",
        "decided_at": "internal", "decided_by_name": "internal", "appeal": "internal",
        "appeal_last_day": "internal", "letter": "sensitive", "sent_by": "internal", "at": "internal",
    }  # fmt: skip

    # Whose file it is, in the reader's words; set by the query, empty for the reader's own.
    about: str = ""

    class Meta:
        db_table = "casework_decisionnotice"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person"],
                condition=Q(told_at__isnull=False),
                name="casework_notice_once",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=False, ground="")
                | (Q(told_at__isnull=True) & ~Q(ground="") & ~Q(because="")),
                name="casework_notice_told_or_why",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-told_at"], name="casework_notice_person"),
            models.Index(fields=["case", "-at"], name="casework_notice_case"),
        ]

    @property
    def result(self) -> str:
        """What the decision came to, in the reader's language."""
        first = self.reasons[0] if self.reasons else ""
        return tell(first) if isinstance(first, dict) else str(self.get_outcome_display())

    @property
    def why(self) -> list[Any]:
        """The reasons, without the one that only says what the decision came to."""
        says_result = len(self.reasons) > 1 and isinstance(self.reasons[0], dict)
        return list(self.reasons[1:] if says_result else self.reasons)


class LeftOut(Written):
    """A passage that a masking rule hid from one person in a text to them; with `shown_because` it was shown after all.

    Read by staff alone."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    communication = models.ForeignKey(Communication, models.PROTECT, null=True, related_name="left_out")
    notice = models.ForeignKey(DecisionNotice, models.PROTECT, null=True, related_name="left_out")
    place = models.PositiveIntegerField()
    text = models.TextField()
    ground = models.CharField(max_length=20)
    rule = models.CharField(max_length=60)
    shown_because = models.TextField(blank=True)

    classified = {
        "case": "sensitive", "communication": "internal", "notice": "internal", "place": "internal",
        "text": "free", "ground": "sensitive", "rule": "internal", "shown_because": "free",
    }  # fmt: skip

    class Meta:
        db_table = "casework_leftout"
        verbose_name_plural = "left out"
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                condition=Q(communication__isnull=True, notice__isnull=False)
                | Q(communication__isnull=False, notice__isnull=True),
                name="casework_leftout_of_one",
            )
        ]
