"""Joint matters: each member of the team sees exactly what is theirs, in words and straight in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import translation

from handslag.casework import public as casework
from handslag.coordination import models
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from tests.cast import Cast
from tests.coordination.families import CHILD_KIND, People, events_of

pytestmark = pytest.mark.django_db(databases=["default"])
TABLES = [getattr(models, name)._meta.db_table for name in models.__all__]


@dataclass
class Team:
    """A family violence team: David with the child, Björn with the victim, Åsa with the perpetrator."""

    matter: coordination.JointMatter
    child: coordination.JointPart
    victim: coordination.JointPart
    perpetrator: coordination.JointPart
    cases: dict[str, casework.Case]


@pytest.fixture
def team(cast: Cast, family: People, now: datetime) -> Team:
    """The mother's and the father's cases are closed to all but their own workers."""
    cases = {
        "child": family.case("alva", cast.children, cast.david, kind=CHILD_KIND),
        "victim": family.case("lena", cast.support, cast.bjorn),
        "perpetrator": family.case("mats", cast.support, cast.asa),
    }
    for name, worker in (("victim", cast.bjorn), ("perpetrator", cast.asa)):
        casework.restrict_case(
            case_id=cases[name].id, account_ids=[worker.account_id], because="våld", by=cast.system, at=now
        )
    matter = coordination.open_joint_matter(
        kind="family_violence", case_id=cases["child"].id, role="child", known_to_team=True,
        member_ids=[cast.bjorn.account_id, cast.asa.account_id], by=cast.david, at=now,
    )  # fmt: skip
    (child,) = coordination.find_parts_of_case(cases["child"].id, cast.david)
    victim = coordination.add_part(
        matter_id=matter.id, case_id=cases["victim"].id, role="victim", by=cast.bjorn, at=now
    )
    perpetrator = coordination.add_part(
        matter_id=matter.id,
        case_id=cases["perpetrator"].id,
        role="perpetrator",
        known_to_team=True,
        by=cast.asa,
        at=now,
    )
    return Team(matter, child, victim, perpetrator, cases)


def share(
    team: Team, part: coordination.JointPart, to: list[coordination.JointPart], by: Actor, body: str
) -> Any:
    return coordination.share_note(
        part_id=part.id, to_part_ids=[one.id for one in to], body=body, ground="consent", ground_text="Muntligt i dag",
        by=by, at=foundation.now(),
    )  # fmt: skip


def seen(actor: Actor) -> dict[str, set[UUID]]:
    """The ids of the rows that a bare query gives the actor, by table."""
    found = {}
    with foundation.acting(actor), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT id FROM {table}")
            found[table.removeprefix("coordination_")] = {row[0] for row in cursor.fetchall()}
    return {table: ids for table, ids in found.items() if ids}


def test_each_member_sees_the_parts_that_are_theirs_or_made_known(cast: Cast, team: Team) -> None:
    def parts(actor: Actor) -> set[str]:
        return {one.part.role for one in coordination.get_joint_matter(team.matter.id, actor).parts}

    assert parts(cast.david) == {"child", "perpetrator"}
    assert parts(cast.asa) == {"child", "perpetrator"}
    assert parts(cast.bjorn) == {"child", "victim", "perpetrator"}
    for actor, own in ((cast.david, "child"), (cast.asa, "perpetrator"), (cast.bjorn, "victim")):
        view = coordination.get_joint_matter(team.matter.id, actor)
        assert [one.part.role for one in view.own_parts] == [own]
        assert [one.part.role for one in view.parts if one.case] == [own]


def test_what_is_shared_is_read_by_those_it_is_for_alone(cast: Cast, team: Team) -> None:
    share(team, team.victim, [team.child], cast.bjorn, "Lena bor hos sin syster.")
    share(team, team.child, [team.perpetrator], cast.david, "Umgänge på kontoret.")

    def told(actor: Actor) -> set[str]:
        return {one.note.body for one in coordination.get_joint_matter(team.matter.id, actor).shared}

    assert told(cast.bjorn) == {"Lena bor hos sin syster."}
    assert told(cast.david) == {"Lena bor hos sin syster.", "Umgänge på kontoret."}
    assert told(cast.asa) == {"Umgänge på kontoret."}


def test_the_same_straight_in_sql_as_the_app_role(cast: Cast, team: Team) -> None:
    secret = share(team, team.victim, [team.child], cast.bjorn, "Lena bor hos sin syster.")
    hour = foundation.now() + timedelta(days=1)
    coordination.plan_meeting(
        matter_id=team.matter.id, part_ids=[team.child.id], subject="Samråd", way="office", starts_at=hour,
        ends_at=hour + timedelta(hours=1), by=cast.bjorn, at=foundation.now(),
    )  # fmt: skip
    hers = seen(cast.asa)
    assert set(hers) == {"jointmatter", "jointmember", "jointpart"}
    assert hers["jointpart"] == {team.child.id, team.perpetrator.id}
    his = seen(cast.david)
    assert his["sharednote"] == {secret.id} and his["jointpart"] == {team.child.id, team.perpetrator.id}
    assert len(his["meeting"]) == len(his["meetingpart"]) == 1
    with foundation.acting(cast.david):
        (told_to,) = models.SharedNoteFor.objects.all()
        assert told_to.part_id == team.child.id
    for stranger in (cast.ada, cast.frida, cast.board, cast.elin, cast.greta):
        assert seen(stranger) == {}
    assert seen(cast.carina) == {}, "the unit's two cases are closed to all but the named"


def test_nobody_outside_opens_it_or_makes_themselves_a_member(cast: Cast, team: Team) -> None:
    for stranger in (cast.carina, cast.ada, cast.board, cast.elin):
        with pytest.raises(coordination.MatterNotFound):
            coordination.get_joint_matter(team.matter.id, stranger)
        with pytest.raises(foundation.HandslagError):
            coordination.name_member(
                matter_id=team.matter.id, account_id=stranger.account_id, by=stranger, at=foundation.now()
            )
    with pytest.raises(coordination.NotInTheTeam):
        coordination.name_member(
            matter_id=team.matter.id, account_id=cast.carina.account_id, by=cast.asa, at=foundation.now()
        )
    rows: list[tuple[str, dict[str, Any]]] = [
        ("coordination_jointmember", {"matter_id": team.matter.id, "account_id": cast.asa.account_id, "valid_from": foundation.now()}),
        ("coordination_jointpart", {"matter_id": team.matter.id, "case_id": team.cases["victim"].id, "role": "adult", "known_to_team": True, "contact_id": cast.asa.account_id, "added_at": foundation.now()}),
        ("coordination_sharednote", {"matter_id": team.matter.id, "from_part_id": team.child.id, "body": "x", "ground": "consent", "ground_text": "x", "written_by_id": cast.asa.account_id, "at": foundation.now()}),
    ]  # fmt: skip
    for table, values in rows:
        with pytest.raises(DatabaseError), transaction.atomic(), foundation.acting(cast.asa):
            _insert(table, values)


def _insert(table: str, values: dict[str, Any]) -> None:
    told = {"id": foundation.new_id(), **values}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(told)}) VALUES ({', '.join(['%s'] * len(told))})",
            list(told.values()),
        )


def test_a_note_goes_to_no_part_that_its_writer_does_not_see(cast: Cast, team: Team) -> None:
    with pytest.raises(foundation.BadInput):
        share(team, team.perpetrator, [team.victim], cast.asa, "Hej")
    note = share(team, team.perpetrator, [team.child], cast.asa, "Hej")
    with pytest.raises(DatabaseError), transaction.atomic(), foundation.acting(cast.asa):
        _insert("coordination_sharednotefor", {"note_id": note.id, "part_id": team.victim.id})
    with pytest.raises(coordination.NotInTheTeam):
        share(team, team.child, [team.perpetrator], cast.asa, "I Davids namn")


@pytest.mark.parametrize("lacking", ["body", "ground", "ground_text", "to_part_ids"])
def test_sharing_needs_a_text_a_ground_and_a_receiver(cast: Cast, team: Team, lacking: str) -> None:
    told: dict[str, Any] = {
        "part_id": team.child.id, "to_part_ids": [team.perpetrator.id], "body": "x", "ground": "needed", "ground_text": "x",
        "by": cast.david, "at": foundation.now(),
    }  # fmt: skip
    told[lacking] = [] if lacking == "to_part_ids" else ""
    with pytest.raises(foundation.BadInput):
        coordination.share_note(**told)


def test_a_part_is_made_known_hidden_again_and_ended_by_its_own_worker(cast: Cast, team: Team) -> None:
    at = foundation.now()
    with pytest.raises(foundation.HandslagError):
        coordination.let_team_know(part_id=team.victim.id, known_to_team=True, by=cast.asa, at=at)
    coordination.let_team_know(part_id=team.victim.id, known_to_team=True, by=cast.bjorn, at=at)
    assert len(coordination.get_joint_matter(team.matter.id, cast.asa).parts) == 3
    coordination.let_team_know(part_id=team.victim.id, known_to_team=False, by=cast.bjorn, at=at)
    assert len(coordination.get_joint_matter(team.matter.id, cast.asa).parts) == 2
    coordination.end_part(part_id=team.victim.id, by=cast.bjorn, at=at)
    assert coordination.find_parts_of_case(team.cases["victim"].id, cast.bjorn) == []


def test_a_member_who_is_taken_out_reads_nothing_more(cast: Cast, team: Team) -> None:
    share(team, team.child, [team.perpetrator], cast.david, "Umgänge på kontoret.")
    coordination.remove_member(
        matter_id=team.matter.id, account_id=cast.asa.account_id, by=cast.david, at=foundation.now()
    )
    with pytest.raises(coordination.MatterNotFound):
        coordination.get_joint_matter(team.matter.id, cast.asa)
    assert set(seen(cast.asa)) == {"jointmember", "jointpart"}, "her own row and her own case's part"


def test_a_closed_matter_is_read_but_not_written(cast: Cast, team: Team) -> None:
    share(team, team.child, [team.perpetrator], cast.david, "Umgänge på kontoret.")
    at = foundation.now()
    with pytest.raises(coordination.NotInTheTeam):
        coordination.close_joint_matter(matter_id=team.matter.id, because="done", by=cast.asa, at=at)
    coordination.close_joint_matter(matter_id=team.matter.id, because="done", by=cast.david, at=at)
    assert len(coordination.get_joint_matter(team.matter.id, cast.asa).shared) == 1
    with pytest.raises(coordination.MatterIsClosed):
        share(team, team.child, [team.perpetrator], cast.david, "Mer")
    with pytest.raises(coordination.MatterIsClosed):
        coordination.add_part(
            matter_id=team.matter.id, case_id=team.cases["child"].id, role="adult", by=cast.david, at=at
        )
    assert [one.id for one in coordination.find_joint_matters(cast.asa)] == []
    assert len(coordination.find_joint_matters(cast.asa, open_only=False)) == 1


def test_the_note_of_a_joint_meeting_stays_in_the_writers_case(cast: Cast, team: Team) -> None:
    begin = foundation.now() - timedelta(hours=2)
    meeting = coordination.plan_meeting(
        matter_id=team.matter.id, part_ids=[team.child.id], subject="Samråd", way="office", starts_at=begin,
        ends_at=begin + timedelta(hours=1), by=cast.bjorn, at=begin,
    )  # fmt: skip
    with pytest.raises(coordination.MeetingNotFound):
        coordination.get_meeting(meeting.id, cast.asa)
    assert coordination.get_meeting(meeting.id, cast.david).subject == "Samråd"
    with pytest.raises(coordination.NotInTheTeam):
        coordination.cancel_meeting(meeting_id=meeting.id, because="x", by=cast.david, at=foundation.now())
    case = team.cases["victim"]
    note = coordination.hold_meeting(
        meeting_id=meeting.id, note="Vi enades.", case_id=case.id, by=cast.bjorn, at=foundation.now()
    )
    assert note.case_id == case.id
    with pytest.raises(casework.PartNotFound):
        casework.get_note(note.id, cast.david)


def test_those_who_answer_for_a_parts_case_are_told_of_its_meeting(cast: Cast, team: Team) -> None:
    now = foundation.now()
    case = team.cases["child"]

    def notices(actor: Actor) -> list[str]:
        with foundation.acting(foundation.system("test")):
            rows = foundation.Notice.objects.filter(account_id=actor.account_id)
            return [one.link for one in rows if one.text["code"].startswith("coordination.meeting_planned")]

    def meet() -> None:
        coordination.plan_meeting(
            matter_id=team.matter.id, part_ids=[team.child.id], subject="Samråd", way="office",
            starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=2, hours=1), by=cast.bjorn, at=now,
        )  # fmt: skip

    meet()
    link = f"/handlaggare/arende/{case.id}/moten/"
    assert notices(cast.david) == [link] and notices(cast.bjorn) == notices(cast.asa) == notices(cast.eva) == []
    casework.assign_case(case_id=case.id, worker_id=None, by=cast.eva, at=now)
    meet()
    assert notices(cast.eva) == [link] and notices(cast.david) == [link] and notices(cast.carina) == []


def test_two_meetings_are_told_apart_by_their_notices(cast: Cast, team: Team) -> None:
    """How, when and where for who sets them; no place for a member; no more than the case's number for who is no member."""
    now, case = foundation.now(), team.cases["child"]

    def last(actor: Actor) -> str:
        with foundation.acting(foundation.system("test")):
            row = foundation.Notice.objects.filter(account_id=actor.account_id).order_by("id").last()
        assert row is not None
        return str(foundation.tell(row.text))

    def meet(day: int, hour: int, **more: Any) -> None:
        starts = datetime(2027, 3, day, hour, 15, tzinfo=foundation.SWEDEN)
        coordination.plan_meeting(
            matter_id=team.matter.id, part_ids=[team.child.id], subject="Samråd om Tuvas skydd", way="office",
            starts_at=starts, ends_at=starts + timedelta(hours=1), by=cast.bjorn, at=now, **more,
        )  # fmt: skip

    with translation.override("sv"):
        meet(4, 9, place="Rum 3")
        assert last(cast.bjorn).startswith("Hos oss på kontoret, Rum 3, 4\xa0mars 2027 kl. 09.15: Mötet är planerat.")
        assert last(cast.david) == (
            f"Hos oss på kontoret, 4\xa0mars 2027 kl. 09.15: ett möte i ett samlat ärende som ärende {case.number} ingår i."
        )
        meet(11, 14)
        assert last(cast.bjorn).startswith("Hos oss på kontoret, 11\xa0mars 2027 kl. 14.15: Mötet är planerat.")
        casework.assign_case(case_id=case.id, worker_id=None, by=cast.eva, at=now)
        meet(18, 14, place="Rum 3")
        assert case.number in last(cast.eva)
        for hidden in ("2027", "14.15", "Rum 3", "Tuva", "kontoret"):
            assert hidden not in last(cast.eva), "the manager is no member of the joint matter"
    with translation.override("en"):
        assert last(cast.bjorn).startswith("At our office, Rum 3, 18\xa0March 2027 at 14:15: The meeting is planned.")


