"""`income_support.ports.Mailbox` while no digital mailbox is connected: all is printed, and it says so."""

from __future__ import annotations

from handslag.income_support.ports import DeliveryAnswer, DeliveryChannel, OutgoingLetter


class PrintOnly:
    """Sends nothing anywhere. README.md beside this file lists what a real mailbox needs."""

    def deliver(self, letter: OutgoingLetter) -> DeliveryAnswer:
        if letter.protected:
            return DeliveryAnswer(
                DeliveryChannel.PRINT,
                "protected",
                "Letters to protected persons go by Skatteverket's forwarding.",
            )
        return DeliveryAnswer(
            DeliveryChannel.PRINT, "not_connected", "No digital mailbox is connected; the letter is printed."
        )
