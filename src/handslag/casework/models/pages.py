"""The pages of papers in a copy: looked at one by one, with areas blacked, or left out whole."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from handslag.casework.models.cases import Case
from handslag.casework.models.copies import MaskedCopy
from handslag.casework.models.documents import Document
from handslag.casework.states import PageChoice
from handslag.foundation.models.written import Written


class MaskedPage(Written):
    """A page of a paper, and what of it leaves. `areas` are rows of left, top, right, bottom (thousandths of the page),
    ground, and the rule that proposed it (empty: a person). A page that nobody has looked at leaves no copy."""

    copy = models.ForeignKey(MaskedCopy, models.PROTECT, related_name="pages", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    # Its place among all that is copied, and its number in the paper, from one.
    place = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    source_day = models.DateField()
    source_type = models.CharField(max_length=20, blank=True)
    # As it is seen: points of a PDF, pixels of a picture. Only their proportion is used.
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Whether rules could read any text of it. A scanned page has none: people alone see what it says.
    has_text = models.BooleanField()
    choice = models.CharField(max_length=10, choices=PageChoice, default=PageChoice.UNSEEN)
    ground = models.CharField(max_length=20, blank=True)
    # Why what a rule proposed to hide is shown.
    because = models.TextField(blank=True)
    areas = models.JSONField(default=list)
    # The places that a manager shows against a rule that lets a manager alone; rows as of `areas`.
    lifted = models.JSONField(default=list)
    # What the shown page says, for who listens; empty: ask us. Never more than what is seen of it.
    spoken = models.TextField(blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    classified: ClassVar[dict[str, str]] = {
        "copy": "sensitive", "case": "sensitive", "document": "sensitive", "place": "internal",
        "number": "internal", "source_day": "sensitive", "source_type": "sensitive", "width": "internal",
        "height": "internal", "has_text": "internal", "choice": "internal", "ground": "sensitive",
        "because": "free", "areas": "sensitive", "lifted": "sensitive", "spoken": "free", "changed_by": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_maskedpage"
        ordering: ClassVar[list[str]] = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["copy", "place"], name="casework_page_place"),
            models.UniqueConstraint(fields=["copy", "document", "number"], name="casework_page_once"),
            models.CheckConstraint(
                condition=~Q(choice=PageChoice.LEFT_OUT) | ~Q(ground=""), name="casework_page_left_out_has_ground"
            ),
            models.CheckConstraint(
                condition=~Q(choice=PageChoice.SHOWN) | Q(changed_by__isnull=False),
                name="casework_page_shown_by_a_person",
            ),
        ]
