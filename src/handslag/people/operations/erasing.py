"""A person whom nothing concerns any more."""

from uuid import UUID

from django.db import connection


def erase_person(person_id: UUID) -> bool:
    """Erase a person with all that is kept of her, as the system and within the operation that erases her last file.

    False, and nothing is erased, while an account, a case or another record points at her.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_erase_person(%s)", [person_id])
        return bool(cursor.fetchone()[0])
