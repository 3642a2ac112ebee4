"""Reports of concern and investigations, counted by unit and year: how they are counted, and what is told of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from handslag.analytics.events import ChildrenCounted
from handslag.analytics.rules.small_groups import HIDDEN, hide, hide_parts, hide_share
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor

YEARS = 6  # five whole years and the one that goes on
# Who reported, as the statistics count them: the profession of one who reports in their work, else the kind.
BY_OTHERS = ("other", "private", "anonymous")
BY = tuple(dict.fromkeys((*(str(one) for one in children.Profession.values), *BY_OTHERS)))

# A report counts in the year that it came, an investigation in the year that it was opened; its days in the year that it
# was closed. Late: done after the last day of its legal clock, or open after it today.
_COUNTED = """
WITH told AS (
  SELECT r.day_unit_id AS unit_id, extract(year FROM r.received_at AT TIME ZONE 'Europe/Stockholm')::int AS year, r.id,
    r.concern_codes && %(violence)s::varchar[] AS violence, r.state = 'merged' AS merged,
    CASE WHEN p.kind = 'professional' THEN coalesce(nullif(p.profession, ''), 'other') ELSE coalesce(p.kind, 'anonymous') END AS told_by
  FROM child_protection_report r LEFT JOIN child_protection_reporter p ON p.report_id = r.id),
child AS (
  SELECT t.unit_id, t.year, c.repeat_warned, coalesce(d.outcome, CASE WHEN t.merged THEN 'merged' ELSE 'waiting' END) AS outcome,
    coalesce(k.closed_on, %(today)s::date) > k.last_day AND k.state <> 'lapsed' AS late
  FROM told t JOIN child_protection_reportedchild c ON c.report_id = t.id
  LEFT JOIN child_protection_preliminaryassessment d ON d.child_id = c.id
  LEFT JOIN casework_legalclock k ON k.case_id = c.case_id AND k.about = c.id AND k.rule = 'FORH'),
inquiry AS (
  SELECT f.unit_id, extract(year FROM i.opened_on)::int AS year, extract(year FROM i.closed_on)::int AS closed_in,
    i.closed_on - i.opened_on AS days, i.continues_id IS NOT NULL AS restarted, i.extended_until IS NOT NULL AS extended,
    coalesce(i.closed_on, %(today)s::date) > k.last_day AND k.state <> 'lapsed' AS late
  FROM child_protection_investigation i JOIN casework_case f ON f.id = i.case_id
  LEFT JOIN casework_legalclock k ON k.case_id = i.case_id AND k.about = i.id AND k.rule = 'UTR')
SELECT unit_id, year, 'reports', count(*) FROM told GROUP BY 1, 2
UNION ALL SELECT unit_id, year, 'reports_by_' || told_by, count(*) FROM told GROUP BY 1, 2, 3
UNION ALL SELECT unit_id, year, 'reports_of_violence', count(*) FROM told WHERE violence GROUP BY 1, 2
UNION ALL SELECT unit_id, year, 'children_in_reports', count(*) FROM child GROUP BY 1, 2
UNION ALL SELECT unit_id, year, 'third_reports', count(*) FROM child WHERE repeat_warned GROUP BY 1, 2
UNION ALL SELECT unit_id, year, 'preliminary_' || outcome, count(*) FROM child GROUP BY 1, 2, 3
UNION ALL SELECT unit_id, year, 'preliminary_late', count(*) FROM child WHERE late GROUP BY 1, 2
UNION ALL SELECT unit_id, year, 'investigations', count(*) FROM inquiry GROUP BY 1, 2
UNION ALL SELECT unit_id, year, 'investigations_restarted', count(*) FROM inquiry WHERE restarted GROUP BY 1, 2
UNION ALL SELECT unit_id, year, 'investigations_extended', count(*) FROM inquiry WHERE extended GROUP BY 1, 2
UNION ALL SELECT unit_id, year, 'investigations_late', count(*) FROM inquiry WHERE late GROUP BY 1, 2
UNION ALL SELECT unit_id, year, 'investigations_open', count(*) FROM inquiry WHERE closed_in IS NULL GROUP BY 1, 2
UNION ALL SELECT unit_id, closed_in, 'investigations_closed', count(*) FROM inquiry WHERE closed_in IS NOT NULL GROUP BY 1, 2
UNION ALL SELECT unit_id, closed_in, 'days_of_closed', sum(days) FROM inquiry WHERE closed_in IS NOT NULL GROUP BY 1, 2
"""


@dataclass(frozen=True)
class ChildrenYear:
    """One year. A number of HIDDEN is that of a small group, or one that would give such a number away.

    `reported_by`: reports by who made them (`BY`); `third_reports`: children with a third report within six months and no
    investigation; `restarted`: investigations that go on from one within a year, days and all; `mean_days` of those closed in
    the year, None where they are few.
    """

    year: int
    reports: int
    reported_by: Mapping[str, int]
    violence: int
    children: int
    third_reports: int
    preliminary_late: int
    investigations: int
    restarted: int
    extended: int
    late: int
    closed: int
    mean_days: float | None


@foundation.operation
def count_children(*, by: Actor, at: datetime) -> int:
    """Count the years anew from the rows of reports, investigations and their clocks; gives how many sums there are."""
    foundation.require_role(by)
    codes = sorted(str(code) for code in children.VIOLENCE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('handslag_statistics'))")
        cursor.execute("DELETE FROM stats.children_year")
        cursor.execute(
            f"INSERT INTO stats.children_year (unit_id, year, measure, number) {_COUNTED}",
            {"violence": codes, "today": foundation.day_of(at)},
        )
        sums = int(cursor.rowcount)
    foundation.record(ChildrenCounted(sums), by=by, at=at)
    return sums


def children_statistics(*, years: int = YEARS) -> list[ChildrenYear]:
    """The years of the units that the present actor leads, controls or governs, latest first, small groups hidden."""
    smallest = int(settings.HANDSLAG_SMALLEST_GROUP)
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with connection.cursor() as cursor:
        cursor.execute("SELECT year, measure, number FROM handslag_stats_children(%s)", [years])
        for year, measure, number in cursor.fetchall():
            counted[year][measure] += number
    return [_year(year, found, smallest) for year, found in sorted(counted.items(), reverse=True)]


def _year(year: int, found: Mapping[str, int], smallest: int) -> ChildrenYear:
    reports, told_of, inquiries = found["reports"], found["children_in_reports"], found["investigations"]
    closed = found["investigations_closed"]
    by = hide_parts({who: found[f"reports_by_{who}"] for who in BY}, smallest)
    return ChildrenYear(
        year=year,
        reports=hide(reports, smallest),
        reported_by=by,
        violence=hide_share(found["reports_of_violence"], reports, smallest),
        children=hide(told_of, smallest),
        third_reports=hide_share(found["third_reports"], told_of, smallest),
        preliminary_late=hide_share(found["preliminary_late"], told_of, smallest),
        investigations=hide(inquiries, smallest),
        restarted=hide_share(found["investigations_restarted"], inquiries, smallest),
        extended=hide_share(found["investigations_extended"], inquiries, smallest),
        late=hide_share(found["investigations_late"], inquiries, smallest),
        closed=hide(closed, smallest),
        mean_days=found["days_of_closed"] / closed if closed >= smallest else None,
    )


__all__ = ["BY", "HIDDEN", "ChildrenYear", "children_statistics", "count_children"]
