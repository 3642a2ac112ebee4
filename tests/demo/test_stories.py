"""What the demo promises of its standing cast."""

from decimal import Decimal

import pytest

from handslag.demo.rules_of_demo import SAMPLE_PERCENT
from handslag.demo.stories import MONTHS_NOT_DRAWN, _case_not_drawn
from handslag.foundation.public import Month
from handslag.income_support.operations.automation import draw_hits


@pytest.mark.parametrize("_again", range(20))
def test_elins_renewals_are_not_drawn_and_the_sample_is_not_hidden(_again: int) -> None:
    """Her case is one that the draw misses for this month and a year; the share that the board decided stands."""
    assert SAMPLE_PERCENT == 5
    this = Month(2026, 11)
    case_id = _case_not_drawn(this)
    months = [str(this.plus(n)) for n in range(MONTHS_NOT_DRAWN)]
    assert len(months) == 13
    assert not any(draw_hits(case_id, month, Decimal(SAMPLE_PERCENT)) for month in months)
