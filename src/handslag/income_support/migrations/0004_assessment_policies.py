"""Who reads and writes rules, assessments and automation; what is never changed in them."""

from django.db import migrations

from handslag.foundation.policies import keep_history, never_change, protect, run_sql

STAFF_READ = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"
# The household reads its calculation once a decision rests on it.
OWN_FINAL = "(final_at IS NOT NULL AND (applicant_id = handslag_person() OR co_applicant_id = handslag_person()))"
RULES = "handslag_is_system() OR handslag_has_role('rules_officer')"
SWITCH = "handslag_is_system() OR handslag_has_role('manager') OR handslag_has_role('rules_officer')"


def added_only(table: str, insert: str) -> list:
    """Rows about rules: no personal data, read by all, added by those who may, never changed."""
    return [protect(table, read="true", insert=insert, update="false"), never_change(table)]


class Migration(migrations.Migration):
    dependencies = [("income_support", "0003_assessments"), ("foundation", "0002_actor_and_events")]

    operations = [
        *added_only("income_support_ruleconfirmation", RULES),
        *added_only("income_support_localruleset", RULES),
        *added_only("income_support_municipalitysettings", RULES),
        *added_only("income_support_automationrule", RULES),
        *added_only("income_support_automationstate", SWITCH),
        *added_only("income_support_rulesnapshot", "handslag_is_system() OR handslag_is_staff()"),
        protect("income_support_assessment", read=f"{STAFF_READ} OR {OWN_FINAL}", write=WORKS),
        never_change("income_support_assessment", when="OLD.final_at IS NOT NULL"),
        keep_history("income_support_assessment"),
        protect("income_support_assessmentchange", read=STAFF_READ, write=WORKS),
        run_sql(
            "CREATE TRIGGER income_support_assessmentchange_frozen BEFORE UPDATE OR DELETE ON income_support_assessmentchange "
            "FOR EACH ROW EXECUTE FUNCTION handslag_casework_set_once('withdrawn_at');",
            "DROP TRIGGER income_support_assessmentchange_frozen ON income_support_assessmentchange;",
        ),
        protect("income_support_sectionapproval", read=STAFF_READ, insert=WORKS, update="false"),
        never_change("income_support_sectionapproval"),
        protect("income_support_samplereview", read=STAFF_READ, write=WORKS),
        never_change("income_support_samplereview", when="OLD.state <> 'waiting'"),
        protect("income_support_activitytrial", read=STAFF_READ, insert=WORKS, update="false"),
        never_change("income_support_activitytrial"),
    ]
