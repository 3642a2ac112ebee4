"""Who reads and writes applications, drafts, register answers and warnings; waiting times without a person in them."""

from django.db import migrations

from handslag.foundation.policies import function, keep_history, protect, run_sql

# One look-up by key. The two who apply read their application; staff read it through its case.
MAY_READ_APPLICATION = """
SELECT EXISTS (SELECT FROM income_support_application a WHERE a.id = wanted AND (
  handslag_is_system()
  OR a.applicant_id = handslag_person() OR a.co_applicant_id = handslag_person()
  OR (handslag_is_staff() AND handslag_may_read_case(a.case_id))))
"""
MAY_WORK_IN_APPLICATION = """
SELECT EXISTS (SELECT FROM income_support_application a WHERE a.id = wanted AND (
  handslag_is_system() OR handslag_may_work_in_case(a.case_id)))
"""

# What was sent is never changed: only where it stands, and what came of it.
FROZEN = """
CREATE FUNCTION handslag_application_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE moving text[] := ARRAY['state', 'state_since', 'complete_at', 'registers_at', 'handed_because', 'decided_at',
  'automated', 'withdrawn_at', 'version'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'applications are never removed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (to_jsonb(OLD) - moving) <> (to_jsonb(NEW) - moving) THEN
    RAISE EXCEPTION 'what was applied for is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state IN ('decided', 'withdrawn') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'a finished application stays finished' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER income_support_application_frozen BEFORE UPDATE OR DELETE ON income_support_application
  FOR EACH ROW EXECUTE FUNCTION handslag_application_frozen();
CREATE FUNCTION handslag_warning_stays_closed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.state = 'closed' AND NEW.state <> 'closed' THEN
    RAISE EXCEPTION 'a closed warning is never opened again' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER income_support_warning_closed BEFORE UPDATE ON income_support_warning
  FOR EACH ROW EXECUTE FUNCTION handslag_warning_stays_closed();
"""

# Whole days by the Swedish calendar, and hours; counts and quantiles alone. The week is the last seven days.
WAITING = """
SELECT kind_, count(*)::int,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)::float8, percentile_cont(0.9) WITHIN GROUP (ORDER BY hours)::float8,
  count(*) FILTER (WHERE days <= 7)::int, count(*) FILTER (WHERE automated)::int
FROM (
  SELECT CASE WHEN each THEN kind ELSE 'all' END AS kind_, automated,
    extract(epoch FROM decided_at - coalesce(complete_at, submitted_at)) / 3600 AS hours,
    (decided_at AT TIME ZONE 'Europe/Stockholm')::date - (coalesce(complete_at, submitted_at) AT TIME ZONE 'Europe/Stockholm')::date AS days
  FROM income_support_application, (VALUES (true), (false)) AS v(each)
  WHERE state = 'decided' AND decided_at > at_time - make_interval(days => back_days) AND decided_at <= at_time
) rows GROUP BY kind_
"""
STANDING = """
SELECT kind, state, count(*) FROM income_support_application
WHERE state NOT IN ('decided', 'withdrawn') GROUP BY kind, state
"""
TODAY = """
SELECT count(*) FILTER (WHERE submitted_at >= midnight)::int, count(*) FILTER (WHERE decided_at >= midnight)::int,
  count(*) FILTER (WHERE decided_at >= midnight AND automated)::int
FROM income_support_application, (SELECT handslag_today()::timestamp AT TIME ZONE 'Europe/Stockholm' AS midnight) m
WHERE submitted_at >= midnight OR decided_at >= midnight
"""
FORGET = """
BEGIN
  IF NOT handslag_is_system() THEN
    RAISE EXCEPTION 'old drafts are removed by the system' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM income_support_draftattachment a USING income_support_applicationdraft d
    WHERE a.draft_id = d.id AND d.expires_on <= on_day;
  DELETE FROM income_support_applicationdraft WHERE expires_on <= on_day;
  GET DIAGNOSTICS gone = ROW_COUNT;
END
"""

OWN = "applicant_id = handslag_person() OR co_applicant_id = handslag_person()"
STAFF_READ = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"
READS_APPLICATION = "handslag_may_read_application(application_id)"
WORKS_APPLICATION = "handslag_may_work_in_application(application_id)"
DRAFT = "person_id = handslag_person()"


class Migration(migrations.Migration):
    dependencies = [("income_support", "0001_applications"), ("casework", "0002_policies"), ("people", "0002_policies")]

    operations = [
        function("handslag_may_read_application(wanted uuid)", "boolean", MAY_READ_APPLICATION),
        function("handslag_may_work_in_application(wanted uuid)", "boolean", MAY_WORK_IN_APPLICATION),
        function(
            "handslag_waiting_times(at_time timestamptz, back_days int)",
            "TABLE(kind text, decided int, median_hours float8, p90_hours float8, within_7_days int, automated int)",
            WAITING,
        ),
        function("handslag_applications_standing()", "TABLE(kind text, state text, number bigint)", STANDING),
        function("handslag_applications_today()", "TABLE(received int, decided int, automated int)", TODAY),
        run_sql(
            "CREATE FUNCTION handslag_forget_old_drafts(on_day date, OUT gone int) LANGUAGE plpgsql VOLATILE SECURITY DEFINER "
            f"SET search_path = public, pg_temp AS $handslag$ {FORGET} $handslag$; "
            "REVOKE ALL ON FUNCTION handslag_forget_old_drafts(date) FROM PUBLIC; "
            "GRANT EXECUTE ON FUNCTION handslag_forget_old_drafts(date) TO handslag_app, handslag_job;"
        ),
        run_sql(FROZEN),
        protect(
            "income_support_application",
            read=f"{OWN} OR {STAFF_READ}",
            insert=f"{WORKS} OR (applicant_id = handslag_person() AND handslag_may_read_case(case_id))",
            update=f"{WORKS} OR {OWN}",
        ),
        keep_history("income_support_application"),
        protect("income_support_applicationdraft", read=DRAFT, write=DRAFT, delete=DRAFT),
        protect("income_support_draftattachment", read=DRAFT, write=DRAFT, delete=DRAFT),
        protect(
            "income_support_coapplicantsignature",
            read=READS_APPLICATION,
            insert=f"handslag_is_system() OR (handslag_is_resident() AND {READS_APPLICATION})",
            update="handslag_is_system() OR person_id = handslag_person()",
        ),
        keep_history("income_support_coapplicantsignature"),
        protect(
            "income_support_attachment",
            read=READS_APPLICATION,
            insert=f"{WORKS_APPLICATION} OR (handslag_is_resident() AND {READS_APPLICATION})",
            update="false",
        ),
        protect(
            "income_support_registeranswer",
            read=f"person_id = handslag_person() OR (NOT handslag_is_resident() AND {READS_APPLICATION})",
            write=WORKS_APPLICATION,
        ),
        protect(
            "income_support_registerfigure",
            read=f"person_id = handslag_person() OR (NOT handslag_is_resident() AND {READS_APPLICATION})",
            insert=WORKS_APPLICATION,
            update="false",
        ),
        protect("income_support_warning", read=STAFF_READ, write=WORKS),
        keep_history("income_support_warning"),
    ]
