"""Papers: sent in to a matter, sent as an answer to what we asked for, and read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.citizen.sent_papers import keep_each, refused_in_words
from handslag.portal.shell.doors import resident

SHOWN_IN_BROWSER = ("application/pdf", "image/jpeg", "image/png")


@resident
def add(request: Any, application_id: UUID) -> HttpResponse:
    """Adds photos or files to a sent application."""
    if request.method == "POST":
        refused = keep_each(
            request.FILES.getlist("papers"),
            lambda name, content: income_support.attach(
                application_id=application_id,
                name=name,
                content=content,
                about="",
                by=request.actor,
                at=foundation.now(),
            ),
        )
        if refused:
            messages.error(request, refused)
        elif request.FILES:
            messages.success(request, _("We have received your papers."))
    return redirect("matter", application_id)


@resident
def complete(request: Any, completion_id: UUID) -> HttpResponse:
    """Answers what we asked for: a text, a photo or a file for each thing. What is left can be sent later."""
    found = [one for one in casework.find_completions(request.actor) if one.id == completion_id]
    if not found:
        raise foundation.NotFound(
            "There is nothing here that waits for your answer.", do="Look under your matters."
        )
    asked = found[0]
    waiting = [item for item in asked.items.all() if item.answered_at is None]
    trouble = ""
    if request.method == "POST" and waiting:
        answers, refused = _answers(request, asked.case_id, [item.id for item in waiting])
        try:
            if answers:
                casework.answer_completion(
                    completion_id=asked.id, answers=answers, by=request.actor, at=foundation.now()
                )
                messages.success(request, _("Thank you. We have your answer."))
                if refused:
                    messages.error(request, refused)
                return redirect(
                    "complete" if len(answers) < len(waiting) else "matters",
                    *([asked.id] if len(answers) < len(waiting) else []),
                )
            trouble = refused or _("Write an answer or choose a paper for at least one of the things.")
        except foundation.BadInput as error:
            trouble = error.in_one_line
    typed = [(item, request.POST.get(f"text-{item.id}", "")) for item in waiting]
    done = [item for item in asked.items.all() if item.answered_at is not None]
    context = {"asked": asked, "waiting": typed, "done": done, "trouble": trouble, "nav": "matters"}
    return render(request, "citizen/complete.html", context, status=400 if trouble else 200)


@resident
def read(request: Any, document_id: UUID) -> HttpResponse:
    """A paper of one's own matter. What a browser can show safely opens there; the rest is saved."""
    document, content = casework.read_document(document_id, request.actor)
    response = HttpResponse(content, content_type=document.media_type)
    shown = document.media_type in SHOWN_IN_BROWSER and "ladda-ner" not in request.GET
    response["Content-Disposition"] = content_disposition_header(not shown, document.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _answers(request: Any, case_id: UUID, item_ids: list[UUID]) -> tuple[list[casework.ItemAnswer], str]:
    """The answers that can be kept, and which file could not be, with why; its thing stays to be answered."""
    answers, refused = [], []
    for item_id in item_ids:
        try:
            answer = _answer(request, case_id, item_id)
        except foundation.BadInput as error:
            refused.append(refused_in_words(request.FILES[f"file-{item_id}"], error))
            continue
        if answer is not None:
            answers.append(answer)
    return answers, " ".join(refused)


def _answer(request: Any, case_id: UUID, item_id: UUID) -> casework.ItemAnswer | None:
    text = request.POST.get(f"text-{item_id}", "").strip()
    file = request.FILES.get(f"file-{item_id}")
    if not text and file is None:
        return None
    document_id = None
    if file is not None:
        document_id = casework.add_document(
            case_id=case_id,
            name=file.name,
            content=file.read(),
            kind="attachment",
            by=request.actor,
            at=foundation.now(),
        ).id
    return casework.ItemAnswer(item_id=item_id, text=text, document_id=document_id)
