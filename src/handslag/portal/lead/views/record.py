"""The record: note templates and headings, who may read it online, and words that may tell who reported. Dated, with who decided and when; never overwritten."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.lead.forms import put_error
from handslag.portal.lead.record_forms import DecidedForm, HeadingsForm, RecordRuleForm, TellingWordsForm
from handslag.portal.shell.doors import staff

READERS = (Role.RULES_OFFICER, Role.MANAGER, Role.CONTROLLER, Role.BOARD)
AGES = ("own_from_age", "guardian_until_age", "told_from_age", "own_delay_days", "guardian_delay_days", "child_may_agree")


@staff(*READERS)
def record(request: Any) -> HttpResponse:
    """What holds today, and every version with who decided it."""
    today = foundation.today()
    kinds = {one.code: one.label for one in casework.case_kinds()}
    note_kinds = dict(casework.NoteKind.choices)
    templates = [
        (one, note_kinds.get(one.kind, one.kind), [kinds.get(code, code) for code in one.case_kinds])
        for one in casework.all_note_templates()
    ]
    context = {
        "here": "rules", "today": today, "templates": templates, "versions": casework.find_note_headings(request.actor),
        "rule": casework.record_rule(), "numbers": _numbers(), "rules": casework.find_record_rules(request.actor),
        "telling": children.telling_groups(), "telling_versions": children.find_telling_words(request.actor),
        "may_enter": foundation.has_role(request.actor, Role.RULES_OFFICER),
    }  # fmt: skip
    return render(request, "lead/record.html", context)


@staff(Role.RULES_OFFICER)
def headings(request: Any, code: str = "") -> HttpResponse:
    """Decide a template: a new one, or the next version of one that there is."""
    held = next((one for one in casework.all_note_templates() if one.code == code), None) if code else None
    if code and held is None:
        raise foundation.NotFound("There is no such template.", do="Choose one of them.")
    form = HeadingsForm(request.POST or None, initial=_values(held) if held else {})
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        lines = {name: typed.pop(name).splitlines() for name in ("headings_sv", "headings_en")}
        if _tried(form, lambda: casework.set_note_headings(code=code, **typed, **lines, by=request.actor, at=foundation.now())):
            messages.success(request, _("The template is decided. Notes that are written already keep their words."))
            return redirect("lead-record")
    context = {"form": form, "held": held, "here": "rules"}
    return render(request, "lead/record_headings.html", context, status=400 if form.errors else 200)


@staff(Role.RULES_OFFICER)
def end_headings(request: Any, code: str) -> HttpResponse:
    """Decide that a template is offered no more."""
    held = next((one for one in casework.all_note_templates() if one.code == code), None)
    if held is None:
        raise foundation.NotFound("There is no such template.", do="Choose one of them.")
    form = DecidedForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _tried(
        form, lambda: casework.end_note_headings(code=code, **form.cleaned_data, by=request.actor, at=foundation.now())
    ):
        messages.success(request, _("The template ends on the day that you gave."))
        return redirect("lead-record")
    context = {"form": form, "held": held, "ending": True, "here": "rules"}
    return render(request, "lead/record_headings.html", context, status=400 if form.errors else 200)


@staff(Role.RULES_OFFICER)
def rule(request: Any) -> HttpResponse:
    """Decide from which age, and after how many days, the record is read online."""
    now = casework.record_rule()
    form = RecordRuleForm(request.POST or None, initial={name: getattr(now, name) for name in AGES})
    if request.method == "POST" and form.is_valid() and _tried(
        form, lambda: casework.set_record_rule(**form.cleaned_data, by=request.actor, at=foundation.now())
    ):
        messages.success(request, _("The rule is decided. It holds from the day that you gave."))
        return redirect("lead-record")
    return render(request, "lead/record_rule.html", {"form": form, "here": "rules"}, status=400 if form.errors else 200)


@staff(Role.RULES_OFFICER)
def telling_words(request: Any, code: str) -> HttpResponse:
    """Decide the words of one group that may tell who reported."""
    held = next((one for one in children.telling_groups() if one.group.code == code), None)
    if held is None:
        raise foundation.NotFound("There is no such group of words.", do="Choose one of them.")
    form = TellingWordsForm(request.POST or None, initial={"words": "\n".join(held.group.words)})
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        words = typed.pop("words").splitlines()
        if _tried(
            form, lambda: children.set_telling_words(code=code, words=words, **typed, by=request.actor, at=foundation.now())
        ):
            messages.success(request, _("The words are decided. They hold from the day that you gave."))
            return redirect("lead-record")
    context = {"form": form, "held": held, "here": "rules"}
    return render(request, "lead/record_words.html", context, status=400 if form.errors else 200)


def _numbers() -> list[tuple[Any, Any, casework.RecordNumber]]:
    """What holds today of each age and delay: its words, its value, and what it rests on."""
    rule, known, words = casework.record_rule(), casework.record_numbers(), RecordRuleForm.base_fields
    return [(words[code].label, getattr(rule, code), known[code]) for code in AGES]


def _tried(form: forms.Form, act: Any) -> bool:
    try:
        act()
    except foundation.BadInput as error:
        put_error(form, error)
        return False
    return True


def _values(held: casework.NoteTemplate) -> dict[str, Any]:
    return {
        "label_sv": held.label_in["sv"], "label_en": held.label_in["en"], "kind": held.kind, "in_kinds": list(held.case_kinds),
        "headings_sv": "\n".join(held.headings_in["sv"]), "headings_en": "\n".join(held.headings_in["en"]),
    }
