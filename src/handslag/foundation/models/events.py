"""The spine: what happened, in order, never changed, sealed in batches."""

from django.db import models


class Event(models.Model):
    """Something that happened. Written in the transaction of the change; rows are never changed or removed."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_name = models.CharField(max_length=60, blank=True)
    account_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)

    classified = {
        "kind": "internal",
        "at": "internal",
        "recorded_at": "internal",
        "actor_kind": "internal",
        "actor_name": "internal",
        "account_id": "internal",
        "case_id": "internal",
        "person_id": "internal",
        "unit_id": "internal",
        "data": "internal",
    }

    class Meta:
        db_table = "foundation_event"
        indexes = [
            # A case's or a person's own events, newest first; the kind stands in the index, so that what is told
            # elsewhere is passed over without reading the event.
            models.Index(fields=["case_id", "at", "id"], name="event_case_at", include=["kind"]),
            models.Index(
                fields=["person_id", "at", "id"],
                name="event_person_at",
                include=["kind"],
                condition=models.Q(case_id__isnull=True),
            ),
            models.Index(fields=["person_id", "id"], name="event_person"),
            models.Index(fields=["kind", "at"], name="event_kind_at"),
        ]


class Seal(models.Model):
    """A link of the hash chain over a batch of events (`handslag verify-log`)."""

    id = models.BigAutoField(primary_key=True)
    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField(unique=True)
    events = models.IntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    classified = {
        "first_event": "internal",
        "last_event": "internal",
        "events": "internal",
        "digest": "internal",
        "previous": "internal",
        "sealed_at": "internal",
    }

    class Meta:
        db_table = "foundation_seal"
