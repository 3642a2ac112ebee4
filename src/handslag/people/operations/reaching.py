"""How a person is reached: address, telephone, e-mail, language."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, Refused
from handslag.people.access import locked_person, require_worker
from handslag.people.events import AddressChanged, ContactChanged, LanguageChanged
from handslag.people.models import Address, ContactWay, Person
from handslag.people.rules.contact import NotAContactWay, tidy_email, tidy_phone, tidy_postal_code

Dated = TypeVar("Dated", Address, ContactWay)
TIDY = {"phone": tidy_phone, "email": tidy_email}


@foundation.operation
def set_address(
    *,
    person_id: UUID,
    street: str,
    postal_code: str,
    city: str,
    kind: str = "registered",
    care_of: str = "",
    source: str = "staff",
    valid_from: date | None = None,
    by: Actor,
    at: datetime,
) -> Address:
    """The person has this address from a day; the one before of the same kind ends. Raises BadInput."""
    require_worker(by)
    locked_person(person_id)
    if kind not in ("registered", "temporary", "postal"):
        raise BadInput("This is not a kind of address.", where="kind")
    if not street.strip() or not city.strip():
        raise BadInput("Write street and town.", where="street")
    try:
        postal_code = tidy_postal_code(postal_code)
    except NotAContactWay as fault:
        raise BadInput(fault.what, where="postal_code", do=fault.do) from None
    day = valid_from or foundation.day_of(at)
    _end_present(Address.objects.filter(person_id=person_id, kind=kind, valid_to__isnull=True), day)
    row = Address(
        person_id=person_id,
        kind=kind,
        care_of=care_of.strip()[:100],
        street=street.strip()[:150],
        postal_code=postal_code,
        city=city.strip()[:60],
        source=source,
        valid_from=day,
    )
    row.save(force_insert=True)
    foundation.record(AddressChanged(person_id=person_id, kind=kind, source=source), by=by, at=at)
    return row


@foundation.operation
def set_contact(*, person_id: UUID, kind: str, value: str, by: Actor, at: datetime) -> ContactWay | None:
    """The person is reached so from today; an empty value takes the way away. Residents change their own."""
    own = by.is_resident and by.person_id == person_id
    if not own:
        require_worker(by)
        locked_person(person_id)
    if kind not in TIDY:
        raise BadInput("This is not a way to reach a person.", where="kind")
    try:
        tidied = TIDY[kind](value) if value.strip() else ""
    except NotAContactWay as fault:
        raise BadInput(fault.what, where=kind, do=fault.do) from None
    day = foundation.day_of(at)
    _end_present(ContactWay.objects.filter(person_id=person_id, kind=kind, valid_to__isnull=True), day)
    row = None
    if tidied:
        row = ContactWay(person_id=person_id, kind=kind, value=tidied, valid_from=day)
        row.save(force_insert=True)
    foundation.record(ContactChanged(person_id=person_id, kind=kind), by=by, at=at)
    return row


@foundation.operation
def set_language(*, person_id: UUID, language: str, interpreter: bool, by: Actor, at: datetime) -> Person:
    """The language to speak and write with the person (ISO 639 code), and whether an interpreter is needed."""
    if by.is_resident:
        raise Refused("Your role does not allow this.", do="Ask your case worker to change it.")
    require_worker(by)
    person = locked_person(person_id)
    if not (
        2 <= len(language) <= 5
        and language.replace("-", "").isascii()
        and language.replace("-", "").isalpha()
    ):
        raise BadInput("This is not a language.", where="language")
    person.language, person.interpreter = language, interpreter
    person.save(update_fields=["language", "interpreter"])
    foundation.record(
        LanguageChanged(person_id=person_id, language=language, interpreter=interpreter), by=by, at=at
    )
    return person


def _end_present(rows: "QuerySet[Dated]", day: date) -> None:
    present = rows.first()
    if present is None:
        return
    if day < present.valid_from:
        raise BadInput("The new one cannot begin before the present one.", where="valid_from")
    present.valid_to = day
    present.save(update_fields=["valid_to"])
