"""The timeline reads only the events that it shows: their places are found in the index of each case and put in order first."""

from django.db import migrations

from handslag.foundation.policies import function

# As before; only the events of cases are found in another way. An event lies where it was written, among those of everybody
# else, so each that is read is a page of the disk: a family of some ten cases took hundreds to show thirty.

# Outside cases only these kinds are told, whatever is asked for: other events of a person are not everybody's who reads the person.
OF_PERSONS = (
    "people.moved_in", "people.moved_out", "people.related", "people.relation_ended", "people.person_protected",
    "people.protection_ended", "coordination.secret_set", "coordination.secret_ended",
)  # fmt: skip
TOLD = ", ".join(f"'{kind}'" for kind in OF_PERSONS)

TIMELINE = """
DECLARE mine uuid[]; own uuid[]; parts uuid[];
BEGIN
  IF NOT handslag_is_staff() THEN RETURN; END IF;
  mine := ARRAY(SELECT c FROM unnest(cases) AS c WHERE handslag_may_read_case(c));
  own := ARRAY(SELECT p FROM unnest(persons) AS p WHERE handslag_may_read_person(p));
  RETURN QUERY
  SELECT t.* FROM (
    (SELECT e.at AS at, 'events' AS thing, lpad(e.id::text, 20, '0') AS key, e.case_id, e.person_id, e.kind::text AS code,
        e.actor_kind::text AS actor_kind, e.account_id, e.data
      FROM (
        SELECT places.id FROM unnest(mine) AS c CROSS JOIN LATERAL (
          SELECT ev.id, ev.at FROM foundation_event ev WHERE ev.case_id = c AND ev.at <= before AND ev.kind <> ALL(twice)
            AND (ev.at, lpad(ev.id::text, 20, '0')) < (before, before_key)
          ORDER BY ev.at DESC, ev.id DESC LIMIT most) places
        WHERE 'events' = ANY(things) ORDER BY places.at DESC, places.id DESC LIMIT most) latest
      JOIN foundation_event e ON e.id = latest.id)
    UNION ALL
    (SELECT e.at, 'events', lpad(e.id::text, 20, '0'), e.case_id, e.person_id, e.kind::text, e.actor_kind::text, e.account_id, e.data
      FROM unnest(own) AS p CROSS JOIN LATERAL (
        SELECT * FROM foundation_event ev WHERE ev.person_id = p AND ev.case_id IS NULL AND ev.at <= before
          AND ev.kind = ANY(of_person) AND ev.kind = ANY(ARRAY[@TOLD@])
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
        jsonb_build_object('subject', m.subject, 'id', m.id, 'joint', false)
      FROM unnest(mine) AS c CROSS JOIN LATERAL (
        SELECT * FROM coordination_meeting mt WHERE mt.case_id = c AND mt.starts_at <= before AND (mt.starts_at, mt.id::text) < (before, before_key)
        ORDER BY mt.starts_at DESC, mt.id DESC LIMIT most) m WHERE 'meetings' = ANY(things))
    UNION ALL
    (SELECT j.starts_at, 'meetings', j.id::text, j.of_case, NULL, j.state::text, 'staff', j.planned_by_id,
        jsonb_build_object('subject', j.subject, 'id', j.id, 'joint', true)
      FROM (
        SELECT DISTINCT ON (mt.id) mt.*, p.case_id AS of_case FROM coordination_jointpart p
        JOIN coordination_meeting mt ON mt.matter_id = p.matter_id
        JOIN coordination_meetingpart t ON t.meeting_id = mt.id AND t.part_id = p.id
        WHERE p.case_id = ANY(mine) AND mt.starts_at <= before AND (mt.starts_at, mt.id::text) < (before, before_key)
        ORDER BY mt.id, p.case_id) j WHERE 'meetings' = ANY(things) AND handslag_may_read_meeting(j.id))
    UNION ALL
    (SELECT k.at, 'clocks', k.id::text, k.case_id, NULL, k.rule::text, 'system', NULL,
        jsonb_build_object('state', k.state, 'last_day', k.last_day)
      FROM unnest(mine) AS c CROSS JOIN LATERAL (
        SELECT (coalesce(lc.closed_on, lc.last_day, lc.starts_on) + time '12:00') AT TIME ZONE 'Europe/Stockholm' AS at, lc.*
        FROM casework_legalclock lc WHERE lc.case_id = c) k WHERE 'clocks' = ANY(things) AND k.at <= before)
  ) t WHERE (t.at, t.key) < (before, before_key) ORDER BY t.at DESC, t.key DESC LIMIT most;
END
""".replace("@TOLD@", TOLD)


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0010_family_in_fewer_calls"),
        ("foundation", "0015_events_in_order_of_time"),
    ]

    operations = [
        function(
            "handslag_family_timeline(cases uuid[], persons uuid[], things text[], twice text[], of_person text[],"
            " before timestamptz, before_key text, most int)",
            "TABLE(at timestamptz, thing text, key text, case_id uuid, person_id uuid, code text, actor_kind text,"
            " account_id uuid, data jsonb)",
            TIMELINE,
        )
    ]
