"""Rows that change only through an operation."""

from typing import Any

from django.db import models

from handslag.foundation import public as foundation


class Written(models.Model):
    """A row of casework. Saving outside an operation is a fault of the program and raises RuntimeError."""

    id = models.UUIDField(primary_key=True, default=foundation.new_id, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not foundation.in_operation():
            raise RuntimeError(f"{type(self).__name__} is saved by an operation of casework only")
        if not args and kwargs == {"force_insert": True}:
            foundation.insert_row(self)
        elif not args and kwargs.keys() == {"update_fields"}:
            foundation.update_row(self, kwargs["update_fields"])
        else:
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RuntimeError(f"{type(self).__name__} is never deleted; see the rules of retention")
