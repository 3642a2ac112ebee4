"""Whoever works with the one that something is secret toward does not take the other's case by own hand."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from handslag.casework import public as casework
from handslag.coordination.secrecy import READER, present_secrets
from handslag.foundation import public as foundation
from handslag.foundation.public import Role


def keep_workers_apart(case_id: UUID, worker_id: UUID) -> None:
    """Raise Refused when the worker answers for an open case of somebody in the other end of a secret.

    To answer for both opens what is secret to the worker; a manager may decide that one person works with both.
    """
    actor = foundation.current_actor()
    with foundation.acting(READER):
        case = casework.get_case(case_id, READER)
        ends = present_secrets().filter(Q(person_id=case.person_id) | Q(toward_id=case.person_id))
        others = {end for pair in ends.values_list("person_id", "toward_id") for end in pair} - {case.person_id}
        answers = casework.Case.objects.filter(state="open", worker_id=worker_id, person_id__in=others).exists()
    if not answers or (actor is not None and foundation.has_role(actor, Role.MANAGER, case.unit_id)):
        return
    raise foundation.Refused("Only a manager assigns this case.", do="Ask your manager who should work with it.")
