"""What is owed at once: the need of protection of each child, a manager's countersigning, and the answer to many reports."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.reception.arrivals import WHO
from handslag.portal.desk.reception.report import child_of, frame
from handslag.portal.shell.doors import staff


class ProtectionForm(forms.Form):
    """Whether the child needs protection at once, on which ground, and what was done."""

    danger = forms.ChoiceField(
        label=_("Does the child need protection at once?"),
        choices=[("yes", _("Yes, the child is in danger")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    ground = forms.CharField(
        label=_("Ground"),
        help_text=_(
            "What it rests on: what was told, what you have checked, where the child is. Also when there is no danger."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the ground. It is owed also when there is no danger.")},
    )
    done_tonight = forms.CharField(
        label=_("What has been done"),
        help_text=_("For example: visit at home, police called, the child is with a grandmother tonight."),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("danger") == "yes" and not given.get("done_tonight"):
            self.add_error(
                "done_tonight", _("Write what has been done for the child, or what is being done now.")
            )
        return given


class CountersignForm(forms.Form):
    """Nothing is asked: a manager has read it and stands by it."""


class RepeatForm(forms.Form):
    """Why there has been no investigation."""

    reason = forms.CharField(
        label=_("Why has no investigation been opened?"),
        help_text=_("Look at the earlier reports together: what do they say about the child's situation?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the reason.")},
    )


@staff(*WHO)
def protection(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """Assess one child's need of protection; made anew, the latest counts."""
    context = frame(request, report_id, page="reception.protection")
    card = child_of(context, child_id)
    form = ProtectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: children.assess_protection(
                reported_child_id=card.view.child.id,
                danger=asked["danger"] == "yes",
                ground=asked["ground"],
                done_tonight=asked["done_tonight"],
                by=request.actor,
                at=foundation.now(),
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("The assessment is made. It stands in the child's file."))
            return redirect("reception-report", report_id)
    context |= {"card": card, "form": form}
    return render(request, "reception/protection.html", context, status=400 if form.errors else 200)


@staff(Role.MANAGER)
def countersign(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """A manager reads the assessment of danger and stands by it."""
    context = frame(request, report_id, page="reception.protection")
    card = child_of(context, child_id)
    form = CountersignForm(request.POST or None)
    if request.method == "POST":
        form.is_valid()
        done = attempt(
            form,
            lambda: children.countersign_protection(
                reported_child_id=card.view.child.id, by=request.actor, at=foundation.now()
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("You have countersigned."))
            return redirect("reception-report", report_id)
    context |= {"card": card, "form": form}
    return render(request, "reception/countersign.html", context, status=400 if form.errors else 200)


@staff(*WHO)
def repeat(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """Answer why a child that is reported again and again has not been investigated."""
    context = frame(request, report_id, page="reception.repeat")
    card = child_of(context, child_id)
    form = RepeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.answer_repeat(
                reported_child_id=card.view.child.id,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=foundation.now(),
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(
                request, gettext("The answer is kept. Now decide whether an investigation is opened.")
            )
            return redirect("reception-preliminary", report_id, child_id)
    context |= {
        "card": card,
        "form": form,
        "title": _("Reported again and again"),
        "save": _("Keep the answer"),
        "explained": "",
    }
    return render(request, "reception/repeat.html", context, status=400 if form.errors else 200)