def test_whoever_sets_a_joint_meeting_learns_who_was_told(cast: Cast, team: Team) -> None:
    """By name those whom members know; of others only that there is somebody; nobody else learns it."""
    now = foundation.now()

    def told(actor: Actor) -> list[tuple[str, dict[str, Any]]]:
        with foundation.acting(foundation.system("test")):
            rows = foundation.Notice.objects.filter(account_id=actor.account_id).order_by("id")
            set_ = [one.text["values"] for one in rows if one.text["code"] == "coordination.meeting_set"]
            texts = [values["told"] for values in set_]
        return [(one["code"].rpartition(".")[2], one.get("values", {})) for one in texts]

    def meet(**more: Any) -> None:
        coordination.plan_meeting(
            matter_id=team.matter.id, part_ids=[team.child.id], subject="Samråd", way="office",
            starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=2, hours=1), by=cast.bjorn, at=now, **more,
        )  # fmt: skip

    meet()
    assert told(cast.bjorn) == [("told_named", {"names": cast.david.name})]
    meet(account_ids=[cast.david.account_id])
    assert told(cast.bjorn)[-1] == ("nobody_more_told", {})
    casework.assign_case(case_id=team.cases["child"].id, worker_id=None, by=cast.eva, at=now)
    meet()
    assert told(cast.bjorn)[-1] == ("told_unnamed", {"more": 1}), "the manager is no member"
    assert told(cast.david) == told(cast.eva) == told(cast.asa) == []


