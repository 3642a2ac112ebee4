"""The walk around a household, and a family's things in order: each one statement, whatever the family's size."""

from django.db import migrations

from handslag.foundation.policies import function

# From one person outwards along relations and shared homes. The walk goes on only from people whom the reader may read;
# of others around them it knows those whose names are open to staff (the search finds them too), and nobody else, so
# a hidden person is neither met nor passed through. Homes of those who are kept from the reader are not entered.
FAMILY = """
DECLARE
  day date := handslag_today();
  seen uuid[]; readable uuid[]; frontier uuid[]; next_ones uuid[]; closed uuid[]; met uuid[];
  one record; step int := 0;
BEGIN
  IF NOT (handslag_is_people_worker() OR handslag_is_system()) OR NOT handslag_may_read_person(start) THEN RETURN NULL; END IF;
  seen := ARRAY[start]; readable := seen; frontier := seen;
  closed := handslag_kept_from_reader(seen, 'any', start);
  WHILE step < least(steps, 6) AND cardinality(frontier) > 0 AND cardinality(seen) < most LOOP
    step := step + 1;
    met := ARRAY(
      SELECT DISTINCT e.id FROM (
        SELECT r.other_id AS id FROM people_relation r WHERE r.person_id = ANY(frontier) AND coordination_is_family(r, day)
        UNION ALL
        SELECT r.person_id FROM people_relation r WHERE r.other_id = ANY(frontier) AND coordination_is_family(r, day)
        UNION ALL
        SELECT m.person_id FROM people_householdmember mine JOIN people_householdmember m USING (household_id)
        WHERE mine.person_id = ANY(frontier) AND coordination_stay_is_open(mine.person_id, mine.household_id, closed)
          AND mine.valid_from <= day AND (mine.valid_to IS NULL OR mine.valid_to > day)
          AND m.valid_from <= day AND (m.valid_to IS NULL OR m.valid_to > day)) e
      WHERE NOT e.id = ANY(seen));
    closed := closed || handslag_kept_from_reader(met, 'any', start);
    -- Whoever is reached only through the home of one who is kept back is not reached.
    met := ARRAY(
      SELECT DISTINCT e.id FROM (
        SELECT r.other_id AS id FROM people_relation r WHERE r.person_id = ANY(frontier) AND coordination_is_family(r, day)
        UNION ALL
        SELECT r.person_id FROM people_relation r WHERE r.other_id = ANY(frontier) AND coordination_is_family(r, day)
        UNION ALL
        SELECT m.person_id FROM people_householdmember mine JOIN people_householdmember m USING (household_id)
        WHERE mine.person_id = ANY(frontier) AND coordination_stay_is_open(mine.person_id, mine.household_id, closed)
          AND m.person_id = ANY(met) AND coordination_stay_is_open(m.person_id, m.household_id, closed)
          AND mine.valid_from <= day AND (mine.valid_to IS NULL OR mine.valid_to > day)
          AND m.valid_from <= day AND (m.valid_to IS NULL OR m.valid_to > day)) e
      WHERE e.id = ANY(met));
    next_ones := '{}';
    FOR one IN SELECT p.id, p.protection FROM people_person p WHERE p.id = ANY(met) AND p.merged_into_id IS NULL ORDER BY p.born NULLS LAST, p.id LOOP
      EXIT WHEN cardinality(seen) >= most;
      IF handslag_may_read_person(one.id) THEN
        seen := seen || one.id; readable := readable || one.id; next_ones := next_ones || one.id;
      ELSIF one.protection = 'none' THEN
        seen := seen || one.id;
      END IF;
    END LOOP;
    frontier := next_ones;
  END LOOP;
  RETURN jsonb_build_object(
    'persons', (SELECT jsonb_agg(jsonb_build_object('id', p.id, 'name', trim(p.given_name || ' ' || p.family_name),
        'birth_year', extract(year FROM p.born)::int, 'death_year', extract(year FROM p.died_on)::int, 'sex', p.sex,
        'readable', p.id = ANY(readable), 'protected', p.protection <> 'none', 'closed', p.id = ANY(closed))
        ORDER BY array_position(seen, p.id)) FROM people_person p WHERE p.id = ANY(seen)),
    'relations', coalesce((SELECT jsonb_agg(jsonb_build_object('person', r.person_id, 'other', r.other_id, 'kind', r.kind,
        'holds', r.valid_to IS NULL OR r.valid_to > day) ORDER BY r.valid_from, r.id)
      FROM people_relation r WHERE r.person_id = ANY(seen) AND r.other_id = ANY(seen) AND coordination_is_family(r, day)
        AND (r.person_id = ANY(readable) OR r.other_id = ANY(readable))), '[]'::jsonb),
    'stays', coalesce((SELECT jsonb_agg(jsonb_build_object('person', m.person_id, 'household', m.household_id, 'role', m.role,
        'share', m.share) ORDER BY m.valid_from, m.id)
      FROM people_householdmember m WHERE m.person_id = ANY(seen) AND coordination_stay_is_open(m.person_id, m.household_id, closed)
        AND m.valid_from <= day AND (m.valid_to IS NULL OR m.valid_to > day)
        AND EXISTS (SELECT FROM people_householdmember h WHERE h.household_id = m.household_id AND h.person_id = ANY(readable)
          AND coordination_stay_is_open(h.person_id, h.household_id, closed) AND h.valid_from <= day AND (h.valid_to IS NULL OR h.valid_to > day))), '[]'::jsonb));
END
"""

IS_FAMILY = """
SELECT r.kind IN ('guardian', 'parent', 'partner', 'sibling') AND r.valid_from <= day AND r.valid_to IS DISTINCT FROM r.valid_from
  AND (r.kind = 'partner' OR r.valid_to IS NULL OR r.valid_to > day)
"""

