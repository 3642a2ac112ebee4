"""A draft that was written without coverage lands; speech becomes text; and the page and script for being away."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.offline.writing import whose
from handslag.portal.desk.views.frame import WORKERS
from handslag.portal.desk.views.notes import NoteForm
from handslag.portal.shell.doors import staff

Save = Callable[[casework.Note, dict[str, Any], Any], casework.Note]


@staff()
def worker(request: Any) -> HttpResponse:
    """The service worker: it keeps one page without any personal data, and its looks. It never keeps a case's page."""
    response = render(request, "desk/offline/worker.js", content_type="text/javascript")
    response["Service-Worker-Allowed"] = reverse("desk-work")
    response["Cache-Control"] = "no-cache, private"
    return response


@staff()
def page(request: Any) -> HttpResponse:
    """What opens in place of a page when there is no coverage: the drafts that wait in this browser."""
    return render(request, "desk/offline/page.html", {"offline_hours": settings.HERE.offline_hours})


@staff()
def landing_pass(request: Any) -> JsonResponse:
    """Whose drafts may land now, and the token to send them with. The visitor is sent to the log-in instead."""
    return JsonResponse({"whose": whose(request), "token": get_token(request)})


@staff(*WORKERS)
@require_POST
def land(request: Any, case_id: UUID, note_id: UUID) -> JsonResponse:
    """A draft of a note that was written away comes home."""
    return landing(request, case_id, note_id, save_note)


def landing(
    request: Any, case_id: UUID, note_id: UUID, save: Save, there: Callable[[casework.Note], str] | None = None
) -> JsonResponse:
    """A draft written away comes home: saved, or in conflict with what another window saved meanwhile, with both texts.

    `save` writes what was sent, `there` says in words what else than the text the other window has kept. `news` is how many
    notes colleagues have signed in the case since the draft was opened.
    """
    try:
        note = casework.get_note(note_id, request.actor)
    except casework.PartNotFound:
        return JsonResponse({"state": "gone"})
    if note.case_id != case_id:
        return JsonResponse({"state": "gone"})
    news = _news(note, request)
    if note.is_signed:
        return JsonResponse({"state": "signed", "news": news})
    form = NoteForm(request.POST)
    if not form.is_valid():
        said = [text for texts in form.errors.values() for text in texts]
        return JsonResponse({"state": "wrong", "what": said, "news": news})
    try:
        saved = save(note, form.cleaned_data, request)
    except casework.NoteChangedMeanwhile as fault:
        theirs = "\n\n".join(part for part in (fault.theirs, there(note) if there else "") if part)
        return JsonResponse({"state": "conflict", "theirs": theirs, "version": fault.version, "news": news})
    except foundation.HandslagError as fault:
        return JsonResponse({"state": "wrong", "what": [fault.in_one_line], "news": news})
    return JsonResponse({"state": "saved", "version": saved.version, "news": news})


def save_note(note: casework.Note, asked: dict[str, Any], request: Any) -> casework.Note:
    """Save a draft as it was sent."""
    return casework.save_note_draft(
        note_id=note.id, version=asked["version"], body=asked["body"], subject=asked["subject"],
        kind=asked["kind"], happened_on=asked["happened_on"], by=request.actor, at=foundation.now(),
    )  # fmt: skip


@staff(*WORKERS)
@require_POST
def dictate(request: Any, case_id: UUID, note_id: UUID) -> JsonResponse:
    """What was said, as text. The recording is passed on to the municipality's own server and kept nowhere."""
    sent = request.FILES.get("speech")
    try:
        if sent is not None and sent.size > casework.MOST_SPEECH_BYTES:
            raise casework.NotDictated(code="too_large")
        text = casework.dictate(note_id, sent.read() if sent is not None else b"", request.actor)
    except casework.NotDictated as fault:
        return JsonResponse({"error": fault.in_one_line, "code": fault.code}, status=422)
    return JsonResponse({"text": text})


def _news(note: casework.Note, request: Any) -> int:
    """How many notes others have signed in the case since the page was opened (`since`, milliseconds)."""
    since = request.POST.get("since", "")
    if not since.isdecimal() or len(since) > 14:
        return 0
    opened = datetime.fromtimestamp(int(since) / 1000, UTC)
    return casework.count_notes_since(note.case_id, opened, request.actor)
