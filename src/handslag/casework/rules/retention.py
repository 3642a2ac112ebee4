"""When a file falls due to be erased (SoL 16 kap., SoF 13:1). Pure: rules and days are passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handslag.casework.rules.calendar import add

After = Literal["last_note", "age", "never"]
Answer = Literal["erase", "not_yet", "keep", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class RetentionVersion:
    """What holds from `valid_from` up to, not including, `valid_to`; `closed_from`: for files closed on that day or later.

    `setting` names the municipality's own setting that gives the years, where no law that has been read does.
    """

    valid_from: date
    after: After
    source: str
    status: str
    valid_to: date | None = None
    closed_from: date | None = None
    years: int = 0
    age: int = 0
    setting: str = ""


@dataclass(frozen=True, slots=True)
class PaymentRule:
    """How long what was paid is kept as accounting, for payments from a day on."""

    valid_from: date
    years: int
    source: str
    status: str
    setting: str = ""

    def kept_until(self, paid_on: date) -> date:
        """The last day to keep it: the end of the last calendar year after the one in which it was paid."""
        return date(paid_on.year + self.years, 12, 31)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One kind of record. `otherwise`: the kind of record that it is when no version fits."""

    record: str
    versions: tuple[RetentionVersion, ...]
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class ResearchRule:
    """What is kept for research: everything in some municipalities, persons born on some days elsewhere."""

    valid_from: date
    counties: tuple[str, ...]
    municipalities: tuple[str, ...]
    birth_days: tuple[int, ...]
    source: str
    status: str
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it stands. `circumstances_ended_on` and each of `others_ended_on` (the same person's other files) is None while it goes on."""

    record: str
    closed_on: date | None
    last_note_on: date
    circumstances_ended_on: date | None
    born: date | None
    others_ended_on: tuple[date | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Falls:
    """Whether a file is to be erased on the day asked for, since when, until when, and by which rule; `why` is a code."""

    answer: Answer
    why: str
    duty_on: date | None = None
    done_by: date | None = None
    source: str = ""
    status: str = ""


def falls_due(
    facts: FileFacts,
    *,
    on: date,
    rules: Mapping[str, RetentionRule],
    research: tuple[ResearchRule, ...],
    keeps: str,
    municipality: str = "",
) -> Falls:
    """What the law says of a file on a day. `keeps`: `all`, `sample`, or `by_code` of the municipality's four digits.

    An example of the law: last note on 10 May 2020, duty on 10 May 2025, done by 31 December 2026.
    """
    version = _version(facts, on, rules)
    if version is None:
        return Falls("cannot_tell", "no_rule")
    source, status = version.source, version.status
    if version.after == "never":
        return Falls("keep", "never", source=source, status=status)
    if facts.closed_on is None:
        return Falls("not_yet", "open", source=source, status=status)
    kept = _for_research(facts, on, research, keeps, municipality)
    if kept is not None:
        return kept
    if version.after == "age" and facts.born is None:
        return Falls("cannot_tell", "birth_not_known", source=source, status=status)
    if facts.circumstances_ended_on is None or None in facts.others_ended_on:
        return Falls("not_yet", "circumstances", source=source, status=status)
    ended = [day for day in (facts.circumstances_ended_on, *facts.others_ended_on) if day is not None]
    duty = max(add(day, version.years, "years") for day in (facts.last_note_on, *ended))
    if version.after == "age" and facts.born is not None:
        duty = max(duty, add(facts.born, version.age, "years"))
    answer: Answer = "erase" if duty <= on else "not_yet"
    return Falls(answer, "duty", duty, done_by(duty), source, status)


def done_by(duty_on: date) -> date:
    """The last day to have erased it: the end of the year after the one in which the duty arose (SoL 16:1)."""
    return date(duty_on.year + 1, 12, 31)


def _version(facts: FileFacts, on: date, rules: Mapping[str, RetentionRule]) -> RetentionVersion | None:
    rule = rules.get(facts.record)
    if rule is None:
        return None
    for version in rule.versions:
        in_force = version.valid_from <= on and (version.valid_to is None or on < version.valid_to)
        closed = facts.closed_on or on
        if in_force and (version.closed_from is None or closed >= version.closed_from):
            return version
    other = rules.get(rule.otherwise)
    if other is None:
        return None
    return next(
        (one for one in other.versions if one.valid_from <= on and (one.valid_to is None or on < one.valid_to)), None
    )


def _for_research(
    facts: FileFacts, on: date, research: tuple[ResearchRule, ...], keeps: str, municipality: str
) -> Falls | None:
    """The answer when research keeps the file, or when nobody can say whether it does; None when it does not."""
    rule = next(
        (one for one in research if one.valid_from <= on and (one.valid_to is None or on < one.valid_to)), None
    )
    if rule is None:
        return Falls("cannot_tell", "no_rule")
    if keeps == "by_code" and len(municipality) != len("1480"):
        return Falls("cannot_tell", "municipality_not_known", source=rule.source, status=rule.status)
    whole = keeps == "all" or (
        keeps == "by_code" and (municipality in rule.municipalities or municipality[:2] in rule.counties)
    )
    if whole:
        return Falls("keep", "research_all", source=rule.source, status=rule.status)
    if facts.born is None:
        return Falls("cannot_tell", "birth_not_known", source=rule.source, status=rule.status)
    if facts.born.day in rule.birth_days:
        return Falls("keep", "research_sample", source=rule.source, status=rule.status)
    return None
