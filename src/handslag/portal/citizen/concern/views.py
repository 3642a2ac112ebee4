"""The pages of the e-service for concern. Nothing of what is written stands in an address, a log or a browser's store."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import VISITOR
from handslag.people import public as people
from handslag.portal.citizen.concern import conflict, drafts, pace, steps, told
from handslag.portal.citizen.concern.drafts import Draft
from handslag.portal.citizen.concern.forms import PROFESSIONAL, YES
from handslag.portal.citizen.concern.sealing import Seal
from handslag.portal.citizen.concern.sending import send
from handslag.portal.shell.doors import public

KEY, RECEIPT = "concern", "concern_receipt"


def unseen(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No copy of the page is kept by the browser or on the way, and the next site is not told where one came from."""

    @wraps(view)
    def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "same-origin"
        return response

    return answered


def asks_about_erased(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a draft that was erased or sent in another window becomes a question, and keeps what was typed."""

    @wraps(view)
    def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = _draft(request)
        slug = kwargs.get("slug", steps.CHILDREN)
        if slug not in steps.STEPS:
            return redirect("concern-step", steps.DANGER)
        if not conflict.is_gone(request, draft):
            try:
                return view(request, *args, **kwargs)
            except drafts.DraftErased:
                request.session.pop(KEY, None)
                draft = None
            except pace.TooManyBegun:
                lines = {"lines": conflict.lines_of(slug, draft, request.POST)}
                return _page(request, draft, slug, None, "concern/too_many.html", lines, 429)
        return conflict.conflict(request, slug, draft, was_sent=RECEIPT in request.session)

    return answered


@public
@unseen
def start(request: Any) -> HttpResponse:
    """What to do in danger, what a report leads to, what cannot be promised; and the way in."""
    draft = _draft(request)
    on = _next_page(draft.answers) if draft else ""
    return render(request, "concern/start.html", {"draft": draft, "on": on, "first": steps.DANGER})


@public
@unseen
@asks_about_erased
def step(request: Any, slug: str) -> HttpResponse:
    """One question: shown, or kept and left for the next one."""
    draft = _draft(request)
    answers = dict(draft.answers) if draft else {}
    lost = draft is None and request.method == "POST"
    if slug not in steps.steps_of(answers) and not (lost and slug in (steps.CALL, steps.CONTACT)):
        return redirect("concern-step", steps.DANGER)
    if slug == steps.SUMMARY:
        return _summary(request, draft)
    if slug == steps.CHILDREN:
        return _children(request, draft)
    if slug == steps.PAPERS:
        return _papers(request, draft)
    if request.method != "POST":
        form = _shown(request, slug, answers)
        return _page(request, draft, slug, form)
    form = steps.form_of(slug, answers, request.POST.dict() | _lists(request))
    answered = steps.typed(form, request.POST)
    if form.is_valid() or ("back" in request.POST and drafts.fits(answers, slug, answered)):
        kept = _keep(request, draft, slug, answered)
        if draft is None and slug != steps.DANGER:
            return redirect(f"{_url(steps.DANGER)}?{'raderad' if conflict.ANEW in request.POST else 'borta'}")
        return _on(request, kept, slug)
    return _page(request, draft, slug, form, status=400)


@public
@unseen
@asks_about_erased
def child(request: Any, number: int) -> HttpResponse:
    """One child of the report: a new one (0), or one that is there already."""
    draft = _draft(request)
    listed = list(draft.answers.get(steps.CHILDREN) or []) if draft else []
    if conflict.ANEW in request.POST and number > len(listed):
        number = 0
    if number > len(listed) or (number == 0 and len(listed) >= steps.MOST_CHILDREN):
        return redirect("concern-step", steps.CHILDREN)
    answers = draft.answers if draft else {}
    data = request.POST.dict() if request.method == "POST" else listed[number - 1] if number else None
    form = steps.form_of(steps.CHILDREN, answers, data if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        one = steps.typed(form, request.POST)
        if number:
            listed[number - 1] = one
        else:
            listed.append(one)
        _keep(request, draft, steps.CHILDREN, listed)
        if draft is None and conflict.ANEW in request.POST:
            return redirect(f"{_url(steps.DANGER)}?raderad")
        return redirect("concern-step", steps.CHILDREN)
    if request.method != "POST":
        form.initial = data or {}
    context = {"number": number, "title": _("Tell us about the child")}
    return _page(
        request, draft, steps.CHILDREN, form, "concern/child.html", context, 400 if form.errors else 200
    )


@public
@unseen
@require_POST
def remove_child(request: Any, number: int) -> HttpResponse:
    """Take a child out of the report."""
    draft = _draft(request)
    listed = list(draft.answers.get(steps.CHILDREN) or []) if draft else []
    if 0 < number <= len(listed):
        del listed[number - 1]
        _keep(request, draft, steps.CHILDREN, listed)
    return redirect("concern-step", steps.CHILDREN)


@public
@unseen
@require_POST
def remove_paper(request: Any, paper_id: UUID) -> HttpResponse:
    """Take a photo or file out of the report."""
    draft = _draft(request)
    if draft:
        drafts.remove_paper(seal=draft.seal, paper_id=paper_id, by=VISITOR, at=foundation.now())
    return redirect("concern-step", steps.PAPERS)


@public
@unseen
@require_POST
def leave(request: Any) -> HttpResponse:
    """Erase all that was written, here and in the session; the browser is asked to forget the pages too."""
    seal = Seal.read(request.session.pop(KEY, None))
    request.session.pop(RECEIPT, None)
    if seal is not None:
        drafts.erase(seal=seal, by=VISITOR, at=foundation.now())
        conflict.remember(request, seal)
    response = HttpResponse(status=204) if "fast" in request.GET else redirect("start")
    response["Clear-Site-Data"] = '"cache"'
    return response


@public
@unseen
def receipt(request: Any) -> HttpResponse:
    """The number of the report, what happens next, and what cannot be promised; as long as the session lasts."""
    sent = request.session.get(RECEIPT)
    if not isinstance(sent, dict):
        return redirect("concern")
    return render(request, "concern/receipt.html", {"sent": sent})


def _summary(request: Any, draft: Draft | None) -> HttpResponse:
    if draft is None:
        return redirect("concern-receipt" if RECEIPT in request.session else "concern")
    missing = steps.unfinished(draft.answers)
    trouble, status, at = "", 200, foundation.now()
    if request.method == "POST" and "back" in request.POST:
        return redirect("concern-step", _before(draft.answers, steps.SUMMARY))
    if request.method == "POST" and not missing:
        if pace.is_too_fast(request, at):
            return _page(request, draft, steps.SUMMARY, None, "concern/too_fast.html", status=429)
        try:
            report = send(draft, by=request.actor, at=at)
        except foundation.HandslagError as fault:
            trouble, status = fault.in_one_line, 400
        else:
            pace.count(request, at)
            drafts.erase(seal=draft.seal, by=VISITOR, at=at)
            request.session.pop(KEY, None)
            conflict.remember(request, draft.seal)
            request.session[RECEIPT] = _told_once(report, draft)
            return redirect("concern-receipt")
    context = {
        "parts": told.parts_of(draft.answers, drafts.find_papers(draft.seal)),
        "missing": steps.STEPS[missing] if missing else None,
        "trouble": trouble,
    }
    return _page(request, draft, steps.SUMMARY, None, "concern/summary.html", context, status)


def _told_once(report: Any, draft: Draft) -> dict[str, Any]:
    who = draft.answers[steps.WHO]["kind"]
    contact = draft.answers.get(steps.CONTACT, {})
    return {
        "number": report.number,
        "at": foundation.now().isoformat(),
        "kind": who,
        "feedback": who == PROFESSIONAL and bool(contact.get("wants_feedback")),
    }


def _children(request: Any, draft: Draft | None) -> HttpResponse:
    listed = draft.answers.get(steps.CHILDREN) or [] if draft else []
    if request.method == "POST":
        if "back" in request.POST or listed:
            return _on(request, draft, steps.CHILDREN)
        return redirect("concern-child", 0)
    if not listed:
        return redirect("concern-child", 0)
    rows = [(number, told.child_in_words(one)) for number, one in enumerate(listed, start=1)]
    context = {"rows": rows, "may_add": len(rows) < steps.MOST_CHILDREN}
    return _page(request, draft, steps.CHILDREN, None, "concern/children.html", context)


def _papers(request: Any, draft: Draft | None) -> HttpResponse:
    trouble = ""
    if request.method == "POST":
        draft = draft or _keep(request, None, steps.PAPERS, {})
        try:
            for file in request.FILES.getlist("papers"):
                at, content = foundation.now(), file.read()
                pace.require_room(request, len(content), at)
                drafts.add_paper(seal=draft.seal, name=file.name, content=content, by=VISITOR, at=at)
                pace.count(request, at, "kilobytes", len(content) // 1024 + 1)
        except foundation.BadInput as fault:
            trouble = fault.in_one_line
        if not trouble and "stay" in request.POST:
            return redirect("concern-step", steps.PAPERS)
        if not trouble:
            return _on(request, draft, steps.PAPERS)
    context = {"papers": drafts.find_papers(draft.seal) if draft else [], "trouble": trouble}
    return _page(request, draft, steps.PAPERS, None, "concern/papers.html", context, 400 if trouble else 200)


def _page(
    request: Any,
    draft: Draft | None,
    slug: str,
    form: forms.Form | None,
    template: str = "",
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    answers = draft.answers if draft else {}
    way = steps.counted(answers)
    own = {steps.CALL: "concern/call.html", steps.WHO: "concern/who.html"}
    shown = {
        "draft": draft,
        "step": steps.STEPS[slug],
        "form": form,
        "progress": {
            "number": way.index(steps.DANGER if slug == steps.CALL else slug) + 1,
            "total": len(way),
        },
        "is_first": slug == steps.DANGER,
        "from_summary": "fran" in request.GET or "to_summary" in request.POST,
        "was_lost": "borta" in request.GET,
        "was_erased": "raderad" in request.GET,
    }
    return render(
        request, template or own.get(slug, "concern/step.html"), shown | (context or {}), status=status
    )


def _shown(request: Any, slug: str, answers: dict[str, Any]) -> forms.Form:
    """The unbound form with what was answered before, and with what the log-in tells of who reports."""
    form = steps.form_of(slug, answers, None)
    form.initial = answers.get(slug) or {}
    if slug == steps.CONTACT and not form.initial:
        form.initial = known_of(request.actor)
    return form


def known_of(actor: foundation.Actor) -> dict[str, Any]:
    """What is known of somebody who is logged in: the name, and work and employer of one who reports in their work."""
    if actor.kind == "visitor":
        return {}
    name = people.name_of(actor.person_id, actor) if actor.person_id else actor.name
    work = children.professional_of(actor)
    if work is None:
        return {"name": name}
    return {
        "name": name,
        "profession": work.profession,
        "employer": work.employer,
        "under_duty": YES,
        "wants_feedback": True,
    }


def _on(request: Any, draft: Draft | None, slug: str) -> HttpResponse:
    answers = draft.answers if draft else {}
    if "back" in request.POST:
        return redirect("concern-step", _before(answers, slug))
    way = steps.steps_of(answers)
    following = way[way.index(slug) + 1]
    if "to_summary" in request.POST and following not in (steps.CALL, steps.CONTACT):
        return redirect("concern-step", steps.SUMMARY)
    back_after = "?fran=sammanfattning" if "to_summary" in request.POST else ""
    return redirect(f"{_url(following)}{back_after}")


def _before(answers: Any, slug: str) -> str:
    way = steps.steps_of(answers)
    return way[max(way.index(slug) - 1, 0)]


def _next_page(answers: Any) -> str:
    return steps.unfinished(answers) or steps.SUMMARY


def _draft(request: Any) -> Draft | None:
    return drafts.find_draft(Seal.read(request.session.get(KEY)), foundation.now())


def _keep(request: Any, draft: Draft | None, slug: str, answers: Any) -> Draft:
    at = foundation.now()
    if draft is None:
        if pace.has_begun_enough(request, at) or drafts.are_too_many():
            raise pace.TooManyBegun
        pace.count(request, at, "begun")
    seal = draft.seal if draft else Seal.new()
    request.session[KEY] = str(seal)
    request.session.pop(RECEIPT, None)
    return drafts.keep_step(seal=seal, step=slug, answers=answers, begun=draft is not None, by=VISITOR, at=at)


def _lists(request: Any) -> dict[str, list[str]]:
    return {"concern_codes": request.POST.getlist("concern_codes")} if "concern_codes" in request.POST else {}


def _url(slug: str) -> str:
    return reverse("concern-step", args=[slug])
