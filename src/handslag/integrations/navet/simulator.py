"""Navet as a simulator: the same exchange over HTTPS, fed from a population, failing on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from lxml import etree

from handslag.income_support.ports import ProtectionMark, RegisteredAddress
from handslag.integrations import xml
from handslag.integrations.certificates import SimulatorCertificates, make_certificates
from handslag.integrations.navet.client import NAVET, SOAP
from handslag.integrations.simulator_server import ServiceFault, SimulatorServer


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


@dataclass(slots=True)
class NavetSimulator:
    """`with NavetSimulator(residents, folder) as simulator:`; the client shows `certificates.client`."""

    residents: Residents
    folder: Path
    port: int = 0
    certificates: SimulatorCertificates = field(init=False)
    server: SimulatorServer = field(init=False)

    def __post_init__(self) -> None:
        self.certificates = make_certificates(self.folder)
        self.server = SimulatorServer(self.answer, self.certificates.server, self.port)

    @property
    def url(self) -> str:
        return self.server.url

    def fail(self, fault: ServiceFault | None, *, slow_seconds: float = 5.0) -> None:
        self.server.fault = fault
        self.server.slow_seconds = slow_seconds

    def start(self) -> Self:
        self.server.start()
        return self

    def close(self) -> None:
        self.server.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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
