"""What the simulated agencies say, in the words of the contract."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from handslag.income_support.ports import Agency
from handslag.integrations.ssbtek import contract


@dataclass(frozen=True, slots=True)
class SimulatedIncome:
    """A payment that an agency would know of; `code` as in `RegisterFigure` (FK:BOB, PM:AP, CSN:STUDB)."""

    code: str
    amount_kr: Decimal
    paid_on: date
    covers_first: date | None = None
    covers_last: date | None = None
    planned: bool = False

    @property
    def agency(self) -> Agency:
        return Agency(self.code.split(":", 1)[0].lower())

    @property
    def benefit(self) -> str:
        return self.code.split(":", 1)[1]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the simulator reads from a question."""

    identity_number: str
    case_number: str
    organisation_number: str
    organisation: str
    officer: str
    first_day: date
    last_day: date
    suppliers: tuple[str, ...]  # of LEFI: FK, PM


def lefi(asked: Asked, incomes: Sequence[SimulatedIncome]) -> etree._Element:
    names = {"FK": "Försäkringskassan", "PM": "Pensionsmyndigheten"}
    paid: dict[bool, list[object]] = {False: [], True: []}
    pension: dict[bool, list[object]] = {False: [], True: []}
    for income in incomes:
        if income.agency is Agency.FK:
            payment: dict[str, object] = {
                "typ": {"id": 1, "beskrivning": "Månad"},
                "foretag": {"id": 1001, "beskrivning": "Försäkringskassan"},
                "formansfamilj": {
                    "id": income.benefit,
                    "beskrivning": contract.FK_BENEFITS.get(income.benefit, ""),
                },
                "datum": income.paid_on.isoformat(),
                "bruttobelopp": _lefi_amount(income.amount_kr),
                "nettobelopp": _lefi_amount(income.amount_kr),
            }
            if income.covers_first and income.covers_last:
                payment["period"] = {
                    "fran": income.covers_first.isoformat(),
                    "till": income.covers_last.isoformat(),
                }
            paid[income.planned].append(payment)
        elif income.agency is Agency.PM:
            pension[income.planned].append(
                {
                    "utbetalningsdatum": income.paid_on.isoformat(),
                    "utbetalningsperiod": {
                        "from": (income.covers_first or income.paid_on).isoformat(),
                        "tom": (income.covers_last or income.paid_on).isoformat(),
                    },
                    "bruttobelopp": int(income.amount_kr),
                    "nettobelopp": int(income.amount_kr),
                    "avdrag": [],
                    "utbetalningsrader": [
                        {
                            "formansgrupp": {
                                "kod": f"PM:{income.benefit}",
                                "beskrivning": contract.PM_BENEFITS.get(income.benefit, income.benefit),
                            },
                            "belopp": int(income.amount_kr),
                        }
                    ],
                }
            )
    record = {
        "utlamnare": [
            {
                "utlamnare": {"kod": code, "namn": names[code]},
                "tillstand": {"kod": "OK", "beskrivning": "Tillgänglig"},
            }
            for code in asked.suppliers
        ],
        "formansinformation": {
            "generellPersoninformation": [{"personnummer": asked.identity_number}],
            "utbetalningsuppgift": paid[False],
            "preliminarautbetalningar": paid[True],
        },
        "utbetalningar": pension[False],
        "preliminaraUtbetalningar": pension[True],
    }
    data = _ssbt("data")
    _sub(data, contract.SSBT, "lefiJsonSvar", base64.b64encode(json.dumps(record).encode()).decode())
    return data


def csn(asked: Asked, incomes: Sequence[SimulatedIncome]) -> etree._Element:
    root = etree.Element(f"{{{contract.CSN}}}CSNSvar", schemaVersion="4.0", nsmap={"csn": contract.CSN})
    result = _sub(_sub(root, contract.CSN, "GemensamtSvarEkbistand"), contract.CSN, "Resultat")
    _sub(result, contract.CSN, "ResultatKod", "0")
    _sub(result, contract.CSN, "ResultatText", "Allt OK, inget att rapportera")
    person = _sub(_sub(root, contract.CSN, "Personer"), contract.CSN, "Person")
    person.set("personnummer", asked.identity_number[2:])
    person.set("sekel", asked.identity_number[:2])
    person.set("Status", " " * 10 if incomes else "Ej träff")
    if incomes:
        matters = _sub(_sub(person, contract.CSN_PERSON, "Studiemedel"), contract.CSN_PERSON, "Arenden")
        matter = _sub(matters, contract.CSN_PERSON, "Arende")
        matter.set("lopnummer", "1")
        _sub(matter, contract.CSN_STUDY, "stodform", "GRUND")
        _sub(matter, contract.CSN_STUDY, "status", "BESLUTAD")
        plan = _sub(matter, contract.CSN_STUDY, "UtbetalningsPlan")
        for income in incomes:
            kronor = str(int(income.amount_kr))
            payment = _sub(plan, contract.CSN_STUDY, "Utbetalning")
            _sub(payment, contract.CSN_TYPES, "utbetdatum", income.paid_on.strftime("%Y%m%d"))
            _sub(payment, contract.CSN_TYPES, "utbetstatus", "Planerad" if income.planned else "Utbetald")
            times = _sub(payment, contract.CSN_TYPES, "Utbetaldatider")
            time = _sub(times, contract.CSN_TYPES, "Utbetaldtid")
            amount = _sub(_sub(time, contract.CSN_TYPES, "Beloppen"), contract.CSN_TYPES, "Belopp")
            _sub(amount, contract.CSN_TYPES, "beloppstyp", income.benefit)
            _sub(
                amount,
                contract.CSN_TYPES,
                "klartext",
                contract.CSN_AMOUNTS.get(income.benefit, income.benefit),
            )
            _sub(amount, contract.CSN_TYPES, "belopp", kronor)
            _sub(amount, contract.CSN_TYPES, "totbelopp", kronor)
            _sub(time, contract.CSN_TYPES, "totbelopp", kronor)
            _sub(payment, contract.CSN_TYPES, "totbelopp", kronor)
    data = _ssbt("data")
    _sub(data, contract.SSBT, "svar", base64.b64encode(etree.tostring(root, encoding="UTF-8")).decode())
    return data


