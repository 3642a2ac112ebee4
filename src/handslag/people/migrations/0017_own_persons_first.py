"""The search puts the reader's own persons first, and goes further than fifty; the rules are those of before (0002)."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# The reader's own are few and looked through by name; then it walks the name keys in order and stops at `lim` people that
# the actor may find, so a hidden person leaves no gap; nobody is ever fetched to be counted.
FIND = """
DECLARE
  actor text[] := handslag_actor();
  account uuid := nullif(actor[2], '')::uuid;
  day date := handslag_today();
  whole text := upper(regexp_replace(q, '[-+[:space:]]', '', 'g'));
  words text[];
  driver text; pattern text := '%';
  row_key record; one record;
  seen uuid[] := '{}';
BEGIN
  IF NOT handslag_is_people_worker() AND NOT handslag_is_system() THEN RETURN; END IF;
  lim := least(greatest(lim, 1), 201);
  IF q ~ '[0-9]' THEN
    IF whole !~ '^[0-9]{8}[0-9A-Z]{4}$' THEN RAISE EXCEPTION 'search by name or by a whole identity number' USING ERRCODE = '22023'; END IF;
    RETURN QUERY
      SELECT p.id, p.given_name::text, p.family_name::text, extract(year FROM p.born)::int, p.protection::text
      FROM people_identitynumber n JOIN people_person p ON p.id = n.person_id
      WHERE n.number = whole AND n.withdrawn_at IS NULL
        AND (p.protection = 'none' OR actor[1] = 'system' OR people_is_named(p.id, account, day));
    RETURN;
  END IF;
  words := handslag_name_parts(q);
  IF length(array_to_string(words, '')) < 2 THEN RAISE EXCEPTION 'search for two letters or more' USING ERRCODE = '22023'; END IF;
  words := ARRAY(SELECT w FROM unnest(words) AS w ORDER BY length(w) DESC, w LIMIT 3);
  driver := words[1];
  IF cardinality(words) > 1 THEN pattern := replace(replace(replace(driver, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '% '
    || replace(replace(replace(words[2], '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'; END IF;
  FOR one IN
    SELECT p.id, p.given_name, p.family_name, p.born, p.protection
    FROM people_person p CROSS JOIN LATERAL (SELECT (handslag_name_parts(p.given_name || ' ' || p.family_name))[1:8] AS parts) named
    WHERE p.id = ANY(own) AND p.merged_into_id IS NULL
      AND EXISTS (
        SELECT FROM unnest(named.parts) WITH ORDINALITY AS a(part, place), unnest(named.parts) WITH ORDINALITY AS b(part, place)
        WHERE starts_with(a.part, words[1]) AND CASE WHEN cardinality(words) = 1 THEN true ELSE a.place <> b.place AND starts_with(b.part, words[2]) END)
      AND (cardinality(words) < 3 OR EXISTS (SELECT FROM unnest(named.parts) AS c(part) WHERE starts_with(c.part, words[3])))
      AND (p.protection = 'none' OR actor[1] = 'system' OR people_is_named(p.id, account, day))
    ORDER BY handslag_sort_key(p.family_name || ' ' || p.given_name) COLLATE "C", p.id
    LIMIT lim
  LOOP
    seen := seen || one.id;
    id := one.id; given_name := one.given_name; family_name := one.family_name;
    birth_year := extract(year FROM one.born); protection := one.protection;
    RETURN NEXT;
  END LOOP;
  IF cardinality(seen) >= lim THEN RETURN; END IF;
  FOR row_key IN
    SELECT k.person_id FROM people_namekey k
    WHERE k.key >= driver AND k.key < driver || chr(1114111) AND k.key LIKE pattern
    ORDER BY k.key, k.person_id
  LOOP
    CONTINUE WHEN row_key.person_id = ANY(seen);
    SELECT p.id, p.given_name, p.family_name, p.born, p.protection, p.merged_into_id INTO one FROM people_person p WHERE p.id = row_key.person_id;
    CONTINUE WHEN one.merged_into_id IS NOT NULL;
    CONTINUE WHEN one.protection <> 'none' AND actor[1] <> 'system' AND NOT people_is_named(one.id, account, day);
    CONTINUE WHEN cardinality(words) > 2 AND NOT EXISTS (
      SELECT FROM unnest(handslag_name_parts(one.given_name || ' ' || one.family_name)) AS part WHERE starts_with(part, words[3]));
    seen := seen || one.id;
    id := one.id; given_name := one.given_name; family_name := one.family_name;
    birth_year := extract(year FROM one.born); protection := one.protection;
    RETURN NEXT;
    EXIT WHEN cardinality(seen) >= lim;
  END LOOP;
END
"""
TOLD = "TABLE(id uuid, given_name text, family_name text, birth_year int, protection text)"


class Migration(migrations.Migration):
    dependencies = [("people", "0016_reading_in_one_question")]

    operations = [
        run_sql("DROP FUNCTION handslag_find_persons(text, int)"),
        function("handslag_find_persons(q text, lim int, own uuid[] DEFAULT '{}')", TOLD, FIND),
    ]
