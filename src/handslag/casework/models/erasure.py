"""Lists of files to erase: proposed by the system, approved by a person, carried out by the system."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from handslag.foundation.models.written import Written


class ListState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("erasure list", "To approve")
    APPROVED = "approved", pgettext_lazy("erasure list", "Approved")
    DONE = "done", pgettext_lazy("erasure list", "Carried out")


class ItemState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("erasure item", "Proposed")
    KEPT = "kept", pgettext_lazy("erasure item", "Kept")
    APPROVED = "approved", pgettext_lazy("erasure item", "To be erased")
    ERASED = "erased", pgettext_lazy("erasure item", "Erased")
    FAILED = "failed", pgettext_lazy("erasure item", "Could not be erased")


class ErasureList(Written):
    """The files of one unit that fall due, as they stood on a day."""

    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+")
    for_day = models.DateField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ListState, default=ListState.PROPOSED)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    classified = {
        "unit": "internal", "for_day": "internal", "made_at": "internal", "state": "internal",
        "approved_by": "internal", "approved_at": "internal", "done_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_erasurelist"
        constraints = [
            models.CheckConstraint(
                name="casework_erasure_approved",
                condition=Q(state="proposed", approved_by__isnull=True) | Q(approved_by__isnull=False),
            )
        ]


class ErasureItem(Written):
    """One file of a list. It points at the case by its id alone, for the case is to be gone."""

    list = models.ForeignKey(ErasureList, models.PROTECT, related_name="items")
    case_uuid = models.UUIDField()
    restricted = models.BooleanField()
    record = models.CharField(max_length=30)
    last_note_on = models.DateField()
    duty_on = models.DateField()
    done_by = models.DateField()
    source = models.CharField(max_length=60)
    status = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.PROPOSED)
    because = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)

    classified = {
        "list": "internal", "case_uuid": "sensitive", "restricted": "sensitive", "record": "sensitive",
        "last_note_on": "internal", "duty_on": "internal", "done_by": "internal", "source": "internal",
        "status": "internal", "state": "internal", "because": "free", "decided_by": "internal",
        "erased_at": "internal", "rows": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_erasureitem"
        ordering = ["done_by", "id"]
        constraints = [
            # A file stands on one list at a time.
            models.UniqueConstraint(
                fields=["case_uuid"], condition=Q(state__in=["proposed", "approved"]), name="casework_erasure_once"
            ),
            models.CheckConstraint(
                name="casework_erasure_kept_why", condition=~Q(state="kept") | ~Q(because="")
            ),
        ]
        indexes = [models.Index(fields=["list", "done_by", "id"], name="casework_erasure_list")]
