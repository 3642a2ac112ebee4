"""The payment file and the bank's report: valid against the schemas, counted anew, nothing personal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from handslag.income_support.ports import AccountKind, BankPayment, PaymentState, UnreadableReport
from handslag.income_support.rules.payee_account import check_account
from handslag.integrations.payments.bank import Iso20022Bank
from handslag.integrations.payments.pain001 import Payer, bank_text

from .conftest import captured

MADE_AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PAYER = Payer("Exempelkommunen", "2120000001", "SE4550000000058398257466", "ESSESESS")
IBAN = check_account(AccountKind.IBAN, "SE4550000000058398257466")
BANKGIRO = check_account(AccountKind.BANKGIRO, "5805-6201")
PLUSGIRO = check_account(AccountKind.PLUSGIRO, "286543-4")
SWEDBANK = check_account(AccountKind.BANK_ACCOUNT, "9342759", "8327-9")
PAYMENTS = (
    BankPayment("p-1", Decimal("3280"), "Elin Ek", IBAN, "EB-2026-00001"),
    BankPayment("p-2", Decimal("5200.50"), "Bostads AB Åsen", BANKGIRO, "Hyra 4711", to_person=False),
    BankPayment("p-3", Decimal("301"), "Energi & Värme", PLUSGIRO, to_person=False),
    BankPayment("p-4", Decimal("12"), "Farid Öz", SWEDBANK, "EB-2026-00002"),
)


def bank(version: Any = "09") -> Iso20022Bank:
    return Iso20022Bank(PAYER, version)


def write(version: Any = "09", payments: tuple[BankPayment, ...] = PAYMENTS) -> bytes:
    return bank(version).write(
        message_id="HS-20261122-1", made_at=MADE_AT, pay_on=date(2026, 11, 25), payments=payments
    ).content  # fmt: skip


@pytest.mark.parametrize("version", ["09", "03"])
def test_the_file_is_valid_against_the_published_schema(version: str) -> None:
    schema = etree.XMLSchema(etree.parse(str(captured("iso20022", f"pain.001.001.{version}.xsd"))))
    schema.assertValid(etree.fromstring(write(version)))


@pytest.mark.parametrize("version", ["09", "03"])
def test_count_and_sum_of_the_finished_file_are_those_of_the_payments(version: str) -> None:
    seen = bank(version).inspect(write(version))
    assert (seen.message_id, seen.payments, seen.control_sum_kr) == ("HS-20261122-1", 4, Decimal("8793.50"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<CtrlSum>8793.50</CtrlSum>", b"<CtrlSum>8793.51</CtrlSum>"),
        (b"<NbOfTxs>4</NbOfTxs>", b"<NbOfTxs>5</NbOfTxs>"),
        (b'Ccy="SEK">301.00', b'Ccy="SEK">3010.00'),
        (b'Ccy="SEK">301.00', b'Ccy="EUR">301.00'),
        (b"<EndToEndId>p-3<", b"<EndToEndId>p-2<"),
        (b"pain.001.001.09", b"pain.001.001.11"),
    ],
)
def test_a_file_that_was_changed_is_found_out(old: bytes, new: bytes) -> None:
    content = write()
    assert old in content
    with pytest.raises(ValueError, match=r"."):
        bank().inspect(content.replace(old, new))


def test_the_file_says_nothing_about_why_money_is_paid() -> None:
    texts = {text.strip() for text in etree.fromstring(write()).itertext() if text.strip()}
    assert not any("bistånd" in text.lower() or ("198" in text[:3] and len(text) == 12) for text in texts)


def test_accounts_are_written_as_swedish_banks_read_them() -> None:
    text = write().decode()
    assert "<MmbId>9900</MmbId>" in text
    assert "<Prtry>BGNR</Prtry>" in text
    assert "<Id>832799342759</Id><SchmeNm><Cd>BBAN</Cd>" in text
    assert text.index("SSBE") < text.index("SUPP")


@pytest.mark.parametrize(
    "payments",
    [
        (),
        (PAYMENTS[0], PAYMENTS[0]),
        (replace(PAYMENTS[0], amount_kr=Decimal(0)),),
        (replace(PAYMENTS[0], amount_kr=Decimal("-5")),),
        (replace(PAYMENTS[0], amount_kr=Decimal("1.005")),),
        (replace(PAYMENTS[0], end_to_end_id="not/ok"),),
        (replace(PAYMENTS[0], end_to_end_id="x" * 36),),
    ],
)
def test_what_a_bank_would_refuse_is_refused_here(payments: tuple[BankPayment, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        write(payments=payments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Åsa Öberg", "Åsa Öberg"),
        ("Łukasz Ñoño", "ukasz Nono"),
        ("A<b>&\u0000c", "A b & c"),
        ("平", "-"),
        ("x" * 50, "x" * 35),
    ],
)
def test_names_become_signs_that_banks_carry(text: str, expected: str) -> None:
    assert bank_text(text, 35) == expected


def report(transactions: str, *, version: str = "03", group: str = "PART", batch: str = "") -> bytes:
    return f"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}"><CstmrPmtStsRpt>
    <GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-11-25T06:00:00</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>HS-20261122-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
    <GrpSts>{group}</GrpSts></OrgnlGrpInfAndSts>
    <OrgnlPmtInfAndSts><OrgnlPmtInfId>HS-20261122-1-P</OrgnlPmtInfId>{batch}{transactions}</OrgnlPmtInfAndSts>
    </CstmrPmtStsRpt></Document>""".encode()


