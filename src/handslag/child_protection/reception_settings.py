"""Our own settings of the reception: targets and limits that are no law. Loaded from parameters/reception.yaml."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "parameters" / "reception.yaml"


@dataclass(frozen=True, slots=True)
class ReceptionSettings:
    """Hours until a child's need of protection shall be assessed; how many reports within how many months without
    an investigation must be answered; how many days at most the fourteen of SoL 20:2 are extended by."""

    protection_target_hours: int
    repeat_reports: int
    repeat_months: int
    preliminary_extension_most_days: int


@lru_cache(maxsize=1)
def reception_settings() -> ReceptionSettings:
    """The settings in use."""
    return ReceptionSettings(**yaml.safe_load(FILE.read_text(encoding="utf-8"))["settings"])
