"""Asking for more time: who may not extend an investigation sends the day and the reasons to those who may (SoL 20:3)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import case_to_work_in, open_investigation_locked
from handslag.child_protection.investigation_errors import NoSuchInvestigation, ProposalWaits, TooLateToExtend
from handslag.child_protection.investigation_events import ExtensionDeclined, ExtensionProposed
from handslag.child_protection.investigation_states import ProposalState
from handslag.child_protection.models import ExtensionProposal, Investigation
from handslag.child_protection.queries.extension_proposals import (
    DECISION,
    last_day_of,
    time_is_up,
    waiting_in,
)
from handslag.child_protection.reasons import in_words
from handslag.foundation import public as foundation


@foundation.operation
def propose_extension(
    *, investigation_id: UUID, until: date, ground: str, by: foundation.Actor, at: datetime
) -> ExtensionProposal:
    """Ask those who may decide it to extend an investigation until a day, with the special reasons; they are told.

    Nothing is decided by it, and the time of the law runs on. Raises ProposalWaits, TooLateToExtend, and BadInput for
    a day that is not later or a reason that is no words.
    """
    investigation = open_investigation_locked(investigation_id, by)
    reason, last_day = in_words(ground, "ground"), last_day_of(investigation)
    if time_is_up(investigation, foundation.day_of(at)):
        raise TooLateToExtend
    if last_day is not None and until <= last_day:
        raise foundation.BadInput(
            "The new last day is not later than the present one.", where="until", do="Choose a later day."
        )
    if waiting_in(investigation) is not None:
        raise ProposalWaits
    proposal = ExtensionProposal(
        investigation=investigation, case_id=investigation.case_id, until=until, ground=reason,
        proposed_by_id=by.account_id, proposed_at=at,
    )  # fmt: skip
    proposal.save(force_insert=True)
    asked = ExtensionProposed(
        case_id=proposal.case_id, investigation_id=investigation.id, proposal_id=proposal.id, until=until
    )
    foundation.record(asked, by=by, at=at)
    case = casework.get_case(investigation.case_id, by)
    text = foundation.said("child_protection.extension_proposed", number=case.number, until=until.isoformat())
    for account_id in casework.managers_to_tell(case):
        foundation.notify(account_id, text, link=link_of(investigation), at=at)
    return proposal


@foundation.operation
def decline_extension(
    *, proposal_id: UUID, because: str, by: foundation.Actor, at: datetime
) -> ExtensionProposal:
    """Answer a proposal that the investigation is not extended so, with the reason; who asked is told.

    For those to whom the delegation order gives the extension. Answering again changes nothing.
    """
    found = ExtensionProposal.objects.select_for_update().filter(id=proposal_id).first()
    if found is None:
        raise NoSuchInvestigation
    investigation = open_investigation_locked(found.investigation_id, by)
    case = case_to_work_in(investigation.case_id, "decide", by)
    foundation.require_delegation(by, DECISION, None, case.unit_id, foundation.day_of(at))
    if found.state != ProposalState.WAITING:
        return found
    _answer(found, ProposalState.DECLINED, in_words(because, "because"), by=by, at=at)
    declined = ExtensionDeclined(case_id=case.id, investigation_id=investigation.id, proposal_id=found.id)
    foundation.record(declined, by=by, at=at)
    _tell_asker(found, investigation, "child_protection.extension_declined", at=at)
    return found


def settle_proposal(investigation: Investigation, state: str, *, by: foundation.Actor, at: datetime) -> None:
    """Within an operation: the proposal that waits, if any, was decided, or lapsed with the close."""
    waiting = waiting_in(investigation)
    if waiting is None:
        return
    _answer(waiting, state, "", by=by, at=at)
    if state == ProposalState.DECIDED:
        _tell_asker(waiting, investigation, "child_protection.extension_decided", at=at)


def link_of(investigation: Investigation) -> str:
    """Where an extension is proposed, decided and declined."""
    return f"/handlaggare/arende/{investigation.case_id}/utredning/{investigation.id}/forlang/"


def _answer(
    proposal: ExtensionProposal, state: str, answer: str, *, by: foundation.Actor, at: datetime
) -> None:
    proposal.state, proposal.answer = state, answer
    proposal.answered_by_id, proposal.answered_at = by.account_id, at
    proposal.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    foundation.end_notices(link=link_of(proposal.investigation), at=at)


def _tell_asker(
    proposal: ExtensionProposal, investigation: Investigation, code: str, *, at: datetime
) -> None:
    if proposal.proposed_by_id is None or proposal.proposed_by_id == proposal.answered_by_id:
        return
    number = investigation.case.number
    text = foundation.said(code, number=number, until=proposal.until.isoformat())
    link = f"/handlaggare/arende/{investigation.case_id}/utredning/{investigation.id}/"
    foundation.notify(proposal.proposed_by_id, text, link=link, at=at)
