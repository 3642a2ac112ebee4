"""Navet as a simulator: the same exchange over HTTPS, fed from a population, failing on demand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lxml import etree

from handslag.income_support.ports import ProtectionMark, RegisteredAddress
from handslag.integrations import xml
from handslag.integrations.navet.client import NAVET, SOAP
from handslag.integrations.simulator_server import SimulatedService


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    """`relations`: pairs of Navet's code (M, B, MO, FA, V) and identity number."""

    identity_number: str
    given_name: str
    family_name: str
    address: RegisteredAddress | None = None
    protection: ProtectionMark = ProtectionMark.NONE
    relations: tuple[tuple[str, str], ...] = ()
    deregistered: str = ""


class Residents(Protocol):
    def resident(self, identity_number: str) -> SimulatedPerson | None: ...


class NavetSimulator(SimulatedService):
    """`with NavetSimulator(residents, folder) as simulator:`; the client shows `certificates.client`."""

    def __init__(self, residents: Residents, folder: Path, port: int = 0) -> None:
        super().__init__(folder, port)
        self.residents = residents

    def answer(self, content: bytes) -> tuple[int, bytes]:
        request = xml.child(xml.read_xml(content), "Body", "PersonpostRequest")
        person = self.residents.resident(xml.text(request, "PersonId"))
        envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"S": SOAP, "ns0": NAVET})
        body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
        response = etree.SubElement(body, f"{{{NAVET}}}PersonpostXMLResponse")
        posts = etree.SubElement(response, f"{{{NAVET}}}Folkbokforingsposter")
        if person is not None:
            _write(posts, person)
        return 200, etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def _write(posts: etree._Element, person: SimulatedPerson) -> None:
    post = etree.SubElement(posts, "Folkbokforingspost")
    if person.protection is ProtectionMark.SECRECY_MARK:
        etree.SubElement(post, "Sekretessmarkering").text = "J"
    if person.protection is ProtectionMark.PROTECTED_REGISTRATION:
        etree.SubElement(post, "SkyddadFolkbokforing").text = "J"
    entry = etree.SubElement(post, "Personpost")
    etree.SubElement(etree.SubElement(entry, "PersonId"), "PersonNr").text = person.identity_number
    name = etree.SubElement(entry, "Namn")
    etree.SubElement(name, "Fornamn").text = person.given_name
    etree.SubElement(name, "Efternamn").text = person.family_name
    if person.deregistered:
        left = etree.SubElement(entry, "Avregistrering")
        etree.SubElement(left, "AvregistreringsorsakKod").text = person.deregistered
    if person.address is not None:
        address = etree.SubElement(etree.SubElement(entry, "Adresser"), "Folkbokforingsadress")
        for tag, value in (
            ("CareOf", person.address.care_of),
            ("Utdelningsadress2", person.address.street),
            ("PostNr", person.address.postcode),
            ("Postort", person.address.town),
        ):
            if value:
                etree.SubElement(address, tag).text = value
    if person.relations:
        relations = etree.SubElement(entry, "Relationer")
        for code, number in person.relations:
            relation = etree.SubElement(relations, "Relation")
            etree.SubElement(etree.SubElement(relation, "RelationId"), "PersonNr").text = number
            etree.SubElement(relation, "Relationstyp").text = code
