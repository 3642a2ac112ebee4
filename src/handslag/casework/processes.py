"""The process handbook: each process is declared once, and the declaration is what runs and what is drawn.

A context above says which steps its work has, who takes them, which time limit of law each has and which event
marks it as done. Operations ask `missing_before`, pages ask for the next steps, the handbook draws it, and how well
it is kept is counted from the same events.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise

    Text = str | Promise
else:
    Text = object

WORKER, MANAGER, RECEPTION, ATTESTER, PARTY, AUTOMATION, COMMITTEE, COURT = (
    "case_worker", "manager", "reception", "attester", "party", "automation", "committee", "court",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `who` is a role, `law` a section of an act, `clock` an id of `clocks.yaml`.

    `done_by`: the marks of which any one tells that it is done: a kind of event, or `kind[field=value]` where the
    event must also carry the value. The first step's events begin the process.
    `after`: the steps that must be done before it. An `optional` step holds nothing back. `confirmed` is false where
    nobody has read the section that `law` names; a clock tells for itself whether it is confirmed.
    """

    code: str
    title: Text
    who: str
    done_by: tuple[str, ...]
    law: str = ""
    clock: str = ""
    after: tuple[str, ...] = ()
    optional: bool = False
    confirmed: bool = True

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of event that its marks speak of."""
        return frozenset(mark_parts(mark)[0] for mark in self.done_by)


def mark_parts(mark: str) -> tuple[str, str, str]:
    """A mark as its kind of event, and the field and the value that the event must carry, empty when any will do."""
    kind, _bracket, rest = mark.partition("[")
    field, _equals, value = rest.removesuffix("]").partition("=")
    return kind, field, value


@dataclass(frozen=True, slots=True)
class Process:
    """A process of one kind of case. `about` is the field of its events that tells one round from another. Without a `kind`
    it is of no one kind of case: a round is what its events are about, in whatever cases they stand or in none.

    Raises ValueError for steps that name each other wrongly: unknown, twice, or in a circle.
    """

    code: str
    title: Text
    kind: str
    law: str
    about: str
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        known: set[str] = set()
        for step in self.steps:
            if step.code in known or not set(step.after) <= known or not step.done_by:
                raise ValueError(
                    f"{self.code}: {step.code} stands twice, before its {step.after}, or has no event"
                )
            known.add(step.code)

    def __getitem__(self, code: str) -> Step:
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(code)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of event that tell of it."""
        return frozenset(kind for step in self.steps for kind in step.kinds)

    def marks_of(self, kind: str, data: Mapping[str, object]) -> list[str]:
        """The marks that one event gives."""
        marks = dict.fromkeys(mark for step in self.steps for mark in step.done_by)
        found = [(mark, mark_parts(mark)) for mark in marks]
        return [
            mark
            for mark, (of, field, value) in found
            if of == kind and (not field or _as_told(data.get(field)) == value)
        ]

    def done(self, kinds: Collection[str]) -> frozenset[str]:
        """The steps that the marks (kinds of event) tell to be done."""
        return frozenset(step.code for step in self.steps if not set(step.done_by).isdisjoint(kinds))

    def missing_before(self, code: str, kinds: Collection[str]) -> list[Step]:
        """The steps that must be done before a step and are not, in the order of the process."""
        done = self.done(kinds)
        return [
            self[before] for before in self[code].after if before not in done and not self[before].optional
        ]

    def next_after(self, kinds: Collection[str]) -> list[Step]:
        """The steps whose turn it is: not done, and nothing that must come before is left.

        What a step that is done comes after lies behind: work may begin without a report, by an application.
        """
        behind = self.behind(kinds)
        return [
            step
            for step in self.steps
            if step.code not in behind and all(code in behind or self[code].optional for code in step.after)
        ]

    def behind(self, kinds: Collection[str]) -> frozenset[str]:
        """The steps that are done, and all that lie before one that is."""
        found = set(self.done(kinds))
        for step in reversed(self.steps):
            if step.code in found:
                found.update(step.after)
        return frozenset(found)


def _as_told(value: object) -> str:
    """A value of an event as a mark writes it, and as the database gives it as text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


_processes: dict[str, Process] = {}


def register_process(process: Process) -> None:
    """Declare a process; raises ValueError when another has its code."""
    if _processes.setdefault(process.code, process) != process:
        raise ValueError(f"the process {process.code!r} is declared twice")


def processes(kind: str | None = None) -> list[Process]:
    """All processes, or those of one kind of case, by code."""
    return sorted(_of(kind), key=lambda process: process.code)


def process(code: str) -> Process | None:
    """The process with the code, if any."""
    return _processes.get(code)


def _of(kind: str | None) -> Iterable[Process]:
    return [one for one in _processes.values() if kind is None or one.kind == kind]
