"""Opening, informing of, extending and closing an investigation of a child (SoL 14:2, 20:3-4; FL 25, 32)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import case_to_work_in, open_investigation_locked
from handslag.child_protection.investigation_errors import (
    InvestigationIsOpen,
    InvestigationMayNotClose,
    TooLateToExtend,
    ViolenceIsNotSimple,
)
from handslag.child_protection.investigation_events import (
    ConcernedInformed,
    InvestigationClosed,
    InvestigationExtended,
    InvestigationOpened,
    InvestigationRestarted,
    PathChanged,
)
from handslag.child_protection.investigation_settings import target_on
from handslag.child_protection.investigation_states import (
    ClosingOutcome,
    HowInformed,
    InvestigationState,
    Path,
    ProposalState,
    Question,
)
from handslag.child_protection.models import Investigation
from handslag.child_protection.operations.extension_proposals import settle_proposal
from handslag.child_protection.operations.follow_up import decide_follow_up
from handslag.child_protection.operations.windows import end_windows, settle_homes
from handslag.child_protection.queries.chains import chain_of, days_used
from handslag.child_protection.queries.closing import closing_decision, missing_to_close
from handslag.child_protection.queries.extension_proposals import time_is_up
from handslag.child_protection.reasons import in_words
from handslag.foundation import public as foundation
from handslag.people import public as people

Role = foundation.Role
VIOLENCE = frozenset({Question.VIOLENCE, Question.WITNESSED_VIOLENCE, Question.SEXUAL_ABUSE, Question.HONOUR})


@foundation.operation
def open_investigation(
    *, case_id: UUID, questions: Sequence[str], path: str, path_reason: str, reported_child_id: UUID | None = None,
    violence: bool = False, by: foundation.Actor, at: datetime,
) -> Investigation:  # fmt: skip
    """Decide to investigate the child of a case; four months run from today (SoL 20:3).

    `questions` are codes of `Question`. The guardians become parties of the case; who made a report never does. When
    one of the questions was closed within a year the days add up: the restart is recorded and the unit's managers
    are told. Raises InvestigationIsOpen, ViolenceIsNotSimple, BadInput, or Refused without delegation.
    """
    case = case_to_work_in(case_id, "decide", by)
    return open_as(
        case, questions=questions, path=path, path_reason=path_reason, reported_child_id=reported_child_id,
        violence=violence, by=by, at=at,
    )  # fmt: skip


def open_as(
    case: casework.Case, *, questions: Sequence[str], path: str, path_reason: str, reported_child_id: UUID | None,
    violence: bool, why: str = "", decision: str = "child_protection.open", delegated_in: UUID | None = None,
    decider: foundation.Actor | None = None, by: foundation.Actor, at: datetime,
) -> Investigation:  # fmt: skip
    """Within an operation: open it in a file. `decider` decides where the system's hand writes, under the delegation of
    the unit `delegated_in`; `why` stands in the decision too."""
    if Investigation.objects.filter(case_id=case.id, state=InvestigationState.OPEN).exists():
        raise InvestigationIsOpen
    who = decider or by
    asked, reason = _asked(questions), in_words(path_reason, "path_reason")
    violent = violence or bool(VIOLENCE & set(asked))
    _require_path(path, violent)
    today = foundation.day_of(at)
    investigation = Investigation(
        case_id=case.id, child_id=case.person_id, reported_child_id=reported_child_id, questions=asked,
        violence=violent, path=path, path_reason=reason, target_on=target_on(path, today), opened_on=today,
        opened_at=at, opened_by_id=who.account_id,
    )  # fmt: skip
    earlier = _earlier_of(investigation, today)
    if earlier is not None:
        investigation.continues_id, investigation.days_before = earlier
    investigation.save(force_insert=True)
    casework.decide(
        case_id=case.id, type=decision, outcome=casework.Outcome.DECIDED, legal_ground="SoL 14:2",
        reason=[foundation.said("child_protection.decision.open"), reason, *filter(None, [why])],
        matter_id=investigation.id, procedural=True, decider=decider, delegated_in=delegated_in, by=by, at=at,
    )  # fmt: skip
    _join_guardians(case, by=by, at=at)
    opened = InvestigationOpened(
        case_id=case.id, person_id=case.person_id, unit_id=case.unit_id, investigation_id=investigation.id,
        reported_child_id=reported_child_id, questions=tuple(asked), path=path, violence=violent,
        acted_id=decider.account_id if decider is not None else None,
    )  # fmt: skip
    foundation.record(opened, by=by, at=at)
    end_windows(child_id=case.person_id, on=today, at=at)
    if earlier is not None:
        _tell_restart(case, investigation, earlier[0], by=by, at=at)
    return investigation


@foundation.operation
def inform_concerned(
    *, investigation_id: UUID, whom: str = "", told_on: date | None = None, how: str = "", because_not: str = "",
    by: foundation.Actor, at: datetime,
) -> Investigation:  # fmt: skip
    """Record that those concerned were told that an investigation is open: who, on which day and how; or the special
    reasons why not (SoL 20:4). Both, where some were told and others not.

    `how` is a code of `HowInformed`; the day is one of the investigation's, until today. Once: doing it again changes
    nothing. Raises BadInput at what is missing.
    """
    investigation = open_investigation_locked(investigation_id, by)
    if investigation.informed_at is not None:
        return investigation
    whom, because_not = whom.strip(), because_not.strip()
    if whom or told_on is not None or how or not because_not:
        _require_told(investigation, whom, told_on, how, foundation.day_of(at))
    reason = in_words(because_not, "because_not") if because_not else ""
    investigation.informed_at, investigation.not_informed_because = at, reason
    investigation.informed_whom, investigation.informed_on, investigation.informed_how = whom, told_on, how
    _save(
        investigation, "informed_at", "informed_whom", "informed_on", "informed_how", "not_informed_because"
    )
    told = ConcernedInformed(
        case_id=investigation.case_id, investigation_id=investigation.id, told=bool(whom)
    )
    foundation.record(told, by=by, at=at)
    return investigation


@foundation.operation
def change_path(
    *, investigation_id: UUID, path: str, reason: str, by: foundation.Actor, at: datetime
) -> Investigation:
    """Go over to another path, with the reason; the own target is counted from the opening, the law's time stands."""
    investigation = open_investigation_locked(investigation_id, by)
    _require_path(path, investigation.violence)
    investigation.path, investigation.path_reason = path, in_words(reason, "reason")
    investigation.target_on = target_on(path, investigation.opened_on)
    _save(investigation, "path", "path_reason", "target_on")
    changed = PathChanged(case_id=investigation.case_id, investigation_id=investigation.id, path=path)
    foundation.record(changed, by=by, at=at)
    return investigation


