"""What the gates look at when somebody wants to apply. Read as the system, since it concerns others too."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from handslag.casework.public import Case, CaseParty
from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support.models import Application
from handslag.income_support.queries.households import members_of
from handslag.income_support.rules.gates import Circumstances, Route, choose_route
from handslag.income_support.tables import settings_on
from handslag.people import public as people

KIND = "income_support"
_GATE_KEEPER = foundation.system("gates")


def route_for(person_id: UUID, month: Month, on: date) -> Route:
    """The way that an application of this person for this month takes today, with its ground and trail.

    Fails closed: what cannot be read (a mark, a household) sends the person to somebody who calls.
    """
    return choose_route(circumstances_of(person_id, month, on), settings=settings_on(on).gates)


def circumstances_of(person_id: UUID, month: Month, on: date) -> Circumstances:
    """The person's circumstances on a day."""
    with foundation.acting(_GATE_KEEPER):
        own = running_case_of(person_id)
        return Circumstances(
            today=on,
            month=month.first,
            protection=_mark_of(person_id),
            has_running_case=own is not None,
            household_has_case=own is None and _household_has_case(person_id, on),
            closed_on=_last_closed_on(person_id),
            applied_months=_applied_months(person_id),
        )


def running_case_of(person_id: UUID) -> Case | None:
    """The open case of economic aid in which the person is applicant or co-applicant, as the actor may read it."""
    return next((party.case for party in _running_of(person_id)), None)


def last_case_of(person_id: UUID) -> Case | None:
    """The latest case of economic aid, open or closed, in which the person is applicant or co-applicant."""
    party = _as_applicant(person_id).select_related("case").order_by("-case__opened_at").first()
    return party.case if party else None


@foundation.ready
def _running_of(person_id: UUID) -> QuerySet[CaseParty]:
    parties = _as_applicant(person_id).filter(case__state="open").order_by("-case__opened_at")
    return parties.select_related("case")[:1]


@foundation.ready
def _closings_of(person_id: UUID) -> QuerySet[CaseParty, datetime | None]:
    closed = _as_applicant(person_id).filter(case__state="closed", case__closed_at__isnull=False)
    return closed.order_by("-case__closed_at").values_list("case__closed_at", flat=True)[:1]


@foundation.ready
def _months_of(person_id: UUID) -> QuerySet[Application, str]:
    held = Application.objects.exclude(state="withdrawn").exclude(kind="supplement")
    mine = held.filter(applicant_id=person_id) | held.filter(co_applicant_id=person_id)
    return mine.values_list("month", flat=True)


def _as_applicant(person_id: UUID) -> QuerySet[CaseParty]:
    return CaseParty.objects.filter(
        person_id=person_id, case__kind=KIND, role__in=("applicant", "co_applicant"), valid_to__isnull=True
    )


def _mark_of(person_id: UUID) -> str:
    person = people.get_person(person_id, _GATE_KEEPER)
    return str(person.protection)


def _household_has_case(person_id: UUID, on: date) -> bool:
    others = [member.person_id for member in members_of(person_id, on, _GATE_KEEPER)]
    adults = [each for each in others if each != person_id]
    return CaseParty.objects.filter(
        person_id__in=adults,
        case__kind=KIND,
        case__state="open",
        role__in=("applicant", "co_applicant"),
        valid_to__isnull=True,
    ).exists()


def _last_closed_on(person_id: UUID) -> date | None:
    return next((foundation.day_of(at) for at in _closings_of(person_id) if at is not None), None)


def _applied_months(person_id: UUID) -> tuple[date, ...]:
    return tuple(Month.parse(month).first for month in sorted(set(_months_of(person_id))))
