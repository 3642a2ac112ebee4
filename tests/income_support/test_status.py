"""What the person follows: the steps, the promised day, what is missing; and this week's waiting times."""

from datetime import timedelta

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import told
from handslag.income_support.operations import applications, registers
from handslag.income_support.queries import applications as queries
from handslag.income_support.rules.comparison import WARNING_KINDS, Finding
from tests.income_support.applying import apply, now, this_month, use

pytestmark = pytest.mark.django_db(databases=["default"])


def steps(application, actor):
    return [(step.code, step.present) for step in queries.status_of(application.id, actor).steps]


def test_the_way_of_an_application(cast):
    use()
    application = apply(cast.elin)
    assert steps(application, cast.elin) == [
        ("step.sent", False), ("step.registers", True), ("step.assessed", False), ("step.decided", False),
    ]  # fmt: skip
    registers.fetch_registers(application.id)
    applications.begin_assessing(application_id=application.id, by=cast.system, at=now())
    assert ("step.assessed", True) in steps(application, cast.elin)
    reason = foundation.said("handed.missing")
    applications.hand_to_worker(application_id=application.id, reasons=[reason], by=cast.system, at=now())
    assert ("step.worker", True) in steps(application, cast.elin)
    for code, _ in steps(application, cast.elin):
        assert not foundation.tell(foundation.said(code)).startswith("(")


def test_the_promise_is_the_setting_until_the_week_has_decisions(cast):
    application = apply(cast.elin)
    status = queries.status_of(application.id, cast.elin)
    assert status.promised_on == foundation.today() + timedelta(days=7)
    assert status.may_withdraw and status.case_number.startswith("EB-")


def test_what_was_asked_for_stands_as_missing_with_its_last_day(cast):
    application = apply(cast.elin)
    due = foundation.today() + timedelta(days=10)
    casework.request_completion(
        case_id=application.case_id, person_id=cast.elin.person_id, what=["Hyresavi"], due_on=due, by=cast.asa, at=now()
    )
    [lacking] = queries.status_of(application.id, cast.elin).lacking
    assert (lacking.said, lacking.due_on) == ("Hyresavi", due)


def test_waiting_times_and_the_promise_have_one_ground(cast):
    month = this_month()
    for back, hours in ((1, 30), (0, 20), (-1, 10)):
        for resident in (cast.elin, cast.greta):
            if resident is cast.greta and back == -1:
                continue
            sent = now() - timedelta(hours=hours)
            with foundation.clock_at(sent):
                application = apply(resident, month.plus(-back), changes={"has_changed": "no"})
            applications.begin_assessing(application_id=application.id, by=cast.system, at=now())
            applications.record_decided(application_id=application.id, automated=True, by=cast.system, at=now())
    times = queries.waiting_times()
    assert times.decided == 5
    assert times.median_hours == pytest.approx(20, abs=0.1) and times.p90_hours == pytest.approx(30, abs=0.1)
    assert times.share_within_7_days == 1.0 and times.share_automated == 1.0
    assert times.median_days == 0.8
    today = queries.applications_today()
    assert (today.decided, today.automated) == (5, 5)
    assert queries.waiting_times("supplement").median_hours is None


@pytest.mark.parametrize("kind", WARNING_KINDS)
def test_every_warning_has_words(kind):
    values = dict.fromkeys(("amount", "before", "now", "applied", "approved", "above"), "100.50")
    values |= {"benefit": "FK:BOB", "agency": "fk", "kind": "rent", "adults": "1", "children": "2", "account": "•••6789"}
    said = told.tell_warning(Finding(kind, "k", values))
    assert said and "{" not in said and "FK:BOB" not in said