@foundation.operation
def extend_investigation(
    *, investigation_id: UUID, until: date, ground: str, by: foundation.Actor, at: datetime
) -> Investigation:
    """Decide that the investigation may take until a set day, for special reasons (SoL 20:3), before its last day.

    A proposal that waits is answered by it, whatever day it asked for. Raises TooLateToExtend, BadInput for a day that is not later, or Refused without delegation.
    """
    investigation = open_investigation_locked(investigation_id, by)
    reason = in_words(ground, "ground")
    if time_is_up(investigation, foundation.day_of(at)):
        raise TooLateToExtend
    decision = casework.decide(
        case_id=investigation.case_id, type="child_protection.extend", outcome=casework.Outcome.DECIDED,
        legal_ground="SoL 20:3", matter_id=investigation.id, procedural=True, by=by, at=at,
        reason=[foundation.said("child_protection.decision.extend", until=until.isoformat()), reason],
    )  # fmt: skip
    casework.extend_clock(
        case_id=decision.case_id,
        rule="UTR",
        about=investigation.id,
        last_day=until,
        because=reason,
        by=by,
        at=at,
    )
    investigation.extended_until = until
    _save(investigation, "extended_until")
    extended = InvestigationExtended(
        case_id=investigation.case_id, investigation_id=investigation.id, until=until
    )
    foundation.record(extended, by=by, at=at)
    settle_proposal(investigation, ProposalState.DECIDED, by=by, at=at)
    return investigation


@foundation.operation
def close_investigation(
    *, investigation_id: UUID, outcome: str, ground: str = "", proposed_intervention: str = "", accepted: bool = False,
    follow_because: str = "", follow_with_consent: bool = False, by: foundation.Actor, at: datetime,
) -> Investigation:  # fmt: skip
    """Decide and close. `outcome` is a code of `ClosingOutcome`; an early close and one without an intervention need
    a ground, one with an intervention says which. `accepted`: the family has said yes to it.

    Nothing closes before the parties have been told and could answer and the child's view is recorded (or why it
    could not be had). With `follow_because` it is decided at once to follow the child, where `may_follow` lets it
    (SoL 23:1-2); a close by itself opens no such time. Raises InvestigationMayNotClose with what is missing, BadInput,
    or Refused without delegation or without ground for the follow-up.
    """
    investigation = open_investigation_locked(investigation_id, by)
    if outcome not in ClosingOutcome.values:
        raise foundation.BadInput(
            "There is no such way to close.", where="outcome", do="Choose one of the ways."
        )
    with_one = outcome == ClosingOutcome.WITH_INTERVENTION
    ground = ground.strip() if with_one else in_words(ground, "ground")
    proposed = (
        _written(proposed_intervention, "proposed_intervention")
        if with_one
        else proposed_intervention.strip()
    )
    _require_whole(investigation, outcome, at)
    casework.decide(
        case_id=investigation.case_id, type=closing_decision(outcome),
        outcome=casework.Outcome.DECIDED, legal_ground="SoL 14:2", matter_id=investigation.id, by=by, at=at,
        reason=[foundation.said(f"child_protection.decision.{outcome}"), *filter(None, (ground, proposed))],
    )  # fmt: skip
    today = foundation.day_of(at)
    investigation.state, investigation.outcome = InvestigationState.CLOSED, outcome
    investigation.closed_on, investigation.closed_at = today, at
    investigation.closing_ground, investigation.proposed_intervention = ground, proposed
    investigation.accepted = accepted and with_one
    _save(
        investigation, "state", "outcome", "closed_on", "closed_at", "closing_ground", "proposed_intervention",
        "accepted",
    )  # fmt: skip
    case = casework.get_case(investigation.case_id, by)
    closed = InvestigationClosed(
        case_id=case.id, person_id=case.person_id, unit_id=case.unit_id, investigation_id=investigation.id,
        outcome=outcome, accepted=investigation.accepted, days_used=days_used(investigation, today),
    )  # fmt: skip
    foundation.record(closed, by=by, at=at)
    settle_proposal(investigation, ProposalState.LAPSED, by=by, at=at)
    settle_homes(child_id=case.person_id, by=by, at=at)
    if follow_because.strip():
        decide_follow_up(
            investigation, because=follow_because, with_consent=follow_with_consent, by=by, at=at
        )
    return investigation


