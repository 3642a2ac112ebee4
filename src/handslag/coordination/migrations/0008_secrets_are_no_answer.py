"""Whether somebody keeps a secret is answered about persons whom the one who asks may read, and nobody else."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# The functions that look at the secrets themselves are the owner's: the walk around a family and a household use them.
CLOSED = """
REVOKE ALL ON FUNCTION handslag_kept_from_reader(uuid[], text, uuid) FROM handslag_app, handslag_job;
REVOKE ALL ON FUNCTION handslag_kept_stays(uuid, uuid[]) FROM handslag_app, handslag_job;
"""
READABLE = "ARRAY(SELECT p FROM unnest(pids) AS p WHERE handslag_may_read_person(p))"
KEPT_FROM_ME = f"SELECT handslag_kept_from_reader({READABLE}, what, beside)"
STAYS_KEPT_FROM_ME = f"SELECT handslag_kept_stays(hid, {READABLE})"
LEFT_OUT = "SELECT handslag_kept_stays(hid, pids)"


class Migration(migrations.Migration):
    dependencies = [("coordination", "0007_words_that_may_tell"), ("people", "0014_what_a_resident_names")]

    operations = [
        run_sql(CLOSED),
        function("handslag_kept_from_me(pids uuid[], what text, beside uuid)", "uuid[]", KEPT_FROM_ME),
        function("handslag_stays_kept_from_me(hid uuid, pids uuid[])", "uuid[]", STAYS_KEPT_FROM_ME),
        function("handslag_left_out_of_home(hid uuid, pids uuid[])", "uuid[]", LEFT_OUT, grant=False),
    ]
