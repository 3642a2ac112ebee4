"""From what an identity provider has signed to what we need to know. Pure: a claim that is missing is an error, never a guess."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from handslag.foundation.public import BadInput, Role

Claims = Mapping[str, Any]
AS_SHIPPED = Path(__file__).parent / "parameters/claims.yaml"


@dataclass(frozen=True)
class Grant:
    """A role in a unit, the unit by name."""

    unit: str
    role: str


@dataclass(frozen=True)
class StaffClaims:
    """Who a member of staff is to the directory, and the roles that follow from the groups."""

    subject: str
    name: str
    email: str
    grants: frozenset[Grant]


@dataclass(frozen=True)
class ResidentClaims:
    """Whom an e-ID has shown to be at the screen."""

    number: str
    given_name: str
    family_name: str


def mapping() -> dict[str, Any]:
    """The installation's mapping of claims, or the one that is shipped."""
    return _read(Path(getattr(settings.HERE, "claims", "") or AS_SHIPPED))


def read_staff(claims: Claims, how: Mapping[str, Any]) -> StaffClaims:
    """Raises `BadInput` without a subject or a name. A group that the mapping does not know gives nothing."""
    said = how["staff"]
    groups = set(_texts(_first(claims, said["groups"])))
    grants = frozenset(
        Grant(row["unit"], Role(row["role"]).value) for row in said["grants"] if row["group"] in groups
    )
    return StaffClaims(
        subject=_demand(claims, ["sub"]),
        name=_demand(claims, said["name"])[:200],
        email=_text(_first(claims, said["email"])),
        grants=grants,
    )


def read_resident(claims: Claims, how: Mapping[str, Any]) -> ResidentClaims:
    """Raises `BadInput` without an identity number or a name, or with a weaker e-ID than the mapping demands."""
    said = how["resident"]
    if said["acr"] and _text(claims.get("acr")) not in said["acr"]:
        raise BadInput(
            "This e-ID is not strong enough for your own matters.",
            do="Log in with BankID, Freja or another e-ID.",
        )
    number = _demand(claims, said["number"])
    given, family = _text(_first(claims, said["given_name"])), _text(_first(claims, said["family_name"]))
    if not (given and family):
        whole = _demand(claims, said["name"])
        given, _, family = whole.rpartition(" ")
    return ResidentClaims(number=number, given_name=(given or family)[:100], family_name=family[:100])


def _demand(claims: Claims, names: Iterable[str]) -> str:
    found = _text(_first(claims, names))
    if not found:
        raise BadInput("The log-in service did not tell us who you are.", do="Call us if it happens again.")
    return found


def _first(claims: Claims, names: Iterable[str]) -> Any:
    return next((claims[name] for name in names if claims.get(name)), None)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text())
    return found
