"""Nobody writes in a colleague's name: the columns that say whose hand it was."""

from django.db import migrations

from handslag.foundation.policies import own_hand


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_policies"), ("foundation", "0003_own_hand")]

    operations = [
        own_hand("casework_casestaff", "named_by_id"),
        own_hand("casework_assignment", "assigned_by_id"),
        own_hand("casework_completionrequest", "asked_by_id"),
        own_hand("casework_communication", "sent_by_id"),
        own_hand("casework_document", "added_by_id"),
        own_hand("casework_message", "account_id", "read_by_id"),
        own_hand("casework_noteaddition", "written_by_id"),
    ]
