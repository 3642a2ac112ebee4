"""The time limits of law around a child, in groups, with their words: every rule that the manager's page follows."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handslag.casework import public as casework
from handslag.child_protection import public as child_protection

GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Reports and investigations"), ("FORH", "AATERK", "UTR")),
    (gettext_lazy("Placement"), ("JOUR", "OVERV", "VARDN", "VARDPLAN")),
    (
        gettext_lazy("Care under LVU"),
        ("LVU_UND", "LVU_34", "LVU_ANS", "LVU_START", "LVU_2", "LVU_3", "LVU_14", "LVU_22"),
    ),
    (
        gettext_lazy("Bans on moving the child and on leaving the country (LVU)"),
        ("LVU_26", "LVU_29", "LVU_31c", "LVU_31e", "LVU_31f"),
    ),
    (gettext_lazy("Protected housing and youth service"), ("SKB_UND", "SKB_ANS", "SKB_OVERV", "UNGTJ")),
    (gettext_lazy("Follow-up"), ("UPPF_U", "UPPF_P", "UPPF_LVU")),
)
RULES: tuple[str, ...] = tuple(rule for _title, rules in GROUPS for rule in rules)
WORDS: dict[str, str | Promise] = {
    "FORH": gettext_lazy("Decide whether to investigate"),
    "UTR": gettext_lazy("Finish the investigation"),
    "AATERK": gettext_lazy("Tell the reporter"),
    "JOUR": gettext_lazy("End the stay in an emergency home"),
    "UPPF_U": gettext_lazy("End the follow-up after an investigation"),
    "UPPF_P": gettext_lazy("End the follow-up after a placement"),
    "UPPF_LVU": gettext_lazy("End the follow-up after care under LVU"),
    **child_protection.DUTY_WORDS,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How many time limits of a rule run, how many of them are late or end within seven days, and the nearest day to come."""

    running: int = 0
    late: int = 0
    week: int = 0
    nearest: date | None = None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in words, what the law says today, and how its time limits stand. `confirmed`: read in the act."""

    rule: str
    words: str
    limit: str
    source: str
    confirmed: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules of a group that something runs under."""

    title: str
    rows: list[RuleRow]


def grouped(stands: dict[str, Standing], on: date) -> tuple[list[RuleGroup], list[RuleRow]]:
    """The rules that something runs under by group, and those that nothing runs under; together they are all of RULES."""
    groups, idle = [], []
    for title, rules in GROUPS:
        rows = [_row(rule, stands.get(rule, Standing()), on) for rule in rules]
        running = [row for row in rows if row.standing.running]
        idle += [row for row in rows if not row.standing.running]
        if running:
            groups.append(RuleGroup(str(title), running))
    return groups, idle


def _row(rule: str, standing: Standing, on: date) -> RuleRow:
    law = casework.time_limit(rule, on)
    if law is None:
        return RuleRow(rule, str(WORDS[rule]), "", "", False, standing)
    return RuleRow(rule, str(WORDS[rule]), _limit(law), law.source, law.confirmed, standing)


def _limit(law: casework.TimeLimit) -> str:
    number = law.number
    if number is None:
        return _("at once")
    words = {
        "days": ngettext("{n} day", "{n} days", number),
        "weeks": ngettext("{n} week", "{n} weeks", number),
        "months": ngettext("{n} month", "{n} months", number),
    }
    return words[law.unit].format(n=number)
