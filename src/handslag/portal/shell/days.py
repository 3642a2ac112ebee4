"""A day as people here write it, and the form field that asks for one."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.portal.shell.formats import MONTHS

_NUMBERS = re.compile(r"(\d{1,4})[\s./-]+(\d{1,2})[\s./-]+(\d{1,4})")
_RUN = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NAMED = re.compile(r"(?:den\s+)?(\d{1,2})(?::?[ae]|st|nd|rd|th)?[\s./-]+([a-zåäö]+)\.?[\s,./-]+(\d{4})")
_NAMED_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SHORTEST_NAME = 3


def day_in(text: str) -> date:
    """The day written as 2026-11-22, 22/11 2026, 22.11.2026, 22 nov 2026, November 22, 2026 or 20261122.

    ValueError for anything else, also for a day without its year.
    """
    written = " ".join(text.split()).lower()
    if found := _RUN.fullmatch(written):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(written):
        first, month, last = found[1], int(found[2]), found[3]
        if len(first) == 4 and len(last) <= 2:
            return date(int(first), month, int(last))
        if len(last) == 4 and len(first) <= 2:
            return date(int(last), month, int(first))
    if found := _NAMED.fullmatch(written):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _NAMED_FIRST.fullmatch(written):
        return date(int(found[3]), _month(found[1]), int(found[2]))
    raise ValueError("no day")


def _month(word: str) -> int:
    names = [name.lower() for language in MONTHS.values() for name in language]
    if len(word) >= _SHORTEST_NAME:
        for place, name in enumerate(names):
            if name.startswith(word):
                return place % 12 + 1
    raise ValueError("no month")


def _as_kept(text: str) -> str:
    """The day as a browser's picker takes it, or empty."""
    try:
        return day_in(text).isoformat()
    except ValueError:
        return ""


class DayInput(forms.DateInput):
    """The browser's own picker. What cannot be read as a day is kept, in a field of text, for whoever wrote it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        kept = _as_kept(value) if isinstance(value, str) else value
        context = super().get_context(name, kept or value, attrs)
        if value and not kept:
            context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """A day that a case worker chooses or writes; every form that asks for one asks with this.

    `picker=False` is for a day of birth, which is quicker to write than to look up in a calendar.
    """

    default_error_messages = {
        "required": _("Give the day."),
        "invalid": _("Write the day with its year, for example 2026-11-22 or 22/11 2026."),
    }

    def __init__(self, *, picker: bool = True, **options: Any) -> None:
        options.setdefault("widget", DayInput() if picker else forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = str(value).strip()
        if not text:
            return None
        try:
            return day_in(text)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
