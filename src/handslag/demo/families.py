"""Three families of the demo, by the product's own operations: a joint matter around violence, a placement with an
addiction and debts beside it, and a third report in six months that waits for its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.coordination import public as coordination
from handslag.demo.cast import Cast
from handslag.demo.family_folk import FOLK, WITH_ACCOUNT
from handslag.demo.family_homes import move_in
from handslag.demo.who import ADULTS, CHILDREN, MUNICIPALITY
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.people import public as people

BY = foundation.system("demo")
NEIGHBOUR = children.ReporterAsTold(
    kind="private", name="Gunvor Granqvist", phone="070-174 06 11", wants_protection=True
)
SCHOOL = children.ReporterAsTold(
    kind="professional", profession="school", name="Pia Palm", employer="Ekebyskolan", under_duty=True
)
HEALTH = children.ReporterAsTold(
    kind="professional", profession="health_care", name="Klas Kvist", employer="Ekeby vårdcentral", under_duty=True
)
# What the case workers have written, newest last: days ago, kind, heading, text.
NOTES_OF_TUVA = (
    (15, "call", "Samtal med skolan", "Läraren berättar att Tuva är trött och ofta har ont i magen på måndagar."),
    (
        12,
        "call",
        "Grannen ringde igen",
        "Tuva leker gärna ute.\nGunvor Granqvist ringde igen och undrade hur det går.\nSkolan ordnar en egen plats i matsalen.",
    ),
    (5, "home_visit", "Besök hos Sara och barnen", "Tuva visade sitt rum. Hon sover bättre nu. Melker höll sig nära mamma."),
)
NOTES_OF_ALMA = (
    (400, "home_visit", "Besök i familjehemmet", "Alma har eget rum och går i fotboll. Hon saknar sin bror."),
    (210, "meeting", "Umgänge med Theo", "Alma och Theo träffas varannan lördag hos mormor. Det fungerar."),
    (40, "contact", "Samtal med skolan", "Alma når målen i alla ämnen utom matematik, och får hjälp med den."),
    (9, "home_visit", "Besök i familjehemmet", "Alma frågar när mamma blir frisk. Familjehemmet vill gärna ha henne kvar."),
)  # fmt: skip
# Sara's talk, the note of the joint meeting, and one in each of Lena's and Mikael's cases.
OTHER_NOTES = 4
TRUTH = {
    "families": 3,
    "persons": len(FOLK),
    "reports": 4,
    "third_reports_waiting": 1,
    "investigations": 1,
    "investigations_open": 1,
    "joint_matters": 1,
    "joint_parts": 3,
    "joint_meetings_to_come": 2,
    "meetings_to_come": 4,
    "meetings_held": 1,
    "shared_notes": 3,
    "secrets": 2,
    "placements": 1,
    "adults": 4,
    "care_under_lvm": 1,
    "debt_counselling": 1,
    "notes": len(NOTES_OF_TUVA) + len(NOTES_OF_ALMA) + OTHER_NOTES,
}


@dataclass(frozen=True)
class _Town:
    """The cast, the families' ids by first name, and the hour that it is."""

    cast: Cast
    ids: dict[str, UUID]
    now: datetime

    @property
    def today(self) -> date:
        return foundation.day_of(self.now)

    def ago(self, days: int, hour: int = 10) -> datetime:
        """An office hour so many days ago, or on the nearest working day before it; never later than now."""
        day = self.today - timedelta(days=days)
        while (found := _instant(day, hour)) > self.now or casework.working_day_from(day) != day:
            day -= timedelta(days=1)
        return found

    def ahead(self, days: int, hour: int) -> datetime:
        """An office hour so many days ahead, or on the nearest working day after it."""
        return _instant(casework.working_day_from(self.today + timedelta(days=days)), hour)


def play(cast: Cast) -> dict[str, int]:
    """Let the families live through what the demo shows of them; gives what there is then, counted."""
    now = foundation.now()
    ids = move_in(by=BY, at=now)
    with foundation.acting(BY):
        for key in WITH_ACCOUNT:
            foundation.Account.objects.create(
                username=f"resident-{key}", name=FOLK[key].given_name, person_id=ids[key]
            )
    town = _Town(cast, ids, now)
    _violence(town)
    _placement(town)
    _third_report(town)
    return dict(TRUTH)


