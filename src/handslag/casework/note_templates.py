"""The headings of `parameters/note_templates.yaml`: something to begin a note with, by kind of note and kind of case."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml
from django.utils.translation import get_language

from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class NoteTemplate:
    """Headings to write under. `case_kinds` empty: in every kind of case. `kind` is the kind of note that it belongs to."""

    code: str
    kind: str
    case_kinds: tuple[str, ...]
    label_in: dict[str, str]
    headings_in: dict[str, list[str]]

    @property
    def label(self) -> str:
        """What it is called, in the reader's language."""
        return self.label_in[_language()]

    @property
    def text(self) -> str:
        """The headings, each with an empty line to write on, in the reader's language."""
        return "\n\n".join(f"{heading}:" for heading in self.headings_in[_language()])


def note_templates(case_kind: str) -> list[NoteTemplate]:
    """Those for a kind of case: its own first, then those for all, each in the order of the file."""
    fitting = [one for one in _all() if not one.case_kinds or case_kind in one.case_kinds]
    return sorted(fitting, key=lambda one: not one.case_kinds)


def note_template(code: str) -> NoteTemplate:
    """The one with a code; raises BadInput."""
    for one in _all():
        if one.code == code:
            return one
    raise foundation.BadInput("There is no such template.", where="template", do="Choose one of them.")


@lru_cache(maxsize=1)
def _all() -> tuple[NoteTemplate, ...]:
    text = resources.files("handslag.casework").joinpath("parameters/note_templates.yaml").read_text("utf-8")
    return tuple(_read(row) for row in yaml.safe_load(text)["templates"])


def _read(row: dict[str, Any]) -> NoteTemplate:
    return NoteTemplate(row["code"], row["kind"], tuple(row["case_kinds"]), row["label"], row["headings"])


def _language() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"
