"""Who reads and writes adults' matters and steps of care: staff, through the case; nothing is ever changed."""

from django.db import migrations

from handslag.foundation.policies import never_change, own_hand, protect

STAFF_READ = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"


class Migration(migrations.Migration):
    dependencies = [("adult_support", "0001_matters"), ("casework", "0003_own_hand")]

    operations = [
        protect("adult_support_matter", read=STAFF_READ, insert=WORKS, update="false"),
        never_change("adult_support_matter"),
        own_hand("adult_support_matter", "recorded_by_id"),
        protect("adult_support_carerecord", read=STAFF_READ, insert=WORKS, update="false"),
        never_change("adult_support_carerecord"),
        own_hand("adult_support_carerecord", "recorded_by_id"),
    ]
