"""A report that one person keeps, because a child in it has no number, is given to a colleague of the reception."""

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
from handslag.portal.desk.reception.report import frame
from handslag.portal.shell.doors import staff


class GiveForm(forms.Form):
    """Which colleague goes on."""

    account_id = forms.TypedChoiceField(
        label=_("Who goes on with the report?"), coerce=UUID, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, colleagues: list[foundation.Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account_id"].choices = [(str(one.id), one.name) for one in colleagues]  # type: ignore[attr-defined]


@staff(*WHO)
def give(request: Any, report_id: UUID) -> HttpResponse:
    """Choose the colleague who goes on. Whoever gave it away reads it no more, and comes back to the list."""
    context = frame(request, report_id, page="reception.give")
    colleagues = children.may_be_given_to(report_id, request.actor)
    form = GiveForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.give_kept_report(
                report_id=report_id,
                account_id=form.cleaned_data["account_id"],
                by=request.actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            still = children.may_read_report(report_id, request.actor)
            messages.success(request, gettext("Your colleague has the report now."))
            return redirect("reception-report", report_id) if still else redirect("reception")
    context |= {
        "form": form,
        "title": gettext("Give it to a colleague"),
        "save": gettext("Give the report"),
        "explained": gettext(
            "Your colleague reads the report and the child's file from now on. Who has kept it till now does not, unless named for another reason."
        )
        if colleagues
        else gettext("There is nobody to give it to: nobody keeps the report, or no colleague may have it."),
    }
    return render(request, "reception/form.html", context, status=400 if form.errors else 200)
