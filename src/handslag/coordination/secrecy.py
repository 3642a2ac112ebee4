"""The keeper of secrets toward named persons, as people asks it (people.use_secrecy), and the rules for
masked copies: what is secret stays hidden, what may tell it is shown to whoever judges."""

import re
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.coordination import events
from handslag.coordination.models import SecretToward
from handslag.coordination.rules.places_in_text import may_begin_a_street, names_a_street
from handslag.coordination.states import TellingKind
from handslag.foundation import public as foundation
from handslag.people import public as people

READER = foundation.system("secrecy")
SCHOOLS = (children.DataSource.SCHOOL, children.DataSource.PRESCHOOL)


class KeptSecrets:
    """Answers from the rows of SecretToward."""

    def is_secret(self, person_id: UUID, toward_id: UUID, what: people.What) -> bool:
        """Read as the system: the one who asks may not know of the secret."""
        with _system():
            rows = present_secrets().filter(person_id=person_id, toward_id=toward_id)
            return rows.filter(**{what: True}).exists()

    def is_kept_from(self, person_id: UUID, reader: foundation.Actor, what: people.What) -> bool:
        """Left out for staff who work with the one it is secret toward, and not with the person."""
        return person_id in kept_from_reader([person_id], reader, what)

    def kept_stays(
        self, household_id: UUID, person_ids: Sequence[UUID], reader: foundation.Actor
    ) -> set[UUID]:
        """The same for a place in a household; a home shared with the one it is secret toward is no secret there."""
        with foundation.acting(reader), connection.cursor() as cursor:
            cursor.execute(
                "SELECT handslag_stays_kept_from_me(%s, %s::uuid[])", [household_id, list(person_ids)]
            )
            return set(cursor.fetchone()[0])

    def hold_back(
        self, toward_id: UUID, texts: Sequence[str], writer: foundation.Actor | None
    ) -> people.HeldBack | None:
        """Whether a text names an address, number or e-mail address that is secret toward its receiver; or any street,
        where the writer does not work with all whom it concerns."""
        with _system():
            telltales = telltales_toward(toward_id)
            if telltales is None:
                return None
            secret = {one.person_id for one in _secrets_toward(toward_id, foundation.today())}
            named = any(casework.mentions(text, telltales) for text in texts)
        known = writer is None or not writer.is_staff or secret <= works_with(secret, writer)
        if not named and (known or not _name_a_place(toward_id, texts)):
            return None
        return people.HeldBack(known, partial(remember_held_back, toward_id, sorted(secret), named, writer))


def _system() -> AbstractContextManager[object]:
    """Read as the system, who sees every secret; a system that acts already goes on under its own name."""
    actor = foundation.current_actor()
    return nullcontext() if actor is not None and actor.is_system else foundation.acting(READER)


def kept_from_reader(
    person_ids: Sequence[UUID], reader: foundation.Actor, what: str = "any", beside: UUID | None = None
) -> set[UUID]:
    """Those whose secret (address, contact, placement or any) is left out for the reader; one statement.

    `beside` is the person whose page it is: what is secret toward that one is left out too.
    """
    with foundation.acting(reader), connection.cursor() as cursor:
        cursor.execute("SELECT handslag_kept_from_me(%s::uuid[], %s, %s)", [list(person_ids), what, beside])
        return set(cursor.fetchone()[0])


def works_with(person_ids: Collection[UUID], worker: foundation.Actor) -> set[UUID]:
    """Those with whom a member of staff works: answers for, is named for or manages an open case of theirs."""
    with foundation.acting(worker), connection.cursor() as cursor:
        cursor.execute("SELECT handslag_works_with(%s::uuid[])", [list(person_ids)])
        return set(cursor.fetchone()[0])


def _name_a_place(toward_id: UUID, texts: Sequence[str]) -> bool:
    """Whether a text names a street, the receiver's own set aside: by how it ends, or by its being known in the town."""
    with _system():
        own = people.Address.objects.filter(person_id=toward_id).values_list("street", flat=True)
        bare = [_without(text, [street for street in own if street.strip()]) for text in texts]
        if any(names_a_street(text) for text in bare):
            return True
        words = frozenset().union(*(may_begin_a_street(text) for text in bare))
        if not words:
            return False
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM people_address WHERE lower(split_part(trim(street), ' ', 1)) = ANY(%s::text[]))",
                [sorted(words)],
            )
            return bool(cursor.fetchone()[0])


def _without(text: str, streets: Sequence[str]) -> str:
    for street in streets:
        text = re.sub(r"\s+".join(re.escape(part) for part in street.split()), " ", text, flags=re.IGNORECASE)
    return text


@foundation.operation
def _write_held_back(
    *,
    toward_id: UUID,
    secret: Sequence[UUID],
    named: bool,
    writer_id: UUID | None,
    by: foundation.Actor,
    at: datetime,
) -> None:
    """Enter the attempt; where it named a secret, tell those who answer for whom it is about."""
    happened = events.TextHeldBack(person_id=toward_id, writer=writer_id, named=named)
    foundation.record(happened, by=by, at=at)
    if not named:
        return
    cases = casework.Case.objects.filter(
        person_id__in=secret, state=casework.CaseState.OPEN, worker_id__isnull=False
    )
    for case in cases.distinct("person_id", "worker_id"):
        if case.worker_id is not None and case.worker_id != writer_id:
            told = foundation.said("coordination.text_held_back")
            foundation.notify(case.worker_id, told, link=f"/handlaggare/person/{case.person_id}/", at=at)


