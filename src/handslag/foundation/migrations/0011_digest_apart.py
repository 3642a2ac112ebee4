"""The digest of a password is read by the log-in and by its owner alone, whoever may read the account's name."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

COLUMNS = (
    "id, last_login, username, name, email, first_name, last_name, person_id, language, is_active, session_epoch, date_joined"
)

CLOSED = f"""
ALTER TABLE foundation_account ALTER COLUMN password SET DEFAULT '';
REVOKE SELECT, INSERT, UPDATE ON foundation_account FROM handslag_app, handslag_job;
GRANT SELECT ({COLUMNS}), INSERT ({COLUMNS}), UPDATE ({COLUMNS}) ON foundation_account TO handslag_app, handslag_job;
"""
OPEN = "GRANT SELECT, INSERT, UPDATE ON foundation_account TO handslag_app, handslag_job;"

READ = """
SELECT password::text FROM foundation_account WHERE id = wanted AND (handslag_is_system() OR id = handslag_account())
"""
WRITE = """
BEGIN
  IF NOT (handslag_is_system() OR handslag_has_role('administrator') OR wanted IS NOT DISTINCT FROM handslag_account()) THEN
    RAISE EXCEPTION 'a password is set by its owner, the log-in or an administrator' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE foundation_account SET password = digest WHERE id = wanted;
  RETURN FOUND;
END
"""
HOLDS_ROLE = "SELECT EXISTS (SELECT FROM foundation_rolegrant WHERE account_id = wanted)"


class Migration(migrations.Migration):
    dependencies = [("foundation", "0010_erasure")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[run_sql(CLOSED, OPEN)], state_operations=[migrations.RemoveField("account", "password")]
        ),
        function("handslag_password(wanted uuid)", "text", READ),
        function("handslag_set_password(wanted uuid, digest text)", "boolean", WRITE, volatility="VOLATILE"),
        function("handslag_holds_role(wanted uuid)", "boolean", HOLDS_ROLE),
    ]
