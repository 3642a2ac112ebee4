"""Taking down a report by telephone, e-mail, letter or visit: the words of the one who reports, and who it is."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.shell.doors import staff

WHO = (Role.RECEPTION, Role.CASE_WORKER, Role.MANAGER)
ROWS = 3


class TakenForm(forms.Form):
    """What was told, how it came, and who told it."""

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[one for one in children.Channel.choices if one[0] != children.Channel.WEB],
        initial=children.Channel.PHONE,
    )
    what_seen = forms.CharField(
        label=_("What was told"),
        help_text=_("In the reporter's own words. Write what was seen or heard, not what you think of it."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    when_seen = forms.CharField(label=_("When was it?"), required=False, max_length=500)
    where_now = forms.CharField(label=_("Where is the child now?"), required=False, max_length=500)
    danger_now = forms.BooleanField(label=_("A child is in danger right now"), required=False)
    danger_text = forms.CharField(
        label=_("What is the danger?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    concern_codes = forms.MultipleChoiceField(
        label=_("What is it about?"),
        required=False,
        choices=children.Concern.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label=_("Who reports?"),
        choices=children.ReporterKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who reports.")},
    )
    name = forms.CharField(label=_("Name of the reporter"), required=False, max_length=200)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False)
    profession = forms.ChoiceField(
        label=_("What kind of work?"), required=False, choices=[("", "–"), *children.Profession.choices]
    )
    employer = forms.CharField(label=_("Works at"), required=False, max_length=200)
    under_duty = forms.BooleanField(label=_("Must report by law (SoL 19:1)"), required=False)
    wants_feedback = forms.BooleanField(
        label=_("Wants to know whether an investigation is opened"), required=False
    )
    wants_protection = forms.BooleanField(
        label=_("Is afraid of what may happen if the family gets to know who reported"), required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") == children.ReporterKind.ANONYMOUS:
            told = [name for name in ("name", "phone", "email", "employer") if given.get(name)]
            for name in told:
                self.add_error(
                    name, _("An unknown reporter has no name here. Empty the box, or choose another kind.")
                )
        elif given.get("kind") and not given.get("name"):
            self.add_error("name", _("Write the name, or choose that the reporter is unknown."))
        if given.get("kind") == children.ReporterKind.PROFESSIONAL and not given.get("profession"):
            self.add_error("profession", _("Choose the kind of work that comes nearest."))
        return given


class ToldChildForm(forms.Form):
    """One child as it was told; an empty row is no child."""

    given_name = forms.CharField(label=_("Given name"), required=False, max_length=100)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=100)
    age_told = forms.CharField(label=_("Age"), required=False, max_length=60)
    identity_number = forms.CharField(
        label=_("Identity number of the person"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lives_with = forms.CharField(
        label=_("Lives where and with whom, or what the child looks like"), required=False, max_length=1_000
    )

    def clean_identity_number(self) -> str:
        text = str(self.cleaned_data["identity_number"]).strip()
        if text:
            try:
                return people.parse_identity_number(text, today=foundation.today()).digits12
            except people.NotAnIdentityNumber as fault:
                raise forms.ValidationError(gettext(fault.what)) from fault
        return text


ToldChildren = formset_factory(
    ToldChildForm, extra=0, min_num=ROWS, max_num=children.MOST_CHILDREN, absolute_max=20
)


@staff(*WHO)
def take_down(request: Any) -> HttpResponse:
    """The form; sent once however often it is pressed."""
    form = TakenForm(request.POST or None, initial={"key": uuid4()})
    rows = ToldChildren(request.POST or None, prefix="barn")
    if request.method == "POST" and "more" in request.POST:
        return _page(request, _unchecked(request), _one_more(request))
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        told = [_child(one) for one in rows.cleaned_data if any(one.values())]
        if not told:
            form.add_error(None, _("Write something about at least one child: a name, an age, a place."))
        else:
            made = attempt(
                form, lambda: _receive(form.cleaned_data, told, request.actor), tell_conflicts=True
            )
            if made is not None:
                messages.success(
                    request,
                    gettext("The report is taken down. Its number is {number}.").format(number=made.number),
                )
                return _to(made, request.actor)
    return _page(request, form, rows, 400 if form.errors or rows.total_error_count() else 200)


def _receive(
    asked: dict[str, Any], told: list[children.ChildAsTold], actor: foundation.Actor
) -> children.Report:
    who = (
        "kind",
        "profession",
        "name",
        "phone",
        "email",
        "employer",
        "under_duty",
        "wants_feedback",
        "wants_protection",
    )
    what = ("what_seen", "when_seen", "where_now", "danger_now", "danger_text", "concern_codes", "channel")
    anonymous = asked["kind"] == children.ReporterKind.ANONYMOUS
    reporter = children.ReporterAsTold(
        **({"kind": asked["kind"]} if anonymous else {name: asked[name] for name in who})
    )
    return children.receive_report(
        **{name: asked[name] for name in what},
        children=told,
        reporter=reporter,
        idempotency_key=f"taken down {asked['key']}",
        by=actor,
        at=foundation.now(),
    )


def _child(told: dict[str, Any]) -> children.ChildAsTold:
    return children.ChildAsTold(**told | {"identity_number": told["identity_number"] or None})


def _to(made: children.Report, actor: foundation.Actor) -> HttpResponse:
    """The report itself for those who may read it; another unit, or a protected child, has it from here on."""
    try:
        children.report_view(made.id, actor)
    except children.ReportNotFound:
        return redirect("reception")
    return redirect("reception-report", made.id)


def _unchecked(request: Any) -> TakenForm:
    """The form as it was typed, without looking for what is missing."""
    typed = {name: request.POST.get(name, "") for name in TakenForm.base_fields}
    return TakenForm(initial=typed | {"concern_codes": request.POST.getlist("concern_codes")})


def _one_more(request: Any) -> "BaseFormSet[ToldChildForm]":
    count = request.POST.get("barn-TOTAL_FORMS", "")
    number = min(int(count) if count.isdecimal() else ROWS, children.MOST_CHILDREN)
    typed = [
        {name: request.POST.get(f"barn-{place}-{name}", "") for name in ToldChildForm.base_fields}
        for place in range(number)
    ]
    return formset_factory(
        ToldChildForm,
        extra=0,
        min_num=min(number + 1, children.MOST_CHILDREN),
        max_num=children.MOST_CHILDREN,
    )(initial=typed, prefix="barn")


def _page(
    request: Any, form: forms.Form, rows: "BaseFormSet[ToldChildForm]", status: int = 200
) -> HttpResponse:
    return render(
        request, "reception/take_down.html", {"nav": "reception", "form": form, "rows": rows}, status=status
    )
