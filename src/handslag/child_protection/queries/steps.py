"""Which steps of the process an investigation has taken, read from what happened."""

from __future__ import annotations

from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.models import Investigation, ReportedChild
from handslag.child_protection.processes import CHILD_INVESTIGATION
from handslag.foundation import public as foundation


def kinds_of(investigation: Investigation) -> frozenset[str]:
    """The kinds of event of the investigation: its own, and those of its file that name no other and came after."""
    rows = foundation.Event.objects.filter(case_id=investigation.case_id)
    mine = rows.filter(data__investigation_id=str(investigation.id))
    loose = rows.filter(at__gte=investigation.opened_at, data__investigation_id__isnull=True)
    if investigation.closed_at is not None:
        loose = loose.filter(at__lte=investigation.closed_at)
    return frozenset(mine.values_list("kind", flat=True)) | frozenset(loose.values_list("kind", flat=True))


def missing_to_decide(child: ReportedChild) -> list[casework.Step]:
    """The steps that the process asks for before the preliminary decision, and that are not done for one child of a report,
    in their order.

    What is done is read from what happened about this child in its file. That the child is known and its need of protection
    assessed is read from the report itself: both may have been done while the child had no file, or in another one.
    """
    marks = {f"child_protection.{kind}" for kind, is_done in (
        ("child_identified", child.case_id is not None),
        ("protection_assessed", child.protection.exists()),
    ) if is_done}  # fmt: skip
    if child.case_id is not None:
        told = foundation.Event.objects.filter(case_id=child.case_id, data__reported_child_id=str(child.id))
        for kind, data in told.values_list("kind", "data"):
            marks.update(CHILD_INVESTIGATION.marks_of(kind, data))
    missing: list[casework.Step] = CHILD_INVESTIGATION.missing_before("preliminary", marks)
    return missing


def hands_of(investigation: Investigation, actor: foundation.Actor) -> dict[str, str]:
    """Who took each step of the process in an investigation, by the step's code: the name of the last who did."""
    step_of = {kind: step.code for step in CHILD_INVESTIGATION.steps for kind in step.done_by}
    hands: dict[str, UUID] = {}
    with foundation.acting(actor):
        rows = foundation.Event.objects.filter(case_id=investigation.case_id, kind__in=step_of).order_by("id")
        for kind, account_id, data in rows.values_list("kind", "account_id", "data"):
            named_in = (data.get("investigation_id"), data.get("matter_id"))
            if account_id is not None and str(investigation.id) in named_in:
                hands[step_of[kind]] = account_id
        accounts = foundation.Account.objects.filter(id__in=set(hands.values())).values_list("id", "name")
        names: dict[UUID, str] = dict(accounts)
    return {code: names[account_id] for code, account_id in hands.items() if account_id in names}


def process_of(investigation: Investigation, actor: foundation.Actor) -> list[casework.StepStand]:
    """Each step of the process for an investigation: done, next, behind or later, who takes it and until when.

    What came before in the file, such as the report, is counted from the close of the investigation before it.
    """
    with foundation.acting(actor):
        earlier = Investigation.objects.filter(
            case_id=investigation.case_id, closed_at__lte=investigation.opened_at
        )
        since = earlier.order_by("-closed_at").values_list("closed_at", flat=True).first()
    stands: list[casework.StepStand] = casework.steps_in_case(
        CHILD_INVESTIGATION, investigation.case_id, actor, about=investigation.id, since=since
    )
    return stands
