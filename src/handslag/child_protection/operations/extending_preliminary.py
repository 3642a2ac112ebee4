"""More time for a preliminary assessment, decided or asked for, for exceptional reasons (synnerliga skäl, SoL 20:2)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection import report_events as events
from handslag.child_protection.models import PreliminaryExtension, PreliminaryProposal, ReportedChild
from handslag.child_protection.operations.bias import require_no_bias
from handslag.child_protection.operations.last_day import settle_last_day
from handslag.child_protection.operations.notices import tell_managers
from handslag.child_protection.operations.time_proposals import settle_time_proposal
from handslag.child_protection.reasons import in_words
from handslag.child_protection.reception_settings import reception_settings
from handslag.child_protection.report_access import OWN_HAND, child_for
from handslag.child_protection.report_errors import (
    AlreadyDecided,
    ChildNotIdentified,
    MoreTimeIsAsked,
    NoMoreTimeToGive,
    TooLateToExtendPreliminary,
)
from handslag.child_protection.states import TimeProposalState
from handslag.foundation import public as foundation

RULE = "FORH"
DECISION = "child_protection.extend_preliminary"


@foundation.operation
def extend_preliminary(
    *, reported_child_id: UUID, until: date, ground: str, by: foundation.Actor, at: datetime
) -> PreliminaryExtension:
    """Decide that the preliminary assessment of a child may take until a set day, before its last day has passed.

    The law asks for exceptional reasons and names no longest time; ours is `preliminary_extension_most_days` of
    `parameters/reception.yaml`, counted from the law's fourteen days. Raises ChildNotIdentified, AlreadyDecided,
    TooLateToExtend, NoMoreTimeToGive, Biased, BadInput, and Refused without delegation: whoever has none uses `propose_more_time`.
    """
    child = child_for(reported_child_id, by)
    case_id = _require_room(child, by, at)
    unit_id = _unit_of_file(case_id)
    foundation.require_delegation(by, DECISION, None, unit_id, foundation.day_of(at))
    reason = in_words(ground, "ground")
    was_due_on = require_later_day(child, case_id, until)
    said = foundation.said("child_protection.decision.extend_preliminary", until=until.isoformat())
    decision = casework.decide(
        case_id=case_id, type=DECISION, outcome=casework.Outcome.DECIDED,
        legal_ground="SoL 20:2", reason=[said, reason], matter_id=child.id, procedural=True, by=by, at=at,
    )  # fmt: skip
    extension = PreliminaryExtension(
        child=child, was_due_on=was_due_on, until=until, reason=reason, decision_id=decision.id,
        decided_by_id=by.account_id, decided_at=at,
    )  # fmt: skip
    with foundation.acting(OWN_HAND):
        extension.save(force_insert=True)
        casework.extend_clock(
            case_id=case_id,
            rule=RULE,
            about=child.id,
            last_day=until,
            because=reason,
            by=OWN_HAND,
            at=at,
        )
        child.due_on = until
        child.save(update_fields=["due_on"])
        settle_last_day(child.report)
        settle_time_proposal(child, TimeProposalState.DECIDED, by=by, at=at)
    told = events.PreliminaryExtended(
        report_id=child.report_id, reported_child_id=child.id, case_id=case_id, person_id=child.person_id,
        unit_id=child.report.unit_id, until=until,
    )  # fmt: skip
    events.tell(told, by=by, at=at)
    return extension


@foundation.operation
def propose_more_time(
    *, reported_child_id: UUID, until: date, ground: str, by: foundation.Actor, at: datetime
) -> PreliminaryProposal:
    """Ask those who may decide it for more time for the assessment of a child, with the exceptional reasons.

    The managers of the unit that has the report and of the one that keeps the file, as far as they may read it, are
    told and find it on their start page. Nothing is decided by it, and the time of the law runs on. Raises as
    `extend_preliminary`, and MoreTimeIsAsked while one waits already.
    """
    child = child_for(reported_child_id, by)
    case_id = _require_room(child, by, at)
    reason = in_words(ground, "ground")
    require_later_day(child, case_id, until)
    with foundation.acting(OWN_HAND):
        if child.time_proposals.filter(state=TimeProposalState.WAITING).exists():
            raise MoreTimeIsAsked
        proposal = PreliminaryProposal(
            child=child, until=until, reason=reason, proposed_by_id=by.account_id, proposed_at=at
        )
        proposal.save(force_insert=True)
    asked = events.MoreTimeProposed(
        report_id=child.report_id, reported_child_id=child.id, case_id=case_id, person_id=child.person_id,
        unit_id=child.report.unit_id, until=until,
    )  # fmt: skip
    events.tell(asked, by=by, at=at)
    tell_managers(
        child.report, "child_protection.more_time_proposed", at=at, until=until.isoformat(),
        link=f"/handlaggare/mottagning/{child.report_id}/barn/{child.id}/forlang/",
    )  # fmt: skip
    return proposal


@foundation.operation
def decline_more_time(
    *, reported_child_id: UUID, because: str, by: foundation.Actor, at: datetime
) -> PreliminaryProposal | None:
    """Answer that there is no more time, with the reason; who asked is told. For those who may decide it alone.

    Gives the proposal, or None where none waits any longer.
    """
    child = child_for(reported_child_id, by)
    if child.case_id is None:
        raise ChildNotIdentified
    require_no_bias(child, by)
    foundation.require_delegation(by, DECISION, None, _unit_of_file(child.case_id), foundation.day_of(at))
    reason = in_words(because, "because")
    return settle_time_proposal(child, TimeProposalState.DECLINED, answer=reason, by=by, at=at)


def may_extend_preliminary(child: ReportedChild, by: foundation.Actor, at: datetime) -> bool:
    """Whether the delegation order lets the actor decide on more time for this child, whose file is known."""
    if child.case_id is None:
        return False
    unit_id = _unit_of_file(child.case_id)
    with foundation.acting(by):
        return foundation.may_decide(by, DECISION, None, unit_id, foundation.day_of(at))


def hindrance_to_more_time(
    child: ReportedChild, by: foundation.Actor, at: datetime
) -> foundation.HandslagError | None:
    """Why nobody can give or ask for more time for a child now, whatever day and reasons are written; None when they can.

    The delegation order is another question: whoever has none asks those who have.
    """
    try:
        with foundation.acting(by):
            _require_room(child, by, at)
    except foundation.HandslagError as hindrance:
        return hindrance
    return None


def _require_room(child: ReportedChild, by: foundation.Actor, at: datetime) -> UUID:
    """The child's file, where a later day could be set; raises what stands against it."""
    if hasattr(child, "preliminary"):
        raise AlreadyDecided
    if child.case_id is None:
        raise ChildNotIdentified
    require_no_bias(child, by)
    clock = _clock(child, child.case_id)
    if clock.last_day is None or foundation.day_of(at) > clock.last_day:
        raise TooLateToExtendPreliminary
    if clock.last_day >= furthest_day(child, clock):
        raise NoMoreTimeToGive
    case_id: UUID = child.case_id
    return case_id


