"""A case that is kept from one member of staff, because a context above says that they are biased (jäv)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from handslag.casework.models.cases import Case
from handslag.foundation.models.written import Written


class CaseKeptFrom(Written):
    """While it holds, the account neither reads nor works in the case, in the database either, and is not given it.

    A manager may decide otherwise, with the reason. It never says to whom the member of staff is close."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="kept_from", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    kept_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    allowed_at = models.DateTimeField(null=True)
    allowed_because = models.TextField(blank=True)

    classified: ClassVar[dict[str, str]] = {
        "case": "sensitive", "account": "sensitive", "kept_at": "internal", "ended_at": "internal",
        "allowed_by": "internal", "allowed_at": "internal", "allowed_because": "free",
    }  # fmt: skip

    class Meta:
        db_table = "casework_casekeptfrom"
        verbose_name_plural = "cases kept from staff"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "case"], condition=Q(ended_at__isnull=True), name="casework_kept_from_once"
            ),
            models.CheckConstraint(
                condition=Q(allowed_at__isnull=True, allowed_by__isnull=True, allowed_because="")
                | (Q(allowed_at__isnull=False, allowed_by__isnull=False) & ~Q(allowed_because="")),
                name="casework_kept_from_allowed_with_reason",
            ),
        ]
