"""What the lines of a calculation are called and mean, for the person who reads it, in their language.

The codes and the English labels are those of `rules/wording.py` (a test holds them together); here they can be
translated. An explanation is one or two short sentences in plain words.
"""

import re

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

_AGES = re.compile(r"(\d+)-(\d+)(?: (år))?")


def dashed(label: "str | Promise") -> str:
    """A label with its ages as they are printed: an en dash from and to, and no break before "år"."""
    return _AGES.sub(
        lambda found: f"{found[1]}–{found[2]}" + (f"\u00a0{found[3]}" if found[3] else ""), str(label)
    )


dashed_lazy = lazy(dashed, str)

LABELS = {
    "norm.adult.single": _("Personal costs, one adult"),
    "norm.adult.cohabiting": _("Personal costs, two adults living together"),
    "norm.child.*": _("Personal costs, child aged {rest}"),
    "norm.child.0": _("Personal costs, child under 1"),
    "norm.child.0.away": _("Personal costs, child under 1, lunch away"),
    "norm.child.1-2.away": _("Personal costs, child aged 1-2, lunch away"),
    "norm.child.3.away": _("Personal costs, child aged 3, lunch away"),
    "norm.child.4-6.away": _("Personal costs, child aged 4-6, lunch away"),
    "norm.common.*": _("Common household costs, {rest} persons"),
    "norm.common.1": _("Common household costs, one person"),
    "norm.common.over_7": _("Common household costs, persons above seven"),
    "norm.common.lodger": _("Part of common household costs in a shared home"),
    "norm.common.by_share": _("Common household costs, part-time children by share"),
    "cost.rent": _("Rent"),
    "cost.electricity": _("Household electricity"),
    "cost.home_insurance": _("Home insurance"),
    "cost.work_travel": _("Travel to work"),
    "cost.unemployment_fund": _("Unemployment fund fee"),
    "cost.union_fee": _("Trade union fee"),
    "special.spectacle_frames": _("Spectacle frames"),
    "special.funeral": _("Funeral"),
    "special.infant_equipment": _("Equipment for an infant"),
    "special.home_equipment": _("Equipment for the home"),
    "special.eating_out": _("Addition for eating out"),
    "special.pocket_money": _("Pocket money"),
    "special.medical_care": _("Medical care"),
    "special.medicine": _("Medicine"),
    "special.dental_care": _("Dental care"),
    "special.moving": _("Moving"),
    "special.child_care_fee": _("Child care fee"),
    "special.other": _("Other need"),
    "income.salary": _("Salary after tax"),
    "income.child_allowance": _("Child allowance"),
    "income.housing_allowance": _("Housing allowance"),
    "income.maintenance_support": _("Maintenance support"),
    "income.sickness_benefit": _("Sickness benefit"),
    "income.parental_benefit": _("Parental benefit"),
    "income.unemployment_benefit": _("Unemployment benefit"),
    "income.activity_grant": _("Activity grant"),
    "income.pension": _("Pension"),
    "income.student_aid": _("Student aid"),
    "income.tax_refund": _("Tax refund"),
    "income.child_work": _("Child's own work above the limit of the year"),
    "income.other": _("Other income"),
    "income.earlier_aid": _("Aid already granted for the month"),
    "income.job_stimulus": _("Part of salary that is not counted (job stimulus)"),
}

# The longest beginning of a code that stands here explains it.
EXPLANATIONS = {
    "norm.adult": _(
        "The amount that the government sets each year for food, clothes, leisure and hygiene (national norm)."
    ),
    "norm.child": _(
        "The amount that the government sets each year for a child of this age: food, clothes, play and hygiene (national norm)."
    ),
    "norm.common": _(
        "The amount that the government sets each year for what the home shares: cleaning, phone and internet (national norm)."
    ),
    "cost": _("A reasonable cost each month, beside the national norm."),
    "cost.rent": _("What we approve of your rent."),
    "special": _("A need beside the national norm and the costs of the month."),
    "income": _("Money that you have had after tax. We count it, and the aid becomes as much lower."),
    "income.child_work": _(
        "What a child earns is not counted up to a limit each year. This is the part above the limit."
    ),
    "income.job_stimulus": _(
        "You have had aid for at least six months in a row. Then we do not count a quarter of your salary."
    ),
}

NOTES = {
    "rent.capped": _("The rent is {applied}; the highest accepted rent here is {highest}."),
    "rent.no_local_rules": _("No local rules are named, so the rent is approved as it is stated."),
    "rent.no_highest": _("The local rules have no highest rent, so the rent is approved as it is stated."),
    "rent.rooms_missing": _(
        "The number of rooms is not known; only the highest rent for the smallest home is approved."
    ),
    "rent.rooms_above_table": _("The table of highest rents ends at {rooms} rooms; its last row is used."),
    "rent.several": _("There is more than one rent; together they are held to the highest accepted rent."),
    "special.capped": _("{kind}: {applied} is applied for; the highest accepted amount here is {highest}."),
    "special.no_local_rules": _(
        "No local rules say a highest amount for {kind}, so it is approved as it is stated."
    ),
    "special.reduced_by_surplus": _("The surplus of {surplus} reduces what is granted for other needs."),
    "lunch.not_applicable": _("{of} is {age} years: lunch away lowers the norm for children up to six only."),
    "child.part_time": _(
        "{of} lives here {share} of the month: the personal costs are counted by that part."
    ),
    "child.counted_whole": _(
        "Part-time children count as whole persons in the common household costs (setting)."
    ),
    "child.counted_by_share": _(
        "Part-time children count by their part in the common household costs (setting)."
    ),
    "lodger.several": _(
        "The law speaks of one adult who shares a home; for {own} of {all} persons the part is counted by persons. A case worker must look at it."
    ),
    "job_stimulus.starts": _(
        "The special rule of calculation applies from this month, after {months} months in a row."
    ),
    "activity_requirement.may_apply": _(
        "The activity requirement may apply. The rule is not confirmed; a case worker tries it."
    ),
    "register.missing": _("{register} has not answered; what it would have told is not known."),
    "rules.unconfirmed": _("One or more figures are not yet confirmed in a published text."),
}

# Sources that the product itself writes, as they are stored. What a municipality has typed stays as it is typed.
HEADINGS = {
    "norm": _("National norm"),
    "cost": _("Costs beside the norm"),
    "income": _("Incomes"),
    "special": _("Other needs"),
}
TOTALS = {
    "norm": _("The national norm in all"),
    "cost": _("Approved costs in all"),
    "income": _("Counted incomes in all"),
    "special": _("Approved other needs in all"),
}
DEFICIT = _("What is lacking in the month")
SURPLUS = _("What is left over in the month")
GRANTED = _("You get")
REGISTER_AND_COUNTED = _("The registers say {applied}. We count {amount}.")
STATED_AND_APPROVED = _("You stated {applied}. We count {amount}.")
