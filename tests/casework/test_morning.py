"""One message each morning, what will break next week, and the night that works clocks anew by the rules alone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.casework.conftest import events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Opened = Callable[..., casework.Case]


def due(cast: Cast, case: casework.Case, last_day: date, now: datetime) -> casework.LegalClock:
    """A clock of fourteen days whose last day is the day."""
    return casework.start_clock(
        case_id=case.id,
        rule="FORH",
        about=foundation.new_id(),
        starts_on=last_day - timedelta(days=14),
        by=cast.asa,
        at=now,
    )


def notices(actor: foundation.Actor) -> list[dict[str, object]]:
    with foundation.acting(actor):
        return [
            notice.text for notice in foundation.notices_of(actor) if "digest" in str(notice.text["code"])
        ]


def test_each_worker_gets_one_message_and_the_manager_one(cast: Cast, opened: Opened, now: datetime) -> None:
    today = foundation.day_of(now)
    for days, worker in ((-1, cast.asa), (0, cast.asa), (3, cast.asa), (30, cast.bjorn), (2, None)):
        case = opened(worker_id=worker.account_id if worker else None)
        due(cast, case, today + timedelta(days=days), now)
    assert casework.send_digests(by=cast.system, at=now) == 2
    assert casework.send_digests(by=cast.system, at=now + timedelta(minutes=5)) == 0
    (told,) = notices(cast.asa)
    assert told["values"] == {"day": today.isoformat(), "overdue": 1, "today": 1, "week": 1}
    (of_unit,) = notices(cast.carina)
    assert of_unit["values"]["nobody"] == 1 and of_unit["values"]["week"] == 2  # type: ignore[index]
    assert notices(cast.bjorn) == []
    assert foundation.tell(told)
    assert casework.send_digests(by=cast.system, at=now + timedelta(days=1)) == 2


def test_nobody_is_told_of_a_closed_case_but_those_who_are_named_for_it(
    cast: Cast, opened: Opened, now: datetime
) -> None:
    today = foundation.day_of(now)
    case = opened(worker_id=None)
    due(cast, case, today, now)
    casework.restrict_case(
        case_id=case.id, account_ids=[cast.bjorn.account_id], because="Hot", by=cast.carina, at=now
    )
    assert casework.send_digests(by=cast.system, at=now) == 0
    with foundation.acting(cast.system):
        closed = casework.Case.objects.get(id=case.id)
        assert casework.those_to_tell(closed) == [cast.bjorn.account_id]
        assert casework.managers_to_tell(closed) == []


def test_a_manager_sees_what_will_break_and_others_nothing(cast: Cast, opened: Opened, now: datetime) -> None:
    today, case = foundation.day_of(now), opened(worker_id=cast.asa.account_id)
    for days in (-1, 0, 7, 8):
        due(cast, case, today + timedelta(days=days), now)
    assert [one.days_left for one in casework.find_breaking_clocks(cast.carina)] == [0, 7]
    assert [one.days_left for one in casework.find_breaking_clocks(cast.carina, days=8)] == [0, 7, 8]
    assert casework.find_breaking_clocks(cast.david) == []
    assert casework.find_breaking_clocks(cast.elin) == []


def test_one_night_many_broken_one_notice(cast: Cast, opened: Opened, now: datetime) -> None:
    for _ in range(3):
        due(cast, opened(worker_id=cast.asa.account_id), foundation.day_of(now) - timedelta(days=1), now)
    assert casework.turn_clocks(by=cast.system, at=now) == 3
    with foundation.acting(cast.asa):
        (notice,) = foundation.notices_of(cast.asa)
    assert (notice.text["code"], notice.text["values"]) == ("casework.clocks_broken", {"number": 3})


def test_the_night_follows_the_rules_where_no_source_tells(cast: Cast, opened: Opened, now: datetime) -> None:
    today = foundation.day_of(now)
    wrong, right = opened(), opened()
    clock, other = (
        due(cast, wrong, today + timedelta(days=5), now),
        due(cast, right, today + timedelta(days=5), now),
    )
    extended = due(cast, right, today + timedelta(days=6), now)
    casework.extend_clock(
        case_id=right.id, rule="FORH", about=extended.about, last_day=today + timedelta(days=20), because="Synnerliga skäl",
        by=cast.asa, at=now,
    )  # fmt: skip
    with foundation.acting(cast.system):
        casework.LegalClock.objects.filter(id=clock.id).update(
            last_day=today + timedelta(days=50), source="?"
        )
        before = events_of(right)
    done = casework.recompute_clocks(by=cast.system, at=now)
    assert (done.cases, done.clocks) == (2, 3)
    with foundation.acting(cast.system):
        clock.refresh_from_db()
        other.refresh_from_db()
    assert (clock.last_day, clock.source) == (other.last_day, other.source)
    assert events_of(right) == before
    assert events_of(wrong)[-1] == "casework.clock_corrected"
    assert casework.recompute_clocks(by=cast.system, at=now).changed == 0


def test_the_night_goes_on_in_parts(cast: Cast, opened: Opened, now: datetime) -> None:
    for _ in range(3):
        opened()
    first = casework.recompute_clocks(by=cast.system, at=now, most=2)
    assert first.cases == 2 and first.after is not None
    rest = casework.recompute_clocks(by=cast.system, at=now, most=2, after=first.after)
    assert (rest.cases, rest.after) == (1, None)
