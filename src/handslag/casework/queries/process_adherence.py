"""How well a process is kept, counted by the database from what happened: one statement, whatever the number of events."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection

from handslag.casework.processes import Process, mark_parts
from handslag.casework.rules.process_adherence import StepAdherence
from handslag.casework.states import ClockState
from handslag.foundation import public as foundation

COUNTS = foundation.system("process_handbook")

# `happened`: in cases of the process's kind, or, for a process of no one kind, about the same thing in place of a case; what is told of a file that has been erased still counts.
# What happened in a case is divided into rounds: one report and what followed it, one application and what came of it.
# `told`: the process's own events, of the cases in which something of the process's own happened.
# `parts`: an event of the first step begins a part of a case, several such on end begin one together.
# `rounds_of`: the first matter that is named in a part is the part's own round; each further one is a round of its own.
# `counted`: a step is reached in a round when all that is required before it is done; of those it is done or not.
# `late` is of the clocks themselves, as every other page counts: a duty whose last day had passed at some time in the days.
ADHERENCE = """
WITH kinds AS MATERIALIZED (
  SELECT * FROM unnest(%(kinds)s::text[], %(fields)s::text[], %(values)s::text[], %(steps_of_kinds)s::text[])
    AS k(kind, field, value, step)),
steps AS MATERIALIZED (
  SELECT * FROM unnest(%(steps)s::text[], %(clocks)s::text[], %(follows)s::boolean[], %(required)s::int[])
    AS s(step, clock, follows, required)),
need AS MATERIALIZED (SELECT * FROM unnest(%(needing)s::text[], %(needed)s::text[]) AS n(step, before)),
happened AS MATERIALIZED (
  SELECT e.id, CASE WHEN %(kind)s = '' THEN (e.data ->> %(about)s)::uuid ELSE e.case_id END AS case_id, e.kind, e.at, coalesce(e.data ->> %(about)s, e.data ->> 'matter_id', '') AS about,
      CASE WHEN e.kind = ANY(%(with_values)s) THEN e.data END AS data
    FROM foundation_event e LEFT JOIN casework_case c ON c.id = e.case_id
    WHERE (%(kind)s = '' OR coalesce(c.kind, %(kind)s) = %(kind)s) AND e.kind = ANY(%(kinds)s) AND e.at >= %(first)s AND e.at < %(last)s
      AND CASE WHEN %(kind)s = '' THEN e.data ? %(about)s ELSE e.case_id IS NOT NULL END),
told AS (
  SELECT h.*, h.kind = ANY(%(first_kinds)s) AND h.about = '' AS is_first FROM happened h
    WHERE h.case_id IN (SELECT case_id FROM happened WHERE kind = ANY(%(own_kinds)s))),
begun AS (
  SELECT t.*, t.is_first AND NOT coalesce(lag(t.is_first) OVER (PARTITION BY t.case_id ORDER BY t.at, t.id), false) AS begins FROM told t),
parts AS MATERIALIZED (
  SELECT b.*, count(*) FILTER (WHERE b.begins) OVER (PARTITION BY b.case_id ORDER BY b.at, b.id) AS part FROM begun b),
matters AS (
  SELECT m.case_id, m.about, m.part, row_number() OVER (PARTITION BY m.case_id, m.part ORDER BY m.at, m.id) AS nth
    FROM (SELECT DISTINCT ON (case_id, about) case_id, about, part, at, id FROM parts
      WHERE about <> '' ORDER BY case_id, about, at, id) m),
placed AS MATERIALIZED (
  SELECT p.case_id, coalesce(m.part, p.part) AS part, coalesce(m.nth, 1) AS nth, p.kind, p.at, p.data
    FROM parts p LEFT JOIN matters m ON p.about <> '' AND m.case_id = p.case_id AND m.about = p.about),
done AS MATERIALIZED (
  SELECT p.case_id, p.part, p.nth, k.step, min(p.at) AS at FROM placed p
    JOIN kinds k ON k.kind = p.kind AND (k.field = '' OR p.data ->> k.field = k.value)
    GROUP BY 1, 2, 3, 4),