def test_every_act_leaves_its_event_with_ids_alone(cast: Cast, team: Team) -> None:
    share(team, team.child, [team.perpetrator], cast.david, "Umgänge på kontoret.")
    counted = {
        "joint_opened": 1, "joint_member_named": 3, "joint_part_added": 3, "note_shared": 1, "note_received": 1,
    }  # fmt: skip
    for kind, many in counted.items():
        found = events_of(f"coordination.{kind}")
        assert len(found) == many
        assert "Umgänge" not in str([event.data for event in found])


def test_only_one_who_works_in_a_case_opens_or_joins_with_it(
    cast: Cast, family: People, now: datetime
) -> None:
    case = family.case("alva", cast.children, cast.david, kind=CHILD_KIND)
    for other in (cast.asa, cast.carina, cast.elin):
        with pytest.raises(foundation.HandslagError):
            coordination.open_joint_matter(kind="family", case_id=case.id, role="child", by=other, at=now)
    for wrong in ({"kind": "x", "role": "child"}, {"kind": "family", "role": "x"}):
        with pytest.raises(foundation.BadInput):
            coordination.open_joint_matter(case_id=case.id, by=cast.david, at=now, **wrong)
    matter = coordination.open_joint_matter(
        kind="family", case_id=case.id, role="child", by=cast.david, at=now
    )
    with pytest.raises(foundation.BadInput):
        coordination.add_part(matter_id=matter.id, case_id=case.id, role="child", by=cast.david, at=now)
    with pytest.raises(foundation.BadInput):
        coordination.name_member(matter_id=matter.id, account_id=cast.ada.account_id, by=cast.david, at=now)


