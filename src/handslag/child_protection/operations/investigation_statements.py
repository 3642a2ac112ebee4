"""What the investigator states, and telling the parties of it before the decision (FL 25; lag 2018:1197 art. 3, 12).

Statements are added, never changed; the latest of each kind holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import open_investigation_locked
from handslag.child_protection.investigation_events import (
    AssessmentWritten,
    BestInterestsWeighed,
    ChildViewRecorded,
    RiskAssessed,
)
from handslag.child_protection.investigation_states import HowTold, RiskLevel, StatementKind
from handslag.child_protection.models import Investigation, Statement
from handslag.foundation import public as foundation


@foundation.operation
def record_child_view(
    *, investigation_id: UUID, body: str, how: str, by: foundation.Actor, at: datetime
) -> Statement:
    """Write down the child's own view and how it was learned; `not_obtained` with why it could not be had."""
    investigation = open_investigation_locked(investigation_id, by)
    if how not in HowTold.values:
        raise foundation.BadInput("Say how the child's view was learned.", where="how", do="Choose one way.")
    stated = _state(investigation, StatementKind.CHILD_VIEW, body, how=how, by=by, at=at)
    told = ChildViewRecorded(case_id=stated.case_id, investigation_id=investigation.id, how=how)
    foundation.record(told, by=by, at=at)
    return stated


@foundation.operation
def weigh_best_interests(
    *, investigation_id: UUID, body: str, by: foundation.Actor, at: datetime
) -> Statement:
    """Write how the child's best was weighed."""
    investigation = open_investigation_locked(investigation_id, by)
    stated = _state(investigation, StatementKind.BEST_INTERESTS, body, by=by, at=at)
    told = BestInterestsWeighed(case_id=stated.case_id, investigation_id=investigation.id)
    foundation.record(told, by=by, at=at)
    return stated


@foundation.operation
def assess_risk(
    *, investigation_id: UUID, body: str, level: str, protection: str = "", by: foundation.Actor, at: datetime
) -> Statement:
    """Assess what threatens the child and what protects it; `level` is a code of `RiskLevel`."""
    investigation = open_investigation_locked(investigation_id, by)
    if level not in RiskLevel.values:
        raise foundation.BadInput("Say how high the risk is.", where="level", do="Choose one of the levels.")
    stated = _state(
        investigation, StatementKind.RISK, body, level=level, protection=protection.strip(), by=by, at=at
    )
    told = RiskAssessed(case_id=stated.case_id, investigation_id=investigation.id, level=level)
    foundation.record(told, by=by, at=at)
    return stated


@foundation.operation
def write_assessment(*, investigation_id: UUID, body: str, by: foundation.Actor, at: datetime) -> Statement:
    """Write the assessment that the decision will rest on."""
    investigation = open_investigation_locked(investigation_id, by)
    stated = _state(investigation, StatementKind.ASSESSMENT, body, by=by, at=at)
    told = AssessmentWritten(case_id=stated.case_id, investigation_id=investigation.id)
    foundation.record(told, by=by, at=at)
    return stated


@foundation.operation
def communicate_investigation(
    *, investigation_id: UUID, material: str, answer_until: date, document_ids: Mapping[UUID, UUID] | None = None,
    show_because: str = "", by: foundation.Actor, at: datetime,
) -> list[casework.Communication]:  # fmt: skip
    """Tell the parties of the material and let each answer: the guardians with custody, and the child from 15.

    Each is told what the masking rules let through to them; `document_ids` says which masked copy goes with it, by
    person. Nobody who is kept out is told. Who has no account here gets a letter by post. Raises BadInput where the file has no party to tell; then waive it with the
    reason (casework.waive_communication with `matter_id`); MaskingStopped, NothingLeftToTell.
    """
    investigation = open_investigation_locked(investigation_id, by)
    told = parties_to_tell(investigation, by)
    if not told:
        raise foundation.BadInput(
            "There is no party to tell in this case.",
            where="material",
            do="Add the guardians as parties, or record why it is obviously not needed.",
        )
    logs_in = casework.who_log_in(told)
    return [
        casework.communicate(
            case_id=investigation.case_id, answer_until=answer_until, material=material,
            document_id=(document_ids or {}).get(person_id), person_id=person_id, matter_id=investigation.id,
            show_because=show_because, by_post=person_id not in logs_in, by=by, at=at,
        )
        for person_id in told
    ]  # fmt: skip


def parties_to_tell(investigation: Investigation, actor: foundation.Actor) -> list[UUID]:
    """Who answers before a decision: the guardians who are parties and have custody, and the child from 15; nobody who
    is kept out."""
    return [one.person_id for one in casework.find_receivers(investigation.case_id, actor) if one.is_told]


def _state(
    investigation: Investigation, kind: StatementKind, body: str, *, how: str = "", level: str = "",
    protection: str = "", by: foundation.Actor, at: datetime,
) -> Statement:  # fmt: skip
    if not body.strip():
        raise foundation.BadInput("The text is empty.", where="body", do="Write it.")
    stated = Statement(
        investigation=investigation, case_id=investigation.case_id, kind=kind, body=body.strip(), how=how, level=level,
        protection=protection, written_by_id=by.account_id, at=at,
    )  # fmt: skip
    stated.save(force_insert=True)
    return stated
