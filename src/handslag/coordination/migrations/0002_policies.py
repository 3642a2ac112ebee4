"""Who reads and writes the rows of coordination, and who works with whom."""

from django.db import migrations

from handslag.foundation.policies import function, keep_history, never_change, own_hand, protect, run_sql

# To work with a person is more than to be able to read her: to answer for, be named for, or manage an open case that
# is hers, or to be named for her as a protected person.
WORKS_WITH = """
SELECT coalesce(array_agg(one.pid), '{}') FROM (SELECT DISTINCT unnest(pids) AS pid) one
WHERE handslag_is_system() OR (handslag_is_staff() AND (
  EXISTS (
    SELECT FROM casework_case c WHERE c.person_id = one.pid AND c.state = 'open' AND handslag_may_read_case(c.id)
      AND (c.worker_id = handslag_account() OR c.unit_id = ANY(handslag_units_as('manager')) OR EXISTS (
        SELECT FROM casework_casestaff s WHERE s.case_id = c.id AND s.account_id = handslag_account()
          AND (s.valid_to IS NULL OR s.valid_to > clock_timestamp()))))
  OR EXISTS (
    SELECT FROM people_persongrant g WHERE g.person_id = one.pid AND g.account_id = handslag_account() AND g.because = 'named'
      AND g.valid_from <= handslag_today() AND (g.valid_to IS NULL OR g.valid_to > handslag_today()))))
"""

# Whose address, contact ways or placement is left out for the one who reads: for a member of staff who does not work
# with the person, but with the one it is secret toward, or who stands on a page about that one (`beside`).
KEPT_FROM = """
DECLARE concerned uuid[]; works uuid[]; kept uuid[];
BEGIN
  IF NOT handslag_is_staff() OR pids IS NULL THEN RETURN '{}'; END IF;
  SELECT array_agg(DISTINCT one) INTO concerned FROM coordination_secrettoward s, unnest(ARRAY[s.person_id, s.toward_id]) AS one
    WHERE s.person_id = ANY(pids) AND coordination_secret_holds(s, what);
  IF concerned IS NULL THEN RETURN '{}'; END IF;
  works := handslag_works_with(concerned);
  SELECT array_agg(DISTINCT s.person_id) INTO kept FROM coordination_secrettoward s
    WHERE s.person_id = ANY(pids) AND coordination_secret_holds(s, what)
      AND NOT s.person_id = ANY(works) AND (s.toward_id = ANY(works) OR s.toward_id = beside);
  RETURN coalesce(kept, '{}');
END
"""

HOLDS = """
SELECT s.valid_from <= handslag_today() AND (s.valid_to IS NULL OR s.valid_to > handslag_today())
  AND CASE what WHEN 'address' THEN s.address WHEN 'contact' THEN s.contact WHEN 'placement' THEN s.placement
    WHEN 'home' THEN s.address OR s.placement ELSE true END
"""

# A home that is also the home of the one it would be secret toward is no secret there: a child with both parents in turn.
STAY_IS_SHARED = """
SELECT EXISTS (
  SELECT FROM coordination_secrettoward s JOIN people_householdmember m ON m.person_id = s.toward_id
  WHERE s.person_id = pid AND m.household_id = hid AND coordination_secret_holds(s, 'any')
    AND m.valid_from <= handslag_today() AND (m.valid_to IS NULL OR m.valid_to > handslag_today()))
"""

KEPT_STAYS = """
SELECT coalesce(array_agg(p), '{}') FROM unnest(handslag_kept_from_reader(pids, 'home', NULL)) AS p
WHERE NOT coordination_stay_is_shared(p, hid)
"""

IN_JOINT = """
SELECT handslag_is_system() OR (handslag_is_staff() AND cardinality(handslag_case_units()) > 0 AND EXISTS (
  SELECT FROM coordination_jointmember m WHERE m.matter_id = wanted AND m.account_id = handslag_account()
    AND (m.valid_to IS NULL OR m.valid_to > clock_timestamp())))
"""

LEADS_JOINT = """
SELECT handslag_is_system() OR (handslag_is_staff() AND EXISTS (
  SELECT FROM coordination_jointmatter j WHERE j.id = wanted
    AND ((j.opened_by_id = handslag_account() AND j.unit_id = ANY(handslag_case_units())) OR j.unit_id = ANY(handslag_units_as('manager')))))
"""

