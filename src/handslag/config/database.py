"""Preparing a database: roles, migrations, the actor's key. Only the owner's connection does any of it."""

from typing import Any

from django.core.management import call_command
from django.db import connections

from handslag.config.migrating import light_states

ROLES = ("handslag_app", "handslag_job", "handslag_stats")
USERS = "handslag_app, handslag_job"
# The web leaves jobs and reads failed ones for somebody; only the workers take them up for nobody, and keep their own books.
SOMEBODY = "(SELECT handslag_actor_kind()) IS NOT NULL OR current_user = 'handslag_job'"
WORKERS = "(SELECT handslag_is_system()) OR current_user = 'handslag_job'"
OF_WORKERS = ("procrastinate_workers", "procrastinate_periodic_defers")


class OwnerMigrates:
    """Migrations run through the owner's connection and no other."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"

    def db_for_read(self, model: type, **hints: Any) -> str:
        return "default"

    db_for_write = db_for_read


def prepare(*, alias: str = "owner", passwords: bool = True) -> None:
    """Bring a database to the present shape; safe to repeat and to run from several processes in turn."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('handslag_prepare'))")
        try:
            make_roles(cursor, passwords=passwords)
            with light_states():
                call_command("migrate", database=alias, interactive=False, verbosity=0)
            settle(alias=alias)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('handslag_prepare'))")


def make_roles(cursor: Any, *, passwords: bool) -> None:
    """Make the roles that can log in; none of them owns a table or may bypass row-level security."""
    from psycopg import sql

    from handslag.config.place import place

    for role in ROLES:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
        cursor.execute(
            sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD {}").format(
                verb, sql.Identifier(role), sql.Literal(place().password_of(role) if passwords else role)
            )
        )


def settle(*, alias: str = "owner") -> None:
    """What follows every migration: the key that signatures are checked with, and the job library's rights."""
    from handslag.foundation.actor import actor_key

    key = actor_key().ljust(64, b"\0")
    inner, outer = bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_actor_key (inner_pad, outer_pad) VALUES (%s, %s) "
            "ON CONFLICT (single) DO UPDATE SET inner_pad = EXCLUDED.inner_pad, outer_pad = EXCLUDED.outer_pad",
            [inner, outer],
        )
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'procrastinate%'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO handslag_app, handslag_job")
            _close(cursor, table, WORKERS if table in OF_WORKERS else SOMEBODY)
        _let_read(cursor, "procrastinate_workers", SOMEBODY)
        for table in _library_tables():
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO handslag_app, handslag_job")
            _close(cursor, table, "(SELECT handslag_is_system())")
        cursor.execute("GRANT SELECT ON django_content_type TO handslag_app, handslag_job")
        _close_large_objects(cursor)


def _close(cursor: Any, table: str, condition: str) -> None:
    """Put a library's table under row-level security, once: later starts take no lock on it."""
    cursor.execute("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
    if not cursor.fetchone()[0]:
        cursor.execute(
            f"CREATE POLICY handslag_own ON {table} FOR ALL TO {USERS} USING ({condition}) WITH CHECK ({condition})"
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


def _let_read(cursor: Any, table: str, condition: str) -> None:
    """Let more read a closed table than may write it, once."""
    cursor.execute("SELECT 1 FROM pg_policies WHERE tablename = %s AND policyname = 'handslag_read'", [table])
    if cursor.fetchone() is None:
        cursor.execute(f"CREATE POLICY handslag_read ON {table} FOR SELECT TO {USERS} USING ({condition})")


def _close_large_objects(cursor: Any) -> None:
    """Nobody but the server's superuser makes large objects, which no policy reaches and nothing here uses.

    An owner that is no superuser cannot close them; docs/explanation/security.md says how.
    """
    cursor.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace "
        "AND p.proname ~ '^(lo_.*|loread|lowrite)$' AND has_function_privilege('handslag_app', p.oid, 'EXECUTE') "
        "AND pg_has_role(current_user, p.proowner, 'USAGE') ORDER BY 1"
    )
    for (signature,) in cursor.fetchall():
        cursor.execute(f"REVOKE EXECUTE ON FUNCTION pg_catalog.{signature} FROM PUBLIC")


def _library_tables() -> list[str]:
    from django.apps import apps

    labels = {"account", "socialaccount", "mfa"}
    return [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in labels
    ]
