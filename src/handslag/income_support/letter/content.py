"""What a decision letter says: everything that FL 31-33 asks, in the words of the one who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handslag.income_support.shown_calculation import ShownCalculation


@dataclass(frozen=True, slots=True)
class Sender:
    """`contact`: how to reach a human, one way per line (telephone with hours, visiting address)."""

    name: str
    unit: str
    contact: tuple[str, ...]
    appeal_address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedPayment:
    """`payee` as the reader knows it: "your account •••4321", "Bostads AB Åsen"."""

    pay_on: date
    payee: str
    amount: str


@dataclass(frozen=True, slots=True)
class LetterContent:
    """Everything in words of one language, `language` being "sv" or "en".

    `sentence` is the decision in one sentence. A protected person's letter is made without `address_lines`;
    `letter.pdf` refuses one that has them. `appeal_last_day` is None where the time does not run from delivery.
    """

    language: str
    sender: Sender
    recipient: str
    address_lines: tuple[str, ...]
    is_protected: bool
    case_number: str
    decided_on: date
    title: str
    sentence: str
    reasons: tuple[str, ...]
    legal_ground: str
    calculation: ShownCalculation | None
    payments: tuple[PlannedPayment, ...]
    is_automated: bool
    decided_by: str
    others_took_part: tuple[str, ...]
    appeal: str
    appeal_last_day: date | None
    notices: tuple[str, ...] = ()
    # The same letter in another language, for the reader's help; the Swedish one is the decision.
    translation: LetterContent | None = None
