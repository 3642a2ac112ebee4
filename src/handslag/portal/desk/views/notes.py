"""Notes: written on a calm page that saves itself, signed, and corrected by addition only."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.offline.writing import WITH_MICROPHONE, writing_context
from handslag.portal.desk.views.frame import READERS, WORKERS, frame
from handslag.portal.shell.days import DayField
from handslag.portal.shell.doors import staff


class NoteForm(forms.Form):
    """What happened, when, and under what heading."""

    subject = forms.CharField(label=_("Heading"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=casework.NoteKind.choices)
    happened_on = DayField(label=_("Day"))
    # Nothing that is written here is offered to services of the browser's maker, as far as a page can say so.
    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 16, "autocomplete": "off", "spellcheck": "false", "writingsuggestions": "false"}
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AdditionForm(forms.Form):
    """A correction, or the person's objection in their own words."""

    kind = forms.ChoiceField(
        label=_("What do you add?"),
        widget=forms.RadioSelect,
        choices=[("correction", _("A correction")), ("objection", _("The person's objection"))],
        initial="correction",
    )
    person = forms.ChoiceField(label=_("Whose objection?"), required=False)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 4}))


@staff(*READERS)
def notes(request: Any, case_id: UUID) -> HttpResponse:
    """The signed notes and one's own drafts, latest day first."""
    context = frame(request, case_id, "notes", "desk.note")
    page = casework.find_notes(case_id, request.actor, after=request.GET.get("efter"))
    context |= {"notes": page.rows, "older_url": f"?efter={page.after}" if page.after else ""}
    context["shortcuts"] = [*context["shortcuts"], ("n", _("New note"))]
    return render(request, "desk/case/notes.html", context)


@staff(*WORKERS)
@require_POST
def begin(request: Any, case_id: UUID) -> HttpResponse:
    """Begin a draft that only its author sees."""
    draft = casework.draft_note(case_id=case_id, by=request.actor, at=foundation.now())
    return redirect("desk-note", case_id, draft.id)


