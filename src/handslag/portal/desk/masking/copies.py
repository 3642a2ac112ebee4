"""A copy with parts left out: chosen, masked passage by passage, read by a second person, and given."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.masking.forms import (
    GiveForm,
    NewCopyForm,
    ReviewForm,
    choices_of,
    chosen_parts,
    ground_choices,
    papers_of,
    part_choices,
    rows_of,
)
from handslag.portal.desk.views.frame import READERS, WORKERS, frame
from handslag.portal.shell.doors import staff


@staff(*READERS)
def copies(request: Any, case_id: UUID) -> HttpResponse:
    """The copies of the case: who made them, who read them, to whom they went."""
    context = frame(request, case_id, "documents", "desk.copies")
    context["copies"] = casework.find_copies(case_id, request.actor)
    context["holds"] = casework.find_holds(case_id, request.actor)
    return render(request, "desk/masking/copies.html", context)


@staff(*WORKERS)
def begin(request: Any, case_id: UUID) -> HttpResponse:
    """Choose who gets the copy and what is copied; the rules then hide what they hide."""
    context = frame(request, case_id, "documents", "desk.copies")
    form = NewCopyForm(request.POST or None)
    parties = [(str(one.person_id), one.name) for one in context["parties"] if one.name]
    form.fields["receiver"].choices = parties  # type: ignore[attr-defined]
    parts = casework.find_copy_parts(case_id, request.actor)
    form.fields["parts"].choices = part_choices(parts)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        is_party = asked["receiver_kind"] == casework.CopyReceiver.PARTY
        made = attempt(
            form,
            lambda: casework.prepare_copy(
                case_id=case_id,
                receiver_kind=asked["receiver_kind"],
                receiver_id=UUID(asked["receiver"]) if is_party and asked["receiver"] else None,
                receiver_name="" if is_party else asked["receiver_name"],
                purpose=asked["purpose"],
                parts=chosen_parts(asked["parts"]),
                by=request.actor,
                at=foundation.now(),
            ),
            places={"receiver_id": "receiver"},
        )
        if made is not None:
            return redirect("desk-copy", case_id, made.id)
    unreadable = [one for one in parts if not (one.can_be_split or one.can_be_drawn)]
    context |= {"form": form, "unreadable": unreadable}
    return render(request, "desk/masking/begin.html", context, status=400 if form.errors else 200)


@staff(*READERS)
def copy(request: Any, case_id: UUID, copy_id: UUID) -> HttpResponse:
    """Mask passage by passage while it is a draft; read it through, give it, or look at it afterwards."""
    context = copy_frame(request, case_id, copy_id)
    one, works = context["copy"], context["works"]
    form = ReviewForm()
    if request.method == "POST" and works and one.is_editable:
        parts = rows_of(one, request.POST)
        context["parts"] = parts
        form = ReviewForm({})
        version = request.POST.get("version", "")
        if attempt(
            form,
            lambda: _masked(one, parts, version, "review" in request.POST, request.actor),
            tell_conflicts=True,
        ):
            told = (
                gettext("The copy waits for a second reader.")
                if "review" in request.POST
                else gettext("The masking is saved.")
            )
            messages.success(request, told)
            return redirect("desk-copy", case_id, copy_id)
    context["form"] = form
    return render(request, "desk/masking/copy.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
@require_POST
def review(request: Any, case_id: UUID, copy_id: UUID) -> HttpResponse:
    """The second reader approves or sends back."""
    context = copy_frame(request, case_id, copy_id)
    form = ReviewForm(request.POST)
    approve = "approve" in request.POST
    if form.is_valid():
        done = attempt(
            form,
            lambda: casework.review_copy(
                copy_id=copy_id,
                approve=approve,
                words=form.cleaned_data["words"],
                by=request.actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            messages.success(
                request,
                gettext("You have approved the copy.") if approve else gettext("The copy is sent back."),
            )
            return redirect("desk-copy", case_id, copy_id)
    context["form"] = form
    return render(request, "desk/masking/copy.html", context, status=400)


@staff(*WORKERS)
@require_POST
def give(request: Any, case_id: UUID, copy_id: UUID) -> HttpResponse:
    """Make the PDF and enter that it was given."""
    context = copy_frame(request, case_id, copy_id)
    form = GiveForm(request.POST)
    if form.is_valid():
        done = attempt(
            form,
            lambda: casework.give_copy(
                copy_id=copy_id, way=form.cleaned_data["way"], by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The copy is given, and that is entered in the case."))
            return redirect("desk-copy", case_id, copy_id)
    context |= {"give_form": form, "form": form}
    return render(request, "desk/masking/copy.html", context, status=400)


@staff(*WORKERS)
@require_POST
def cancel(request: Any, case_id: UUID, copy_id: UUID) -> HttpResponse:
    """Give no copy after all."""
    copy_frame(request, case_id, copy_id)
    casework.cancel_copy(copy_id=copy_id, by=request.actor, at=foundation.now())
    messages.success(request, gettext("No copy is given."))
    return redirect("desk-copies", case_id)


@staff(*READERS)
def preview(request: Any, case_id: UUID, copy_id: UUID) -> HttpResponse:
    """The PDF as the receiver would get it now; what is left out is not in it."""
    _of_case(request, case_id, copy_id)
    response = HttpResponse(casework.preview_copy(copy_id, request.actor), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="kopia.pdf"'
    return response


def _masked(
    one: casework.MaskedCopy, parts: Any, version: str, wants_review: bool, actor: foundation.Actor
) -> casework.MaskedCopy:
    at = foundation.now()
    saved = casework.mask_passages(
        copy_id=one.id,
        version=int(version) if version.isdecimal() else 0,
        choices=choices_of(parts),
        by=actor,
        at=at,
    )
    return casework.send_copy_for_review(copy_id=one.id, by=actor, at=at) if wants_review else saved


def copy_frame(request: Any, case_id: UUID, copy_id: UUID) -> dict[str, Any]:
    """What every page of a copy begins with. The reading is logged. Raises CaseNotFound, PartNotFound."""
    context = frame(request, case_id, "documents", "desk.copies")
    one = _of_case(request, case_id, copy_id)
    give_form = GiveForm()
    if one.receiver_id is None:
        give_form.fields["way"].choices = give_form.fields["way"].choices[1:]  # type: ignore[attr-defined]
    passages = list(one.passages.all())
    names = {party.person_id: party.name for party in context["parties"]}
    return context | {
        "copy": one,
        "parts": rows_of(one),
        "grounds": ground_choices(),
        "give_form": give_form,
        "receiver_words": names.get(one.receiver_id, "") or one.receiver_name,
        "left_out": sum(1 for passage in passages if passage.masked),
        "passages": len(passages),
        "papers": papers_of(one),
        "unseen": sum(1 for page in one.paper_pages if page.choice == casework.PageChoice.UNSEEN),
        "is_mine": one.prepared_by_id == request.actor.account_id,
    }


def _of_case(request: Any, case_id: UUID, copy_id: UUID) -> casework.MaskedCopy:
    found = casework.get_copy(copy_id, request.actor)
    if found.case_id != case_id:
        raise casework.PartNotFound("There is no such copy, or you may not see it.")
    return found
