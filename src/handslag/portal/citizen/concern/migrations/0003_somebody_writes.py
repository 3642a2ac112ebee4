"""A draft is written by somebody whom the web has let in; how often an address has come is counted by the system."""

from django.db import migrations

from handslag.foundation.policies import run_sql

NAMED = "current_setting('handslag.concern_draft', true)"
SHOWN = (
    "((SELECT handslag_actor_kind()) IS NOT NULL AND {0}::text = (SELECT "
    + NAMED
    + ")) OR (SELECT handslag_is_system())"
)


def _alter(table: str, key: str) -> str:
    shown = SHOWN.format(key)
    return f"""
ALTER POLICY {table}_select ON {table} USING ({shown});
ALTER POLICY {table}_insert ON {table} WITH CHECK ({shown});
ALTER POLICY {table}_update ON {table} USING ({shown}) WITH CHECK ({shown});
ALTER POLICY {table}_delete ON {table} USING ({shown});
"""


PACE = """
ALTER POLICY concern_pace_select ON concern_pace USING ((SELECT handslag_is_system()));
ALTER POLICY concern_pace_insert ON concern_pace WITH CHECK ((SELECT handslag_is_system()));
ALTER POLICY concern_pace_update ON concern_pace USING ((SELECT handslag_is_system())) WITH CHECK ((SELECT handslag_is_system()));
"""


class Migration(migrations.Migration):
    dependencies = [("concern", "0002_policies")]

    operations = [
        run_sql(_alter("concern_draft", "id")),
        run_sql(_alter("concern_paper", "draft_id")),
        run_sql(PACE),
    ]
