"""Clocks of a case, the work list that they order, and the numbers of the wall."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.casework import public as casework
from handslag.foundation import events
from handslag.foundation import public as foundation
from tests.casework.conftest import KIND, events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Opened = Callable[..., casework.Case]


def test_a_clock_runs_from_arrival_and_is_met(cast: Cast, case: casework.Case, now: datetime) -> None:
    about, arrived = foundation.new_id(), date(2026, 10, 31)
    clock = casework.start_clock(
        case_id=case.id, rule="FL12", about=about, starts_on=arrived, by=cast.elin, at=now
    )
    assert (clock.last_day, clock.source) == (date(2027, 4, 30), "FL 12")
    assert casework.get_case(case.id, cast.asa).due_on == date(2027, 4, 30)
    met = casework.stop_clock(
        case_id=case.id, rule="FL12", about=about, on=date(2027, 4, 30), by=cast.asa, at=now
    )
    assert met is not None and (met.state, met.closed_on) == ("met", date(2027, 4, 30))
    assert casework.get_case(case.id, cast.asa).due_on is None
    assert (
        casework.stop_clock(
            case_id=case.id, rule="FL12", about=about, on=date(2027, 5, 1), by=cast.asa, at=now
        )
        is None
    )
    assert events_of(case)[-2:] == ["casework.clock_started", "casework.clock_stopped"]


def test_a_clock_is_never_set_off_twice_by_the_same_thing(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    about = foundation.new_id()
    first = casework.start_clock(
        case_id=case.id, rule="FL12", about=about, starts_on=date(2026, 1, 10), by=cast.asa, at=now
    )
    casework.stop_clock(case_id=case.id, rule="FL12", about=about, on=date(2026, 9, 1), by=cast.asa, at=now)
    again = casework.start_clock(
        case_id=case.id, rule="FL12", about=about, starts_on=date(2026, 9, 2), by=cast.asa, at=now
    )
    assert (again.id, again.starts_on, again.state) == (first.id, date(2026, 1, 10), "late")


def test_clocks_go_on_over_a_closed_and_reopened_case(cast: Cast, case: casework.Case, now: datetime) -> None:
    about = foundation.new_id()
    casework.start_clock(
        case_id=case.id, rule="FL12", about=about, starts_on=date(2026, 10, 1), by=cast.asa, at=now
    )
    casework.close_case(case_id=case.id, because="error", by=cast.asa, at=now)
    reopened = casework.reopen_case(case_id=case.id, because="error", by=cast.asa, at=now)
    assert reopened.due_on == date(2027, 4, 1)


def test_an_unknown_rule_or_a_day_that_no_rule_covers_is_refused(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    for rule, day, where in (("NONE", date(2026, 1, 1), "rule"), ("FL12", date(1999, 1, 1), "starts_on")):
        with pytest.raises(foundation.BadInput) as fault:
            casework.start_clock(
                case_id=case.id, rule=rule, about=foundation.new_id(), starts_on=day, by=cast.asa, at=now
            )
        assert fault.value.where == where


def test_extension_needs_a_rule_that_allows_it_and_a_ground(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    about, day = foundation.new_id(), date(2026, 10, 1)
    for rule in ("FL12", "UTR"):
        casework.start_clock(case_id=case.id, rule=rule, about=about, starts_on=day, by=cast.asa, at=now)
    for rule, because in (("FL12", "ledighet"), ("UTR", " ")):
        with pytest.raises(foundation.Refused):
            casework.extend_clock(
                case_id=case.id,
                rule=rule,
                about=about,
                last_day=date(2027, 8, 1),
                because=because,
                by=cast.asa,
                at=now,
            )
    longer = casework.extend_clock(
        case_id=case.id,
        rule="UTR",
        about=about,
        last_day=date(2027, 3, 1),
        because="Väntar utlåtande",
        by=cast.asa,
        at=now,
    )
    assert (longer.state, longer.last_day) == ("extended", date(2027, 3, 1))


def test_the_night_breaks_duties_and_lets_windows_lapse(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    casework.assign_case(case_id=case.id, worker_id=cast.asa.account_id, by=cast.asa, at=now)
    today, about = foundation.day_of(now), foundation.new_id()
    for rule in ("FORH", "OVERK"):
        casework.start_clock(
            case_id=case.id, rule=rule, about=about, starts_on=today - timedelta(days=60), by=cast.asa, at=now
        )
    assert casework.turn_clocks(by=cast.system, at=now) == 2
    assert casework.turn_clocks(by=cast.system, at=now) == 0
    states = {clock.rule: clock.state for clock in casework.find_clocks(case.id, cast.asa, open_only=False)}
    assert states == {"FORH": "breached", "OVERK": "lapsed"}
    assert events_of(case)[-1] == "casework.clock_breached"
    with foundation.acting(cast.asa):
        assert [one.text["code"] for one in foundation.notices_of(cast.asa)] == ["casework.clock_broken"]
    late = casework.stop_clock(case_id=case.id, rule="FORH", about=about, on=today, by=cast.asa, at=now)
    assert late is not None and late.state == "late"


@foundation.event("test.application_came")
@dataclass(frozen=True)
class ApplicationCame:
    case_id: UUID
    application_id: UUID


@foundation.event("test.application_taken_back")
@dataclass(frozen=True)
class ApplicationTakenBack(ApplicationCame):
    pass


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events of the test's own keep a clock, for the time of the test: every later decision would ask for it too."""
    monkeypatch.setattr(events, "_followers", {kind: [*known] for kind, known in events._followers.items()})
    casework.keep_clock(
        "FL12",
        about="application_id",
        starts="test.application_came",
        met_by=["casework.decision_made"],
        lapsed_by=["test.application_taken_back"],
    )


