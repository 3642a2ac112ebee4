"""Papers and delivered decisions in the record online: what the rules say of them for one reader, and what staff have read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from handslag.casework import events, events_record
from handslag.casework.access import case_for
from handslag.casework.copies.pages import read_pages
from handslag.casework.errors import MaskingStopped, PaperNotDrawn, PartNotFound
from handslag.casework.masking import AskedPassage, MaskingQuestion, Proposal, ask_rules
from handslag.casework.models import (
    Case,
    CaseParty,
    Decision,
    Document,
    DocumentContent,
    MaskedCopy,
    PaperClearance,
)
from handslag.casework.queries.merged import all_records_of
from handslag.casework.rules.file_types import PDF
from handslag.casework.rules.masking import passages
from handslag.casework.rules.paper_text import paper_text
from handslag.casework.states import DocumentKind
from handslag.foundation import public as foundation

Paper = Document | Decision


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many papers and decisions one reader may be shown, how many not, and whether that is new."""

    shown: int
    hidden: int
    changed: bool


def clear_papers(case_id: UUID, reader_id: UUID, at: datetime) -> Cleared:
    """Keep which papers and decisions of a case one reader may be shown.

    Asked for by `clear_record`, as the system. What is the reader's own already needs no row. Raises MaskingStopped.
    """
    case = Case.objects.get(id=case_id)
    rows = {_key(one): one for one in PaperClearance.objects.filter(case_id=case_id, reader_id=reader_id)}
    rows |= _opened_before(case_id, reader_id, rows)
    papers: list[Paper] = [*_papers(case, reader_id), *_decisions(case, reader_id)]
    texts = [_texts_of(paper) for paper in papers]
    hides = _asked(case_id, reader_id, papers, texts)
    shown, changed = 0, False
    for paper, text, said in zip(papers, texts, hides, strict=True):
        row = rows.get(("decision" if isinstance(paper, Decision) else "document", paper.id))
        is_opened = row is not None and row.opened_by_id is not None
        hidden = (said is not None and not (is_opened and said.may_lift)) or (text is None and not is_opened)
        now = (hidden, said.ground if said and hidden else "", said.rule if said and hidden else "")
        shown += not hidden
        if row is not None and (row.hidden, row.ground, row.rule) == now:
            continue
        changed, row = True, row or _row(paper, case_id, reader_id)
        row.hidden, row.ground, row.rule = now
        row.asked_at = at
        row.save()
    return Cleared(shown, len(papers) - shown, changed)


@foundation.operation
def open_paper_online(
    *, document_id: UUID, reader_id: UUID, because: str, by: foundation.Actor, at: datetime
) -> PaperClearance:
    """A member of staff has read a paper that no rule can read, and lets one reader see it online. Raises MaskingStopped
    where a rule hides it for good, and BadInput for nobody who could read it."""
    paper = Document.objects.filter(id=document_id).exclude(kind=DocumentKind.INTERNAL).first()
    if paper is None:
        raise PartNotFound("There is no such document, or you may not see it.")
    case = case_for(paper.case_id, "hold_record", by)
    check_reader(case, reader_id, because)
    if paper.person_id is not None and paper.person_id not in (reader_id, case.person_id):
        raise foundation.BadInput(
            "The paper is somebody else's own.", where="reader", do="Make a copy instead."
        )
    (said,) = _asked(case.id, reader_id, [paper], [_texts_of(paper)])
    if said is not None and not said.may_lift:
        raise MaskingStopped(rule=said.rule)
    row = PaperClearance.objects.select_for_update().filter(document=paper, reader_id=reader_id).first()
    row = row or _row(paper, case.id, reader_id)
    row.hidden, row.ground, row.rule, row.asked_at = False, "", "", at
    row.opened_by_id, row.because = by.account_id, because.strip()[:1000]
    row.save()
    opened = events_record.PaperOpened(case_id=case.id, person_id=reader_id, document_id=document_id)
    events.tell(opened, by=by, at=at)
    return row


def check_reader(case: Case, reader_id: UUID, because: str) -> None:
    """Raise BadInput unless it is said why, and the reader is one of `possible_readers`."""
    if not because.strip():
        raise foundation.BadInput(
            "Say why it may be shown.",
            where="because",
            do="Write that you have read it, and what you weighed.",
        )
    if reader_id not in possible_readers(case):
        raise foundation.BadInput(
            "The person is not a party of this case.",
            where="reader",
            do="Choose one of the case's parties.",
        )


