"""The account's own page: who I am here, my roles, my language, my second factor, my notices and what I have read."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from handslag.foundation import public as foundation
from handslag.portal.account import operations, queries, sessions
from handslag.portal.account.forms import LanguageForm
from handslag.portal.shell.doors import logged_in
from handslag.portal.shell.pages import explain_no_entry

ENTRIES = 30
# What residents call the pages that they open; the staff's record names pages by their codes, as the managers' does.
PAGE_WORDS = {
    "citizen.record": gettext_lazy("My record"),
    "citizen.journal": gettext_lazy("My record, note by note"),
    "citizen.matter": gettext_lazy("Your application"),
    "citizen.co_sign": gettext_lazy("The application that both sign"),
    "citizen.decision": gettext_lazy("A decision"),
    "citizen.decision_notice": gettext_lazy("A decision"),
    "citizen.communication": gettext_lazy("What we told you before a decision"),
    "citizen.paper": gettext_lazy("A paper in your record"),
    "casework.document": gettext_lazy("A paper in your case"),
}


@logged_in
def mine(request: Any) -> HttpResponse:
    """Everything about one's own account on one page."""
    before = request.GET.get("fore", "")
    entries = queries.own_reads(
        request.actor, before=int(before) if before.isdecimal() else None, limit=ENTRIES
    )
    context = {
        "account": request.user,
        "grants": queries.own_roles(request.actor),
        "notices": foundation.notices_of(request.actor),
        "second_factor": queries.second_factor_of(request.user),
        "entries": [(entry, _page_words(request.actor, entry.page)) for entry in entries[:ENTRIES]],
        "older_url": f"?fore={entries[ENTRIES - 1].id}#lasningar" if len(entries) > ENTRIES else "",
        "newer_url": "/konto/#lasningar" if before else "",
        "form": LanguageForm(initial={"language": request.user.language or request.LANGUAGE_CODE}),
    }
    return render(request, "handslag_account/mine.html", context)


@logged_in
@require_POST
def language(request: Any) -> HttpResponse:
    """Keep the chosen language with the account and in this browser."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return explain_no_entry(request, what=_("That language is not one of ours."))
    with foundation.acting(sessions.LOG_IN):
        operations.choose_language(
            account_id=request.actor.account_id,
            language=form.cleaned_data["language"],
            by=sessions.LOG_IN,
            at=foundation.now(),
        )
    response = redirect("account")
    sessions.remember_language(response, form.cleaned_data["language"])
    return response


@logged_in
@require_POST
def acknowledge(request: Any, notice_id: UUID) -> HttpResponse:
    """Mark a notice as read, and go on to what it is about."""
    notice = operations.acknowledge_notice(notice_id=notice_id, by=request.actor, at=foundation.now())
    onward = (
        notice.link
        if request.POST.get("go") and notice.link.startswith("/") and not notice.link.startswith("//")
        else ""
    )
    return redirect(onward or "/konto/")


def _page_words(actor: foundation.Actor, page: str) -> str:
    """What a resident calls the page; empty for staff, who see its code."""
    return str(PAGE_WORDS.get(page) or _("A page about you")) if actor.is_resident else ""
