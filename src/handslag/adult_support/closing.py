"""What must be done before an adult's case closes: the steps that its process declares, and the end of care under LVM."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from handslag.adult_support.decision_rules import may_be_left_out
from handslag.adult_support.kinds import ADDICTION, CLOSING_REASONS, KINDS
from handslag.adult_support.models import AdultMatter, CareRecord
from handslag.adult_support.processes import process_for
from handslag.adult_support.rules.care_steps import is_under_way
from handslag.casework import public as casework
from handslag.foundation import public as foundation

READER = foundation.system("adult_support")
# The steps that a closing may wait for, in the words of what is missing.
MISSING = {
    "assessed": _("The report has not been assessed."),
    "spoken": _("No talk with the person is written down and signed."),
    "written": _("No assessment of the need is written down and signed."),
    "decided": _("The application has not been decided."),
}
_HINDRANCE = "adult_support.hindrance"
_excused: ContextVar[frozenset[str]] = ContextVar("handslag_adult_steps_excused", default=frozenset())


def register() -> None:
    """Hold cases open until their steps are taken, whichever way they are closed; called once when the app is ready."""
    foundation.words({f"{_HINDRANCE}.care": _("Care under LVM is under way.")})
    foundation.words({f"{_HINDRANCE}.{code}": words for code, words in MISSING.items()})
    casework.register_closing_check("adult_support.care", ADDICTION, care_hinders)
    for kind in KINDS:
        for code in MISSING:
            casework.register_closing_check(f"adult_support.{kind}.{code}", kind, partial(step_hinders, code))


def care_hinders(case_id: UUID) -> dict[str, Any] | None:
    """A case with care under way does not close."""
    last = CareRecord.objects.filter(case_id=case_id).order_by("-recorded_at", "-id").first()
    if last is None or not is_under_way(last.step):
        return None
    return foundation.said(f"{_HINDRANCE}.care")


def step_hinders(code: str, case_id: UUID) -> dict[str, Any] | None:
    """A case does not close while a step that its process requires is missing, unless the closing says why."""
    if code in _excused.get() or code not in missing_steps(case_id):
        return None
    return foundation.said(f"{_HINDRANCE}.{code}")


def missing_steps(case_id: UUID) -> list[str]:
    """The codes of the steps of the case's process that a closing asks for and that nobody has taken, in order."""
    with foundation.acting(READER):
        case = casework.get_case(case_id, READER)
        came_as = AdultMatter.objects.filter(case_id=case_id).values_list("came_as", flat=True).first()
        process = process_for(case.kind, came_as or "")
        stands = casework.steps_in_case(process, case_id, READER) if process else []
    is_report = came_as != "own"
    return [
        one.step.code
        for one in stands
        if one.step.code in MISSING and not one.step.optional and one.stand != "done"
        and not (one.step.code == "decided" and is_report)
    ]  # fmt: skip


def reasons_left(kind: str, missing: list[str]) -> list[str]:
    """The closing reasons of the kind that leave all the missing steps open; all of them when nothing is missing."""
    return [code for code in CLOSING_REASONS.get(kind, {}) if set(missing) <= may_be_left_out(code)]


@contextmanager
def excused(steps: list[str]) -> Iterator[None]:
    """Within the block these steps do not hold the case open: the closing has said why they are missing."""
    token = _excused.set(frozenset(steps))
    try:
        yield
    finally:
        _excused.reset(token)
