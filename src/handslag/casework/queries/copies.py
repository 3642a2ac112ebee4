"""Reading copies: what can be copied, the copies of a case, one copy, and its preview."""

from uuid import UUID

from handslag.casework.access import readable_case
from handslag.casework.copies.parts import CopyPart, parts_of
from handslag.casework.copies.pdf import make_copy_pdf
from handslag.casework.errors import PartNotFound
from handslag.casework.models import MaskedCopy
from handslag.casework.operations.copies import frame_of
from handslag.foundation import public as foundation


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
    """A copy with its passages in order; raises PartNotFound."""
    with foundation.acting(actor):
        rows = MaskedCopy.objects.select_related(
            "case__unit", "prepared_by", "reviewed_by", "given_by", "document"
        )
        copy = rows.prefetch_related("passages").filter(id=copy_id).first()
        if copy is None:
            raise PartNotFound("There is no such copy, or you may not see it.")
        return copy


def preview_copy(copy_id: UUID, actor: foundation.Actor) -> bytes:
    """The PDF as it would be now, marked as a preview; what is masked is not in it."""
    with foundation.acting(actor):
        copy = get_copy(copy_id, actor)
        now = foundation.now()
        return make_copy_pdf(copy, list(copy.passages.all()), frame_of(copy, now, is_preview=True))
