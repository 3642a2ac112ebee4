"""The dated grounds of `parameters/masking_grounds.yaml`: why a passage may be left out of a copy."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

import yaml
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class MaskingGround:
    """One ground. `status` is `confirmed` when the paragraph has been read, else `unconfirmed`, and then it is shown."""

    code: str
    sv: str
    en: str
    source: str
    status: str
    valid_from: date
    valid_to: date | None
    # Whether the reader of the record online is told that something is left out on this ground, and how much.
    may_be_told: bool = False

    @property
    def label(self) -> str:
        """What it protects, in the reader's language."""
        return self.en if (get_language() or "sv").startswith("en") else self.sv

    @property
    def is_confirmed(self) -> bool:
        return self.status == "confirmed"


@lru_cache(maxsize=1)
def masking_grounds() -> tuple[MaskingGround, ...]:
    """All rows, in the order of the file."""
    text = resources.files("handslag.casework").joinpath("parameters/masking_grounds.yaml").read_text("utf-8")
    return tuple(MaskingGround(**row) for row in yaml.safe_load(text)["grounds"])


@lru_cache(maxsize=1)
def ground_codes() -> frozenset[str]:
    """The codes of all rows."""
    return frozenset(ground.code for ground in masking_grounds())


def masking_ground(code: str) -> MaskingGround | None:
    """The row with a code, or None."""
    return next((ground for ground in masking_grounds() if ground.code == code), None)
