"""What a draft that is sent asks: the draft itself, what was sent of it already, and what has been promised."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from handslag.foundation import public as foundation
from handslag.income_support.models import Application, ApplicationDraft
from handslag.income_support.states import OPEN_STATES


@foundation.ready
def draft_locked(draft_id: UUID, person_id: UUID) -> QuerySet[ApplicationDraft]:
    """The person's own draft, held until the transaction ends."""
    return ApplicationDraft.objects.select_for_update().filter(id=draft_id, person_id=person_id)


@foundation.ready
def sent_from(draft_id: UUID, person_id: UUID) -> QuerySet[Application]:
    """The application that the person's draft became."""
    return Application.objects.filter(draft_id=draft_id, applicant_id=person_id).order_by("id")[:1]


@foundation.ready
def promises_in(case_id: UUID) -> QuerySet[Application, date | None]:
    """The nearest day promised in a case, among what waits for a decision."""
    waiting = Application.objects.filter(case_id=case_id, state__in=OPEN_STATES, promised_on__isnull=False)
    return waiting.order_by("promised_on").values_list("promised_on", flat=True)[:1]
