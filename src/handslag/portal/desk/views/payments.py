"""Payments of a case: what is on its way, to whom, and what can still be stopped."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.frame import READERS, WORKERS, frame
from handslag.portal.shell.doors import staff

COLOURS = {"paid": "success", "rejected": "danger", "stopped": "neutral", "planned": "warning"}
ACCOUNTS = [
    ("bank_account", _("Bank account")),
    ("bankgiro", "Bankgiro"),
    ("plusgiro", "Plusgiro"),
    ("iban", "IBAN"),
]


class PayeeForm(forms.Form):
    """Who is to be paid, and where."""

    person = forms.ChoiceField(label=_("For whom is it paid?"))
    kind = forms.ChoiceField(label=_("Who is paid?"), choices=income_support.PayeeKind.choices)
    name = forms.CharField(label=_("The payee's name"), max_length=140)
    account_kind = forms.ChoiceField(label=_("Kind of account"), choices=ACCOUNTS)
    clearing = forms.CharField(
        label=_("Clearing number"),
        help_text=_("Only for a bank account: the first four or five digits."),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    account_number = forms.CharField(
        label=_("Account or giro number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reference = forms.CharField(
        label=_("Customer or invoice number"),
        help_text=_("What a landlord or company knows the payment by."),
        required=False,
        max_length=35,
    )


@staff(*READERS)
def payments(request: Any, case_id: UUID) -> HttpResponse:
    """What has been ordered, paid or stopped, and who may be paid in the case."""
    context = frame(request, case_id, "payments", "desk.payments")
    rows = income_support.find_payments(request.actor, case_id=case_id)
    context |= {
        "payments": [(one, COLOURS.get(one.state, "info")) for one in rows],
        "payees": income_support.find_payees(request.actor, case_id),
        "stoppable": ("planned", "ordered"),
        "limit_kr": income_support.attest_limit_kr(),
        "may_attest": any(
            foundation.has_role(request.actor, role, context["case"].unit_id)
            for role in (Role.MANAGER, Role.ATTESTER)
        ),
    }
    return render(request, "desk/case/payments.html", context)


@staff(*WORKERS)
def payee(request: Any, case_id: UUID) -> HttpResponse:
    """Enter somebody who may be paid, with an account that is checked."""
    context = frame(request, case_id, "payments", "desk.payments")
    form = PayeeForm(request.POST or None, initial={"name": context["person_name"]})
    parties = [(str(one.person_id), one.name) for one in context["parties"] if one.has_insight and one.name]
    form.fields["person"].choices = parties  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: income_support.add_payee(
                case_id=case_id,
                person_id=UUID(asked.pop("person")),
                **asked,
                by=request.actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            messages.success(request, gettext("The payee is entered."))
            return redirect("desk-payments", case_id)
    context |= {"form": form, "title": gettext("Enter a payee"), "save": gettext("Save the payee")}
    return render(request, "desk/case/form.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
@require_POST
def payment(request: Any, case_id: UUID, order_id: UUID) -> HttpResponse:
    """Stop a payment that no file holds, let it go on, attest it, or send one again that the bank rejected."""
    if order_id not in {one.id for one in income_support.find_payments(request.actor, case_id=case_id)}:
        raise income_support.PaymentNotFound
    if "resume" in request.POST:
        income_support.resume_payment(order_id=order_id, by=request.actor, at=foundation.now())
        messages.success(request, gettext("The payment goes on with the next file."))
    elif "attest" in request.POST:
        income_support.attest_payment(order_id=order_id, by=request.actor, at=foundation.now())
        messages.success(request, gettext("The payment is attested and waits for a file."))
    elif "again" in request.POST:
        income_support.retry_payment(order_id=order_id, by=request.actor, at=foundation.now())
        messages.success(request, gettext("The payment is sent again with the next file."))
    else:
        because = request.POST.get("because", "")
        income_support.stop_payment(order_id=order_id, because=because, by=request.actor, at=foundation.now())
        messages.success(request, gettext("The payment is stopped."))
    return redirect("desk-payments", case_id)
