"""The events that legal time is counted from, and the reading of them. Pure.

What was written is refused as a whole when one event cannot be used: a clock that leaves an event out
would be wrong without showing it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime


class EventsRefused(ValueError):
    """The events cannot be used. `where` is the path of the key, such as `events[3].investigation`."""

    def __init__(self, where: str, what: str, do: str) -> None:
        super().__init__(f"{where}: {what} {do}")
        self.where = where
        self.what = what
        self.do = do


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalEvent:
    """One thing that happened on a day in Sweden. `place` is its number in what was written, from 0.

    `id` names what begins (a report, an investigation, a placement, an immediate taking, a decision, an
    application), `about` what a later event refers to, by the key `about_key`. `person` is the child where
    there is one.
    """

    on: date
    kind: str
    place: int = 0
    id: str | None = None
    person: str | None = None
    about: str | None = None
    about_key: str = ""
    report: str | None = None
    application: str | None = None
    decision: str | None = None
    question: str = ""
    until: date | None = None
    form: str = ""
    law: str = ""
    suspected_violence: bool = False
    intervention: bool = False
    custody: bool = False
    plan: bool = False

    def at(self, key: str) -> str:
        """The path of a key of the event."""
        return f"events[{self.place}].{key}"


@dataclass(frozen=True, slots=True)
class Kind:
    """The keys of a kind of event: {key written: field}. Several keys may fill the same field."""

    needed: Mapping[str, str]
    allowed: Mapping[str, str]
    # A field that one of several keys must fill.
    one_of: tuple[str, ...] = ()


_CHILD = {"child": "person"}
_TEXT = frozenset({"question", "form", "law", "from", "ground"})

KINDS: Mapping[str, Kind] = {
    "concern_report_received": Kind(
        _CHILD | {"id": "id"}, {"suspected_violence": "suspected_violence", "from": ""}
    ),
    "protection_assessed": Kind({"report": "about"}, {}),
    "not_investigated": Kind({"report": "about"}, {"ground": ""}),
    "investigation_opened": Kind(_CHILD | {"id": "id"}, {"question": "question", "report": "report"}),
    "investigation_extended": Kind({"investigation": "about", "until": "until"}, {"ground": ""}),
    "investigation_closed": Kind({"investigation": "about"}, {"intervention": "intervention", "ground": ""}),
    "placement_started": Kind(_CHILD | {"id": "id", "form": "form", "law": "law"}, {}),
    "placement_considered": Kind({"placement": "about"}, {"custody": "custody", "plan": "plan"}),
    "placement_ended": Kind(
        {}, _CHILD | {"placement": "about", "id": "about", "form": "", "law": ""}, ("placement", "id")
    ),
    "lvu_immediate": Kind(_CHILD | {"id": "id"}, {}),
    "lvu_submitted": Kind(
        {},
        _CHILD | {"lvu_immediate": "about", "immediate": "about", "lvu": "about", "id": "about"},
        ("lvu_immediate", "immediate", "lvu", "id", "child"),
    ),
    "decision_granted": Kind({"person": "person", "id": "id"}, {"application": "application"}),
    "decision_executed": Kind({"decision": "about"}, {}),
    "decision_interrupted": Kind({"decision": "about"}, {}),
    "decision_communicated": Kind({"decision": "about"}, {"person": "person"}),
    "application_received": Kind({"person": "person", "id": "id"}, {}),
    "application_decided": Kind(
        {},
        {"application": "about", "id": "about", "decision": "decision", "person": ""},
        ("application", "id"),
    ),
}
_DAYS = frozenset({"on", "until"})
_ANSWERS = frozenset({"suspected_violence", "intervention", "custody", "plan"})
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1950, 2199
_YES, _NO = frozenset({"true", "yes"}), frozenset({"false", "no"})


def read_events(written: Sequence[object], today: date) -> list[LegalEvent]:
    """The events as written: mappings of keys to text, dates and yes or no. Raises EventsRefused."""
    return [_event(one, place, today) for place, one in enumerate(written)]


def read_day(value: object, where: str) -> date:
    """A day written as 2026-05-22. Raises EventsRefused."""
    if isinstance(value, date) and not isinstance(value, datetime):
        day = value
    elif isinstance(value, str) and _ISO_DAY.fullmatch(value.strip()):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            raise EventsRefused(where, "There is no such day.", "Check the month and the day.") from None
    else:
        raise EventsRefused(where, "This is not a day.", "Write it as 2026-05-22.")
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise EventsRefused(where, "The year cannot be right.", f"Write a year from {_FIRST_YEAR} on.")
    return day


def _event(written: object, place: int, today: date) -> LegalEvent:
    here = f"events[{place}]"
    if not isinstance(written, Mapping):
        raise EventsRefused(here, "This is not an event.", "Write keys and values: on, kind and the others.")
    if is_missing(written.get("kind")):
        raise EventsRefused(f"{here}.kind", "The kind of event is missing.", "Give one of the known kinds.")
    name = str(written["kind"])
    kind = KINDS.get(name)
    if kind is None:
        raise EventsRefused(
            f"{here}.kind", f"There is no kind of event {name!r}.", f"Use one of: {', '.join(KINDS)}."
        )
    fields: dict[str, object] = {}
    for key, value in written.items():
        if key in ("on", "kind"):
            continue
        field = kind.needed.get(key, kind.allowed.get(key)) if isinstance(key, str) else None
        if field is None:
            known = ", ".join(["on", "kind", *kind.needed, *kind.allowed])
            raise EventsRefused(f"{here}.{key}", f"{name} has no key {key!r}.", f"Use only: {known}.")
        read = _value(key, value, f"{here}.{key}")
        if field and read is not None and fields.setdefault(field, read) != read:
            raise EventsRefused(f"{here}.{key}", "Two keys say different things.", "Keep one of them.")
        if field == "about" and read is not None:
            fields["about_key"] = key
    for key in ("on", *kind.needed):
        if is_missing(written.get(key)):
            raise EventsRefused(f"{here}.{key}", f"{name} needs {key}.", "Add it.")
    if kind.one_of and all(is_missing(written.get(key)) for key in kind.one_of):
        raise EventsRefused(f"{here}.{kind.one_of[0]}", f"{name} does not say what it is about.", "Add it.")
    on = read_day(written["on"], f"{here}.on")
    if on > today:
        raise EventsRefused(
            f"{here}.on", "The event lies after today.", "Leave out what has not happened yet."
        )
    return LegalEvent(on=on, kind=name, place=place, **fields)  # type: ignore[arg-type]


def is_missing(value: object) -> bool:
    """Whether nothing was written. An answer that is missing is never a no."""
    return value is None or (isinstance(value, str) and value.strip() in ("", "~", "null"))


def _value(key: str, value: object, where: str) -> object:
    if is_missing(value):
        return None
    if key in _DAYS:
        return read_day(value, where)
    if key in _ANSWERS:
        answer = str(value).lower()
        if answer not in _YES | _NO:
            raise EventsRefused(where, "This is neither yes nor no.", "Write true or false.")
        return answer in _YES
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).strip()
    raise EventsRefused(
        where, "This is not a text." if key in _TEXT else "This is not an id.", "Write one word."
    )
