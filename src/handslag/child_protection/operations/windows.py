"""The windows of follow-up that lapse when a new investigation of the child is opened (SoL 23:5, LVU 21c)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.investigation_events import FollowUpEnded
from handslag.child_protection.models import FollowUp, Measure
from handslag.child_protection.queries.expected_clocks import expected_of_care
from handslag.child_protection.rules.measures import EMERGENCY_HOME
from handslag.foundation import public as foundation

OWN_HAND = foundation.system("child_protection")
WINDOWS = ("UPPF_U", "UPPF_P", "UPPF_LVU")


def open_window(
    *, case_id: UUID, rule: str, about: UUID, on: date, by: foundation.Actor, at: datetime
) -> casework.LegalClock:
    """Let a window run from a day; it lapses by itself."""
    clock: casework.LegalClock = casework.start_clock(
        case_id=case_id, rule=rule, about=about, starts_on=on, by=by, at=at
    )
    return clock


def end_windows(*, child_id: UUID, on: date, at: datetime) -> None:
    """A new investigation of the child is open: what follows up after earlier ones ends, in whichever file it stands."""
    with foundation.acting(OWN_HAND):
        running = casework.LegalClock.objects.filter(
            case__person_id=child_id, case__kind="child_protection", rule__in=WINDOWS, closed_on__isnull=True
        )
        for clock in list(running):
            casework.lapse_clock(
                case_id=clock.case_id, rule=clock.rule, about=clock.about, on=on, by=OWN_HAND, at=at
            )
        for followed in FollowUp.objects.filter(investigation__child_id=child_id, ended_on__isnull=True):
            followed.ended_on, followed.ended_because = max(on, followed.started_on), "new_investigation"
            followed.save(update_fields=["ended_on", "ended_because"])
            ended = FollowUpEnded(case_id=followed.case_id, investigation_id=followed.investigation_id)
            foundation.record(ended, by=OWN_HAND, at=at)


def settle_homes(*, child_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """An investigation was closed: the time in an emergency home begins to run (SoL 22:4)."""
    for home in Measure.objects.filter(child_id=child_id, form=EMERGENCY_HOME, ended_on__isnull=True):
        casework.settle_clocks(expected=expected_of_care(home), by=by, at=at)
