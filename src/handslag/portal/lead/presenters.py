"""Words for the keys of figures of the law."""

from typing import Any

from django.utils.translation import gettext as _

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
    known = {
        "price_base_amount": _("Price base amount"), "child_allowance": _("Child allowance"), "maintenance_support": _("Maintenance support"),
        "job_stimulus": _("Job stimulus"), "child_work_income": _("Children's own work income"), "activity_requirement": _("Activity requirement"),
    }
    rest = " ".join(parts[1:]).replace("_", " ")
    return f"{known[parts[0]]}{': ' + rest if rest else ''}" if parts[0] in known else key


def in_kronor(stored: dict[str, Any]) -> dict[str, Any]:
    """A stored sentence whose amount is written as people write it; the word kr stands in the sentence."""
    values = dict(stored.get("values") or {})
    if "amount" in values:
        values["amount"] = foundation.kr(foundation.money(values["amount"])).removesuffix("\u00a0kr")
    return {**stored, "values": values}
