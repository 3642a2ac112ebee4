"""What is already known when an application begins, with its source and day, to be confirmed rather than typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from handslag.foundation import public as foundation
from handslag.income_support.models import Application
from handslag.income_support.queries.households import members_of, partner_in_register
from handslag.income_support.rules.application_form import CARRIED_OVER, Kind
from handslag.people import public as people


@dataclass(frozen=True)
class Prefill:
    """Answers by step, and for each filled step where it comes from: `{"source": code, "on": day}`."""

    answers: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)


def prefill_for(person_id: UUID, kind: Kind, on: date) -> Prefill:
    """A renewal gets last month's answers; a new application the household of the population register."""
    if kind == "supplement":
        return Prefill()
    last = last_application_of(person_id) if kind == "renewal" else None
    if last is not None:
        answers = {step: last.answers[step] for step in CARRIED_OVER if step in last.answers}
        if last.applicant_id == person_id:
            day = foundation.day_of(last.submitted_at).isoformat()
            return Prefill(answers, {step: {"source": "last_application", "on": day} for step in answers})
    return _from_register(person_id, on)


def last_application_of(person_id: UUID) -> Application | None:
    """The latest application for a month, not a supplement, that was not taken back, as the actor may read it."""
    held = (
        Application.objects.filter(applicant_id=person_id)
        .exclude(kind="supplement")
        .exclude(state="withdrawn")
    )
    return held.order_by("-submitted_at").first()


def _from_register(person_id: UUID, on: date) -> Prefill:
    with foundation.acting(foundation.system("prefill")) as reader:
        members = members_of(person_id, on, reader)
        partner_id = partner_in_register(person_id, on, reader)
        children, partner = [], None
        for member in members:
            if member.person_id == person_id:
                continue
            person = people.get_person(member.person_id, reader)
            if str(person.protection) != "none":
                continue  # nothing of a protected person is shown to anybody else
            if member.role == "child" and person.born is not None:
                children.append(
                    {
                        "person_id": str(person.id),
                        "name": person.given_name,
                        "born": person.born.isoformat(),
                        "days_a_month": 30,
                    }
                )
            elif member.person_id == partner_id:
                partner = str(person.id)
    answers: dict[str, Any] = {
        "household": {"living": "partner", "partner_person_id": partner} if partner else {"living": "alone"},
        "children": {"has_children": True, "children": children} if children else {"has_children": False},
    }
    return Prefill(answers, {step: {"source": "population_register", "on": on.isoformat()} for step in answers})
