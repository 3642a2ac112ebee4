"""SSBTEK: captured answers, and answers written by us, read agency by agency."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from handslag.income_support.ports import Agency, AnswerState, AskedPeriod, Payout, RegisterAnswers
from handslag.integrations import xml
from handslag.integrations.ssbtek.answer import content_of, read_answer
from handslag.integrations.ssbtek.question import Question, UnaskableNumber, write_question

from .conftest import ASKER, ELIN, captured

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CAPTURED_PERSON = "19900101" + "1234"  # the number in the captured answers; it belongs to nobody


def question(number: str = ELIN, agencies: frozenset[Agency] = frozenset(Agency)) -> Question:
    period = AskedPeriod(date(2026, 10, 1), date(2026, 10, 31))
    return Question(number, period, "EB-2026-00001", "asa", "k-1", AT, agencies)


def envelope(parts: str) -> bytes:
    return f"""<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
    <s:hamtaBastjanstInformationResponse xmlns:s="http://schema.forsakringskassan.se/integration/ssbt/10">
    <s:svarsdata>{parts}</s:svarsdata></s:hamtaBastjanstInformationResponse></e:Body></e:Envelope>""".encode()


def fk(record: Any) -> bytes:
    packed = base64.b64encode(json.dumps(record).encode()).decode()
    return envelope(f"<s:FK><s:data><s:lefiJsonSvar>{packed}</s:lefiJsonSvar></s:data></s:FK>")


def lefi(**more: Any) -> dict[str, Any]:
    return {
        "utlamnare": [
            {"utlamnare": {"kod": code}, "tillstand": {"kod": "OK"}} for code in ("FK", "PM")
        ],
        **more,
    }  # fmt: skip


def payment(**other: Any) -> dict[str, Any]:
    return {
        "formansfamilj": {"id": "BOB", "beskrivning": "Bostadsbidrag"},
        "datum": "2026-10-26",
        "period": {"fran": "2026-10-01", "till": "2026-10-31"},
        "nettobelopp": {"summa": 1900.0, "valuta": "SEK"},
        **other,
    }


def read(content: bytes) -> RegisterAnswers:
    return read_answer(content, question(), AT)


@pytest.mark.parametrize("name", ["af", "csn", "fk", "miv", "skv", "so", "tns", "allAgencies"])
def test_a_captured_answer_is_read_as_it_was_written_down(name: str) -> None:
    content = captured("ssbtek", "responses", f"{name}.xml").read_bytes()
    expected = json.loads(captured("ssbtek", "responses", f"{name}.expected.json").read_text())
    answers = read_answer(content, question(CAPTURED_PERSON), AT)
    for agency in Agency:
        if agency is Agency.PM:
            continue  # travels inside FK
        answer = answers.of(agency)
        assert dict(answer.content) == expected[agency.value], agency
        assert answer.is_answered is bool(expected[agency.value]), agency
        if not answer.is_answered:
            assert (answer.state, answer.reason_code) == (AnswerState.MISSING, "no_part")


def test_the_captured_unemployment_payment_is_a_figure() -> None:
    content = captured("ssbtek", "responses", "allAgencies.xml").read_bytes()
    (figure,) = read_answer(content, question(CAPTURED_PERSON), AT).figures
    assert (figure.code, figure.amount_kr, figure.paid_on) == (
        "SO:AKASSA",
        Decimal("1250.50"),
        date(2013, 11, 23),
    )
    assert figure.covers == AskedPeriod(date(2013, 11, 3), date(2013, 11, 3))
    assert (figure.source, figure.fetched_at) == ("ssbtek-v10:so", AT)


def test_the_question_is_valid_against_the_contract(tmp_path: Any) -> None:
    schema_file = captured(
        "ssbtek", "contract", "se", "forsakringskassan", "schema", "integration", "ssbt", "_10",
        "sammansatt_bastjanst_v10.xsd",
    )  # fmt: skip
    schema = etree.XMLSchema(etree.parse(str(schema_file)))
    root = xml.child(xml.read_xml(write_question(question(), ASKER)), "Body", "hamtaBastjanstInformation")
    assert root is not None
    schema.assertValid(etree.fromstring(etree.tostring(root)))


def test_the_question_asks_only_the_agencies_that_it_names() -> None:
    content = write_question(question(agencies=frozenset({Agency.PM, Agency.CSN})), ASKER)
    specific = xml.child(
        xml.read_xml(content), "Body", "hamtaBastjanstInformation", "specifikaFrageparametrar"
    )
    assert specific is not None
    included = {xml.local_name(part) for part in specific if part.get("inkludera") == "true"}
    assert included == {"FK", "CSN"}
    asked = json.loads(base64.b64decode(xml.text(specific, "FK", "fraga", "lefiJsonFraga")))
    assert asked["utbetalningar"] == ["PM:AP", "PM:BTI", "PM:EF"]


def test_fk_and_pm_payments_become_figures() -> None:
    answers = read(
        fk(
            lefi(
                formansinformation={
                    "utbetalningsuppgift": [payment()],
                    "preliminarautbetalningar": [payment(datum="2026-11-26")],
                },
                utbetalningar=[
                    {
                        "utbetalningsdatum": "2026-10-19",
                        "utbetalningsperiod": {"from": "2026-10-01", "tom": "2026-10-31"},
                        "nettobelopp": 2200,
                        "utbetalningsrader": [
                            {"formansgrupp": {"kod": "PM:EF", "beskrivning": "Efterlevandeförmåner"}}
                        ],
                    }
                ],
            )
        )
    )
    paid, planned, pension = answers.figures
    assert (paid.code, paid.label, paid.amount_kr, paid.payout) == (
        "FK:BOB", "Bostadsbidrag", Decimal("1900.00"), Payout.PAID,
    )  # fmt: skip
    assert (planned.paid_on, planned.payout) == (date(2026, 11, 26), Payout.PLANNED)
    assert (pension.agency, pension.code, pension.amount_kr) == (Agency.PM, "PM:EF", Decimal("2200.00"))
    assert paid.payee == ELIN


@pytest.mark.parametrize(
    ("record", "state", "reason_code"),
    [
        ({"utlamnare": []}, AnswerState.MISSING, "no_part"),
        (
            {"utlamnare": [{"utlamnare": {"kod": "FK"}, "tillstand": {"kod": "OTILLGANGLIG"}}]},
            AnswerState.ERROR,
            "agency_error",
        ),
        (
            lefi(
                avvikelser={
                    "utbetalningar": [
                        {"formansgrupp": {"kod": "FK:SJP"}, "avvikelse": {"kod": "INTERNT_FEL"}}
                    ]
                }
            ),
            AnswerState.ERROR,
            "agency_error",
        ),
        (
            lefi(formansinformation={"generellPersoninformation": [{"personnummer": "198501012390"}]}),
            AnswerState.MISSING,
            "about_someone_else",
        ),
        (
            lefi(formansinformation={"utbetalningsuppgift": [payment(nettobelopp=None)]}),
            AnswerState.MISSING,
            "unreadable",
        ),
        (
            lefi(formansinformation={"utbetalningsuppgift": [payment(datum="i går")]}),
            AnswerState.MISSING,
            "unreadable",
        ),
        (
            lefi(formansinformation={"utbetalningsuppgift": [payment(nettobelopp={"summa": 1e99})]}),
            AnswerState.MISSING,
            "unreadable",
        ),
        (
            lefi(
                formansinformation={
                    "utbetalningsuppgift": [payment(nettobelopp={"summa": 10, "valuta": "EUR"})]
                }
            ),
            AnswerState.MISSING,
            "unreadable",
        ),
        ({"utlamnare": "FK"}, AnswerState.MISSING, "unreadable"),
        ([], AnswerState.MISSING, "unreadable"),
    ],
)
def test_fk_that_did_not_answer_in_full_is_not_answered(
    record: Any, state: AnswerState, reason_code: str
) -> None:
    answer = read(fk(record)).of(Agency.FK)
    assert (answer.state, answer.reason_code) == (state, reason_code)
    assert answer.figures == ()
    assert ELIN not in answer.reason


def test_a_pm_deviation_does_not_touch_fk() -> None:
    answers = read(fk(lefi(avvikelser={"utbetalningar": [{"formansgrupp": {"kod": "PM:AP"}}]})))
    assert answers.of(Agency.FK).is_answered
    assert answers.of(Agency.PM).state is AnswerState.ERROR


def test_an_agency_that_says_error_is_an_error_and_the_others_stand() -> None:
    answers = read(
        envelope(
            "<s:AF><s:error><s:kalla>BT</s:kalla><s:felkod>BT-7</s:felkod><s:felmeddelande>x</s:felmeddelande></s:error></s:AF>"
            '<s:TNS><s:data><t:resultat xmlns:t="urn:t">OK</t:resultat></s:data></s:TNS>'
        )
    )
    assert (answers.of(Agency.AF).state, answers.of(Agency.AF).reason) == (
        AnswerState.ERROR, "The agency could not answer (BT BT-7).",
    )  # fmt: skip
    assert answers.of(Agency.TNS).is_answered
    assert answers.of(Agency.CSN).reason_code == "no_part"
    assert len(answers.agencies) == len(Agency)


@pytest.mark.parametrize("status", ["", "1", "inget svar"])
def test_a_fund_with_an_unknown_status_has_not_answered(status: str) -> None:
    answers = read(
        envelope(
            f"<s:SO><s:data><IdentificationNumber>{ELIN}</IdentificationNumber><ArbetsloshetsersattningLista>"
            f"<Arbetsloshetsersattning><StatusSvarandeOrganisation>{status}</StatusSvarandeOrganisation>"
            "</Arbetsloshetsersattning></ArbetsloshetsersattningLista></s:data></s:SO>"
        )
    )
    assert answers.of(Agency.SO).state is AnswerState.ERROR


def csn_answer(total: int, *, code: str = "0") -> bytes:
    inner = f"""<CSNSvar schemaVersion="4.0">
    <GemensamtSvarEkbistand><Resultat><ResultatKod>{code}</ResultatKod></Resultat>
    </GemensamtSvarEkbistand><Personer><Person personnummer="{ELIN[2:]}" sekel="19">
    <Studiehjalp><Arenden><Arende
    lopnummer="1"><UtbetalningsPlan><Utbetalning><utbetdatum>20261025</utbetdatum>
    <utbetstatus>UTBETALAD</utbetstatus>
    <Utbetaldatider><Utbetaldtid><Beloppen><Belopp><beloppstyp>STUDB</beloppstyp><belopp>1250</belopp></Belopp>
    <Belopp><beloppstyp>EXTRA</beloppstyp><belopp>570</belopp></Belopp></Beloppen></Utbetaldtid></Utbetaldatider>
    <totbelopp>{total}</totbelopp></Utbetalning></UtbetalningsPlan></Arende></Arenden></Studiehjalp>
    </Person></Personer>
    </CSNSvar>"""
    return envelope(
        f"<s:CSN><s:data><s:svar>{base64.b64encode(inner.encode()).decode()}</s:svar></s:data></s:CSN>"
    )


def test_csn_gives_one_figure_per_kind_of_amount() -> None:
    figures = read(csn_answer(1820)).of(Agency.CSN).figures
    assert [(one.code, one.amount_kr, one.paid_on) for one in figures] == [
        ("CSN:STUDB", Decimal("1250.00"), date(2026, 10, 25)),
        ("CSN:EXTRA", Decimal("570.00"), date(2026, 10, 25)),
    ]


def test_csn_that_does_not_add_up_is_unreadable() -> None:
    assert read(csn_answer(1821)).of(Agency.CSN).reason_code == "unreadable"


def test_csn_that_refuses_is_an_error() -> None:
    assert read(csn_answer(1820, code="9")).of(Agency.CSN).state is AnswerState.ERROR


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff",
        b"<html>Service unavailable</html>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
        b"<a>" + b"<b>" * 5_000 + b"</b>" * 5_000 + b"</a>",
        b" " * 5_000_001,
    ],
)
def test_garbage_makes_every_agency_missing(content: bytes) -> None:
    answers = read(content)
    assert {answer.state for answer in answers.agencies} == {AnswerState.MISSING}
    assert {answer.reason_code for answer in answers.agencies} == {"unreadable"}
    assert answers.figures == ()


@pytest.mark.parametrize("name", list(Agency))
def test_garbage_in_one_part_makes_that_agency_missing(name: Agency) -> None:
    if name is Agency.PM:
        return
    tag = name.value.upper()
    answer = read(envelope(f"<s:{tag}><s:data><s:svar>inte ett svar</s:svar></s:data></s:{tag}>")).of(name)
    assert not answer.is_answered
    assert answer.reason


def test_an_answer_to_another_question_is_no_answer() -> None:
    content = envelope("").replace(b"<s:svarsdata>", b"<s:korrelationsid>k-2</s:korrelationsid><s:svarsdata>")
    assert {answer.reason_code for answer in read(content).agencies} == {"other_question"}


def test_a_reserve_number_cannot_be_asked() -> None:
    with pytest.raises(UnaskableNumber):
        question("19880209T050")


def test_a_period_over_two_years_is_refused() -> None:
    with pytest.raises(ValueError, match="two years"):
        Question(ELIN, AskedPeriod(date(2020, 1, 1), date(2026, 1, 1)), "EB-1", "asa", "k", AT)


def test_content_of_reads_repeated_elements_as_a_list() -> None:
    data = etree.fromstring("<data><a><b>1</b><b>2</b></a><c/></data>")
    assert content_of(Agency.TNS, data) == {"a": {"b": ["1", "2"]}}


def skv(inside: str) -> bytes:
    said = (
        '<a:SvarBeskattningsuppgifter xmlns:a="urn:skv"><a:PersonuppgiftLista><a:Personuppgift>'
        f"<a:IdentitetsbeteckningFysiskPerson>{ELIN}</a:IdentitetsbeteckningFysiskPerson>{inside}"
        "</a:Personuppgift></a:PersonuppgiftLista></a:SvarBeskattningsuppgifter>"
    )
    return envelope(f"<s:SKV><s:data><svar><![CDATA[{said}]]></svar></s:data></s:SKV>")


@pytest.mark.parametrize("name", ["Skatteaterbaring", "SkatteåterbetalningUppgift", "OverskjutandeSkatt"])
def test_a_refund_of_tax_is_a_figure_with_its_amount_and_day(name: str) -> None:
    inside = f"<a:{name}><a:UtbetaltBelopp>3412</a:UtbetaltBelopp><a:Utbetalningsdatum>2026-10-09</a:Utbetalningsdatum></a:{name}>"
    answer = read(skv(inside)).of(Agency.SKV)
    assert answer.state is AnswerState.OK
    (figure,) = answer.figures
    assert (figure.code, figure.amount_kr, figure.paid_on) == ("SKV:REFUND", Decimal("3412"), date(2026, 10, 9))


def test_the_latest_payment_from_the_tax_account_is_read_as_skr_describes_it() -> None:
    """Amount to the holder of the account with the day it was booked; the names are ours, SKR tells them in words."""
    account = (
        "<a:StatusKapitaluppgiftKod>0</a:StatusKapitaluppgiftKod><a:StatusSkattekontouppgiftKod>0</a:StatusSkattekontouppgiftKod>"
        "<a:Skattekontouppgift><a:UtbetalningTillKontohavare>3412</a:UtbetalningTillKontohavare>"
        "<a:BokforingsdagUtbetalning>2026-10-09</a:BokforingsdagUtbetalning></a:Skattekontouppgift>"
    )
    answer = read(skv(account)).of(Agency.SKV)
    assert answer.state is AnswerState.OK
    assert [(one.amount_kr, one.paid_on) for one in answer.figures] == [(Decimal("3412"), date(2026, 10, 9))]


def test_two_refunds_are_two_figures_and_capital_income_is_none() -> None:
    capital = "<a:Kapitaluppgift><a:Taxeringsar>2026</a:Taxeringsar><a:OverskottPaKapital>666</a:OverskottPaKapital></a:Kapitaluppgift>"
    refund = "<a:Aterbaring><a:Belopp>{}</a:Belopp><a:Datum>2026-10-0{}</a:Datum></a:Aterbaring>"
    assert read(skv(capital)).of(Agency.SKV).figures == ()
    assert read(skv(capital)).of(Agency.SKV).state is AnswerState.OK
    both = read(skv(capital + refund.format(100, 1) + refund.format(200, 2))).of(Agency.SKV).figures
    assert [figure.amount_kr for figure in both] == [100, 200]


@pytest.mark.parametrize(
    "inside",
    [
        "<a:Aterbaring><a:Belopp>100</a:Belopp></a:Aterbaring>",
        "<a:Aterbaring><a:Belopp>100</a:Belopp><a:Summa>90</a:Summa><a:Datum>2026-10-01</a:Datum></a:Aterbaring>",
        "<a:Aterbaring>100</a:Aterbaring>",
        "<a:StatusSkattekontouppgiftKod>9</a:StatusSkattekontouppgiftKod>",
        "<a:StatusSkattekontouppgiftKod>0</a:StatusSkattekontouppgiftKod><a:Skattekontouppgift/>",
        "<a:Aterbaring><a:Belopp>hundra</a:Belopp><a:Datum>2026-10-01</a:Datum></a:Aterbaring>",
        "<a:Arbetsgivardeklaration><a:Belopp>100</a:Belopp></a:Arbetsgivardeklaration>",
    ],
)
def test_what_skatteverket_says_and_we_cannot_read_is_missing_and_never_no_refund(inside: str) -> None:
    answer = read(skv(inside)).of(Agency.SKV)
    assert answer.state is not AnswerState.OK
    assert answer.figures == ()
