"""What coordination does when something happens in a lower context."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from handslag.casework import public as casework
from handslag.coordination.models import SecretToward
from handslag.coordination.secrecy import present_secrets
from handslag.foundation import public as foundation
from handslag.people import public as people

OWN_HAND = foundation.system("coordination")


def register() -> None:
    """Follow persons whose two records were one, and let what belongs to a case be erased with it."""
    people.on_merge(follow_merged_person)
    casework.register_erasure("coordination")


def follow_merged_person(keep_id: UUID, duplicate_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """What was secret about, or toward, the duplicate is so about, or toward, the one who stays.

    Refuses to join two records when something of one is secret toward the other: then they cannot be one person.
    """
    pair = {keep_id, duplicate_id}
    with foundation.acting(OWN_HAND):
        if present_secrets().filter(person_id__in=pair, toward_id__in=pair).exists():
            raise foundation.Refused(
                "These two cannot be the same person.",
                do="Look at both records once more, with your manager.",
            )
        rows = SecretToward.objects.select_for_update().filter(
            Q(person_id=duplicate_id) | Q(toward_id=duplicate_id)
        )
        for row in rows.order_by("id"):
            _move(row, keep_id, duplicate_id, at)


def _move(row: SecretToward, keep_id: UUID, duplicate_id: UUID, at: datetime) -> None:
    person_id = keep_id if row.person_id == duplicate_id else row.person_id
    toward_id = keep_id if row.toward_id == duplicate_id else row.toward_id
    if person_id == toward_id:
        return  # an ended secret between the two; it stays as it was written
    held = SecretToward.objects.filter(
        person_id=person_id, toward_id=toward_id, ground=row.ground, valid_to__isnull=True
    ).exclude(id=row.id)
    if row.valid_to is None and (same := held.first()) is not None:
        # One row holds for both, with all that either kept secret.
        same.address, same.contact, same.placement = (
            same.address or row.address, same.contact or row.contact, same.placement or row.placement,
        )  # fmt: skip
        same.save(update_fields=["address", "contact", "placement"])
        row.valid_to = max(foundation.day_of(at), row.valid_from)
    row.person_id, row.toward_id = person_id, toward_id
    row.save(update_fields=["person", "toward", "valid_to"])
