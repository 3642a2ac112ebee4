"""Making something of a person secret toward another, and ending it (LVU 14 §, lag 2024:79 5:4)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from handslag.coordination.errors import SecretNotFound
from handslag.coordination.events import SecretEnded, SecretSet, SecretWordsSet
from handslag.coordination.models import SecretToward
from handslag.coordination.states import SecretGround, TellingKind
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.people import public as people

MOST_WORDS = 40
LONGEST_WORD = 120
WORKERS = (Role.CASE_WORKER, Role.MANAGER, Role.PROTECTED)


@foundation.operation
def keep_secret(
    *, person_id: UUID, toward_id: UUID, address: bool = True, contact: bool = True, placement: bool = True,
    ground: str, because: str, valid_from: date | None = None, telling: Mapping[str, Sequence[str]] | None = None,
    by: foundation.Actor, at: datetime,
) -> SecretToward:  # fmt: skip
    """The person's address, contact ways or placement is secret toward the other from a day (today).

    `telling`: words by kind (`TellingKind`) that may tell where the person is; shown to whoever masks and reviews.

    The actor must be able to write about the person; the other need only be known. Raises BadInput, PersonNotFound.
    """
    foundation.require_role(by, *WORKERS)
    if person_id == toward_id:
        raise people.NotTwoPersons
    if not (address or contact or placement):
        raise foundation.BadInput("Choose what is secret.", where="what")
    if ground not in SecretGround.values:
        raise foundation.BadInput("Choose the ground.", where="ground")
    if not because.strip():
        raise foundation.BadInput("Write why it is secret.", where="because")
    if not people.may_read_person(by, person_id):
        raise people.PersonNotFound
    secret = SecretToward(
        person_id=person_id, toward_id=toward_id, address=address, contact=contact, placement=placement,
        ground=ground, because=because.strip()[:2000], valid_from=valid_from or foundation.day_of(at),
        telling=_telling(telling or {}), decided_by_id=by.account_id, decided_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            secret.save(force_insert=True)
    except IntegrityError as fault:
        if "secrettoward_once" not in str(fault):
            raise
        raise foundation.BadInput(
            "It is secret toward this person already, on the same ground.",
            where="toward",
            do="End the earlier one first if something shall change.",
        ) from None
    foundation.record(SecretSet(person_id=person_id, secret_id=secret.id, ground=ground), by=by, at=at)
    return secret


@foundation.operation
def tell_more_of_secret(
    *, secret_id: UUID, telling: Mapping[str, Sequence[str]], by: foundation.Actor, at: datetime
) -> SecretToward:
    """Change the words that may tell where the person is. What they were stays in the history of the row."""
    foundation.require_role(by, *WORKERS)
    secret = SecretToward.objects.select_for_update().filter(id=secret_id, valid_to__isnull=True).first()
    if secret is None:
        raise SecretNotFound
    secret.telling = _telling(telling)
    secret.save(update_fields=["telling"])
    number = sum(len(words) for words in secret.telling.values())
    foundation.record(
        SecretWordsSet(person_id=secret.person_id, secret_id=secret.id, words=number), by=by, at=at
    )
    return secret


def _telling(words: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The words by known kinds, each once; one that is shorter than two letters says nothing and is refused."""
    kept: dict[str, list[str]] = {}
    for kind, typed in words.items():
        if kind not in TellingKind.values:
            raise foundation.BadInput("There is no such kind of word.", where="telling")
        found = list(dict.fromkeys(" ".join(word.split())[:LONGEST_WORD] for word in typed if word.strip()))
        if any(sum(sign.isalnum() for sign in word) < 2 for word in found) or len(found) > MOST_WORDS:
            raise foundation.BadInput(
                "Write words of at least two letters, one on each line, at most {most} of a kind.",
                where=kind,
                values={"most": MOST_WORDS},
            )
        if found:
            kept[kind] = found
    return kept


@foundation.operation
def end_secret(*, secret_id: UUID, because: str, by: foundation.Actor, at: datetime) -> SecretToward:
    """It is secret no more from today. The row stays, with why."""
    foundation.require_role(by, *WORKERS)
    secret = SecretToward.objects.select_for_update().filter(id=secret_id, valid_to__isnull=True).first()
    if secret is None:
        raise SecretNotFound
    if not because.strip():
        raise foundation.BadInput("Write why it is no longer secret.", where="because")
    secret.valid_to = max(foundation.day_of(at), secret.valid_from)
    secret.ended_because = because.strip()[:2000]
    secret.save(update_fields=["valid_to", "ended_because"])
    ended = SecretEnded(person_id=secret.person_id, secret_id=secret.id, valid_to=secret.valid_to)
    foundation.record(ended, by=by, at=at)
    return secret
