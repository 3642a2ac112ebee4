"""Those who report in their work: their duty and employer are known when they log in (SoL 19:1)."""

from datetime import datetime
from uuid import UUID

from handslag.child_protection import report_events as events
from handslag.child_protection.models import Professional
from handslag.child_protection.report_access import OWN_HAND, Role
from handslag.child_protection.states import Profession
from handslag.foundation import public as foundation


@foundation.operation
def register_professional(
    *, account_id: UUID, profession: str, employer: str, by: foundation.Actor, at: datetime
) -> Professional:
    """Say in which work an account reports; said anew, the new holds."""
    foundation.require_role(by, Role.MANAGER, Role.ADMINISTRATOR)
    if profession not in Profession.values or not employer.strip():
        raise foundation.BadInput(
            "Say the profession and the employer.", where="employer", do="Choose one of the professions."
        )
    with foundation.acting(OWN_HAND):
        held = Professional.objects.filter(account_id=account_id).first()
        row = held or Professional(account_id=account_id)
        row.profession, row.employer = profession, employer.strip()[:200]
        row.registered_at, row.ended_at = at, None
        row.save()
    told = events.ProfessionalRegistered(registered_account_id=account_id, profession=profession)
    events.tell(told, by=by, at=at)
    return row


def professional_of(actor: foundation.Actor) -> Professional | None:
    """In which work the one who is logged in reports, or None for everybody else."""
    if actor.account_id is None:
        return None
    with foundation.acting(actor):
        return Professional.objects.filter(account_id=actor.account_id, ended_at__isnull=True).first()
