"""The front door of casework: everything that the contexts above may use."""

from handslag.casework.access import managers_to_tell, may, those_to_tell
from handslag.casework.appeals import (
    appeal_for,
    appeal_last_day,
    appeal_rules,
    appeal_sending,
    appeal_text,
    is_appeal_confirmed,
)
from handslag.casework.changes import (
    ChangedAlready,
    ChangeRefused,
    change_rules,
    decision_changed_by,
    require_change,
    said_of_change,
)
from handslag.casework.clock_sources import ExpectedClock, register_clock_source
from handslag.casework.copies.own_rules import whereabouts
from handslag.casework.copies.parts import CopyPart
from handslag.casework.dictation import dictate, may_dictate
from handslag.casework.errors import (
    CaseChangedMeanwhile,
    CaseMayNotClose,
    CaseNotFound,
    CopyChangedMeanwhile,
    FileIsEmpty,
    FileIsHarmful,
    FileLies,
    FileTooLarge,
    FileTypeRefused,
    MaskingChanged,
    MaskingStopped,
    MoveRefused,
    NoAppealRule,
    NotCommunicated,
    NotDictated,
    NoteChangedMeanwhile,
    NoteIsSigned,
    NotForAutomation,
    NothingLeftToTell,
    NotYours,
    PagesUnseen,
    PaperNotDrawn,
    PartNotFound,
    PassageMustStayHidden,
    ReadingNotYours,
    SecondReaderNeeded,
    SecondWeigherNeeded,
)
from handslag.casework.events import CaseClosed, CaseOpened, DecisionDelivered, DecisionMade
from handslag.casework.kinds import (
    CaseKind,
    case_kind,
    case_kinds,
    register_assignment_check,
    register_case_kind,
    register_closing_check,
)
from handslag.casework.masking import (
    AskedPassage,
    AskPassage,
    Hidden,
    MaskingQuestion,
    MaskingRule,
    masking_rules,
    register_masking_rule,
)
from handslag.casework.masking_grounds import MaskingGround, masking_ground, masking_grounds
from handslag.casework.models import (
    Assignment,
    Case,
    CaseKeptFrom,
    CaseParty,
    CaseSeries,
    CaseStaff,
    ChildWish,
    Communication,
    CompletionItem,
    CompletionRequest,
    Decision,
    DecisionNotice,
    Document,
    DocumentContent,
    ErasureItem,
    ErasureList,
    KeptOut,
    LeftOut,
    LegalClock,
    MaskedCopy,
    MaskedPage,
    MaskedPassage,
    Message,
    Note,
    NoteAddition,
    NoteClearance,
    NoteHeadings,
    NoteOpening,
    PaperClearance,
    PrintQueueItem,
    RecordConsent,
    RecordHold,
    RecordRule,
    RecordSight,
)
from handslag.casework.models.erasure import ItemState, ListState
from handslag.casework.note_templates import (
    NoteTemplate,
    all_note_templates,
    find_note_headings,
    note_template,
    note_templates,
)
from handslag.casework.operations.cases import (
    add_party,
    assign_case,
    close_case,
    hindrances,
    move_case,
    open_case,
    promise_day,
    remove_party,
    reopen_case,
)
from handslag.casework.operations.child_wishes import ask_to_keep, record_wish, review_wish, weigh_wish
from handslag.casework.operations.clock_settling import Recomputed, recompute_clocks, settle_clocks
from handslag.casework.operations.clocks import (
    extend_clock,
    lapse_clock,
    start_clock,
    stop_clock,
    turn_clocks,
)
from handslag.casework.operations.communication import (
    answer_communication,
    ask_to_speak,
    communicate,
    finished_communication,
    preview_communication,
    waive_communication,
)
from handslag.casework.operations.completions import (
    ItemAnswer,
    answer_completion,
    cancel_completion,
    note_overdue_completions,
    request_completion,
)
from handslag.casework.operations.copies import (
    COPY_WAYS,
    PassageChoice,
    cancel_copy,
    give_copy,
    mask_passages,
    prepare_copy,
    review_copy,
    send_copy_for_review,
)
from handslag.casework.operations.copy_pages import Area, PageMasking, areas_of, leave_out_rest, mask_page
from handslag.casework.operations.decisions import WAYS, attach_letter, decide, deliver_decision
from handslag.casework.operations.digest import send_digests
from handslag.casework.operations.documents import (
    MOST_MEGABYTES,
    add_document,
    checked_media_type,
    plain_name,
    scanned,
)
from handslag.casework.operations.erasure import (
    approve_erasure,
    erase_file,
    finish_list,
    forget_leftovers,
    keep_from_erasure,
    may_approve_erasure,
    propose_erasure,
)
from handslag.casework.operations.kept_from import (
    allow_despite_bias,
    end_keeping,
    find_kept_from,
    is_allowed,
    keep_case_from,
)
from handslag.casework.operations.messages import mark_read, send_message
from handslag.casework.operations.note_headings import end_note_headings, set_note_headings
from handslag.casework.operations.note_openings import HeldPassage, open_note_online
from handslag.casework.operations.notes import (
    add_objection,
    correct_note,
    discard_note_draft,
    draft_note,
    save_note_draft,
    sign_note,
    write_note,
)
from handslag.casework.operations.post import BY_POST, mark_printed, queue_for_print
from handslag.casework.operations.record import (
    agree_to_reading,
    clear_record,
    hold_record,
    lift_hold,
    object_to_note,
    set_record_rule,
    withdraw_agreement,
)
from handslag.casework.operations.record_papers import open_paper_online, possible_readers
from handslag.casework.operations.record_sight import end_sight, give_sight
from handslag.casework.operations.restriction import (
    break_glass,
    lift_restriction,
    name_staff,
    restrict_case,
    unname_staff,
)
from handslag.casework.operations.telling import (
    WAYS_TOLD,
    PlannedNotice,
    Telling,
    keep_out,
    let_in,
    plan_notices,
    tell_decision,
)
from handslag.casework.personal_text import HiddenPassage, PersonalText, text_for
from handslag.casework.ports import Scanner, use_scanner
from handslag.casework.postal import use_postal_address
from handslag.casework.processes import Process, Step, process, processes, register_process
from handslag.casework.queries.cases import (
    find_assignments,
    find_cases_of,
    find_cases_of_each,
    find_history,
    find_named_staff,
    find_open_case,
    find_parties,
    get_case,
    get_case_by_number,
    log_case_read,
)
from handslag.casework.queries.child_wishes import (
    OwnGuardian,
    find_wishes,
    guardians_to_keep_from,
    may_ask_to_keep,
)
from handslag.casework.queries.clock_reports import Breaking, ClockMoment, clock_history, find_breaking_clocks
from handslag.casework.queries.copies import (
    find_copies,
    find_copy_parts,
    get_copy,
    get_page,
    page_picture,
    page_spoken_proposed,
    preview_copy,
)
from handslag.casework.queries.erasure import ListedFile, ListToErase, find_erasure_lists
from handslag.casework.queries.note_openings import (
    find_held_passages,
    find_note_openings,
    find_notes_held_online,
)
from handslag.casework.queries.own_work import OwnPerson, OwnWork, find_own_persons, find_own_work
from handslag.casework.queries.pages import Page, moment, page_of, read_place
from handslag.casework.queries.parts import (
    communications_told_by,
    count_notes_since,
    find_communications,
    find_communications_to,
    find_completions,
    find_decisions,
    find_documents,
    find_drafts,
    find_messages,
    find_notes,
    find_unread_messages,
    get_decision,
    get_document,
    get_note,
    message_key_of,
    read_document,
)
from handslag.casework.queries.post import find_print_queue
from handslag.casework.queries.process_adherence import process_adherence
from handslag.casework.queries.process_steps import StepStand, steps_in_case
from handslag.casework.queries.receivers import (
    Receiver,
    find_decision_notices,
    find_kept_out,
    find_left_out,
    find_notices_to,
    find_receivers,
    told_about,
    who_log_in,
)
from handslag.casework.queries.record import (
    NotShown,
    OpenRecord,
    RecordFile,
    RecordOf,
    find_holds,
    find_own_guardians,
    find_paper_openings,
    find_records,
    get_note_online,
    open_record,
    read_paper_online,
)
from handslag.casework.queries.record_rule import find_record_rules, is_told_age_confirmed
from handslag.casework.queries.record_rule import rule_today as record_rule
from handslag.casework.queries.record_sight import GuardianSight, find_ended_sights, find_sights
from handslag.casework.queries.time_limits import TimeLimit, last_day_within, time_limit
from handslag.casework.queries.work import (
    BUCKETS,
    Balance,
    OwnCase,
    WorkItem,
    bucket_of,
    case_balance,
    count_own,
    count_work,
    counted_by,
    find_clocks,
    find_nearest_clocks,
    find_work,
    own_open_cases,
)
from handslag.casework.record_numbers import RecordNumber, record_numbers
from handslag.casework.retention import (
    payment_rule,
    register_before_erasure,
    register_erasure,
    register_record,
)
from handslag.casework.rules.calendar import add_months, working_day_from
from handslag.casework.rules.case_number import number_in
from handslag.casework.rules.changes import EFFECTS as CHANGE_EFFECTS
from handslag.casework.rules.changes import STAGES as APPEAL_STAGES
from handslag.casework.rules.changes import Change, ChangeRule
from handslag.casework.rules.clock_matters import Investigation as ChainedInvestigation
from handslag.casework.rules.file_types import ENDINGS
from handslag.casework.rules.investigation_chains import chains as investigation_chains
from handslag.casework.rules.masking import Telltale, mentions, name_words, together
from handslag.casework.rules.process_adherence import StepAdherence
from handslag.casework.rules.process_drawing import Words as ProcessWords
from handslag.casework.rules.process_drawing import draw_process
from handslag.casework.rules.speech_types import LONGEST_SPEECH_SECONDS, MOST_SPEECH_BYTES
from handslag.casework.states import (
    CaseState,
    ClockState,
    CommunicationState,
    CompletionState,
    CopyReceiver,
    CopyState,
    Direction,
    DocumentKind,
    KeptOutGround,
    NoteKind,
    NoteState,
    Outcome,
    PageChoice,
    PartyRole,
    PrintState,
    ScanState,
    SightEnd,
    SightGround,
    WishState,
    WishWay,
)
from handslag.casework.triggers import keep_clock
from handslag.casework.typesetting import PaperNotSet, day_in_words, set_paper

