"""Documents of a case: read, downloaded, and taken in."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.frame import READERS, frame
from handslag.portal.shell.doors import staff

SHOWN_IN_BROWSER = ("application/pdf", "image/jpeg", "image/png")
# HEIC is taken but not asked for: a phone that may choose sends its photo as JPEG then, which can be drawn and masked.
ASKED_FOR = ",".join(kind for kind in casework.ENDINGS if kind != "image/heic")
KINDS = [
    (kind.value, kind.label)
    for kind in (casework.DocumentKind.RECEIVED, casework.DocumentKind.LETTER, casework.DocumentKind.INTERNAL)
]


class PaperForm(forms.Form):
    """A file, what it is, and whose."""

    content = forms.FileField(
        label=_("File"),
        help_text=_("PDF, photo, Word, OpenDocument or plain text; at most 20 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ASKED_FOR}),
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS)
    person = forms.ChoiceField(
        label=_("Whose paper is it?"), required=False, help_text=_("The person whose it is may read it.")
    )


@staff(*READERS)
def documents(request: Any, case_id: UUID) -> HttpResponse:
    """The papers of the case, newest first, and a form to take one in."""
    context = frame(request, case_id, "documents", "desk.documents")
    actor = request.actor
    form = PaperForm(request.POST or None, request.FILES or None)
    whose = [("", _("Nobody's own"))] + [
        (str(one.person_id), one.name) for one in context["parties"] if one.name
    ]
    form.fields["person"].choices = whose  # type: ignore[attr-defined]
    may_add = casework.may("add_document", context["case"], actor)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: casework.add_document(
                case_id=case_id,
                name=asked["content"].name,
                content=asked["content"].read(),
                kind=asked["kind"],
                person_id=UUID(asked["person"]) if asked["person"] else None,
                by=actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            messages.success(request, gettext("The document is in the case."))
            return redirect("desk-documents", case_id)
    page = casework.find_documents(case_id, actor, after=request.GET.get("efter"))
    context |= {
        "documents": page.rows,
        "older_url": f"?efter={page.after}" if page.after else "",
        "form": form,
        "may_add": may_add,
    }
    return render(request, "desk/case/documents.html", context, status=400 if form.errors else 200)


@staff(*READERS)
def read(request: Any, case_id: UUID, document_id: UUID) -> HttpResponse:
    """One paper. What a browser shows safely opens there; the rest is saved. The reading is logged."""
    document, content = casework.read_document(document_id, request.actor)
    if document.case_id != case_id:
        raise casework.PartNotFound("There is no such document, or you may not see it.")
    response = HttpResponse(content, content_type=document.media_type)
    shown = document.media_type in SHOWN_IN_BROWSER and "ladda-ner" not in request.GET
    response["Content-Disposition"] = content_disposition_header(not shown, document.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
