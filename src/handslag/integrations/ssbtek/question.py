"""The question: `hamtaBastjanstInformation` of SSBTEK v10."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from handslag.income_support.ports import Agency, AskedPeriod
from handslag.integrations.ssbtek import contract

PURPOSE = "Handläggning av ekonomiskt bistånd"
GROUND = "Förordning (2008:975) om uppgiftsskyldighet i vissa fall enligt socialtjänstlagen"


class UnaskableNumber(ValueError):
    """SSBTEK takes personnummer and samordningsnummer of 12 digits; reserve numbers cannot be asked about."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the municipality, as registered with Försäkringskassan."""

    organisation_number: str  # 12 digits, "16" + ten
    name: str
    lefi_actor_id: str  # given by Försäkringskassan to each municipality or board


@dataclass(frozen=True, slots=True)
class Question:
    identity_number: str
    period: AskedPeriod
    case_number: str
    officer: str
    correlation_id: str
    asked_at: datetime
    agencies: frozenset[Agency] = field(default_factory=lambda: frozenset(Agency))

    def __post_init__(self) -> None:
        if (
            len(self.identity_number) != 12
            or not self.identity_number.isascii()
            or not self.identity_number.isdigit()
        ):
            raise UnaskableNumber("not 12 digits")
        days = (self.period.last_day - self.period.first_day).days + 1
        if days > contract.LONGEST_PERIOD_DAYS:
            raise ValueError("SSBTEK is asked about two years at most.")

    @property
    def asks_fk(self) -> bool:
        return Agency.FK in self.agencies or Agency.PM in self.agencies


def lefi_question(question: Question) -> bytes:
    """LEFI's own question (JSON): payments made and planned, and the general facts about the person."""
    codes: list[str] = []
    if Agency.FK in question.agencies:
        codes += [f"FK:{code}" for code in contract.FK_BENEFITS]
    if Agency.PM in question.agencies:
        codes += [f"PM:{code}" for code in contract.PM_BENEFITS]
    return json.dumps(
        {
            "personnummer": question.identity_number,
            "period": {
                "from": question.period.first_day.isoformat(),
                "tom": question.period.last_day.isoformat(),
            },
            "utbetalningar": codes,
            "preliminaraUtbetalningar": codes,
            "ovrigInformation": ["FK:GEPI"],
        }
    ).encode()


def write_question(question: Question, asker: Asker) -> bytes:
    """The SOAP envelope, valid against `sammansatt_bastjanst_v10.xsd`."""
    envelope = etree.Element(
        f"{{{contract.SOAP}}}Envelope", nsmap={"soap": contract.SOAP, "ssbt": contract.SSBT}
    )
    body = etree.SubElement(envelope, f"{{{contract.SOAP}}}Body")
    root = _add(body, "hamtaBastjanstInformation")
    general = _add(root, "generellaFrageparametrar")
    _add(general, "frageTidpunkt", question.asked_at.isoformat(timespec="seconds"))
    _add(general, "korrelationsid", question.correlation_id)
    _add(general, "fraganSkallInkluderasISvaret", "false")
    sender = _add(general, "ingivare")
    _add(sender, "organisationsnummer", asker.organisation_number)
    _add(sender, "namn", asker.name)
    _add(sender, "handlaggare", question.officer)
    _add(general, "personidentitet", question.identity_number)
    _add(general, "arendeidentitet", question.case_number)
    period = _add(general, "tidsperiod")
    _add(period, "fromDatum", question.period.first_day.isoformat())
    _add(period, "tomDatum", question.period.last_day.isoformat())
    _add(general, "syfte", PURPOSE)
    _add(general, "lagtext", GROUND)
    specific = _add(root, "specifikaFrageparametrar")
    for agency in (Agency.AF, Agency.CSN, Agency.FK, Agency.SKV, Agency.SO, Agency.TNS, Agency.MIV):
        asked = question.asks_fk if agency is Agency.FK else agency in question.agencies
        part = _add(specific, contract.ELEMENT[agency])
        part.set("inkludera", "true" if asked else "false")
        if agency is Agency.FK and asked:
            lefi = _add(part, "fraga")
            _add(lefi, "version", contract.LEFI_VERSION)
            _add(lefi, "aktorsid", asker.lefi_actor_id)
            _add(lefi, "lefiJsonFraga", base64.b64encode(lefi_question(question)).decode())
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def _add(parent: etree._Element, name: str, value: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{contract.SSBT}}}{name}")
    element.text = value
    return element
