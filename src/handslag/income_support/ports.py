"""What income support asks of the world outside, as protocols.

`handslag.integrations` holds the implementations and `handslag.config` wires them; nothing in this file knows
how a question travels. It is standard library only, so adapters and their tests need no database.

Promise of every port that reads: **a fault is an answer**. A register that is down, slow or unreadable gives
an answer whose state says so and why; never an empty list that could be read as "no income", and never "not
protected".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

# --- registers ----------------------------------------------------------------------------------------------


class Agency(StrEnum):
    """The sources of SSBTEK v10, by the keys used in facts (`registers: {fk: ok, ...}`)."""

    FK = "fk"  # Försäkringskassan
    PM = "pm"  # Pensionsmyndigheten, carried inside FK's answer
    CSN = "csn"
    AF = "af"  # Arbetsförmedlingen
    SO = "so"  # the unemployment funds' joint organisation
    SKV = "skv"  # Skatteverket
    TNS = "tns"  # Transportstyrelsen
    MIV = "miv"  # Migrationsverket


class AnswerState(StrEnum):
    """ok: answered in full. error: the agency said that it could not. missing: no readable answer came."""

    OK = "ok"
    MISSING = "missing"
    ERROR = "error"


class Payout(StrEnum):
    PAID = "paid"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """Both days are part of the period, as in the contract (`fromDatum`, `tomDatum`)."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError("The last day of the period is before its first day.")


@dataclass(frozen=True, slots=True)
class RegisterFigure:
    """One payment as a register states it. `amount_kr` is what the payee gets after tax and deductions."""

    agency: Agency
    code: str  # "FK:BOB", "PM:AP", "CSN:STUDB", "SO:AKASSA"
    label: str  # the agency's own words for the code
    payee: str  # identity number, 12 digits
    amount_kr: Decimal
    paid_on: date
    payout: Payout
    covers: AskedPeriod | None
    source: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class AgencyAnswer:
    """What one agency said. `figures` is empty with state ok only when the agency answered "nothing"."""

    agency: Agency
    state: AnswerState
    fetched_at: datetime
    source: str
    reason_code: str = ""  # set when state is not ok: "timeout", "unreadable", "agency_error", ...
    reason: str = ""  # the reason in words, without personal data
    figures: tuple[RegisterFigure, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict)  # the answer as it was given, for the record

    @property
    def is_answered(self) -> bool:
        return self.state is AnswerState.OK


@dataclass(frozen=True, slots=True)
class RegisterAnswers:
    """One question about one person; always one answer for each agency of `Agency`."""

    identity_number: str
    period: AskedPeriod
    correlation_id: str
    fetched_at: datetime
    agencies: tuple[AgencyAnswer, ...]

    def of(self, agency: Agency) -> AgencyAnswer:
        return next(answer for answer in self.agencies if answer.agency is agency)

    @property
    def unanswered(self) -> tuple[AgencyAnswer, ...]:
        return tuple(answer for answer in self.agencies if not answer.is_answered)

    @property
    def figures(self) -> tuple[RegisterFigure, ...]:
        return tuple(figure for answer in self.agencies for figure in answer.figures)


class Registers(Protocol):
    """SSBTEK or what stands in for it (SoL 15:10-12, förordning 2008:975: economic aid only)."""

    def fetch(
        self, identity_number: str, period: AskedPeriod, case_number: str, officer: str
    ) -> RegisterAnswers:
        """Never raises for a fault of the network or an agency: the fault is in the answers."""
        ...


# --- the population register --------------------------------------------------------------------------------


class ProtectionMark(StrEnum):
    """`unknown` is what a missing or unreadable answer gives; it is handled as protected."""

    NONE = "none"
    SECRECY_MARK = "secrecy_mark"  # sekretessmarkering
    PROTECTED_REGISTRATION = "protected_registration"  # skyddad folkbokföring
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RegisteredAddress:
    care_of: str
    street: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True)
class RegisteredRelation:
    kind: str  # "partner", "child", "parent", "guardian", "other"
    identity_number: str  # 12 digits; empty where the register gives none


@dataclass(frozen=True, slots=True)
class PopulationAnswer:
    """`address` is None for protected persons and where the register did not answer."""

    identity_number: str
    state: AnswerState
    protection: ProtectionMark
    fetched_at: datetime
    source: str
    reason_code: str = ""
    reason: str = ""
    given_name: str = ""
    family_name: str = ""
    address: RegisteredAddress | None = None
    relations: tuple[RegisteredRelation, ...] = ()
    deregistered: str = ""  # the register's code when the person is no longer registered (dead, emigrated)


