"""The units that somebody leads."""

from uuid import UUID

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role, Unit


def units_as(actor: Actor, *roles: Role) -> list[Unit]:
    """The units where the actor holds one of the roles today, by name."""
    wanted = {role.value for role in roles}
    held: set[UUID] = {unit for role, unit in foundation.roles_of(actor) if role in wanted}
    return list(Unit.objects.filter(id__in=held).order_by("name"))
