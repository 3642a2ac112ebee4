"""Who may read a person."""

from typing import ClassVar

from django.db import models

from handslag.foundation.models.written import Written
from handslag.people.models.persons import Person


class PersonGrant(Written):
    """A unit or a named account may read a person, from one day until (not including) another.

    For a protected person only grants to named accounts count.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    unit = models.ForeignKey("foundation.Unit", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("foundation.Account", models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=60, help_text="a code: registered, party, named, merged")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    classified: ClassVar[dict[str, str]] = {
        "person": "internal",
        "unit": "internal",
        "account": "internal",
        "because": "internal",
        "valid_from": "internal",
        "valid_to": "internal",
    }

    class Meta:
        db_table = "people_persongrant"
        indexes = [
            models.Index(fields=["person", "account"], name="persongrant_account"),
            models.Index(fields=["account", "person"], name="persongrant_of_account"),
        ]
        constraints = [
            models.CheckConstraint(
                name="persongrant_one_reader",
                condition=models.Q(unit__isnull=True, account__isnull=False)
                | models.Q(unit__isnull=False, account__isnull=True),
            )
        ]
