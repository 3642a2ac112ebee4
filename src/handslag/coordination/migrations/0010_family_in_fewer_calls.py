"""The walk around a household as before (0003), at a third of the price: what is asked of each row stands in the
statements themselves, and whoever is reached only through a closed home is looked for where a home is closed.
"""

from django.db import migrations

from handslag.foundation.policies import function

IS_FAMILY = """(r.kind IN ('guardian', 'parent', 'partner', 'sibling') AND r.valid_from <= day
          AND r.valid_to IS DISTINCT FROM r.valid_from AND (r.kind = 'partner' OR r.valid_to IS NULL OR r.valid_to > day))"""


def _open(stay: str) -> str:
    return (
        f"(NOT {stay}.person_id = ANY(closed) OR coordination_stay_is_shared({stay}.person_id, {stay}.household_id))"
    )


FAMILY = f"""
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
        SELECT r.other_id AS id FROM people_relation r WHERE r.person_id = ANY(frontier) AND {IS_FAMILY}
        UNION ALL
        SELECT r.person_id FROM people_relation r WHERE r.other_id = ANY(frontier) AND {IS_FAMILY}
        UNION ALL
        SELECT m.person_id FROM people_householdmember mine JOIN people_householdmember m USING (household_id)
        WHERE mine.person_id = ANY(frontier) AND {_open('mine')}
          AND mine.valid_from <= day AND (mine.valid_to IS NULL OR mine.valid_to > day)
          AND m.valid_from <= day AND (m.valid_to IS NULL OR m.valid_to > day)) e
      WHERE NOT e.id = ANY(seen));
    closed := closed || handslag_kept_from_reader(met, 'any', start);
    -- Whoever is reached only through the home of one who is kept back is not reached.
    IF cardinality(closed) > 0 THEN
      met := ARRAY(
        SELECT DISTINCT e.id FROM (
          SELECT r.other_id AS id FROM people_relation r WHERE r.person_id = ANY(frontier) AND {IS_FAMILY}
          UNION ALL
          SELECT r.person_id FROM people_relation r WHERE r.other_id = ANY(frontier) AND {IS_FAMILY}
          UNION ALL
          SELECT m.person_id FROM people_householdmember mine JOIN people_householdmember m USING (household_id)
          WHERE mine.person_id = ANY(frontier) AND {_open('mine')}
            AND m.person_id = ANY(met) AND {_open('m')}
            AND mine.valid_from <= day AND (mine.valid_to IS NULL OR mine.valid_to > day)
            AND m.valid_from <= day AND (m.valid_to IS NULL OR m.valid_to > day)) e
        WHERE e.id = ANY(met));
    END IF;
    next_ones := '{{}}';
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
      FROM people_relation r WHERE r.person_id = ANY(seen) AND r.other_id = ANY(seen) AND {IS_FAMILY}
        AND (r.person_id = ANY(readable) OR r.other_id = ANY(readable))), '[]'::jsonb),
    'stays', coalesce((SELECT jsonb_agg(jsonb_build_object('person', m.person_id, 'household', m.household_id, 'role', m.role,
        'share', m.share) ORDER BY m.valid_from, m.id)
      FROM people_householdmember m WHERE m.person_id = ANY(seen) AND {_open('m')}
        AND m.valid_from <= day AND (m.valid_to IS NULL OR m.valid_to > day)
        AND EXISTS (SELECT FROM people_householdmember h WHERE h.household_id = m.household_id AND h.person_id = ANY(readable)
          AND {_open('h')} AND h.valid_from <= day AND (h.valid_to IS NULL OR h.valid_to > day))), '[]'::jsonb));
END
"""


class Migration(migrations.Migration):
    dependencies = [("coordination", "0009_workers_apart")]

    operations = [function("handslag_family(start uuid, steps int, most int)", "jsonb", FAMILY)]
