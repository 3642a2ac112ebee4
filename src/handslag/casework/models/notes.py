"""Notes in the case: a draft that only its author sees, then signed for good (SoL 14:3, 14:6)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from handslag.casework.models.cases import Case
from handslag.casework.states import AdditionKind, NoteKind, NoteState
from handslag.foundation.models.written import Written


def untouched() -> Q:
    """Drafts that were opened and left without a word: never saved, empty. They are shown to nobody."""
    return Q(state=NoteState.DRAFT, version=1, body="", subject="")


class Note(Written):
    """What was done, said or seen. A trigger keeps a signed note from every change; a draft may be thrown away."""

    removable = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes", db_index=False)
    # Null for a note that the system wrote.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20, choices=NoteKind, default=NoteKind.NOTE)
    happened_on = models.DateField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    # A text that the system wrote, kept as code and values; then `body` is empty.
    said = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=NoteState, default=NoteState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    classified = {
        "case": "sensitive", "author": "internal", "kind": "sensitive", "happened_on": "sensitive",
        "subject": "free", "body": "free", "said": "sensitive", "state": "internal", "version": "internal",
        "created_at": "internal", "saved_at": "internal", "signed_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_note"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=NoteState.DRAFT, signed_at__isnull=True)
                | Q(state=NoteState.SIGNED, signed_at__isnull=False),
                name="casework_note_signed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-happened_on", "-id"], name="casework_note_case"),
            models.Index(fields=["author"], condition=Q(state="draft"), name="casework_note_drafts"),
        ]

    @property
    def is_signed(self) -> bool:
        return self.state == NoteState.SIGNED


class NoteAddition(Written):
    """What stands beside a signed note afterwards: its author's correction or the person's objection."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="additions", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=AdditionKind)
    body = models.TextField()
    # Whose objection it is; null for a correction.
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    classified = {
        "note": "sensitive", "case": "sensitive", "kind": "internal", "body": "free", "person": "identity",
        "written_by": "internal", "at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_noteaddition"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["note", "at"], name="casework_note_addition_note")]
