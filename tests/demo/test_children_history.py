"""The demo's years of concern for children: what the product counts is the truth that the demo states."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from handslag.analytics import public as analytics
from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.demo import cast as demo_cast
from handslag.demo.children_history import copy_children
from handslag.demo.children_plan import age_on
from handslag.demo.population import DEFAULT_DAY, generate_population
from handslag.demo.printed import year_of_concern
from handslag.demo.residents import copy_residents
from handslag.foundation import public as foundation

SYSTEM = foundation.system("test")
SIZE, SEED, YEARS = 1_500, 4, 5


@pytest.fixture
def filled(transactional_db: None) -> Iterator[tuple[Any, dict[str, int]]]:
    """A small municipality with five whole years of reports and this one, and the truth that its filling states."""
    people = generate_population(size=SIZE, seed=SEED, day=DEFAULT_DAY)
    copy_residents(people, seed=SEED, size=SIZE, say=lambda _words: None)
    made = demo_cast.make_cast(by=SYSTEM, at=foundation.now())
    yield made, copy_children(made, size=SIZE, years=YEARS, seed=SEED)


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_what_the_product_counts_is_the_stated_truth(filled: tuple[Any, dict[str, int]]) -> None:
    made, truth = filled
    assert truth["reports"] > 100
    with foundation.acting(made.eva):
        assert children.Report.objects.count() == truth["reports"]
        told = children.ReportedChild.objects.all()
        assert told.count() == truth["children_in_reports"]
        assert told.filter(repeat_warned=True).count() == truth["third_reports"]
        decided = children.PreliminaryAssessment.objects.all()
        for outcome in ("open", "not_open", "already_open"):
            assert decided.filter(outcome=outcome).count() == truth.get(outcome, 0), outcome
        rows = children.Investigation.objects.all()
        assert rows.count() == truth["investigations"]
        assert rows.filter(state="open").count() == truth["investigations_open"]
        assert rows.exclude(extended_until=None).count() == truth["investigations_extended"]
        assert rows.exclude(continues=None).count() == truth["investigations_restarted"]
        notes = casework.Note.objects.filter(state="signed")
        assert notes.count() == truth["notes"] and not notes.filter(body="").exists()
        late = casework.LegalClock.objects.filter(rule="UTR", state__in=("late", "breached"))
        assert late.count() + _late_though_extended() == truth["investigations_late"]
        behind = casework.LegalClock.objects.filter(rule="FORH", state__in=("late", "breached"))
        assert behind.count() == truth["preliminary_late"]
        for one in rows.exclude(continues=None)[:20]:
            assert children.chain_of(one).restarts >= 1
    with foundation.acting(made.asa):
        assert children.Report.objects.count() == 0


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_each_year_in_the_database_is_what_the_generator_states_and_what_is_printed(
    filled: tuple[Any, dict[str, int]],
) -> None:
    """The database against the stated truth, to the one; and against the printed figures, within one report of each kind
    and four investigations (a town of 1 500 is a twentieth of Vetlanda)."""
    made, truth = filled
    this = foundation.today().year
    with foundation.acting(made.eva):
        reports = list(children.Report.objects.values_list("id", "received_at", "concern_codes"))
        report_of = dict(children.ReportedChild.objects.values_list("id", "report_id"))
        kinds = dict(children.Reporter.objects.values_list("report_id", "profession"))
        investigations = list(
            children.Investigation.objects.values_list("opened_on", "closed_on", "reported_child_id")
        )
    year_of = {id_: foundation.day_of(at).year for id_, at, _ in reports}
    for year in range(this - YEARS, this + 1):
        came = [(id_, codes) for id_, _, codes in reports if year_of[id_] == year]
        school = sum(kinds[id_] == "school" for id_, _ in came)
        violent = sum("violence" in codes for _, codes in came)
        led_to = sum(
            child_id is not None and year_of[report_of[child_id]] == year for _, _, child_id in investigations
        )
        days = [
            (closed - opened).days for opened, closed, _ in investigations if opened.year == year and closed
        ]
        assert len(came) == truth.get(f"reports_{year}", 0)
        assert school == truth.get(f"reports_by_school_{year}", 0)
        assert violent == truth.get(f"reports_of_violence_{year}", 0)
        assert led_to == truth.get(f"opened_of_reports_{year}", 0)
        assert sum(days) == truth.get(f"investigation_days_closed_{year}", 0)
        if year == this:
            continue
        printed = year_of_concern(size=SIZE, years_ago=this - year)
        assert len(came) == printed.reports
        assert school == printed.from_school
        assert violent == printed.of_violence
        assert led_to == pytest.approx(printed.investigations, abs=4)


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_the_statistics_of_the_lead_face_are_the_stated_truth(
    filled: tuple[Any, dict[str, int]], settings: Any, client_of: Any
) -> None:
    """Late ones, restarts, repeat reports, who reported, violence, days: each number of the page against the generator's."""
    made, truth = filled
    settings.HANDSLAG_SMALLEST_GROUP = 1
    analytics.refresh_all(by=SYSTEM, at=foundation.now())
    with foundation.acting(made.eva):
        years = analytics.children_statistics()
    assert {one.year: one.reports for one in years if one.reports} == _by_year(truth, "reports_")
    assert {one.year: one.investigations for one in years if one.investigations} == _by_year(
        truth, "investigations_"
    )

    def in_all(name: str) -> int:
        return sum(getattr(one, name) for one in years)

    assert in_all("children") == truth["children_in_reports"]
    assert in_all("violence") == truth["reports_of_violence"] > 0
    assert in_all("third_reports") == truth["third_reports"] > 0
    assert in_all("preliminary_late") == truth["preliminary_late"] > 0
    assert in_all("restarted") == truth["investigations_restarted"] > 0
    assert in_all("extended") == truth["investigations_extended"] > 0
    assert in_all("late") == truth["investigations_late"] > 0
    assert in_all("closed") == truth["investigations"] - truth["investigations_open"]
    days = sum((one.mean_days or 0) * one.closed for one in years)
    assert round(days) == truth["investigation_days_closed"]
    private = ("parent", "relative", "private")
    for who in analytics.BY:
        stated = private if who == "private" else (who,)
        assert sum(one.reported_by[who] for one in years) == sum(
            truth.get(f"reports_by_{one}", 0) for one in stated
        ), who
    page = " ".join(client_of(made.eva).get("/ledning/statistik/barn/").content.decode().split())
    rows = {
        "Tar vid efter en tidigare, med dess dagar": [one.restarted for one in years],
        "Klara efter sista dagen, eller öppna efter den": [one.late for one in years],
        "Tredje anmälan inom sex månader utan utredning": [one.third_reports for one in years],
    }
    for words, numbers in rows.items():
        cells = "".join(f'<td class="num">{number}</td>' for number in numbers)
        assert f'<th scope="row">{words}</th>{cells}' in page


