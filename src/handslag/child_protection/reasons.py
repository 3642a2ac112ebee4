"""A reason in words: the least that a decision about a child must say, for reports and investigations alike (FL 32)."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from handslag.foundation import public as foundation

FILE = Path(__file__).parent / "parameters" / "reasons.yaml"


@dataclass(frozen=True, slots=True)
class ReasonSettings:
    """How many characters and how many words a reason has at least. Our own measure, not the law's."""

    least_letters: int
    least_words: int


@lru_cache(maxsize=1)
def reason_settings() -> ReasonSettings:
    """The settings in use."""
    return ReasonSettings(**yaml.safe_load(FILE.read_text(encoding="utf-8")))


def in_words(text: str, where: str) -> str:
    """The reason as it is stored; raises BadInput at the field `where` for an empty one, a letter or a single word."""
    least, said = reason_settings(), " ".join(text.split())
    if not said:
        raise foundation.BadInput(
            "The reason is missing.", where=where, do="Write it; it stands in the case."
        )
    if len(said) < least.least_letters or len(said.split()) < least.least_words:
        raise foundation.BadInput(
            "The reason is too short for somebody else to understand.",
            where=where,
            do="Write it in words, at least {letters} characters.",
            values={"letters": least.least_letters},
        )
    return text.strip()
