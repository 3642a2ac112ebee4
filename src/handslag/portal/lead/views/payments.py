"""Payments on their way to the bank: a file made by one person, released by another, and the bank's answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.forms import ReportForm, put_error
from handslag.portal.lead.queries.units import units_as
from handslag.portal.shell.doors import staff

LARGEST_REPORT_BYTES = 10 * 1024 * 1024


@staff(Role.ATTESTER)
def payments(request: Any) -> HttpResponse:
    """What the next file of each unit would hold, what a second person must attest, and the files so far."""
    return _page(request, ReportForm())


@staff(Role.ATTESTER)
@require_POST
def make(request: Any, unit_id: UUID) -> HttpResponse:
    """Gather what waits into one file."""
    made = income_support.make_payment_file(unit_id=unit_id, by=request.actor, at=foundation.now())
    messages.success(request, _("The file is made. Somebody else releases it."))
    return redirect("lead-file", made.id)


@staff(Role.ATTESTER)
def file(request: Any, file_id: UUID) -> HttpResponse:
    """One file before and after its release: count, sum, day, and who did what."""
    made = _file(request, file_id)
    context = {"file": made, "is_mine": made.made_by_id == request.actor.account_id, "here": "payments"}
    return render(request, "lead/payment_file.html", context)


@staff(Role.ATTESTER)
@require_POST
def release(request: Any, file_id: UUID) -> HttpResponse:
    """Let a file that a colleague made go to the bank."""
    made = income_support.release_payment_file(file_id=file_id, by=request.actor, at=foundation.now())
    messages.success(request, _("The file is released. Take it to the bank."))
    return redirect("lead-file", made.id)


@staff(Role.ATTESTER)
@require_POST
def withdraw(request: Any, file_id: UUID) -> HttpResponse:
    """Take back a file that is not released; its payments wait again."""
    income_support.withdraw_payment_file(file_id=file_id, by=request.actor, at=foundation.now())
    messages.success(request, _("The file is taken back. Its payments wait for the next one."))
    return redirect("lead-payments")


@staff(Role.ATTESTER)
@require_POST
def download(request: Any, file_id: UUID) -> HttpResponse:
    """The released file for the bank; each download is recorded."""
    name, content = income_support.download_payment_file(request.actor, file_id, at=foundation.now())
    response = HttpResponse(content, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff(Role.ATTESTER)
@require_POST
def report(request: Any) -> HttpResponse:
    """Take in the bank's answer."""
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["report"].size > LARGEST_REPORT_BYTES:
        form.add_error("report", _("The report is larger than 10 MB. Choose the status report and nothing else."))
    if form.is_valid():
        try:
            taken = income_support.import_bank_report(content=form.cleaned_data["report"].read(), by=request.actor, at=foundation.now())
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            messages.success(
                request, _("The report is taken in: {yes} accepted, {no} rejected.").format(yes=taken.accepted, no=taken.rejected)
            )
            return redirect("lead-payments")
    return _page(request, form, 400)


@staff(Role.ATTESTER)
def file_list(request: Any) -> HttpResponse:
    """The files as an Excel file."""
    headings = [_("File"), _("Unit"), _("State"), _("Payments"), _("Sum kr"), _("To be paid on"), _("Made by"), _("Released by")]
    rows = (
        [made.message_id, made.unit.name, made.get_state_display(), made.payments, made.control_sum_kr, made.pay_on, made.made_by.name, made.released_by.name if made.released_by else ""]
        for made in income_support.find_payment_files(request.actor, 1000)
    )
    return workbook("betalfiler", _("Payment files"), headings, rows)


@staff(Role.ATTESTER)
def kept_list(request: Any) -> HttpResponse:
    """Payments kept as accounting although their case files are erased, as an Excel file; each reading is logged."""
    headings = [
        _("Payment"), _("File"), _("Unit"), _("Case"), _("Decided"), _("Month"), _("Sum kr"), _("To be paid on"), _("Payee"), _("Account"),
        _("Released by"), _("Kept until"), _("Rule"),
    ]  # fmt: skip
    rows = (
        [
            one.end_to_end_id, one.message_id, one.unit.name, one.case_number, one.decided_on, one.month, one.amount_kr, one.pay_on,
            one.payee_name, one.account, one.released_by.name if one.released_by else "", one.kept_until,
            one.source if one.status == "confirmed" else f"{one.source} ({_('not confirmed')})",
        ]
        for one in income_support.find_kept_payments(request.actor, at=foundation.now())
    )  # fmt: skip
    return workbook("bevarade-utbetalningar", _("Kept payments"), headings, rows)


def _page(request: Any, form: ReportForm, status: int = 200) -> HttpResponse:
    units = units_as(request.actor, Role.ATTESTER)
    context = {
        "units": [(unit, income_support.waiting_payments(request.actor, unit.id)) for unit in units],
        "to_attest": income_support.find_to_attest(request.actor), "files": income_support.find_payment_files(request.actor),
        "form": form, "me": request.actor.account_id, "here": "payments", "kept_rule": casework.payment_rule(foundation.today()),
    }
    return render(request, "lead/payments.html", context, status=status)


def _file(request: Any, file_id: UUID) -> Any:
    found = next((made for made in income_support.find_payment_files(request.actor, 500) if made.id == file_id), None)
    if found is None:
        raise foundation.NotFound("There is no such payment file, or you may not see it.")
    return found