def _by_year(truth: dict[str, int], begin: str) -> dict[int, int]:
    named = {key.removeprefix(begin): number for key, number in truth.items() if key.startswith(begin)}
    return {int(year): number for year, number in named.items() if year.isdigit()}


def _late_though_extended() -> int:
    """Extended clocks whose last day has passed and that nobody has marked yet: the night's work marks them."""
    return casework.LegalClock.objects.filter(
        rule="UTR", state="extended", closed_on=None, last_day__lt=foundation.today()
    ).count()


# What cannot be said of a child before an age, or from one.
NOT_BEFORE = {"berättade att en vuxen": 4, "sitt rum": 4, "skolan": 7, "stöld": 12, "onåring": 13}
NOT_FROM = {"spädbarn": 1, "famnen": 1, "gråter": 1, "lekte på golvet": 4}
TITLES = {
    "school": {"Lärare", "Rektor", "Kurator", "Mentor"},
    "preschool": {"Förskollärare", "Barnskötare", "Rektor"},
    "police": {"Polis i yttre tjänst", "Utredare"},
    "health_care": {"Sjuksköterska", "Läkare", "Psykolog"},
    "social_services": {"Socialsekreterare"},
    "": {"Förälder", "Släkting", "Granne", ""},
}


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_what_is_told_fits_the_childs_age_and_who_tells_it(
    filled: tuple[Any, dict[str, int]],
) -> None:
    assert filled[1]["reports"] > 100
    with foundation.acting(SYSTEM):
        told = children.ReportedChild.objects.select_related("report__reporter")
        rows = [
            (age_on(one.born, foundation.day_of(one.report.received_at)), one.report, one.report.reporter)
            for one in told
            if one.born
        ]
        said = [(age, report.what_seen) for age, report, _ in rows]
        born = dict(told.values_list("case_id", "born"))
        notes = casework.Note.objects.filter(state="signed", case_id__in=born)
        said += [
            (age_on(born[note.case_id], note.happened_on), note.body) for note in notes if note.happened_on
        ]
    ages = Counter(age for age, _ in said)
    assert {0, 3, 8, 15} <= set(ages) and "Handläggare" not in {reporter.name for _, _, reporter in rows}
    for age, text in said:
        assert not [word for word, first in NOT_BEFORE.items() if word in text and age < first], (age, text)
        assert not [word for word, last in NOT_FROM.items() if word in text and age >= last], (age, text)
    for age, _, reporter in rows:
        assert reporter.name in TITLES[reporter.profession], (reporter.profession, reporter.name)
        assert bool(reporter.employer) == bool(reporter.profession)
        assert reporter.profession != "school" or age >= 6
        assert reporter.profession != "preschool" or 1 <= age < 6