def remember_held_back(
    toward_id: UUID, secret: Sequence[UUID], named: bool, writer: foundation.Actor | None
) -> None:
    """Log that a text was held back, by the system's hand: the writer reads nothing of why."""
    _write_held_back(
        toward_id=toward_id, secret=secret, named=named, writer_id=writer.account_id if writer else None,
        by=READER, at=foundation.now(),
    )  # fmt: skip


def present_secrets() -> QuerySet[SecretToward]:
    """The rows that hold today."""
    return _holding_on(foundation.today())


def _holding_on(day: date) -> QuerySet[SecretToward]:
    return SecretToward.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


@foundation.ready
def _secrets_toward(toward_id: UUID, day: date) -> QuerySet[SecretToward]:
    return _holding_on(day).filter(toward_id=toward_id)


def telltales_toward(toward_id: UUID) -> casework.Telltale | None:
    """What gives secrets toward somebody away: streets, care-of lines, telephone numbers, e-mail addresses.

    What is the receiver's own as well tells nothing new. Past addresses are not among them. None: nothing is secret.
    """
    secret = _secrets_toward(toward_id, foundation.today())
    if not secret:
        return None
    places = {one.person_id for one in secret if one.address or one.placement}
    ways = {one.person_id for one in secret if one.contact}
    day = foundation.today()
    holds = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    found: dict[str, set[str]] = {"words": set(), "phone": set(), "email": set()}
    own: set[str] = set()
    for address in people.Address.objects.filter(holds, person_id__in=[*places, toward_id]):
        lines = {line.strip().casefold() for line in (address.street, address.care_of) if line.strip()}
        (own if address.person_id == toward_id else found["words"]).update(lines)
    for way in people.ContactWay.objects.filter(holds, person_id__in=[*ways, toward_id]):
        (own if way.person_id == toward_id else found[way.kind]).add(way.value.casefold())
    return casework.Telltale(
        words=tuple(sorted(found["words"] - own)),
        phones=tuple(sorted(found["phone"] - own)),
        exact=tuple(sorted(found["email"] - own)),
    )


def may_tell_toward(toward_id: UUID) -> dict[str, casework.Telltale]:
    """What may tell where somebody is who is secret toward the one who reads, by kind (`TellingKind`).

    Places: the postal towns of the addresses, and what was typed. Workplaces and schools: what was typed, and the schools that
    an investigation has asked. Names: the person's own, those of the home that is secret, and what was typed. What is the
    receiver's own as well tells nothing new. These words alone are no secret: they are shown to a person who judges.
    """
    secret = list(present_secrets().filter(toward_id=toward_id))
    if not secret:
        return {}
    hidden = {one.person_id for one in secret if one.address or one.placement}
    day = foundation.today()
    holds = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    found: dict[str, set[str]] = {kind: set() for kind in TellingKind.values}
    own: set[str] = set()
    for address in people.Address.objects.filter(holds, person_id__in=[*hidden, toward_id]):
        (own if address.person_id == toward_id else found["place"]).add(address.city.casefold())
    for one in secret:
        for kind, words in one.telling.items():
            found[kind].update(word.casefold() for word in words)
    asked = children.ObtainedData.objects.filter(source__in=SCHOOLS, case__person_id__in=hidden)
    found["work_or_school"].update(name.casefold() for name in asked.values_list("source_name", flat=True))
    persons = people.names_of({one.person_id for one in secret} | _at_home_with(hidden, toward_id), READER)
    found["name"].update(word.casefold() for word in casework.name_words(*persons.values()))
    own.update(word.casefold() for word in casework.name_words(people.name_of(toward_id, READER)))
    return {
        kind: casework.Telltale(words=tuple(sorted(word for word in words - own if word.strip())))
        for kind, words in found.items()
    }


def _at_home_with(person_ids: set[UUID], toward_id: UUID) -> set[UUID]:
    """Who lives with those whose home is secret, in a home where the other does not live."""
    found: set[UUID] = set()
    for person_id in person_ids:
        home = people.household_of(person_id, foundation.today(), READER)
        members = {member.person_id for member in home.members} if home else set()
        if toward_id not in members:
            found |= members
    return found


def may_tell_rule(kind: str) -> casework.MaskingRule:
    """The rule of one kind of word: it proposes to hide, and whoever masks may show it with a reason."""

    def rule(question: casework.MaskingQuestion) -> casework.AskPassage | None:
        receivers = [question.receiver_id] if question.receiver_id else _kept_in_case(question.case_id)
        telltales = [one for one in (may_tell_toward(who).get(kind) for who in receivers) if one]
        if not telltales:
            return None
        ground = casework.Hidden("OSL 21:3", may_lift=True)
        return lambda passage: (
            ground if any(casework.mentions(passage.text, one) for one in telltales) else None
        )

    return rule


def masking_rule(question: casework.MaskingQuestion) -> casework.AskPassage | None:
    """Copies to a person never tell what is secret toward that person; to anybody else, nobody's secrets of the case."""
    receivers = [question.receiver_id] if question.receiver_id else _kept_in_case(question.case_id)
    telltales = [one for one in map(telltales_toward, receivers) if one is not None]
    if not telltales:
        return None
    ground = casework.Hidden("OSL 21:3", may_lift=False)
    return lambda passage: ground if any(casework.mentions(passage.text, one) for one in telltales) else None


def _kept_in_case(case_id: UUID) -> list[UUID]:
    """Toward whom something of the case's parties is secret."""
    parties = [one.person_id for one in casework.find_parties(case_id, READER)]
    rows = present_secrets().filter(Q(person_id__in=parties) | Q(toward_id__in=parties))
    return list(rows.values_list("toward_id", flat=True).distinct())
