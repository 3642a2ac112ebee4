"""Our own settings of the reception: targets and limits that are no law. Loaded from parameters/reception.yaml."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "parameters" / "reception.yaml"


@dataclass(frozen=True, slots=True)
class ReceptionSettings:
    """Hours until a child's need of protection shall be assessed; how many reports within how many months without
    an investigation must be answered; how many days at most the fourteen of SoL 20:2 are extended by; how many days
    before its last day a report comes before the newest in the list; within how many days reports are proposed as told
    of the same event; whether the time to tell a reporter under duty runs for everyone, or only who asked to be told."""

    protection_target_hours: int
    repeat_reports: int
    repeat_months: int
    preliminary_extension_most_days: int
    last_day_near_days: int
    same_event_days: int
    tell_every_reporter_under_duty: bool


@lru_cache(maxsize=1)
def reception_settings() -> ReceptionSettings:
    """The settings in use."""
    return ReceptionSettings(**yaml.safe_load(FILE.read_text(encoding="utf-8"))["settings"])
