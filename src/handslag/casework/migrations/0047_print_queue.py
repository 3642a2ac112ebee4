"""The print queue of every kind of case: letters that a person must print and post."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import handslag.foundation.ids
from handslag.foundation.policies import function, own_hand, protect, run_sql

_moved = import_module("handslag.casework.migrations.0043_sight_policies").MOVE

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"
STATES = [("waiting", "To print"), ("printed", "Printed"), ("stopped", "Stopped: not to be posted")]

# A letter that waits follows the person whose two records became one.
MOVE = _moved.replace("'communication', 'decision']", "'communication', 'decision', 'printqueueitem']")


def _to(model: str, *, null: bool = False, index: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=index, null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0045_numbers_closed"),
        ("casework", "0046_manager_lifts_areas"),
        ("people", "0011_no_oracle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "PrintQueueItem",
            [
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason_code", models.CharField(max_length=40)),
                ("state", models.CharField(choices=STATES, max_length=8)),
                ("queued_at", models.DateTimeField()),
                ("printed_at", models.DateTimeField(null=True)),
                ("case", _to("casework.case", index=True)),
                ("decision", _to("casework.decision", null=True)),
                ("document", _to("casework.document")),
                ("person", _to("people.person")),
                ("printed_by", _to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={"db_table": "casework_printqueueitem"},
        ),
        migrations.AddIndex(
            "printqueueitem",
            models.Index(fields=["queued_at"], condition=Q(state="waiting"), name="casework_print_waiting"),
        ),
        migrations.AddConstraint(
            "printqueueitem",
            models.UniqueConstraint(fields=["document", "person"], name="casework_print_once"),
        ),
        migrations.AddConstraint(
            "printqueueitem",
            models.CheckConstraint(
                condition=Q(state="printed", printed_at__isnull=False)
                | (~Q(state="printed") & Q(printed_at__isnull=True)),
                name="casework_print_printed",
            ),
        ),
        protect("casework_printqueueitem", read=READS, write=WORKS),
        function("handslag_move_papers(keep uuid, duplicate uuid)", "int", MOVE, volatility="VOLATILE"),
        own_hand("casework_printqueueitem", "printed_by_id"),
        run_sql(
            "CREATE TRIGGER casework_printqueueitem_frozen BEFORE UPDATE OR DELETE ON casework_printqueueitem FOR EACH ROW "
            "EXECUTE FUNCTION handslag_casework_frozen_but('state', 'printed_at', 'printed_by_id');"
        ),
    ]
