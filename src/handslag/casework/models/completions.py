"""What the person is asked to send in, and until when (FL 20)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from handslag.casework.models.cases import Case
from handslag.casework.models.documents import Document
from handslag.casework.states import CompletionState
from handslag.foundation.models.written import Written


class CompletionRequest(Written):
    """A request to one person; answered when every item is."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="completions", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=CompletionState, default=CompletionState.OPEN)
    answered_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    # What in the case it concerns (an application, for one); the context above knows.
    matter_id = models.UUIDField(null=True)

    classified = {
        "case": "sensitive", "person": "identity", "asked_by": "internal", "asked_at": "internal",
        "due_on": "internal", "state": "internal", "answered_at": "internal", "overdue_at": "internal",
        "matter_id": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_completionrequest"
        indexes = [
            models.Index(fields=["case", "-asked_at"], name="casework_completion_case"),
            models.Index(fields=["due_on"], condition=Q(state="open"), name="casework_completion_due"),
            models.Index(fields=["person"], condition=Q(state="open"), name="casework_completion_person"),
        ]


class CompletionItem(Written):
    """One thing asked for, with its answer: a paper, a text, or both."""

    request = models.ForeignKey(CompletionRequest, models.PROTECT, related_name="items", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    what = models.TextField(blank=True)
    said = models.JSONField(null=True)
    answer = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)

    classified = {
        "request": "internal", "case": "sensitive", "person": "identity", "position": "internal",
        "what": "free", "said": "sensitive", "answer": "free", "document": "sensitive",
        "answered_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_completionitem"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="casework_completion_item_once")
        ]
