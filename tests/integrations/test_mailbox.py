"""The mailbox that is not there says so, and never takes a letter."""

from __future__ import annotations

import pytest

from handslag.income_support.ports import DeliveryChannel, OutgoingLetter
from handslag.integrations.mina_meddelanden.mailbox import PrintOnly

from .conftest import ELIN


@pytest.mark.parametrize(("protected", "reason_code"), [(False, "not_connected"), (True, "protected")])
def test_every_letter_is_printed_with_the_reason(protected: bool, reason_code: str) -> None:
    answer = PrintOnly().deliver(OutgoingLetter("l-1", ELIN, "Beslut", b"%PDF", protected))
    assert (answer.channel, answer.reason_code, answer.receipt) == (DeliveryChannel.PRINT, reason_code, "")
