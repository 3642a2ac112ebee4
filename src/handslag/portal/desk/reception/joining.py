"""Joining reports of the same event: those that may be of it are proposed, several are joined in one round."""

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
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.reception.arrivals import WHO
from handslag.portal.desk.reception.children import report_by_number
from handslag.portal.desk.reception.report import frame
from handslag.portal.desk.reception.words import children_in_words
from handslag.portal.shell.doors import staff

MOST_NUMBERS = 20


class MergeForm(forms.Form):
    """Which reports are of the same event, ticked or by number, and why."""

    reports = forms.MultipleChoiceField(
        label=_("Which reports are of the same event?"),
        help_text=_("They came near in time and tell of the same child. Look at what each of them tells."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no such report that you may see.")},
    )
    number = forms.CharField(
        label=_("Others, by number"),
        help_text=_("For example OA-2026-00012. Several with a comma between them."),
        required=False,
        max_length=500,
    )
    because = forms.CharField(
        label=_("Why are they of the same event?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


@staff(*WHO)
def merge(request: Any, report_id: UUID) -> HttpResponse:
    """Join one or several reports with this one: the first that came stays. Shown before it is done."""
    context = frame(request, report_id, page="reception.merge")
    likely = children.likely_same_event(report_id, request.actor)
    form = MergeForm(request.POST or None)
    form.fields["reports"].choices = [(str(one.report.id), _words(one)) for one in likely]  # type: ignore[attr-defined]
    if not likely:
        del form.fields["reports"]
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(form, report_id, request.actor)
        if not form.errors and "confirmed" in request.POST:
            done = attempt(
                form,
                lambda: children.merge_reports(
                    report_ids=[report_id, *chosen],
                    because=form.cleaned_data["because"],
                    by=request.actor,
                    at=foundation.now(),
                ),
                places={"into_id": "number"},
                tell_conflicts=True,
            )
            if done is not None:
                messages.success(request, gettext("The reports are joined."))
                return redirect("reception-report", done.id)
        elif not form.errors and "edit" not in request.POST:
            views = [context["view"]]
            views += [children.report_view(one, request.actor, page="reception.merge") for one in chosen]
            first, *later = sorted(views, key=lambda one: (one.report.received_at, one.report.number))
            context |= {"stays": first, "joining": later, "chosen": chosen}
    context |= {"form": form}
    return render(request, "reception/merge.html", context, status=400 if form.errors else 200)


def _chosen(form: MergeForm, report_id: UUID, actor: foundation.Actor) -> list[UUID]:
    """The other reports, ticked or named by number; what is wrong stands at its field."""
    chosen = [UUID(one) for one in form.cleaned_data.get("reports", [])]
    numbers = form.cleaned_data["number"].replace(",", " ").split()
    for number in numbers[:MOST_NUMBERS]:
        other = report_by_number(number, actor)
        if other is None or other.id == report_id:
            form.add_error("number", _("There is no such report that you may see."))
            return []
        chosen.append(other.id)
    if not chosen:
        where = "reports" if "reports" in form.fields else "number"
        form.add_error(where, _("Choose at least one report, or write its number."))
    return list(dict.fromkeys(chosen))


def _words(one: children.SameEvent) -> str:
    at = one.report.received_at.astimezone(foundation.SWEDEN)
    sure = gettext("the same child") if one.known else gettext("the same name")
    return f"{one.report.number}, {at:%Y-%m-%d %H:%M}: {children_in_words(one.children)} ({sure})"
