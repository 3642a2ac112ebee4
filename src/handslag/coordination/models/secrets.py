"""What of a person is secret toward another named person (LVU 14 §, lag 2024:79 5:4)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.coordination.states import SecretGround
from handslag.foundation.models.written import Written


class SecretToward(Written):
    """The person's address, contact ways or placement is secret toward another, from a day until another."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    toward = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    address = models.BooleanField()
    contact = models.BooleanField()
    placement = models.BooleanField()
    ground = models.CharField(max_length=20, choices=SecretGround)
    because = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField()
    ended_because = models.TextField(blank=True)
    # What else may tell where the person is, typed by those who know: lists of words by kind (`TellingKind`).
    telling = models.JSONField(default=dict)

    classified: ClassVar[dict[str, str]] = {
        "person": "sensitive", "toward": "sensitive", "address": "sensitive", "contact": "sensitive",
        "placement": "sensitive", "ground": "sensitive", "because": "free", "valid_from": "sensitive",
        "valid_to": "sensitive", "decided_by": "internal", "decided_at": "internal", "ended_because": "free",
        "telling": "sensitive",
    }  # fmt: skip

    class Meta:
        db_table = "coordination_secrettoward"
        verbose_name_plural = "secrets toward"
        constraints = [
            models.CheckConstraint(name="secrettoward_two_persons", condition=~Q(person=F("toward"))),
            models.CheckConstraint(
                name="secrettoward_something", condition=Q(address=True) | Q(contact=True) | Q(placement=True)
            ),
            models.CheckConstraint(
                name="secrettoward_period",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["person", "toward", "ground"],
                condition=Q(valid_to__isnull=True),
                name="secrettoward_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "toward"], name="secrettoward_person"),
            models.Index(fields=["toward", "person"], name="secrettoward_toward"),
        ]
