"""The dated rules of `parameters/retention.yaml`, what the contexts above say of their files, and who follows an erasure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from importlib import resources
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings

from handslag.casework.rules.retention import (
    Falls,
    FileFacts,
    PaymentRule,
    ResearchRule,
    RetentionRule,
    RetentionVersion,
    falls_due,
)

RecordOf = Callable[[UUID], str]
BeforeErasure = Callable[[UUID, datetime], None]

_record_of: dict[str, RecordOf] = {}
_parts: list[str] = []
_before: list[BeforeErasure] = []


@lru_cache(maxsize=1)
def retention_file() -> dict[str, Any]:
    """The file as it stands."""
    text = resources.files("handslag.casework").joinpath("parameters/retention.yaml").read_text("utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


@lru_cache(maxsize=1)
def retention_rules() -> dict[str, RetentionRule]:
    """Rules by kind of record. Raises on a row that breaks the form of the file."""
    return {
        row["record"]: RetentionRule(
            row["record"], tuple(RetentionVersion(**version) for version in row["versions"]), row.get("otherwise", "")
        )
        for row in retention_file()["records"]
    }


@lru_cache(maxsize=1)
def research_rules() -> tuple[ResearchRule, ...]:
    """What is kept for research, by day."""
    found = []
    for row in retention_file()["research"]:
        told: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        found.append(ResearchRule(**told))
    return tuple(found)


def payment_rule(on: date) -> PaymentRule:
    """The rule of bookkeeping for what is paid on a day, with the municipality's own number of years."""
    rows = sorted((PaymentRule(**row) for row in retention_file()["payments"]), key=lambda row: row.valid_from)
    latest = next((row for row in reversed(rows) if row.valid_from <= on), rows[0])
    return replace(latest, years=int(getattr(settings, latest.setting))) if latest.setting else latest


def register_before_erasure(keep: BeforeErasure) -> None:
    """Call `keep(case_id, at)` as the system before a file is erased, in its transaction: what another law keeps is put apart."""
    if keep not in _before:
        _before.append(keep)


def keep_apart(case_id: UUID, at: datetime) -> None:
    """Let the contexts above put apart what they must keep of a file that is erased now."""
    for keep in _before:
        keep(case_id, at)


def register_record(case_kind: str, record_of: RecordOf) -> None:
    """Ask `record_of(case_id)` which kind of record of `retention.yaml` a case of the kind is."""
    _record_of[case_kind] = record_of


def register_erasure(context: str) -> None:
    """Say that a context keeps rows of cases in its own tables, `<context>_…`; they are erased with the case.

    A row is of the case when it names it (a foreign key to the case), or hangs on a row of the same context that does.
    """
    if context not in _parts:
        _parts.append(context)


def parts_to_erase() -> list[str]:
    """The contexts above that keep rows of cases, latest registered first, and casework last."""
    return [*reversed(_parts), "casework"]


def record_of(case_kind: str, case_id: UUID) -> str:
    """Which kind of record a case is; empty for a kind that nobody has said anything of, and then nothing is erased."""
    if case_kind in _record_of:
        return _record_of[case_kind](case_id)
    return str(retention_file()["kinds"].get(case_kind, ""))


def falls(facts: FileFacts, on: date) -> Falls:
    """What the shipped rules and this municipality's settings say of a file on a day."""
    return falls_due(
        facts,
        on=on,
        rules=_with_settings(),
        research=research_rules(),
        keeps=str(settings.HANDSLAG_KEEPS_FOR_RESEARCH),
        municipality=str(settings.HANDSLAG_MUNICIPALITY_CODE),
    )


def _with_settings() -> dict[str, RetentionRule]:
    """The shipped rules with the municipality's own years where a rule names a setting."""
    found = {}
    for record, rule in retention_rules().items():
        versions = tuple(
            replace(one, years=int(getattr(settings, one.setting))) if one.setting else one for one in rule.versions
        )
        found[record] = replace(rule, versions=versions)
    return found
