"""The way through the e-service: which pages there are, in which order, and what has been answered on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.portal.citizen.concern.forms import (
    ANONYMOUS,
    PRIVATE,
    YES,
    ChildForm,
    DangerForm,
    DangerTextForm,
    KindsForm,
    PapersForm,
    PrivateForm,
    ProfessionalForm,
    SeenForm,
    WhenForm,
    WhereForm,
    WhoForm,
)

DANGER, CALL, SEEN, KINDS, WHEN, CHILDREN = "fara", "fara-nu", "oro", "vad", "nar", "barn"
WHERE, WHO, CONTACT, PAPERS, SUMMARY = "var", "vem", "du", "bilder", "se-over"
MOST_CHILDREN = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One page: its heading and why we ask."""

    slug: str
    title: "str | Promise"
    why: "str | Promise"


STEPS = {
    step.slug: step
    for step in (
        Step(DANGER, _("Danger now"), _("A child in danger needs help at once, not a form.")),
        Step(CALL, _("Call now"), ""),
        Step(
            SEEN,
            _("What worries you"),
            _("You do not need to be certain or to have proof. We find out what the child needs."),
        ),
        Step(KINDS, _("What it is about"), _("So that the right person reads it first.")),
        Step(
            WHEN, _("When it happened"), _("What happened lately can be more urgent than what is long past.")
        ),
        Step(CHILDREN, _("Which child or children"), _("We judge the need of protection for each child.")),
        Step(
            WHERE, _("Where the child is now"), _("So that we know where the child is if we must act today.")
        ),
        Step(WHO, _("Who you are"), _("You decide yourself. It means different things for you.")),
        Step(CONTACT, _("About you"), _("So that we can ask you more.")),
        Step(
            PAPERS,
            _("Photos and papers"),
            _("Add something only if you already have it. Do not take risks for a picture."),
        ),
        Step(SUMMARY, _("Look through and send"), ""),
    )
}


def steps_of(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The pages that this report goes through, as far as it is answered."""
    danger = _value(answers, DANGER, "danger_now")
    kind = _value(answers, WHO, "kind")
    left_out = set() if danger == YES else {CALL}
    if kind in ("", ANONYMOUS):
        left_out.add(CONTACT)
    return tuple(slug for slug in STEPS if slug not in left_out)


def counted(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The pages that are counted for the reader. The call is no page of its own, and as long as nobody has said who
    reports, the page about them is counted: the count may become shorter on the way, never longer."""
    way = [slug for slug in steps_of(answers) if slug != CALL]
    if not _value(answers, WHO, "kind"):
        way.insert(way.index(WHO) + 1, CONTACT)
    return tuple(way)


def form_of(slug: str, answers: Mapping[str, Any], data: Mapping[str, Any] | None) -> forms.Form:
    """The form of a page, bound to what was typed; unbound for None."""
    kinds: dict[str, type[forms.Form]] = {
        DANGER: DangerForm,
        CALL: DangerTextForm,
        SEEN: SeenForm,
        KINDS: KindsForm,
        WHEN: WhenForm,
        CHILDREN: ChildForm,
        WHERE: WhereForm,
        WHO: WhoForm,
        CONTACT: PrivateForm if _value(answers, WHO, "kind") == PRIVATE else ProfessionalForm,
        PAPERS: PapersForm,
    }
    return kinds[slug](_sent(data) if data is not None else None)


def typed(form: forms.Form, sent: QueryDict) -> dict[str, Any]:
    """What was typed into the form's own fields, as it was typed; empty boxes are left out."""
    kept: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = (
            sent.getlist(name) if isinstance(field, forms.MultipleChoiceField) else sent.get(name, "").strip()
        )
        if value:
            kept[name] = value
    return kept


def unfinished(answers: Mapping[str, Any]) -> str:
    """The first page that lacks an answer; empty when all is there."""
    for slug in steps_of(answers):
        if slug in (SUMMARY, PAPERS):
            continue
        if slug == CHILDREN:
            if not answers.get(CHILDREN) or not all(
                form_of(CHILDREN, answers, child).is_valid() for child in answers[CHILDREN]
            ):
                return slug
        elif slug in (CALL, KINDS):
            if slug not in answers:
                return slug
        elif not form_of(slug, answers, answers.get(slug, {})).is_valid():
            return slug
    return ""


def cleaned(slug: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The checked answers of a page that has none that are wrong."""
    form = form_of(slug, answers, answers.get(slug, {}))
    form.is_valid()
    return form.cleaned_data


def _value(answers: Mapping[str, Any], slug: str, name: str) -> str:
    found = answers.get(slug)
    return str(found.get(name, "")) if isinstance(found, Mapping) else ""


def _sent(data: Mapping[str, Any]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        if isinstance(value, list):
            sent.setlist(name, value)
        else:
            sent[name] = str(value)
    return sent
