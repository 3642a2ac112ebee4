"""What happens to the rules of income support, and to automation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("income_support.rule_confirmed")
@dataclass(frozen=True)
class RuleConfirmed:
    """An authorised person confirmed a cell."""

    confirmation_id: UUID
    cell: str
    cell_from: date
    demo: bool


@foundation.event("income_support.local_rules_entered")
@dataclass(frozen=True)
class LocalRulesEntered:
    """A board decision about local rules was entered."""

    local_rules_id: UUID
    valid_from: date


@foundation.event("income_support.local_rules_confirmed")
@dataclass(frozen=True)
class LocalRulesConfirmed:
    """A second person confirmed local rules that were entered; they are in force."""

    local_rules_id: UUID
    valid_from: date
    demo: bool


@foundation.event("income_support.local_rules_returned")
@dataclass(frozen=True)
class LocalRulesReturned:
    """Local rules that were entered do not agree with the decision; they are never in force."""

    local_rules_id: UUID
    valid_from: date


@foundation.event("income_support.settings_entered")
@dataclass(frozen=True)
class SettingsEntered:
    """The municipality settled what the law leaves open."""

    settings_id: UUID
    valid_from: date


@foundation.event("income_support.unusual_costs_entered")
@dataclass(frozen=True)
class UnusualCostsEntered:
    """Limits above which a cost is unusually high were entered; they hold when another person has confirmed them."""

    limits_id: UUID
    valid_from: date


@foundation.event("income_support.unusual_costs_confirmed")
@dataclass(frozen=True)
class UnusualCostsConfirmed:
    """A second person confirmed limits of unusual costs that were entered; they hold from their month on."""

    limits_id: UUID
    valid_from: date


@foundation.event("income_support.unusual_costs_returned")
@dataclass(frozen=True)
class UnusualCostsReturned:
    """Limits of unusual costs that were entered do not agree with the decision; they never hold."""

    limits_id: UUID
    valid_from: date


@foundation.event("income_support.automation_rule_entered")
@dataclass(frozen=True)
class AutomationRuleEntered:
    """A board decision about what may be automated was entered."""

    rule_id: UUID
    valid_from: date


@foundation.event("income_support.automation_turned")
@dataclass(frozen=True)
class AutomationTurned:
    """Automation was paused or started."""

    paused: bool
