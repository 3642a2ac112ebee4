"""The draft of a report: kept sealed while it is written, erased when it is sent, thrown away or a day old.

Nothing here enters the event log: a draft is nobody's act yet, and whoever writes may want to stay unknown.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import VISITOR, Actor
from handslag.portal.citizen.concern.models import ConcernDraft, ConcernPaper
from handslag.portal.citizen.concern.sealing import Seal

KEPT_FOR = timedelta(days=1)
MOST_PAPERS = 5
MOST_MEGABYTES = 40
MOST_WRITTEN_BYTES = 600_000
# Of everybody together: more than a town writes in a day, and less than fills a disk.
MOST_DRAFTS = 20_000
MOST_GIGABYTES_IN_ALL = 5
KEEPER = foundation.system("concern")


class DraftErased(foundation.Conflict):
    """The draft that a page belongs to was erased, or sent, while the page was open."""

    def __init__(self) -> None:
        super().__init__(
            "What you had written was erased or sent in another window.",
            do="Choose what to do with the rest.",
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """A photo or file of the draft."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been answered so far, by step, and since when it lies here untouched."""

    seal: Seal
    answers: Mapping[str, Any]
    saved_at: datetime | None = None


def find_draft(seal: Seal | None, at: datetime) -> Draft | None:
    """The draft that the key opens; None where there is none, or it is more than a day old."""
    if seal is None:
        return None
    with foundation.acting(VISITOR):
        _show(seal)
        row = ConcernDraft.objects.filter(id=seal.id, saved_at__gt=at - KEPT_FOR).first()
    content = seal.open(bytes(row.sealed)) if row else None
    return Draft(seal, json.loads(content), row.saved_at) if row and content is not None else None


def find_papers(seal: Seal) -> list[Paper]:
    """The papers of the draft by name, in the order that they came."""
    with foundation.acting(VISITOR):
        _show(seal)
        rows = list(ConcernPaper.objects.filter(draft_id=seal.id).defer("sealed").order_by("added_at", "id"))
    return [Paper(row.id, (seal.open(bytes(row.sealed_name)) or b"").decode()) for row in rows]


def papers_with_content(seal: Seal) -> list[tuple[str, bytes]]:
    """Name and content of each paper, for the report itself."""
    with foundation.acting(VISITOR):
        _show(seal)
        rows = list(ConcernPaper.objects.filter(draft_id=seal.id).order_by("added_at", "id"))
    opened = [(seal.open(bytes(row.sealed_name)), seal.open(bytes(row.sealed))) for row in rows]
    return [(name.decode(), content) for name, content in opened if name is not None and content is not None]


def are_too_many() -> bool:
    """Whether more reports are being written, by everybody together, than there is room for."""
    with foundation.acting(KEEPER):
        return ConcernDraft.objects.count() >= MOST_DRAFTS


def fits(answers: Mapping[str, Any], step: str, answered: Any) -> bool:
    """Whether the draft has room for the answers of a step beside the others."""
    return len(_written({**answers, step: answered})) <= MOST_WRITTEN_BYTES


def _written(answers: Mapping[str, Any]) -> bytes:
    return json.dumps(answers, ensure_ascii=False).encode()


@foundation.operation
def keep_step(*, seal: Seal, step: str, answers: Any, begun: bool, by: Actor, at: datetime) -> Draft:
    """Keep the answers of one step beside the others; `by` is the visitor, whoever writes.

    `begun`: the draft was there when the page was sent. Raises DraftErased where it has gone since: what somebody has
    erased never comes back by itself. Raises BadInput where more is written than a draft has room for.
    """
    _show(seal)
    row = ConcernDraft.objects.select_for_update().filter(id=seal.id).first()
    if begun and row is None:
        raise DraftErased
    content = seal.open(bytes(row.sealed)) if row else None
    kept = {**(json.loads(content) if content is not None else {}), step: answers}
    written = _written(kept)
    if len(written) > MOST_WRITTEN_BYTES:
        raise foundation.BadInput(
            "The report is too long.", do="Write it shorter, or send the rest as a file."
        )
    sealed = seal.close(written)
    ConcernDraft.objects.update_or_create(id=seal.id, defaults={"sealed": sealed, "saved_at": at})
    return Draft(seal, kept, at)


@foundation.operation
def add_paper(*, seal: Seal, name: str, content: bytes, by: Actor, at: datetime) -> None:
    """Keep a photo or file with the draft. Raises BadInput for what casework would not take, for a sixth, and where there
    is no room for more in the draft or in all drafts together; and DraftErased."""
    casework.checked_media_type(content, name)
    _show(seal)
    if not ConcernDraft.objects.select_for_update().filter(id=seal.id).exists():
        raise DraftErased
    if ConcernPaper.objects.filter(draft_id=seal.id).count() >= MOST_PAPERS:
        raise foundation.BadInput(
            "You can add at most {most} files here.", do="Tell us, and you can send more later.",
            values={"most": MOST_PAPERS},
        )  # fmt: skip
    if _bytes_of_papers(seal) + len(content) > MOST_MEGABYTES * 1024**2:
        raise foundation.BadInput(
            "The photos and files of a report may be {most} MB together.",
            do="Choose the most important ones. Tell us, and you can send more later.", values={"most": MOST_MEGABYTES},
        )  # fmt: skip
    with foundation.acting(KEEPER):
        held = _bytes_of_papers(None)
    if held + len(content) > MOST_GIGABYTES_IN_ALL * 1024**3:
        raise foundation.BadInput(
            "There is no room for more photos and files just now.",
            do="Send the report without them, and hand them in later.",
        )
    ConcernPaper.objects.create(
        draft_id=seal.id,
        sealed_name=seal.close(name[-160:].encode()),
        sealed=seal.close(content),
        added_at=at,
    )


@foundation.operation
def remove_paper(*, seal: Seal, paper_id: UUID, by: Actor, at: datetime) -> None:
    """Take a photo or file out of the draft; nothing happens where there is none."""
    _show(seal)
    ConcernPaper.objects.filter(draft_id=seal.id, id=paper_id).delete()


@foundation.operation
def erase(*, seal: Seal, by: Actor, at: datetime) -> None:
    """Erase the draft and its papers at once."""
    _show(seal)
    ConcernDraft.objects.filter(id=seal.id).delete()


@foundation.operation
def erase_old(*, by: Actor, at: datetime) -> int:
    """Erase drafts that nobody has touched for a day, and counts of earlier days; the number of drafts. System only."""
    from handslag.portal.citizen.concern.models import ConcernPace

    ConcernPace.objects.filter(hour__lt=at - KEPT_FOR).delete()
    return ConcernDraft.objects.filter(saved_at__lte=at - KEPT_FOR).delete()[1].get("concern.ConcernDraft", 0)


def _bytes_of_papers(seal: Seal | None) -> int:
    """What the papers of a draft take, or of all drafts that the actor may see."""
    of_one, values = (" WHERE draft_id = %s", [seal.id]) if seal else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(sum(octet_length(sealed)), 0) FROM concern_paper{of_one}", values)
        return int(cursor.fetchone()[0])


def _show(seal: Seal) -> None:
    """Tell the database which draft this transaction may touch; the policies let it see no other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('handslag.concern_draft', %s, true)", [str(seal.id)])
