"""The standing cast of the tests, the same people as in the demo municipality."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role

SINCE = date(2020, 1, 1)
SUPPORT, CHILDREN = "Försörjningsstöd", "Barn och familj"
# Test identity numbers (birth numbers 980-999), one for each resident of the cast.
RESIDENTS: dict[str, dict[str, Any]] = {
    "elin": {"given_name": "Elin", "family_name": "Ekdal", "born": date(1991, 3, 14), "sex": "woman"},
    "farid": {"given_name": "Farid", "family_name": "Rahimi", "born": date(1988, 9, 2), "sex": "man"},
    "greta": {"given_name": "Greta", "family_name": "Gren", "born": date(1979, 6, 21), "sex": "woman"},
    "hugo": {"given_name": "Hugo", "family_name": "Hav", "born": date(1984, 11, 5), "sex": "man"},
}
STAFF: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "asa": ("Åsa Åberg", [(Role.CASE_WORKER, SUPPORT)]),
    "bjorn": ("Björn Berg", [(Role.CASE_WORKER, SUPPORT)]),
    "carina": ("Carina Ceder", [(Role.MANAGER, SUPPORT), (Role.PROTECTED, SUPPORT)]),
    "david": ("David Dahl", [(Role.CASE_WORKER, CHILDREN)]),
    "frida": ("Frida Falk", [(Role.ATTESTER, SUPPORT), (Role.CONTROLLER, SUPPORT)]),
    "rune": ("Rune Rask", [(Role.RULES_OFFICER, SUPPORT)]),
    "ada": ("Ada Alm", [(Role.ADMINISTRATOR, SUPPORT)]),
    "board": ("Bo Bengtsson", [(Role.BOARD, SUPPORT)]),
}


@dataclass(frozen=True)
class Cast:
    """Actors by first name, and the two units."""

    asa: Actor
    bjorn: Actor
    carina: Actor
    david: Actor
    frida: Actor
    rune: Actor
    ada: Actor
    board: Actor
    elin: Actor
    farid: Actor
    greta: Actor
    hugo: Actor
    system: Actor
    support: UUID
    children: UUID


def identity_number(born: date, sex: str, nth: int = 0) -> str:
    """A number of the test series: birth numbers 980-999, odd for men, even for women."""
    individual = 980 + 2 * nth + (1 if sex == "man" else 0)
    ten = f"{born:%y%m%d}{individual}"
    total = sum(sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10)) for place, digit in enumerate(ten))
    return f"{born:%Y%m%d}{individual}{(10 - total % 10) % 10}"


def make_cast() -> Cast:
    """Make units, accounts, roles and residents through the same operations as the product."""
    from handslag.people import public as people

    by = foundation.system("test")
    at = foundation.now()
    made: dict[str, Any] = {"system": by}
    with foundation.acting(by):
        units = {name: foundation.Unit.objects.create(name=name, kind=kind) for name, kind in ((SUPPORT, "income_support"), (CHILDREN, "children"))}
        for key, (name, grants) in STAFF.items():
            account = foundation.Account.objects.create(username=key, name=name)
            for role, unit in grants:
                foundation.RoleGrant.objects.create(account=account, unit=units[unit], role=role, valid_from=SINCE)
            made[key] = Actor(kind="staff", account_id=account.id, name=name)
        for key, who in RESIDENTS.items():
            person = people.register_person(**who, identity_number=identity_number(who["born"], who["sex"]), by=by, at=at)
            account = foundation.Account.objects.create(username=f"resident-{key}", name=who["given_name"], person_id=person.id)
            made[key] = Actor(kind="resident", account_id=account.id, person_id=person.id, name=who["given_name"])
        people.protect_person(
            person_id=made["hugo"].person_id, mark="secrecy_mark", named_account_ids=[made["asa"].account_id, made["carina"].account_id],
            by=by, at=at,
        )
        for decision_type in ("income_support.grant", "income_support.partly_grant", "income_support.refuse", "income_support.emergency"):
            for role, most in ((Role.CASE_WORKER, 60000), (Role.MANAGER, None)):
                foundation.DelegationRule.objects.create(
                    decision_type=decision_type, role=role, max_amount_kr=most, ground="Delegation order § 4", valid_from=SINCE
                )
        foundation.DelegationRule.objects.create(
            decision_type="income_support.grant", automated=True, max_amount_kr=40000, ground="Delegation order § 4 a, KL 6:37", valid_from=SINCE
        )
    return Cast(**made, support=units[SUPPORT].id, children=units[CHILDREN].id)
