"""Who reads and who writes investigations and measures, and who may not; the same straight in SQL as the app role."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from handslag.casework import public as casework
from handslag.child_protection import models
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.investigating import OPENED, a_file, at, made_whole, manager_of_children, opened

pytestmark = pytest.mark.django_db(databases=["default"])
NAMES = (
    "Investigation",
    "PlanStep",
    "PlanStepChange",
    "ExtensionProposal",
    "AreaText",
    "Talk",
    "ObtainedData",
    "Statement",
    "FollowUp",
    "Measure",
    "MeasureStep",
)
TABLES = [getattr(models, name)._meta.db_table for name in NAMES]


@pytest.fixture
def full(cast: Cast) -> children.Investigation:
    """A file with something in every table."""
    case = a_file(cast)
    investigation = opened(cast, case)
    named = {"investigation_id": investigation.id, "by": cast.david, "at": at(OPENED)}
    children.write_area(area="health", body="Frisk", version=0, **named)
    children.note_talk(kind="child_alone", with_whom="Nils", body="Vi talade", consent="given", **named)
    asked = children.ask_for_data(source="school", source_name="Skolan", basis="duty", **named)
    children.receive_data(obtained_id=asked.id, body="Går bra", by=cast.david, at=at(OPENED))
    step = children.plan_step(what="Hembesök", due_on=date(2026, 9, 9), **named)
    children.change_step(
        step_id=step.id,
        due_on=date(2026, 9, 12),
        because="Familjen är bortrest",
        by=cast.david,
        at=at(OPENED),
    )
    children.drop_step(step_id=step.id, because="Görs i skolan i stället", by=cast.david, at=at(OPENED))
    children.propose_extension(until=date(2027, 2, 1), ground="Väntar på BUP", **named)
    made_whole(cast, investigation, on=date(2026, 9, 2))
    measure = children.record_measure(
        case_id=case.id, kind="contact_limit14", on=date(2026, 6, 1), by=cast.david, at=at(OPENED)
    )
    children.consider_measure(measure_id=measure.id, on=date(2026, 8, 1), by=cast.david, at=at(OPENED))
    children.close_investigation(
        investigation_id=investigation.id,
        outcome="with_intervention",
        proposed_intervention="x",
        by=cast.david,
        at=at(date(2026, 10, 1)),
    )
    children.start_follow_up(
        investigation_id=investigation.id,
        because="x",
        with_consent=True,
        by=cast.david,
        at=at(date(2026, 10, 2)),
    )
    return investigation


def seen(actor: foundation.Actor) -> set[str]:
    """The tables in which a bare query gives the actor anything."""
    found = set()
    with foundation.acting(actor), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_the_unit_reads_all_of_it(cast: Cast, full: children.Investigation) -> None:
    for actor in (cast.david, manager_of_children(cast)):
        assert seen(actor) == set(TABLES)
        view = children.investigation_view(full.id, actor)
        assert len(view.talks) == len(view.obtained) == 1 and view.follow_up is not None


@pytest.mark.parametrize("who", ["asa", "vera", "ada", "rune", "board", "frida", "elin", "farid", "greta"])
def test_others_see_nothing_the_guardian_too(cast: Cast, full: children.Investigation, who: str) -> None:
    """A guardian gets what is communicated; what is written for the investigation is not hers to open by herself."""
    actor = getattr(cast, who)
    assert seen(actor) == set()
    with pytest.raises(children.NoSuchInvestigation):
        children.investigation_view(full.id, actor)
    assert children.investigations_of(full.case_id, actor) == []
    with pytest.raises(casework.CaseNotFound):
        children.open_investigation(
            case_id=full.case_id,
            questions=["school"],
            path="ordinary",
            path_reason="Flera frågor",
            by=actor,
            at=at(OPENED),
        )


Act = Callable[[children.Investigation, foundation.Actor], object]
NOW: dict[str, Any] = {"at": at(date(2026, 9, 3))}
ACTS: dict[str, Act] = {
    "inform": lambda one, by: children.inform_concerned(
        investigation_id=one.id, because_not="Det skulle öka faran.", by=by, **NOW
    ),
    "path": lambda one, by: children.change_path(investigation_id=one.id, path="intensive", reason="Det brådskar nu", by=by, **NOW),
    "extend": lambda one, by: children.extend_investigation(
        investigation_id=one.id, until=date(2027, 3, 1), ground="Väntar på BUP", by=by, **NOW
    ),
    "close": lambda one, by: children.close_investigation(investigation_id=one.id, outcome="early", ground="Familjen har flyttat", by=by, **NOW),
    "propose": lambda one, by: children.propose_extension(
        investigation_id=one.id, until=date(2027, 3, 1), ground="Väntar på BUP", by=by, **NOW
    ),
    "talk_of_note": lambda one, by: children.talk_of_note(
        investigation_id=one.id, note_id=foundation.new_id(), kind="parent", with_whom="x", by=by, **NOW
    ),
    "talk_draft": lambda one, by: children.save_talk_draft(
        investigation_id=one.id, note_id=foundation.new_id(), by=by, **NOW
    ),
    "plan": lambda one, by: children.plan_step(
        investigation_id=one.id, what="x", due_on=date(2026, 9, 9), by=by, **NOW
    ),
    "area": lambda one, by: children.write_area(investigation_id=one.id, area="safety", body="x", version=0, by=by, **NOW),
    "talk": lambda one, by: children.note_talk(
        investigation_id=one.id, kind="parent", with_whom="x", body="x", by=by, **NOW
    ),
    "data": lambda one, by: children.ask_for_data(
        investigation_id=one.id, source="police", source_name="x", basis="duty", by=by, **NOW
    ),
    "view": lambda one, by: children.record_child_view(investigation_id=one.id, body="x", how="talk", by=by, **NOW),
    "best": lambda one, by: children.weigh_best_interests(investigation_id=one.id, body="x", by=by, **NOW),
    "risk": lambda one, by: children.assess_risk(investigation_id=one.id, body="x", level="some", by=by, **NOW),
    "assessment": lambda one, by: children.write_assessment(investigation_id=one.id, body="x", by=by, **NOW),
    "tell": lambda one, by: children.communicate_investigation(
        investigation_id=one.id, material="x", answer_until=date(2026, 9, 20), by=by, **NOW
    ),
    "follow": lambda one, by: children.start_follow_up(
        investigation_id=one.id, because="x", with_consent=True, by=by, **NOW
    ),
    "end_follow": lambda one, by: children.end_follow_up(investigation_id=one.id, because="x", by=by, **NOW),
    "measure": lambda one, by: children.record_measure(
        case_id=one.case_id, kind="compulsion22", on=OPENED, by=by, **NOW
    ),
}  # fmt: skip


def test_the_database_refuses_to_follow_a_child_without_a_ground(cast: Cast) -> None:
    case = a_file(cast)
    one = opened(cast, case)
    row = (
        "INSERT INTO child_protection_followup (id, investigation_id, case_id, ground, because, with_consent, started_on,"
        " started_by_id, last_day, ended_because) VALUES (gen_random_uuid(), %s, %s, %s, 'x', false, %s, %s, %s, '')"
    )
    for ground in ("consent_missing", "after_placement", "not_recorded"):
        with (
            pytest.raises(DatabaseError),
            foundation.acting(cast.david, whole=True),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                row, [one.id, case.id, ground, OPENED, cast.david.account_id, OPENED + timedelta(days=100)]
            )


@pytest.mark.parametrize("who", ["asa", "board", "elin"])
def test_no_stranger_does_anything(cast: Cast, who: str) -> None:
    investigation = opened(cast, a_file(cast))
    for name, act in ACTS.items():
        with pytest.raises((foundation.NotFound, foundation.Refused)):
            act(investigation, getattr(cast, who))
        assert children.investigation_view(investigation.id, cast.david).investigation.version == 1, name


def test_nothing_is_written_into_a_closed_investigation(cast: Cast, full: children.Investigation) -> None:
    for name, act in ACTS.items():
        if name not in ("follow", "end_follow", "measure"):
            with pytest.raises(children.InvestigationIsClosed):
                act(full, cast.david)


@pytest.mark.parametrize("table", TABLES)
def test_the_app_role_removes_nothing_and_strangers_change_nothing(
    cast: Cast, full: children.Investigation, table: str
) -> None:
    with foundation.acting(cast.asa), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (0,)
    for actor in (cast.david, cast.system):
        with (
            foundation.acting(actor),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE child_protection_investigation SET opened_on = opened_on + 30",
        "UPDATE child_protection_investigation SET state = 'open', closed_on = NULL, outcome = ''",
        "UPDATE child_protection_investigation SET days_before = days_before + 5, version = 9",
        "UPDATE child_protection_statement SET body = 'annat'",
        "UPDATE child_protection_areatext SET body = 'annat'",
        "UPDATE child_protection_planstepchange SET because = 'annat'",
        "UPDATE child_protection_extensionproposal SET until = until + 30",
        "UPDATE child_protection_talk SET without_consent = true, because = 'x'",
        "UPDATE child_protection_measure SET starts_on = starts_on + 30",
        "UPDATE child_protection_measurestep SET happened_on = happened_on + 1",
        "UPDATE child_protection_followup SET last_day = last_day + 90",
        "UPDATE child_protection_obtaineddata SET source = 'police'",
    ],
)
def test_the_database_itself_keeps_what_was_written(
    cast: Cast, full: children.Investigation, sql: str
) -> None:
    """Not the worker, not the manager, not the system: the days cannot be reset with SQL either."""
    for actor in (cast.david, manager_of_children(cast), cast.system):
        with (
            foundation.acting(actor),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_nobody_states_in_a_colleagues_name(cast: Cast, full: children.Investigation) -> None:
    with (
        foundation.acting(cast.david),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO child_protection_statement (id, investigation_id, case_id, kind, body, how, level, protection,"
            " written_by_id, at) SELECT gen_random_uuid(), investigation_id, case_id, kind, 'x', how, level, '', %s, at"
            " FROM child_protection_statement LIMIT 1",
            [manager_of_children(cast).account_id],
        )


@pytest.mark.django_db(databases=["default"], transaction=True)
def test_the_intruder_with_the_roles_password_sees_nothing(
    cast: Cast, full: children.Investigation, intruder: psycopg.Connection[Any]
) -> None:
    for table in TABLES:
        assert intruder.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
