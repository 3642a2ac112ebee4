"""An intruder with the web's database password, or with a right signature and wrong intentions."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry, BreakGlass, RoleGrant
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
        "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity", [[*tables, "procrastinate_jobs"]]
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


def test_reads_are_entered_in_ones_own_name(cast: Cast) -> None:
    with foundation.acting(cast.david):
        foundation.log_read(cast.david, person_id=cast.greta.person_id, page="desk.person")
        with pytest.raises(DatabaseError), transaction.atomic():
            foundation.log_read(cast.bjorn, person_id=cast.greta.person_id, page="desk.person")
    with foundation.acting(cast.system):
        assert AccessEntry.objects.filter(page="desk.person").count() == 1


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
        refused("UPDATE foundation_breakglass SET ends_at = ends_at + interval '20 hours' WHERE id = %s", [glass.id])
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
