"""Something to begin a note with, by kind of note and kind of case: the headings of `parameters/note_templates.yaml`, and in
front of them what the municipality has decided from a day on (`NoteHeadings`)."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml
from django.db.models import Q
from django.utils.translation import get_language

from handslag.casework.models import NoteHeadings
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class NoteTemplate:
    """Headings to write under. `case_kinds` empty: in every kind of case. `kind` is the kind of note that it belongs to."""

    code: str
    kind: str
    case_kinds: tuple[str, ...]
    label_in: dict[str, str]
    headings_in: dict[str, list[str]]
    # Whether the municipality has decided it, rather than the product come with it.
    is_own: bool = False

    @property
    def label(self) -> str:
        """What it is called, in the reader's language."""
        return self.label_in[_language()]

    @property
    def headings(self) -> list[str]:
        """The headings in the reader's language."""
        return self.headings_in[_language()]

    @property
    def text(self) -> str:
        """The headings, each with an empty line to write on, in the reader's language."""
        return "\n\n".join(f"{heading}:" for heading in self.headings)


def note_templates(case_kind: str) -> list[NoteTemplate]:
    """Those that hold today for a kind of case: its own first, then those for all, each in the order of the file."""
    fitting = [one for one in all_note_templates() if not one.case_kinds or case_kind in one.case_kinds]
    return sorted(fitting, key=lambda one: not one.case_kinds)


def all_note_templates() -> list[NoteTemplate]:
    """Those that hold today for any kind of case."""
    today = foundation.today()
    rows = NoteHeadings.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today), valid_from__lte=today)
    own = {row.code: row for row in rows.order_by("code")}
    found = [_own(own.pop(one.code)) if one.code in own else one for one in _shipped()]
    return [one for one in (*found, *map(_own, own.values())) if one.headings_in["sv"]]


def note_template(code: str) -> NoteTemplate:
    """The one with a code, as it holds today; raises BadInput."""
    for one in all_note_templates():
        if one.code == code:
            return one
    raise foundation.BadInput("There is no such template.", where="template", do="Choose one of them.")


def shipped_template(code: str) -> NoteTemplate | None:
    """The one that the product came with, or None."""
    return next((one for one in _shipped() if one.code == code), None)


def find_note_headings(actor: foundation.Actor) -> list[NoteHeadings]:
    """Every version that the municipality has decided, by code and newest first, with who decided it."""
    with foundation.acting(actor):
        return list(NoteHeadings.objects.select_related("decided_by").order_by("code", "-valid_from"))


def _own(row: NoteHeadings) -> NoteTemplate:
    labels = {"sv": row.label_sv, "en": row.label_en}
    headings = {"sv": list(row.headings_sv), "en": list(row.headings_en)}
    return NoteTemplate(row.code, row.kind, tuple(row.case_kinds), labels, headings, True)


@lru_cache(maxsize=1)
def _shipped() -> tuple[NoteTemplate, ...]:
    text = resources.files("handslag.casework").joinpath("parameters/note_templates.yaml").read_text("utf-8")
    return tuple(_read(row) for row in yaml.safe_load(text)["templates"])


def _read(row: dict[str, Any]) -> NoteTemplate:
    return NoteTemplate(row["code"], row["kind"], tuple(row["case_kinds"]), row["label"], row["headings"])


def _language() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"
