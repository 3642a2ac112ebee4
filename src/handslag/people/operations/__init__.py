"""Every way that people change: numbers, homes, relations, protection and who may read whom."""

from handslag.people.operations.erasing import erase_person
from handslag.people.operations.grants import break_glass, end_grant, grant_reading
from handslag.people.operations.homes import Place, move_in, move_out, set_household
from handslag.people.operations.merging import merge_persons, on_merge
from handslag.people.operations.protection import (
    lift_unknown_protection,
    protect_person,
    settle_protection,
    unprotect_person,
)
from handslag.people.operations.reaching import set_address, set_contact, set_language
from handslag.people.operations.registering import (
    add_identity_number,
    correct_identity_number,
    register_person,
)
from handslag.people.operations.relations import end_relation, relate

__all__ = [
    "Place",
    "add_identity_number",
    "break_glass",
    "correct_identity_number",
    "end_grant",
    "end_relation",
    "erase_person",
    "grant_reading",
    "lift_unknown_protection",
    "merge_persons",
    "move_in",
    "move_out",
    "on_merge",
    "protect_person",
    "register_person",
    "relate",
    "set_address",
    "set_contact",
    "set_household",
    "set_language",
    "settle_protection",
    "unprotect_person",
]