rounds_of AS (SELECT DISTINCT case_id, part, nth FROM done),
before AS (
  SELECT d.case_id, d.part, d.nth, n.step, count(*) AS have, max(d.at) AS last_at FROM done d JOIN need n ON n.before = d.step GROUP BY 1, 2, 3, 4),
counted AS (
  SELECT s.step, d.at AS done_at, b.last_at
    FROM rounds_of r CROSS JOIN steps s
    LEFT JOIN done d ON (d.case_id, d.part, d.nth, d.step) = (r.case_id, r.part, r.nth, s.step)
    LEFT JOIN before b ON (b.case_id, b.part, b.nth, b.step) = (r.case_id, r.part, r.nth, s.step)
    WHERE d.at IS NOT NULL OR (s.follows AND coalesce(b.have, 0) >= s.required)),
kept AS (
  SELECT step, count(*) AS reached, count(done_at) AS done,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM done_at - last_at)) / 86400.0)
        FILTER (WHERE done_at IS NOT NULL AND last_at IS NOT NULL) AS days
    FROM counted GROUP BY step),
late AS (
  SELECT c.rule, count(*) AS number FROM casework_legalclock c JOIN casework_case k ON k.id = c.case_id
    WHERE k.kind = %(kind)s AND c.rule = ANY(%(clocks)s) AND c.counts AND c.last_day < %(last_day)s
      AND (c.closed_on IS NULL OR c.state = %(late)s AND c.closed_on >= %(first_day)s)
    GROUP BY c.rule)
SELECT s.step, coalesce(k.reached, 0), coalesce(k.done, 0), coalesce(l.number, 0), k.days
  FROM steps s LEFT JOIN kept k ON k.step = s.step LEFT JOIN late l ON l.rule = s.clock
"""


def process_adherence(
    process: Process, actor: foundation.Actor, *, first: date, last: date
) -> list[StepAdherence]:
    """How well the process was kept in the days from `first` to `last`: counts and medians of the whole municipality.

    Members of staff may know them; no case, unit or person leaves this. Raises Refused for others.
    """
    if not (actor.is_staff or actor.is_system):
        raise foundation.Refused("This is for those who work here.", do="Log in as a member of staff.")
    with foundation.acting(COUNTS), connection.cursor() as cursor:
        cursor.execute(ADHERENCE, _asked(process, first, last))
        found = {step: numbers for step, *numbers in cursor.fetchall()}
    measured = []
    for step in process.steps:
        reached, done, late, days = found.get(step.code, (0, 0, 0, None))
        measured.append(
            StepAdherence(step, reached, done, late, None if days is None else round(float(days), 1))
        )
    return measured


def _asked(process: Process, first: date, last: date) -> dict[str, Any]:
    marks = [(*mark_parts(mark), step.code) for step in process.steps for mark in step.done_by]
    required = {step.code: [one for one in step.after if not process[one].optional] for step in process.steps}
    need = [(code, before) for code, befores in required.items() for before in befores]
    return {
        "kinds": [kind for kind, _field, _value, _step in marks],
        "fields": [field for _kind, field, _value, _step in marks],
        "values": [value for _kind, _field, value, _step in marks],
        "steps_of_kinds": [step for _kind, _field, _value, step in marks],
        "with_values": [kind for kind, field, _value, _step in marks if field],
        # Casework's own kinds belong to all kinds of case.
        "own_kinds": sorted(
            kind for kind in process.kinds if not (process.kind and kind.startswith("casework."))
        ),
        "first_kinds": sorted(process.steps[0].kinds),
        "steps": [step.code for step in process.steps],
        "clocks": [step.clock for step in process.steps],
        "follows": [bool(step.after) for step in process.steps],
        "required": [len(required[step.code]) for step in process.steps],
        "needing": [code for code, _ in need],
        "needed": [before for _, before in need],
        "about": process.about,
        "kind": process.kind,
        "late": ClockState.LATE.value,
        "first": _instant(first),
        "last": _instant(last + timedelta(days=1)),
        "first_day": first,
        # A last day is kept to its end; one that is today is not broken.
        "last_day": min(last + timedelta(days=1), foundation.today()),
    }


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=foundation.SWEDEN).astimezone(UTC)
