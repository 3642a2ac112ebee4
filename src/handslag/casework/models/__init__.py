"""The rows of casework."""

from handslag.casework.models.cases import Assignment, Case, CaseParty, CaseSeries, CaseStaff
from handslag.casework.models.child_wishes import ChildWish
from handslag.casework.models.clocks import LegalClock
from handslag.casework.models.completions import CompletionItem, CompletionRequest
from handslag.casework.models.copies import MaskedCopy, MaskedPassage
from handslag.casework.models.decisions import Communication, Decision
from handslag.casework.models.documents import Document, DocumentContent
from handslag.casework.models.erasure import ErasureItem, ErasureList
from handslag.casework.models.kept_from import CaseKeptFrom
from handslag.casework.models.messages import Message
from handslag.casework.models.note_headings import NoteHeadings
from handslag.casework.models.note_openings import NoteOpening
from handslag.casework.models.notes import Note, NoteAddition
from handslag.casework.models.pages import MaskedPage
from handslag.casework.models.post import PrintQueueItem
from handslag.casework.models.record import (
    MaskedNote,
    NoteClearance,
    PaperClearance,
    RecordConsent,
    RecordHold,
    RecordRule,
    RecordSight,
)
from handslag.casework.models.telling import DecisionNotice, KeptOut, LeftOut

__all__ = [
    "Assignment", "Case", "CaseKeptFrom", "CaseParty", "CaseSeries", "CaseStaff", "ChildWish", "Communication", "CompletionItem",
    "CompletionRequest", "Decision", "DecisionNotice", "Document", "DocumentContent", "ErasureItem", "ErasureList",
    "KeptOut", "LeftOut", "LegalClock", "MaskedCopy",
    "MaskedNote", "MaskedPage", "MaskedPassage", "Message", "Note", "NoteAddition", "NoteClearance", "NoteHeadings", "NoteOpening", "PaperClearance",
    "PrintQueueItem",
    "RecordConsent", "RecordHold", "RecordRule", "RecordSight",
]  # fmt: skip
