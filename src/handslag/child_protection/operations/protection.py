"""Assessing at once whether a child needs protection (SoL 20:1)."""

from datetime import datetime
from uuid import UUID

from handslag.child_protection import report_events as events
from handslag.child_protection.models import ProtectionAssessment
from handslag.child_protection.operations import file_notes, identification
from handslag.child_protection.operations.bias import require_no_bias
from handslag.child_protection.operations.notices import tell_managers
from handslag.child_protection.reasons import in_words
from handslag.child_protection.report_access import OWN_HAND, Role, child_for
from handslag.child_protection.report_errors import ProtectionNotAssessed
from handslag.foundation import public as foundation

_HOUR = 3600


@foundation.operation
def assess_protection(
    *, reported_child_id: UUID, danger: bool, ground: str, done_tonight: str = "",
    by: foundation.Actor, at: datetime,
) -> ProtectionAssessment:  # fmt: skip
    """Assess whether one child needs protection at once: on which ground, and what was done.

    It can be made anew when more is known; the latest counts, the earlier stand. Danger is told to the unit's managers,
    and one of them countersigns. It stands as a signed note in the child's file, from when the child is known. Raises
    BadInput for a ground that is no words.
    """
    child = child_for(reported_child_id, by)
    require_no_bias(child, by)
    ground = in_words(ground, "ground")
    with foundation.acting(OWN_HAND):
        assessment = ProtectionAssessment(
            child=child, danger=danger, ground=ground, done_tonight=done_tonight.strip(),
            assessed_by_id=by.account_id, assessed_at=at,
        )  # fmt: skip
        assessment.save(force_insert=True)
        identification.stop_clock(child, "PROT", at, at=at)
        file_notes.write_protection(assessment, child, at=at)
    assessed = events.ProtectionAssessed(
        report_id=child.report_id, reported_child_id=child.id, case_id=child.case_id, person_id=child.person_id,
        unit_id=child.report.unit_id, danger=danger, hours=int((at - child.report.received_at).total_seconds() // _HOUR),
    )  # fmt: skip
    events.tell(assessed, by=by, at=at)
    if danger:
        tell_managers(child.report, "child_protection.danger_assessed", at=at)
    return assessment


@foundation.operation
def countersign_protection(
    *, reported_child_id: UUID, by: foundation.Actor, at: datetime
) -> ProtectionAssessment:
    """A manager has read the latest assessment of danger and stands by it; never the one who made it. Twice is once."""
    child = child_for(reported_child_id, by)
    foundation.require_role(by, Role.MANAGER)
    require_no_bias(child, by)
    with foundation.acting(OWN_HAND):
        assessment = ProtectionAssessment.objects.filter(child=child).order_by("-assessed_at", "-id").first()
        if assessment is None or not assessment.danger:
            raise ProtectionNotAssessed
        if assessment.countersigned_at is not None:
            return assessment
        if assessment.assessed_by_id == by.account_id:
            raise foundation.Refused(
                "Who made the assessment cannot countersign it.", do="Ask another manager to read it."
            )
        assessment.countersigned_by_id, assessment.countersigned_at = by.account_id, at
        assessment.save(update_fields=["countersigned_by", "countersigned_at"])
        if child.case_id is not None:
            told = "child_protection.note.countersigned"
            file_notes.write(child.case_id, told, child.report, hand=by.account_id, at=at)
    signed = events.ProtectionCountersigned(
        report_id=child.report_id, reported_child_id=child.id, case_id=child.case_id,
        person_id=child.person_id, unit_id=child.report.unit_id,
    )  # fmt: skip
    events.tell(signed, by=by, at=at)
    return assessment