def possible_readers(case: Case) -> set[UUID]:
    """Who could read the record online: the person, and the parties with the role of guardian."""
    parties = CaseParty.objects.filter(case=case, role="guardian", valid_to__isnull=True)
    return {case.person_id, *parties.values_list("person_id", flat=True)}


def _papers(case: Case, reader_id: UUID) -> Iterator[Document]:
    """Those that the reader may see only through the record: nobody else's, no working paper, no copy for another."""
    copies = set(MaskedCopy.objects.filter(case=case).values_list("document_id", flat=True))
    for paper in Document.objects.filter(case=case).exclude(kind=DocumentKind.INTERNAL):
        if paper.person_id == reader_id or paper.id in copies:
            continue
        if paper.person_id is None or paper.person_id == case.person_id:
            yield paper


def _decisions(case: Case, reader_id: UUID) -> Iterator[Decision]:
    yield from Decision.objects.filter(case=case, delivered_at__isnull=False).exclude(person_id=reader_id)


def _texts_of(paper: Paper) -> list[str] | None:
    """The passages that rules are asked of; None where it cannot be told what a reader would see."""
    if isinstance(paper, Decision):
        return [foundation.tell(reason) for reason in paper.reasons]
    if paper.media_type == PDF:
        # Our own letters alone: a PDF from outside may say more than its text layer.
        is_ours = paper.kind == DocumentKind.DECISION_LETTER or (
            paper.kind == DocumentKind.LETTER and paper.added_by_id is None
        )
        try:
            return list(_letter(paper.id)) if is_ours else None
        except PaperNotDrawn:
            return None
    text = paper_text(_content(paper.id), paper.media_type)
    return None if text is None else passages(text)


@lru_cache(maxsize=128)
def _letter(document_id: UUID) -> tuple[str, ...]:
    """The lines of a letter of ours; a paper never changes."""
    return tuple(line.text for page in read_pages(_content(document_id), PDF) for line in page.lines)


def _content(document_id: UUID) -> bytes:
    found = DocumentContent.objects.filter(document_id=document_id).first()
    return bytes(found.content) if found is not None else b""


def _asked(
    case_id: UUID, reader_id: UUID, papers: Sequence[Paper], texts: Sequence[list[str] | None]
) -> list[Proposal | None]:
    """What hides each paper, its name too; one that may not be lifted goes before one that may."""
    asked = []
    for place, (paper, lines) in enumerate(zip(papers, texts, strict=True)):
        kind, name = ("decision", []) if isinstance(paper, Decision) else ("document", [paper.name])
        asked += [(place, AskedPassage(kind, paper.id, text)) for text in (*name, *(lines or []))]
    answers = ask_rules(MaskingQuestion(case_id, reader_id), [one for _place, one in asked]) if asked else []
    found: list[Proposal | None] = [None] * len(papers)
    for (place, _one), said in zip(asked, answers, strict=True):
        held = found[place]
        if said is not None and (held is None or held.may_lift):
            found[place] = said
    return found


def _row(paper: Paper, case_id: UUID, reader_id: UUID) -> PaperClearance:
    if isinstance(paper, Decision):
        return PaperClearance(decision=paper, case_id=case_id, reader_id=reader_id)
    return PaperClearance(document=paper, case_id=case_id, reader_id=reader_id)


def _opened_before(
    case_id: UUID, reader_id: UUID, rows: dict[tuple[str, UUID | None], PaperClearance]
) -> dict[tuple[str, UUID | None], PaperClearance]:
    """What a person opened for a record of the reader that has been merged since is opened for the one that was kept."""
    earlier = all_records_of(reader_id) - {reader_id}
    if not earlier:
        return {}
    found = {}
    opened = PaperClearance.objects.filter(case_id=case_id, reader_id__in=earlier, opened_by__isnull=False)
    for before in opened.order_by("asked_at", "id"):
        row = rows.get(_key(before))
        if row is not None and row.opened_by_id is not None:
            continue
        row = row or PaperClearance(
            document_id=before.document_id, decision_id=before.decision_id, case_id=case_id, reader_id=reader_id,
            hidden=True,
        )  # fmt: skip
        row.opened_by_id, row.because = before.opened_by_id, before.because
        found[_key(before)] = row
    return found


def _key(row: PaperClearance) -> tuple[str, UUID | None]:
    return ("decision", row.decision_id) if row.decision_id else ("document", row.document_id)
