"""Row-level security, grants and history as migration operations.

The tables belong to the owner role, which runs the migrations and the SECURITY DEFINER functions and is
never used by the web or the workers. Those log in as `handslag_app` and `handslag_job` and see a row only
through a policy.
"""

import re

from django.db import migrations

USERS = "handslag_app, handslag_job"


def run_sql(sql: str, reverse: str = "") -> migrations.RunSQL:
    """SQL run as it stands, on the way forward; `reverse` defaults to nothing."""
    return migrations.RunSQL(sql, reverse or migrations.RunSQL.noop)


def protect(
    table: str,
    *,
    read: str,
    write: str = "handslag_is_system()",
    insert: str | None = None,
    update: str | None = None,
    delete: str = "false",
) -> migrations.RunSQL:
    """Put a table under row-level security: each condition is SQL over the row; `false` refuses always.

    Functions without arguments are wrapped so that they run once for a query, not once for a row.
    """
    conditions = {
        "SELECT": read,
        "INSERT": insert if insert is not None else write,
        "UPDATE": update if update is not None else write,
        "DELETE": delete,
    }
    grants = ", ".join(verb for verb, condition in conditions.items() if condition != "false")
    parts = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;", f"GRANT {grants} ON {table} TO {USERS};"]
    for verb, condition in conditions.items():
        if condition == "false":
            continue
        once = _once(condition)
        clause = {"INSERT": f"WITH CHECK ({once})", "UPDATE": f"USING ({once}) WITH CHECK ({once})"}.get(
            verb, f"USING ({once})"
        )
        parts.append(f"CREATE POLICY {table}_{verb.lower()} ON {table} FOR {verb} TO {USERS} {clause};")
    return run_sql("\n".join(parts), f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;")


def open_table(table: str, verbs: str = "SELECT") -> migrations.RunSQL:
    """Grant a table without personal data; it has no policies."""
    return run_sql(f"GRANT {verbs} ON {table} TO {USERS};")


def keep_history(table: str) -> migrations.RunSQL:
    """Keep each row as it was before a change (trigger `handslag_keep`)."""
    return run_sql(
        f"CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION handslag_keep();",
        f"DROP TRIGGER {table}_keep ON {table};",
    )


def never_change(table: str, *, when: str = "true") -> migrations.RunSQL:
    """Refuse changes and removals of rows for which `when` (SQL over OLD) holds, whoever asks."""
    return run_sql(
        f"CREATE TRIGGER {table}_never_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW WHEN ({when}) "
        "EXECUTE FUNCTION handslag_refuse_change();",
        f"DROP TRIGGER {table}_never_change ON {table};",
    )


def own_hand(table: str, *columns: str) -> migrations.RunSQL:
    """Refuse a row whose named columns (accounts) hold another hand than the actor's; the system is exempt."""
    named = ", ".join(f"'{column}'" for column in columns)
    return run_sql(
        f"CREATE TRIGGER {table}_own_hand BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION handslag_own_hand({named});",
        f"DROP TRIGGER {table}_own_hand ON {table};",
    )


def function(
    signature: str, returns: str, body: str, *, volatility: str = "STABLE", grant: bool = True
) -> migrations.RunSQL:
    """A SECURITY DEFINER function with a fixed search path; `body` is SQL, or plpgsql when it begins with DECLARE/BEGIN."""
    language = "plpgsql" if re.match(r"\s*(DECLARE|BEGIN)\b", body) else "sql"
    sql = (
        f"CREATE OR REPLACE FUNCTION {signature} RETURNS {returns} LANGUAGE {language} {volatility} SECURITY DEFINER "
        f"SET search_path = public, pg_temp AS $handslag$ {body} $handslag$;\n"
        f"REVOKE ALL ON FUNCTION {signature_types(signature)} FROM PUBLIC;"
    )
    if grant:
        sql += f"\nGRANT EXECUTE ON FUNCTION {signature_types(signature)} TO {USERS};"
    return run_sql(sql)


def signature_types(signature: str) -> str:
    """`f(a uuid, b text DEFAULT 'x')` as `f(uuid, text)`."""
    name, _, arguments = signature.partition("(")
    kept = [
        piece.split(" DEFAULT ")[0].strip() for piece in arguments.rstrip(") ").split(",") if piece.strip()
    ]
    return f"{name}({', '.join(' '.join(piece.split()[1:]) for piece in kept)})"


_FUNCTION = r"handslag_\w+\((?:'[^']*')?\)"


def _once(condition: str) -> str:
    arrays = re.sub(rf"ANY\s*\(({_FUNCTION})\)", r"ANY((SELECT \1)::uuid[])", condition)
    return re.sub(rf"(?<!select )(?<!SELECT )({_FUNCTION})", r"(SELECT \1)", arrays)
