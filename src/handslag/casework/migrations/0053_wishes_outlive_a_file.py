"""What a child wants kept follows to another file of the child when the one where it was weighed is erased; by the system alone."""

from importlib import import_module

from django.db import migrations

from handslag.foundation.policies import run_sql

_wishes = import_module("handslag.casework.migrations.0052_child_wishes")
_begins = _wishes.MOVES.index("CREATE FUNCTION")
_ends = _wishes.MOVES.index("REVOKE ALL")
FUNCTION = _wishes.MOVES[_begins:_ends].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
MOVES = FUNCTION.replace(
    "NEW.case_id IS DISTINCT FROM OLD.case_id)",
    "NEW.case_id IS DISTINCT FROM OLD.case_id\n    AND NOT (handslag_is_system() AND OLD.note_id IS NULL AND NEW.case_id IS NOT NULL))",
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0052_child_wishes")]

    operations = [run_sql(MOVES, FUNCTION)]
