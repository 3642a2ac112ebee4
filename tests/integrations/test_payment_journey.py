"""From an order to the bank and back with the real file format."""

from decimal import Decimal

import pytest
from lxml import etree

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import ports
from handslag.income_support import public as income_support
from handslag.integrations.payments.bank import Iso20022Bank
from handslag.integrations.payments.pain001 import Payer
from tests.income_support.applying import now, this_month
from tests.income_support.paying import emergency, fresh, ordered

from .conftest import captured

pytestmark = pytest.mark.django_db(databases=["default"])
PAYER = Payer("Ekeby kommun", "2120009999", "SE4550000000058398257466", "ESSESESS")


@pytest.fixture(params=["09", "03"])
def bank(request, settings):
    settings.DEMO = True
    ports.use(bank=Iso20022Bank(PAYER, request.param))
    return request.param


def test_orders_become_a_valid_file_and_its_answer_pays_them(cast, bank):
    case = casework.open_case(
        kind="income_support",
        person_id=cast.elin.person_id,
        unit_id=cast.support,
        parties=[],
        by=cast.asa,
        at=now(),
    )
    own = ordered(cast, case.id, 1200)
    landlord = income_support.add_payee(
        case_id=case.id, person_id=cast.elin.person_id, kind="landlord", name="Bostads AB Åsen",
        account_kind="bankgiro", account_number="5805-6201", reference="Hyra 4711", by=cast.asa, at=now(),
    )  # fmt: skip
    rent = emergency(cast, case.id, "5200.50", key="rent")
    share = income_support.Share(landlord, Decimal("5200.50"))
    (to_landlord,) = income_support.order_payments(decision_id=rent.id, shares=[share], by=cast.asa, at=now())
    made = income_support.make_payment_file(
        unit_id=cast.support, pay_on=this_month().plus(1).last, by=cast.frida, at=now()
    )
    assert (made.payments, made.control_sum_kr) == (2, Decimal("6400.50"))
    income_support.release_payment_file(file_id=made.id, by=cast.goran, at=now())
    name, content = income_support.download_payment_file(cast.frida, made.id, at=now())
    assert name == f"{made.message_id}.xml"
    answer = f"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr>
    <MsgId>BANK-7</MsgId><CreDtTm>2026-11-25T06:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts>
    <OrgnlMsgId>{made.message_id}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.{bank}</OrgnlMsgNmId></OrgnlGrpInfAndSts>
    <OrgnlPmtInfAndSts><OrgnlPmtInfId>x</OrgnlPmtInfId>
    <TxInfAndSts><OrgnlEndToEndId>{own.end_to_end_id}</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>
    <TxInfAndSts><OrgnlEndToEndId>{to_landlord.end_to_end_id}</OrgnlEndToEndId><TxSts>RJCT</TxSts>
    <StsRsnInf><Rsn><Cd>AC03</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"""
    taken = income_support.import_bank_report(content=answer.encode(), by=cast.frida, at=now())
    assert (taken.accepted, taken.rejected) == (1, 1)
    assert fresh(own).state == "paid"
    assert (fresh(to_landlord).state, to_landlord.reason_code) == ("rejected", "AC03")
    with foundation.acting(cast.greta):
        assert not income_support.PaymentOrder.objects.exists()
    schema = etree.XMLSchema(etree.parse(str(captured("iso20022", f"pain.001.001.{bank}.xsd"))))
    schema.assertValid(etree.fromstring(content))
