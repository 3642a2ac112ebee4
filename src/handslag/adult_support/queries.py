"""Reads of adults' cases; the database gives only what the actor may read."""

from dataclasses import dataclass
from uuid import UUID

from handslag.adult_support.models import AdultMatter, CareRecord
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


def care_of(case_id: UUID, actor: foundation.Actor) -> Care:
    """The care under LVM in the case. Raises CaseNotFound."""
    casework.get_case(case_id, actor)
    steps = list(CareRecord.objects.filter(case_id=case_id).order_by("recorded_at", "id"))
    last = steps[-1].step if steps else ""
    return Care(steps, may_follow(last), is_under_way(last))
