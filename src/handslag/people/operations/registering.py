"""Registering a person, and her identity numbers over time (law.md 5.1)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput
from handslag.people.access import locked_person, may_set_protection, require_worker
from handslag.people.errors import MayNotProtect, NumberInUse, PersonNotFound
from handslag.people.events import IdentityNumberAdded, IdentityNumberCorrected, PersonRegistered
from handslag.people.models import IdentityNumber, Person, PersonGrant, Protection, ProtectionMark, Sex
from handslag.people.rules.identity_number import NotAnIdentityNumber, Number, parse_identity_number

OWN_HAND = foundation.system("people")
REGISTRAR_READS_DAYS = 30
OLDEST_YEARS = 125


@foundation.operation
def register_person(
    *,
    given_name: str,
    family_name: str,
    born: date | None,
    sex: str,
    identity_number: str | None,
    language: str = "sv",
    interpreter: bool = False,
    protection: str = Protection.UNKNOWN,
    by: Actor,
    at: datetime,
) -> Person:
    """A person is known from now on.

    `protection` is what the population register said. Who says nothing of it has a person who is treated as protected
    until the register, or a manager, has answered. A member of staff who registers may read the person for 30 days.
    Raises BadInput for names, dates or numbers that cannot be, NumberInUse when the number is somebody's already.
    """
    require_worker(by)
    if protection not in Protection.values:
        raise BadInput("This is not a protection mark.", where="protection")
    if protection not in (Protection.NONE, Protection.UNKNOWN) and not may_set_protection(by):
        raise MayNotProtect
    day = foundation.day_of(at)
    number = _read(identity_number, day) if identity_number else None
    born = _agreed_birth(born, number, day)
    person = Person(
        given_name=_tidy_name(given_name, "given_name"),
        family_name=_tidy_name(family_name, "family_name"),
        born=born,
        sex=_agreed_sex(sex, number),
        language=language,
        interpreter=interpreter,
        protection=protection,
        registered_at=at,
    )
    person.save(force_insert=True)
    # Whoever registers a person reads her for a time; nobody's own hand lets themselves in, so the system writes it.
    with foundation.acting(OWN_HAND):
        if by.account_id is not None:
            PersonGrant(
                person=person,
                account_id=by.account_id,
                because="registered",
                valid_from=min(day, foundation.today()),
                valid_to=day + timedelta(days=REGISTRAR_READS_DAYS),
            ).save(force_insert=True)
        if protection != Protection.NONE:
            ProtectionMark(person=person, mark=protection, valid_from=day).save(force_insert=True)
    if number is not None:
        _save_number(IdentityNumber(person=person, number=number.digits12, kind=number.kind, valid_from=day))
    foundation.record(
        PersonRegistered(person_id=person.id, number_kind=number.kind if number else ""), by=by, at=at
    )
    return person


@foundation.operation
def add_identity_number(
    *, person_id: UUID, number: str, valid_from: date | None = None, by: Actor, at: datetime
) -> IdentityNumber:
    """Give the person a new number; the present one is closed on that day and kept.

    A personnummer says the date of birth, a samordningsnummer does not. Raises BadInput, NumberInUse.
    """
    require_worker(by)
    person = locked_person(person_id)
    day = valid_from or foundation.day_of(at)
    read = _read(number, foundation.day_of(at))
    present = person.identity_numbers.filter(valid_to__isnull=True, withdrawn_at__isnull=True).first()
    if present is not None:
        if present.kind == "personnummer" and read.kind != "personnummer":
            raise BadInput("The person already has a personal identity number.", where="identity_number")
        if day < present.valid_from:
            raise BadInput("The new number cannot begin before the present one.", where="valid_from")
        present.valid_to = day
        present.save(update_fields=["valid_to"])
    row = _save_number(IdentityNumber(person=person, number=read.digits12, kind=read.kind, valid_from=day))
    _learn_from(person, read)
    foundation.record(
        IdentityNumberAdded(person_id=person.id, identity_number_id=row.id, number_kind=read.kind),
        by=by,
        at=at,
    )
    return row


@foundation.operation
def correct_identity_number(
    *, identity_number_id: UUID, number: str, because: str, by: Actor, at: datetime
) -> IdentityNumber:
    """Withdraw a number that was entered by mistake and put the right one in its place and time.

    The withdrawn number can then be given to the person it belongs to. Raises BadInput, NumberInUse.
    """
    require_worker(by)
    wrong = IdentityNumber.objects.filter(id=identity_number_id, withdrawn_at__isnull=True).first()
    if wrong is None:
        raise PersonNotFound
    person = locked_person(wrong.person_id)
    if len(because.strip()) < 5:
        raise BadInput("Say why the number is corrected.", where="because")
    read = _read(number, foundation.day_of(at))
    wrong.withdrawn_at = at
    wrong.withdrawn_because = because.strip()[:200]
    wrong.save(update_fields=["withdrawn_at", "withdrawn_because"])
    right = _save_number(
        IdentityNumber(
            person=person,
            number=read.digits12,
            kind=read.kind,
            valid_from=wrong.valid_from,
            valid_to=wrong.valid_to,
        )
    )
    _learn_from(person, read)
    foundation.record(
        IdentityNumberCorrected(person_id=person.id, withdrawn_id=wrong.id, identity_number_id=right.id),
        by=by,
        at=at,
    )
    return right


def _read(text: str, day: date) -> Number:
    try:
        return parse_identity_number(text, today=day)
    except NotAnIdentityNumber as fault:
        raise BadInput(fault.what, where="identity_number", do=fault.do) from None


def _save_number(row: IdentityNumber) -> IdentityNumber:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if "identitynumber_one_person" in str(fault):
            raise NumberInUse from None  # from None: the database's words hold the number
        raise
    return row


def _learn_from(person: Person, number: Number) -> None:
    changed = []
    if number.born is not None and person.born != number.born:
        person.born = number.born
        changed.append("born")
    if number.sex is not None and person.sex != number.sex:
        person.sex = number.sex
        changed.append("sex")
    if changed:
        person.save(update_fields=changed)


def _agreed_birth(born: date | None, number: Number | None, day: date) -> date | None:
    if born is not None and born > day:
        raise BadInput("The date of birth is in the future.", where="born", do="Check the year.")
    if born is not None and day.year - born.year > OLDEST_YEARS:
        raise BadInput("The date of birth is too long ago.", where="born", do="Check the year.")
    if number is None or number.born is None:
        return born
    if born is not None and born != number.born:
        raise BadInput(
            "The date of birth and the identity number do not agree.",
            where="born",
            do="Check both against the document.",
        )
    return number.born


def _agreed_sex(sex: str, number: Number | None) -> str:
    if sex not in Sex.values:
        raise BadInput("Choose woman, man or not known.", where="sex")
    told = number.sex if number is not None else None
    if told is None:
        return sex
    if sex not in (Sex.UNKNOWN, told):
        raise BadInput(
            "The sex and the identity number do not agree.",
            where="sex",
            do="Check both against the document.",
        )
    return told


def _tidy_name(text: str, where: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > 100 or not any(sign.isalpha() for sign in name):
        raise BadInput("Write the name with letters, at most 100 signs.", where=where)
    if any(sign.isdigit() or not sign.isprintable() for sign in name):
        raise BadInput("A name holds letters, spaces and hyphens alone.", where=where)
    return name