@pytest.mark.usefixtures("followed")
def test_events_set_off_meet_and_end_a_clock(cast: Cast, case: casework.Case, now: datetime) -> None:
    answered, taken_back = foundation.new_id(), foundation.new_id()
    with foundation.acting(cast.elin):
        for about in (answered, taken_back):
            foundation.record(ApplicationCame(case_id=case.id, application_id=about), by=cast.elin, at=now)
        foundation.record(
            ApplicationTakenBack(case_id=case.id, application_id=taken_back), by=cast.elin, at=now
        )
    casework.decide(
        case_id=case.id, type="income_support.grant", outcome="granted", legal_ground="SoL 12:1", reason="x",
        matter_id=answered, by=cast.asa, at=now,
    )  # fmt: skip
    clocks = casework.find_clocks(case.id, cast.asa, open_only=False)
    assert {clock.about: clock.state for clock in clocks} == {answered: "met", taken_back: "lapsed"}


def _with_due(
    opened: Opened, cast: Cast, now: datetime, days: int | None, worker: bool = True
) -> casework.Case:
    case = opened(worker_id=cast.asa.account_id if worker else None)
    if days is not None:
        starts_on = foundation.day_of(now) + timedelta(days=days - 14)
        casework.start_clock(
            case_id=case.id, rule="FORH", about=foundation.new_id(), starts_on=starts_on, by=cast.asa, at=now
        )
    return case


