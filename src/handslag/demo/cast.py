"""The standing cast: the staff and the residents that the demo, the tests and the guides all speak of."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from handslag.child_protection import public as children
from handslag.demo.who import (
    CHILDREN,
    MUNICIPALITY,
    NAMED_FOR_PROTECTED,
    ON_CALL,
    PROFESSIONALS,
    RESIDENTS,
    SINCE,
    STAFF,
    UNITS,
    identity_number,
)
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.people import public as people


@dataclass(frozen=True)
class Cast:
    """The cast as actors by first name, and the units by name."""

    actors: dict[str, Actor]
    units: dict[str, UUID]

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.actors[name]
        except KeyError:
            raise AttributeError(name) from None


def make_cast(*, by: Actor, at: datetime) -> Cast:
    """Make units, accounts with their roles, residents with accounts, and the delegation order."""
    actors: dict[str, Actor] = {}
    with foundation.acting(by):
        units = {name: foundation.Unit(name=name, kind=kind) for name, kind in UNITS.items()}
        foundation.Unit.objects.bulk_create(units.values())
        accounts = {key: foundation.Account(username=key, name=member.name) for key, member in STAFF.items()}
        foundation.Account.objects.bulk_create(accounts.values())
        foundation.RoleGrant.objects.bulk_create(
            foundation.RoleGrant(account=accounts[key], unit=units[unit], role=role, valid_from=SINCE)
            for key, member in STAFF.items()
            for role, unit in member.roles
        )
        for key, member in STAFF.items():
            actors[key] = Actor(kind="staff", account_id=accounts[key].id, name=member.name)
        for key, who in RESIDENTS.items():
            person = people.register_person(
                given_name=who.given_name,
                family_name=who.family_name,
                born=who.born,
                sex=who.sex,
                identity_number=identity_number(who.born, who.sex),
                protection="none",
                by=by,
                at=at,
            )
            account = foundation.Account.objects.create(
                username=f"resident-{key}", name=who.given_name, person_id=person.id
            )
            actors[key] = Actor(
                kind="resident", account_id=account.id, person_id=person.id, name=who.given_name
            )
            if who.mark:
                named = [id_ for name in NAMED_FOR_PROTECTED if (id_ := actors[name].account_id)]
                people.protect_person(
                    person_id=person.id, mark=who.mark, named_account_ids=named, by=by, at=at
                )
            if key in PROFESSIONALS:
                profession, employer = PROFESSIONALS[key]
                children.register_professional(
                    account_id=account.id, profession=profession, employer=employer, by=by, at=at
                )
        _delegation_order()
    return Cast(actors=actors, units={name: unit.id for name, unit in units.items()})


CHILD_DECISIONS = {
    "open": (Role.CASE_WORKER, Role.MANAGER),
    "close": (Role.CASE_WORKER, Role.MANAGER),
    "close_early": (Role.MANAGER,),
    "extend": (Role.MANAGER,),
    "extend_preliminary": (Role.MANAGER,),
    "open_on_call": (Role.RECEPTION,),
    "follow_up": (Role.CASE_WORKER, Role.MANAGER),
    "preliminary_assessment": (Role.CASE_WORKER, Role.MANAGER),
}

ADULT_DECISIONS = {
    "grant": (Role.CASE_WORKER, Role.MANAGER),
    "partly_grant": (Role.CASE_WORKER, Role.MANAGER),
    "refuse": (Role.CASE_WORKER, Role.MANAGER),
}


def open_reception(cast: Cast, *, by: Actor, at: datetime) -> None:
    """The unit for children receives reports of concern in office hours, the on-call unit at other hours."""
    children.set_reception(
        municipality=MUNICIPALITY, name="Ekeby", day_unit_id=cast.units[CHILDREN], on_call_unit_id=cast.units[ON_CALL],
        opens=time(8), closes=time(17), by=by, at=at,
    )  # fmt: skip


def _delegation_order() -> None:
    rows = [
        (decision, role, most, False)
        for decision in ("grant", "partly_grant", "refuse", "emergency")
        for role, most in ((Role.CASE_WORKER.value, 60_000), (Role.MANAGER.value, None))
    ]
    rows.append(("grant", "", 40_000, True))
    rows += [("confirm_local_rules", role.value, None, False) for role in (Role.RULES_OFFICER, Role.MANAGER)]
    of_aid = [
        foundation.DelegationRule(
            decision_type=f"income_support.{decision}",
            role=role,
            max_amount_kr=most,
            automated=automated,
            valid_from=SINCE,
            ground="Delegationsordningen § 4 a (KL 6 kap. 37 §)" if automated else "Delegationsordningen § 4",
        )
        for decision, role, most, automated in rows
    ]
    of_children = {f"child_protection.{decision}": roles for decision, roles in CHILD_DECISIONS.items()}
    of_adults = {f"adult_support.{decision}": roles for decision, roles in ADULT_DECISIONS.items()}
    of_others = [
        foundation.DelegationRule(
            decision_type=decision, role=role.value, valid_from=SINCE, ground="Delegationsordningen § 2"
        )
        for decision, roles in (of_children | of_adults).items()
        for role in roles
    ]
    foundation.DelegationRule.objects.bulk_create(of_aid + of_others)
