"""The address that a letter of a case may show, if any."""

from uuid import UUID

from handslag.casework.models import Case, CaseParty
from handslag.foundation import public as foundation
from handslag.people import public as people

READER = foundation.system("casework")


def address_lines(case: Case, receiver_id: UUID) -> tuple[tuple[str, ...], bool]:
    """The receiver's address, line by line, and whether it is hidden.

    Where anybody around the case is protected, or it is not known, or the case is closed, no letter shows one.
    """
    with foundation.acting(READER):
        parties = list(
            CaseParty.objects.filter(case=case, valid_to__isnull=True).values_list("person_id", flat=True)
        )
        around = people.Person.objects.filter(id__in=[*parties, case.person_id])
        if case.restricted or any(str(one.protection) != "none" for one in around):
            return (), True
    address = people.address_of(receiver_id, READER, toward=receiver_id)
    if address is None:
        return (), False
    lines = (
        f"c/o {address.care_of}" if address.care_of else "", address.street,
        f"{address.postal_code} {address.city}".strip(),
    )  # fmt: skip
    return tuple(line for line in lines if line), False
