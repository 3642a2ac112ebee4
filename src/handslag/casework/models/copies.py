"""A copy of parts of a case for a party or for somebody who asks, with what must not leave taken out."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.casework.models.cases import Case
from handslag.casework.models.documents import Document
from handslag.casework.states import CopyReceiver, CopyState
from handslag.foundation.models.written import Written

if TYPE_CHECKING:
    from handslag.casework.models.pages import MaskedPage


class MaskedCopy(Written):
    """To whom a copy goes and why, who masked it, who read it through, and when it was given. Never read by a party:
    its passages hold the text as it stands in the case. `rules` are the names of the rules that were asked."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="copies", db_index=False)
    receiver_kind = models.CharField(max_length=20, choices=CopyReceiver)
    receiver = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    # Who asks, in words; empty for a party, and for one who does not say who they are.
    receiver_name = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=CopyState, default=CopyState.DRAFT)
    rules = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    prepared_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    reviewed_at = models.DateTimeField(null=True)
    review_words = models.TextField(blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    given_at = models.DateTimeField(null=True)
    given_way = models.CharField(max_length=20, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+")

    classified = {
        "case": "sensitive", "receiver_kind": "internal", "receiver": "identity", "receiver_name": "free",
        "purpose": "free", "state": "internal", "rules": "internal", "version": "internal",
        "prepared_by": "internal", "prepared_at": "internal", "reviewed_by": "internal",
        "reviewed_at": "internal", "review_words": "free", "given_by": "internal", "given_at": "internal",
        "given_way": "internal", "document": "sensitive",
    }  # fmt: skip

    class Meta:
        db_table = "casework_maskedcopy"
        verbose_name_plural = "masked copies"
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("prepared_by")),
                name="casework_copy_second_reader",
            ),
            models.CheckConstraint(
                condition=~Q(state=CopyState.GIVEN)
                | Q(
                    reviewed_by__isnull=False,
                    given_by__isnull=False,
                    given_at__isnull=False,
                    document__isnull=False,
                ),
                name="casework_copy_given_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["case", "-prepared_at"], name="casework_copy_case")]

    @property
    def paper_pages(self) -> "list[MaskedPage]":
        """The pages of papers in the copy, in order."""
        return list(self.pages.all())

    @property
    def is_editable(self) -> bool:
        return self.state in (CopyState.DRAFT, CopyState.RETURNED)


class MaskedPassage(Written):
    """A passage as it stands in the case, and whether it is left out. The database holds that a passage hidden by a rule
    that nobody may lift stays hidden, and that each one left out has its ground."""

    copy = models.ForeignKey(MaskedCopy, models.PROTECT, related_name="passages", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveIntegerField()
    source_kind = models.CharField(max_length=12)
    source_id = models.UUIDField()
    # The day and the kind of what it was taken from, for the heading that the copy itself writes.
    source_day = models.DateField()
    source_type = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    masked = models.BooleanField(default=False)
    ground = models.CharField(max_length=20, blank=True)
    because = models.TextField(blank=True)
    rule = models.CharField(max_length=60, blank=True)
    may_lift = models.BooleanField(default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    # Of one read passage, for the one who reads it as manager.
    manager_may_lift: bool = False

    classified = {
        "copy": "sensitive", "case": "sensitive", "place": "internal", "source_kind": "internal",
        "source_id": "internal", "source_day": "sensitive", "source_type": "sensitive", "text": "free",
        "masked": "internal", "ground": "sensitive", "because": "free", "rule": "internal",
        "may_lift": "internal", "changed_by": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_maskedpassage"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["copy", "place"], name="casework_passage_place"),
            models.CheckConstraint(
                condition=Q(masked=False) | ~Q(ground=""), name="casework_passage_masked_has_ground"
            ),
            models.CheckConstraint(
                condition=Q(masked=True) | Q(may_lift=True), name="casework_passage_stays_hidden"
            ),
            models.CheckConstraint(
                condition=Q(masked=True) | Q(rule="") | ~Q(because=""),
                name="casework_passage_lifted_with_reason",
            ),
        ]