def _violence(town: _Town) -> None:
    """Tuva has seen violence: her file, her mother's and her father's, each with a worker of its own."""
    cast = town.cast
    child = _reported(
        town, "tuva", town.ago(20), NEIGHBOUR, "witnessed_violence",
        "Det är bråk och skrik om nätterna. Flickan stod ute på trappan i strumplästen.",
    )  # fmt: skip
    opened = town.ago(18)
    children.decide_preliminary(
        reported_child_id=child.id, outcome="open", violence=True, reason="Tuva har bevittnat våld.", by=cast.maja, at=opened
    )  # fmt: skip
    tuva = _file_of(child)
    casework.assign_case(case_id=tuva, worker_id=cast.david.account_id, by=cast.eva, at=opened)
    investigation = children.open_investigation_of(tuva, cast.david)
    assert investigation is not None
    children.inform_concerned(
        investigation_id=investigation.id, whom="Sara", told_on=foundation.day_of(opened), how="phone", by=cast.david,
        at=opened, because_not="Jonas: det skulle öka faran för Tuva och Sara.",
    )  # fmt: skip
    children.plan_step(
        investigation_id=investigation.id, what="Samtal med Tuva", due_on=town.today + timedelta(days=3), by=cast.david,
        at=opened,
    )  # fmt: skip
    children.note_talk(
        investigation_id=investigation.id, kind="parent", with_whom="Sara", subject="Samtal med Sara", by=cast.david,
        body="Sara har lämnat Jonas och bor på annan plats. Hon vill ha hjälp för barnen.", at=town.ago(16),
    )  # fmt: skip
    _write(town, tuva, NOTES_OF_TUVA, cast.david)
    sara = _adult(
        town, "sara", adults.VIOLENCE, "own", "Sara behöver skydd och stöd efter våld i hemmet.", cast.vera, town.ago(17)
    )
    jonas = _adult(
        town, "jonas", adults.VIOLENCE, "own", "Jonas vill sluta slå och ber om samtal.", cast.ivar, town.ago(14)
    )
    for case_id, worker in ((sara, cast.vera), (jonas, cast.ivar)):
        casework.restrict_case(
            case_id=case_id, account_ids=[_id(worker)], because="våld i nära relation", by=BY, at=town.ago(13)
        )
    for key, worker in (("sara", cast.vera), ("tuva", cast.david)):
        coordination.keep_secret(
            person_id=town.ids[key], toward_id=town.ids["jonas"], ground="lag_2024_79",
            because="Sara och barnen bor på skyddat boende.", by=worker, at=town.ago(13),
        )  # fmt: skip
    _together(town, tuva, sara, jonas)


def _together(town: _Town, tuva: UUID, sara: UUID, jonas: UUID) -> None:
    """The joint matter: three parts, what each tells, and when they meet."""
    cast, at = town.cast, town.ago(12)
    matter = coordination.open_joint_matter(
        kind="family_violence", case_id=tuva, role="child", known_to_team=True,
        member_ids=[_id(cast.vera), _id(cast.ivar)], by=cast.david, at=at,
    )  # fmt: skip
    (child,) = coordination.find_parts_of_case(tuva, cast.david)
    victim = coordination.add_part(matter_id=matter.id, case_id=sara, role="victim", by=cast.vera, at=at)
    other = coordination.add_part(
        matter_id=matter.id, case_id=jonas, role="perpetrator", known_to_team=True, by=cast.ivar, at=at
    )
    for part, to, worker, ground, why, body in (
        (victim, child, cast.vera, "consent", "Sara, muntligt", "Sara och barnen är trygga där de bor. Kontakt tas genom mig."),
        (child, other, cast.david, "needed", "Umgänget", "Tuva träffar Jonas på kontoret, med någon av oss."),
        (other, child, cast.ivar, "consent", "Jonas, muntligt", "Jonas går i samtal varje onsdag."),
    ):  # fmt: skip
        coordination.share_note(
            part_id=part.id, to_part_ids=[to.id], body=body, ground=ground, ground_text=why, by=worker, at=town.ago(10)
        )
    david = [_id(cast.david)]
    held = _meet(town, "Samråd om skydd", town.ago(8, 13), cast.vera, matter_id=matter.id, part_ids=[victim.id, child.id], account_ids=david)
    coordination.hold_meeting(
        meeting_id=held, note="Vi enades om att all kontakt med Sara går genom Vera.", case_id=sara, by=cast.vera,
        at=town.ago(8, 14),
    )  # fmt: skip
    for subject, starts_at, worker, part in (
        ("Samråd om stöd till Sara och Tuva", town.ahead(3, 9), cast.vera, victim),
        ("Samråd om umgänge", town.ahead(5, 14), cast.ivar, other),
    ):
        _meet(
            town, subject, starts_at, worker, matter_id=matter.id, part_ids=[part.id, child.id], account_ids=david
        )
    _meet(town, "Samtal med Tuva", town.ahead(2, 10), cast.david, case_id=tuva, person_ids=[town.ids["tuva"]])