# A shared note is read by the one who wrote it, by the team where it came from, and by members who read a case that it
# was told to; membership alone reads nothing.
READ_SHARED = """
SELECT handslag_is_system() OR EXISTS (
  SELECT FROM coordination_sharednote n JOIN coordination_jointpart f ON f.id = n.from_part_id
  WHERE n.id = wanted AND handslag_is_in_joint(n.matter_id) AND (n.written_by_id = handslag_account() OR handslag_may_read_case(f.case_id)
    OR EXISTS (SELECT FROM coordination_sharednotefor t JOIN coordination_jointpart p ON p.id = t.part_id
               WHERE t.note_id = n.id AND handslag_may_read_case(p.case_id))))
"""

ADDRESS_PART = """
SELECT handslag_is_system() OR EXISTS (
  SELECT FROM coordination_sharednote n JOIN coordination_jointpart p ON p.matter_id = n.matter_id
  WHERE n.id = wanted AND p.id = part AND n.written_by_id = handslag_account() AND n.from_part_id <> p.id AND p.ended_at IS NULL
    AND handslag_is_in_joint(n.matter_id) AND (p.known_to_team OR handslag_may_read_case(p.case_id)))
"""

SEE_PART = """
SELECT handslag_is_system() OR EXISTS (
  SELECT FROM coordination_jointpart p WHERE p.id = wanted
    AND (handslag_may_read_case(p.case_id) OR (p.known_to_team AND p.ended_at IS NULL AND handslag_is_in_joint(p.matter_id))))
"""

WORK_IN_PART = """
SELECT handslag_is_system() OR EXISTS (
  SELECT FROM coordination_jointpart p WHERE p.id = wanted AND handslag_may_work_in_case(p.case_id) AND handslag_is_in_joint(p.matter_id))
"""

READ_MEETING = """
SELECT handslag_is_system() OR (handslag_is_staff() AND EXISTS (
  SELECT FROM coordination_meeting m WHERE m.id = wanted AND (
    (m.case_id IS NOT NULL AND handslag_may_read_case(m.case_id))
    OR (m.matter_id IS NOT NULL AND handslag_is_in_joint(m.matter_id) AND (m.planned_by_id = handslag_account()
      OR EXISTS (SELECT FROM coordination_meetingstaff s WHERE s.meeting_id = m.id AND s.account_id = handslag_account())
      OR EXISTS (SELECT FROM coordination_meetingpart t JOIN coordination_jointpart p ON p.id = t.part_id
                 WHERE t.meeting_id = m.id AND handslag_may_read_case(p.case_id)))))))
"""

WORK_MEETING = """
SELECT handslag_is_system() OR (handslag_is_staff() AND EXISTS (
  SELECT FROM coordination_meeting m WHERE m.id = wanted AND (
    (m.case_id IS NOT NULL AND handslag_may_work_in_case(m.case_id))
    OR (m.matter_id IS NOT NULL AND m.planned_by_id = handslag_account() AND handslag_is_in_joint(m.matter_id)))))
"""

