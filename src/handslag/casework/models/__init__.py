"""The rows of casework."""

from handslag.casework.models.cases import Assignment, Case, CaseParty, CaseSeries, CaseStaff
from handslag.casework.models.clocks import LegalClock
from handslag.casework.models.completions import CompletionItem, CompletionRequest
from handslag.casework.models.copies import MaskedCopy, MaskedPassage
from handslag.casework.models.decisions import Communication, Decision
from handslag.casework.models.documents import Document, DocumentContent
from handslag.casework.models.erasure import ErasureItem, ErasureList
from handslag.casework.models.messages import Message
from handslag.casework.models.notes import Note, NoteAddition
from handslag.casework.models.record import NoteClearance, RecordConsent, RecordHold, RecordRule

__all__ = [
    "Assignment", "Case", "CaseParty", "CaseSeries", "CaseStaff", "Communication", "CompletionItem",
    "CompletionRequest", "Decision", "Document", "DocumentContent", "ErasureItem", "ErasureList", "LegalClock", "MaskedCopy",
    "MaskedPassage", "Message", "Note", "NoteAddition", "NoteClearance", "RecordConsent", "RecordHold",
    "RecordRule",
]  # fmt: skip
