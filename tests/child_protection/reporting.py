"""Children and reports of concern for the tests of the reception: words shared by several files."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast, identity_number

SWEDEN = ZoneInfo("Europe/Stockholm")
SYSTEM = foundation.system("test")
# A Wednesday at 16.50, when a teacher has seen enough.
AT = datetime(2026, 11, 18, 16, 50, tzinfo=SWEDEN)
TEACHER = children.ReporterAsTold(
    kind="professional", profession="school", name="Tina Tall", phone="070-000 00 00", employer="Ekebyskolan",
    under_duty=True, wants_feedback=True,
)  # fmt: skip


def a_child(
    cast: Cast,
    name: str = "Nora",
    born: date = date(2016, 5, 2),
    nth: int = 0,
    *,
    number: bool = True,
    **told: Any,
) -> people.Person:
    """A child whom the children's unit may read."""
    person = people.register_person(
        given_name=name, family_name=told.pop("family_name", "Norén"), born=born, sex=told.pop("sex", "woman"),
        protection=told.pop("protection", "none"),
        identity_number=identity_number(born, "woman", nth) if number else None, by=SYSTEM, at=AT, **told,
    )  # fmt: skip
    people.grant_reading(person_id=person.id, unit_id=cast.children, because="test", by=SYSTEM, at=AT)
    return person


def number_of(person: people.Person) -> str:
    """The child's identity number."""
    held = people.identity_number_of(person.id, SYSTEM)
    assert held is not None
    return held.number


def reported(cast: Cast, *persons: people.Person, at: datetime = AT, **told: Any) -> children.Report:
    """A teacher's report about children whose names and numbers are told."""
    facts: dict[str, Any] = {
        "what_seen": "Barnet kom till skolan med blåmärken.", "reporter": TEACHER, "by": cast.tina, "at": at,
        "children": [
            children.ChildAsTold(
                given_name=one.given_name, family_name=one.family_name, identity_number=number_of(one)
            )
            for one in persons
        ],
        **told,
    }  # fmt: skip
    return children.receive_report(**facts)


def child_of(report: children.Report, place: int = 0) -> children.ReportedChild:
    """A child of a report, as it stands."""
    with foundation.acting(SYSTEM):
        return list(children.ReportedChild.objects.filter(report=report).order_by("added_at", "id"))[place]


def fresh(report: children.Report) -> children.Report:
    """The report as it stands."""
    with foundation.acting(SYSTEM):
        return children.Report.objects.get(id=report.id)


def safe(cast: Cast, child: children.ReportedChild, at: datetime = AT) -> None:
    """Maja has assessed that the child needs no protection at once."""
    children.assess_protection(
        reported_child_id=child.id, danger=False, ground="Talat med skolan.", by=cast.maja, at=at
    )


def decide(cast: Cast, child: children.ReportedChild, outcome: str = "not_open", **told: Any) -> Any:
    """Maja decides for a child."""
    facts: dict[str, Any] = {"violence": False, "reason": "Prövat med chefen.", "by": cast.maja, "at": AT, **told}
    return children.decide_preliminary(reported_child_id=child.id, outcome=outcome, **facts)


def clocks_of(child: children.ReportedChild) -> dict[str, casework.LegalClock]:
    """The clocks about a child of a report, by rule."""
    with foundation.acting(SYSTEM):
        rows = casework.LegalClock.objects.filter(about=child.id)
        return {clock.rule: clock for clock in rows}


def events_about(report_id: UUID) -> list[str]:
    """The kinds of the events of a report, in order, without their context."""
    with foundation.acting(SYSTEM):
        rows = foundation.Event.objects.filter(data__report_id=str(report_id)).order_by("id")
        return [kind.removeprefix("child_protection.") for kind in rows.values_list("kind", flat=True)]
