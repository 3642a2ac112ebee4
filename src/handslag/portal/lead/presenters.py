"""Words for the keys of figures of the law."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from handslag.foundation import public as foundation


def cell_words(key: str) -> str:
    """`norm.child.4-6.away` as a person would say it; a key that nobody has words for is shown as it is."""
    parts = key.split(".")
    if key == "norm.adult.single":
        return _("Norm: one adult")
    if key == "norm.adult.cohabiting":
        return _("Norm: two adults together")
    if parts[:2] == ["norm", "child"]:
        words = _("Norm: child {ages} years").format(ages=parts[2].replace("-", "–"))
        return words + (", " + _("lunch away") if parts[-1] == "away" else "")
    if parts[:2] == ["norm", "common"]:
        return _("Norm: common costs, {persons} persons").format(persons=parts[2])
    if parts[:2] == ["child_allowance", "large_family"]:
        return _("Large family supplement, child {nth}").format(nth=parts[2])
    return {
        "price_base_amount": _("Price base amount"),
        "price_base_amount.raised": _("Raised price base amount"),
        "child_allowance.child": _("Child allowance, each child"),
        "maintenance_support.under_7": _("Maintenance support, under 7 years"),
        "maintenance_support.under_15": _("Maintenance support, 7–14 years"),
        "maintenance_support.from_15": _("Maintenance support, from 15 years"),
        "job_stimulus.share": _("Job stimulus: share that is not counted"),
        "job_stimulus.months_in_a_row": _("Job stimulus: months in a row before it"),
        "job_stimulus.length_months": _("Job stimulus: months that it lasts"),
        "child_work.limit_share": _("Children's own work income: price base amounts that are not counted"),
        "activity_requirement.months_in_a_row": _("Activity requirement: months in a row before it"),
    }.get(key, key)


def hidden_word() -> str:
    """What stands for a number that is not told: a small one, or one that a small one could be worked out from."""
    return pgettext("a number", "hidden")


def in_kronor(stored: dict[str, Any]) -> dict[str, Any]:
    """A stored sentence whose amount is written as people write it; the word kr stands in the sentence."""
    values = dict(stored.get("values") or {})
    if "amount" in values:
        values["amount"] = foundation.kr(foundation.money(values["amount"])).removesuffix("\u00a0kr")
    return {**stored, "values": values}