@staff(*READERS)
def note(request: Any, case_id: UUID, note_id: UUID) -> HttpResponse:
    """A draft is written here; a signed note is read, and added to."""
    context = frame(request, case_id, "notes", "desk.note")
    found = _of_case(note_id, case_id, request.actor)
    context["note"] = found
    if found.is_signed:
        return _signed(request, context)
    context |= writing_context(request)
    talk = context["talk_url"] = talk_url(context["case"], found, request.actor)
    context["templates"] = casework.note_templates(context["case"].kind)
    form = NoteForm(request.POST or None, initial=_values(found))
    if request.method == "POST" and "throw_away" in request.POST:
        return _thrown_away(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = attempt(form, lambda: _save(found, form.cleaned_data, request.actor))
        except casework.NoteChangedMeanwhile as fault:
            form.data = {**request.POST.dict(), "version": str(fault.version)}
            context |= {"form": form, "theirs": fault.theirs}
            return _draft(request, context, 409)
        if saved is not None and talk and _is_of_a_talk(request, saved):
            return redirect(talk)
        if saved is not None and "sign" in request.POST:
            signed = attempt(
                form,
                lambda: casework.sign_note(
                    note_id=saved.id, version=saved.version, by=request.actor, at=foundation.now()
                ),
            )
            if signed is not None:
                messages.success(request, gettext("The note is signed."))
                return redirect("desk-notes", case_id)
            form.data = {**request.POST.dict(), "version": str(saved.version)}
        elif saved is not None and "headings" in request.POST:
            if attempt(form, lambda: _with_headings(saved, request.POST.get("template", ""), request.actor)):
                return redirect("desk-note", case_id, saved.id)
            form.data = {**request.POST.dict(), "version": str(saved.version)}
        elif saved is not None:
            messages.success(request, gettext("The draft is saved."))
            return redirect("desk-note", case_id, saved.id)
    context["form"] = form
    return _draft(request, context, 400 if form.errors else 200)


def _thrown_away(request: Any, note: casework.Note) -> HttpResponse:
    """The draft is gone, or has been saved in another window meanwhile: then it is shown as it stands."""
    version = request.POST.get("version", "")
    try:
        casework.discard_note_draft(
            note_id=note.id,
            version=int(version) if version.isdecimal() else 0,
            by=request.actor,
            at=foundation.now(),
        )
    except casework.NoteChangedMeanwhile:
        messages.warning(
            request,
            gettext("The draft was saved in another window meanwhile. Look at it before you throw it away."),
        )
        return redirect("desk-note", note.case_id, note.id)
    messages.success(request, gettext("The draft is thrown away."))
    return redirect("desk-notes", note.case_id)


def talk_url(case: casework.Case, note: casework.Note, actor: foundation.Actor) -> str:
    """Where a note of a child's file is made a talk of the open investigation; empty where there is none, or it is one."""
    if case.kind != "child_protection" or note.said is not None:
        return ""
    running = children.open_investigation_of(case.id, actor)
    if running is None or (note.is_signed and note.happened_on < running.opened_on):
        return ""
    if children.is_talk(note.id, actor):
        return ""
    return reverse("desk-investigation-talk", args=[case.id, running.id, note.id])


def _is_of_a_talk(request: Any, note: casework.Note) -> bool:
    """What is signed as a meeting is asked about: talks are signed on the page that counts them."""
    meets = note.kind == casework.NoteKind.MEETING and "sign" in request.POST
    return meets or "talk" in request.POST


def _draft(request: Any, context: dict[str, Any], status: int) -> HttpResponse:
    """The page of a draft; it alone may use the microphone, and only where speech stays with the municipality."""
    answer = render(request, "desk/case/note.html", context, status=status)
    if context["may_dictate"]:
        answer["Permissions-Policy"] = WITH_MICROPHONE
    return answer


def _with_headings(note: casework.Note, code: str, actor: foundation.Actor) -> casework.Note:
    """The draft with the headings of a template after what stands there, and the kind that the template belongs to."""
    template = casework.note_template(code)
    body = f"{note.body.rstrip()}\n\n{template.text}\n".lstrip()
    return casework.save_note_draft(
        note_id=note.id, version=note.version, body=body, kind=template.kind, by=actor, at=foundation.now()
    )


@staff(*WORKERS)
@require_POST
def autosave(request: Any, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Save the draft while it is being written; the answer carries the next version."""
    found = _of_case(note_id, case_id, request.actor)
    if found.is_signed:  # the last autosave was on its way when the note was signed
        return HttpResponse(status=204)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/case/note_saved.html", {"form": form}, status=200)
    try:
        saved = _save(found, form.cleaned_data, request.actor)
    except casework.NoteChangedMeanwhile as fault:
        # The page keeps its old version, so that the next plain save shows both texts.
        kept = {"conflict": fault, "form_version": form.cleaned_data["version"]}
        return render(request, "desk/case/note_saved.html", kept)
    return render(request, "desk/case/note_saved.html", {"saved": saved})


def _signed(request: Any, context: dict[str, Any]) -> HttpResponse:
    form = AdditionForm(request.POST or None)
    note, actor = context["note"], request.actor
    context["talk_url"] = talk_url(context["case"], note, actor) if context["works_now"] else ""
    parties = [(str(one.person_id), one.name) for one in context["parties"] if one.name]
    form.fields["person"].choices = parties  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        common = {"note_id": note.id, "body": asked["body"], "by": actor, "at": foundation.now()}
        done = attempt(
            form,
            lambda: (
                casework.add_objection(person_id=UUID(asked["person"] or parties[0][0]), **common)
                if asked["kind"] == "objection"
                else casework.correct_note(**common)
            ),
            places={"person_id": "person"},
        )
        if done is not None:
            messages.success(request, gettext("The text stands beside the note."))
            return redirect("desk-notes", note.case_id)
    context["form"] = form
    return render(request, "desk/case/note_signed.html", context, status=400 if form.errors else 200)


def _save(note: casework.Note, asked: dict[str, Any], actor: foundation.Actor) -> casework.Note:
    return casework.save_note_draft(
        note_id=note.id,
        version=asked["version"],
        body=asked["body"],
        subject=asked["subject"],
        kind=asked["kind"],
        happened_on=asked["happened_on"],
        by=actor,
        at=foundation.now(),
    )


def _values(note: casework.Note) -> dict[str, Any]:
    return {
        "subject": note.subject,
        "kind": note.kind,
        "happened_on": note.happened_on.isoformat(),
        "body": note.body,
        "version": note.version,
    }


def _of_case(note_id: UUID, case_id: UUID, actor: foundation.Actor) -> casework.Note:
    found = casework.get_note(note_id, actor)
    if found.case_id != case_id:
        raise casework.PartNotFound("There is no such note, or you may not see it.")
    return found
