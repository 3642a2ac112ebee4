"""Who may work in an investigation: those who work in the child's file."""

from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.investigation_errors import InvestigationIsClosed, NoSuchInvestigation
from handslag.child_protection.investigation_states import InvestigationState
from handslag.child_protection.investigation_subscribers import KIND
from handslag.child_protection.models import Investigation
from handslag.foundation import public as foundation


def case_to_work_in(case_id: UUID, act: str, by: foundation.Actor) -> casework.Case:
    """The child's file, for an act of casework's table that the actor may do; raises CaseNotFound, MoveRefused, NotYours."""
    case = casework.get_case(case_id, by)
    if case.kind != KIND:
        raise foundation.BadInput(
            "The case is not a child's file.", where="case_id", do="Open the child's file and begin there."
        )
    if not case.is_open and act not in ("write_note", "keep_clock"):
        raise casework.MoveRefused(state=case.state)
    if not casework.may(act, case, by):
        raise casework.NotYours
    return case


def readable_investigation(investigation_id: UUID, actor: foundation.Actor) -> Investigation:
    """The investigation as the actor may read it; raises NoSuchInvestigation."""
    with foundation.acting(actor):
        found = Investigation.objects.select_related("case").filter(id=investigation_id).first()
    if found is None:
        raise NoSuchInvestigation
    return found


def open_investigation_locked(investigation_id: UUID, by: foundation.Actor) -> Investigation:
    """An open investigation, locked, for somebody who works in its case; raises InvestigationIsClosed too."""
    readable_investigation(investigation_id, by)
    found = Investigation.objects.select_for_update().filter(id=investigation_id).first()
    if found is None:
        raise casework.NotYours
    case_to_work_in(found.case_id, "write_note", by)
    if found.state == InvestigationState.CLOSED:
        raise InvestigationIsClosed
    return found
