"""Nobody attests, releases, changes or signs in another's name, and an applicant decides nothing."""

from django.db import migrations

from handslag.foundation.policies import own_hand, run_sql

# An applicant asks the partner to sign, and the partner signs; a resident's change never makes a decision of it.
SIGNATURES = """
ALTER POLICY income_support_coapplicantsignature_insert ON income_support_coapplicantsignature WITH CHECK (
  (SELECT handslag_is_system()) OR ((SELECT handslag_is_resident()) AND handslag_may_read_application(application_id)
    AND (signed_at IS NULL OR person_id = (SELECT handslag_person()))));
ALTER POLICY income_support_application_update ON income_support_application WITH CHECK (
  (SELECT handslag_is_system()) OR handslag_may_work_in_case(case_id) OR (state <> 'decided' AND automated IS NOT TRUE
    AND (applicant_id = (SELECT handslag_person()) OR co_applicant_id = (SELECT handslag_person()))));
REVOKE ALL ON FUNCTION handslag_payment_within_decision() FROM handslag_app, handslag_job;
"""


class Migration(migrations.Migration):
    dependencies = [("income_support", "0007_wall_counts"), ("foundation", "0003_own_hand")]

    operations = [
        run_sql(SIGNATURES),
        own_hand("income_support_assessmentchange", "changed_by_id"),
        own_hand("income_support_sectionapproval", "approved_by_id"),
        own_hand("income_support_automationrule", "entered_by_id"),
        own_hand("income_support_automationstate", "turned_by_id"),
        own_hand("income_support_samplereview", "reviewed_by_id"),
        own_hand("income_support_activitytrial", "tried_by_id"),
        own_hand("income_support_warning", "handled_by_id"),
        own_hand("income_support_ruleconfirmation", "confirmed_by_id"),
        own_hand("income_support_localruleset", "entered_by_id"),
        own_hand("income_support_municipalitysettings", "entered_by_id"),
        own_hand("income_support_payee", "added_by_id"),
        own_hand("income_support_paymentorder", "attested_by_id"),
        own_hand("income_support_paymentfile", "made_by_id", "released_by_id", "withdrawn_by_id"),
        own_hand("income_support_printqueueitem", "printed_by_id"),
    ]
