"""The print queue is one for every kind of case: what waits or was printed moves to casework."""

from django.db import migrations

from handslag.foundation.policies import run_sql


class Migration(migrations.Migration):
    dependencies = [("income_support", "0015_kept_payments"), ("casework", "0047_print_queue")]

    operations = [
        run_sql(
            "INSERT INTO casework_printqueueitem"
            " (id, decision_id, case_id, person_id, document_id, reason_code, state, queued_at, printed_at, printed_by_id)"
            " SELECT id, decision_id, case_id, person_id, document_id, reason_code, state, queued_at, printed_at, printed_by_id"
            " FROM income_support_printqueueitem;"
            " SET CONSTRAINTS ALL IMMEDIATE;"
        ),
        migrations.DeleteModel("PrintQueueItem"),
    ]