__all__ = [
    "APPEAL_STAGES", "BUCKETS", "BY_POST", "CHANGE_EFFECTS", "COPY_WAYS", "ENDINGS", "LONGEST_SPEECH_SECONDS", "MOST_MEGABYTES", "MOST_SPEECH_BYTES",
    "WAYS", "WAYS_TOLD", "Area", "AskPassage", "AskedPassage", "Assignment", "Balance", "Breaking", "Case",
    "CaseChangedMeanwhile", "CaseClosed", "CaseKeptFrom", "CaseKind", "CaseMayNotClose", "CaseNotFound", "CaseOpened",
    "CaseParty", "CaseSeries", "CaseStaff", "CaseState", "ChainedInvestigation", "Change", "ChangeRefused", "ChangeRule", "ChangedAlready", "ChildWish", "ClockMoment",
    "ClockState", "Communication", "CommunicationState", "CompletionItem", "CompletionRequest", "CompletionState",
    "CopyChangedMeanwhile", "CopyPart", "CopyReceiver", "CopyState", "Decision", "DecisionDelivered", "DecisionMade",
    "DecisionNotice", "Direction", "Document", "DocumentContent", "DocumentKind", "ErasureItem", "ErasureList",
    "ExpectedClock", "FileIsEmpty", "FileIsHarmful", "FileLies", "FileTooLarge", "FileTypeRefused", "GuardianSight",
    "HeldPassage", "Hidden", "HiddenPassage", "ItemAnswer", "ItemState", "KeptOut", "KeptOutGround", "LeftOut",
    "LegalClock", "ListState", "ListToErase", "ListedFile", "MaskedCopy", "MaskedPage", "MaskedPassage",
    "MaskingChanged", "MaskingGround", "MaskingQuestion", "MaskingRule", "MaskingStopped", "Message", "MoveRefused",
    "NoAppealRule", "NotCommunicated", "NotDictated", "NotForAutomation", "NotShown", "NotYours", "Note",
    "NoteAddition", "NoteChangedMeanwhile", "NoteClearance", "NoteHeadings", "NoteIsSigned", "NoteKind",
    "NoteOpening", "NoteState", "NoteTemplate", "NothingLeftToTell", "OpenRecord", "Outcome", "OwnCase",
    "OwnGuardian", "OwnPerson", "OwnWork", "Page", "PageChoice", "PageMasking", "PagesUnseen", "PaperClearance",
    "PaperNotDrawn", "PaperNotSet", "PartNotFound", "PartyRole", "PassageChoice", "PassageMustStayHidden",
    "PersonalText", "PlannedNotice", "PrintQueueItem", "PrintState", "Process", "ProcessWords", "ReadingNotYours",
    "Receiver", "Recomputed", "RecordConsent", "RecordFile", "RecordHold", "RecordNumber", "RecordOf", "RecordRule",
    "RecordSight", "ScanState", "Scanner", "SecondReaderNeeded", "SecondWeigherNeeded", "SightEnd", "SightGround",
    "Step", "StepAdherence", "StepStand", "Telling", "Telltale", "TimeLimit", "WishState", "WishWay", "WorkItem",
    "add_document", "add_months", "add_objection", "add_party", "agree_to_reading", "all_note_templates",
    "allow_despite_bias", "answer_communication", "answer_completion", "appeal_for", "appeal_last_day",
    "appeal_rules", "appeal_sending", "appeal_text", "approve_erasure", "areas_of", "ask_to_keep", "ask_to_speak",
    "assign_case", "attach_letter", "break_glass", "bucket_of", "cancel_completion", "cancel_copy", "case_balance",
    "case_kind", "case_kinds", "change_rules", "checked_media_type", "clear_record", "clock_history", "close_case", "communicate",
    "communications_told_by", "correct_note", "count_notes_since", "count_own", "count_work", "counted_by",
    "day_in_words", "decide", "decision_changed_by", "deliver_decision", "dictate", "discard_note_draft", "draft_note", "draw_process",
    "end_keeping", "end_note_headings", "end_sight", "erase_file", "extend_clock", "find_assignments",
    "find_breaking_clocks", "find_cases_of", "find_cases_of_each", "find_clocks", "find_communications",
    "find_communications_to", "find_completions", "find_copies", "find_copy_parts", "find_decision_notices",
    "find_decisions", "find_documents", "find_drafts", "find_ended_sights", "find_erasure_lists",
    "find_held_passages", "find_history", "find_holds", "find_kept_from", "find_kept_out", "find_left_out",
    "find_messages", "find_named_staff", "find_nearest_clocks", "find_note_headings", "find_note_openings",
    "find_notes", "find_notes_held_online", "find_notices_to", "find_open_case", "find_own_guardians",
    "find_own_persons", "find_own_work", "find_paper_openings", "find_parties", "find_print_queue", "find_receivers",
    "find_record_rules", "find_records", "find_sights", "find_unread_messages", "find_wishes", "find_work",
    "finish_list", "finished_communication", "forget_leftovers", "get_case", "get_case_by_number", "get_copy",
    "get_decision", "get_document", "get_note", "get_note_online", "get_page", "give_copy", "give_sight",
    "guardians_to_keep_from", "hindrances", "hold_record", "investigation_chains", "is_allowed",
    "is_appeal_confirmed", "is_told_age_confirmed", "keep_case_from", "keep_clock", "keep_from_erasure", "keep_out",
    "lapse_clock", "last_day_within", "leave_out_rest", "let_in", "lift_hold", "lift_restriction", "log_case_read",
    "managers_to_tell", "mark_printed", "mark_read", "mask_page", "mask_passages", "masking_ground",
    "masking_grounds", "masking_rules", "may", "may_approve_erasure", "may_ask_to_keep", "may_dictate", "mentions",
    "message_key_of", "moment", "move_case", "name_staff", "name_words", "note_overdue_completions", "note_template",
    "note_templates", "number_in", "object_to_note", "open_case", "open_note_online", "open_paper_online",
    "open_record", "own_open_cases", "page_of", "page_picture", "page_spoken_proposed", "payment_rule", "plain_name",
    "plan_notices", "possible_readers", "prepare_copy", "preview_communication", "preview_copy", "process",
    "process_adherence", "processes", "promise_day", "propose_erasure", "queue_for_print", "read_document",
    "read_paper_online", "read_place", "recompute_clocks", "record_numbers", "record_rule", "record_wish",
    "register_assignment_check", "register_before_erasure", "register_case_kind", "register_clock_source",
    "register_closing_check", "register_erasure", "register_masking_rule", "register_process", "register_record",
    "remove_party", "reopen_case", "request_completion", "require_change", "restrict_case", "review_copy", "review_wish",
    "said_of_change", "save_note_draft", "scanned", "send_copy_for_review", "send_digests", "send_message", "set_note_headings",
    "set_paper", "set_record_rule", "settle_clocks", "sign_note", "start_clock", "steps_in_case", "stop_clock",
    "tell_decision", "text_for", "those_to_tell", "time_limit", "together", "told_about", "turn_clocks",
    "unname_staff", "use_postal_address", "use_scanner", "waive_communication", "weigh_wish", "whereabouts",
    "who_log_in", "withdraw_agreement", "working_day_from", "write_note",
]  # fmt: skip
