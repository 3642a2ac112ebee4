"""`income_support.ports.PaymentBank` over ISO 20022 files that people carry to and from the bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handslag.income_support.ports import BankFileContent, BankPayment, BankReport
from handslag.integrations.payments import pain001, pain002


@dataclass(frozen=True, slots=True)
class Iso20022Bank:
    payer: pain001.Payer
    version: pain001.Version = "09"

    def write(
        self, *, message_id: str, made_at: datetime, pay_on: date, payments: tuple[BankPayment, ...]
    ) -> BankFileContent:
        return pain001.write_file(
            version=self.version, payer=self.payer, message_id=message_id, made_at=made_at, pay_on=pay_on,
            payments=payments,
        )  # fmt: skip

    def inspect(self, content: bytes) -> BankFileContent:
        return pain001.inspect_file(content)

    def read_report(self, content: bytes) -> BankReport:
        return pain002.read_report(content)
