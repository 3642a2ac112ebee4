"""A case that is kept from a biased member of staff is not there for them: in no policy, whatever their roles."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import handslag.foundation.ids
from handslag.foundation.policies import function, keep_history, own_hand, protect, run_sql

_before = import_module("handslag.casework.migrations.0002_policies")

_STAFF = "    me := nullif(actor[2], '')::uuid;\n"
_KEPT = """    IF EXISTS (SELECT FROM casework_casekeptfrom k WHERE k.account_id = me AND k.case_id = wanted AND k.ended_at IS NULL
      AND k.allowed_at IS NULL) THEN RETURN false; END IF;
"""

KEPT_FROM_ME = """
SELECT coalesce(array_agg(k.case_id), '{}') FROM casework_casekeptfrom k
WHERE handslag_is_staff() AND k.account_id = handslag_account() AND k.ended_at IS NULL AND k.allowed_at IS NULL
"""

# The managers of the case's unit see from whom it is kept; never the one whom it concerns.
OF_MANAGER = (
    "handslag_is_system() OR (account_id <> handslag_account() AND handslag_may_read_case(case_id) AND EXISTS ("
    "SELECT FROM casework_case c WHERE c.id = case_id AND c.unit_id = ANY(handslag_units_as('manager'))))"
)


def _without_kept(sql: str) -> str:
    """The function as it stands, with the look for what is kept from a member of staff before anything else."""
    changed = sql.replace(", 'attester'", "")
    if changed.count(_STAFF) != 1 or changed == sql:
        raise ValueError("the functions of 0002_policies have changed")
    return changed.replace(_STAFF, _STAFF + _KEPT)


def _to(model: str, *, null: bool = False, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0044_note_openings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "CaseKeptFrom",
            [
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kept_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("allowed_at", models.DateTimeField(null=True)),
                ("allowed_because", models.TextField(blank=True)),
                ("account", _to(settings.AUTH_USER_MODEL)),
                ("allowed_by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("case", _to("casework.case", name="kept_from")),
            ],
            options={"db_table": "casework_casekeptfrom", "verbose_name_plural": "cases kept from staff"},
        ),
        migrations.AddConstraint(
            "casekeptfrom",
            models.UniqueConstraint(
                fields=("account", "case"), condition=Q(ended_at__isnull=True), name="casework_kept_from_once"
            ),
        ),
        migrations.AddConstraint(
            "casekeptfrom",
            models.CheckConstraint(
                condition=Q(allowed_at__isnull=True, allowed_by__isnull=True, allowed_because="")
                | (Q(allowed_at__isnull=False, allowed_by__isnull=False) & ~Q(allowed_because="")),
                name="casework_kept_from_allowed_with_reason",
            ),
        ),
        protect("casework_casekeptfrom", read=OF_MANAGER, insert="handslag_is_system()", update=OF_MANAGER),
        own_hand("casework_casekeptfrom", "allowed_by_id"),
        run_sql(
            "CREATE TRIGGER casework_casekeptfrom_frozen BEFORE UPDATE OR DELETE ON casework_casekeptfrom FOR EACH ROW "
            "EXECUTE FUNCTION handslag_casework_set_once('ended_at', 'allowed_by_id', 'allowed_at', 'allowed_because');"
        ),
        keep_history("casework_casekeptfrom"),
        function("handslag_may_read_case(wanted uuid)", "boolean", _without_kept(_before.MAY_READ_CASE)),
        function("handslag_may_work_in_case(wanted uuid)", "boolean", _without_kept(_before.MAY_WORK_IN_CASE)),
        function("handslag_cases_kept_from_me()", "uuid[]", KEPT_FROM_ME),
        run_sql(
            "CREATE POLICY casework_case_kept_from ON casework_case AS RESTRICTIVE FOR SELECT TO handslag_app, handslag_job "
            "USING (NOT (id = ANY((SELECT handslag_cases_kept_from_me())::uuid[])));"
        ),
    ]
