"""The dated rules of `parameters/decisions.yaml`: what an application is decided under, and what a closing may leave out."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml
from django.conf import settings

from handslag.casework import public as casework


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal ground that an application of the kind may be decided under. `required`: the law owes a decision."""

    kind: str
    legal_ground: str
    required: bool
    valid_from: date
    valid_to: date | None
    source: str
    status: str

    def is_confirmed(self, on: date) -> bool:
        """Whether the row, and how the decision is challenged, have been read in the act."""
        return self.status == "confirmed" and casework.is_appeal_confirmed(self.legal_ground, on)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    text = resources.files("handslag.adult_support").joinpath("parameters/decisions.yaml").read_text("utf-8")
    rules: dict[str, Any] = yaml.safe_load(text)
    return rules


def grounds_of(kind: str, on: date) -> list[Ground]:
    """The grounds that an application of the kind may be decided under on a day, the usual one first; empty where such
    applications are not decided: the law owes none and the municipality has not set that it decides them."""
    rows = [Ground(**row) for row in _rules()["decisions"] if row["kind"] == kind]
    held = [one for one in rows if one.valid_from <= on and (one.valid_to is None or on < one.valid_to)]
    return [one for one in held if one.required or settings.HANDSLAG_DEBT_COUNSELLING_DECIDES]


def is_decided(kind: str, on: date) -> bool:
    """Whether an application of the kind ends in a decision."""
    return bool(grounds_of(kind, on))


def may_be_left_out(because: str) -> frozenset[str]:
    """The codes of the steps that may be missing when a case is closed for the reason. Our own rule: unconfirmed."""
    rows = {row["because"]: row["steps"] for row in _rules()["closing_without"]}
    return frozenset(rows.get(because, ()))
