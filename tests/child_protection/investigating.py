"""A child's file with an investigation, and what must be there before one may close."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.child_protection.investigation_subscribers import KIND
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.people import public as people
from tests.cast import Cast, identity_number

OPENED = date(2026, 9, 1)


def at(day: date, hour: int = 12) -> datetime:
    """An instant of a day in Sweden."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=foundation.SWEDEN).astimezone(UTC)


def manager_of_children(cast: Cast) -> Actor:
    """Carina manages the children's unit too, in these tests."""
    with foundation.acting(cast.system):
        foundation.RoleGrant.objects.get_or_create(
            account_id=cast.carina.account_id,
            unit_id=cast.children,
            role="manager",
            defaults={"valid_from": date(2020, 1, 1)},
        )
    return cast.carina


def a_child(cast: Cast, *, given_name: str = "Nils", born: date = date(2018, 5, 2), nth: int = 1) -> UUID:
    """A child whose mother, Elin, has custody."""
    by, now = cast.system, at(date(2026, 1, 2))
    child = people.register_person(
        given_name=given_name, family_name="Ekdal", born=born, sex="man",
        identity_number=identity_number(born, "man", nth), protection="none", by=by, at=now,
    )  # fmt: skip
    people.relate(
        person_id=cast.elin.person_id, other_id=child.id, kind="guardian", valid_from=born, by=by, at=now
    )
    return child.id


def a_file(cast: Cast, child_id: UUID | None = None, *, on: date = date(2026, 8, 1)) -> casework.Case:
    """The child's file in David's unit."""
    case = casework.open_case(
        kind=KIND, person_id=child_id or a_child(cast), unit_id=cast.children,
        parties=[], worker_id=cast.david.account_id, by=cast.system, at=at(on),
    )  # fmt: skip
    return case


def opened(cast: Cast, case: casework.Case, *, on: date = OPENED, **told: Any) -> children.Investigation:
    """An investigation that David opens."""
    facts: dict[str, Any] = {
        "case_id": case.id, "questions": ["care_at_home"], "path": "ordinary", "path_reason": "Flera frågor",
        "by": cast.david, "at": at(on), **told,
    }  # fmt: skip
    return children.open_investigation(**facts)


def informed(cast: Cast, investigation: children.Investigation, *, on: date) -> children.Investigation:
    """David has told Elin by telephone that the investigation is open."""
    return children.inform_concerned(
        investigation_id=investigation.id, whom="Elin Ekdal", told_on=on, how="phone", by=cast.david, at=at(on)
    )


def made_whole(cast: Cast, investigation: children.Investigation, *, on: date) -> None:
    """Everything that a close asks for, by David on a day; Elin answers what she is told of."""
    named = {"investigation_id": investigation.id, "by": cast.david, "at": at(on, 13)}
    informed(cast, investigation, on=on)
    step = children.plan_step(what="Samtal med Nils", due_on=on, **named)
    children.finish_step(step_id=step.id, by=cast.david, at=at(on, 13))
    children.record_child_view(body="Nils vill bo hemma.", how="talk", **named)
    children.assess_risk(body="Risk finns", level="some", protection="Mormor bor nära", **named)
    children.weigh_best_interests(body="Bäst är stöd hemma.", **named)
    children.write_assessment(body="Behovet är stöd.", **named)
    heard(cast, investigation, on=on)


def heard(cast: Cast, investigation: children.Investigation, *, on: date) -> None:
    """Elin is told of the material and has nothing to add."""
    (sent,) = children.communicate_investigation(
        investigation_id=investigation.id, material="Utredningen", answer_until=on + timedelta(days=7), by=cast.david,
        at=at(on, 13),
    )  # fmt: skip
    casework.answer_communication(
        communication_id=sent.id, answer="Inget att tillägga", orally=True, by=cast.david, at=at(on, 14)
    )


def clock_of(case_id: UUID, rule: str) -> casework.LegalClock:
    """The latest clock of a rule in a case."""
    with foundation.acting(foundation.system("test")):
        found = (
            casework.LegalClock.objects.filter(case_id=case_id, rule=rule).order_by("starts_on", "id").last()
        )
    assert found is not None, rule
    return found


def rules_of(case_id: UUID) -> set[str]:
    """The rules of every clock that ever ran in a case."""
    with foundation.acting(foundation.system("test")):
        return set(casework.LegalClock.objects.filter(case_id=case_id).values_list("rule", flat=True))


def kinds(case_id: UUID) -> list[str]:
    """The kinds of the case's events, in order."""
    with foundation.acting(foundation.system("test")):
        rows = foundation.Event.objects.filter(case_id=case_id).order_by("id")
        return list(rows.values_list("kind", flat=True))
