"""Which clocks the rows of investigations and measures set off, asked after a change and every night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.models import Investigation, Measure, MeasureStep
from handslag.child_protection.rules.measures import Expected, Part, Step, clocks_of_care
from handslag.foundation import public as foundation
from handslag.people import public as people

COUNTS = foundation.system("child_protection")


def expected_of_care(measure: Measure) -> list[casework.ExpectedClock]:
    """The clocks of a measure, with the homes that it goes on from or into."""
    with foundation.acting(COUNTS):
        rows = list(Measure.objects.filter(case_id=measure.case_id).order_by("starts_on", "id"))
        return _of_measures(
            [episode for episode in _episodes(rows) if any(one.id == measure.id for one in episode)]
        )


def expected_of_cases(case_ids: Sequence[UUID]) -> list[casework.ExpectedClock]:
    """The clocks of the open matters of the cases: running investigations, and measures that hold."""
    found: list[casework.ExpectedClock] = []
    running = Investigation.objects.filter(case_id__in=case_ids, state="open")
    for case_id, about, opened_on, until, informed_at in running.order_by().values_list(
        "case_id", "id", "opened_on", "extended_until", "informed_at"
    ):
        found.append(casework.ExpectedClock(case_id, "UTR", about, opened_on, extended_until=until))
        told_on = foundation.day_of(informed_at) if informed_at else None
        found.append(casework.ExpectedClock(case_id, "UTRINFO", about, opened_on, done_on=told_on))
    held = Measure.objects.filter(case_id__in=case_ids, ended_on__isnull=True).order_by()
    with_care = set(held.values_list("case_id", flat=True))
    if with_care:
        rows = Measure.objects.filter(case_id__in=with_care).order_by("case_id", "starts_on", "id")
        open_care = [episode for episode in _episodes(list(rows)) if episode[-1].ended_on is None]
        found += _of_measures(open_care)
    return found


def _episodes(rows: Sequence[Measure]) -> list[list[Measure]]:
    """Measures that go on from one another, as one row each, in the order of days."""
    by_id = {row.id: row for row in rows}
    later = {row.continues_id: row for row in rows if row.continues_id in by_id}
    episodes = []
    for row in rows:
        if row.continues_id in by_id:
            continue
        episode = [row]
        while episode[-1].id in later:
            episode.append(later[episode[-1].id])
        episodes.append(episode)
    return episodes


def _of_measures(episodes: Iterable[Sequence[Measure]]) -> list[casework.ExpectedClock]:
    episodes = list(episodes)
    steps: dict[UUID, list[Step]] = defaultdict(list)
    wanted = [measure.id for episode in episodes for measure in episode]
    for measure_id, step_id, code, on in (
        MeasureStep.objects.filter(measure_id__in=wanted)
        .order_by()
        .values_list("measure_id", "id", "code", "happened_on")
    ):
        steps[measure_id].append(Step(step_id, code, on))
    children = {measure.child_id for episode in episodes for measure in episode}
    openings: dict[UUID, list[date]] = defaultdict(list)
    closings: dict[UUID, list[date]] = defaultdict(list)
    for child_id, opened_on, closed_on in (
        Investigation.objects.filter(child_id__in=children)
        .order_by()
        .values_list("child_id", "opened_on", "closed_on")
    ):
        openings[child_id].append(opened_on)
        if closed_on is not None:
            closings[child_id].append(closed_on)
    found: list[casework.ExpectedClock] = []
    for episode in episodes:
        child_id, last = episode[0].child_id, episode[-1]
        parts = [
            Part(one.id, one.kind, one.form, one.starts_on, one.ended_on, tuple(steps[one.id]))
            for one in episode
        ]
        clocks = clocks_of_care(
            parts, closings=closings[child_id], openings=openings[child_id],
            under_18_at_end=last.ended_on is None or _is_under_18(child_id, last.ended_on),
        )  # fmt: skip
        found += [_as_clock(last.case_id, clock) for clock in clocks]
    return found


def _as_clock(case_id: UUID, clock: Expected) -> casework.ExpectedClock:
    return casework.ExpectedClock(
        case_id,
        clock.rule,
        clock.about,
        clock.starts_on,
        clock.round_number,
        None,
        clock.done_on,
        clock.ceased_on,
    )


def _is_under_18(child_id: UUID, day: date) -> bool:
    """Whether the child had not turned 18; one whose birth is not known is taken to be a child."""
    born = people.get_person(child_id, COUNTS).born
    of_age = casework.record_numbers()["of_age"].value
    return born is None or (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) < of_age
