"""An intruder with the web's database password, or with a right signature and wrong intentions."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry, BreakGlass, Event, RoleGrant
from handslag.people import public as people
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def refused(sql: str, values: list[Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("function", ["handslag_keep", "people_person_name_keys", "handslag_own_hand"])
def test_no_trigger_of_ours_hangs_on_an_intruders_own_table(
    intruder: psycopg.Connection[Any], function: str
) -> None:
    intruder.execute("CREATE TEMP TABLE people_person (id uuid, given_name text, family_name text)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute(
            f"CREATE TRIGGER mine BEFORE UPDATE ON people_person FOR EACH ROW EXECUTE FUNCTION {function}()"
        )


def test_nobody_reads_the_keys_of_the_log_in_or_leaves_a_job(intruder: psycopg.Connection[Any]) -> None:
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in {"account", "socialaccount", "mfa"}
    ]
    assert "mfa_authenticator" in tables
    closed = intruder.execute(
        "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity",
        [[*tables, "procrastinate_jobs"]],
    ).fetchone()
    assert closed == (len(tables) + 1,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', 'income_support.assess', '{}')"
        )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute("SELECT handslag_seal_events(1)")


def test_an_account_reads_no_keys_of_the_second_factor_not_even_its_own(cast: Cast) -> None:
    with foundation.acting(cast.system), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{}', now())",
            [cast.david.account_id],
        )
    with foundation.acting(cast.david), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM mfa_authenticator")
        assert cursor.fetchone() == (0,)


def test_reads_are_entered_in_the_name_of_who_acts(cast: Cast) -> None:
    with foundation.acting(cast.david):
        foundation.log_read(cast.david, person_id=cast.greta.person_id, page="desk.person")
        for other in (cast.bjorn, cast.greta, cast.system):
            with pytest.raises(DatabaseError), transaction.atomic():
                foundation.log_read(other, person_id=cast.greta.person_id, page="desk.person")
        assert foundation.current_actor() == cast.david
        with connection.cursor() as cursor:
            cursor.execute("SELECT handslag_actor_kind(), handslag_account()")
            assert cursor.fetchone() == ("staff", cast.david.account_id)
    with foundation.acting(cast.elin):
        foundation.log_read(
            cast.elin, person_id=cast.farid.person_id, case_id=foundation.new_id(), page="citizen.matter"
        )
    with foundation.acting(cast.system):
        assert AccessEntry.objects.filter(page="desk.person").count() == 1
        entry = AccessEntry.objects.get(page="citizen.matter")
    assert (entry.actor_kind, entry.account_id, entry.reader_person_id) == (
        "resident",
        cast.elin.account_id,
        cast.elin.person_id,
    )


ENTER = "SELECT handslag_enter_reads(%s, now(), %s, %s, %s, 'desk.person', NULL, ARRAY[%s]::uuid[], ARRAY['']::text[])"


@pytest.mark.parametrize("who", ["asa", "carina", "frida", "ada", "elin", "VISITOR"])
def test_nobodys_own_hand_writes_in_the_log_of_reads(cast: Cast, who: str) -> None:
    """Neither of others nor of themselves: only the process, whose key makes the system's signature, enters a read."""
    actor = foundation.VISITOR if who == "VISITOR" else getattr(cast, who)
    told = [actor.kind, actor.account_id, actor.person_id]
    with foundation.acting(actor):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('handslag.actor')")
            own = cursor.fetchone()[0]
        for person_id in (cast.greta.person_id, actor.person_id):
            for words in (
                own,
                own.replace(actor.kind, "system", 1),
                "",
                "system|||reads|1|9999999999|" + "0" * 64,
            ):
                refused(ENTER, [words, *told, person_id])
            refused(
                "INSERT INTO foundation_accessentry (at, actor_kind, account_id, reader_person_id, person_id, page, why)"
                " VALUES (now(), %s, %s, %s, %s, 'x', '')",
                [*told, person_id],
            )


