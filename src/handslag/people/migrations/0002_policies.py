"""Who reads and writes people in the database itself, the search, the one-home rule, history and sort order."""

import unicodedata

from django.db import migrations

from handslag.foundation.policies import function, keep_history, protect, run_sql


def _folds() -> tuple[str, str]:
    plain = dict(zip("đĐłŁħĦŧŦıøØ", "ddllhhttioo", strict=True))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            plain[chr(code)] = base
    return "".join(plain), "".join(plain.values())


_FROM, _TO = _folds()

# handslag_fold: for looking up. handslag_sort_key: for ordering, with COLLATE "C"; å, ä, ö after z.
LETTERS = f"""
CREATE FUNCTION handslag_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE WHEN octet_length($1) = char_length($1) THEN lower($1)
    ELSE lower(translate(replace(replace(replace(normalize($1, NFC), 'ß', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), '{_FROM}', '{_TO}')) END;
CREATE FUNCTION handslag_sort_key(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(translate(translate(normalize($1, NFC), 'åÅäÄæÆöÖøØüÜ', '{{{{||||}}}}}}}}yy'), '{_FROM}', '{_TO}'));
CREATE FUNCTION handslag_name_parts(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN array_remove(regexp_split_to_array(translate(handslag_fold($1), '''’`´', ''), '[[:space:].,;:/_–-]+'), '');
"""

# A name of n parts has its n(n-1) ordered pairs as keys, so that two words in any order are one range of the index.
KEYS_OF = """
  SELECT named.id, concat_ws(' ', one.part, other.part)
  FROM (SELECT id, (handslag_name_parts(given_name || ' ' || family_name))[1:8] AS parts FROM {rows} OFFSET 0) named
  CROSS JOIN LATERAL unnest(named.parts) WITH ORDINALITY AS one(part, place)
  LEFT JOIN LATERAL unnest(named.parts) WITH ORDINALITY AS other(part, place) ON one.place <> other.place
"""

NAME_KEYS = f"""
CREATE FUNCTION people_person_name_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (SELECT FROM after_rows a JOIN before_rows b USING (id)
                   WHERE (a.given_name, a.family_name) IS DISTINCT FROM (b.given_name, b.family_name)) THEN RETURN NULL; END IF;
    DELETE FROM people_namekey k USING ({KEYS_OF.format(rows="before_rows")}) AS gone(id, key)
      WHERE k.key = gone.key AND k.person_id = gone.id;
  END IF;
  INSERT INTO people_namekey (person_id, key) {KEYS_OF.format(rows="after_rows")};
  RETURN NULL;
END $$;
CREATE TRIGGER people_person_name_keys_insert AFTER INSERT ON people_person
  REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION people_person_name_keys();
CREATE TRIGGER people_person_name_keys_update AFTER UPDATE ON people_person
  REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION people_person_name_keys();
"""

# One constraint for three rules: the middle range is everything for an adult and one point for a child, so an
# adult meets every other stay of hers and a child only a stay in the same household. Ranges of hashes need no extension.
ONE_HOME = """
ALTER TABLE people_householdmember ADD CONSTRAINT householdmember_one_home EXCLUDE USING gist (
  int8range(uuid_hash_extended(person_id, 0), uuid_hash_extended(person_id, 0), '[]') WITH &&,
  (CASE role WHEN 'adult' THEN int8range(NULL, NULL)
     ELSE int8range(uuid_hash_extended(household_id, 0), uuid_hash_extended(household_id, 0), '[]') END) WITH &&,
  daterange(valid_from, valid_to) WITH &&)
"""

MARK_GUARD = """
CREATE FUNCTION people_person_mark_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (handslag_is_system() OR handslag_has_role('protected') OR handslag_has_role('manager')) THEN
    RAISE EXCEPTION 'only managers and those named for it change protection marks' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER people_person_mark_guard BEFORE UPDATE OF protection ON people_person FOR EACH ROW
  WHEN (OLD.protection IS DISTINCT FROM NEW.protection AND current_user IN ('handslag_app', 'handslag_job'))
  EXECUTE FUNCTION people_person_mark_guard();
"""

