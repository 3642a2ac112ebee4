"""Papers in the record online, for staff: who is shown which, what the rules hide, and opening what a person has read."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.masking.holds import held_back, hold_form
from handslag.portal.desk.views.frame import READERS, WORKERS, frame
from handslag.portal.shell.doors import staff


class OpenForm(forms.Form):
    """For whom a paper is opened, and what was weighed."""

    reader = forms.ChoiceField(label=_("Who may read it online?"))
    because = forms.CharField(
        label=_("What have you read and weighed?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "No rule can read the paper. You answer for that nothing in it must be kept from the reader."
        ),
    )


@staff(*READERS)
def papers(request: Any, case_id: UUID) -> HttpResponse:
    """Every paper, and what each reader who has opened the record is shown of it."""
    context = frame(request, case_id, "documents", "desk.record")
    actor = request.actor
    said: dict[UUID, list[tuple[str, casework.PaperClearance]]] = {}
    openings = casework.find_paper_openings(case_id, actor)
    names = people.names_of({one.reader_id for one in openings}, actor)
    for one in openings:
        if one.document_id is not None:
            said.setdefault(one.document_id, []).append((names.get(one.reader_id, ""), one))
    page = casework.find_documents(case_id, actor, after=request.GET.get("efter"))
    rows = [one for one in page.rows if one.kind != casework.DocumentKind.INTERNAL]
    context |= {
        "rows": [(one, said.get(one.id, [])) for one in rows],
        "notes": casework.find_notes_held_online(case_id, actor),
        "older_url": f"?efter={page.after}" if page.after else "",
    }
    return render(request, "desk/masking/record_papers.html", context)


@staff(*WORKERS)
def open_paper(request: Any, case_id: UUID, document_id: UUID) -> HttpResponse:
    """Let one reader see a paper online that a member of staff has read for them."""
    context, paper = _paper_frame(request, case_id, document_id)
    readers = casework.possible_readers(context["case"])
    names = people.names_of(readers, request.actor)
    form = OpenForm(request.POST or None)
    form.fields["reader"].choices = [(str(one), name) for one, name in names.items()]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: casework.open_paper_online(
                document_id=paper.id,
                reader_id=UUID(asked["reader"]),
                because=asked["because"],
                by=request.actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            messages.success(request, gettext("The paper is shown in the record online."))
            return redirect("desk-record-papers", case_id)
    return _form_page(request, context, form, opening=True)


@staff(*WORKERS)
def hold_paper(request: Any, case_id: UUID, document_id: UUID) -> HttpResponse:
    """Hold back one paper from the record online."""
    context, paper = _paper_frame(request, case_id, document_id)
    form = hold_form(request, context)
    if held_back(request, form, case_id, document_id=paper.id):
        return redirect("desk-copies", case_id)
    return _form_page(request, context, form, opening=False)


def _paper_frame(request: Any, case_id: UUID, document_id: UUID) -> tuple[dict[str, Any], casework.Document]:
    context = frame(request, case_id, "documents", "desk.record")
    paper = casework.get_document(document_id, request.actor)
    if paper.case_id != case_id:
        raise casework.PartNotFound("There is no such document, or you may not see it.")
    return context | {"paper": paper}, paper


def _form_page(request: Any, context: dict[str, Any], form: forms.Form, *, opening: bool) -> HttpResponse:
    context |= {"form": form, "opening": opening}
    return render(request, "desk/masking/record_paper.html", context, status=400 if form.errors else 200)
