"""The ages and days of `parameters/record.yaml`, each with what it rests on and whether that has been read."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

SOURCES = {
    "own setting": _("own setting"),
    "own setting; OSL 12:3 not read": _("own setting; OSL 12:3 not read"),
    "own setting; OSL 12:3 and FB 6:11 not read": _("own setting; OSL 12:3 and FB 6:11 not read"),
    "own setting; OSL 12:2-3 not read": _("own setting; OSL 12:2-3 not read"),
    "SoL2001 11:10; its place in SoL 2025:400 not read": _("SoL 2001:453 11:10; its place in SoL 2025:400 not read"),
}


@dataclass(frozen=True, slots=True)
class RecordNumber:
    """One age (years), delay (days) or choice as it is shipped. `status` is `confirmed` or `unconfirmed`, and then it is shown."""

    code: str
    value: int
    written: str
    status: str

    @property
    def source(self) -> str:
        """What the number rests on, in the reader's language; the names of acts stay as they are."""
        return str(SOURCES.get(self.written, self.written))

    @property
    def is_confirmed(self) -> bool:
        return self.status == "confirmed"


@lru_cache(maxsize=1)
def record_numbers() -> dict[str, RecordNumber]:
    """All of them by code."""
    return {
        row["code"]: RecordNumber(row["code"], row["value"], row["source"], row["status"]) for row in _file()["numbers"]
    }


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
