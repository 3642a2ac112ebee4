"""How many children's files stand where, and the reports that wait by age, for the wall: counts alone."""

from django.db import migrations

from handslag.foundation.policies import function

# A file counts once; what is neither told of, looked into nor asked about is decided or followed.
BALANCE = """
WITH asked AS (SELECT DISTINCT case_id FROM casework_completionrequest WHERE state = 'open'),
open_now AS (SELECT case_id FROM child_protection_investigation WHERE state = 'open'),
waiting AS (SELECT id, received_at FROM child_protection_report WHERE state = 'received'),
told_of AS (
  SELECT DISTINCT c.case_id FROM waiting w JOIN child_protection_reportedchild c ON c.report_id = w.id
  LEFT JOIN child_protection_preliminaryassessment p ON p.child_id = c.id
  WHERE c.case_id IS NOT NULL AND p.id IS NULL),
under_way AS (SELECT case_id FROM asked UNION SELECT case_id FROM open_now UNION SELECT case_id FROM told_of)
SELECT 'state', c.kind, CASE WHEN asked.case_id IS NOT NULL THEN 'waits' WHEN open_now.case_id IS NOT NULL THEN 'work'
    ELSE 'new' END, count(*)
  FROM under_way JOIN casework_case c ON c.id = under_way.case_id AND c.state = 'open' AND c.kind = 'child_protection'
  LEFT JOIN asked ON asked.case_id = c.id LEFT JOIN open_now ON open_now.case_id = c.id GROUP BY 2, 3
UNION ALL
SELECT 'state', 'concern_report', CASE WHEN EXISTS (SELECT FROM child_protection_reportedchild c
      WHERE c.report_id = w.id AND NOT EXISTS (SELECT FROM child_protection_protectionassessment a WHERE a.child_id = c.id))
    OR NOT EXISTS (SELECT FROM child_protection_reportedchild c WHERE c.report_id = w.id)
    THEN 'new' ELSE 'work' END, count(*) FROM waiting w GROUP BY 3
UNION ALL
SELECT 'open', 'concern_report', CASE WHEN received_at > now() - interval '7 days' THEN 'week'
    WHEN received_at > now() - interval '30 days' THEN 'month' WHEN received_at > now() - interval '90 days' THEN 'quarter'
    ELSE 'older' END, count(*) FROM waiting GROUP BY 3
"""


class Migration(migrations.Migration):
    dependencies = [
        ("child_protection", "0021_reception_in_order_and_time_proposals"),
        ("casework", "0054_a_childs_wish_in_ones_own_name"),
    ]

    operations = [
        function(
            "handslag_balance_of_children()",
            "TABLE(measure text, kind text, bucket text, number bigint)",
            BALANCE,
        ),
    ]
