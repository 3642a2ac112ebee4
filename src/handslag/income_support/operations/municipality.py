"""Setting up a municipality with rules that ship with Handslag: its local rules, confirmed cells, and automation."""

from __future__ import annotations

from datetime import date, datetime

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.income_support import parameter_files
from handslag.income_support.models import AutomationRule, LocalRuleSet
from handslag.income_support.operations.automation import enter_automation_rule
from handslag.income_support.operations.rules import confirm_cell, enter_local_rules, shipped_content

# Never confirmed in bulk: whether the requirement applies is a person's trial in each case.
LEFT_UNCONFIRMED = ("activity_requirement.",)


@foundation.operation
def enter_shipped_rules(*, name: str, demo: bool, by: Actor, at: datetime) -> int:
    """Enter the shipped local rules of a municipality as the decisions that they cite; gives how many were new.

    Only sets whose paragraph and day are known can be entered. Running it again enters nothing twice.
    """
    foundation.require_role(by, Role.RULES_OFFICER)
    entered = 0
    for rules in parameter_files.local_rule_sets(name):
        if rules.paragraph is None or rules.decided_on is None:
            continue
        if LocalRuleSet.objects.filter(valid_from=rules.valid_from, paragraph=rules.paragraph).exists():
            continue
        enter_local_rules(
            name=name,
            valid_from=rules.valid_from,
            valid_to=rules.valid_to,
            paragraph=rules.paragraph,
            decided_on=rules.decided_on,
            content=shipped_content(rules),
            demo=demo,
            by=by,
            at=at,
        )
        entered += 1
    return entered


@foundation.operation
def confirm_year(*, year: int, source: str, demo: bool, by: Actor, at: datetime) -> int:
    """Confirm every unconfirmed amount that holds in the year; gives how many. The demo municipality alone uses this."""
    foundation.require_role(by, Role.RULES_OFFICER)
    first, last, confirmed = date(year, 1, 1), date(year, 12, 31), 0
    for cell in parameter_files.rule_book().cells:
        held = cell.valid_from <= last and (cell.valid_to is None or cell.valid_to > first)
        if not held or cell.status == "confirmed" or cell.key.startswith(LEFT_UNCONFIRMED):
            continue
        confirm_cell(
            cell=cell.key, cell_from=cell.valid_from, amount=cell.value, source=source, demo=demo, by=by, at=at
        )
        confirmed += 1
    return confirmed


@foundation.operation
def set_up_demo(*, by: Actor, at: datetime) -> None:
    """The demo municipality: Ekeby's local rules, the amounts of 2026 confirmed for the demo, renewals automated."""
    enter_shipped_rules(name="ekeby", demo=True, by=by, at=at)
    confirm_year(year=2026, source="Confirmed for the demo municipality only", demo=True, by=by, at=at)
    if not AutomationRule.objects.exists():
        enter_automation_rule(
            valid_from=date(2026, 1, 1),
            kinds=["renewal"],
            highest_kr=40_000,
            paragraph="§ 97/2025",
            decided_on=date(2025, 11, 19),
            demo=True,
            by=by,
            at=at,
        )
