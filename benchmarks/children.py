"""Ten years of concern in the children's files of a filled town: reports, what came of them, and the clocks of each.

Run set by set as the owner, in the mode in which nothing is checked row by row, when the files themselves (cases of the kind
"child_protection") are there. So many reports as at the highest printed rate are dealt over the files. Four in
ten lead to an investigation of 98 days; an open file has one that goes on, with its clock; what came in the last
fourteen days waits for its decision.
"""

from __future__ import annotations

from typing import Any

# As printed for a municipality of 27 000 at its highest: 1 122 reports a year.
REPORTS_A_YEAR_OF_EACH, YEARS = 1_122 / 27_000, 10

ROWS = """
CREATE TEMP TABLE file AS
  SELECT (row_number() OVER (ORDER BY c.id))::int - 1 AS nth, c.id AS case_id, c.person_id, c.unit_id, c.worker_id, c.state,
    p.given_name, p.family_name, p.born
  FROM casework_case c JOIN people_person p ON p.id = c.person_id WHERE c.kind = 'child_protection';
CREATE UNIQUE INDEX ON file (nth);
ANALYZE file;
CREATE TEMP TABLE told AS
  SELECT n, gen_random_uuid() AS report_id, gen_random_uuid() AS child_id, gen_random_uuid() AS investigation_id, f.*,
    now() - (%(reports)s - n) * interval '10 years' / %(reports)s AS received_at,
    (%(reports)s - n) * interval '10 years' / %(reports)s < interval '14 days' AS waits,
    n %% 10 < 4 AND (%(reports)s - n) * interval '10 years' / %(reports)s > interval '150 days' AS led
  FROM generate_series(1, %(reports)s) AS n
  JOIN file f ON f.nth = (n * 7919::bigint) %% (SELECT count(*) FROM file);
ANALYZE told;
INSERT INTO child_protection_report (id, number, unit_id, day_unit_id, municipality, channel, received_at, out_of_hours, what_seen, when_seen,
    where_now, danger_now, danger_text, concern_codes, state, merged_because, restricted, opened_because, receipt_hash, version, urgency, decide_by)
  SELECT report_id, 'OA-' || extract(year FROM received_at) || '-' || lpad(n::text, 6, '0'), unit_id, unit_id, '9999', 'web', received_at, false,
    repeat('Barnet kom till skolan utan mat och var trött. ', 8), 'I dag', 'Hemma', n %% 19 = 0, '', ARRAY['school'],
    CASE WHEN waits THEN 'received' ELSE 'decided' END, '', false, '', report_id::text, 1,
    CASE WHEN n %% 19 = 0 THEN 0 ELSE 2 END, CASE WHEN waits THEN received_at::date + 14 END FROM told;
INSERT INTO child_protection_reporter (id, report_id, kind, profession, name, phone, email, employer, under_duty, wants_feedback, wants_protection)
  SELECT gen_random_uuid(), report_id, 'professional', 'school', 'Anmälare ' || n, '', '', 'Skolan', true, false, false FROM told;
INSERT INTO child_protection_reportedchild (id, report_id, given_name, family_name, born, age_told, number_told, lives_with, person_id, case_id,
    identified_at, repeat_number, repeat_warned, due_on, added_at)
  SELECT child_id, report_id, given_name, family_name, born, '', '', '', person_id, case_id, received_at, 1, false,
    received_at::date + 14, received_at FROM told;
INSERT INTO child_protection_protectionassessment (id, child_id, danger, ground, done_tonight, assessed_by_id, assessed_at)
  SELECT gen_random_uuid(), child_id, false, 'Talat med skolan.', '', worker_id, received_at + interval '2 hours' FROM told WHERE NOT waits OR n %% 3 > 0;
INSERT INTO child_protection_investigation (id, case_id, child_id, reported_child_id, questions, violence, path, path_reason, opened_on, opened_at,
    opened_by_id, days_before, informed_at, not_informed_because, state, closed_on, closed_at, outcome, closing_ground, proposed_intervention, accepted, version)
  SELECT investigation_id, case_id, person_id, child_id, '["school"]'::jsonb, false, 'ordinary', 'Enligt förhandsbedömningen.', received_at::date + 9,
    received_at + interval '9 days', worker_id, 0, received_at + interval '10 days', '', 'closed', received_at::date + 107,
    received_at + interval '107 days', 'without_intervention', 'Behovet är tillgodosett.', '', false, 1 FROM told WHERE led
  UNION ALL
  SELECT gen_random_uuid(), case_id, person_id, NULL, '["school"]'::jsonb, false, 'ordinary', 'Ansökan.', now()::date - nth %% 130,
    now() - nth %% 130 * interval '1 day', worker_id, 0, now() - nth %% 130 * interval '1 day', '', 'open', NULL, NULL, '', '', '', false, 1
  FROM file WHERE state = 'open';
INSERT INTO child_protection_preliminaryassessment (id, child_id, outcome, violence, reason, decided_by_id, decided_at, investigation_id)
  SELECT gen_random_uuid(), child_id, CASE WHEN led THEN 'open' ELSE 'not_open' END, false, 'Skolan och hemmet har en plan.', worker_id,
    received_at + interval '9 days', CASE WHEN led THEN investigation_id END FROM told WHERE NOT waits;
INSERT INTO casework_legalclock (id, case_id, rule, about, starts_on, last_day, state, closed_on, soft, counts, source, extended_because)
  SELECT gen_random_uuid(), case_id, 'FORH', child_id, received_at::date, received_at::date + 14, CASE WHEN waits THEN 'running' ELSE 'met' END,
    CASE WHEN NOT waits THEN received_at::date + 9 END, false, true, 'SoL 20:2', '' FROM told
  UNION ALL
  SELECT gen_random_uuid(), case_id, 'PROT', child_id, received_at::date, received_at::date, 'met', received_at::date, false, true, 'SoL 20:1', ''
  FROM told WHERE NOT waits OR n %% 3 > 0
  UNION ALL
  SELECT gen_random_uuid(), case_id, 'UTR', id, opened_on, opened_on + 120, CASE WHEN closed_on IS NOT NULL THEN 'met'
    WHEN opened_on + 120 < now()::date THEN 'breached' ELSE 'running' END, closed_on, false, true, 'SoL 20:3', '' FROM child_protection_investigation;
UPDATE casework_case c SET due_on = i.opened_on + 120, due_rule = 'UTR'
  FROM child_protection_investigation i WHERE i.case_id = c.id AND i.state = 'open' AND c.state = 'open';
UPDATE casework_case c SET state = 'open', closed_at = NULL, closed_because = '', due_on = t.received_at::date + 14, due_rule = 'FORH'
  FROM told t WHERE t.case_id = c.id AND t.waits AND c.state = 'closed';
INSERT INTO casework_decision (id, case_id, person_id, matter_id, type, outcome, legal_ground, reasons, automated, decided_by_id, took_part, decided_at,
    name_left_out, appeal, delivered_at, delivered_by_way, idempotency_key)
  SELECT gen_random_uuid(), i.case_id, i.child_id, i.id, 'child_protection.' || what, 'decided', 'SoL 14:2', '[]', false, i.opened_by_id, '[]', at,
    false, 'none', at, 'my_page', gen_random_uuid()::text
  FROM child_protection_investigation i CROSS JOIN LATERAL (VALUES ('open', i.opened_at), ('close', i.closed_at)) AS d(what, at) WHERE at IS NOT NULL;
INSERT INTO casework_note (id, case_id, author_id, kind, happened_on, subject, body, state, version, created_at, saved_at, signed_at)
  SELECT gen_random_uuid(), i.case_id, i.opened_by_id, 'home_visit', i.opened_on + day, 'Hembesök', repeat('Barnet visade sitt rum. ', 20), 'signed', 1,
    i.opened_at, i.opened_at, i.opened_at
  FROM child_protection_investigation i CROSS JOIN (VALUES (0), (14), (60)) AS d(day) WHERE i.opened_on + day <= now()::date;
INSERT INTO foundation_event (kind, at, recorded_at, actor_kind, actor_name, account_id, case_id, person_id, unit_id, data)
  SELECT kind, received_at + after, now(), 'staff', '', worker_id, case_id, person_id, unit_id, jsonb_build_object('report_id', report_id)
  FROM told CROSS JOIN (VALUES ('child_protection.child_identified', interval '0'), ('child_protection.protection_assessed', interval '2 hours'),
    ('child_protection.preliminary_decided', interval '9 days'), ('child_protection.investigation_opened', interval '9 days'),
    ('child_protection.concerned_informed', interval '10 days'), ('child_protection.step_planned', interval '12 days'),
    ('child_protection.talk_held', interval '30 days'), ('child_protection.investigation_closed', interval '107 days')) AS e(kind, after)
  WHERE (after < interval '1 day' OR NOT waits) AND (led OR after < interval '9 days' OR kind = 'child_protection.preliminary_decided');
"""

