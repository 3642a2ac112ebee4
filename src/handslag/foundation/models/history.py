"""How a row looked before each change; written by a trigger that every kept table shares (ADR 3)."""

from django.db import models


class RowHistory(models.Model):
    """A row as it was before it was changed or removed."""

    id = models.BigAutoField(primary_key=True)
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    change = models.CharField(max_length=6)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, blank=True)
    account_id = models.UUIDField(null=True)
    before = models.JSONField()

    classified = {
        "table_name": "internal",
        "row_id": "internal",
        "change": "internal",
        "at": "internal",
        "actor_kind": "internal",
        "account_id": "internal",
        "before": "sensitive",
    }

    class Meta:
        db_table = "foundation_rowhistory"
        indexes = [models.Index(fields=["table_name", "row_id", "id"], name="rowhistory_row")]
