"""Registering a person, giving a number, joining two records, and marks of protection."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.shell.days import DayField
from handslag.portal.shell.doors import staff

WORKERS = (Role.CASE_WORKER, Role.MANAGER, Role.RECEPTION)
PLACES = {"number": "identity_number"}
NUMBER_HELP = _("Twelve digits. A reserve number is written as the register gave it, with its letter.")


class RegisterForm(forms.Form):
    """What must be known of a person, and what may be known."""

    given_name = forms.CharField(label=_("Given name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    identity_number = forms.CharField(
        label=_("Identity number of the person"),
        help_text=NUMBER_HELP,
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born = DayField(
        label=_("Born"),
        required=False,
        picker=False,
        help_text=_("Only when there is no number. For example 1991-03-14."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=people.Sex.choices, initial=people.Sex.UNKNOWN)


class NumberForm(forms.Form):
    """A further number, or the right one instead of one that was entered by mistake."""

    identity_number = forms.CharField(
        label=_("Identity number of the person"),
        help_text=NUMBER_HELP,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    mistaken = forms.BooleanField(label=_("The present number was entered by mistake"), required=False)
    because = forms.CharField(label=_("Why was it wrong?"), required=False, max_length=200)


class MergeForm(forms.Form):
    """The other record of the same person."""

    other = forms.CharField(
        label=_("The other record's identity number"),
        help_text=_("The record with this number is joined into the one you came from. Nothing is lost."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LiftForm(forms.Form):
    """How it is known that a person about whom no register has answered is not protected."""

    because = forms.CharField(
        label=_("How do you know that the person is not protected?"),
        help_text=_("For example whom you asked, and when. It is kept with the mark."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write how you know it.")},
    )


class ProtectionForm(forms.Form):
    """The mark, and the staff who may read the person from now on."""

    mark = forms.ChoiceField(
        label=_("Mark"), choices=[c for c in people.Protection.choices if c[0] != "unknown"]
    )
    named = forms.MultipleChoiceField(
        label=_("Named staff"),
        help_text=_("Only these read the person and the person's cases."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@staff(*WORKERS)
def register(request: Any) -> HttpResponse:
    """A person becomes known."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["identity_number"] or None
        asked = form.cleaned_data | {"identity_number": told, "protection": _mark_of(told)}
        made = attempt(
            form,
            lambda: people.register_person(**asked, by=request.actor, at=foundation.now()),
            places=PLACES,
            tell_conflicts=True,
        )
        if made is not None:
            messages.success(request, gettext("The person is registered."))
            return redirect("desk-person", made.id)
    return _form(request, form, "desk/register_person.html", {"nav": "register"})


def _mark_of(identity_number: str | None) -> str:
    """What the register says of the number; a mark itself is set by those who may, so here it is only not known."""
    try:
        digits = people.parse_identity_number(identity_number or "").digits12
    except people.NotAnIdentityNumber:
        return str(people.Protection.UNKNOWN)
    mark = income_support.protection_of(digits)
    return mark if mark == people.Protection.NONE else str(people.Protection.UNKNOWN)


@staff(*WORKERS)
def number(request: Any, person_id: UUID) -> HttpResponse:
    """Give a further number, or correct the present one."""
    person = people.get_person(person_id, request.actor)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        present = people.identity_number_of(person.id, request.actor)
        common = {"number": asked["identity_number"], "by": request.actor, "at": foundation.now()}
        done = attempt(
            form,
            lambda: (
                people.correct_identity_number(
                    identity_number_id=present.id, because=asked["because"], **common
                )
                if asked["mistaken"] and present is not None
                else people.add_identity_number(person_id=person.id, **common)
            ),
            places=PLACES,
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("The number is saved."))
            return redirect("desk-person", person.id)
    return _form(request, form, "desk/person_number.html", {"nav": "search", "person": person})


@staff(*WORKERS)
def merge(request: Any, person_id: UUID) -> HttpResponse:
    """Join two records of one person; shown before it is done, by the name of the other."""
    person = people.get_person(person_id, request.actor)
    form = MergeForm(request.POST or None)
    other = None
    if request.method == "POST" and form.is_valid():
        found = attempt(
            form,
            lambda: people.search_persons(form.cleaned_data["other"], request.actor),
            field="other",
            tell_conflicts=True,
        )
        other = next((one for one in found or [] if one.person_id != person.id), None)
        if found is not None and other is None:
            form.add_error("other", _("There is no other record with this number that you may see."))
        if other is not None and "confirmed" in request.POST:
            duplicate = other.person_id
            done = attempt(
                form,
                lambda: people.merge_persons(
                    keep_id=person.id, duplicate_id=duplicate, by=request.actor, at=foundation.now()
                ),
                field="other",
                tell_conflicts=True,
            )
            if done is not None:
                messages.success(request, gettext("The records are one."))
                return redirect("desk-person", person.id)
    return _form(request, form, "desk/person_merge.html", {"nav": "search", "person": person, "other": other})


@staff(Role.PROTECTED, Role.MANAGER)
def protection(request: Any, person_id: UUID) -> HttpResponse:
    """Set or lift a mark of protection, and say who may read from then on."""
    actor = request.actor
    person = people.get_person(person_id, actor)
    unknown = person.protection == people.Protection.UNKNOWN
    form = ProtectionForm(
        request.POST or None, initial={"mark": person.protection, "named": [str(actor.account_id)]}
    )
    staff_names = [(str(account.id), account.name) for account in foundation.staff_accounts()]
    form.fields["named"].choices = staff_names  # type: ignore[attr-defined]
    if unknown:  # it is lifted with a reason, on a page of its own
        marks = [one for one in people.Protection.choices if one[0] not in ("unknown", "none")]
        form.fields["mark"].choices = marks  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        mark = form.cleaned_data["mark"]
        named = [UUID(each) for each in form.cleaned_data["named"]]
        common = {"person_id": person.id, "by": actor, "at": foundation.now()}
        done = attempt(
            form,
            lambda: (
                people.unprotect_person(**common)
                if mark == people.Protection.NONE
                else people.protect_person(mark=mark, named_account_ids=named, **common)
            ),
        )
        if done is not None:
            messages.success(request, gettext("The protection is saved."))
            return redirect("desk-person", person.id)
    return _form(request, form, "desk/person_protection.html", {"nav": "search", "person": person})


@staff(Role.PROTECTED, Role.MANAGER)
def lift_unknown(request: Any, person_id: UUID) -> HttpResponse:
    """End the treatment as protected of somebody about whom no register has answered, with the reason."""
    person = people.get_person(person_id, request.actor)
    foundation.log_read(request.actor, person_id=person.id, page="desk.person_protection", why="protected")
    if person.protection != people.Protection.UNKNOWN:
        return redirect("desk-person", person.id)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: people.lift_unknown_protection(
                person_id=person.id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The person is no longer treated as protected."))
            return redirect("desk-person", person.id)
    return _form(request, form, "desk/person_lift.html", {"nav": "search", "person": person})


def _form(request: Any, form: forms.Form, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**context, "form": form}, status=400 if form.errors else 200)
