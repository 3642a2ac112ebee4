"""What is written between the person and the unit."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from handslag.casework.models.cases import Case
from handslag.casework.models.documents import Document
from handslag.casework.states import Direction
from handslag.foundation.models.written import Written


class Message(Written):
    """One message to or from one person. Only the marks of reading may be set afterwards."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages", db_index=False)
    direction = models.CharField(max_length=12, choices=Direction)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    # The member of staff who wrote it; null when the person or the system did.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    said = models.JSONField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by", db_index=False)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    idempotency_key = models.CharField(max_length=80, blank=True)

    classified = {
        "case": "sensitive", "direction": "internal", "person": "identity", "account": "internal",
        "subject": "free", "body": "free", "said": "sensitive", "document": "sensitive",
        "answers": "internal", "sent_at": "internal", "read_at": "internal", "read_by": "internal",
        "idempotency_key": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_message"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "idempotency_key"], condition=~Q(idempotency_key=""),
                name="casework_message_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case", "-sent_at", "-id"], name="casework_message_case"),
            models.Index(fields=["person", "-sent_at"], name="casework_message_person"),
            models.Index(
                fields=["case"], condition=Q(direction="from_person", read_at__isnull=True),
                name="casework_message_unread",
            ),
        ]  # fmt: skip