def require_later_day(child: ReportedChild, case_id: UUID, until: date) -> date:
    """The present last day; raises BadInput for a day not later or beyond our own limit."""
    clock = _clock(child, case_id)
    longest = furthest_day(child, clock)
    if clock.last_day is None or until <= clock.last_day or until > longest:
        raise foundation.BadInput(
            "The new last day must be later than {present}, and at most {longest}, which is the municipality's own limit.",
            where="until",
            do="Choose a day between them.",
            values={
                "present": clock.last_day.isoformat() if clock.last_day else "–",
                "longest": longest.isoformat(),
            },
        )
    last_day: date = clock.last_day
    return last_day


def furthest_day(child: ReportedChild, clock: casework.LegalClock) -> date:
    """The furthest day that our own setting lets a decision name: counted from the day of the law itself."""
    by_law = casework.last_day_within(RULE, clock.starts_on) or clock.starts_on
    return by_law + timedelta(days=reception_settings().preliminary_extension_most_days)


def _unit_of_file(case_id: UUID) -> UUID:
    with foundation.acting(OWN_HAND):
        unit_id: UUID = casework.get_case(case_id, OWN_HAND).unit_id
    return unit_id


def _clock(child: ReportedChild, case_id: UUID) -> casework.LegalClock:
    with foundation.acting(OWN_HAND):
        found = casework.LegalClock.objects.filter(
            case_id=case_id, rule=RULE, about=child.id, closed_on__isnull=True
        ).first()
    if found is None:
        raise foundation.Refused(
            "No time runs for this assessment.",
            do="An investigation of the child is open: let the report join it.",
        )
    return found
