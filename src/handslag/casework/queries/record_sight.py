"""Which guardians read a child's record online, and why others do not; for whoever works with the file."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from handslag.casework.access import readable_case
from handslag.casework.models import CaseParty, RecordSight
from handslag.casework.states import PartyRole
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class GuardianSight:
    """One guardian of a case. `why_not` is empty when they read the record, else a code: restricted, protected, of_age,
    kept_out, no_custody, no_part, secret, held, no_sight, given_before (for a custody or part that ended since) or
    child_decides. `sight` is what has been given and not taken back."""

    person_id: UUID
    why_not: str
    sight: RecordSight | None

    @property
    def reads(self) -> bool:
        return not self.why_not

    @property
    def may_be_given(self) -> bool:
        """Whether nothing but the giving is missing."""
        return self.why_not in ("no_sight", "given_before")


def find_sights(case_id: UUID, actor: foundation.Actor) -> list[GuardianSight]:
    """The guardians who are parties of a case, each with whether they read the record online. Raises CaseNotFound."""
    with foundation.acting(actor):
        readable_case(case_id)
        given = {one.person_id: one for one in _given(case_id)}
        parties = CaseParty.objects.filter(case_id=case_id, role=PartyRole.GUARDIAN, valid_to__isnull=True)
        ids = list(parties.order_by("valid_from", "id").values_list("person_id", flat=True))
        ids += [one for one in given if one not in ids]
        return [GuardianSight(one, why_no_record(case_id, one), given.get(one)) for one in ids]


def find_ended_sights(case_id: UUID, actor: foundation.Actor) -> list[RecordSight]:
    """What was given and taken back, newest first, for staff."""
    with foundation.acting(actor):
        rows = RecordSight.objects.filter(case_id=case_id, ended_at__isnull=False)
        return list(rows.select_related("given_by", "ended_by").order_by("-ended_at"))


def why_no_record(case_id: UUID, person_id: UUID) -> str:
    """Why a guardian does not read the record of a case, asked as the present actor; "no_part" for who may not ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_why_no_record(%s, %s)", [case_id, person_id])
        found = cursor.fetchone()[0]
    return "no_part" if found is None else str(found)


def _given(case_id: UUID) -> list[RecordSight]:
    rows = RecordSight.objects.filter(case_id=case_id, ended_at__isnull=True)
    return list(rows.select_related("given_by").order_by("given_at"))
