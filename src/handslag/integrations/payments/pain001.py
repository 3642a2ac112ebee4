"""The payment file: pain.001.001.09, or .03 where the bank still asks for it.

Payment names, clearing and accounts follow the banks' common Swedish reading of ISO 20022: bankgiro as
`Othr/Id` with scheme BGNR at clearing member 9900, plusgiro and bank accounts as BBAN, the clearing system
SESBA, category purpose SSBE (social benefit) for persons and SUPP for landlords and companies.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal

from lxml import etree

from handslag.income_support.ports import AccountKind, BankFileContent, BankPayment, PayeeAccount
from handslag.integrations import xml

Version = Literal["09", "03"]
NAMESPACE = {version: f"urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version}" for version in ("09", "03")}
BANKGIRO_MEMBER = "9900"
PLUSGIRO_MEMBER = "9500"
LONGEST_NAME = 35  # what the Swedish clearing carries, shorter than the schema's 140
LONGEST_REFERENCE = 35
_ID = re.compile(r"[A-Za-z0-9-]{1,35}")


@dataclass(frozen=True, slots=True)
class Payer:
    """The municipality as the bank knows it."""

    name: str
    organisation_number: str  # ten digits
    iban: str
    bic: str


def write_file(
    *,
    version: Version,
    payer: Payer,
    message_id: str,
    made_at: datetime,
    pay_on: date,
    payments: tuple[BankPayment, ...],
) -> BankFileContent:
    """One file with one batch per category. ValueError for what the bank would refuse."""
    _check(message_id, payments)
    writer = _Writer(version)
    root = etree.Element(writer.tag("Document"), nsmap={None: NAMESPACE[version]})  # type: ignore[dict-item]
    message = writer.add(root, "CstmrCdtTrfInitn")
    header = writer.add(message, "GrpHdr")
    writer.add(header, "MsgId", message_id)
    writer.add(header, "CreDtTm", made_at.isoformat(timespec="seconds"))
    total = sum((payment.amount_kr for payment in payments), Decimal(0))
    writer.add(header, "NbOfTxs", str(len(payments)))
    writer.add(header, "CtrlSum", _amount(total))
    writer.party(header, "InitgPty", payer)
    for suffix, to_person in (("P", True), ("O", False)):
        batch = [payment for payment in payments if payment.to_person is to_person]
        if batch:
            writer.batch(message, f"{message_id[:33]}-{suffix}", payer, pay_on, batch, to_person=to_person)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return BankFileContent(message_id, f"{message_id}.xml", content, len(payments), total)


def inspect_file(content: bytes) -> BankFileContent:
    """What is really in a finished file: its transactions counted and added anew.

    ValueError when the file is not ours to read, or its own header says something else.
    """
    root = xml.read_xml(content)
    if etree.QName(root).namespace not in NAMESPACE.values():
        raise ValueError("not a pain.001 file that we write")
    message = xml.child(root, "CstmrCdtTrfInitn")
    header = xml.child(message, "GrpHdr")
    message_id = xml.text(header, "MsgId")
    count, total = 0, Decimal(0)
    seen: set[str] = set()
    for batch in xml.children(message, "PmtInf"):
        batch_count, batch_total = 0, Decimal(0)
        for payment in xml.children(batch, "CdtTrfTxInf"):
            amount = xml.child(payment, "Amt", "InstdAmt")
            if amount is None or amount.get("Ccy") != "SEK":
                raise ValueError("a payment without an amount in SEK")
            batch_count += 1
            batch_total += _decimal(amount.text)
            seen.add(xml.text(payment, "PmtId", "EndToEndId"))
        if (batch_count, batch_total) != (
            int(xml.text(batch, "NbOfTxs")),
            _decimal(xml.text(batch, "CtrlSum")),
        ):
            raise ValueError("a batch does not hold what its header says")
        count += batch_count
        total += batch_total
    if (count, total) != (int(xml.text(header, "NbOfTxs")), _decimal(xml.text(header, "CtrlSum"))):
        raise ValueError("the file does not hold what its header says")
    if len(seen) != count:
        raise ValueError("a payment stands twice in the file")
    return BankFileContent(message_id, f"{message_id}.xml", content, count, total)


class _Writer:
    """Adds elements in the namespace of one version, with what differs between the versions."""

    def __init__(self, version: Version) -> None:
        self.version = version

    def tag(self, name: str) -> str:
        return f"{{{NAMESPACE[self.version]}}}{name}"

    def add(self, parent: etree._Element, name: str, value: str | None = None) -> etree._Element:
        element = etree.SubElement(parent, self.tag(name))
        element.text = value
        return element

    def path(self, parent: etree._Element, *names: str, value: str) -> None:
        for name in names:
            parent = self.add(parent, name)
        parent.text = value

    def party(self, parent: etree._Element, name: str, payer: Payer) -> None:
        party = self.add(parent, name)
        self.add(party, "Nm", bank_text(payer.name, LONGEST_NAME))
        other = self.add(self.add(self.add(party, "Id"), "OrgId"), "Othr")
        self.add(other, "Id", payer.organisation_number)
        self.path(other, "SchmeNm", "Cd", value="BANK")

    def batch(
        self, message: etree._Element, batch_id: str, payer: Payer, pay_on: date, payments: list[BankPayment],
        *, to_person: bool,
    ) -> None:  # fmt: skip
        batch = self.add(message, "PmtInf")
        self.add(batch, "PmtInfId", batch_id)
        self.add(batch, "PmtMtd", "TRF")
        self.add(batch, "BtchBookg", "true")
        self.add(batch, "NbOfTxs", str(len(payments)))
        self.add(batch, "CtrlSum", _amount(sum((payment.amount_kr for payment in payments), Decimal(0))))
        kind = self.add(batch, "PmtTpInf")
        self.path(kind, "SvcLvl", "Cd", value="NURG")
        self.path(kind, "CtgyPurp", "Cd", value="SSBE" if to_person else "SUPP")
        if self.version == "09":
            self.path(batch, "ReqdExctnDt", "Dt", value=pay_on.isoformat())
        else:
            self.add(batch, "ReqdExctnDt", pay_on.isoformat())
        self.party(batch, "Dbtr", payer)
        account = self.add(batch, "DbtrAcct")
        self.path(account, "Id", "IBAN", value=payer.iban)
        self.add(account, "Ccy", "SEK")
        bic = "BICFI" if self.version == "09" else "BIC"
        self.path(batch, "DbtrAgt", "FinInstnId", bic, value=payer.bic)
        for payment in payments:
            self.payment(batch, payment)

    def payment(self, batch: etree._Element, payment: BankPayment) -> None:
        transaction = self.add(batch, "CdtTrfTxInf")
        identity = self.add(transaction, "PmtId")
        self.add(identity, "InstrId", payment.end_to_end_id)
        self.add(identity, "EndToEndId", payment.end_to_end_id)
        amount = self.add(self.add(transaction, "Amt"), "InstdAmt", _amount(payment.amount_kr))
        amount.set("Ccy", "SEK")
        member = _clearing_member(payment.account)
        if member:
            clearing = self.add(self.add(self.add(transaction, "CdtrAgt"), "FinInstnId"), "ClrSysMmbId")
            self.path(clearing, "ClrSysId", "Cd", value="SESBA")
            self.add(clearing, "MmbId", member)
        self.path(transaction, "Cdtr", "Nm", value=bank_text(payment.payee_name, LONGEST_NAME))
        account = self.add(self.add(transaction, "CdtrAcct"), "Id")
        if payment.account.kind is AccountKind.IBAN:
            self.add(account, "IBAN", payment.account.number)
        else:
            other = self.add(account, "Othr")
            self.add(other, "Id", _account_id(payment.account))
            scheme = "Prtry" if payment.account.kind is AccountKind.BANKGIRO else "Cd"
            self.path(other, "SchmeNm", scheme, value="BGNR" if scheme == "Prtry" else "BBAN")
        if payment.reference:
            self.path(transaction, "RmtInf", "Ustrd", value=bank_text(payment.reference, LONGEST_REFERENCE))


def bank_text(text: str, longest: int) -> str:
    """Text in the signs that Swedish banks carry; others lose accents or become a space. Never empty."""
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        if re.fullmatch(r"[A-Za-z0-9ÅÄÖåäöÉéÜü /?:().,'+&-]", sign):
            kept.append(sign)
        else:
            plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
            kept.append(plain if plain.isalnum() else " ")
    return " ".join("".join(kept).split())[:longest].strip() or "-"


def _check(message_id: str, payments: tuple[BankPayment, ...]) -> None:
    if not _ID.fullmatch(message_id):
        raise ValueError("the message id is not one that a bank takes")
    if not payments:
        raise ValueError("a file without payments")
    ids = [payment.end_to_end_id for payment in payments]
    if len(set(ids)) != len(ids):
        raise ValueError("a payment stands twice in the file")
    for payment in payments:
        if not _ID.fullmatch(payment.end_to_end_id):
            raise ValueError("a payment id is not one that a bank takes")
        if payment.amount_kr <= 0 or payment.amount_kr != payment.amount_kr.quantize(Decimal("0.01")):
            raise ValueError("a payment must be more than zero with at most two decimals")


def _clearing_member(account: PayeeAccount) -> str:
    if account.kind is AccountKind.BANKGIRO:
        return BANKGIRO_MEMBER
    if account.kind is AccountKind.PLUSGIRO:
        return PLUSGIRO_MEMBER
    return account.clearing[:4]


def _account_id(account: PayeeAccount) -> str:
    return account.clearing + account.number if account.kind is AccountKind.BANK_ACCOUNT else account.number


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _decimal(text: str | None) -> Decimal:
    try:
        return Decimal((text or "").strip())
    except InvalidOperation as error:
        raise ValueError("not an amount") from error
