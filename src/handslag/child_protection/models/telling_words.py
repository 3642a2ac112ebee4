"""The municipality's own words that may tell who reported: a group of words from a day on, with who decided it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.foundation.models.written import Written


class TellingWords(Written):
    """One version of a group of `parameters/telling_words.yaml`, half-open in days; it stands in place of the shipped one."""

    code = models.SlugField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    words = models.JSONField(default=list)
    # The decision in words: who decided, where it is written down.
    source = models.CharField(max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField()

    classified: ClassVar[dict[str, str]] = {
        "code": "internal", "valid_from": "internal", "valid_to": "internal", "words": "internal",
        "source": "internal", "decided_by": "internal", "decided_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "child_protection_tellingwords"
        verbose_name_plural = "telling words"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="child_telling_words_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="child_telling_words_period",
            ),
        ]