# The years behind are sealed and counted already, as they would be: else the workers would do it while pages are measured.
BEHIND = """
INSERT INTO foundation_seal (first_event, last_event, events, digest, previous, sealed_at)
  SELECT min(e.id), max(e.id), count(*), repeat('f', 64), coalesce((SELECT digest FROM foundation_seal ORDER BY id DESC LIMIT 1), repeat('0', 64)), now()
  FROM foundation_event e WHERE e.id > coalesce((SELECT max(last_event) FROM foundation_seal), 0) HAVING count(*) > 0;
INSERT INTO stats.refreshed (last_event, at) SELECT max(id), now() FROM foundation_event
  ON CONFLICT (single) DO UPDATE SET last_event = EXCLUDED.last_event, at = EXCLUDED.at;
"""


def add_concern(cursor: Any, *, persons: int) -> None:
    """Put ten years of concern into the children's files of so many inhabitants; the years behind are sealed and counted."""
    reports = max(20, round(persons * REPORTS_A_YEAR_OF_EACH * YEARS))
    cursor.execute("SET session_replication_role = replica")
    run_each(cursor, ROWS, {"reports": reports})
    run_each(cursor, BEHIND)
    cursor.execute("SET session_replication_role = DEFAULT")


def run_each(cursor: Any, statements: str, values: dict[str, Any] | None = None) -> None:
    """Run statements that each end in a semicolon at the end of a line; with values, a per cent sign is written twice."""
    for statement in filter(str.strip, statements.split(";\n")):
        cursor.execute(statement, values)
