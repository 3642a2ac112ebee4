"""More time for a preliminary assessment, for exceptional reasons (synnerliga skäl, SoL 20:2)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection import report_events as events
from handslag.child_protection.investigation_errors import TooLateToExtend
from handslag.child_protection.models import PreliminaryExtension, ReportedChild
from handslag.child_protection.operations.bias import require_no_bias
from handslag.child_protection.reception_settings import reception_settings
from handslag.child_protection.report_access import OWN_HAND, child_for
from handslag.child_protection.report_errors import AlreadyDecided, ChildNotIdentified
from handslag.foundation import public as foundation

RULE = "FORH"


@foundation.operation
def extend_preliminary(
    *, reported_child_id: UUID, until: date, ground: str, by: foundation.Actor, at: datetime
) -> PreliminaryExtension:
    """Decide that the preliminary assessment of a child may take until a set day, before its last day has passed.

    The law asks for exceptional reasons and names no longest time; ours is `preliminary_extension_most_days` of
    `parameters/reception.yaml`, counted from the law's fourteen days. Raises ChildNotIdentified, AlreadyDecided,
    TooLateToExtend, Biased, BadInput, and Refused without delegation.
    """
    child = child_for(reported_child_id, by)
    if hasattr(child, "preliminary"):
        raise AlreadyDecided
    if child.case_id is None:
        raise ChildNotIdentified
    require_no_bias(child, by)
    reason, clock = ground.strip(), _clock(child, child.case_id)
    if not reason:
        raise foundation.BadInput(
            "The exceptional reasons are missing.",
            where="ground",
            do="Write them; they stand in the decision.",
        )
    if clock.last_day is None or foundation.day_of(at) > clock.last_day:
        raise TooLateToExtend
    longest = furthest_day(child, clock)
    if until <= clock.last_day or until > longest:
        raise foundation.BadInput(
            "The new last day must be later than {present}, and at most {longest}, which is the municipality's own limit.",
            where="until",
            do="Choose a day between them.",
            values={"present": clock.last_day.isoformat(), "longest": longest.isoformat()},
        )
    said = foundation.said("child_protection.decision.extend_preliminary", until=until.isoformat())
    decision = casework.decide(
        case_id=child.case_id, type="child_protection.extend_preliminary", outcome=casework.Outcome.DECIDED,
        legal_ground="SoL 20:2", reason=[said, reason], matter_id=child.id, procedural=True, by=by, at=at,
    )  # fmt: skip
    extension = PreliminaryExtension(
        child=child, was_due_on=clock.last_day, until=until, reason=reason, decision_id=decision.id,
        decided_by_id=by.account_id, decided_at=at,
    )  # fmt: skip
    with foundation.acting(OWN_HAND):
        extension.save(force_insert=True)
        casework.extend_clock(
            case_id=child.case_id,
            rule=RULE,
            about=child.id,
            last_day=until,
            because=reason,
            by=OWN_HAND,
            at=at,
        )
        child.due_on = until
        child.save(update_fields=["due_on"])
    told = events.PreliminaryExtended(
        report_id=child.report_id, reported_child_id=child.id, case_id=child.case_id, person_id=child.person_id,
        unit_id=child.report.unit_id, until=until,
    )  # fmt: skip
    events.tell(told, by=by, at=at)
    return extension


def furthest_day(child: ReportedChild, clock: casework.LegalClock) -> date:
    """The furthest day that our own setting lets a decision name: counted from the day of the law itself."""
    by_law = casework.last_day_within(RULE, clock.starts_on) or clock.starts_on
    return by_law + timedelta(days=reception_settings().preliminary_extension_most_days)


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
