"""What the reception writes into the child's file: never who made the report."""

from datetime import datetime
from typing import Any
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.models import ProtectionAssessment, Report, ReportedChild
from handslag.child_protection.report_access import OWN_HAND
from handslag.foundation import public as foundation


def write(
    case_id: UUID, code: str, report: Report, *, hand: UUID | None, at: datetime, **values: Any
) -> UUID:
    """A signed note in the child's file, in the name of the account `hand`, which need not work in the file."""
    with foundation.acting(OWN_HAND):
        note = casework.write_note(
            case_id=case_id, said=foundation.said(code, number=report.number, **values), written_by=hand,
            by=OWN_HAND, at=at,
        )  # fmt: skip
    return note.id


def write_protection(assessment: ProtectionAssessment, child: ReportedChild, *, at: datetime) -> None:
    """The protection assessment stands in the child's file (SoL 20:1); without a file yet, it waits for one."""
    if child.case_id is None or assessment.note_id is not None:
        return
    code = "danger" if assessment.danger else "no_danger"
    assessment.note_id = write(
        child.case_id, f"child_protection.note.protection_{code}", child.report, hand=assessment.assessed_by_id,
        at=at, ground=assessment.ground, done=assessment.done_tonight or "–",
    )  # fmt: skip
    assessment.save(update_fields=["note_id"])
