"""Reads of adults' cases; the database gives only what the actor may read."""

from dataclasses import dataclass
from uuid import UUID

from handslag.adult_support.decision_rules import is_decided
from handslag.adult_support.kinds import ADDICTION, KINDS
from handslag.adult_support.models import AdultMatter, CameAs, CareRecord, ClosedWithout, ReportAssessment
from handslag.adult_support.processes import LVM_CARE, process_for
from handslag.adult_support.rules.care_steps import is_under_way, may_follow
from handslag.casework import public as casework
from handslag.foundation import public as foundation


@dataclass(frozen=True)
class Care:
    """The steps of care that have been recorded, the newest last, and which may come next."""

    steps: list[CareRecord]
    next_steps: list[str]
    under_way: bool


def matter_of(case_id: UUID, actor: foundation.Actor) -> AdultMatter | None:
    """What the case was opened on; None when nothing was recorded. Raises CaseNotFound."""
    casework.get_case(case_id, actor)
    return AdultMatter.objects.filter(case_id=case_id).select_related("recorded_by").first()


def adults_balance() -> list[casework.Balance]:
    """How many open cases of each kind stand where, for the wall: what is left is decided or followed. Counts alone."""
    return casework.counted_by("handslag_balance_of_adults")


def care_of(case_id: UUID, actor: foundation.Actor) -> Care:
    """The care under LVM in the case. Raises CaseNotFound."""
    casework.get_case(case_id, actor)
    steps = list(CareRecord.objects.filter(case_id=case_id).order_by("recorded_at", "id"))
    last = steps[-1].step if steps else ""
    return Care(steps, may_follow(last), is_under_way(last))


@dataclass(frozen=True)
class Handling:
    """What has been done about what the case began with, and what can be done now.

    `decision` is that of the application; `closed_without` is why the case was closed though steps were missing.
    """

    decision: casework.Decision | None
    assessment: ReportAssessment | None
    closed_without: list[ClosedWithout]
    may_be_decided: bool
    may_be_assessed: bool


def handling_of(case_id: UUID, actor: foundation.Actor) -> Handling:
    """How an adult's application or report is handled, for staff. Raises CaseNotFound."""
    case = casework.get_case(case_id, actor)
    made = [one for one in casework.find_decisions(case_id, actor) if one.type.startswith("adult_support.")]
    with foundation.acting(actor):
        matter = AdultMatter.objects.filter(case_id=case_id).first()
        assessment = ReportAssessment.objects.filter(case_id=case_id).select_related("assessed_by").first()
        without = list(
            ClosedWithout.objects.filter(case_id=case_id).select_related("closed_by").order_by("closed_at")
        )
    applied = matter is not None and matter.came_as == CameAs.OWN
    decides = applied and is_decided(case.kind, foundation.today())
    return Handling(
        made[0] if made else None, assessment, without, case.is_open and decides and not made,
        case.is_open and not applied and assessment is None and case.kind in KINDS,
    )  # fmt: skip


def steps_of(case_id: UUID, actor: foundation.Actor) -> list[casework.StepStand]:
    """Where an adult's case stands in the process of its kind; in that of LVM while such care is under way.

    Empty for a case of another context. Raises CaseNotFound.
    """
    case = casework.get_case(case_id, actor)
    if case.kind == ADDICTION:
        with foundation.acting(actor):
            last = CareRecord.objects.filter(case_id=case_id).order_by("-recorded_at", "-id").first()
        if last is not None and is_under_way(last.step):
            care: list[casework.StepStand] = casework.steps_in_case(LVM_CARE, case_id, actor, about=last.care)
            return care
    if case.kind not in KINDS:
        return []
    with foundation.acting(actor):
        came_as = AdultMatter.objects.filter(case_id=case_id).values_list("came_as", flat=True).first()
    process = process_for(case.kind, came_as or "")
    stands: list[casework.StepStand] = casework.steps_in_case(process, case_id, actor) if process else []
    return stands
