"""Going through the pages of papers in a copy: the page as it came, the areas that are black, and how it leaves."""

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
from handslag.portal.desk.masking.copies import copy_frame
from handslag.portal.desk.masking.forms import ground_choices
from handslag.portal.desk.masking.page_forms import PageForm, areas_typed, rows_of_page
from handslag.portal.desk.views.frame import READERS, WORKERS
from handslag.portal.shell.doors import staff


@staff(*READERS)
def page(request: Any, case_id: UUID, copy_id: UUID, page_id: UUID) -> HttpResponse:
    """One page: areas are drawn while the copy is a draft; afterwards it is looked at as it leaves."""
    context = copy_frame(request, case_id, copy_id)
    one = _page_of(copy_id, page_id, request.actor)
    is_open = context["works"] and context["copy"].is_editable
    manages = foundation.has_role(request.actor, foundation.Role.MANAGER, context["case"].unit_id)
    form = PageForm(initial={"ground": one.ground, "because": one.because, "spoken": _spoken_of(one, request.actor, is_open)})
    rows = rows_of_page(one, manages=manages)
    if request.method == "POST" and is_open:
        form, rows = PageForm(request.POST), rows_of_page(one, request.POST)
        if form.is_valid() and attempt(
            form, lambda: _save(one, rows, form.cleaned_data, request), tell_conflicts=True
        ):
            if "look" in request.POST:
                return redirect("desk-copy-page", case_id, copy_id, page_id)
            messages.success(request, gettext("The page is saved."))
            following = _next_unseen(casework.get_copy(copy_id, request.actor), one)
            if following is None:
                return redirect("desk-copy", case_id, copy_id)
            return redirect("desk-copy-page", case_id, copy_id, following.id)
    pages = context["copy"].paper_pages
    of_paper = [other for other in pages if other.document_id == one.document_id]
    place = [other.id for other in of_paper].index(one.id)
    context |= {
        "page": one,
        "form": form,
        "rows": rows,
        "is_open": is_open,
        "grounds": ground_choices(),
        "of": len(of_paper),
        "before": of_paper[place - 1] if place else None,
        "after": of_paper[place + 1] if place + 1 < len(of_paper) else None,
        "ratio": f"0 0 {one.width} {one.height}",
    }
    return render(request, "desk/masking/page.html", context, status=400 if form.errors else 200)


@staff(*READERS)
def picture(request: Any, case_id: UUID, copy_id: UUID, page_id: UUID) -> HttpResponse:
    """The page as a picture: as it came, or with its areas black in the pixels."""
    casework.get_case(case_id, request.actor)
    one = _page_of(copy_id, page_id, request.actor)
    if one.case_id != case_id:
        raise casework.PartNotFound("There is no such page, or you may not see it.")
    drawn = casework.page_picture(page_id, request.actor, masked="maskad" in request.GET)
    answer = HttpResponse(drawn, content_type="image/jpeg")
    answer["Cache-Control"] = "no-store"
    return answer


@staff(*WORKERS)
@require_POST
def rest(request: Any, case_id: UUID, copy_id: UUID) -> HttpResponse:
    """Leave out every page of a paper that nobody has looked at."""
    context = copy_frame(request, case_id, copy_id)
    try:
        document_id = UUID(request.POST.get("document", ""))
    except ValueError:
        raise casework.PartNotFound("There is no such page, or you may not see it.") from None
    form = PageForm(request.POST)
    if form.is_valid():
        left = attempt(
            form,
            lambda: casework.leave_out_rest(
                copy_id=copy_id,
                document_id=document_id,
                version=context["copy"].version,
                ground=form.cleaned_data["ground"],
                by=request.actor,
                at=foundation.now(),
            ),
        )
        if left is not None:
            messages.success(request, gettext("{pages} pages are left out.").format(pages=left))
            return redirect("desk-copy", case_id, copy_id)
    context |= {"form": form}
    return render(request, "desk/masking/copy.html", context, status=400)


def _save(
    page: casework.MaskedPage, rows: Any, typed: dict[str, Any], request: Any
) -> casework.MaskedCopy | None:
    leave_out = "leave_out" in request.POST
    version = request.POST.get("version", "")
    masking = casework.PageMasking(
        left_out=leave_out,
        areas=[] if leave_out else areas_typed(rows),
        ground=typed["ground"],
        because=typed["because"],
        spoken=typed["spoken"],
    )
    return casework.mask_page(
        page_id=page.id,
        version=int(version) if version.isdecimal() else 0,
        masking=masking,
        by=request.actor,
        at=foundation.now(),
    )


def _spoken_of(page: casework.MaskedPage, actor: foundation.Actor, is_open: bool) -> str:
    """The words that stand; of a page that nobody has looked at yet, those that can be proposed."""
    if not is_open or page.choice != casework.PageChoice.UNSEEN or not page.has_text:
        return page.spoken
    return casework.page_spoken_proposed(page.id, actor)


def _next_unseen(copy: casework.MaskedCopy, page: casework.MaskedPage) -> casework.MaskedPage | None:
    """The next page that nobody has looked at, after this one, else the first."""
    unseen = [one for one in copy.paper_pages if one.choice == casework.PageChoice.UNSEEN]
    return next((one for one in unseen if one.place > page.place), unseen[0] if unseen else None)


def _page_of(copy_id: UUID, page_id: UUID, actor: foundation.Actor) -> casework.MaskedPage:
    found = casework.get_page(page_id, actor)
    if found.copy_id != copy_id:
        raise casework.PartNotFound("There is no such page, or you may not see it.")
    return found
