"""The Navet client: one question, one post, or a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from handslag.income_support.ports import (
    AnswerState,
    PopulationAnswer,
    ProtectionMark,
    RegisteredAddress,
    RegisteredRelation,
)
from handslag.integrations import xml
from handslag.integrations.soap import NoAnswer, SoapPost

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
NAVET = "http://xmls.skatteverket.se/se/skatteverket/folkbokforing/na/epersondata/V1"
SOURCE = "navet"
RELATIONS = {
    "M": "partner", "P": "partner", "B": "child", "MO": "parent", "FA": "parent", "F": "parent",
    "V": "guardian", "VF": "guardian",
}  # fmt: skip


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class NavetRegister:
    """`income_support.ports.PopulationRegister`. One object serves a whole process."""

    post: SoapPost
    organisation_number: str
    order_number: str
    clock: Callable[[], datetime] = _utc_now

    def look_up(self, identity_number: str) -> PopulationAnswer:
        if len(identity_number) != 12 or not identity_number.isascii() or not identity_number.isdigit():
            reason = "The population register cannot be asked about a reserve number."
            return unanswered(identity_number, self.clock(), "unaskable_number", reason)
        try:
            content = self.post.ask(self._question(identity_number))
        except NoAnswer as nothing:
            return unanswered(identity_number, self.clock(), nothing.code, nothing.reason)
        return read_post(content, identity_number, self.clock())

    def _question(self, identity_number: str) -> bytes:
        envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP, "v1": NAVET})
        request = etree.SubElement(
            etree.SubElement(envelope, f"{{{SOAP}}}Body"), f"{{{NAVET}}}PersonpostRequest"
        )
        order = etree.SubElement(request, f"{{{NAVET}}}Bestallning")
        etree.SubElement(order, f"{{{NAVET}}}OrgNr").text = self.organisation_number
        etree.SubElement(order, f"{{{NAVET}}}BestallningsId").text = self.order_number
        etree.SubElement(request, f"{{{NAVET}}}PersonId").text = identity_number
        return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def unanswered(identity_number: str, fetched_at: datetime, reason_code: str, reason: str) -> PopulationAnswer:
    """No answer: the mark is unknown, which is handled as protected."""
    return PopulationAnswer(
        identity_number, AnswerState.MISSING, ProtectionMark.UNKNOWN, fetched_at, SOURCE, reason_code, reason
    )


def read_post(content: bytes, identity_number: str, fetched_at: datetime) -> PopulationAnswer:
    """The answer about one person. Never raises for what the sender did wrong."""
    try:
        body = xml.child(xml.read_xml(content), "Body")
    except xml.UnreadableXml as error:
        return unanswered(
            identity_number, fetched_at, "unreadable", f"The answer could not be read: {error}."
        )
    if xml.child(body, "Fault") is not None:
        return unanswered(identity_number, fetched_at, "service_fault", "Navet refused the question.")
    posts = xml.children(
        xml.child(body, "PersonpostXMLResponse", "Folkbokforingsposter"), "Folkbokforingspost"
    )
    if not posts:
        return unanswered(
            identity_number, fetched_at, "not_found", "The population register has no such person."
        )
    if len(posts) > 1:
        return unanswered(identity_number, fetched_at, "unreadable", "The answer holds more than one person.")
    post = posts[0]
    person = xml.child(post, "Personpost")
    if xml.text(person, "PersonId", "PersonNr") != identity_number:
        reason = "The answer is about another person."
        return unanswered(identity_number, fetched_at, "about_someone_else", reason)
    protection = _protection(post)
    return PopulationAnswer(
        identity_number,
        AnswerState.OK,
        protection,
        fetched_at,
        SOURCE,
        given_name=xml.text(person, "Namn", "Fornamn"),
        family_name=xml.text(person, "Namn", "Efternamn"),
        address=_address(person) if protection is ProtectionMark.NONE else None,
        relations=tuple(
            RegisteredRelation(
                RELATIONS.get(xml.text(relation, "Relationstyp"), "other"),
                xml.text(relation, "RelationId", "PersonNr"),
            )
            for relation in xml.children(xml.child(person, "Relationer"), "Relation")
        ),
        deregistered=xml.text(person, "Avregistrering", "AvregistreringsorsakKod"),
    )


def _protection(post: etree._Element) -> ProtectionMark:
    """`N` or no element: no mark. Anything else that is not `J` is a mark that we do not understand."""
    marks = (
        ("SkyddadFolkbokforing", ProtectionMark.PROTECTED_REGISTRATION),
        ("Sekretessmarkering", ProtectionMark.SECRECY_MARK),
    )
    for name, mark in marks:
        element = xml.child(post, name)
        if element is None:
            element = xml.child(post, "Personpost", name)
        if element is not None:
            value = (element.text or "").strip().upper()
            if value == "J":
                return mark
            if value != "N":
                return ProtectionMark.UNKNOWN
    return ProtectionMark.NONE


def _address(person: etree._Element | None) -> RegisteredAddress | None:
    address = xml.child(person, "Adresser", "Folkbokforingsadress")
    if address is None:
        return None
    street = " ".join(
        line
        for line in (xml.text(address, "Utdelningsadress1"), xml.text(address, "Utdelningsadress2"))
        if line
    )
    return RegisteredAddress(
        xml.text(address, "CareOf"), street, xml.text(address, "PostNr"), xml.text(address, "Postort")
    )
