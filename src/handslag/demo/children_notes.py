"""What the case workers wrote in the children's files during the demo's years: a few words, in known numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from handslag.casework.events import NoteSigned
from handslag.casework.models import Case, Note
from handslag.demo.children_plan import STOCKHOLM, PlannedInvestigation, age_on
from handslag.demo.children_words import visit
from handslag.demo.copying import Copier, event_row

FIRST = ("call", "Samtal med en förälder", "Vi berättade att en anmälan har kommit och bokade en tid.")
LAST = ("meeting", "Återgivning", "Vi gick igenom utredningen med familjen. De känner igen sig i den.")
FIRST_VISIT = timedelta(days=14)


def add_notes(
    copier: Copier, case: Case, investigations: Sequence[PlannedInvestigation], *, born: date, now: datetime
) -> None:
    """Put the signed notes of a file of a child born on the day, with their events, among what is copied."""
    opened_on = case.opened_at.astimezone(STOCKHOLM).date()
    for day, (kind, subject, body) in _told(
        opened_on, investigations, born, now.astimezone(STOCKHOLM).date()
    ):
        at = min(datetime.combine(day, time(15), tzinfo=STOCKHOLM), now)
        note = Note(
            case_id=case.id, author_id=case.worker_id, kind=kind, happened_on=day, subject=subject, body=body,
            state="signed", created_at=at, saved_at=at, signed_at=at,
        )  # fmt: skip
        copier.add_row(note)
        signed = NoteSigned(case_id=case.id, note_id=note.id, kind=kind)
        copier.add("foundation_event", event_row(signed, at))


def count_notes(files: int, investigations: Iterable[PlannedInvestigation]) -> int:
    """How many notes there are: one in each file, a visit in each investigation, and one more in each that is closed."""
    return files + sum(2 if one.closed_on else 1 for one in investigations)


def _told(
    opened_on: date, investigations: Sequence[PlannedInvestigation], born: date, today: date
) -> Iterator[tuple[date, tuple[str, str, str]]]:
    yield opened_on, FIRST
    for one in investigations:
        on = min(one.opened_on + FIRST_VISIT, one.closed_on or today)
        yield on, ("home_visit", "Hembesök", visit(age_on(born, on)))
        if one.closed_on:
            yield one.closed_on, LAST
