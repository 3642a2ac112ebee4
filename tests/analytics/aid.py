"""A case with a decision, made through the product's own operations."""

from datetime import date, datetime
from decimal import Decimal

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast


def opened(cast: Cast, *, who: str = "elin", at: datetime | None = None) -> casework.Case:
    """An open case of economic aid."""
    return casework.open_case(
        kind="income_support", person_id=getattr(cast, who).person_id, unit_id=cast.support, parties=[],
        by=cast.system, at=at or foundation.now(),
    )  # fmt: skip


def decided(cast: Cast, *, amount: int = 4180, case: casework.Case | None = None) -> casework.Decision:
    """A decision that grants aid."""
    case = case or opened(cast)
    return casework.decide(
        case_id=case.id, type="income_support.grant", outcome="granted", legal_ground="SoL 12:1", reason="Inkomsterna räcker inte till.",
        amount=Decimal(amount), period_from=date(2026, 11, 1), period_to=date(2026, 11, 30), by=cast.asa, at=foundation.now(),
    )  # fmt: skip
