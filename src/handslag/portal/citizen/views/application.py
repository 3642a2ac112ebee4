"""The application: choose the month, answer one page at a time, look through, send."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support import public as income_support
from handslag.income_support.public import ApplicationDraft, Problem
from handslag.people import public as people
from handslag.portal.citizen.answers_told import sections_of
from handslag.portal.citizen.presenters import (
    Progress,
    known_from,
    links_to,
    months_to_choose,
    problems_by_step,
)
from handslag.portal.citizen.sent_papers import keep_each
from handslag.portal.citizen.typed import Household, controls_of, household_names, typed_answers
from handslag.portal.shell.doors import resident

WITH_PAPERS = ("housing", "incomes", "special", "costs", "summary", "why")


@resident
def choose_month(request: Any) -> HttpResponse:
    """The month that the aid is for, with the way that the application then takes and why."""
    today = foundation.today()
    options = months_to_choose(request.actor, today)
    if request.method == "POST":
        month = Month.parse(request.POST.get("month", ""))
        try:
            draft = income_support.start_draft(month=month, by=request.actor, at=foundation.now())
        except income_support.PersonCalls as refusal:
            return render(
                request, "citizen/person_calls.html", {"ground": refusal.ground, "month": month}, status=409
            )
        return redirect("apply-step", draft.id, draft.step)
    context = {"options": options, "drafts": income_support.my_drafts(request.actor)}
    return render(request, "citizen/choose_month.html", context)


@resident
def call_me(request: Any) -> HttpResponse:
    """Leaves word that the person wants to be called."""
    if request.method != "POST":
        return redirect("apply")
    month = Month.parse(request.POST.get("month", ""))
    income_support.ask_to_be_called(month=month, by=request.actor, at=foundation.now())
    messages.success(request, _("We have your wish, and call you as soon as we can."))
    return redirect("start")


@resident
def step(request: Any, draft_id: UUID, step: str) -> HttpResponse:
    """One page of the application: shown, or kept and left for the next one."""
    draft = income_support.get_draft(draft_id, request.actor)
    if draft is None:
        sent = income_support.sent_from(draft_id, request.actor)
        if sent is None:
            raise income_support.DraftGone
        return redirect("receipt", sent.id)  # a second press, or the way back after the receipt
    steps = income_support.own_steps(draft)
    if step not in steps:
        return redirect("apply-step", draft.id, steps[0])
    if step == "summary":
        return _summary(request, draft)
    if request.method != "POST":
        answered = draft.answers.get(step) or {}
        problems = _problems(draft, step, answered) if request.GET.get("visa") == "fel" else ()
        return _page(request, draft, step, answered, problems)
    return _keep(request, draft, step)


@resident
def autosave(request: Any, draft_id: UUID, step: str) -> HttpResponse:
    """Keeps what stands in the form so far; the answer is one line that says so."""
    if request.method != "POST":
        return redirect("apply-step", draft_id, step)
    draft, _problems_now = income_support.save_draft_step(
        draft_id=draft_id,
        step=step,
        answers=_with_known(_own(draft_id, request), step, typed_answers(step, request.POST)),
        version=_version(request),
        by=request.actor,
        at=foundation.now(),
    )
    return render(request, "citizen/parts/saved.html", {"draft": draft})


@resident
def discard(request: Any, draft_id: UUID) -> HttpResponse:
    """Throws the draft away, once it has been asked for."""
    if request.method == "POST":
        income_support.discard_draft(draft_id=draft_id, by=request.actor, at=foundation.now())
        messages.success(request, _("The draft is thrown away. Nothing of it is left."))
        return redirect("start")
    return render(request, "citizen/discard.html", {"draft": _own(draft_id, request)})


@resident
def remove_paper(request: Any, draft_id: UUID, paper_id: UUID) -> HttpResponse:
    """Takes a photo or file out of the draft."""
    draft = _own(draft_id, request)
    if request.method == "POST":
        income_support.remove_from_draft(attachment_id=paper_id, by=request.actor, at=foundation.now())
    back = request.POST.get("step", draft.step)
    return redirect("apply-step", draft.id, back if back in income_support.STEPS else draft.step)


@resident
def receipt(request: Any, application_id: UUID) -> HttpResponse:
    """What was sent, the way it takes and why, and what happens next and when."""
    status = income_support.status_of(application_id, request.actor)
    return render(request, "citizen/receipt.html", {"status": status, "application": status.application})


def _keep(request: Any, draft: ApplicationDraft, step: str) -> HttpResponse:
    typed = _with_known(draft, step, typed_answers(step, request.POST))
    try:
        draft, problems = income_support.save_draft_step(
            draft_id=draft.id,
            step=step,
            answers=typed,
            version=_version(request),
            by=request.actor,
            at=foundation.now(),
        )
        refused = _attach(request, draft, step)
    except income_support.DraftChangedElsewhere as conflict:
        draft = _own(draft.id, request)
        return _page(request, draft, step, typed, (), trouble=conflict.in_one_line, status=409)
    except foundation.BadInput as error:
        return _page(request, draft, step, typed, (), trouble=error.in_one_line, status=400)
    if refused:
        return _page(request, draft, step, typed, (), trouble=refused, status=400)
    if "more" in request.POST:
        return redirect(f"{reverse('apply-step', args=[draft.id, step])}?fler={request.POST['more']}")
    if "stay" in request.POST:
        return redirect(f"{reverse('apply-step', args=[draft.id, step])}#papper")
    if problems:
        return _page(request, draft, step, typed, problems, status=400)
    steps = income_support.own_steps(draft)
    if "back_to_summary" in request.POST:
        return redirect("apply-step", draft.id, "summary")
    return redirect("apply-step", draft.id, steps[steps.index(step) + 1])


def _page(
    request: Any,
    draft: ApplicationDraft,
    step: str,
    answered: Any,
    problems: tuple[Problem, ...],
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    controls = controls_of(
        step, answered, problems, household=_household(request, draft), more_rows=request.GET.get("fler", "")
    )
    context = {
        "draft": draft,
        "step": step,
        "words": income_support.STEP_WORDS[step],
        "controls": controls,
        "progress": Progress.of(income_support.own_steps(draft), step),
        "known": known_from(draft.known.get(step)),
        "errors": links_to(problems, controls),
        "trouble": trouble,
        "with_papers": step in WITH_PAPERS,
        "papers": draft.attachments.defer("content").order_by("added_at") if step in WITH_PAPERS else (),
        "partner": _partner_name(request, draft) if step == "household" else "",
        "from_summary": request.GET.get("fran") == "sammanfattning" or "back_to_summary" in request.POST,
    }
    return render(request, "citizen/step.html", context, status=status)


def _summary(request: Any, draft: ApplicationDraft) -> HttpResponse:
    problems: tuple[Problem, ...] = ()
    trouble = ""
    if request.method == "POST":
        try:
            typed = typed_answers("summary", request.POST)
            draft, problems = income_support.save_draft_step(
                draft_id=draft.id,
                step="summary",
                answers=typed,
                version=_version(request),
                by=request.actor,
                at=foundation.now(),
            )
            if not problems:
                sent = income_support.submit_application(
                    draft_id=draft.id, version=draft.version, by=request.actor, at=foundation.now()
                )
                return redirect("receipt", sent.id)
        except income_support.AnswersIncomplete as incomplete:
            problems = incomplete.problems
        except income_support.PersonCalls as refusal:
            return render(
                request,
                "citizen/person_calls.html",
                {"ground": refusal.ground, "month": draft.month},
                status=409,
            )
        except foundation.HandslagError as error:
            trouble = error.in_one_line
            already = income_support.sent_from(draft.id, request.actor)
            if already is not None:  # the other press of a double one came first
                return redirect("receipt", already.id)
        draft = _own(draft.id, request)
    steps = income_support.own_steps(draft)
    carried = [one for one in income_support.CARRIED_OVER if one in draft.answers and one not in steps]
    own = tuple(problem for problem in problems if problem.where.startswith("summary."))
    controls = controls_of("summary", {}, own)
    context = {
        "draft": draft,
        "step": "summary",
        "words": income_support.STEP_WORDS["summary"],
        "controls": controls,
        "sections": sections_of(steps, draft.answers, _household(request, draft), problems_by_step(problems)),
        "carried": sections_of(carried, draft.answers, _household(request, draft)),
        "progress": Progress.of(steps, "summary"),
        "errors": links_to(problems, controls),
        "trouble": trouble,
        "papers": draft.attachments.defer("content").order_by("added_at"),
        "with_papers": True,
    }
    return render(request, "citizen/summary.html", context, status=400 if problems or trouble else 200)


def _attach(request: Any, draft: ApplicationDraft, step: str) -> str:
    """Keeps the papers that can be kept; the answer says by name which could not, and why."""
    return keep_each(
        request.FILES.getlist("papers"),
        lambda name, content: income_support.attach_to_draft(
            draft_id=draft.id, name=name, content=content, about=step, by=request.actor, at=foundation.now()
        ),
    )


def _own(draft_id: UUID, request: Any) -> ApplicationDraft:
    draft = income_support.get_draft(draft_id, request.actor)
    if draft is None:
        raise income_support.DraftGone
    return draft


def _version(request: Any) -> int:
    text = request.POST.get("version", "")
    if not text.isdecimal():
        raise foundation.BadInput("The form was not complete when it reached us.", do="Open the page again.")
    return int(text)


def _with_known(draft: ApplicationDraft, step: str, typed: dict[str, Any]) -> dict[str, Any]:
    """What we knew already is kept from the draft; it never travels through the form."""
    if step == "household" and typed.get("living") == "partner" and not typed.get("partner_identity_number"):
        known = (draft.answers.get(step) or {}).get("partner_person_id")
        return {**typed, "partner_person_id": known} if known else typed
    return typed


def _problems(draft: ApplicationDraft, step: str, answered: Any) -> tuple[Problem, ...]:
    return income_support.check_step(step, answered, income_support.checks_on(foundation.today()))[1]


def _household(request: Any, draft: ApplicationDraft) -> Household:
    return household_names(draft.answers, request.actor.name, _partner_name(request, draft))


def _partner_name(request: Any, draft: ApplicationDraft) -> str:
    partner = (draft.answers.get("household") or {}).get("partner_person_id")
    if not partner:
        return ""
    home = people.household_of(request.actor.person_id, foundation.today(), request.actor)
    members = home.members if home else ()
    return next((member.name for member in members if str(member.person_id) == partner), "")
