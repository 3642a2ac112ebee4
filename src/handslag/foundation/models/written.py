"""Rows that change only through an operation, so that no change lacks its event."""

from typing import Any, ClassVar

from django.db import models

from handslag.foundation.ids import new_id
from handslag.foundation.operation import in_operation
from handslag.foundation.rows import insert_row, update_row


class Written(models.Model):
    """A row of a context. Saving it outside an operation is a fault of the program and raises RuntimeError.

    It is never deleted but by the rules of retention, unless its class says `removable` (a draft, for one).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    removable: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not in_operation():
            raise RuntimeError(f"{type(self).__name__} is saved by an operation only")
        if not args and kwargs == {"force_insert": True}:
            insert_row(self)
        elif not args and kwargs.keys() == {"update_fields"}:
            update_row(self, kwargs["update_fields"])
        else:
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if not self.removable:
            raise RuntimeError(f"{type(self).__name__} is never deleted; see the rules of retention")
        return super().delete(*args, **kwargs)
