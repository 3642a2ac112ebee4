"""A child is followed by decision, with its ground; a close alone opens no window of follow-up (SoL 23:1-2)."""

from django.db import migrations, models

from handslag.foundation.policies import run_sql

GROUNDS = [
    ("consent_missing", "A need was assessed, and consent to what was proposed is missing"),
    ("after_placement", "A placement of the child has ended"),
    ("not_recorded", "Begun before the ground was recorded"),
]

# What was begun before keeps its days; from now the ground must hold when the row is written.
HOLDS = """
CREATE FUNCTION handslag_child_follow_up_ground() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.ground = 'consent_missing' AND EXISTS (SELECT FROM child_protection_investigation i WHERE i.id = NEW.investigation_id
      AND i.state = 'closed' AND i.outcome = 'with_intervention' AND NOT i.accepted) THEN RETURN NEW; END IF;
  IF NEW.ground = 'after_placement' AND EXISTS (SELECT FROM casework_legalclock k WHERE k.case_id = NEW.case_id
      AND k.rule = 'UPPF_P' AND k.closed_on IS NULL) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the law gives no ground for this follow-up' USING ERRCODE = 'check_violation', CONSTRAINT = 'child_followup_has_ground';
END $$;
REVOKE ALL ON FUNCTION handslag_child_follow_up_ground() FROM PUBLIC;
CREATE TRIGGER child_protection_followup_ground BEFORE INSERT ON child_protection_followup
  FOR EACH ROW EXECUTE FUNCTION handslag_child_follow_up_ground();
"""

# Windows that the close alone opened where the law gives none; what may still be decided on keeps its days.
UNUSED = """
UPDATE casework_legalclock k SET state = 'lapsed', closed_on = least(k.last_day, current_date)
  WHERE k.rule = 'UPPF_U' AND k.closed_on IS NULL
    AND NOT EXISTS (SELECT FROM child_protection_followup f WHERE f.investigation_id = k.about AND f.ended_on IS NULL)
    AND NOT EXISTS (SELECT FROM child_protection_investigation i WHERE i.id = k.about AND i.outcome = 'with_intervention' AND NOT i.accepted);
"""


class Migration(migrations.Migration):
    dependencies = [("child_protection", "0010_investigations"), ("casework", "0035_neutral_decision")]

    operations = [
        migrations.AddField(
            "followup", "ground", models.CharField(choices=GROUNDS, max_length=20, default="not_recorded"),
            preserve_default=False,
        ),
        run_sql(HOLDS, "DROP FUNCTION handslag_child_follow_up_ground() CASCADE;"),
        run_sql(UNUSED),
    ]  # fmt: skip