def transaction(name: str, state: str, code: str = "") -> str:
    reason = f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn><AddtlInf>Elin Ek</AddtlInf></StsRsnInf>" if code else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{name}</OrgnlEndToEndId><TxSts>{state}</TxSts>{reason}</TxInfAndSts>"
    )


@pytest.mark.parametrize("version", ["03", "10"])
def test_a_report_gives_one_state_per_payment(version: str) -> None:
    read = bank().read_report(
        report(transaction("p-1", "ACSC") + transaction("p-4", "RJCT", "AC04"), version=version)
    )
    assert (read.message_id, read.original_message_id) == ("BANK-1", "HS-20261122-1")
    assert [(one.end_to_end_id, one.state, one.reason_code) for one in read.payments] == [
        ("p-1", PaymentState.ACCEPTED, ""),
        ("p-4", PaymentState.REJECTED, "AC04"),
    ]
    assert read.payments[1].reason == "The account is closed."
    assert "Elin" not in str(read)


def test_our_report_is_valid_against_the_published_schema() -> None:
    schema = etree.XMLSchema(etree.parse(str(captured("iso20022", "pain.002.001.03.xsd"))))
    schema.assertValid(
        etree.fromstring(report(transaction("p-1", "ACSC") + transaction("p-4", "RJCT", "AC04")))
    )


def test_a_rejected_file_has_one_state_for_all() -> None:
    content = b"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr>
    <MsgId>B</MsgId>    
    <CreDtTm>2026-11-25T06:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>HS</OrgnlMsgId>
    <OrgnlMsgNmId>x</OrgnlMsgNmId>
    <GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"""
    read = bank().read_report(content)
    assert (read.whole_file, read.reason_code, read.payments) == (PaymentState.REJECTED, "FF01", ())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"junk",
        write(),
        report("", group=""),
        report(transaction("p-1", "WHAT")),
        report("<TxInfAndSts><TxSts>ACSC</TxSts></TxInfAndSts>"),
        report("", batch="<PmtInfSts>RJCT</PmtInfSts>"),
        report("").replace(b"HS-20261122-1</OrgnlMsgId>", b"</OrgnlMsgId>"),
    ],
)
def test_what_is_no_whole_report_is_refused_whole(content: bytes) -> None:
    with pytest.raises(UnreadableReport):
        bank().read_report(content)
