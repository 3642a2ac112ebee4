"""The report told back before it is sent: each page with its answers, and where to change them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from handslag.portal.citizen.concern import steps
from handslag.portal.citizen.concern.drafts import Paper


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer."""

    label: "str | Promise"
    answer: str


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the report."""

    slug: str
    title: "str | Promise"
    lines: tuple[Line, ...]


def parts_of(answers: Mapping[str, Any], papers: Sequence[Paper]) -> list[Part]:
    """Every page but the summary, in order; what is not answered is said to be so."""
    parts = []
    for slug in steps.steps_of(answers):
        if slug == steps.SUMMARY:
            continue
        title = steps.STEPS[slug].title
        if slug == steps.PAPERS:
            lines = [Line(_("Files"), ", ".join(paper.name for paper in papers) or _("None"))]
        elif slug == steps.CHILDREN:
            lines = [
                Line(_("Child {number}").format(number=number), child_in_words(child))
                for number, child in enumerate(answers.get(slug) or [], start=1)
            ]
        else:
            lines = _lines(steps.form_of(slug, answers, answers.get(slug) or {}))
        parts.append(Part(slug, title, tuple(lines)))
    return parts


def child_in_words(child: Mapping[str, Any]) -> str:
    """One child in a line: name, age, where it lives."""
    name = f"{child.get('given_name', '')} {child.get('family_name', '')}".strip()
    told = [name or _("Name not known"), child.get("age_told", ""), child.get("lives_with", "")]
    return ", ".join(str(one) for one in told if one)


def _lines(form: forms.Form) -> list[Line]:
    lines = []
    for bound in form:
        words = _in_words(bound)
        if words:
            lines.append(Line(bound.label, words))
    return lines


def _in_words(bound: forms.BoundField) -> str:
    value = bound.data
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        known = {str(key): str(words) for key, words in choices}
        chosen = value if isinstance(value, list) else [value] if value else []
        return ", ".join(known.get(str(one), "") for one in chosen)
    if isinstance(bound.field, forms.BooleanField):
        return _("Yes") if value else ""
    return str(value or "")