STAFF_READS_CASE = "handslag_is_staff() AND handslag_may_read_case(case_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0001_initial"),
        ("casework", "0003_own_hand"),
        ("people", "0003_closed_functions"),
        ("foundation", "0003_own_hand"),
    ]

    operations = [
        function("handslag_works_with(pids uuid[])", "uuid[]", WORKS_WITH),
        function(
            "coordination_secret_holds(s coordination_secrettoward, what text)", "boolean", HOLDS, grant=False
        ),
        function("handslag_kept_from_reader(pids uuid[], what text, beside uuid)", "uuid[]", KEPT_FROM),
        function("coordination_stay_is_shared(pid uuid, hid uuid)", "boolean", STAY_IS_SHARED, grant=False),
        function("handslag_kept_stays(hid uuid, pids uuid[])", "uuid[]", KEPT_STAYS),
        function("handslag_is_in_joint(wanted uuid)", "boolean", IN_JOINT),
        function("handslag_leads_joint(wanted uuid)", "boolean", LEADS_JOINT),
        function("handslag_may_read_shared(wanted uuid)", "boolean", READ_SHARED),
        function("handslag_may_address_part(wanted uuid, part uuid)", "boolean", ADDRESS_PART),
        function("handslag_may_see_part(wanted uuid)", "boolean", SEE_PART),
        function("handslag_may_work_in_part(wanted uuid)", "boolean", WORK_IN_PART),
        function("handslag_may_read_meeting(wanted uuid)", "boolean", READ_MEETING),
        function("handslag_may_work_meeting(wanted uuid)", "boolean", WORK_MEETING),
        protect(
            "coordination_secrettoward",
            read="handslag_is_system() OR (handslag_is_people_worker() AND handslag_may_read_person(person_id))",
            insert="handslag_is_system() OR (handslag_may_write_person(person_id) AND handslag_open_person(toward_id)"
            " AND decided_by_id = handslag_account())",
            update="handslag_is_system() OR handslag_may_write_person(person_id)",
        ),
        keep_history("coordination_secrettoward"),
        own_hand("coordination_secrettoward", "decided_by_id"),
        protect(
            "coordination_jointmatter",
            read="handslag_is_system() OR opened_by_id = handslag_account() OR unit_id = ANY(handslag_units_as('manager'))"
            " OR handslag_is_in_joint(id)",
            insert="handslag_is_system() OR (opened_by_id = handslag_account() AND unit_id = ANY(handslag_case_units()))",
            update="handslag_leads_joint(id)",
        ),
        keep_history("coordination_jointmatter"),
        protect(
            "coordination_jointmember",
            read="account_id = handslag_account() OR handslag_is_in_joint(matter_id) OR handslag_leads_joint(matter_id)",
            write="handslag_leads_joint(matter_id)",
        ),
        keep_history("coordination_jointmember"),
        own_hand("coordination_jointmember", "named_by_id"),
        protect(
            "coordination_jointpart",
            read=f"handslag_is_system() OR ({STAFF_READS_CASE})"
            " OR (known_to_team AND ended_at IS NULL AND handslag_is_in_joint(matter_id))",
            insert="handslag_is_system() OR (contact_id = handslag_account() AND handslag_is_in_joint(matter_id)"
            " AND handslag_may_work_in_case(case_id))",
            update="handslag_is_system() OR (handslag_is_in_joint(matter_id) AND handslag_may_work_in_case(case_id))",
        ),
        keep_history("coordination_jointpart"),
        protect(
            "coordination_sharednote",
            read="handslag_may_read_shared(id)",
            insert="handslag_is_system() OR (written_by_id = handslag_account() AND handslag_may_work_in_part(from_part_id))",
            update="false",
        ),
        never_change("coordination_sharednote"),
        protect(
            "coordination_sharednotefor",
            read="handslag_may_read_shared(note_id) AND handslag_may_see_part(part_id)",
            insert="handslag_may_address_part(note_id, part_id)",
            update="false",
        ),
        never_change("coordination_sharednotefor"),
        protect(
            "coordination_meeting",
            read="handslag_is_system() OR handslag_may_read_meeting(id)",
            insert="handslag_is_system() OR (planned_by_id = handslag_account()"
            " AND (handslag_may_work_in_case(case_id) OR handslag_is_in_joint(matter_id)))",
            update="handslag_may_work_meeting(id)",
        ),
        keep_history("coordination_meeting"),
        protect(
            "coordination_meetingperson",
            read="handslag_may_read_person(person_id) AND handslag_may_read_meeting(meeting_id)",
            insert="handslag_may_read_person(person_id) AND handslag_may_work_meeting(meeting_id)",
            update="false",
        ),
        never_change("coordination_meetingperson"),
        protect(
            "coordination_meetingstaff",
            read="handslag_may_read_meeting(meeting_id)",
            insert="handslag_may_work_meeting(meeting_id)",
            update="false",
        ),
        never_change("coordination_meetingstaff"),
        protect(
            "coordination_meetingpart",
            read="handslag_may_read_meeting(meeting_id) AND handslag_may_see_part(part_id)",
            insert="handslag_may_work_meeting(meeting_id) AND handslag_may_see_part(part_id)",
            update="false",
        ),
        never_change("coordination_meetingpart"),
        # A part or a shared note belongs to one matter; the keys alone do not say that the two are the same.
        run_sql(
            "ALTER TABLE coordination_jointpart ADD CONSTRAINT jointpart_in_matter UNIQUE (id, matter_id);"
            "ALTER TABLE coordination_sharednote ADD CONSTRAINT sharednote_in_matter FOREIGN KEY (from_part_id, matter_id)"
            " REFERENCES coordination_jointpart (id, matter_id) DEFERRABLE INITIALLY DEFERRED;",
            "ALTER TABLE coordination_sharednote DROP CONSTRAINT sharednote_in_matter;"
            "ALTER TABLE coordination_jointpart DROP CONSTRAINT jointpart_in_matter;",
        ),
    ]
