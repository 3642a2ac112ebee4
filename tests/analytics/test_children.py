"""Reports of concern and investigations in the statistics: what is counted when, for whom, and what is not told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from handslag.analytics import public as analytics
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.browser import PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.investigating import a_file, at, heard, informed, opened
from tests.child_protection.reporting import a_child, child_of, decide, reported, safe

pytestmark = pytest.mark.django_db(databases=["default"])
NOTHING = {"concern_codes": ["school"]}


@pytest.fixture
def told(cast: Cast, settings: Any) -> Any:
    """Nora's three reports within six months, and a file whose investigation was closed and opened again."""
    settings.HANDSLAG_SMALLEST_GROUP = 1
    now, nora = foundation.now(), a_child(cast)
    for weeks in (20, 10):
        report = reported(cast, nora, at=now - timedelta(weeks=weeks), **NOTHING)
        safe(cast, child_of(report), at=now - timedelta(weeks=weeks))
        decide(cast, child_of(report), at=now - timedelta(weeks=weeks) + timedelta(days=3))
    reported(cast, nora, at=now - timedelta(hours=1), **NOTHING)
    analytics.refresh_all(by=cast.system, at=now)
    return nora


def in_all(actor: foundation.Actor, name: str) -> int:
    with foundation.acting(actor):
        return sum(getattr(one, name) for one in analytics.children_statistics())


def test_a_third_report_is_counted_and_what_happens_later_too(cast: Cast, told: Any) -> None:
    assert (in_all(cast.eva, "reports"), in_all(cast.eva, "children"), in_all(cast.eva, "third_reports")) == (
        3,
        3,
        1,
    )
    assert in_all(cast.eva, "preliminary_late") == 0
    reported(cast, a_child(cast, "Omar", nth=1), at=foundation.now(), **NOTHING)
    analytics.refresh_all(by=cast.system, at=foundation.now())
    assert in_all(cast.eva, "reports") == 4


def test_a_new_day_makes_late_what_was_in_time(cast: Cast, told: Any) -> None:
    analytics.refresh_all(by=cast.system, at=foundation.now() + timedelta(days=30))
    assert in_all(cast.eva, "preliminary_late") == 1


def test_a_restart_is_in_the_statistics(cast: Cast, settings: Any) -> None:
    settings.HANDSLAG_SMALLEST_GROUP = 1
    case, now = a_file(cast, on=date(2026, 3, 1)), foundation.now()
    first = opened(cast, case, on=date(2026, 3, 10))
    told = {"investigation_id": first.id, "by": cast.david, "at": at(date(2026, 3, 10))}
    informed(cast, first, on=date(2026, 3, 10))
    children.record_child_view(body="Vill hem", how="talk", **told)
    heard(cast, first, on=date(2026, 4, 1))
    children.close_investigation(
        investigation_id=first.id, outcome="early", ground="Börja om", by=cast.eva, at=at(date(2026, 5, 1))
    )
    opened(cast, case, on=date(2026, 5, 3))
    analytics.refresh_all(by=cast.system, at=now)
    assert (
        in_all(cast.eva, "investigations"),
        in_all(cast.eva, "restarted"),
        in_all(cast.eva, "closed"),
    ) == (2, 1, 1)
    with foundation.acting(cast.eva):
        assert [one.mean_days for one in analytics.children_statistics() if one.closed] == [52]


def test_small_groups_are_not_told_and_nothing_gives_them_away(cast: Cast, told: Any, settings: Any) -> None:
    settings.HANDSLAG_SMALLEST_GROUP = 5
    with foundation.acting(cast.eva):
        for one in analytics.children_statistics():
            assert one.reports in (0, analytics.HIDDEN) and one.third_reports in (0, analytics.HIDDEN)
            assert one.mean_days is None


@pytest.mark.parametrize("who", ["carina", "asa", "david", "maja", "elin", "greta"])
def test_others_are_told_nothing(cast: Cast, told: Any, who: str) -> None:
    """Carina leads another unit; the others lead none."""
    with foundation.acting(getattr(cast, who)):
        assert analytics.children_statistics() == []


def test_straight_in_sql_nobody_reads_or_writes_a_sum(cast: Cast, told: Any) -> None:
    for actor in (cast.eva, cast.david, cast.elin):
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM stats.children_year")
            assert cursor.fetchone() == (0,)
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(
                    "INSERT INTO stats.children_year VALUES (%s, 2026, 'reports', 9)", [cast.children]
                )
        with pytest.raises(foundation.Refused):
            analytics.count_children(by=actor, at=foundation.now())


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_in_the_browser(open_page: Any, axe: Any, cast: Cast, told: Any, language: str) -> None:
    page = open_page("/ledning/statistik/", as_=cast.eva, size=PHONE, language=language)
    axe(page)
    page.locator("a[href='/ledning/statistik/barn/']").click()
    page.locator("h1").wait_for()
    axe(page)
    fits(page)
    picture(page, f"lead-children-statistics-{language}")
