"""Who is told of a case: the person, the guardians while custody lasts, other parties; and who is not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from handslag.casework.access import readable_case
from handslag.casework.models import Case, CaseParty, Communication, DecisionNotice, KeptOut, LeftOut
from handslag.casework.queries.record_rule import rule_today
from handslag.casework.record_numbers import of_age_years
from handslag.casework.states import PartyRole
from handslag.foundation import public as foundation
from handslag.people import public as people

READER = foundation.system("casework")
_TOLD_ROLES = frozenset(
    {
        PartyRole.CONCERNED,
        PartyRole.APPLICANT,
        PartyRole.CO_APPLICANT,
        PartyRole.REPRESENTATIVE,
        PartyRole.GUARDIAN,
    }
)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody whom the case concerns. `why_not` is empty, or a code: `too_young` (the guardians are told for a child
    under the age of the record's rule), `no_custody`, or `kept_out` with the row that says so."""

    person_id: UUID
    role: str
    why_not: str = ""
    kept: KeptOut | None = None

    @property
    def is_told(self) -> bool:
        return not self.why_not


def find_receivers(case_id: UUID, actor: foundation.Actor) -> list[Receiver]:
    """Everybody who is or is not told of what happens in a case, the person first; raises CaseNotFound."""
    with foundation.acting(actor):
        case = readable_case(case_id)
        kept = {one.person_id: one for one in _kept_now(case_id)}
        parties = list(
            CaseParty.objects.filter(case_id=case_id, valid_to__isnull=True).order_by("valid_from", "id")
        )
    years = _years(case.person_id)
    custody = custodians(case.person_id)
    found = []
    for party in parties:
        person_id = party.person_id
        if person_id == case.person_id:
            young = years is not None and years < rule_today().told_from_age
            found.append(Receiver(person_id, party.role, "too_young" if young else ""))
        elif party.role == PartyRole.GUARDIAN and person_id not in custody:
            found.append(Receiver(person_id, party.role, "no_custody"))
        elif party.role in _TOLD_ROLES:
            row = kept.get(person_id)
            found.append(Receiver(person_id, party.role, "kept_out" if row else "", row))
    return sorted(found, key=lambda one: one.person_id != case.person_id)


def find_kept_out(case_id: UUID, actor: foundation.Actor) -> list[KeptOut]:
    """Who is kept out of what a case tells now, for staff."""
    with foundation.acting(actor):
        return list(_kept_now(case_id).select_related("kept_by").order_by("kept_at"))


def find_left_out(
    actor: foundation.Actor, *, communication_ids: Iterable[UUID] = (), notice_ids: Iterable[UUID] = ()
) -> list[LeftOut]:
    """What was left out of texts to persons, or shown against a rule, for staff."""
    with foundation.acting(actor):
        rows = LeftOut.objects.all()
        return [
            *rows.filter(communication_id__in=list(communication_ids)),
            *rows.filter(notice_id__in=list(notice_ids)),
        ]


def find_decision_notices(decision_id: UUID, actor: foundation.Actor) -> list[DecisionNotice]:
    """Who was told of a decision and who was not, for staff, in the order that it was done."""
    with foundation.acting(actor):
        rows = DecisionNotice.objects.filter(decision_id=decision_id)
        return list(rows.select_related("sent_by", "letter").order_by("at", "id"))


def find_notices_to(actor: foundation.Actor) -> list[DecisionNotice]:
    """The decisions that a resident has been told of by notice, newest first, each with whose file it is."""
    if actor.person_id is None:
        return []
    with foundation.acting(actor):
        rows = DecisionNotice.objects.filter(person_id=actor.person_id, told_at__isnull=False)
        found = list(rows.select_related("letter").order_by("-told_at", "-id"))
    told_about(found, actor)
    return found


def told_about(rows: list[Communication] | list[DecisionNotice], actor: foundation.Actor) -> None:
    """Set on each row that a resident got whose file it is: a child's given name, or nothing where it is the reader's
    own, or the child's marks are not clear."""
    persons = Case.objects.filter(id__in={row.case_id for row in rows})
    with foundation.acting(READER):
        whose = dict(persons.values_list("id", "person_id"))
        names = {
            one.id: one.given_name
            for one in people.Person.objects.filter(
                id__in=set(whose.values()) - {actor.person_id}, protection="none"
            )
        }
    for row in rows:
        row.about = names.get(whose[row.case_id], "") if row.case_id in whose else ""


def who_log_in(person_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the persons who have an account here, and so a page of their own."""
    with foundation.acting(READER):
        rows = foundation.Account.objects.filter(person_id__in=list(person_ids), is_active=True)
        return {one.person_id for one in rows if one.person_id is not None}


def custodians(person_id: UUID) -> set[UUID]:
    """Who is registered as the person's guardian today; nobody for one who is of age."""
    years = _years(person_id)
    if years is not None and years >= of_age_years():
        return set()
    rows = people.relations_of(person_id, READER)
    return {row.person_id for row in rows if row.kind == "guardian" and row.other_id == person_id}


def _kept_now(case_id: UUID) -> QuerySet[KeptOut]:
    return KeptOut.objects.filter(case_id=case_id, lifted_at__isnull=True)


def _years(person_id: UUID) -> int | None:
    born = people.get_person(person_id, READER).born
    if born is None:
        return None
    today = foundation.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
