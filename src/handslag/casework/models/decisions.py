"""Communication before a decision (FL 25) and the decision itself (FL 31-33)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.casework.models.cases import Case
from handslag.casework.models.documents import Document
from handslag.casework.states import CommunicationState, Outcome
from handslag.foundation.models.written import Written
from handslag.foundation.said import tell


class Communication(Written):
    """The material that the party was told of before the decision, and what came of it (FL 25)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="communications", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    matter_id = models.UUIDField(null=True)
    material = models.TextField(blank=True)
    said = models.JSONField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=CommunicationState)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    sent_at = models.DateTimeField()
    # The last day to answer; null when waived.
    answer_until = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answered_orally = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    answer_document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)
    # When the party asked to speak before the decision (FL 24); until then nothing is decided (FL 25).
    wants_to_speak_at = models.DateTimeField(null=True)
    waived_because = models.TextField(blank=True)
    # Something was left out of the text, since a masking rule hid it from the person.
    partial = models.BooleanField(default=False)

    classified = {
        "case": "sensitive", "person": "identity", "matter_id": "internal", "material": "free",
        "said": "sensitive", "document": "sensitive", "state": "internal", "sent_by": "internal",
        "sent_at": "internal", "answer_until": "internal", "answer": "free", "answered_orally": "internal",
        "answered_at": "internal", "waived_because": "free", "answer_document": "sensitive",
        "wants_to_speak_at": "internal", "partial": "internal",
    }  # fmt: skip

    # Whose file it is, in the reader's words; set by the query, empty for the reader's own.
    about: str = ""

    class Meta:
        db_table = "casework_communication"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=CommunicationState.WAIVED) | ~Q(waived_because=""),
                name="casework_waived_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=CommunicationState.WAIVED) | Q(answer_until__isnull=False),
                name="casework_communication_has_time",
            ),
        ]
        indexes = [models.Index(fields=["case", "-sent_at"], name="casework_communication_case")]


class Decision(Written):
    """A decision as it was signed. Only its delivery and its letter may be set, and once; a trigger holds it.

    `period_from` and `period_to` are the first and the last day that it concerns. `reasons` is a list of
    texts, each a plain string (written by a person) or code and values (written by the system).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    matter_id = models.UUIDField(null=True)
    type = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20, choices=Outcome)
    legal_ground = models.CharField(max_length=60)
    amount_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    reasons = models.JSONField()
    automated = models.BooleanField(default=False)
    # FL 31: who decided (null: an automated function), who was rapporteur, who else took part at the end.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    rapporteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    took_part = models.JSONField(default=list)
    decided_at = models.DateTimeField()
    # FL 33: the written notice leaves the official's name out; this record never does.
    name_left_out = models.BooleanField(default=False)
    appeal = models.CharField(max_length=40)
    communication = models.OneToOneField(Communication, models.PROTECT, null=True, related_name="decision")
    # FL 37-39: a decision is changed by a new one that replaces it.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    delivered_at = models.DateTimeField(null=True)
    delivered_by_way = models.CharField(max_length=20, blank=True)
    appeal_last_day = models.DateField(null=True)
    letter = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)
    idempotency_key = models.CharField(max_length=80, blank=True)

    classified = {
        "case": "sensitive", "person": "identity", "matter_id": "internal", "type": "sensitive",
        "outcome": "sensitive", "legal_ground": "sensitive", "amount_kr": "sensitive",
        "period_from": "sensitive", "period_to": "sensitive", "reasons": "free", "automated": "internal",
        "decided_by": "internal", "rapporteur": "internal", "took_part": "internal",
        "decided_at": "internal", "name_left_out": "sensitive", "appeal": "internal",
        "communication": "internal", "replaces": "internal", "delivered_at": "internal",
        "delivered_by_way": "internal", "appeal_last_day": "internal", "letter": "sensitive",
        "idempotency_key": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_decision"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "idempotency_key"], condition=~Q(idempotency_key=""),
                name="casework_decision_once",
            ),
            models.CheckConstraint(
                condition=Q(amount_kr__isnull=True) | Q(amount_kr__gte=0), name="casework_decision_amount"
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True, period_to__isnull=True)
                | Q(period_to__gte=F("period_from")),
                name="casework_decision_period",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.DECIDED) | Q(amount_kr__isnull=True),
                name="casework_decided_no_amount",
            ),
            models.CheckConstraint(
                condition=Q(automated=True, decided_by__isnull=True, outcome=Outcome.GRANTED)
                | Q(automated=False, decided_by__isnull=False),
                name="casework_decision_who",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case", "-decided_at", "-id"], name="casework_decision_case"),
            models.Index(fields=["person", "-decided_at"], name="casework_decision_person"),
            models.Index(fields=["decided_at", "type"], name="casework_decision_at"),
            models.Index(
                fields=["decided_at"],
                condition=Q(delivered_at__isnull=True),
                name="casework_decision_to_send",
            ),
        ]

    @property
    def result(self) -> str:
        """What the decision came to, in the reader's language: its outcome, or for one that neither grants nor refuses
        the stored sentence that says what was decided."""
        first = self.reasons[0] if self.reasons else ""
        if self.outcome == Outcome.DECIDED and isinstance(first, dict):
            return tell(first)
        return str(self.get_outcome_display())
