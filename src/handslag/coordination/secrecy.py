"""The keeper of secrets toward named persons, as people asks it (people.use_secrecy), and the rules for
masked copies: what is secret stays hidden, what may tell it is shown to whoever judges."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.coordination.models import SecretToward
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
            cursor.execute("SELECT handslag_kept_stays(%s, %s::uuid[])", [household_id, list(person_ids)])
            return set(cursor.fetchone()[0])

    def mentions_secret(self, toward_id: UUID, texts: Sequence[str]) -> bool:
        """Whether a text names an address, number or e-mail address that is secret toward its receiver."""
        with _system():
            telltales = telltales_toward(toward_id)
        return telltales is not None and any(casework.mentions(text, telltales) for text in texts)


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
        cursor.execute(
            "SELECT handslag_kept_from_reader(%s::uuid[], %s, %s)", [list(person_ids), what, beside]
        )
        return set(cursor.fetchone()[0])


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
        return lambda passage: ground if any(casework.mentions(passage.text, one) for one in telltales) else None

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
