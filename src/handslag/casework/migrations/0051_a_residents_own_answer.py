"""With a right signature in SQL a resident answers what was asked, once, and moves nothing else of the question."""

from django.db import migrations

from handslag.foundation.policies import run_sql

# The named columns are what an answer fills in; the day to answer by is none of them. What is answered stays so.
OWN_ANSWER = """
CREATE FUNCTION handslag_casework_own_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE is_now jsonb := to_jsonb(NEW);
BEGIN
  IF NOT handslag_is_resident() THEN RETURN NEW; END IF;
  IF OLD.state NOT IN ('open', 'sent') OR NEW.state NOT IN (OLD.state, 'answered') OR (is_now ->> 'answered_orally')::bool IS TRUE
     OR (to_jsonb(OLD) - TG_ARGV) <> (is_now - TG_ARGV) THEN
    RAISE EXCEPTION 'a resident answers in %, and changes nothing else', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION handslag_casework_open_question() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF handslag_is_resident() AND NOT EXISTS (
    SELECT FROM casework_completionrequest r WHERE r.id = OLD.request_id AND r.state = 'open') THEN
    RAISE EXCEPTION 'what is answered stays as it was answered' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION handslag_casework_own_answer(), handslag_casework_open_question() FROM PUBLIC;
CREATE TRIGGER casework_communication_own_answer BEFORE UPDATE ON casework_communication FOR EACH ROW
  EXECUTE FUNCTION handslag_casework_own_answer('state', 'answer', 'answered_at', 'answer_document_id', 'wants_to_speak_at');
CREATE TRIGGER casework_completionrequest_own_answer BEFORE UPDATE ON casework_completionrequest FOR EACH ROW
  EXECUTE FUNCTION handslag_casework_own_answer('state', 'answered_at');
CREATE TRIGGER casework_completionitem_own_answer BEFORE UPDATE ON casework_completionitem FOR EACH ROW
  EXECUTE FUNCTION handslag_casework_open_question();
"""
GONE = """
DROP TRIGGER casework_communication_own_answer ON casework_communication;
DROP TRIGGER casework_completionrequest_own_answer ON casework_completionrequest;
DROP TRIGGER casework_completionitem_own_answer ON casework_completionitem;
DROP FUNCTION handslag_casework_own_answer(); DROP FUNCTION handslag_casework_open_question();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0050_drafts_are_thrown_away")]

    operations = [run_sql(OWN_ANSWER, GONE)]
