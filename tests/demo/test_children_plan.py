"""The plan of concern for children: printed proportions, the same each time, and a stated truth that it holds."""

from datetime import UTC, datetime, timedelta

import pytest

from handslag.casework.rules.calendar import add_months
from handslag.demo.children_plan import STOCKHOLM, PlannedReport, count_truth, plan_reports
from handslag.demo.population import DEFAULT_DAY, generate_population

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def plan(size: int = 12_000, years: int = 4) -> list[PlannedReport]:
    people = generate_population(size=size, seed=9999, day=DEFAULT_DAY)
    return list(plan_reports(people, size=size, years=years, seed=9999, now=NOW))


@pytest.fixture(scope="module")
def planned() -> list[PlannedReport]:
    return plan()


def test_the_same_seed_gives_the_same_reports(planned: list[PlannedReport]) -> None:
    assert plan() == planned


def test_the_proportions_are_the_printed_ones(planned: list[PlannedReport]) -> None:
    truth = count_truth(planned, today=NOW.date())
    last_year = sum(1 for one in planned if one.at > NOW - timedelta(days=365))
    assert last_year == pytest.approx(1122 * 12_000 / 27_446, rel=0.06)
    by = sorted((truth[key], key) for key in truth if key.startswith("reports_by_"))
    assert {key for _, key in by[-2:]} == {"reports_by_police", "reports_by_school"}
    assert truth["investigations"] / truth["children_in_reports"] == pytest.approx(0.36, abs=0.06)
    assert truth["third_reports"] > 0
    assert truth["investigations_restarted"] > 0
    assert truth["preliminary_late"] > 0


def test_nothing_is_later_than_now_and_nobody_is_grown(planned: list[PlannedReport]) -> None:
    for report in planned:
        day = report.at.astimezone(STOCKHOLM).date()
        assert report.at < NOW
        assert report.concerns
        for concern in report.concerns:
            assert concern.child.born <= day < add_months(concern.child.born, 18 * 12)
            assert concern.decided_on is None or day <= concern.decided_on < NOW.date()
            one = concern.investigation
            assert one is None or one.closed_on is None or one.opened_on < one.closed_on < NOW.date()


def test_violence_is_always_investigated(planned: list[PlannedReport]) -> None:
    outcomes = {concern.outcome for report in planned if report.violence for concern in report.concerns}
    assert outcomes <= {"open", "already_open", ""}
    assert "open" in outcomes


def test_a_child_has_one_investigation_at_a_time(planned: list[PlannedReport]) -> None:
    open_until: dict[object, object] = {}
    for report in planned:
        for concern in report.concerns:
            one = concern.investigation
            if one is None:
                continue
            before = open_until.get(concern.child.id)
            assert before is None or before <= one.opened_on  # type: ignore[operator]
            open_until[concern.child.id] = one.closed_on or NOW.date()