class PopulationRegister(Protocol):
    def look_up(self, identity_number: str) -> PopulationAnswer:
        """Never raises for a fault of the network or the register."""
        ...


# --- delivery of letters ------------------------------------------------------------------------------------


class DeliveryChannel(StrEnum):
    MAILBOX = "mailbox"  # a digital mailbox outside Handslag
    PRINT = "print"  # the municipality's print queue


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    letter_id: str
    identity_number: str
    subject: str
    pdf: bytes
    protected: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryAnswer:
    """Where the letter goes. With `PRINT`, `reason_code` says why no mailbox took it."""

    channel: DeliveryChannel
    reason_code: str = ""
    reason: str = ""
    receipt: str = ""


class Mailbox(Protocol):
    def deliver(self, letter: OutgoingLetter) -> DeliveryAnswer:
        """Delivered once, or told to print. Never raises for a fault outside: it answers `PRINT`."""
        ...


# --- payments -----------------------------------------------------------------------------------------------


class AccountKind(StrEnum):
    BANK_ACCOUNT = "bank_account"  # clearing number and account number
    BANKGIRO = "bankgiro"
    PLUSGIRO = "plusgiro"
    IBAN = "iban"


@dataclass(frozen=True, slots=True)
class PayeeAccount:
    """A checked account: digits only (IBAN in capitals without spaces). Made by `rules.payee_account`."""

    kind: AccountKind
    number: str
    clearing: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class BankPayment:
    """One payment. `reference` is what the payee sees: an invoice or case number, never a reason."""

    end_to_end_id: str  # at most 35 characters of A-Z a-z 0-9 and -
    amount_kr: Decimal
    payee_name: str
    account: PayeeAccount
    reference: str = ""
    to_person: bool = True  # a person, not a landlord or company: category "social benefit"


@dataclass(frozen=True, slots=True)
class BankFileContent:
    """A finished file, with what it says about itself so that it can be checked against the orders."""

    message_id: str
    name: str
    content: bytes
    payments: int
    control_sum_kr: Decimal


class PaymentState(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    end_to_end_id: str
    state: PaymentState
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BankReport:
    """A status report. `whole_file` is the state of the file when the bank gave no state per payment."""

    message_id: str
    original_message_id: str
    whole_file: PaymentState | None
    reason_code: str
    reason: str
    payments: tuple[PaymentStatus, ...]


class UnreadableReport(ValueError):
    """The file is no status report that we can read; nothing of it was used."""


class PaymentBank(Protocol):
    def write(
        self, *, message_id: str, made_at: datetime, pay_on: date, payments: tuple[BankPayment, ...]
    ) -> BankFileContent:
        """A file that is valid against its schema. ValueError for what a bank would refuse."""
        ...

    def inspect(self, content: bytes) -> BankFileContent:
        """Count and sum the transactions of a finished file anew; ValueError when the header disagrees."""
        ...

    def read_report(self, content: bytes) -> BankReport:
        """Raises UnreadableReport."""
        ...


# --- which implementation stands behind each port -----------------------------------------------------------


class PortNotWired(LookupError):
    """No implementation was given for the port; the case goes to a person, as when a register is down."""


_in_use: dict[str, Any] = {}


def use(
    *,
    registers: Registers | None = None,
    population: PopulationRegister | None = None,
    mailbox: Mailbox | None = None,
    bank: PaymentBank | None = None,
) -> None:
    """Put implementations behind ports, at start (`config.wiring`) or in a test; None leaves one as it is."""
    given = {"registers": registers, "population": population, "mailbox": mailbox, "bank": bank}
    _in_use.update(
        {port: implementation for port, implementation in given.items() if implementation is not None}
    )


def _of(port: str) -> Any:
    if port not in _in_use:
        raise PortNotWired(port)
    return _in_use[port]


def registers() -> Registers:
    """SSBTEK in this installation. Raises PortNotWired."""
    found: Registers = _of("registers")
    return found


def population() -> PopulationRegister:
    """The population register in this installation. Raises PortNotWired."""
    found: PopulationRegister = _of("population")
    return found


def mailbox() -> Mailbox:
    """The digital mailbox in this installation. Raises PortNotWired."""
    found: Mailbox = _of("mailbox")
    return found


def bank() -> PaymentBank:
    """The bank's file format in this installation. Raises PortNotWired."""
    found: PaymentBank = _of("bank")
    return found
