"""Keeping the clocks of a case: what set them off, what ended them, and the nearest last day (promise 4)."""

from contextlib import nullcontext
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from handslag.casework import events
from handslag.casework.access import case_for, locked_case, those_to_tell
from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.models import Case, LegalClock
from handslag.casework.rules.clock_rules import ClockRule, NoClockRule
from handslag.casework.states import ClockState
from handslag.foundation import public as foundation

OWN_HAND = foundation.system("casework")


@foundation.operation
def start_clock(
    *, case_id: UUID, rule: str, about: UUID, starts_on: date, round_number: int = 0, by: foundation.Actor, at: datetime
) -> LegalClock:
    """Let a time limit (an id of `parameters/clocks.yaml`) run from the day that set it off.

    `about` is what set it off; the same thing never sets the same clock off again, so a second call gives the
    clock that runs. `round_number` above 0 is a later round of a duty that comes back, set off by the round before.
    The law in force on `starts_on` governs; raises BadInput when no rule covers the day.
    """
    case = _case(case_id, by)
    with foundation.acting(OWN_HAND) if by.is_resident else nullcontext():
        known = _set_off(case.id, rule, about)
        if known:
            return known[0]
        limit = _rule(rule)
        try:
            version, last_day = limit.in_force(starts_on), limit.last_day(starts_on, round_number=round_number)
        except NoClockRule as missing:
            raise foundation.BadInput(
                "No rule for the time limit {rule} covers {day}.",
                where="starts_on",
                do="Check the day. If it is right, the rule is missing: tell the rules officer.",
                values={"rule": rule, "day": starts_on.isoformat()},
            ) from missing
        clock = LegalClock(
            case=case, rule=rule, about=about, starts_on=starts_on, last_day=last_day, soft=limit.soft,
            counts=not limit.window and limit.falls_on == "board", source=version.source,
        )  # fmt: skip
        clock.save(force_insert=True)
        _set_nearest(case.id, case if by.is_system else None)
        started = events.ClockStarted(case_id=case.id, clock_id=clock.id, rule=rule, last_day=last_day)
        events.tell(started, by=by, at=at)
    return clock


@foundation.operation
def stop_clock(
    *, case_id: UUID, rule: str, about: UUID, on: date, by: foundation.Actor, at: datetime
) -> LegalClock | None:
    """The duty was done on a day: met, or late when after the last day. None when no such clock is open."""
    return _close(case_id, rule, about, on, None, by=by, at=at)


@foundation.operation
def lapse_clock(
    *, case_id: UUID, rule: str, about: UUID, on: date, by: foundation.Actor, at: datetime
) -> LegalClock | None:
    """The duty ceased to apply on a day (an application taken back). None when no such clock is open."""
    return _close(case_id, rule, about, on, ClockState.LAPSED, by=by, at=at)


@foundation.operation
def extend_clock(
    *, case_id: UUID, rule: str, about: UUID, last_day: date, because: str, by: foundation.Actor, at: datetime
) -> LegalClock:
    """Set a later last day by a decision, where the law allows it; the reason stands with the clock."""
    locked_case(case_id, "keep_clock", by)
    clock = LegalClock.objects.select_for_update().filter(case_id=case_id, rule=rule, about=about).first()
    if clock is None or clock.closed_on is not None:
        raise foundation.NotFound("There is no such clock that runs.", do="Open the case again and look.")
    if _rule(rule).extension is None or not because.strip():
        raise foundation.Refused(
            "This time limit cannot be extended without a ground in law.",
            do="Finish the work within the time.",
        )
    if clock.last_day is None or last_day <= clock.last_day:
        raise foundation.BadInput(
            "The new last day is not later than the present one.", where="last_day", do="Choose a later day."
        )
    clock.last_day, clock.state, clock.extended_because = last_day, ClockState.EXTENDED, because.strip()
    clock.save(update_fields=["last_day", "state", "extended_because"])
    _set_nearest(case_id)
    extended = events.ClockExtended(case_id=case_id, clock_id=clock.id, rule=rule, last_day=last_day)
    events.tell(extended, by=by, at=at)
    return clock