def test_the_roles_password_alone_enters_no_read(cast: Cast, intruder: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute(ENTER, ["", "staff", cast.asa.account_id, None, cast.greta.person_id])


EVENT = (
    "INSERT INTO foundation_event (kind, at, recorded_at, actor_kind, actor_name, account_id, person_id, case_id, data) "
    "VALUES ('x', now(), now(), 'staff', '', %s, %s, %s, '{}')"
)


def test_an_event_of_staff_in_no_case_names_whom_they_may_read(cast: Cast) -> None:
    at = foundation.now()
    for person_id in (cast.elin.person_id, cast.farid.person_id):
        people.grant_reading(
            person_id=person_id, unit_id=cast.support, because="party", by=cast.system, at=at
        )
    case = casework.open_case(
        kind="income_support",
        person_id=cast.elin.person_id,
        unit_id=cast.support,
        parties=[(cast.elin.person_id, "applicant")],
        by=cast.system,
        at=at,
    )
    elin, farid, greta = cast.elin.person_id, cast.farid.person_id, cast.greta.person_id
    with foundation.acting(cast.bjorn), connection.cursor() as cursor:
        for person_id, case_id in (
            (elin, None),
            (farid, None),
            (elin, case.id),
            (farid, case.id),
            (None, None),
        ):
            cursor.execute(EVENT, [cast.bjorn.account_id, person_id, case_id])
        for person_id in (greta, cast.hugo.person_id):
            refused(EVENT, [cast.bjorn.account_id, person_id, None])
        foundation.break_glass(
            person_id=greta, reason="Akut besök i receptionen", hours=1, by=cast.bjorn, at=at
        )
        cursor.execute(EVENT, [cast.bjorn.account_id, greta, None])
    with foundation.acting(cast.david):
        refused(EVENT, [cast.david.account_id, elin, None])


def test_glass_that_opens_nobody_is_told_in_the_log_all_the_same(cast: Cast) -> None:
    hugo = cast.hugo.person_id
    glass = people.break_glass(
        person_id=hugo, reason="Akut besök i receptionen", hours=1, by=cast.bjorn, at=foundation.now()
    )
    foundation.end_glass(glass_id=glass.id, by=cast.bjorn, at=foundation.now())
    with foundation.acting(cast.system):
        kinds = Event.objects.filter(person_id=hugo, account_id=cast.bjorn.account_id).values_list(
            "kind", flat=True
        )
        assert set(kinds) == {"foundation.glass_broken", "foundation.glass_ended"}
        assert AccessEntry.objects.filter(person_id=hugo, page="people.break_glass").count() == 1


def test_a_resident_tells_no_event_of_a_stranger_and_a_visitor_none_at_all(cast: Cast) -> None:
    sql = (
        "INSERT INTO foundation_event (kind, at, recorded_at, actor_kind, actor_name, account_id, person_id, data) "
        "VALUES ('x', now(), now(), %s, '', %s, %s, '{}')"
    )
    with foundation.acting(cast.elin):
        refused(sql, ["resident", cast.elin.account_id, cast.greta.person_id])
        with connection.cursor() as cursor:
            cursor.execute(sql, ["resident", cast.elin.account_id, cast.elin.person_id])
        in_a_case = sql.replace("person_id, data", "person_id, case_id, data").replace(
            "%s, '{}')", "%s, gen_random_uuid(), '{}')"
        )
        refused(in_a_case, ["resident", cast.elin.account_id, cast.greta.person_id])
    with foundation.acting(foundation.VISITOR):
        refused(sql, ["visitor", None, cast.greta.person_id])
        refused(sql, ["visitor", None, None])


def test_nobody_forges_a_notice_or_rewrites_their_own(cast: Cast) -> None:
    sql = "INSERT INTO foundation_notice (id, account_id, text, link, created_at) VALUES (gen_random_uuid(), %s, '{\"code\": \"x\"}', '', now())"
    for actor in (cast.asa, cast.carina, cast.ada, cast.elin, foundation.VISITOR):
        with foundation.acting(actor):
            refused(sql, [cast.bjorn.account_id])
            refused(sql, [actor.account_id])
    with foundation.acting(cast.asa):
        foundation.notify(cast.bjorn.account_id, {"code": "x"}, at=foundation.now())
    with foundation.acting(cast.bjorn), connection.cursor() as cursor:
        refused("UPDATE foundation_notice SET text = '{}' WHERE account_id = %s", [cast.bjorn.account_id])
        refused("UPDATE foundation_notice SET account_id = %s", [cast.asa.account_id])
        cursor.execute("UPDATE foundation_notice SET acknowledged_at = now()")
        assert cursor.rowcount == 1


def test_the_roles_password_alone_keeps_no_books_of_the_workers(intruder: psycopg.Connection[Any]) -> None:
    defer = "SELECT procrastinate_defer_periodic_job_v2('default', NULL, NULL, 'foundation.seal_log', 0, '', 99999999999, '{}')"
    for sql in (
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp) VALUES ('foundation.seal_log', 99999999999)",
        defer,
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())",
        "SELECT procrastinate_register_worker_v1()",
        "INSERT INTO concern_pace (digest, hour, number) VALUES ('x', now(), 1000)",
        "SELECT set_config('handslag.concern_draft', '00000000-0000-4000-8000-000000000000', false); "
        "INSERT INTO concern_draft (id, sealed, saved_at) VALUES ('00000000-0000-4000-8000-000000000000', 'x', now())",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            intruder.execute(sql)  # type: ignore[arg-type]
    for table in (
        "procrastinate_periodic_defers",
        "procrastinate_workers",
        "procrastinate_events",
        "concern_pace",
    ):
        assert intruder.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert intruder.execute("DELETE FROM procrastinate_periodic_defers").rowcount == 0