def af(asked: Asked, incomes: Sequence[SimulatedIncome]) -> etree._Element:
    data = _ssbt("data")
    answer = _sub(data, contract.AF, "Svar")
    for name, value in (
        ("Schemaversion", "4.0"),
        ("Referensnummer", asked.case_number),
        ("IdentitetsbeteckningFysiskPerson", asked.identity_number),
        ("Sekretessmarkering", "false"),
        ("StatusSokandeinformationKod", "0"),
        (
            "StatusSokandeinformationKodText",
            "Frågan har behandlats normalt och ett giltigt svar har returnerats.",
        ),
    ):
        _sub(answer, contract.AF, name, value)
    return data


def so(asked: Asked, incomes: Sequence[SimulatedIncome]) -> etree._Element:
    data = _ssbt("data")
    for name, value in (
        ("OrganisationsnummerIngivare", asked.organisation_number),
        ("NamnIngivare", asked.organisation),
        ("KontonamnHandlaggare", asked.officer),
        ("Referensnummer", asked.case_number),
        ("From", asked.first_day.isoformat()),
        ("Tom", asked.last_day.isoformat()),
        ("IdentificationNumber", asked.identity_number),
    ):
        _sub(data, contract.SO, name, value)
    benefits = _sub(data, contract.SO, "ArbetsloshetsersattningLista")
    if incomes:
        fund = _sub(benefits, contract.SO, "Arbetsloshetsersattning")
        _sub(fund, contract.SO, "SvarandeOrganisation", "Simulerad a-kassa")
        _sub(fund, contract.SO, "StatusSvarandeOrganisation", "all clear")
        for income in incomes:
            payment = _sub(fund, contract.SO, "Utbetalningar")
            _sub(payment, contract.SO, "Utbetalningsdatum", income.paid_on.isoformat())
            _sub(payment, contract.SO, "NettoEfterSkatt", f"{income.amount_kr:.2f}")
            _sub(payment, contract.SO, "NettoEfterAvdrag", f"{income.amount_kr:.2f}")
            _sub(payment, contract.SO, "Ersattningsdagar", "1")
            _sub(payment, contract.SO, "AvserFrom", (income.covers_first or income.paid_on).isoformat())
            _sub(payment, contract.SO, "AvserTom", (income.covers_last or income.paid_on).isoformat())
    return data


def skv(asked: Asked, incomes: Sequence[SimulatedIncome]) -> etree._Element:
    root = etree.Element(
        f"{{{contract.SKV}}}SvarBeskattningsuppgifterEnligtSFS2008-975", nsmap={"skv": contract.SKV}
    )
    person = _sub(_sub(root, contract.SKV, "PersonuppgiftLista"), contract.SKV, "Personuppgift")
    _sub(person, contract.SKV_PERSON, "IdentitetsbeteckningFysiskPerson", asked.identity_number)
    _sub(person, contract.SKV, "StatusPersonuppgiftKod", "999")
    for income in incomes:
        refund = _sub(person, contract.SKV, "Skatteaterbaring")
        _sub(refund, contract.SKV_TAX, "Belopp", f"{income.amount_kr:.2f}")
        _sub(refund, contract.SKV_TAX, "Utbetalningsdatum", income.paid_on.isoformat())
    data = _ssbt("data")
    etree.SubElement(data, "svar").text = etree.tostring(root, encoding="unicode")
    return data


def tns(asked: Asked, incomes: Sequence[SimulatedIncome]) -> etree._Element:
    data = _ssbt("data")
    _sub(data, contract.TNS, "resultat", "OK")
    _sub(data, contract.TNS, "fordonsinnehav")
    return data


def miv(asked: Asked, incomes: Sequence[SimulatedIncome]) -> etree._Element:
    data = _ssbt("data")
    response = etree.SubElement(data, "response")
    for name, value in (("correlationid", asked.case_number), ("personnummer", asked.identity_number)):
        etree.SubElement(response, name).text = value
    return data


def error(source: str, code: str, message: str) -> etree._Element:
    element = _ssbt("error")
    for name, value in (("kalla", source), ("felkod", code), ("felmeddelande", message)):
        _sub(element, contract.SSBT, name, value)
    return element


WRITERS = {
    Agency.AF: af,
    Agency.CSN: csn,
    Agency.FK: lefi,
    Agency.SKV: skv,
    Agency.SO: so,
    Agency.TNS: tns,
    Agency.MIV: miv,
}


def _lefi_amount(amount: Decimal) -> dict[str, object]:
    return {"summa": float(amount), "valuta": "SEK"}


def _ssbt(name: str) -> etree._Element:
    return etree.Element(f"{{{contract.SSBT}}}{name}")


def _sub(parent: etree._Element, namespace: str, name: str, value: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = value
    return element
