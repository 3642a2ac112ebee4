"""What may be told to whom. Secrets toward a named person belong to a context above; people asks it, and fails closed.

    people.use_secrecy(secrecy)                                   once, at start, by the context that keeps the secrets
    people.may_tell(person_id, toward_id, "address")              before something of one person is told to another
    people.require_tellable(receiver_id, subject, body)           before a written text leaves to a person

Whatever goes wrong while asking is a no: nothing is told because a question could not be answered.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol
from uuid import UUID

import structlog

from handslag.foundation.public import Actor, current_actor
from handslag.people.errors import SecretWouldBeTold

What = Literal["address", "contact", "placement"]
_log = structlog.get_logger("people.telling")


class Secrecy(Protocol):
    """Who keeps the secrets, and answers for them."""

    def is_secret(self, person_id: UUID, toward_id: UUID, what: What) -> bool:
        """Whether the person's address, contact ways or placement is secret toward the other today."""

    def is_kept_from(self, person_id: UUID, reader: Actor, what: What) -> bool:
        """Whether it is left out for a member of staff who works with the one it is secret toward."""

    def kept_stays(self, household_id: UUID, person_ids: Sequence[UUID], reader: Actor) -> Collection[UUID]:
        """Those whose place in the household is left out for the reader in the same way."""

    def hold_back(self, toward_id: UUID, texts: Sequence[str], writer: Actor | None) -> "HeldBack | None":
        """Why the texts do not go to their receiver: they name what is secret toward that one; or the writer does not
        know of all that is, and they name any place. None: they may go."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A text that is held back: whether its writer knows of the secret, and what is written of the attempt afterwards."""

    known: bool
    remember: Callable[[], None]


_secrecy: list[Secrecy] = []


def use_secrecy(secrecy: Secrecy) -> None:
    """Ask this keeper from now on; the last one counts."""
    _secrecy[:] = [secrecy]


def may_tell(person_id: UUID, toward_id: UUID, what: What) -> bool:
    """Whether the person's address, contact ways or placement may be told to the other; no when it cannot be asked."""
    if person_id == toward_id:
        return True
    return not any(_asked(partial(one.is_secret, person_id, toward_id, what)) for one in _secrecy)


def may_show(person_id: UUID, reader: Actor, what: What) -> bool:
    """Whether a member of staff who may read the person is shown this of them; no when it cannot be asked."""
    if not reader.is_staff:
        return True
    return not any(_asked(partial(one.is_kept_from, person_id, reader, what)) for one in _secrecy)


def kept_stays(household_id: UUID, person_ids: Sequence[UUID], reader: Actor) -> set[UUID]:
    """Those whose place in a household is not shown to a member of staff; everybody when it cannot be asked."""
    if not reader.is_staff:
        return set()
    kept: set[UUID] = set()
    for one in _secrecy:
        try:
            kept |= set(one.kept_stays(household_id, person_ids, reader))
        except Exception as fault:
            _log.error("a secret could not be asked for", error=type(fault).__name__)
            kept |= set(person_ids)
    return kept


def require_tellable(toward_id: UUID, *texts: object) -> None:
    """Raise SecretWouldBeTold when a written text names what is secret toward its receiver, or cannot be checked; for a
    writer who does not know of the secret also when it names any street. The attempt is logged."""
    written = [words for text in texts if (words := _own_words(text)).strip()]
    if not written:
        return
    for one in _secrecy:
        try:
            held = one.hold_back(toward_id, written, current_actor())
        except Exception as fault:
            _log.error("a text could not be checked for secrets", error=type(fault).__name__)
            raise SecretWouldBeTold(checked=False) from fault
        if held is not None:
            refusal = SecretWouldBeTold(known=held.known)
            refusal.afterwards = held.remember
            raise refusal


def _own_words(text: object) -> str:
    """What a person wrote: a plain text, or the reason that a sentence of the system's carries (`why`)."""
    if isinstance(text, dict):
        return str((text.get("values") or {}).get("why") or "")
    return text if isinstance(text, str) else ""


def _asked(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except Exception as fault:
        _log.error("a secret could not be asked for", error=type(fault).__name__)
        return True
