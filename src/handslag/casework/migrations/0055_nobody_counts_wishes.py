"""That a child has asked to keep something is no event that a resident reads: whoever uses the child's log-in counts none.

Also those that were written in the child's own name before.
"""

from django.db import migrations

from handslag.foundation.policies import run_sql

POLICY = """
CREATE POLICY foundation_event_keeps_wishes ON foundation_event AS RESTRICTIVE FOR SELECT TO handslag_app, handslag_job
  USING (kind <> 'casework.child_wish_asked' OR NOT (SELECT handslag_is_resident()));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0054_a_childs_wish_in_ones_own_name"),
        ("foundation", "0015_events_in_order_of_time"),
    ]

    operations = [run_sql(POLICY, "DROP POLICY foundation_event_keeps_wishes ON foundation_event;")]
