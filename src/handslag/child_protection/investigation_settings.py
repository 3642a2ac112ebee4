"""The municipality's own aims for investigations, from `parameters/investigation.yaml`."""

from datetime import date, timedelta
from functools import lru_cache
from importlib import resources

import yaml


@lru_cache(maxsize=1)
def target_days() -> dict[str, int | None]:
    """How many days from the opening an investigation aims at, by path; None: the last day of the law."""
    text = (
        resources.files("handslag.child_protection")
        .joinpath("parameters/investigation.yaml")
        .read_text("utf-8")
    )
    return dict(yaml.safe_load(text)["target_days"])


def target_on(path: str, opened_on: date) -> date | None:
    """The municipality's own day for an investigation on the path; never shown as law."""
    days = target_days()[path]
    return None if days is None else opened_on + timedelta(days=days)
