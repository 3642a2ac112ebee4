"""Talks of an investigation: written on a page that saves itself as notes do, and signed so that they count as talks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.children import forms as own
from handslag.portal.desk.children.frame import frame_of_child, open_of_case
from handslag.portal.desk.offline.views import landing, save_note
from handslag.portal.desk.offline.writing import WITH_MICROPHONE, writing_context
from handslag.portal.desk.views.frame import WORKERS
from handslag.portal.desk.views.notes import NoteForm
from handslag.portal.shell.doors import staff

PLACES = {"kind": "talk", "with_whom": "subject", "held_on": "happened_on"}


@staff(*WORKERS)
@require_POST
def begin(request: Any, case_id: UUID, investigation_id: UUID) -> HttpResponse:
    """Begin the note of a talk. One that was opened before and left without a word is taken up again."""
    context = frame_of_child(request, case_id)
    one = open_of_case(context, investigation_id, request.actor).investigation
    draft = casework.draft_note(case_id=case_id, kind="meeting", by=request.actor, at=foundation.now())
    return redirect("desk-investigation-talk", case_id, one.id, draft.id)


@staff(*WORKERS)
def talk(request: Any, case_id: UUID, investigation_id: UUID, note_id: UUID) -> HttpResponse:
    """A talk is written and signed here; a note that was signed without it is counted as a talk afterwards."""
    context = frame_of_child(request, case_id)
    one = open_of_case(context, investigation_id, request.actor).investigation
    note = casework.get_note(note_id, request.actor)
    page = f"{reverse('desk-investigation-one', args=[case_id, one.id])}#talks"
    if note.case_id != case_id or note.said is not None:
        raise casework.PartNotFound("There is no such note, or you may not see it.")
    if children.is_talk(note.id, request.actor):
        return redirect(page)
    form = own.TalkForm(request.POST or None, initial=_values(note, request))
    context |= {"one": one, "note": note, "back": page, **writing_context(request)}
    if note.is_signed:
        for name in ("body", "happened_on", "kind", "version"):
            del form.fields[name]
    elif request.method == "POST" and ("save" in request.POST or "plain" in request.POST):
        return _unfinished(request, context, form)
    if request.method == "POST" and form.is_valid():
        try:
            done = _count(request, one, note, form)
        except casework.NoteChangedMeanwhile as fault:
            return _conflict(request, context, form, fault)
        if done is not None:
            messages.success(request, gettext("The talk is noted, and counts in the investigation."))
            return redirect(page)
    return _shown(request, context, form, 400 if form.errors else 200)


@staff(*WORKERS)
@require_POST
def autosave(request: Any, case_id: UUID, investigation_id: UUID, note_id: UUID) -> HttpResponse:
    """Save the talk while it is being written; the answer carries the next version."""
    context = frame_of_child(request, case_id)
    one = open_of_case(context, investigation_id, request.actor).investigation
    note = casework.get_note(note_id, request.actor)
    if note.case_id != case_id:
        raise casework.PartNotFound("There is no such note, or you may not see it.")
    if note.is_signed:  # the last autosave was on its way when the talk was signed
        return HttpResponse(status=204)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/case/note_saved.html", {"form": form})
    try:
        saved = _save(one, note, form.cleaned_data, request)
    except casework.NoteChangedMeanwhile as fault:
        # The page keeps its old version, so that the next plain save shows both texts.
        kept = {"conflict": fault, "form_version": form.cleaned_data["version"]}
        return render(request, "desk/case/note_saved.html", kept)
    return render(request, "desk/case/note_saved.html", {"saved": saved})


@staff(*WORKERS)
@require_POST
def land(request: Any, case_id: UUID, investigation_id: UUID, note_id: UUID) -> JsonResponse:
    """A talk that was written without coverage comes home, with its kind, the consent, and why.

    Where the investigation has been closed meanwhile, or is no longer the author's to write in, the text lands as a note.
    """
    try:
        context = frame_of_child(request, case_id)
        one = open_of_case(context, investigation_id, request.actor).investigation
    except foundation.HandslagError:
        return landing(request, case_id, note_id, save_note)

    def save(note: casework.Note, asked: dict[str, Any], request: Any) -> casework.Note:
        return _save(one, note, asked, request)

    def there(note: casework.Note) -> str:
        kept = children.talk_draft_of(note.id, request.actor)
        if kept is None:
            return ""
        form = own.TalkForm()
        lines = []
        for name, value in (("talk", kept.kind), ("consent", kept.consent), ("because", kept.because)):
            words = dict(getattr(form.fields[name], "choices", [])).get(value, value)
            if value:
                lines.append(f"{form.fields[name].label} {words}")
        return "\n".join(lines)

    return landing(request, case_id, note_id, save, there)


def _unfinished(request: Any, context: dict[str, Any], form: own.TalkForm) -> HttpResponse:
    """Save the draft as far as it has come, or sign it as a note that is no talk of the investigation."""
    note, one = context["note"], context["one"]
    plain = NoteForm(request.POST)
    if not plain.is_valid():
        form.is_valid()
        return _shown(request, context, form, 400)
    try:
        saved = attempt(form, lambda: _save(one, note, plain.cleaned_data, request), places=PLACES)
        if saved is None:
            return _shown(request, context, form, 400)
        if "plain" not in request.POST:
            messages.success(request, gettext("The draft is saved."))
            return redirect("desk-investigation-talk", note.case_id, one.id, note.id)
        signed = attempt(
            form,
            lambda: casework.sign_note(
                note_id=note.id, version=saved.version, by=request.actor, at=foundation.now()
            ),
        )
    except casework.NoteChangedMeanwhile as fault:
        return _conflict(request, context, form, fault)
    if signed is None:
        form.data = {**request.POST.dict(), "version": str(saved.version)}
        return _shown(request, context, form, 400)
    messages.success(request, gettext("The note is signed. It is not counted as a talk."))
    return redirect("desk-notes", note.case_id)


def _save(
    one: children.Investigation, note: casework.Note, asked: dict[str, Any], request: Any
) -> casework.Note:
    at = foundation.now()
    saved = casework.save_note_draft(
        note_id=note.id, version=asked["version"], body=asked["body"], subject=asked["subject"],
        kind=asked["kind"] or None, happened_on=asked["happened_on"], by=request.actor, at=at,
    )  # fmt: skip
    chosen = {name: request.POST.get(name, "") for name in ("consent", "because")}
    children.save_talk_draft(
        investigation_id=one.id,
        note_id=note.id,
        kind=request.POST.get("talk", ""),
        **chosen,
        by=request.actor,
        at=at,
    )
    return saved


def _count(
    request: Any, one: children.Investigation, note: casework.Note, form: own.TalkForm
) -> children.Talk | None:
    """Save the draft as it was sent, sign it, and let it be a talk; what is refused leaves the draft saved and unsigned."""
    asked = form.cleaned_data
    saved = note if note.is_signed else attempt(form, lambda: _save(one, note, asked, request), places=PLACES)
    if saved is None:
        return None
    done: children.Talk | None = attempt(
        form,
        lambda: children.talk_of_note(
            investigation_id=one.id, note_id=note.id, kind=asked["talk"], with_whom=asked["subject"],
            consent=asked["consent"], because=asked["because"], version=saved.version, by=request.actor,
            at=foundation.now(),
        ),
        places=PLACES,
    )  # fmt: skip
    if done is None and not note.is_signed:
        form.data = {**request.POST.dict(), "version": str(saved.version)}
    return done


def _conflict(
    request: Any, context: dict[str, Any], form: own.TalkForm, fault: casework.NoteChangedMeanwhile
) -> HttpResponse:
    form.data = {**request.POST.dict(), "version": str(fault.version)}
    context["theirs"] = fault.theirs
    return _shown(request, context, form, 409)


def _values(note: casework.Note, request: Any) -> dict[str, Any]:
    kept = children.talk_draft_of(note.id, request.actor)
    chosen = {"talk": kept.kind, "consent": kept.consent, "because": kept.because} if kept else {}
    return {
        "subject": note.subject, "happened_on": note.happened_on, "body": note.body, "kind": note.kind,
        "version": note.version, **chosen,
    }  # fmt: skip


def _shown(request: Any, context: dict[str, Any], form: own.TalkForm, status: int) -> HttpResponse:
    context["form"] = form
    answer = render(request, "desk/children/talk.html", context, status=status)
    if context["may_dictate"] and not context["note"].is_signed:
        answer["Permissions-Policy"] = WITH_MICROPHONE
    return answer
