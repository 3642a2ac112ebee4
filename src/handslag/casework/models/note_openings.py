"""A note that a member of staff has looked at and lets one reader of the record online see."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from handslag.casework.models.cases import Case
from handslag.casework.models.notes import Note
from handslag.foundation.models.written import Written


class NoteOpening(Written):
    """What a rule hid in a note, looked at by a person and shown to one reader, with why.

    `passages` are digests of the very passages that were looked at, each with the rule that hid it: what is added to the
    note later, and what another rule finds, is hidden until somebody has looked again. Never changed; to hide the note
    again it is held back."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="openings", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    reader = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    passages = ArrayField(models.CharField(max_length=64))
    because = models.TextField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField()

    classified: ClassVar[dict[str, str]] = {
        "note": "sensitive", "case": "sensitive", "reader": "identity", "passages": "sensitive", "because": "free",
        "opened_by": "internal", "opened_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_noteopening"
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="casework_note_opened_with_reason")
        ]
        indexes = [models.Index(fields=["note", "reader"], name="casework_note_opening_note")]
