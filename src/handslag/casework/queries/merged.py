"""Records that are one person's: what was weighed for the one holds for the one that was kept."""

from uuid import UUID

from handslag.people import public as people


def all_records_of(person_id: UUID) -> set[UUID]:
    """The record and every record that was merged into it, also one after another; asked as the system."""
    found, latest = {person_id}, {person_id}
    while latest:
        rows = people.Person.objects.filter(merged_into_id__in=latest).values_list("id", flat=True)
        latest = set(rows) - found
        found |= latest
    return found
