"""Marks of protection (OSL 22:1, folkbokföringslagen 16-17 a §§; law.md 5.2)."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput
from handslag.people.access import locked_person, require_may_protect
from handslag.people.events import PersonProtected, ProtectionEnded, UnknownProtectionLifted
from handslag.people.models import Person, PersonGrant, Protection, ProtectionMark

SHORTEST_REASON = 10
OWN_HAND = foundation.system("people")


@foundation.operation
def protect_person(
    *, person_id: UUID, mark: str, named_account_ids: list[UUID], by: Actor, at: datetime
) -> Person:
    """Set a mark: from now on only the named accounts, and the person, can tell that she exists here.

    Grants to other accounts end; grants to units stay but do not count until the mark ends. Refused for others
    than managers and those with the role for it. At least one account must be named, unless the system sets it.
    """
    require_may_protect(by)
    if mark not in Protection.values or mark == Protection.NONE:
        raise BadInput("This is not a protection mark.", where="mark")
    named = set(named_account_ids)
    if not named and not by.is_system:
        raise BadInput("Name at least one member of staff who keeps the access.", where="named_account_ids")
    if foundation.Account.objects.filter(id__in=named, is_active=True).count() != len(named):
        raise BadInput("One of the named accounts cannot be used.", where="named_account_ids")
    person = locked_person(person_id)
    day = foundation.day_of(at)
    others = PersonGrant.objects.filter(person=person, account_id__isnull=False).exclude(account_id__in=named)
    _end_grants(others.exclude(account_id=by.account_id) if by.account_id else others, day)
    _close_mark(person, at)
    ProtectionMark(person=person, mark=mark, valid_from=day).save(force_insert=True)
    with foundation.acting(OWN_HAND):  # who may name others may name themselves here, and nowhere else
        for account_id in named:
            held = PersonGrant.objects.filter(person=person, account_id=account_id, valid_to__isnull=True)
            if not held.exists():
                PersonGrant(person=person, account_id=account_id, because="named", valid_from=day).save(
                    force_insert=True
                )
    person.protection = mark
    person.save(update_fields=["protection"])
    foundation.record(
        PersonProtected(person_id=person.id, mark=mark, named_account_ids=tuple(sorted(named))), by=by, at=at
    )
    if by.account_id is not None and by.account_id not in named:  # last, for it ends the access of the one who acts
        with foundation.acting(OWN_HAND):
            _end_grants(PersonGrant.objects.filter(person=person, account_id=by.account_id), day)
    return person


@foundation.operation
def unprotect_person(*, person_id: UUID, by: Actor, at: datetime) -> Person:
    """End the mark of protection; grants to units count again."""
    require_may_protect(by)
    person = locked_person(person_id)
    _close_mark(person, at)
    person.protection = Protection.NONE
    person.save(update_fields=["protection"])
    foundation.record(ProtectionEnded(person_id=person.id), by=by, at=at)
    return person


@foundation.operation
def lift_unknown_protection(*, person_id: UUID, because: str, by: Actor, at: datetime) -> Person:
    """No register has answered about the person: somebody who may set protection ends the treatment as protected,
    and says why. From then on the units that work with the person read it again.

    Cases and reports that were closed around the person stay closed until each is opened. Raises MayNotProtect,
    BadInput without a reason, Refused for a mark that is known.
    """
    require_may_protect(by)
    person = locked_person(person_id)
    if person.protection != Protection.UNKNOWN:
        raise foundation.Refused(
            "Nothing is unknown here: the mark is known.", do="Set or lift it under protection and named staff."
        )
    reason = because.strip()
    if len(reason) < SHORTEST_REASON:
        raise BadInput(
            "Write how you know that the person is not protected.",
            where="because",
            do="For example: the number is new, and the population register has been asked by telephone.",
        )
    day = foundation.day_of(at)
    mark = ProtectionMark.objects.filter(person=person, valid_to__isnull=True).first()
    if mark is None:
        mark = ProtectionMark(person=person, mark=Protection.UNKNOWN, valid_from=day)
    mark.valid_to, mark.ended_because, mark.ended_by_id = max(day, mark.valid_from), reason, by.account_id
    mark.save()
    person.protection = Protection.NONE
    person.save(update_fields=["protection"])
    foundation.record(UnknownProtectionLifted(person_id=person.id), by=by, at=at)
    foundation.record(ProtectionEnded(person_id=person.id), by=by, at=at)
    return person


@foundation.operation
def settle_protection(*, person_id: UUID, mark: str, by: Actor, at: datetime) -> Person:
    """The register has answered about a person whose mark was not known: set it, or end the treatment as protected.

    `unknown` changes nothing, and so does any answer about a person whose mark is known.
    """
    require_may_protect(by)
    person = locked_person(person_id)
    if person.protection != Protection.UNKNOWN or mark not in Protection.values or mark == Protection.UNKNOWN:
        return person
    if mark == Protection.NONE:
        return unprotect_person(person_id=person_id, by=by, at=at)
    day = foundation.today()
    named = PersonGrant.objects.filter(person=person, account_id__isnull=False).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    accounts = [account for account in named.values_list("account_id", flat=True) if account is not None]
    return protect_person(person_id=person_id, mark=mark, named_account_ids=accounts, by=by, at=at)


def _close_mark(person: Person, at: datetime) -> None:
    mark = ProtectionMark.objects.filter(person=person, valid_to__isnull=True).first()
    if mark is not None:
        mark.valid_to = foundation.day_of(at)
        mark.save(update_fields=["valid_to"])


def _end_grants(grants: QuerySet[PersonGrant], day: date) -> None:
    grants.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).update(valid_to=day)
