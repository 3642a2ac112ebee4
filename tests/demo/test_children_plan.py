"""The plan of concern for children: printed proportions, the same each time, and a stated truth that it holds."""

from datetime import UTC, datetime, timedelta

import pytest

from handslag.casework.rules.calendar import add_months
from handslag.demo.children_plan import STOCKHOLM, PlannedReport, plan_reports
from handslag.demo.children_truth import count_truth
from handslag.demo.population import DEFAULT_DAY, generate_population
from handslag.demo.printed import L18, REPORTS_OF_LINKOPING, V19, year_of_concern

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def plan(size: int = 12_000, years: int = 6) -> list[PlannedReport]:
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
    assert truth["third_reports"] > 0
    assert truth["investigations_restarted"] > 0
    assert truth["preliminary_late"] > 0


@pytest.mark.parametrize("ago", range(7))
def test_each_year_holds_what_is_printed_of_it(planned: list[PlannedReport], ago: int) -> None:
    """Reports, from school and of violence to one; who is investigated within three in a hundred and three; days within 15 %."""
    truth = count_truth(planned, today=NOW.date())
    year, of_year = NOW.year - ago, year_of_concern(size=12_000, years_ago=ago)
    gone = 1 if ago else (NOW.date() - NOW.date().replace(month=1, day=1)).days / 365
    assert truth[f"reports_{year}"] == pytest.approx(of_year.reports * gone, abs=1)
    assert truth[f"reports_by_school_{year}"] == pytest.approx(of_year.from_school * gone, abs=1)
    assert truth.get(f"reports_of_violence_{year}", 0) == pytest.approx(of_year.of_violence * gone, abs=1)
    decided = gone if ago else gone - 15 / 365
    assert truth[f"opened_of_reports_{year}"] == pytest.approx(
        of_year.investigations * decided, rel=0.03, abs=3
    )
    closed = truth[f"investigations_{year}"] - truth.get(f"investigations_open_{year}", 0)
    if ago:  # this year's long ones are still open
        assert truth[f"investigation_days_closed_{year}"] / closed == pytest.approx(
            of_year.mean_days, rel=0.15
        )
    kinds = sorted(
        (number, key)
        for key, number in truth.items()
        if key.startswith("reports_by_") and key.endswith(str(year))
    )
    assert {key for _, key in kinds[-2:]} == {f"reports_by_police_{year}", f"reports_by_school_{year}"}


def test_the_printed_figures_are_those_of_their_years() -> None:
    """Vetlanda 590 → 1 122 reports, 262 → 442 investigations, school 92 → 239, violence 4 → 25; 149 → 98 days."""
    first, last = (year_of_concern(size=27_446, years_ago=ago) for ago in (5, 1))
    assert (first.printed_year, last.printed_year) == (2014, 2018)
    assert (first.reports, last.reports) == (590, 1122)
    assert (first.investigations, last.investigations) == (262, 442)
    assert (first.from_school, last.from_school) == (92, 239)
    assert (first.of_violence, last.of_violence) == (4, 25)
    assert (first.mean_days, last.mean_days) == (149, 98)
    assert year_of_concern(size=27_446, years_ago=0) == last
    older = year_of_concern(size=27_446, years_ago=9)
    assert (older.reports, older.mean_days) == (first.reports, first.mean_days)
    assert V19.startswith("Vetlanda") and L18.startswith("Linköping")


def test_a_large_town_has_the_volumes_of_linkoping() -> None:
    assert [year_of_concern(size=160_000, years_ago=ago).reports for ago in (3, 2, 1)] == [3331, 3691, 3735]
    assert year_of_concern(size=160_000, years_ago=5).reports == REPORTS_OF_LINKOPING.figures[2016]
    below, above = (year_of_concern(size=size, years_ago=1) for size in (65_999, 66_000))
    assert (below.volume_of, above.volume_of) == ("Vetlanda", "Linköping")
    assert below.reports / 65_999 == pytest.approx(1122 / 27_446, rel=0.01)
    assert above.reports / 66_000 == pytest.approx(3735 / 160_000, rel=0.01)
    large = year_of_concern(size=160_000, years_ago=1)
    assert large.investigations / large.reports == pytest.approx(442 / 1122, abs=0.001)


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
