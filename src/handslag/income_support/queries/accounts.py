"""What may be known of an account that several have given: that it is so, and by whom only to who may read their case."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from handslag.casework import public as casework
from handslag.foundation import public as foundation


def is_account_of_a_stranger(application_id: UUID) -> bool:
    """Whether somebody who neither lives with the applicants, is related to them nor applied with them gave the same account.

    The system alone gets an answer; for everybody else it is no.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_account_of_a_stranger(%s)", [application_id])
        [(shared,)] = cursor.fetchall()
    return bool(shared)


def cases_with_the_account(application_id: UUID, actor: foundation.Actor) -> list[casework.Case]:
    """The cases of strangers in which the account of an application is given too, as far as the actor may read them.

    A case that the actor may not read leaves no trace here: the answer is the same as if it were not.
    """
    with foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT handslag_cases_with_the_account(%s)", [application_id])
        [(found,)] = cursor.fetchall()
        return list(casework.Case.objects.filter(id__in=found or []).order_by("number"))
