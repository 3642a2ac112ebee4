"""What becomes of cases when two records of a person are found to be one."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from handslag.casework import events
from handslag.casework.models import Case, CaseParty
from handslag.foundation import public as foundation

OWN_HAND = foundation.system("casework")


@foundation.operation
def move_cases(*, keep_id: UUID, duplicate_id: UUID, by: foundation.Actor, at: datetime) -> int:
    """Make the kept person the main person and the party wherever the duplicate was, and give how many cases.

    Papers, messages and decisions follow when the two records have become one (`move_papers`).
    """
    with foundation.acting(OWN_HAND):
        moved = 0
        for case in Case.objects.select_for_update().filter(person_id=duplicate_id).order_by("id"):
            case.person_id, case.version, moved = keep_id, case.version + 1, moved + 1
            case.save(update_fields=["person", "version"])
        for party in CaseParty.objects.filter(person_id=duplicate_id, valid_to__isnull=True).order_by("id"):
            party.valid_to = at
            party.save(update_fields=["valid_to"])
            left = events.PartyLeft(case_id=party.case_id, person_id=duplicate_id, role=party.role)
            events.tell(left, by=by, at=at)
            if not CaseParty.objects.filter(
                case_id=party.case_id, person_id=keep_id, valid_to__isnull=True
            ).exists():
                CaseParty(
                    case_id=party.case_id, person_id=keep_id, role=party.role, has_insight=party.has_insight,
                    valid_from=at,
                ).save(force_insert=True)  # fmt: skip
                joined = events.PartyJoined(case_id=party.case_id, person_id=keep_id, role=party.role)
                events.tell(joined, by=by, at=at)
    return moved


@foundation.operation
def move_papers(*, keep_id: UUID, duplicate_id: UUID, by: foundation.Actor, at: datetime) -> int:
    """Old messages, papers, requests, communication and decisions are the kept person's; gives how many rows.

    Nothing of what was written changes, only whose it is; the database lets it be when the one points at the other.
    """
    with foundation.acting(OWN_HAND), connection.cursor() as cursor:
        cursor.execute("SELECT handslag_move_papers(%s, %s)", [keep_id, duplicate_id])
        return int(cursor.fetchone()[0])
