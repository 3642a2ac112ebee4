"""The second person's attest of a sum over the limit: what waits, what it rests on, and the attest itself.

An attester works in no case. What there is to attest is read here while it waits, each page is entered in the log of
reads, and nothing of it can be changed.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.people import public as people
from handslag.portal.desk.presenters import side_of
from handslag.portal.shell.doors import staff

SHOWN_IN_BROWSER = ("application/pdf", "image/jpeg", "image/png")
ATTESTERS = (Role.ATTESTER, Role.MANAGER)


@staff(*ATTESTERS)
def to_attest(request: Any) -> HttpResponse:
    """The sums over the limit that wait for a second person, each with who decided it."""
    orders = income_support.find_to_attest(request.actor)
    me = request.actor.account_id
    context = {
        "orders": [(order, me in (order.ordered_by_id, order.decision.decided_by_id)) for order in orders],
        "limit_kr": income_support.attest_limit_kr(), "here": "attest",
    }
    return render(request, "lead/to_attest.html", context)


@staff(*ATTESTERS)
def basis(request: Any, payment_id: UUID) -> HttpResponse:
    """What the attest rests on: the decision, the calculation, who is paid, and the papers. Read only."""
    actor = request.actor
    order = income_support.get_to_attest(actor, payment_id)
    case = casework.get_case(order.case_id, actor, page="lead.attest")
    assessment = income_support.assessment_of_decision(order.decision_id, actor)
    warnings = income_support.find_warnings_of(case.id, actor)
    papers = casework.find_documents(case.id, actor, after=request.GET.get("efter"))
    context = {
        "order": order, "case": case, "decision": order.decision, "here": "attest",
        "person_name": people.names_of([order.person_id], actor).get(order.person_id, ""),
        "account": income_support.shown_account(income_support.account_of(order.payee)),
        "side": side_of(assessment, actor) if assessment is not None else None,
        "missing": [each["said"] for each in assessment.missing] if assessment is not None else [],
        "warnings": [(one, income_support.tell_warning(one)) for one in warnings],
        "papers": papers.rows, "older_url": f"?efter={papers.after}#papers" if papers.after else "",
        "limit_kr": income_support.attest_limit_kr(),
    }
    return render(request, "lead/attest_basis.html", context)


@staff(*ATTESTERS)
def paper(request: Any, payment_id: UUID, document_id: UUID) -> HttpResponse:
    """One paper of what waits to be attested. The reading is logged."""
    order = income_support.get_to_attest(request.actor, payment_id)
    document, content = casework.read_document(document_id, request.actor)
    if document.case_id != order.case_id:
        raise casework.PartNotFound("There is no such document, or you may not see it.")
    response = HttpResponse(content, content_type=document.media_type)
    shown = document.media_type in SHOWN_IN_BROWSER
    response["Content-Disposition"] = content_disposition_header(not shown, document.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@staff(*ATTESTERS)
@require_POST
def attest(request: Any, payment_id: UUID) -> HttpResponse:
    """The second person's attest over the limit."""
    income_support.attest_payment(order_id=payment_id, by=request.actor, at=foundation.now())
    messages.success(request, _("The payment is attested and waits for a file."))
    return redirect("lead-to-attest")