def test_the_web_defers_no_periodic_job_in_anybodys_name(cast: Cast) -> None:
    for actor in (cast.asa, cast.ada, cast.elin, foundation.VISITOR):
        with foundation.acting(actor):
            refused(
                "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp) VALUES ('foundation.seal_log', %s)",
                [99999999999],
            )
            refused("INSERT INTO concern_pace (digest, hour, number) VALUES (%s, now(), 1000)", ["x"])


@pytest.mark.parametrize(
    "sql",
    ["SELECT lo_create(0)", "SELECT lo_creat(-1)", "SELECT lo_from_bytea(0, 'x')", "SELECT lo_open(1, 131072)",
     "SELECT lo_put(1, 0, 'x')", "SELECT lo_unlink(1)", "SELECT lo_get(1)"],
)  # fmt: skip
def test_nobody_hides_anything_in_large_objects(intruder: psycopg.Connection[Any], sql: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute(sql)  # type: ignore[arg-type]


def test_an_administrator_gives_roles_to_others_alone(cast: Cast) -> None:
    def grant(account: Any) -> None:
        RoleGrant.objects.create(
            account_id=account, unit_id=cast.support, role="manager", valid_from=foundation.today()
        )

    with foundation.acting(cast.ada):
        grant(cast.david.account_id)
        with pytest.raises(DatabaseError), transaction.atomic():
            grant(cast.ada.account_id)


def test_broken_glass_is_never_long_and_never_mended(cast: Cast) -> None:
    at = foundation.now()
    reason = "Akut besök i receptionen, ordinarie är sjuk"
    glass = foundation.break_glass(
        person_id=cast.greta.person_id, reason=reason, hours=2, by=cast.bjorn, at=at
    )
    with foundation.acting(cast.bjorn):
        with pytest.raises(DatabaseError), transaction.atomic():
            BreakGlass.objects.create(
                account_id=cast.bjorn.account_id, person_id=cast.greta.person_id, reason=reason,
                opened_at=at, ends_at=at + timedelta(days=900),
            )  # fmt: skip
        refused(
            "UPDATE foundation_breakglass SET ends_at = ends_at + interval '20 hours' WHERE id = %s",
            [glass.id],
        )
    foundation.end_glass(glass_id=glass.id, by=cast.bjorn, at=at)
    with foundation.acting(cast.bjorn), connection.cursor() as cursor:
        cursor.execute("UPDATE foundation_breakglass SET ended_at = NULL WHERE id = %s", [glass.id])
        assert cursor.rowcount == 0


def test_nobody_writes_in_a_colleagues_name(cast: Cast) -> None:
    case = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support,
        parties=[(cast.elin.person_id, "applicant")], by=cast.bjorn, at=foundation.now(),
    )  # fmt: skip
    sql = (
        "INSERT INTO casework_casestaff (id, case_id, account_id, because, valid_from, named_by_id) "
        "VALUES (gen_random_uuid(), %s, %s, 'test', now(), %s)"
    )
    with foundation.acting(cast.bjorn):
        refused(sql, [case.id, cast.david.account_id, cast.asa.account_id])
        with connection.cursor() as cursor:
            cursor.execute(sql, [case.id, cast.david.account_id, cast.bjorn.account_id])