# Protected, and not known to be unprotected, are the same: only a grant to the very account counts.
MAY_READ = """
DECLARE
  actor text[] := handslag_actor();
  account uuid; day date; mark text;
BEGIN
  IF actor IS NULL OR pid IS NULL THEN RETURN false; END IF;
  IF actor[1] = 'system' THEN RETURN true; END IF;
  IF actor[1] = 'resident' THEN
    RETURN pid = nullif(actor[3], '')::uuid
      OR EXISTS (SELECT FROM people_person WHERE id = nullif(actor[3], '')::uuid AND merged_into_id = pid);
  END IF;
  IF actor[1] <> 'staff' THEN RETURN false; END IF;
  account := nullif(actor[2], '')::uuid;
  day := handslag_today();
  SELECT protection INTO mark FROM people_person WHERE id = pid;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM foundation_account WHERE id = account AND is_active) THEN RETURN false; END IF;
  IF people_is_named(pid, account, day) THEN RETURN true; END IF;
  IF mark <> 'none' THEN RETURN false; END IF;
  RETURN EXISTS (
      SELECT FROM people_persongrant g JOIN foundation_rolegrant r ON r.unit_id = g.unit_id
      WHERE g.person_id = pid AND g.account_id IS NULL AND g.valid_from <= day AND (g.valid_to IS NULL OR g.valid_to > day)
        AND r.account_id = account AND r.valid_from <= day AND (r.valid_to IS NULL OR r.valid_to > day))
    OR EXISTS (
      SELECT FROM foundation_breakglass b WHERE b.account_id = account AND b.person_id = pid
        AND b.ended_at IS NULL AND clock_timestamp() < b.ends_at);
END
"""

NAMED = """
SELECT EXISTS (
  SELECT FROM people_persongrant g WHERE g.person_id = pid AND g.account_id = account
    AND g.valid_from <= day AND (g.valid_to IS NULL OR g.valid_to > day))
AND EXISTS (
  SELECT FROM foundation_rolegrant r WHERE r.account_id = account AND r.valid_from <= day AND (r.valid_to IS NULL OR r.valid_to > day))
"""

WORKER = """
SELECT handslag_actor_kind() = 'staff' AND EXISTS (
  SELECT FROM foundation_rolegrant r JOIN foundation_account a ON a.id = r.account_id
  WHERE r.account_id = handslag_account() AND a.is_active AND r.role IN ('case_worker', 'reception', 'manager', 'protected')
    AND r.valid_from <= handslag_today() AND (r.valid_to IS NULL OR r.valid_to > handslag_today()))
"""

MAY_GRANT = """
DECLARE mark text; own uuid := handslag_person();
BEGIN
  IF handslag_is_system() THEN RETURN true; END IF;
  IF own IS NOT NULL THEN RETURN account IS NULL AND (pid = own OR people_share_household(own, pid)); END IF;
  IF NOT handslag_is_people_worker() THEN RETURN false; END IF;
  SELECT protection INTO mark FROM people_person WHERE id = pid;
  IF mark = 'none' THEN
    RETURN handslag_may_read_person(pid) OR unit = ANY(handslag_units()) OR account = handslag_account()
      OR EXISTS (SELECT FROM foundation_rolegrant r WHERE r.account_id = account AND r.unit_id = ANY(handslag_units()));
  END IF;
  RETURN handslag_may_read_person(pid) AND (unit IS NOT NULL OR handslag_has_role('protected') OR handslag_has_role('manager'));
END
"""

SHARE_HOUSEHOLD = """
SELECT EXISTS (
  SELECT FROM people_householdmember a JOIN people_householdmember b USING (household_id)
  WHERE a.person_id = one AND b.person_id = other AND a.role = 'adult'
    AND a.valid_from <= handslag_today() AND (a.valid_to IS NULL OR a.valid_to > handslag_today())
    AND b.valid_from <= handslag_today() AND (b.valid_to IS NULL OR b.valid_to > handslag_today()))
"""

OPEN = """
SELECT handslag_may_read_person(pid)
  OR (handslag_actor_kind() IN ('staff', 'resident') AND EXISTS (SELECT FROM people_person WHERE id = pid AND protection = 'none'))
"""

