"""Run by `benchmarks.reception`: fill an empty installation with so many persons and reports of concern.

A unit for children serves 27 000 inhabitants, whatever the size, as in a city that grows; reports are spread over ten
years, and those of the last fourteen days wait. A child is reported twice on average. Prints one JSON object: for each
of eight at a reception a session and some of the unit's waiting reports.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from typing import Any

from benchmarks.desk_at_scale.fill import SEED, _quiet, _session
from handslag.config.serve import _prepare, with_database

USERS, INHABITANTS_OF_UNIT, REPORTS_OF_EACH, REPORTS_OF_A_CHILD = 8, 27_000, 25, 2

# Set by set, as the owner; every row is one that the product itself could have written.
ROWS = """
CREATE TEMP TABLE unit_of ON COMMIT PRESERVE ROWS AS
  SELECT (row_number() OVER (ORDER BY name))::int - 1 AS nth, id FROM foundation_unit WHERE name LIKE 'Barn och familj %%';
CREATE TEMP TABLE child AS
  SELECT (row_number() OVER (ORDER BY id))::int - 1 AS nth, id AS person_id, gen_random_uuid() AS case_id, given_name, family_name, born
  FROM people_person WHERE born > now() - interval '16 years' AND protection = 'none' ORDER BY id LIMIT %(children)s;
CREATE TEMP TABLE told AS
  SELECT n, gen_random_uuid() AS report_id, gen_random_uuid() AS child_id, c.*, u.id AS unit_id,
    now() - (%(reports)s - n) * interval '10 years' / %(reports)s AS received_at,
    (%(reports)s - n) * interval '10 years' / %(reports)s < interval '14 days' AS waits
  FROM generate_series(1, %(reports)s) AS n
  JOIN child c ON c.nth = (n * 7919::bigint) %% (SELECT count(*) FROM child)
  JOIN unit_of u ON u.nth = c.nth %% (SELECT count(*) FROM unit_of);
INSERT INTO casework_case (id, number, kind, person_id, unit_id, state, restricted, restricted_because, opened_at, closed_at,
    closed_because, due_on, due_rule, version)
  SELECT case_id, 'BU-2016-' || lpad(nth::text, 6, '0'), 'child_protection', person_id, unit_id, CASE WHEN bool_or(waits) THEN 'open' ELSE 'closed' END,
    false, '', min(received_at), CASE WHEN bool_or(waits) THEN NULL ELSE max(received_at) END, CASE WHEN bool_or(waits) THEN '' ELSE 'done' END,
    CASE WHEN bool_or(waits) THEN max(received_at)::date + 14 END, CASE WHEN bool_or(waits) THEN 'FORH' ELSE '' END, 1
  FROM told GROUP BY case_id, nth, person_id, unit_id;
INSERT INTO casework_caseparty (id, case_id, person_id, role, has_insight, valid_from)
  SELECT gen_random_uuid(), case_id, person_id, 'child', false, min(received_at) FROM told GROUP BY case_id, person_id;
INSERT INTO people_persongrant (id, person_id, unit_id, because, valid_from)
  SELECT gen_random_uuid(), person_id, unit_id, 'party', min(received_at)::date FROM told GROUP BY person_id, unit_id;
INSERT INTO child_protection_report (id, number, unit_id, day_unit_id, municipality, channel, received_at, out_of_hours, what_seen, when_seen,
    where_now, danger_now, danger_text, concern_codes, state, merged_because, restricted, opened_because, receipt_hash, version, urgency, decide_by)
  SELECT report_id, 'OA-' || extract(year FROM received_at) || '-' || lpad(n::text, 6, '0'), unit_id, unit_id, '9999', 'web', received_at, false,
    repeat('Barnet kom till skolan utan mat och var trött. ', 8), 'I dag', 'Hemma', n %% 19 = 0, '', ARRAY['school'],
    CASE WHEN waits THEN 'received' ELSE 'decided' END, '', false, '', '', 1,
    CASE WHEN n %% 19 = 0 THEN 0 ELSE 2 END, CASE WHEN waits THEN received_at::date + 14 END FROM told;
