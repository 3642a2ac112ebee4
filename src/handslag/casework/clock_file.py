"""`handslag clocks EVENTS.yaml`: legal time from a file of events, without database, network or web frame."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.rules.clock_events import EventsRefused, is_missing, read_day, read_events
from handslag.casework.rules.clock_warnings import Warning, warnings_of
from handslag.casework.rules.clocks import Clock, clocks_of

_DEEPEST = 6


def main(path: str | Path) -> tuple[int, str]:
    """Exit status and JSON text: 0 with clocks and warnings, 2 with one error that says where.

    `unconfirmed` is there only when a clock rests on a rule whose words have not been read in the act; it
    names those rules.
    """
    try:
        answer = _answer(_read(Path(path)))
    except EventsRefused as refused:
        error = {"where": refused.where, "what": refused.what, "do": refused.do}
        return 2, _json({"error": error})
    return 0, _json(answer)


def _answer(written: object) -> dict[str, object]:
    if not isinstance(written, Mapping):
        raise EventsRefused("", "The file holds no keys.", "Write today: and events:.")
    for key in written:
        if key not in ("today", "events"):
            raise EventsRefused(str(key), f"There is no key {key!r}.", "Use only today and events.")
    if is_missing(written.get("today")):
        raise EventsRefused("today", "The day to count to is missing.", "Add today: 2026-05-22.")
    today = read_day(written["today"], "today")
    events = written.get("events")
    if events is None or (isinstance(events, str) and is_missing(events)):
        raise EventsRefused("events", "The events are missing.", "Write a list; it may be empty: [].")
    if not isinstance(events, list):
        raise EventsRefused("events", "The events are no list.", "Write each event with a dash before it.")
    timing = clocks_of(read_events(events, today), load_clock_rules(), today)
    answer: dict[str, object] = {
        "clocks": [_clock(clock) for clock in timing.clocks],
        "warnings": [_warning(warning) for warning in warnings_of(timing)],
    }
    if timing.unconfirmed:
        answer["unconfirmed"] = timing.unconfirmed
    return answer


def _clock(clock: Clock) -> dict[str, object]:
    return {
        "rule": clock.rule,
        "about": clock.about,
        "person": clock.person,
        "start": clock.start,
        "last_day": clock.last_day,
        "state": clock.state,
        "closed_on": clock.closed_on,
        "days_left": clock.days_left,
        "source": clock.source,
    }


def _warning(warning: Warning) -> dict[str, object]:
    return {"code": warning.code, "person": warning.person, **warning.facts, "text": warning.text}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_day)


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in the answer")


def _read(path: Path) -> object:
    """The file as mappings, lists and plain text: dates and numbers are read where they are used."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except OSError:
        raise EventsRefused("", "The file cannot be read.", "Check the path.") from None
    except UnicodeDecodeError:
        raise EventsRefused("", "The file is not UTF-8 text.", "Save it as UTF-8.") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        raise EventsRefused(
            where, "The file is not valid YAML.", "Check indentation, quotes and colons."
        ) from None
    return None if node is None else _plain(node, "", 0)


def _plain(node: yaml.Node, where: str, depth: int) -> object:
    if depth > _DEEPEST:
        raise EventsRefused(where, "This lies too deep.", "Events are plain keys and values.")
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, f"{where}[{place}]", depth + 1) for place, one in enumerate(node.value)]
    read: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        # Writers of YAML 1.1 take the word `on` for yes and write it back as `true`.
        key = "on" if key == "true" and depth > 0 else key
        here = f"{where}.{key}" if where else key
        if key in read:
            raise EventsRefused(here, "The key stands twice.", "Keep one of them.")
        read[key] = _plain(value_node, here, depth + 1)
    return read
