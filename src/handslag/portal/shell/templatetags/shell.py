"""Tags that pages are written with: `{% load shell %}`."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from handslag.foundation import public as foundation
from handslag.portal.shell import formats
from handslag.portal.shell.icons import drawing

register = template.Library()
MONTH = "|".join(name for names in formats.MONTHS.values() for name in names)
# A case's or a report's number, a day or a month with its year, an amount; in a text that somebody wrote or the product said.
UNBROKEN = re.compile(
    rf"\b[A-ZÅÄÖ]{{2}}-\d{{4}}-\d{{5}}\b|(?:\b\d{{1,2}}\s)?\b(?:{MONTH})\s\d{{4}}\b|(?:[-\u2212])?\b\d{{1,3}}(?:\s?\d{{3}})*(?:,\d\d)?\skr\b",
    re.IGNORECASE,
)


@register.filter
def kr(amount: Decimal | int | str | None) -> SafeString | str:
    """`1 234,50 kr`, kept on one line; a dash for what is not known."""
    if amount is None or amount == "":
        return "–"
    return format_html('<span class="num">{}</span>', foundation.kr(foundation.money(amount)))


@register.filter
def day(value: date | datetime | str | None) -> str:
    """`27 november 2026`."""
    return formats.day(value)


@register.filter
def short_day(value: date | datetime | str | None) -> str:
    """`27 nov.`, with the year when it is another than this."""
    return formats.short_day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """`27 november 2026 kl. 14.30`, Swedish time."""
    return formats.moment(value)


@register.filter
def clock(value: datetime | None) -> str:
    """`14.30`, Swedish time."""
    return formats.clock(value)


@register.filter
def month(value: Any) -> str:
    """`november 2026`, of a day, a Month or `2026-11`."""
    return formats.month(value)


@register.filter
def relative(value: date | datetime | str | None) -> str:
    """`i dag`, `i morgon`, `om 3 dagar`, `för 2 dagar sedan`."""
    return formats.relative(value)


@register.filter
def tell(stored: Any) -> str:
    """A text that the system wrote as a code, in the reader's language; days and months in it are written out."""
    return foundation.tell(stored)


@register.filter
def tel(number: str) -> str:
    """The address that calls a Swedish number: `08-465 004 12` is `tel:+46846500412`."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return f"tel:+46{digits.removeprefix('0')}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from `icons.py`; decorative unless it has a label."""
    return drawing(name, label)


@register.inclusion_tag("shell/parts/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """A form field with label, description and error, joined by aria-describedby.

    Options: `unit` (written after the box), `width` (characters), `optional` (False hides the word optional).
    """
    described = []
    if bound.help_text:
        described.append(f"{bound.auto_id}_about")
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    attributes: dict[str, Any] = {"class": "ds-input"}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if options.get("width"):
        attributes["size"] = options["width"]
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or type(widget).__name__.lower()
    return {
        "bound": bound,
        "kind": "choices" if widget.use_fieldset else kind,
        "drawn": "" if widget.use_fieldset else bound.as_widget(attrs=attributes),
        "described": " ".join(described),
        "unit": options.get("unit", ""),
        "optional": options.get("optional", True) and not bound.field.required,
    }


@register.inclusion_tag("shell/parts/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """All errors of the forms on top of the page, each a link to its field."""
    rows: list[tuple[str, str]] = []
    for form in forms:
        rows += [("", str(error)) for error in form.non_field_errors()]
        for bound in form:
            # A group of choices is reached at its first choice.
            place = f"{bound.auto_id}_0" if bound.field.widget.use_fieldset else bound.auto_id
            rows += [(place, str(error)) for error in bound.errors]
    return {"rows": rows}


@register.filter
def whole(number: object) -> SafeString:
    """A case number on one line: a browser would else break it at its hyphens."""
    return format_html('<span class="nowrap">{}</span>', number)


@register.filter
def unbroken(text: object) -> SafeString:
    """A text in which a case number, a month and an amount each stay on one line."""
    return SafeString(UNBROKEN.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(str(text))))