INSERT INTO child_protection_reporter (id, report_id, kind, profession, name, phone, email, employer, under_duty, wants_feedback, wants_protection)
  SELECT gen_random_uuid(), report_id, 'professional', 'school', 'Anmälare ' || n, '', '', 'Skolan', true, true, false FROM told;
INSERT INTO child_protection_reportedchild (id, report_id, given_name, family_name, born, age_told, number_told, lives_with, person_id, case_id,
    identified_at, repeat_number, repeat_warned, due_on, added_at)
  SELECT child_id, report_id, given_name, family_name, born, '', '', '', person_id, case_id, received_at, 1 + n %% 3, waits AND n %% 3 = 2,
    received_at::date + 14, received_at FROM told;
INSERT INTO child_protection_protectionassessment (id, child_id, danger, ground, done_tonight, assessed_at)
  SELECT gen_random_uuid(), child_id, false, 'Talat med skolan.', '', received_at + interval '2 hours' FROM told WHERE NOT waits OR n %% 3 > 0;
INSERT INTO child_protection_preliminaryassessment (id, child_id, outcome, violence, reason, decided_at)
  SELECT gen_random_uuid(), child_id, 'not_open', false, 'Skolan och hemmet har en plan.', received_at + interval '9 days' FROM told WHERE NOT waits;
INSERT INTO casework_legalclock (id, case_id, rule, about, starts_on, last_day, state, soft, counts, source, extended_because)
  SELECT gen_random_uuid(), case_id, 'FORH', child_id, received_at::date, received_at::date + 14, 'running', false, true, 'SoL 20:2', ''
  FROM told WHERE waits;
"""


def main(persons: int, reports: int) -> None:
    with with_database():
        _prepare()
        from django.db import connections

        from handslag.demo.cast import make_cast
        from handslag.demo.population import DEFAULT_DAY, generate_population
        from handslag.demo.residents import copy_residents
        from handslag.foundation import public as foundation

        people = generate_population(size=persons, seed=SEED, day=DEFAULT_DAY)
        copy_residents(people, seed=SEED, size=persons, say=_quiet)
        make_cast(by=foundation.system("demo"), at=foundation.now())
        workers = _workers(max(1, round(persons / INHABITANTS_OF_UNIT)))
        with connections["owner"].cursor() as cursor:
            told = {"reports": reports, "children": max(1, reports // REPORTS_OF_A_CHILD)}
            for statement in filter(str.strip, ROWS.split(";\n")):
                cursor.execute(statement, told if "%(" in statement else {})
            cursor.execute("VACUUM ANALYZE")
            users = []
            for account, unit_id in workers:
                cursor.execute(
                    "SELECT id FROM child_protection_report WHERE unit_id = %s AND state = 'received' LIMIT %s",
                    [unit_id, REPORTS_OF_EACH],
                )
                waiting = [str(one) for (one,) in cursor.fetchall()]
                users.append({"session": _session(account), "reports": waiting})
        print(json.dumps(users))


def _workers(units: int) -> list[tuple[Any, Any]]:
    """Eight at the reception, spread over the units."""
    from handslag.foundation import public as foundation
    from handslag.foundation.public import Account, RoleGrant, Unit

    since: date = foundation.today() - timedelta(days=4000)
    with foundation.acting(foundation.system("demo")):
        made = [Unit.objects.create(name=f"Barn och familj {n + 1}", kind="children") for n in range(units)]
        workers = []
        for n in range(USERS):
            unit = made[n * units // USERS]
            account = Account.objects.create(username=f"bench-{n}", name=f"Mottagare {n}")
            for role in ("reception", "case_worker"):
                RoleGrant.objects.create(account=account, unit=unit, role=role, valid_from=since)
            workers.append((account, unit.id))
    return workers


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
