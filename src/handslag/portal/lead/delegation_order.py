"""The decisions that the product lets somebody make in the board's name, and what the board has decided of each.

A new version may bring a new kind of decision. It is nobody's to make before the board has delegated it (KL 6:37, 7:5):
the product proposes who, and grants nothing by itself.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.foundation.public import DelegationRule, Role

# The automated decision function among the roles of the form (KL 6:37).
AUTOMATED = "automated"


@dataclass(frozen=True, slots=True)
class Delegable:
    """A type of decision: what it is called, its legal source, and to whom most boards would give it."""

    code: str
    words: str | Promise
    law: str
    proposed: tuple[Role, ...]
    may_be_automated: bool = False


WORKER, MANAGER = Role.CASE_WORKER, Role.MANAGER
DECISIONS = (
    Delegable("income_support.grant", _("Economic aid: grant"), "SoL 12:1", (WORKER, MANAGER), may_be_automated=True),
    Delegable("income_support.partly_grant", _("Economic aid: grant partly"), "SoL 12:1", (WORKER, MANAGER)),
    Delegable("income_support.refuse", _("Economic aid: refuse"), "SoL 12:1", (WORKER, MANAGER)),
    Delegable("income_support.emergency", _("Economic aid: emergency aid"), "SoL 12:1", (WORKER, MANAGER)),
    Delegable(
        "income_support.confirm_local_rules", _("Economic aid: confirm local rules"), "KL 6:37", (Role.RULES_OFFICER, MANAGER)
    ),
    Delegable("adult_support.grant", _("Adults: grant support"), "SoL 11:1, 11:4", (WORKER, MANAGER)),
    Delegable("adult_support.partly_grant", _("Adults: grant support partly"), "SoL 11:1, 11:4", (WORKER, MANAGER)),
    Delegable("adult_support.refuse", _("Adults: refuse support"), "SoL 11:1, 11:4", (WORKER, MANAGER)),
    Delegable("child_protection.open", _("Children: open an investigation"), "SoL 14:2", (WORKER, MANAGER)),
    Delegable("child_protection.open_on_call", _("Children: open an investigation on call"), "SoL 14:2", (Role.RECEPTION,)),
    Delegable("child_protection.preliminary_assessment", _("Children: open no investigation"), "SoL 20:2", (WORKER, MANAGER)),
    Delegable(
        "child_protection.extend_preliminary", _("Children: more time for a preliminary assessment"), "SoL 20:2", (MANAGER,)
    ),
    Delegable("child_protection.extend", _("Children: extend an investigation"), "SoL 20:3", (MANAGER,)),
    Delegable("child_protection.close", _("Children: close an investigation"), "SoL 14:2", (WORKER, MANAGER)),
    Delegable("child_protection.close_early", _("Children: close an investigation early"), "SoL 14:2", (MANAGER,)),
    Delegable(
        "child_protection.follow_up", _("Children: follow a child after an investigation"), "SoL 23:1", (WORKER, MANAGER)
    ),
)
BY_CODE = {decision.code: decision for decision in DECISIONS}


def in_force(on: date) -> QuerySet[DelegationRule]:
    """The rows of the order that hold on the day."""
    rows = DelegationRule.objects.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return rows.order_by("decision_type", "automated", "max_amount_kr")


def not_delegated(on: date) -> list[Delegable]:
    """The decisions that no person may make, on the day or later: the board has not decided about them."""
    held = DelegationRule.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), automated=False)
    known = set(held.values_list("decision_type", flat=True))
    return [decision for decision in DECISIONS if decision.code not in known]
