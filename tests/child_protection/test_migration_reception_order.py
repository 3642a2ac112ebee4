"""A database with reports that wait is brought from 0020 to 0021: each report takes its place in the reception's list."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import IntegrityError, InternalError

BEFORE = ("child_protection", "0020_kept_by_who_registered")
AFTER = ("child_protection", "0021_reception_in_order_and_time_proposals")
# A quarter to midnight in Sweden's summer is the next day there, and the day before in UTC.
LATE_EVENING = datetime(2026, 6, 10, 22, 45, tzinfo=UTC)
NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def owner(transactional_db: None) -> Iterator[Any]:
    """The owner's connection to an empty database of its own, which goes away afterwards."""
    connection = connections["owner"]
    settings = connection.settings_dict
    name = settings["NAME"]
    server = {
        "host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"],
        "password": settings["PASSWORD"], "dbname": "postgres", "autocommit": True,
    }  # fmt: skip
    mine = f"{name}_migrated"
    drop = f'DROP DATABASE IF EXISTS "{mine}" WITH (FORCE)'
    with psycopg.connect(**server) as there:
        there.execute(drop)
        there.execute(f'CREATE DATABASE "{mine}"')
        there.execute(f'ALTER DATABASE "{mine}" SET synchronous_commit = off')
    connection.close()
    settings["NAME"] = mine
    try:
        yield connection
    finally:
        connection.close()
        settings["NAME"] = name
    with psycopg.connect(**server) as there:
        there.execute(drop)


def brought_to(owner: Any, target: tuple[str, str]) -> Any:
    """The database as it is after a migration, and those that it needs: its models then."""
    return MigrationExecutor(owner).migrate([target]).apps


class Town:
    """What stood in the database before: written as the owner, past the triggers that ask who acts."""

    def __init__(self, owner: Any, apps: Any) -> None:
        self.owner, self.apps, self.nth = owner, apps, 0
        self.unit = self.row("foundation", "Unit", name="Barn och familj", kind="children")

    def row(self, app: str, model: str, **told: Any) -> Any:
        with self.owner.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        made = self.apps.get_model(app, model).objects.using("owner").create(**told)
        with self.owner.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")
        return made

    def report(self, number: str, at: datetime = NOON, **told: Any) -> Any:
        self.nth += 1
        return self.row(
            "child_protection", "Report", number=number, unit_id=self.unit.id, day_unit_id=self.unit.id,
            municipality="9999", channel="web", received_at=at, what_seen="Något", receipt_hash=f"{self.nth:064d}",
            **told,
        )  # fmt: skip

    def child(self, report: Any, due_on: date | None = None) -> Any:
        """A child of the report; one with a last day is known, and has its file."""
        known: dict[str, Any] = {}
        if due_on is not None:
            self.nth += 1
            person = self.row(
                "people",
                "Person",
                given_name="Nora",
                family_name="Norén",
                born=date(2016, 5, 2),
                sex="woman",
                registered_at=NOON,
            )
            case = self.row(
                "casework", "Case", number=f"BU-2026-{self.nth:05d}", kind="child_protection", person_id=person.id,
                unit_id=self.unit.id, opened_at=NOON,
            )  # fmt: skip
            known = {"person_id": person.id, "case_id": case.id, "due_on": due_on}
        return self.row("child_protection", "ReportedChild", report_id=report.id, added_at=NOON, **known)

    def decided(self, child: Any) -> None:
        self.row(
            "child_protection", "PreliminaryAssessment", child_id=child.id, outcome="not_open", violence=False,
            reason="Skolan har en plan.", decided_at=NOON,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_waiting_reports_get_their_urgency_and_their_last_day(owner: Any) -> None:
    town = Town(owner, brought_to(owner, BEFORE))
    plain = town.report("OA-plain", concern_codes=["school"])
    town.decided(town.child(plain, date(2026, 6, 3)))
    town.child(plain, date(2026, 6, 15))
    town.child(plain, date(2026, 6, 20))
    violent = town.report("OA-violent", concern_codes=["school", "witnessed_violence"])
    town.child(violent, date(2026, 6, 15))
    unknown = town.report("OA-unknown", LATE_EVENING, concern_codes=["honour"])
    town.child(unknown)
    danger = town.report("OA-danger", danger_now=True)
    town.child(danger, date(2026, 6, 30))
    first = town.report("OA-first", concern_codes=["school"])
    town.child(first, date(2026, 6, 18))
    joined = town.report(
        "OA-joined", danger_now=True, state="merged", duplicate_of_id=first.id, merged_because="Samma bråk"
    )
    town.child(joined, date(2026, 6, 4))
    ready = town.report("OA-ready", concern_codes=["neglect"], state="decided")
    town.decided(town.child(ready, date(2026, 6, 15)))
    histories = (
        count(owner, "SELECT count(*) FROM foundation_rowhistory")
        if has(owner, "foundation_rowhistory")
        else 0
    )

    apps = brought_to(owner, AFTER)
    rows = apps.get_model("child_protection", "Report").objects.using("owner")
    assert {one.number: (one.urgency, one.decide_by) for one in rows.all()} == {
        "OA-danger": (0, date(2026, 6, 30)),
        "OA-first": (0, date(2026, 6, 18)),
        "OA-joined": (0, None),
        "OA-violent": (1, date(2026, 6, 15)),
        # Told the eleventh of June by the clocks here; nobody knows the child, so the fourteen days of the law.
        "OA-unknown": (1, date(2026, 6, 25)),
        "OA-plain": (2, date(2026, 6, 15)),
        "OA-ready": (2, None),
    }
    waiting = rows.filter(state="received").order_by("urgency", "decide_by")
    assert [one.number for one in waiting] == [
        "OA-first", "OA-danger", "OA-violent", "OA-unknown", "OA-plain",
    ]  # fmt: skip
    if has(owner, "foundation_rowhistory"):
        assert count(owner, "SELECT count(*) FROM foundation_rowhistory") == histories, (
            "nothing that was told changed"
        )
    # The triggers stand again: what was told is never changed, also not by the owner.
    with pytest.raises((InternalError, IntegrityError)), owner.cursor() as cursor:
        cursor.execute("UPDATE child_protection_report SET what_seen = 'Annat' WHERE id = %s", [plain.id])
    still = count(
        owner,
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'child_protection_report'::regclass AND tgenabled = 'D'",
    )
    assert still == 0


def count(owner: Any, question: str) -> int:
    with owner.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def has(owner: Any, table: str) -> bool:
    return count(owner, f"SELECT count(*) FROM pg_tables WHERE tablename = '{table}'") == 1
