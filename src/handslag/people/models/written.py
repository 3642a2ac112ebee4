"""Rows of people are written by operations alone."""

from typing import Any

from django.db import models

from handslag.foundation import public as foundation


class WrittenByOperations(models.Model):
    """Refuses `save` outside an operation, so that no change of a person lacks its event."""

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **named: Any) -> None:
        if not foundation.in_operation():
            raise foundation.Refused("Rows about people are written by operations alone.")
        super().save(*arguments, **named)