def test_the_work_list_is_ordered_by_the_nearest_clock(cast: Cast, opened: Opened, now: datetime) -> None:
    made = {days: _with_due(opened, cast, now, days).id for days in (None, 8, 0, -3, 7, 1)}
    listed = casework.find_work(cast.asa).rows
    assert [item.case.id for item in listed] == [made[days] for days in (-3, 0, 1, 7, 8, None)]
    assert [item.bucket for item in listed] == ["overdue", "today", "week", "week", "later", "unclocked"]
    assert casework.count_work(cast.asa) == {"overdue": 1, "today": 1, "week": 2, "later": 1, "unclocked": 1}
    for bucket, many in casework.count_work(cast.asa).items():
        assert len(casework.find_work(cast.asa, bucket=bucket).rows) == many
    seen, after = [], None
    while True:
        page = casework.find_work(cast.asa, after=after, limit=2)
        seen += [item.case.id for item in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == [item.case.id for item in listed]


def test_a_manager_sees_the_nearest_clock_of_each_case(cast: Cast, opened: Opened, now: datetime) -> None:
    late, soon = _with_due(opened, cast, now, -3), _with_due(opened, cast, now, 5)
    _with_due(opened, cast, now, None)
    casework.start_clock(
        case_id=late.id, rule="FL12", about=late.id, starts_on=foundation.day_of(now), by=cast.asa, at=now
    )
    first = casework.find_nearest_clocks(cast.carina, limit=1)
    assert [(one.case_id, one.rule) for one in first.rows] == [(late.id, "FORH")]
    second = casework.find_nearest_clocks(cast.carina, after=first.after)
    assert [one.case_id for one in second.rows] == [soon.id]
    assert casework.find_nearest_clocks(cast.carina, until=foundation.day_of(now)).rows == first.rows
    assert casework.find_nearest_clocks(cast.david).rows == []


def test_mine_the_units_and_nobodys(cast: Cast, opened: Opened, now: datetime) -> None:
    mine, nobodys = _with_due(opened, cast, now, 3), _with_due(opened, cast, now, 2, worker=False)
    assert [one.case.id for one in casework.find_work(cast.asa).rows] == [mine.id]
    assert [one.case.id for one in casework.find_work(cast.bjorn, whose="unit").rows] == [nobodys.id, mine.id]
    assert [one.case.id for one in casework.find_work(cast.bjorn, whose="unassigned").rows] == [nobodys.id]
    assert casework.find_work(cast.bjorn).rows == []
    for other in (cast.david, cast.ada, cast.elin, cast.greta):
        assert casework.find_work(other, whose="unit").rows == []
        assert casework.find_work(other, whose="unit", unit_id=cast.support).rows == []


def test_the_work_list_shows_what_waits(cast: Cast, opened: Opened, now: datetime) -> None:
    case = _with_due(opened, cast, now, 3)
    casework.send_message(case_id=case.id, subject="a", body="b", by=cast.elin, at=now)
    casework.request_completion(
        case_id=case.id, what=["x"], due_on=foundation.day_of(now), by=cast.asa, at=now
    )
    (item,) = casework.find_work(cast.asa).rows
    assert (item.unread_messages, item.waits_for_person, item.person_is_late) == (1, True, False)
    assert (item.answers, item.promise) == (0, "")


def test_the_work_list_shows_an_answer_until_it_is_decided(
    cast: Cast, opened: Opened, now: datetime
) -> None:
    case, other = _with_due(opened, cast, now, 3), _with_due(opened, cast, now, 4)
    asked = casework.request_completion(
        case_id=case.id, what=["Hyresavi"], due_on=foundation.day_of(now), by=cast.asa, at=now
    )
    with foundation.acting(cast.asa):
        answers = [casework.ItemAnswer(item_id=item.id, text="Här är den") for item in asked.items.all()]
    casework.answer_completion(completion_id=asked.id, answers=answers, by=cast.elin, at=now)
    found = {item.case.id: item for item in casework.find_work(cast.asa).rows}
    assert (found[case.id].answers, found[case.id].waits_for_person, found[other.id].answers) == (1, False, 0)
    told = casework.communicate(
        case_id=case.id, answer_until=foundation.day_of(now) + timedelta(days=7), material="Underlag",
        by=cast.asa, at=now,
    )  # fmt: skip
    casework.answer_communication(communication_id=told.id, answer="Jag håller med", by=cast.elin, at=now)
    assert next(one for one in casework.find_work(cast.asa).rows if one.case.id == case.id).answers == 2
    casework.decide(
        case_id=case.id, type="income_support.grant", outcome="granted", legal_ground="SoL 12:1", reason="Styrkt.",
        amount=Decimal(100), period_from=now.date(), period_to=now.date(), by=cast.asa, at=now + timedelta(minutes=1),
    )  # fmt: skip
    assert next(one for one in casework.find_work(cast.asa).rows if one.case.id == case.id).answers == 0


def test_the_work_list_shows_a_promise_that_ends_today_or_is_broken(
    cast: Cast, opened: Opened, now: datetime
) -> None:
    case, today = opened(), foundation.day_of(now)
    casework.assign_case(case_id=case.id, worker_id=cast.asa.account_id, by=cast.asa, at=now)
    for days, sign in ((1, ""), (0, "today"), (-1, "broken")):
        casework.promise_day(case_id=case.id, on=today + timedelta(days=days), by=cast.system, at=now)
        (item,) = casework.find_work(cast.asa).rows
        assert item.promise == sign


def test_the_wall_counts_without_telling_of_anybody(cast: Cast, opened: Opened, now: datetime) -> None:
    _with_due(opened, cast, now, 0)
    closed = opened()
    casework.close_case(case_id=closed.id, because="x", by=cast.asa, at=now)
    counted = {(one.measure, one.kind, one.bucket): one.number for one in casework.case_balance()}
    assert counted == {
        ("open", KIND, "week"): 1, ("due", KIND, "today"): 1, ("opened", KIND, "today"): 2, ("closed", KIND, "today"): 1,
    }  # fmt: skip


@given(st.dates(), st.one_of(st.none(), st.dates()))
def test_every_day_has_one_bucket(today: date, due_on: date | None) -> None:
    bucket = casework.bucket_of(due_on, today)
    assert bucket in casework.BUCKETS
    assert (bucket == "unclocked") == (due_on is None)
    if due_on is not None:
        assert (bucket == "overdue") == (due_on < today)


def test_the_nightly_job_turns_clocks_and_tells_of_late_requests(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    from handslag.casework.jobs import turn_night

    today = foundation.day_of(now)
    casework.start_clock(
        case_id=case.id, rule="FORH", about=case.id, starts_on=today - timedelta(days=20), by=cast.asa, at=now
    )
    casework.request_completion(case_id=case.id, what=["x"], due_on=today, by=cast.asa, at=now)
    with foundation.clock_at(now + timedelta(days=1)):
        assert turn_night(timestamp=0) == 2
        assert turn_night(timestamp=0) == 0
    assert {"casework.clock_breached", "casework.completion_overdue"} <= set(events_of(case))
