"""Reading copies: what can be copied, the copies of a case, one copy, and its preview."""

from uuid import UUID

from handslag.casework.access import readable_case
from handslag.casework.copies.pages import draw_pages
from handslag.casework.copies.parts import CopyPart, content_of, parts_of
from handslag.casework.copies.pdf import make_copy_pdf
from handslag.casework.errors import MaskingStopped, PaperNotDrawn, PartNotFound
from handslag.casework.models import MaskedCopy, MaskedPage
from handslag.casework.operations.copies import frame_of, liftable_by
from handslag.casework.operations.copy_pages import pictures_of, spoken_proposed
from handslag.foundation import public as foundation

SCREEN_WIDTH = 1000


def find_copy_parts(case_id: UUID, actor: foundation.Actor) -> list[CopyPart]:
    """What the actor may choose to copy out of the case, newest first."""
    with foundation.acting(actor):
        readable_case(case_id)
        return parts_of(case_id)


def find_copies(case_id: UUID, actor: foundation.Actor) -> list[MaskedCopy]:
    """The copies of a case, newest first: who made them, who read them, to whom they went."""
    with foundation.acting(actor):
        rows = MaskedCopy.objects.filter(case_id=case_id).select_related(
            "prepared_by", "reviewed_by", "given_by"
        )
        return list(rows.order_by("-prepared_at", "-id"))


def get_copy(copy_id: UUID, actor: foundation.Actor) -> MaskedCopy:
    """A copy with its passages in order, each with whether the actor may show it as manager; raises PartNotFound."""
    with foundation.acting(actor):
        rows = MaskedCopy.objects.select_related(
            "case__unit", "prepared_by", "reviewed_by", "given_by", "document"
        )
        copy = rows.prefetch_related("passages", "pages__document").filter(id=copy_id).first()
        if copy is None:
            raise PartNotFound("There is no such copy, or you may not see it.")
        passages = list(copy.passages.all())
        try:
            liftable = liftable_by(copy, passages, actor) if copy.is_editable else set()
        except MaskingStopped:
            liftable = set()
        for one in passages:
            one.manager_may_lift = one.id in liftable
        return copy


def preview_copy(copy_id: UUID, actor: foundation.Actor) -> bytes:
    """The PDF as it would be now, marked as a preview; what is masked is not in it."""
    with foundation.acting(actor):
        copy = get_copy(copy_id, actor)
        pages = copy.paper_pages
        frame = frame_of(copy, foundation.now(), is_preview=True)
        return make_copy_pdf(copy, list(copy.passages.all()), pages, pictures_of(pages), frame)


def get_page(page_id: UUID, actor: foundation.Actor) -> MaskedPage:
    """One page of a paper in a copy; raises PartNotFound."""
    with foundation.acting(actor):
        page = MaskedPage.objects.select_related("copy", "document").filter(id=page_id).first()
        if page is None:
            raise PartNotFound("There is no such page, or you may not see it.")
        return page


def page_picture(page_id: UUID, actor: foundation.Actor, *, masked: bool) -> bytes:
    """A JPEG of one page for the screen: as it came, or as it leaves with its areas black. The reading is logged.

    Raises PartNotFound, and PaperNotDrawn; a page that is left out has no masked picture (PartNotFound).
    """
    with foundation.acting(actor):
        page = get_page(page_id, actor)
        foundation.log_read(
            actor, person_id=page.document.person_id, case_id=page.case_id, page="casework.document",
            at=foundation.now(),
        )  # fmt: skip
        if not masked:
            (picture,) = draw_pages(*content_of(page.document_id), [(page.number, [])], width=SCREEN_WIDTH)
            return picture
        picture = pictures_of([page], width=SCREEN_WIDTH).get(page.id, b"")
        if not picture:
            raise PartNotFound("There is no such page, or you may not see it.")
        return picture


def page_spoken_proposed(page_id: UUID, actor: foundation.Actor) -> str:
    """What a page says where nothing is black, for whoever masks to read through; empty where it cannot be read."""
    with foundation.acting(actor):
        page = get_page(page_id, actor)
        try:
            return spoken_proposed(page)
        except PaperNotDrawn:
            return ""
