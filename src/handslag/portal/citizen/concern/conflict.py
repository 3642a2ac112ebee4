"""The draft was erased or sent in another window while somebody wrote on: what was just typed is shown, and asked about.

Nothing is kept before the writer has answered: the text stands in the page alone.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from handslag.portal.citizen.concern import steps
from handslag.portal.citizen.concern.drafts import Draft
from handslag.portal.citizen.concern.sealing import Seal

# The names of the fields that a page carries beside its answers.
MARK, ANEW = "draft", "anew"
GONE = "concern_gone"
_NOT_TYPED = {"csrfmiddlewaretoken", MARK, ANEW, "back", "stay"}


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed in one field, with the field's own words."""

    label: str
    answer: str


def remember(request: Any, seal: Seal) -> None:
    """Let the session know that the draft is gone by the writer's own hand; nothing of it can be had from this."""
    request.session[GONE] = seal.mark


def is_gone(request: Any, draft: Draft | None) -> bool:
    """Whether the page that was sent belongs to a draft that the writer has erased or sent, and they have not chosen
    yet what to do. A session that has ended, or a draft that is a day old, is told of in its own way."""
    mark = request.POST.get(MARK, "")
    if request.method != "POST" or not mark or ANEW in request.POST:
        return False
    if draft is not None:
        return bool(draft.seal.mark != mark)
    return bool(request.session.get(GONE) == mark)


def conflict(request: Any, slug: str, draft: Draft | None, *, was_sent: bool) -> HttpResponse:
    """The page that keeps what was typed: send it on as the beginning of a report, or let it go (409)."""
    sent = request.POST
    typed = [(name, value) for name in sent if name not in _NOT_TYPED for value in sent.getlist(name)]
    context = {
        "typed": typed,
        "lines": lines_of(slug, draft, sent),
        "files": bool(request.FILES),
        "was_sent": was_sent,
        "goes_on_in": draft is not None,
        "here": request.path,
        "draft": None,
        "may_keep": slug not in (steps.SUMMARY, steps.PAPERS) and any(value.strip() for _, value in typed),
    }
    return render(request, "concern/conflict.html", context, status=409)


def lines_of(slug: str, draft: Draft | None, sent: Any) -> list[Line]:
    """What was typed on a page, field by field."""
    if slug in (steps.SUMMARY, steps.PAPERS):
        return []
    answers = draft.answers if draft else {}
    form = steps.form_of(slug, answers, {name: sent.getlist(name) for name in sent})
    found = []
    for name, field in form.fields.items():
        values = [value for value in sent.getlist(name) if value.strip()]
        if isinstance(field, forms.ChoiceField):
            words = dict(field.choices)  # type: ignore[arg-type]
            values = [str(words.get(value, value)) for value in values]
        if values:
            found.append(Line(str(field.label), ", ".join(values)))
    return found
