"""Run by `benchmarks.family`: the cases of the desk's measurement, with families around them and ten years in each open
case. Every family has three generations: the person's parents, a sibling, a partner and a former partner, and children
with each; the children have ten years of reports, investigations and clocks (`benchmarks.children`). Prints one JSON object: for each of sixteen case workers a session and the persons of own cases.
"""

from __future__ import annotations

import json
import sys
from uuid import UUID

from benchmarks.children import add_concern, run_each
from benchmarks.desk_at_scale.fill import (
    OPEN_OF_EACH,
    OPEN_SHARE,
    PERSONS_OF_EACH,
    SEED,
    USERS,
    _cases,
    _kept,
    _quiet,
    _session,
    _some,
    _workers,
)
from handslag.config.serve import _prepare, with_database

# Set by set, as the owner, past what is checked for each row (some eight million in the large town). Relatives are persons
# whose place in the town is near, so that each has one family. Every temporary table is looked at before it is joined.
# Each family has four children with files of their own, one of them open, in the unit that reads the family.
ROWS = """
SET session_replication_role = replica;
SET work_mem = '256MB';
CREATE TEMP TABLE near AS
  SELECT c.id AS case_id, c.unit_id, c.worker_id, c.person_id, c.opened_at, (row_number() OVER (ORDER BY c.id))::int - 1 AS nth
  FROM casework_case c WHERE c.state = 'open';
ANALYZE near;
CREATE TEMP TABLE stock AS
  SELECT p.id, (row_number() OVER (ORDER BY p.id))::int - 1 AS nth FROM people_person p
  WHERE p.protection = 'none' AND NOT EXISTS (SELECT FROM near n WHERE n.person_id = p.id);
ANALYZE stock;
CREATE TEMP TABLE places AS
  SELECT n.*, k.place, ((n.nth * 10 + k.place) % (SELECT count(*) FROM stock))::int AS of_stock FROM near n CROSS JOIN generate_series(0, 9) AS k(place);
ANALYZE places;
CREATE TEMP TABLE kin AS
  SELECT p.*, s.id AS relative FROM places p JOIN stock s ON s.nth = p.of_stock;
CREATE INDEX ON kin (case_id, place);
ANALYZE kin;
INSERT INTO people_relation (id, person_id, other_id, kind, valid_from, valid_to)
  SELECT gen_random_uuid(), relative, person_id, 'parent', date '2000-01-01', NULL::date FROM kin WHERE place IN (0, 1)
  UNION ALL SELECT gen_random_uuid(), a.relative, b.relative, 'parent', date '2000-01-01', NULL::date FROM kin a JOIN kin b USING (case_id) WHERE a.place IN (0, 1) AND b.place = 2
  UNION ALL SELECT gen_random_uuid(), person_id, relative, 'partner', date '2010-01-01', CASE WHEN place = 3 THEN date '2019-01-01' END FROM kin WHERE place IN (3, 4)
  UNION ALL SELECT gen_random_uuid(), person_id, relative, 'parent', date '2012-01-01', NULL::date FROM kin WHERE place BETWEEN 5 AND 8
  UNION ALL SELECT gen_random_uuid(), a.relative, b.relative, 'parent', date '2012-01-01', NULL::date FROM kin a JOIN kin b USING (case_id)
    WHERE (a.place = 3 AND b.place IN (5, 6)) OR (a.place = 4 AND b.place IN (7, 8))
  ON CONFLICT DO NOTHING;
INSERT INTO people_persongrant (id, person_id, unit_id, because, valid_from)
  SELECT gen_random_uuid(), relative, unit_id, 'party', '2016-01-01' FROM kin;
INSERT INTO casework_note (id, case_id, author_id, kind, happened_on, subject, body, state, version, created_at, saved_at, signed_at)
  SELECT gen_random_uuid(), case_id, worker_id, 'call', (now() - d * interval '90 days')::date, 'Samtal ' || d, repeat('Vi talade om hyran. ', 20),
    'signed', 1, now() - d * interval '90 days', now() - d * interval '90 days', now() - d * interval '90 days'
  FROM near CROSS JOIN generate_series(1, 40) AS d;
INSERT INTO foundation_event (kind, at, recorded_at, actor_kind, actor_name, account_id, case_id, person_id, unit_id, data)
  SELECT 'casework.document_added', now() - d * interval '60 days', now(), 'staff', '', worker_id, case_id, person_id, unit_id, '{}'
  FROM near CROSS JOIN generate_series(1, 60) AS d;
INSERT INTO casework_legalclock (id, case_id, rule, about, starts_on, last_day, state, closed_on, soft, counts, source, extended_because)
  SELECT gen_random_uuid(), case_id, 'FL12', gen_random_uuid(), (now() - d * interval '300 days')::date, (now() - d * interval '300 days')::date + 180,
    'met', (now() - d * interval '300 days')::date + 90, false, true, 'FL 12', '' FROM near CROSS JOIN generate_series(1, 12) AS d;
INSERT INTO coordination_meeting (id, case_id, subject, way, place, starts_at, ends_at, state, planned_by_id, planned_at, cancelled_because)
  SELECT gen_random_uuid(), case_id, 'Möte ' || d, 'office', '', now() + (10 - d) * interval '100 days', now() + (10 - d) * interval '100 days' + interval '1 hour',
    CASE WHEN d < 10 THEN 'planned' ELSE 'held' END, worker_id, now() - interval '11 years', '' FROM near CROSS JOIN generate_series(9, 30) AS d;
INSERT INTO casework_case (id, number, kind, person_id, unit_id, worker_id, state, restricted, restricted_because, opened_at, closed_at, closed_because,
    due_rule, version)
  SELECT gen_random_uuid(), 'BU-2016-' || lpad((row_number() OVER ())::text, 7, '0'), 'child_protection', relative, unit_id, worker_id,
    CASE WHEN place = 5 THEN 'open' ELSE 'closed' END, false, '', now() - interval '10 years', CASE WHEN place > 5 THEN now() - interval '30 days' END,
    CASE WHEN place > 5 THEN 'other' ELSE '' END, '', 1 FROM kin WHERE place BETWEEN 5 AND 8;
INSERT INTO casework_caseparty (id, case_id, person_id, role, has_insight, valid_from)
  SELECT gen_random_uuid(), id, person_id, 'child', false, opened_at FROM casework_case WHERE kind = 'child_protection';
SET session_replication_role = DEFAULT;
"""


def main(persons: int, cases: int) -> None:
    with with_database():
        _prepare()
        from django.db import connections

        from handslag.demo.cast import make_cast
        from handslag.demo.population import DEFAULT_DAY, generate_population
        from handslag.demo.residents import copy_residents
        from handslag.foundation import public as foundation

        adults: list[UUID] = []
        households = _kept(generate_population(size=persons, seed=SEED, day=DEFAULT_DAY), adults)
        copy_residents(households, seed=SEED, size=persons, say=_quiet)
        make_cast(by=foundation.system("demo"), at=foundation.now())
        workers = _workers(max(USERS, round(cases * OPEN_SHARE / OPEN_OF_EACH)))
        own = _cases(adults, cases, workers)
        with connections["owner"].cursor() as cursor:
            run_each(cursor, ROWS)
            add_concern(cursor, persons=persons)
            cursor.execute("VACUUM ANALYZE")
        users = [
            {"session": _session(each), "persons": own[each.id][:PERSONS_OF_EACH]} for each in _some(workers)
        ]
        print(json.dumps(users))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