def test_joint_meetings_stand_in_the_timeline_and_the_next_meetings_of_those_they_are_for(
    cast: Cast, family: People, team: Team
) -> None:
    now = foundation.now()

    def meet(subject: str, part: coordination.JointPart, by: Actor) -> Any:
        start = now + timedelta(days=2)
        return coordination.plan_meeting(
            matter_id=team.matter.id, part_ids=[part.id], subject=subject, way="office", starts_at=start,
            ends_at=start + timedelta(hours=1), by=by, at=now,
        )  # fmt: skip

    meet("Om barnet", team.child, cast.bjorn)
    meet("Om umgänget", team.perpetrator, cast.david)
    meet("Om skyddet", team.victim, cast.bjorn)

    def timeline(name: str, actor: Actor) -> set[str]:
        page = coordination.find_timeline(family.ids[name], actor, thing="meetings").page
        assert all(one.data["joint"] for one in page.rows)
        return {one.data["subject"] for one in page.rows}

    # David comes to the meeting about the father, but does not read the father's case: it is not in the family's order.
    assert timeline("alva", cast.david) == {"Om barnet"}
    assert timeline("lena", cast.bjorn) == {"Om skyddet"}
    assert timeline("mats", cast.asa) == {"Om umgänget"}
    assert timeline("alva", cast.carina) == set()
    own = {
        actor: [one.subject for one in coordination.find_own_meetings(actor)]
        for actor in (cast.david, cast.bjorn, cast.asa, cast.carina, cast.elin)
    }
    assert own == {
        cast.david: ["Om umgänget"], cast.bjorn: ["Om barnet", "Om skyddet"], cast.asa: [], cast.carina: [], cast.elin: [],
    }  # fmt: skip
    view = coordination.find_family(family.alva, cast.david)
    assert [one.subject for one in view.meetings] == ["Om barnet"]
    assert {one.name: [m.subject for m in one.meetings] for one in view.persons if one.meetings} == {"Alva Test": ["Om barnet"]}


def test_a_joint_meeting_for_two_cases_of_the_family_stands_once(cast: Cast, family: People, team: Team) -> None:
    now = foundation.now()
    other = family.case("theo", cast.children, cast.david, kind=CHILD_KIND)
    part = coordination.add_part(matter_id=team.matter.id, case_id=other.id, role="child", by=cast.david, at=now)
    start = now + timedelta(days=2)
    coordination.plan_meeting(
        matter_id=team.matter.id, part_ids=[team.child.id, part.id], subject="Om syskonen", way="office", starts_at=start,
        ends_at=start + timedelta(hours=1), by=cast.david, at=now,
    )  # fmt: skip
    rows = coordination.find_timeline(family.alva, cast.david, thing="meetings").page.rows
    assert [one.data["subject"] for one in rows] == ["Om syskonen"]
    view = coordination.find_family(family.alva, cast.david)
    told = {one.name for one in view.persons if one.meetings}
    assert told == {"Alva Test", "Theo Test"} and len(view.meetings) == 1
