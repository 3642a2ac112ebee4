"""What a child wants kept is written down, weighed and reviewed in one's own name, also where a name stood before.

A name that did not change was not looked at, so that a proposal could be made in the name of whoever had weighed before, or opened
by the review of an earlier proposal: one person for both. And what staff write down is said in a talk; the child's own page is
the system's.
"""

from importlib import import_module

from django.db import migrations

from handslag.foundation.policies import run_sql

BEFORE = import_module("handslag.casework.migrations.0053_wishes_outlive_a_file").MOVES
MOVES = """
CREATE OR REPLACE FUNCTION handslag_casework_wish_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE by_hand boolean := current_user IN ('handslag_app', 'handslag_job') AND NOT handslag_is_system();
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'asked' THEN
      RAISE EXCEPTION 'a child''s wish begins as it was said' USING ERRCODE = 'restrict_violation';
    END IF;
    -- Staff write down what was said in a talk, in their own name; the child's own page is the system's.
    IF by_hand AND (NEW.way <> 'talk' OR NEW.recorded_by_id IS DISTINCT FROM handslag_account()) THEN
      RAISE EXCEPTION 'a child''s wish is written down in the own name' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END IF;
  IF handslag_is_merged_row(to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
  -- Whoever weighs or reviews stands there, also when the column held a name before.
  IF by_hand AND (
      (((NEW.maturity, NEW.because, NEW.weighed_by_id, NEW.weighed_at) IS DISTINCT FROM
        (OLD.maturity, OLD.because, OLD.weighed_by_id, OLD.weighed_at) OR (NEW.state = 'proposed' AND OLD.state <> 'proposed'))
        AND NEW.weighed_by_id IS DISTINCT FROM handslag_account())
      OR (((NEW.review_words, NEW.reviewed_by_id, NEW.reviewed_at) IS DISTINCT FROM
        (OLD.review_words, OLD.reviewed_by_id, OLD.reviewed_at) OR NEW.state = 'opened')
        AND NEW.reviewed_by_id IS DISTINCT FROM handslag_account())) THEN
    RAISE EXCEPTION 'a child''s wish is weighed in the own name' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.state = 'opened' OR (OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id
    AND NOT (handslag_is_system() AND OLD.note_id IS NULL AND NEW.case_id IS NOT NULL)) OR (
      NEW.state = 'opened' AND (OLD.state <> 'proposed' OR NEW.weighed_by_id IS DISTINCT FROM OLD.weighed_by_id
        OR NEW.because <> OLD.because OR NEW.maturity <> OLD.maturity
        OR NEW.reviewed_by_id IS NULL OR NEW.reviewed_by_id = OLD.weighed_by_id)) THEN
    RAISE EXCEPTION 'a child''s wish is opened by two persons' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0053_wishes_outlive_a_file")]

    operations = [run_sql(MOVES, BEFORE)]
