"""The inhabitants of the demo municipality as rows of the people context."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from uuid import UUID

from handslag.demo.copying import Copier
from handslag.demo.population import HouseholdOfDemo, Resident, demo_uuid

HOUSEHOLDS_A_BATCH = 4000
MINE, ADDRESS, NUMBER, PHONE, MEMBER, RELATION, MARK = 1, 11, 12, 13, 14, 15, 16


def copy_residents(
    households: Iterable[HouseholdOfDemo], *, seed: int, size: int, say: Callable[[str], None]
) -> int:
    """Copy the population in batches, telling how far it has come; gives the number of inhabitants."""
    copier = _copier()
    made = batch = 0
    count = _Counter(seed)
    for household in households:
        _household(copier, household, count)
        made += len(household.residents)
        batch += 1
        if batch == HOUSEHOLDS_A_BATCH:
            copier.write()
            batch = 0
            say(f"  {made:,} of {size:,} inhabitants".replace(",", " "))
    copier.write()
    say(f"  {made:,} of {size:,} inhabitants".replace(",", " "))
    return made


class _Counter:
    """Stable ids for rows that the population does not name itself."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._next: dict[int, int] = {}

    def id(self, family: int) -> UUID:
        n = self._next.get(family, 0)
        self._next[family] = n + 1
        return demo_uuid(self._seed, family, n)


def _copier() -> Copier:
    copier = Copier()
    copier.table(
        "people_person",
        (
            "id",
            "given_name",
            "family_name",
            "born",
            "sex",
            "language",
            "interpreter",
            "protection",
            "registered_at",
        ),
    )
    copier.table(
        "people_identitynumber", ("id", "person_id", "number", "kind", "valid_from", "withdrawn_because")
    )
    copier.table("people_protectionmark", ("id", "person_id", "mark", "valid_from", "ended_because"))
    copier.table("people_household", ("id", "formed_on"))
    copier.table("people_householdmember", ("id", "household_id", "person_id", "role", "share", "valid_from"))
    copier.table("people_relation", ("id", "person_id", "other_id", "kind", "valid_from"))
    copier.table(
        "people_address",
        ("id", "person_id", "kind", "care_of", "street", "postal_code", "city", "source", "valid_from"),
    )
    copier.table("people_contactway", ("id", "person_id", "kind", "value", "valid_from"))
    return copier


def _household(copier: Copier, household: HouseholdOfDemo, count: _Counter) -> None:
    for one in household.residents:
        _person(copier, one, household, count)
    copier.add("people_household", (household.id, household.formed_on))
    born = {one.id: one.born for one in household.residents}
    for member in household.members:
        since = max(household.formed_on, born.get(member.person_id, household.formed_on))
        copier.add(
            "people_householdmember",
            (count.id(MEMBER), household.id, member.person_id, member.role, member.share, since),
        )
    for kin in household.kinships:
        since = max(born.get(kin.person_id, household.formed_on), born.get(kin.other_id, household.formed_on))
        copier.add("people_relation", (count.id(RELATION), kin.person_id, kin.other_id, kin.kind, since))


def _person(copier: Copier, one: Resident, household: HouseholdOfDemo, count: _Counter) -> None:
    since = one.arrived_on or one.born
    registered = datetime.combine(since, time(12), tzinfo=UTC)
    copier.add(
        "people_person",
        (
            one.id,
            one.given_name,
            one.family_name,
            one.born,
            one.sex,
            one.language,
            one.interpreter,
            one.protection,
            registered,
        ),
    )
    copier.add(
        "people_identitynumber", (count.id(NUMBER), one.id, one.identity_number, one.number_kind, since, "")
    )
    copier.add("people_protectionmark", (count.id(MARK), one.id, one.protection, since, ""))
    if one.protection == "none":
        home = household.dwelling
        copier.add(
            "people_address",
            (
                count.id(ADDRESS),
                one.id,
                "registered",
                "",
                home.street,
                home.postal_code,
                home.city,
                "population_register",
                max(since, household.formed_on),
            ),
        )
    if one.phone:
        copier.add("people_contactway", (count.id(PHONE), one.id, "phone", one.phone, since))