STAY_IS_OPEN = "SELECT NOT pid = ANY(closed) OR coordination_stay_is_shared(pid, hid)"

# Each case and person is tried once for the reader; then the five kinds of things are read along their own indexes.
TIMELINE = """
DECLARE mine uuid[]; own uuid[]; parts uuid[];
BEGIN
  IF NOT handslag_is_staff() THEN RETURN; END IF;
  mine := ARRAY(SELECT c FROM unnest(cases) AS c WHERE handslag_may_read_case(c));
  own := ARRAY(SELECT p FROM unnest(persons) AS p WHERE handslag_may_read_person(p));
  RETURN QUERY
  SELECT t.* FROM (
    (SELECT e.at AS at, 'events'::text AS thing, lpad(e.id::text, 20, '0') AS key, e.case_id, e.person_id, e.kind::text AS code,
        e.actor_kind::text AS actor_kind, e.account_id, e.data
      FROM unnest(mine) AS c CROSS JOIN LATERAL (
        SELECT * FROM foundation_event ev WHERE ev.case_id = c AND ev.at <= before AND ev.kind <> ALL(twice)
          AND (ev.at, lpad(ev.id::text, 20, '0')) < (before, before_key)
        ORDER BY ev.at DESC, ev.id DESC LIMIT most) e WHERE 'events' = ANY(things))
    UNION ALL
    (SELECT e.at, 'events', lpad(e.id::text, 20, '0'), e.case_id, e.person_id, e.kind::text, e.actor_kind::text, e.account_id, e.data
      FROM unnest(own) AS p CROSS JOIN LATERAL (
        SELECT * FROM foundation_event ev WHERE ev.person_id = p AND ev.case_id IS NULL AND ev.at <= before AND ev.kind = ANY(of_person)
          AND (ev.at, lpad(ev.id::text, 20, '0')) < (before, before_key)
        ORDER BY ev.at DESC, ev.id DESC LIMIT most) e WHERE 'events' = ANY(things))
    UNION ALL
    (SELECT n.at, 'notes', n.id::text, n.case_id, NULL, n.kind::text, CASE WHEN n.author_id IS NULL THEN 'system' ELSE 'staff' END,
        n.author_id, jsonb_build_object('subject', n.subject, 'id', n.id)
      FROM unnest(mine) AS c CROSS JOIN LATERAL (
        SELECT (nt.happened_on + time '12:00') AT TIME ZONE 'Europe/Stockholm' AS at, nt.* FROM casework_note nt
        WHERE nt.case_id = c AND nt.state = 'signed' AND nt.happened_on <= (before AT TIME ZONE 'Europe/Stockholm')::date
          AND ((nt.happened_on + time '12:00') AT TIME ZONE 'Europe/Stockholm', nt.id::text) < (before, before_key)
        ORDER BY nt.happened_on DESC, nt.id DESC LIMIT most) n WHERE 'notes' = ANY(things))
    UNION ALL
    (SELECT d.decided_at, 'decisions', d.id::text, d.case_id, d.person_id, d.outcome::text,
        CASE WHEN d.automated THEN 'system' ELSE 'staff' END, d.decided_by_id,
        jsonb_build_object('amount_kr', d.amount_kr, 'type', d.type, 'id', d.id)
      FROM unnest(mine) AS c CROSS JOIN LATERAL (
        SELECT * FROM casework_decision dc WHERE dc.case_id = c AND dc.decided_at <= before AND (dc.decided_at, dc.id::text) < (before, before_key)
        ORDER BY dc.decided_at DESC, dc.id DESC LIMIT most) d WHERE 'decisions' = ANY(things))
    UNION ALL
    (SELECT m.starts_at, 'meetings', m.id::text, m.case_id, NULL, m.state::text, 'staff', m.planned_by_id,
        jsonb_build_object('subject', m.subject, 'id', m.id)
      FROM unnest(mine) AS c CROSS JOIN LATERAL (
        SELECT * FROM coordination_meeting mt WHERE mt.case_id = c AND mt.starts_at <= before AND (mt.starts_at, mt.id::text) < (before, before_key)
        ORDER BY mt.starts_at DESC, mt.id DESC LIMIT most) m WHERE 'meetings' = ANY(things))
    UNION ALL
    (SELECT k.at, 'clocks', k.id::text, k.case_id, NULL, k.rule::text, 'system', NULL,
        jsonb_build_object('state', k.state, 'last_day', k.last_day)
      FROM unnest(mine) AS c CROSS JOIN LATERAL (
        SELECT (coalesce(lc.closed_on, lc.last_day, lc.starts_on) + time '12:00') AT TIME ZONE 'Europe/Stockholm' AS at, lc.*
        FROM casework_legalclock lc WHERE lc.case_id = c) k WHERE 'clocks' = ANY(things) AND k.at <= before)
  ) t WHERE (t.at, t.key) < (before, before_key) ORDER BY t.at DESC, t.key DESC LIMIT most;
END
"""


class Migration(migrations.Migration):
    dependencies = [("coordination", "0002_policies")]

    operations = [
        function("coordination_is_family(r people_relation, day date)", "boolean", IS_FAMILY, grant=False),
        function("coordination_stay_is_open(pid uuid, hid uuid, closed uuid[])", "boolean", STAY_IS_OPEN, grant=False),
        function("handslag_family(start uuid, steps int, most int)", "jsonb", FAMILY),
        function(
            "handslag_family_timeline(cases uuid[], persons uuid[], things text[], twice text[], of_person text[],"
            " before timestamptz, before_key text, most int)",
            "TABLE(at timestamptz, thing text, key text, case_id uuid, person_id uuid, code text, actor_kind text,"
            " account_id uuid, data jsonb)",
            TIMELINE,
        ),
    ]
