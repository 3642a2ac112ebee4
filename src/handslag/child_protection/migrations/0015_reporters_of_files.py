"""Who has reported a child whose file the report once stood in stays hidden there, wherever the report goes."""

import django.db.models.deletion
from django.db import migrations, models

import handslag.foundation.ids
from handslag.foundation.policies import never_change, protect, run_sql

_PAIRS = """
  INSERT INTO child_protection_reporteroffile (id, case_id, reporter_id)
  SELECT gen_random_uuid(), p.case_id, p.reporter_id FROM (
    SELECT DISTINCT c.case_id, m.id AS reporter_id FROM child_protection_reportedchild c
    JOIN child_protection_report r ON r.id = c.report_id OR r.duplicate_of_id = c.report_id
    JOIN child_protection_reporter m ON m.report_id = r.id WHERE c.case_id IS NOT NULL AND %s) p
  ON CONFLICT DO NOTHING;
"""

# Every way that a child or a report goes passes here: identified anew, moved, split, merged, two records joined.
KEEP = f"""
CREATE FUNCTION handslag_child_keep_reporters() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'child_protection_report' THEN
    {_PAIRS % "c.report_id IN (NEW.id, NEW.duplicate_of_id)"}
  ELSE
    {_PAIRS % "c.id = NEW.id"}
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION handslag_child_keep_reporters() FROM PUBLIC;
CREATE TRIGGER child_protection_keep_reporters AFTER INSERT OR UPDATE OF report_id, case_id ON child_protection_reportedchild
  FOR EACH ROW EXECUTE FUNCTION handslag_child_keep_reporters();
CREATE TRIGGER child_protection_keep_reporters AFTER UPDATE OF duplicate_of_id ON child_protection_report
  FOR EACH ROW EXECUTE FUNCTION handslag_child_keep_reporters();
"""

# What stands now, and where each child has stood before.
KNOWN = f"""
{_PAIRS % "true"}
INSERT INTO child_protection_reporteroffile (id, case_id, reporter_id)
SELECT gen_random_uuid(), p.case_id, p.reporter_id FROM (
  SELECT DISTINCT k.id AS case_id, m.id AS reporter_id FROM foundation_rowhistory h
  JOIN casework_case k ON k.id = (h.before ->> 'case_id')::uuid
  JOIN child_protection_reporter m ON m.report_id = (h.before ->> 'report_id')::uuid
  WHERE h.table_name = 'child_protection_reportedchild') p
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_policies"),
        ("child_protection", "0014_restricted_until_every_child_is_known"),
        ("foundation", "0002_actor_and_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReporterOfFile",
            fields=[
                ("id", models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case")),
                ("reporter", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="child_protection.reporter")),
            ],
            options={
                "db_table": "child_protection_reporteroffile",
                "constraints": [
                    models.UniqueConstraint(fields=["case", "reporter"], name="child_reporter_of_file_once"),
                ],
            },
        ),
        protect("child_protection_reporteroffile", read="handslag_is_system()", write="false"),
        never_change("child_protection_reporteroffile"),
        run_sql(KEEP),
        run_sql(KNOWN),
    ]  # fmt: skip
