"""The words that may tell who reported, as they hold today: shipped (`parameters/telling_words.yaml`), and in their place
what the municipality has decided from a day on (`TellingWords`)."""

from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml
from django.db.models import Q
from django.utils.translation import get_language

from handslag.child_protection.models import TellingWords
from handslag.child_protection.rules.telling_words import WordGroup, groups_of
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class TellingGroup:
    """A group with what it is called, for the page where it is decided. `is_own`: the municipality has decided its words."""

    group: WordGroup
    label_in: dict[str, str]
    is_own: bool = False

    @property
    def label(self) -> str:
        """What it is called, in the reader's language."""
        return self.label_in["en" if (get_language() or "sv").startswith("en") else "sv"]


def telling_groups() -> list[TellingGroup]:
    """Those that hold today, in the order of the file."""
    today = foundation.today()
    rows = TellingWords.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today), valid_from__lte=today
    )
    own = dict(rows.values_list("code", "words"))
    return [
        replace(one, group=replace(one.group, words=tuple(own[one.group.code])), is_own=True)
        if one.group.code in own
        else one
        for one in _shipped()
    ]


def telling_group(code: str) -> TellingGroup:
    """The one with a code, as it holds today; raises BadInput."""
    for one in telling_groups():
        if one.group.code == code:
            return one
    raise foundation.BadInput("There is no such group of words.", where="code", do="Choose one of them.")


def find_telling_words(actor: foundation.Actor) -> list[tuple[str, TellingWords]]:
    """Every version that the municipality has decided, with what its group is called; newest first in each group."""
    labels = {one.group.code: one.label for one in _shipped()}
    with foundation.acting(actor):
        rows = TellingWords.objects.select_related("decided_by").order_by("code", "-valid_from")
        return [(labels.get(row.code, row.code), row) for row in rows]


@lru_cache(maxsize=1)
def _shipped() -> tuple[TellingGroup, ...]:
    text = (
        resources.files("handslag.child_protection")
        .joinpath("parameters/telling_words.yaml")
        .read_text("utf-8")
    )
    rows: list[dict[str, Any]] = yaml.safe_load(text)["groups"]
    return tuple(
        TellingGroup(group, row["label"]) for group, row in zip(groups_of(rows), rows, strict=True)
    )  # fmt: skip