@foundation.operation
def turn_clocks(*, by: foundation.Actor, at: datetime, most: int = 1000) -> int:
    """Mark clocks whose last day has passed, and give how many: a duty is breached and told of, a window lapses.

    The nightly job asks until nothing is left.
    """
    today, turned = foundation.day_of(at), 0
    broken: dict[UUID, list[Case]] = {}
    passed = LegalClock.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        closed_on__isnull=True, last_day__lt=today, state__in=[ClockState.RUNNING, ClockState.EXTENDED]
    )
    for clock in passed.select_related("case").order_by("last_day", "id")[:most]:
        turned += 1
        if _rule(clock.rule).window:
            clock.state, clock.closed_on = ClockState.LAPSED, clock.last_day
            clock.save(update_fields=["state", "closed_on"])
            continue
        clock.state = ClockState.BREACHED
        clock.save(update_fields=["state"])
        if clock.last_day is not None:
            breached = events.ClockBreached(
                case_id=clock.case_id, clock_id=clock.id, rule=clock.rule, last_day=clock.last_day
            )
            events.tell(breached, by=by, at=at, unit_id=clock.case.unit_id)
        for account_id in those_to_tell(clock.case):
            broken.setdefault(account_id, []).append(clock.case)
    _tell(broken, at)
    return turned


def _close(
    case_id: UUID, rule: str, about: UUID, on: date, state: str | None, *, by: foundation.Actor, at: datetime
) -> LegalClock | None:
    case = _case(case_id, by)
    with foundation.acting(OWN_HAND) if by.is_resident else nullcontext():
        clock = next(iter(_set_off_locked(case.id, rule, about)), None)
        if clock is None or clock.closed_on is not None:
            return None
        in_time = clock.last_day is None or on <= clock.last_day
        clock.state, clock.closed_on = state or (ClockState.MET if in_time else ClockState.LATE), on
        clock.save(update_fields=["state", "closed_on"])
        _set_nearest(case.id, case if by.is_system else None)
        stopped = events.ClockStopped(case_id=case.id, clock_id=clock.id, rule=rule, state=clock.state)
        events.tell(stopped, by=by, at=at)
    return clock


def _case(case_id: UUID, by: foundation.Actor) -> Case:
    """The case of a clock. The system takes it locked at once; others may read it without writing it themselves."""
    return locked_case(case_id, "keep_clock", by) if by.is_system else case_for(case_id, "keep_clock", by)


def _set_nearest(case_id: UUID, locked: Case | None = None) -> None:
    """Write the nearest open last day on the case, where the work list looks."""
    case = locked or Case.objects.select_for_update().get(id=case_id)
    nearest = next(iter(_nearest(case_id)), None)
    due_on, due_rule = (nearest.last_day, nearest.rule) if nearest else (None, "")
    if (case.due_on, case.due_rule) != (due_on, due_rule):
        case.due_on, case.due_rule = due_on, due_rule
        case.save(update_fields=["due_on", "due_rule"])


@foundation.ready
def _set_off(case_id: UUID, rule: str, about: UUID) -> QuerySet[LegalClock]:
    return LegalClock.objects.filter(case_id=case_id, rule=rule, about=about).order_by("id")[:1]


@foundation.ready
def _set_off_locked(case_id: UUID, rule: str, about: UUID) -> QuerySet[LegalClock]:
    rows = LegalClock.objects.select_for_update().filter(case_id=case_id, rule=rule, about=about)
    return rows.order_by("id")[:1]


@foundation.ready
def _nearest(case_id: UUID) -> QuerySet[LegalClock]:
    running = LegalClock.objects.filter(
        case_id=case_id, closed_on__isnull=True, counts=True, last_day__isnull=False
    )
    return running.order_by("last_day", "id")[:1]


def _tell(broken: dict[UUID, list[Case]], at: datetime) -> None:
    """One notice for each, however many were broken."""
    for account_id, cases in broken.items():
        one = cases[0] if len({case.id for case in cases}) == 1 else None
        text = (
            foundation.said("casework.clock_broken", number=one.number)
            if one is not None
            else foundation.said("casework.clocks_broken", number=len({case.id for case in cases}))
        )
        link = f"/handlaggare/arende/{one.id}/" if one is not None else "/handlaggare/"
        foundation.notify(account_id, text, link=link, at=at)


def _rule(rule: str) -> ClockRule:
    try:
        return load_clock_rules()[rule]
    except KeyError as missing:
        raise foundation.BadInput(
            "There is no time limit called {rule}.",
            where="rule",
            do="Choose one of the rules.",
            values={"rule": rule},
        ) from missing
