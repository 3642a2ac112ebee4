"""SSBTEK as a simulator: the same contract over HTTPS, fed from a population, failing on demand."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from lxml import etree

from handslag.income_support.ports import Agency
from handslag.integrations import xml
from handslag.integrations.simulator_server import SimulatedService
from handslag.integrations.ssbtek import contract, simulated_answers
from handslag.integrations.ssbtek.simulated_answers import Asked, SimulatedIncome

SOMEONE_ELSE = "198501022399"  # of Skatteverket's test series


class Population(Protocol):
    """Where the simulated agencies know people from."""

    def incomes_of(self, number: str, first_day: date, last_day: date) -> Sequence[SimulatedIncome]:
        """Payments of the person with `paid_on` in the period (both days included); empty for a stranger."""
        ...


class AgencyFault(StrEnum):
    """How one agency can fail while the others answer."""

    ABSENT = "absent"  # its part is not in the answer
    ERROR = "error"  # it says that it failed
    TIMEOUT = "timeout"  # SSBTEK says that it did not answer in time
    GARBAGE = "garbage"  # its part holds something else
    SOMEONE_ELSE = "someone_else"  # it answers about another person


class SsbtekSimulator(SimulatedService):
    """`with SsbtekSimulator(population, folder) as simulator:`; the client shows `certificates.client`. `faults`: of single agencies."""

    def __init__(self, population: Population, folder: Path, port: int = 0) -> None:
        super().__init__(folder, port)
        self.population = population
        self.faults: dict[Agency, AgencyFault] = {}

    def answer(self, content: bytes) -> tuple[int, bytes]:
        try:
            root = xml.read_xml(content)
        except xml.UnreadableXml:
            return 500, _fault("SSBT-400")
        question = xml.child(root, "Body", "hamtaBastjanstInformation")
        general = xml.child(question, "generellaFrageparametrar")
        specific = xml.child(question, "specifikaFrageparametrar")
        if general is None or specific is None:
            return 500, _fault("SSBT-400")
        asked = Asked(
            identity_number=xml.text(general, "personidentitet"),
            case_number=xml.text(general, "arendeidentitet"),
            organisation_number=xml.text(general, "ingivare", "organisationsnummer"),
            organisation=xml.text(general, "ingivare", "namn"),
            officer=xml.text(general, "ingivare", "handlaggare"),
            first_day=date.fromisoformat(xml.text(general, "tidsperiod", "fromDatum")),
            last_day=date.fromisoformat(xml.text(general, "tidsperiod", "tomDatum")),
            suppliers=_suppliers(xml.text(specific, "FK", "fraga", "lefiJsonFraga")),
        )
        envelope = etree.Element(
            f"{{{contract.SOAP}}}Envelope", nsmap={"soap": contract.SOAP, "ssbt": contract.SSBT}
        )
        body = etree.SubElement(envelope, f"{{{contract.SOAP}}}Body")
        response = etree.SubElement(body, f"{{{contract.SSBT}}}hamtaBastjanstInformationResponse")
        etree.SubElement(response, f"{{{contract.SSBT}}}korrelationsid").text = xml.text(
            general, "korrelationsid"
        )
        parts = etree.SubElement(response, f"{{{contract.SSBT}}}svarsdata")
        incomes = self.population.incomes_of(asked.identity_number, asked.first_day, asked.last_day)
        for agency in (Agency.AF, Agency.CSN, Agency.FK, Agency.SKV, Agency.SO, Agency.TNS, Agency.MIV):
            element = xml.child(specific, contract.ELEMENT[agency])
            if element is not None and element.get("inkludera") == "true":
                self._write_part(parts, agency, asked, incomes)
        return 200, etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")

    def _write_part(
        self, parts: etree._Element, agency: Agency, asked: Asked, incomes: Sequence[SimulatedIncome]
    ) -> None:
        fault = self.faults.get(agency)
        if fault is AgencyFault.ABSENT:
            return
        part = etree.SubElement(parts, f"{{{contract.SSBT}}}{contract.ELEMENT[agency]}")
        if fault is AgencyFault.ERROR:
            part.append(simulated_answers.error("BT", "BT-500", "Tekniskt fel"))
        elif fault is AgencyFault.TIMEOUT:
            part.append(simulated_answers.error("SSBT", "SSBT-504", "Timeout"))
        elif fault is AgencyFault.GARBAGE:
            data = etree.SubElement(part, f"{{{contract.SSBT}}}data")
            etree.SubElement(data, f"{{{contract.SSBT}}}svar").text = "inte ett svar"
        else:
            about = asked
            if fault is AgencyFault.SOMEONE_ELSE:
                about = replace(asked, identity_number=SOMEONE_ELSE)
            carried = {agency, Agency.PM} if agency is Agency.FK else {agency}
            own = [income for income in incomes if income.agency in carried]
            part.append(simulated_answers.WRITERS[agency](about, own))
            if agency is Agency.FK and Agency.PM in self.faults:
                self._spoil_pension(part)

    def _spoil_pension(self, part: etree._Element) -> None:
        """Pensionsmyndigheten fails inside Försäkringskassan's answer, as LEFI would say it."""
        holder = xml.child(part, "data", "lefiJsonSvar")
        if holder is None or holder.text is None:
            return
        record = json.loads(base64.b64decode(holder.text))
        for supplier in record["utlamnare"]:
            if supplier["utlamnare"]["kod"] == "PM":
                supplier["tillstand"] = {"kod": "OTILLGANGLIG", "beskrivning": "Inte tillgänglig"}
        record["utbetalningar"], record["preliminaraUtbetalningar"] = [], []
        holder.text = base64.b64encode(json.dumps(record).encode()).decode()


def _suppliers(lefi_question: str) -> tuple[str, ...]:
    if not lefi_question:
        return ()
    asked = json.loads(base64.b64decode(lefi_question)).get("utbetalningar", [])
    return tuple(code for code in ("FK", "PM") if any(str(one).startswith(f"{code}:") for one in asked))


def _fault(code: str) -> bytes:
    envelope = etree.Element(
        f"{{{contract.SOAP}}}Envelope", nsmap={"soap": contract.SOAP, "ssbt": contract.SSBT}
    )
    fault = etree.SubElement(
        etree.SubElement(envelope, f"{{{contract.SOAP}}}Body"), f"{{{contract.SOAP}}}Fault"
    )
    etree.SubElement(fault, "faultcode").text = "soap:Client"
    etree.SubElement(fault, "faultstring").text = "Felaktig fråga"
    detail = etree.SubElement(
        etree.SubElement(fault, "detail"), f"{{{contract.SSBT}}}hamtaBastjanstInformationFault"
    )
    etree.SubElement(detail, f"{{{contract.SSBT}}}felkod").text = code
    etree.SubElement(detail, f"{{{contract.SSBT}}}felmeddelande").text = "Felaktig fråga"
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