def _require_whole(investigation: Investigation, outcome: str, at: datetime) -> None:
    missing = missing_to_close(investigation, outcome, at)
    if missing:
        raise InvestigationMayNotClose(missing)


def _require_told(
    investigation: Investigation, whom: str, told_on: date | None, how: str, today: date
) -> None:
    """Raise BadInput, naming the field, unless it is said who was told, on which day and how."""
    if not whom:
        raise foundation.BadInput(
            "It is not said who was told.", where="whom",
            do="Name those who were told, or write the special reasons why nobody was.",
        )  # fmt: skip
    if told_on is None:
        raise foundation.BadInput(
            "The day is missing.", where="told_on", do="Say on which day they were told."
        )
    if not investigation.opened_on <= told_on <= today:
        raise foundation.BadInput(
            "They are told of an investigation that is open, and of no day to come.", where="told_on",
            do="Give a day from {opened} to today.", values={"opened": investigation.opened_on.isoformat()},
        )  # fmt: skip
    if how not in HowInformed.values:
        raise foundation.BadInput(
            "It is not said how they were told.", where="how", do="Choose one of the ways."
        )


def _asked(questions: Sequence[str]) -> list[str]:
    asked = list(dict.fromkeys(questions))
    if not asked or not set(asked) <= set(Question.values):
        raise foundation.BadInput(
            "Say what the investigation asks.", where="questions", do="Choose one or more of the questions."
        )
    return asked


def _require_path(path: str, violence: bool) -> None:
    if path not in Path.values:
        raise foundation.BadInput("There is no such path.", where="path", do="Choose one of the paths.")
    if violence and path == Path.SIMPLIFIED:
        raise ViolenceIsNotSimple


def _written(text: str, where: str) -> str:
    if not text.strip():
        raise foundation.BadInput(
            "The reason is missing.", where=where, do="Write it; it stands in the case."
        )
    return text.strip()


def _earlier_of(investigation: Investigation, today: date) -> tuple[UUID, int] | None:
    """The investigation that this one goes on from, with the days used by then."""
    chain = chain_of(investigation, today=today)
    before = [one for one in chain.investigation_ids if one != investigation.id]
    return (before[-1], chain.days_used) if before else None


def _join_guardians(case: casework.Case, *, by: foundation.Actor, at: datetime) -> None:
    """Those with custody become parties now. Their right to read follows casework's table of parts."""
    today = foundation.day_of(at)
    for relation in people.relations_of(case.person_id, by, today):
        if relation.kind == "guardian" and relation.other_id == case.person_id:
            casework.add_party(case_id=case.id, person_id=relation.person_id, role="guardian", by=by, at=at)


def _tell_restart(
    case: casework.Case, investigation: Investigation, earlier_id: UUID, *, by: foundation.Actor, at: datetime
) -> None:
    restarted = InvestigationRestarted(
        case_id=case.id, person_id=case.person_id, unit_id=case.unit_id, investigation_id=investigation.id,
        earlier_id=earlier_id, days_used=investigation.days_before,
    )  # fmt: skip
    foundation.record(restarted, by=by, at=at)
    text = foundation.said("child_protection.restarted", number=case.number, days=investigation.days_before)
    for account_id in casework.managers_to_tell(case):
        foundation.notify(account_id, text, link=f"/handlaggare/arende/{case.id}/", at=at)


def _save(investigation: Investigation, *fields: str) -> None:
    investigation.version += 1
    investigation.save(update_fields=[*fields, "version"])
