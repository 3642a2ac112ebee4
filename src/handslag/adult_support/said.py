"""The words of the codes of adults' cases."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from handslag.adult_support.kinds import ADDICTION, KINDS
from handslag.adult_support.models import CareRecord
from handslag.adult_support.rules.care_steps import is_under_way
from handslag.casework import public as casework
from handslag.foundation import public as foundation

STEP_NAMES = {
    "immediate": _("Immediate taking into care was decided"),
    "submitted": _("The decision was submitted to the court"),
    "confirmed": _("The court confirmed the immediate taking into care"),
    "applied": _("Care was applied for at the court"),
    "judgment_final": _("The judgment on care is final"),
    "begun": _("The care has begun"),
    "revoked": _("The court did not confirm, or turned the application down"),
    "ended": _("The care has ended"),
}


def register() -> None:
    """Give the kinds to casework and the codes their words; called once when the app is ready."""
    for code, (prefix, label) in KINDS.items():
        casework.register_case_kind(code, prefix, label)
    casework.register_erasure("adult_support")
    foundation.words({"adult_support.hindrance.care": _("Care under LVM is under way.")})
    casework.register_closing_check("adult_support.care", ADDICTION, care_hinders)


def care_hinders(case_id: UUID) -> dict[str, Any] | None:
    """A case with care under way does not close."""
    last = CareRecord.objects.filter(case_id=case_id).order_by("-recorded_at", "-id").first()
    if last is None or not is_under_way(last.step):
        return None
    return foundation.said("adult_support.hindrance.care")
