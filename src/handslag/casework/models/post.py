"""Letters that must be printed and posted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from handslag.casework.models.cases import Case
from handslag.casework.models.decisions import Decision
from handslag.casework.models.documents import Document
from handslag.casework.states import PrintState
from handslag.foundation.models.written import Written


class PrintQueueItem(Written):
    """A letter that waits to be printed and posted to one person: no digital mailbox took it, or it is told by post. Once for
    each receiver. `decision` is what it tells of, where it tells of one."""

    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    reason_code = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=PrintState)
    queued_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    classified = {
        "decision": "sensitive", "case": "sensitive", "person": "identity", "document": "sensitive",
        "reason_code": "sensitive", "state": "internal", "queued_at": "internal", "printed_at": "internal",
        "printed_by": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_printqueueitem"
        constraints = [
            models.UniqueConstraint(fields=["document", "person"], name="casework_print_once"),
            models.CheckConstraint(
                condition=Q(state="printed", printed_at__isnull=False)
                | (~Q(state="printed") & Q(printed_at__isnull=True)),
                name="casework_print_printed",
            ),
        ]
        indexes = [
            models.Index(fields=["queued_at"], condition=Q(state="waiting"), name="casework_print_waiting")
        ]
