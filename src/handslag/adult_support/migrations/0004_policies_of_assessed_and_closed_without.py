"""Who reads and writes how a report was assessed, and why a case closed without a step: staff, through the case."""

from django.db import migrations

from handslag.foundation.policies import never_change, own_hand, protect

STAFF_READ = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
# Staff sign what they write; only the system has no account.
ASSESSES = "handslag_is_system() OR (handslag_may_work_in_case(case_id) AND assessed_by_id IS NOT NULL)"
CLOSES = "handslag_is_system() OR (handslag_may_work_in_case(case_id) AND closed_by_id IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("adult_support", "0003_assessed_and_closed_without")]

    operations = [
        protect("adult_support_reportassessment", read=STAFF_READ, insert=ASSESSES, update="false"),
        never_change("adult_support_reportassessment"),
        own_hand("adult_support_reportassessment", "assessed_by_id"),
        protect("adult_support_closedwithout", read=STAFF_READ, insert=CLOSES, update="false"),
        never_change("adult_support_closedwithout"),
        own_hand("adult_support_closedwithout", "closed_by_id"),
    ]