def _placement(town: _Town) -> None:
    """Alma lives in a family home since almost two years; her mother is in care, her father has debts."""
    cast, ids = town.cast, town.ids
    placed = town.ago(668)
    case = casework.open_case(
        kind="child_protection", person_id=ids["alma"], unit_id=cast.units[CHILDREN], worker_id=cast.sam.account_id,
        parties=[(ids["alma"], "child"), (ids["lena"], "guardian"), (ids["mikael"], "guardian")], by=BY, at=placed,
    )  # fmt: skip
    measure = children.record_measure(
        case_id=case.id, kind="placement_sol", form="family_home", on=foundation.day_of(placed), by=cast.sam, at=placed
    )
    for days in (500, 330, 160):
        children.consider_measure(
            measure_id=measure.id, on=foundation.day_of(town.ago(days)), body="Vården behövs ännu.", by=cast.sam,
            at=town.ago(days),
        )  # fmt: skip
    _write(town, case.id, NOTES_OF_ALMA, cast.sam)
    casework.give_sight(
        case_id=case.id, person_id=ids["mikael"], ground="custody", by=cast.sam, at=town.ago(35),
        because="Samtal med Alma och med Mikael. Ingen kommer till skada av att han läser.",
    )  # fmt: skip
    _meet(
        town, "Nätverksmöte om Alma", town.ahead(6, 13), cast.sam, case_id=case.id,
        person_ids=[ids["alma"], ids["mikael"]],
    )  # fmt: skip
    lena = _adult(
        town, "lena", adults.ADDICTION, "report", "Lena har varit påverkad i flera veckor och vill inte ha hjälp.", cast.vera,
        town.ago(6), told_by="Rut Ström",
    )  # fmt: skip
    for step, days in (("immediate", 4), ("submitted", 3), ("confirmed", 1)):
        on = town.ago(days)
        adults.record_care_step(case_id=lena, step=step, on=foundation.day_of(on), by=cast.vera, at=on)
    mikael = _adult(
        town, "mikael", adults.DEBT, "own", "Mikael har fyra lån och hinner inte med hyran.", cast.vera, town.ago(9)
    )
    _write(town, lena, ((4, "contact", "Samtal med avdelningen", "Lena har sovit och ätit."),), cast.vera)
    _write(town, mikael, ((7, "meeting", "Första samtalet", "Vi gick igenom skulder och inkomster."),), cast.vera)


def _third_report(town: _Town) -> None:
    """Two reports of Leo led to no investigation; the third has come, is assessed, and must be answered."""
    cast, seen = town.cast, "Leo har varit borta från skolan i flera veckor."
    for days, reporter in ((140, SCHOOL), (60, HEALTH)):
        child = _reported(town, "leo", town.ago(days), reporter, "school", seen)
        children.decide_preliminary(
            reported_child_id=child.id, outcome="not_open", violence=False, reason="Skolan och mamman har en plan.",
            by=cast.maja, at=town.ago(days - 8),
        )  # fmt: skip
    _reported(town, "leo", town.ago(0, 9), SCHOOL, "school", "Leo har inte kommit till skolan på tre veckor.")


def _reported(
    town: _Town, key: str, at: datetime, reporter: children.ReporterAsTold, concern: str, seen: str
) -> children.ReportedChild:
    """A report that Maja takes down, of a child whose number is told; assessed at once, without danger tonight."""
    who, maja = FOLK[key], town.cast.maja
    report = children.receive_report(
        what_seen=seen, concern_codes=[concern], reporter=reporter, channel="phone", municipality=MUNICIPALITY,
        children=[children.ChildAsTold(who.given_name, who.family_name, identity_number=who.number)], by=maja, at=at,
    )  # fmt: skip
    with foundation.acting(BY):
        child = children.ReportedChild.objects.get(report=report)
    children.assess_protection(
        reported_child_id=child.id, danger=False, ground="Talat med en vuxen som står barnet nära. Ingen fara i kväll.", by=maja,
        at=min(at + timedelta(minutes=25), town.now),
    )  # fmt: skip
    return child


def _adult(
    town: _Town, key: str, kind: str, came_as: str, told: str, worker: Actor, at: datetime, *, told_by: str = ""
) -> UUID:
    """An adult's case in the unit for adults, with the worker who took it in."""
    unit = town.cast.units[ADULTS]
    people.grant_reading(person_id=town.ids[key], unit_id=unit, because="asked", by=BY, at=at)
    matter = adults.receive_matter(
        kind=kind, person_id=town.ids[key], unit_id=unit, came_as=came_as, told=told, told_by=told_by,
        children_seen="yes", sent_key=uuid5(town.ids[key], kind), by=worker, at=at,
    )  # fmt: skip
    return matter.case_id


def _write(town: _Town, case_id: UUID, notes: tuple[tuple[int, str, str, str], ...], by: Actor) -> None:
    for days, kind, subject, body in notes:
        casework.write_note(case_id=case_id, kind=kind, subject=subject, body=body, by=by, at=town.ago(days, 15))


def _meet(
    town: _Town, subject: str, starts_at: datetime, by: Actor, *, person_ids: list[UUID] | None = None, **of: object
) -> UUID:
    """An hour at the office."""
    meeting = coordination.plan_meeting(
        subject=subject, way="office", place="Stora rummet", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1),
        person_ids=person_ids or [], by=by, at=min(town.now, starts_at - timedelta(days=2)), **of,  # type: ignore[arg-type]
    )  # fmt: skip
    return meeting.id


def _file_of(child: children.ReportedChild) -> UUID:
    assert child.case_id is not None
    return child.case_id


def _id(actor: Actor) -> UUID:
    assert actor.account_id is not None
    return actor.account_id


def _instant(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=foundation.SWEDEN)
