"""The bank's answer: pain.002.001.03 and .10, to one state per payment."""

from __future__ import annotations

import re

from lxml import etree

from handslag.income_support.ports import BankReport, PaymentState, PaymentStatus, UnreadableReport
from handslag.integrations import xml

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.(03|10)")

# Only what the bank has taken on in full counts as accepted; a technical check (ACTC) does not.
STATES = {
    "ACCC": PaymentState.ACCEPTED, "ACSC": PaymentState.ACCEPTED, "ACSP": PaymentState.ACCEPTED,
    "ACCP": PaymentState.ACCEPTED, "ACWC": PaymentState.ACCEPTED, "ACTC": PaymentState.PENDING,
    "RCVD": PaymentState.PENDING, "PDNG": PaymentState.PENDING, "PART": PaymentState.PENDING,
    "RJCT": PaymentState.REJECTED, "CANC": PaymentState.REJECTED,
}  # fmt: skip

REASONS = {  # ExternalStatusReason1Code, those that meet a payment within Sweden
    "AC01": "The account number is wrong.",
    "AC02": "The payer's account number is wrong.",
    "AC03": "The payee's account number is wrong.",
    "AC04": "The account is closed.",
    "AC06": "The account is blocked.",
    "AG01": "Payments to this account are not allowed.",
    "AM04": "The payer's account lacks money.",
    "AM05": "The payment has been sent before.",
    "BE01": "The payee's name does not fit the account.",
    "DT01": "The day of payment is wrong.",
    "DUPL": "The payment has been sent before.",
    "FF01": "The file has the wrong form.",
    "MD07": "The payee is dead.",
    "RC01": "The clearing number is wrong.",
}


def read_report(content: bytes) -> BankReport:
    """Raises UnreadableReport for anything but a whole status report with codes that we know."""
    try:
        root = xml.read_xml(content)
    except xml.UnreadableXml as error:
        raise UnreadableReport(f"The file could not be read: {error}.") from error
    if not _NAMESPACE.fullmatch(etree.QName(root).namespace or ""):
        raise UnreadableReport("The file is no status report (pain.002.001.03 or .10).")
    report = xml.child(root, "CstmrPmtStsRpt")
    original = xml.child(report, "OrgnlGrpInfAndSts")
    message_id = xml.text(report, "GrpHdr", "MsgId")
    original_id = xml.text(original, "OrgnlMsgId")
    if not message_id or not original_id:
        raise UnreadableReport("The file does not say which payment file it answers.")
    whole = _state(xml.text(original, "GrpSts"))
    code, reason = _reason(original)
    statuses: list[PaymentStatus] = []
    for batch in xml.children(report, "OrgnlPmtInfAndSts"):
        batch_state = _state(xml.text(batch, "PmtInfSts"))
        batch_reason = _reason(batch)
        for payment in xml.children(batch, "TxInfAndSts"):
            state = _state(xml.text(payment, "TxSts")) or batch_state or whole
            end_to_end_id = xml.text(payment, "OrgnlEndToEndId")
            if state is None or not end_to_end_id:
                raise UnreadableReport("A payment in the file has no state or no id.")
            own_code, own_reason = _reason(payment)
            if not own_code and state is batch_state:
                own_code, own_reason = batch_reason
            statuses.append(PaymentStatus(end_to_end_id, state, own_code, own_reason))
        if batch_state is PaymentState.REJECTED and not xml.children(batch, "TxInfAndSts"):
            raise UnreadableReport(
                "A whole batch is rejected without its payments; a person must look at it."
            )
    if whole is None and not statuses:
        raise UnreadableReport("The file holds no state.")
    return BankReport(message_id, original_id, whole, code, reason, tuple(statuses))


def _state(code: str) -> PaymentState | None:
    if not code:
        return None
    if code not in STATES:
        raise UnreadableReport(f"The state {re.sub(r'[^A-Z0-9]', '', code)[:8]} is not one that we know.")
    return STATES[code]


def _reason(element: etree._Element | None) -> tuple[str, str]:
    """Code and words. The bank's own free text is left out: it may hold names."""
    information = xml.child(element, "StsRsnInf")
    code = xml.text(information, "Rsn", "Cd") or xml.text(information, "Rsn", "Prtry")
    code = re.sub(r"[^A-Za-z0-9]", "", code)[:35]
    return code, REASONS.get(code, "")
