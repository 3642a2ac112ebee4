"""The balance by kind, state and age: each kind of case is counted once, where it stands, from the real rows."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from handslag.adult_support import public as adult_support
from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.wall import queries
from handslag.portal.wall.presenters import present
from handslag.portal.wall.queries import AGES, STATES, KindBalance, Numbers
from tests.browser import fits, picture
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def balances() -> dict[str, KindBalance]:
    return {kind.code: kind for kind in queries.numbers(None).kinds}


def an_adult(cast: Cast, kind: str) -> casework.Case:
    return casework.open_case(
        kind=kind, person_id=cast.elin.person_id, unit_id=cast.support,
        parties=[(cast.elin.person_id, "applicant")], by=cast.system, at=foundation.now(),
    )  # fmt: skip


def a_report(cast: Cast) -> children.Report:
    return children.receive_report(
        what_seen="Kom utan jacka.", when_seen="I dag", where_now="I skolan", danger_now=False, danger_text="",
        concern_codes=("neglect",), children=[children.ChildAsTold(given_name="Anders")],
        reporter=children.ReporterAsTold(kind=children.ReporterKind.ANONYMOUS), channel=children.Channel.PHONE,
        attachments=(), idempotency_key=None, by=cast.maja, at=foundation.now(),
    )  # fmt: skip


def test_each_kind_is_counted_by_state_and_by_age(cast: Cast) -> None:
    now = foundation.now()
    report = a_report(cast)
    aid = an_adult(cast, "income_support")
    taken = an_adult(cast, "addiction")
    an_adult(cast, "partner_violence")
    casework.assign_case(case_id=taken.id, worker_id=cast.asa.account_id, by=cast.carina, at=now)
    found = balances()
    assert found["concern_report"].states == {"new": 1, "work": 0, "waits": 0, "decided": 0}
    assert found["income_support"].states == {"new": 0, "work": 0, "waits": 0, "decided": 1}, (
        "nothing is applied for"
    )
    assert found["addiction"].states == {"new": 0, "work": 1, "waits": 0, "decided": 0}
    assert found["partner_violence"].states == {"new": 1, "work": 0, "waits": 0, "decided": 0}
    for code in ("concern_report", "income_support", "addiction", "partner_violence"):
        assert found[code].ages == {"week": 1, "month": 0, "quarter": 0, "older": 0}
        assert sum(found[code].states.values()) == found[code].total
    with foundation.acting(cast.system):
        child = children.ReportedChild.objects.get(report_id=report.id)
    children.assess_protection(
        reported_child_id=child.id,
        danger=False,
        ground="Barnet är tryggt hos sin mormor.",
        done_tonight="",
        by=cast.maja,
        at=now,
    )
    assert balances()["concern_report"].states["work"] == 1
    for case in (aid, taken):
        casework.request_completion(
            case_id=case.id,
            what=["Kontoutdrag"],
            due_on=foundation.today() + timedelta(days=7),
            by=cast.asa,
            at=now,
        )
    assert balances()["addiction"].states["waits"] == 1 and balances()["income_support"].states["waits"] == 1


def test_every_kind_that_is_registered_stands_there(cast: Cast) -> None:
    assert set(balances()) == {kind.code for kind in casework.case_kinds()} | {children.REPORTS}
    assert set(adult_support.KINDS) <= set(balances())


def test_the_counts_are_all_that_the_functions_tell(intruder: Any) -> None:
    """Anybody's hand in the database gets measures, kinds, buckets and numbers, and no row of a case."""
    for function in ("handslag_balance_of_aid", "handslag_balance_of_children", "handslag_balance_of_adults"):
        columns = [column.name for column in intruder.execute(f"SELECT * FROM {function}()").description]
        assert columns == ["measure", "kind", "bucket", "number"]


FULL = {
    "income_support": ((1204, 318, 96, 8431), (412, 1180, 2214, 6243)),
    "child_protection": ((11, 164, 3, 702), (25, 96, 188, 571)),
    "concern_report": ((4, 37, 0, 0), (31, 8, 2, 0)),
    "addiction": ((2, 71, 6, 45), (3, 22, 40, 59)),
    "partner_violence": ((1, 2, 0, 1), (1, 1, 0, 2)),
    "debt_counselling": ((9, 88, 12, 0), (14, 33, 41, 21)),
}
UNBROKEN = """() => [...document.querySelectorAll('.balance td span')].filter((s) => {
  const cell = s.closest('td').getBoundingClientRect(), range = document.createRange(); range.selectNodeContents(s);
  const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.top))), told = s.getBoundingClientRect();
  return lines.size > 1 || told.left < cell.left - 1 || told.right > cell.right + 1; }).map((s) => s.innerText)"""
READABLE = """() => Math.min(...[...document.querySelectorAll('.balance tbody :is(td, th)')].map((e) => parseFloat(getComputedStyle(e).fontSize)))"""
NO_SCROLL = "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
INSIDE = """() => [...document.querySelectorAll('.tile')].filter((t) => t.scrollHeight > t.clientHeight + 1 || t.scrollWidth > t.clientWidth + 1 ||
  [...t.querySelectorAll('*')].some((e) => { const a = e.getBoundingClientRect(), b = t.getBoundingClientRect(); return a.bottom > b.bottom + 1 || a.right > b.right + 1; }))
  .map((t) => t.innerText)"""


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Numbers]]:
    """A large municipality's numbers, among them small ones, whatever the database holds."""
    real = queries.numbers

    def large(last_event_at: Any) -> Numbers:
        found = real(last_event_at)
        kinds = [
            KindBalance(
                kind.code, kind.label, dict(zip(STATES, FULL[kind.code][0], strict=True)),
                dict(zip(AGES, FULL[kind.code][1], strict=True)),
            )
            for kind in found.kinds
        ]  # fmt: skip
        return Numbers(
            kinds=sorted(kinds, key=lambda kind: -kind.total), due={"overdue": 128, "today": 41, "week": 960, "later": 9120},
            received=1246, decided=1180, automated=604, waiting=found.waiting, last_event_at=foundation.now(),
        )  # fmt: skip

    monkeypatch.setattr(queries, "numbers", large)
    yield lambda: large(None)


def test_the_full_wall_sums(full: Callable[[], Numbers]) -> None:
    for kind in full().kinds:
        assert sum(kind.states.values()) == sum(kind.ages.values()), kind.code
    with translation.override("sv"):
        rows = {row.code: row for row in present(full())["kinds"]}
    assert rows["partner_violence"].total.text == "visas inte"


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (360, 740)], ids=["wall", "desktop", "phone"])
def test_a_full_wall_is_read_whole(
    open_page: Any, axe: Any, cast: Cast, full: Callable[[], Numbers], size: tuple[int, int], language: str
) -> None:
    """Small numbers stand in words on one line in their cell; on a screen nothing scrolls, at two metres all is read."""
    page = open_page("/tavla/", as_=cast.asa, size={"width": size[0], "height": size[1]}, language=language)
    axe(page)
    picture(page, f"wall-full-{language}-{size[0]}", whole=size[0] < 1000)
    assert page.evaluate(UNBROKEN) == []
    assert page.locator(".balance tbody tr").count() == len(FULL)
    if size[0] > 1000:
        assert page.evaluate(NO_SCROLL)
        assert page.evaluate(INSIDE) == []
        assert page.evaluate(READABLE) >= size[0] * 0.0115, "22 px of 1080"
    else:
        fits(page)
        assert page.evaluate(READABLE) >= 14
