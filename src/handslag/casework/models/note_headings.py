"""The municipality's own note templates: headings from a day on, with who decided them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.casework.states import NoteKind
from handslag.foundation.models.written import Written


class NoteHeadings(Written):
    """One version of a note template, half-open in days. It stands in front of the shipped one with the same code; without
    headings it ends it. What was written with an earlier version keeps its own words."""

    code = models.SlugField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    kind = models.CharField(max_length=20, choices=NoteKind)
    # Codes of kinds of case; empty: in every kind.
    case_kinds = models.JSONField(default=list)
    label_sv = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    headings_sv = models.JSONField(default=list)
    headings_en = models.JSONField(default=list)
    # The decision in words: who decided, where it is written down.
    source = models.CharField(max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField()

    classified: ClassVar[dict[str, str]] = {
        "code": "internal", "valid_from": "internal", "valid_to": "internal", "kind": "internal",
        "case_kinds": "internal", "label_sv": "internal", "label_en": "internal", "headings_sv": "internal",
        "headings_en": "internal", "source": "internal", "decided_by": "internal", "decided_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_noteheadings"
        verbose_name_plural = "note headings"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="casework_headings_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="casework_headings_period",
            ),
        ]
