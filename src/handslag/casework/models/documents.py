"""Papers of the case. The content lies in a table of its own, so that a list never carries it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from handslag.casework.models.cases import Case
from handslag.casework.states import DocumentKind, ScanState
from handslag.foundation.models.written import Written


class Document(Written):
    """A paper as it came or was made; never changed. `media_type` is what the content is, not its name.

    A party sees it when it is their own (`person`), or when `open_to_party` and it is nobody's own.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", db_index=False)
    kind = models.CharField(max_length=20, choices=DocumentKind, default=DocumentKind.RECEIVED)
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=ScanState)
    # Whose paper it is: who sent it in or to whom it is addressed.
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    open_to_party = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    added_at = models.DateTimeField()
    idempotency_key = models.CharField(max_length=80, blank=True)

    classified = {
        "case": "sensitive", "kind": "sensitive", "name": "free", "media_type": "internal",
        "size_bytes": "internal", "sha256": "internal", "scan": "internal", "person": "identity",
        "open_to_party": "internal", "added_by": "internal", "added_at": "internal",
        "idempotency_key": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_document"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "idempotency_key"], condition=~Q(idempotency_key=""),
                name="casework_document_once",
            ),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="casework_document_not_empty"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["case", "-added_at", "-id"], name="casework_document_case")]


class DocumentContent(models.Model):
    """The bytes of a document; read only by `queries.read_document`, which logs the reading."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="stored")
    content = models.BinaryField()

    classified = {"document": "sensitive", "content": "free"}

    class Meta:
        db_table = "casework_documentcontent"
