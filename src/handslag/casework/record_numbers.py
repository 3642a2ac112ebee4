"""The ages and days of `parameters/record.yaml`, each with what it rests on and whether that has been read."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class RecordNumber:
    """One age (years), delay (days) or choice as it is shipped. `status` is `confirmed` or `unconfirmed`, and then it is shown."""

    code: str
    value: int
    source: str
    status: str

    @property
    def is_confirmed(self) -> bool:
        return self.status == "confirmed"


@lru_cache(maxsize=1)
def record_numbers() -> dict[str, RecordNumber]:
    """All of them by code."""
    return {row["code"]: RecordNumber(**row) for row in _file()["numbers"]}


def shipped_from() -> date:
    """From which day the shipped numbers hold."""
    day: date = _file()["valid_from"]
    return day


def of_age_years() -> int:
    """The age at which custody ends."""
    return record_numbers()["of_age"].value


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    text = resources.files("handslag.casework").joinpath("parameters/record.yaml").read_text("utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read
