"""The access log as a manager reviews it: what stands out first, and a random share of the rest (lag 2001:454 10 §)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry, Account, Actor, BreakGlass, Role, RoleGrant
from handslag.people import public as people
from handslag.portal.lead.queries.units import units_as

DAYS_BACK = 60
RANDOM_PERCENT = 5
BATCH, BATCHES = 1000, 8


@dataclass(frozen=True)
class Flagged:
    """A read to look at, and why: glass, protected, outside (another unit's case) or random."""

    entry: AccessEntry
    why: str
    reader: str
    case_number: str
    person: str
    reason: str


def to_review(actor: Actor, *, limit: int = 25) -> list[Flagged]:
    """Unsigned reads by the staff of the actor's units that stand out or were drawn, latest first; never the actor's own.

    Looks through at most eight thousand of the latest entries, so that the page costs the same in a large log.
    """
    units = [unit.id for unit in units_as(actor, Role.MANAGER)]
    readers = _staff_of(units) - {actor.account_id}
    found: list[tuple[AccessEntry, str]] = []
    entries = AccessEntry.objects.filter(
        account_id__in=readers, at__gt=foundation.now() - timedelta(days=DAYS_BACK), review__isnull=True
    ).order_by("-id")
    before: int | None = None
    for _batch in range(BATCHES):
        batch = list(entries.filter(id__lt=before)[:BATCH] if before else entries[:BATCH])
        own_cases = _cases_in(units, {entry.case_id for entry in batch if entry.case_id})
        found += [(entry, why) for entry in batch if (why := _why(entry, own_cases))]
        if len(found) >= limit or len(batch) < BATCH:
            break
        before = batch[-1].id
    return _with_names(found[:limit])


def reviewable(entry: AccessEntry, actor: Actor) -> bool:
    """Whether the reader works in a unit that the actor manages."""
    return entry.account_id in _staff_of([unit.id for unit in units_as(actor, Role.MANAGER)])


def is_drawn(entry_id: int) -> bool:
    """Whether an everyday read falls in the random share; the draw cannot be foretold without the installation's secret."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"log review {entry_id}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:4]) % 100 < RANDOM_PERCENT


def _why(entry: AccessEntry, own_cases: set[UUID]) -> str:
    if entry.why in ("glass", "protected"):
        return entry.why
    if entry.case_id is not None and entry.case_id not in own_cases:
        return "outside"
    return "random" if is_drawn(entry.id) else ""


def _staff_of(units: list[UUID]) -> set[UUID]:
    day = foundation.today()
    held = RoleGrant.objects.filter(unit_id__in=units, valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    return set(held.values_list("account_id", flat=True))


def _cases_in(units: list[UUID], cases: set[UUID]) -> set[UUID]:
    return set(casework.Case.objects.filter(id__in=cases, unit_id__in=units).values_list("id", flat=True))


def _with_names(found: list[tuple[AccessEntry, str]]) -> list[Flagged]:
    entries = [entry for entry, _why in found]
    readers = {a.id: a.name for a in Account.objects.filter(id__in={entry.account_id for entry in entries})}
    numbers = dict(casework.Case.objects.filter(id__in={e.case_id for e in entries if e.case_id}).values_list("id", "number"))
    names = {
        person.id: f"{person.given_name} {person.family_name}"
        for person in people.Person.objects.filter(id__in={e.person_id for e in entries if e.person_id})
    }
    return [
        Flagged(
            entry=entry, why=why, reader=_named(readers, entry.account_id),
            case_number=_named(numbers, entry.case_id),
            person=_named(names, entry.person_id), reason=_reason(entry) if why == "glass" else "",
        )
        for entry, why in found
    ]


def _named(names: dict[UUID, str], key: UUID | None) -> str:
    return names.get(key, "") if key is not None else ""


def _reason(entry: AccessEntry) -> str:
    about = Q(case_id=entry.case_id) if entry.case_id else Q(person_id=entry.person_id)
    if entry.account_id is None:
        return ""
    glass = BreakGlass.objects.filter(about, account_id=entry.account_id, opened_at__lte=entry.at).order_by("-opened_at").first()
    return glass.reason if glass else ""