HOUSEHOLD = """
SELECT p.id, p.given_name::text, p.family_name::text, extract(year FROM p.born)::int, m.role::text, m.share::int, m.valid_from, m.valid_to
FROM people_householdmember m JOIN people_person p ON p.id = m.person_id
WHERE m.household_id = hid AND m.valid_from <= day AND (m.valid_to IS NULL OR m.valid_to > day)
  AND EXISTS (
    SELECT FROM people_householdmember mine WHERE mine.household_id = hid AND mine.valid_from <= day
      AND (mine.valid_to IS NULL OR mine.valid_to > day) AND handslag_may_read_person(mine.person_id))
  AND handslag_open_person(p.id)
"""

# The only search. It walks the name keys in order and stops at `lim` people that the actor may find, so a hidden
# person leaves no gap; nobody is ever fetched to be counted.
FIND = """
DECLARE
  actor text[] := handslag_actor();
  account uuid := nullif(actor[2], '')::uuid;
  day date := handslag_today();
  whole text := upper(regexp_replace(q, '[-+[:space:]]', '', 'g'));
  words text[];
  driver text; rest text; pattern text := '%';
  row_key record; one record;
  seen uuid[] := '{}';
BEGIN
  IF NOT handslag_is_people_worker() AND NOT handslag_is_system() THEN RETURN; END IF;
  lim := least(greatest(lim, 1), 50);
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

OWN = "handslag_may_read_person(person_id)"
WRITE = "handslag_may_write_person(person_id)"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("foundation", "0002_actor_and_events")]

    operations = [
        run_sql(LETTERS),
        run_sql(NAME_KEYS),
        run_sql(ONE_HOME),
        run_sql(MARK_GUARD),
        function("people_is_named(pid uuid, account uuid, day date)", "boolean", NAMED, grant=False),
        function("handslag_may_read_person(pid uuid)", "boolean", MAY_READ),
        function("handslag_is_people_worker()", "boolean", WORKER),
        function("handslag_may_write_person(pid uuid)", "boolean",
                 "SELECT (handslag_is_system() OR handslag_is_people_worker()) AND handslag_may_read_person(pid)"),
        function("people_share_household(one uuid, other uuid)", "boolean", SHARE_HOUSEHOLD, grant=False),
        function("handslag_may_grant_person(pid uuid, unit uuid, account uuid)", "boolean", MAY_GRANT),
        function("handslag_open_person(pid uuid)", "boolean", OPEN),
        function("handslag_may_read_household(hid uuid)", "boolean",
                 "SELECT handslag_is_system() OR EXISTS (SELECT FROM people_householdmember m "
                 "WHERE m.household_id = hid AND handslag_may_read_person(m.person_id))"),
        function("handslag_household(hid uuid, day date)",
                 "TABLE(person_id uuid, given_name text, family_name text, birth_year int, role text, share int, valid_from date, valid_to date)",
                 HOUSEHOLD),
        function("handslag_find_persons(q text, lim int)",
                 "TABLE(id uuid, given_name text, family_name text, birth_year int, protection text)",
                 FIND),
        protect("people_person", read="handslag_may_read_person(id)",
                insert="handslag_is_system() OR handslag_is_people_worker()", update="handslag_may_write_person(id)"),
        protect("people_identitynumber", read=OWN, write=WRITE),
        protect("people_protectionmark", read=OWN,
                write="handslag_is_system() OR ((handslag_has_role('protected') OR handslag_has_role('manager')) AND handslag_may_read_person(person_id))"),
        protect("people_household", read="handslag_may_read_household(id)", write="handslag_is_system() OR handslag_is_people_worker()"),
        protect("people_householdmember", read=OWN, write=WRITE),
        protect("people_relation",
                read="(handslag_may_read_person(person_id) AND handslag_open_person(other_id)) OR (handslag_may_read_person(other_id) AND handslag_open_person(person_id))",
                write="(handslag_may_write_person(person_id) AND handslag_open_person(other_id)) OR (handslag_may_write_person(other_id) AND handslag_open_person(person_id))"),
        protect("people_address", read=OWN, write=WRITE),
        protect("people_contactway", read=OWN, write="person_id = handslag_person() OR handslag_may_write_person(person_id)"),
        protect("people_persongrant", read="account_id = handslag_account() OR handslag_may_read_person(person_id)",
                write="handslag_may_grant_person(person_id, unit_id, account_id)"),
        run_sql("ALTER TABLE people_namekey ENABLE ROW LEVEL SECURITY;"),
        *[keep_history(f"people_{name}") for name in
          ("person", "identitynumber", "protectionmark", "householdmember", "relation", "address", "contactway", "persongrant")],
    ]
