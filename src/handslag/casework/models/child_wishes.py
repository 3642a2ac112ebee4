"""What a child asks is kept from a guardian (OSL 12:3, not read here; barnkonventionen 12)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.casework.models.cases import Case
from handslag.casework.models.notes import Note
from handslag.casework.states import WishState, WishWay
from handslag.foundation.models.written import Written


class ChildWish(Written):
    """A child's wish that something is kept from a guardian. It is followed from the moment it is said.

    Without `note` it concerns the whole record of the child, also in other files; with `passage` only those lines, word by
    word. `toward` empty: from every guardian. `case` is the file where it is weighed, empty until the child has one. Only
    two persons together end it: one proposes with the reason, another agrees (`opened`). Read by staff alone, never by a
    guardian and not by the child either, so that nobody can make the child show it.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="wishes")
    note = models.ForeignKey(Note, models.PROTECT, null=True, related_name="wishes", db_index=False)
    passage = models.TextField(blank=True)
    toward = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    words = models.TextField()
    way = models.CharField(max_length=8, choices=WishWay)
    asked_at = models.DateTimeField()
    # Whole years on the day that it was said; empty when the day of birth is not known.
    age_years = models.PositiveSmallIntegerField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=8, choices=WishState)
    # A wish about some words that is followed: the rest of the note is read online without them.
    rest_shown = models.BooleanField(default=False, db_default=False)
    maturity = models.TextField(blank=True)
    because = models.TextField(blank=True)
    weighed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    weighed_at = models.DateTimeField(null=True)
    review_words = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    reviewed_at = models.DateTimeField(null=True)

    # What each guardian would read of the note without the words, where it was asked for (`find_wishes`); no column.
    rest: "tuple[object, ...]" = ()

    classified: ClassVar[dict[str, str]] = {
        "person": "identity", "case": "sensitive", "note": "sensitive", "passage": "free", "toward": "identity",
        "words": "free", "way": "internal", "asked_at": "internal", "age_years": "sensitive", "recorded_by": "internal",
        "state": "sensitive", "maturity": "free", "because": "free", "weighed_by": "internal", "weighed_at": "internal",
        "rest_shown": "sensitive", "review_words": "free", "reviewed_by": "internal", "reviewed_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_childwish"
        verbose_name_plural = "child wishes"
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="casework_wish_has_words"),
            models.CheckConstraint(
                condition=Q(passage="") | Q(note__isnull=False), name="casework_wish_passage_of_note"
            ),
            models.CheckConstraint(
                condition=Q(note__isnull=True) | Q(case__isnull=False), name="casework_wish_note_of_case"
            ),
            models.CheckConstraint(
                condition=Q(state="asked")
                | (~Q(because="") & ~Q(maturity="") & Q(weighed_by__isnull=False, weighed_at__isnull=False)),
                name="casework_wish_weighed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(rest_shown=False) | (Q(state="kept") & ~Q(passage="")), name="casework_wish_rest_of_words"
            ),
            models.CheckConstraint(
                condition=~Q(state="opened")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(reviewed_by=F("weighed_by"))),
                name="casework_wish_opened_by_two",
            ),
        ]
