"""Every way an account changes: by the claims of an identity provider, by an administrator, by its owner."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from handslag.foundation import public as foundation
from handslag.foundation.public import Account, Actor, Notice, RoleGrant, Unit
from handslag.people import public as people
from handslag.portal.account.claims import Grant, ResidentClaims, StaffClaims
from handslag.portal.account.events import PasswordSet, RoleEnded, RoleGiven


@foundation.operation
def account_of_staff(*, claims: StaffClaims, issuer: str, by: Actor, at: datetime) -> Account:
    """The account of a member of staff, made at the first log-in; its roles become exactly those of the claims.

    The account is found by issuer and subject, never by name or e-mail, which pass from one person to the next.
    """
    username = "staff-" + hashlib.sha256(f"{issuer}|{claims.subject}".encode()).hexdigest()[:40]
    account = Account.objects.select_for_update().filter(username=username).first()
    if account is None:
        account = Account(username=username)
        account.set_unusable_password()
    if not account.is_active:
        raise foundation.Refused("Your account here is closed.", do="Ask the system administrator.")
    if account._state.adding or (account.name, account.email) != (claims.name, claims.email):
        account.name, account.email = claims.name, claims.email
        account.save()
    _settle_roles(account, claims.grants, source="claims", by=by, at=at)
    return account


@foundation.operation
def account_of_resident(
    *, claims: ResidentClaims, ask_protection: Callable[[str], str] | None = None, by: Actor, at: datetime
) -> Account:
    """The account of the person with the identity number; the person is registered when unknown.

    `ask_protection` asks the population register about a person whose mark is not known; without an answer such a
    person is treated as protected, and somebody calls instead of the e-service.

    Raises `BadInput` for a number that is none, `Refused` for a person who has died or a closed account.
    """
    try:
        number = people.parse_identity_number(claims.number)
    except people.NotAnIdentityNumber:
        raise foundation.BadInput(
            "The log-in service did not tell us who you are.", do="Call us if it happens again."
        ) from None
    person = _person_with(number.digits12)
    asks = person is None or person.protection == people.Protection.UNKNOWN
    mark = ask_protection(number.digits12) if asks and ask_protection else people.Protection.UNKNOWN.value
    if person is not None and asks:
        people.settle_protection(person_id=person.id, mark=mark, by=by, at=at)
    if person is None:
        person = people.register_person(
            given_name=claims.given_name,
            family_name=claims.family_name,
            born=number.born,
            sex=number.sex or "unknown",
            identity_number=number.digits12,
            protection=mark,
            by=by,
            at=at,
        )
    if person.died_on is not None:
        raise foundation.Refused("We cannot open this account.", do="Call us and we will help you.")
    account = Account.objects.select_for_update().filter(person_id=person.id).first()
    if account is None:
        account = Account(username=f"resident-{person.id}", person_id=person.id, name=person.given_name)
        account.set_unusable_password()
        account.save()
    if not account.is_active:
        raise foundation.Refused("Your account here is closed.", do="Call us and we will help you.")
    if RoleGrant.objects.filter(account=account).exists():
        raise foundation.Refused(
            "A resident's account cannot hold a role.", do="Ask the system administrator."
        )
    return account


@foundation.operation
def open_local_account(
    *, username: str, name: str, password: str, grants: frozenset[Grant], by: Actor, at: datetime
) -> Account:
    """An account of staff with a password, for a municipality without a directory; its first log-in demands an app.

    Raises `BadInput` for a password that is short or common, `Conflict` for a name that is taken.
    """
    if Account.objects.filter(username=username).exists():
        raise foundation.Conflict("There is an account with that user name already.", where="username")
    account = Account(username=username, name=name)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise foundation.BadInput(" ".join(error.messages), where="password") from None
    account.set_password(password)
    account.save()
    foundation.record(PasswordSet(who=account.id), by=by, at=at)
    _settle_roles(account, grants, source="local", by=by, at=at)
    return account


@foundation.operation
def choose_language(*, account_id: UUID, language: str, by: Actor, at: datetime) -> None:
    """Let a language follow an account to every browser."""
    Account.objects.filter(id=account_id).update(language=language)


@foundation.operation
def acknowledge_notice(*, notice_id: UUID, by: Actor, at: datetime) -> Notice:
    """Say that one's own notice has been read; it is then gone from the list, with earlier ones that say
    the same of the same page. Twice does nothing more."""
    notice = Notice.objects.filter(id=notice_id).first()
    if notice is None or notice.account_id != by.account_id:
        raise foundation.NotFound("There is no such notice of yours.")
    if notice.acknowledged_at is None:
        of_the_same_page = Q(text=notice.text, link=notice.link, created_at__lte=notice.created_at) if notice.link else Q()
        own = Notice.objects.filter(account_id=notice.account_id, acknowledged_at__isnull=True)
        own.filter(Q(id=notice.id) | of_the_same_page).update(acknowledged_at=at)
    return notice


def _person_with(number: str) -> people.Person | None:
    """The person who has or had a number, after any merge; a number lives on when another has taken its place."""
    held = (
        people.IdentityNumber.objects.filter(number=number, withdrawn_at__isnull=True)
        .select_related("person")
        .order_by("id")
        .first()
    )
    person = held.person if held else None
    while person is not None and person.merged_into_id is not None:
        person = people.Person.objects.get(id=person.merged_into_id)
    return person


def _settle_roles(
    account: Account, wanted: frozenset[Grant], *, source: str, by: Actor, at: datetime
) -> None:
    """End the roles that are no longer given, begin those that are new. Both count from today."""
    today = foundation.day_of(at)
    units = {unit.name: unit for unit in Unit.objects.filter(name__in={grant.unit for grant in wanted})}
    for grant in wanted:
        if grant.unit not in units:
            raise foundation.BadInput(
                "The mapping of claims names a unit that does not exist: {unit}.",
                do="Tell the system administrator.",
                values={"unit": grant.unit},
            )
    held = RoleGrant.objects.select_for_update().filter(account=account)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
    keep = {(units[grant.unit].id, grant.role) for grant in wanted}
    for row in held:
        if (row.unit_id, row.role) in keep and row.valid_from <= today:
            keep.discard((row.unit_id, row.role))
        else:
            _end_role(row, today, source=source, by=by, at=at)
    for unit_id, role in sorted(keep, key=str):
        RoleGrant.objects.create(account=account, unit_id=unit_id, role=role, valid_from=today)
        foundation.record(RoleGiven(who=account.id, role=role, source=source, unit_id=unit_id), by=by, at=at)


def _end_role(row: RoleGrant, today: date, *, source: str, by: Actor, at: datetime) -> None:
    # A role given and taken on one day never held: the period must still be one, and history keeps what it was.
    row.valid_from = min(row.valid_from, today - timedelta(days=1))
    row.valid_to = today
    row.save(update_fields=["valid_from", "valid_to"])
    foundation.record(
        RoleEnded(who=row.account_id, role=row.role, on=today, source=source, unit_id=row.unit_id),
        by=by,
        at=at,
    )
