"""The statistics follow the casework: step by step, again without change, and to the demo's own truth."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from handslag.analytics import public as analytics
from handslag.analytics.pseudonym import pseudonym
from handslag.casework import public as casework
from handslag.demo import aid_history
from handslag.demo import cast as demo_cast
from handslag.demo.aid_plan import plan_spells
from handslag.demo.population import DEFAULT_DAY, generate_population
from handslag.demo.residents import copy_residents
from handslag.demo.rules_of_demo import enter_rules
from handslag.demo.who import SUPPORT
from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support.models import Assessment
from handslag.people import public as people
from tests.analytics.aid import decided, opened
from tests.cast import Cast

SYSTEM = foundation.system("test")


def rows(table: str) -> list[Any]:
    with foundation.acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM stats.{table} ORDER BY 1")
        return cursor.fetchall()


def refresh() -> analytics.Refreshed:
    return analytics.refresh_all(by=SYSTEM, at=foundation.now())


@pytest.mark.django_db(databases=["default"])
def test_a_decision_is_counted_under_pseudonyms(cast: Cast) -> None:
    decision = decided(cast)
    assert refresh().cases == 1
    [case], [made] = rows("case_fact"), rows("decision_fact")
    assert case[0] == made[1] == pseudonym("case", decision.case_id) != decision.case_id
    assert case[1] == made[2] == pseudonym("person", cast.elin.person_id)
    assert case[3] == "income_support"
    assert made[4:8] == ("income_support", "income_support.grant", "granted", False)


@pytest.mark.django_db(databases=["default"])
def test_only_what_has_happened_since_is_counted_and_again_changes_nothing(cast: Cast) -> None:
    first = opened(cast)
    assert refresh().cases == 1
    assert refresh().cases == 0, "its own event is no casework"
    second = opened(cast, who="farid")
    assert refresh().cases == 1
    before = (rows("case_fact"), rows("decision_fact"))
    with foundation.acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("UPDATE stats.refreshed SET last_event = 0")
    assert refresh().cases == 2, "from the beginning"
    assert (rows("case_fact"), rows("decision_fact")) == before
    casework.close_case(case_id=second.id, because="self_supporting", by=cast.asa, at=foundation.now())
    refresh()
    assert {row[0]: row[5] is not None for row in rows("case_fact")} == {
        pseudonym("case", first.id): False, pseudonym("case", second.id): True,
    }  # fmt: skip


@pytest.mark.django_db(databases=["default"])
def test_a_protected_person_is_counted_and_nothing_more(cast: Cast) -> None:
    case = opened(cast, who="hugo")
    mine = opened(cast)
    refresh()
    told = {row[0]: (row[1], row[6], row[7]) for row in rows("case_fact")}
    assert told[pseudonym("case", case.id)] == (None, "unknown", "unknown")
    assert told[pseudonym("case", mine.id)][0] is not None
    people.protect_person(
        person_id=cast.elin.person_id,
        mark="secrecy_mark",
        named_account_ids=[cast.carina.account_id],
        by=SYSTEM,
        at=foundation.now(),
    )
    refresh()
    told = {row[0]: (row[1], row[6], row[7]) for row in rows("case_fact")}
    assert told[pseudonym("case", mine.id)] == (None, "unknown", "unknown"), (
        "a later mark reaches what was counted before"
    )


@pytest.mark.django_db(databases=["default"])
def test_what_is_not_sealed_waits(cast: Cast) -> None:
    opened(cast)
    assert analytics.refresh_statistics(by=SYSTEM, at=foundation.now()).cases == 0
    assert refresh().cases == 1


@pytest.mark.django_db(databases=["default"])
def test_a_log_that_was_set_back_makes_the_statistics_begin_anew(cast: Cast) -> None:
    opened(cast)
    refresh()
    with foundation.acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("UPDATE stats.refreshed SET last_event = 999999999")
        cursor.execute("UPDATE stats.case_fact SET case_key = gen_random_uuid()")
    refresh()
    assert len(rows("case_fact")) == 1


@pytest.mark.django_db(databases=["default"])
def test_each_leads_units_are_counted_and_small_groups_hidden(cast: Cast, settings: Any) -> None:
    for _ in range(5):
        decided(cast)
    decided(cast, case=opened(cast, who="farid"))
    refresh()
    with foundation.acting(cast.carina):
        [kind] = analytics.case_statistics(months=1)
        row = kind.months[0]
        assert (row.opened, row.open, row.decided, row.outcomes["granted"], row.automated) == (6, 6, 6, 6, 0)
        [aid] = analytics.aid_statistics(months=1)
        assert (aid.households, aid.granted_kr) == (6, 6 * 4180)
        settings.HANDSLAG_SMALLEST_GROUP = 7
        assert analytics.case_statistics(months=1)[0].months[0].opened == analytics.HIDDEN
        assert analytics.aid_statistics(months=1)[0].granted_kr is None
    for actor in (cast.asa, cast.elin, cast.david):
        with foundation.acting(actor):
            assert analytics.case_statistics(months=1) == []
            assert analytics.aid_statistics(months=1) == []


@pytest.mark.django_db(databases=["default"])
def test_a_step_on_the_way_is_no_grant_and_no_part_of_the_shares(cast: Cast, settings: Any) -> None:
    """To open or close an investigation is counted apart: it would make the share of what is granted larger than it is."""
    case = opened(cast)
    decided(cast, case=case)
    casework.decide(
        case_id=case.id, type="income_support.grant", outcome="decided", legal_ground="SoL 12:1", reason="Ett steg.",
        procedural=True, by=cast.asa, at=foundation.now(),
    )  # fmt: skip
    refresh()
    settings.HANDSLAG_SMALLEST_GROUP = 1
    with foundation.acting(cast.carina):
        row = analytics.case_statistics(months=1)[0].months[0]
    assert (row.decided, row.outcomes["granted"], row.outcomes["decided"]) == (2, 1, 1)


@pytest.fixture
def small_demo(transactional_db: None) -> Iterator[tuple[Any, dict[str, int]]]:
    """A small municipality with a year of economic aid, and the truth that its filling states."""
    by, at, size = SYSTEM, foundation.now(), 1_500
    copy_residents(
        generate_population(size=size, seed=3, day=DEFAULT_DAY), seed=3, size=size, say=lambda _words: None
    )
    made = demo_cast.make_cast(by=by, at=at)
    enter_rules(made)
    this = Month.of(foundation.today())
    months = [this.plus(-n) for n in range(12, -1, -1)]
    people_ = generate_population(size=size, seed=3, day=DEFAULT_DAY)
    yield (
        made,
        aid_history.copy_spells(made, plan_spells(people_, size=size, months=months, seed=3), draw=Random(8)),
    )


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_the_figures_are_the_demos_stated_truth(
    small_demo: tuple[Any, dict[str, int]], settings: Any
) -> None:
    made, truth = small_demo
    assert truth["applications"] > 100
    refresh()
    settings.HANDSLAG_SMALLEST_GROUP = 1
    with foundation.acting(made.carina):
        [kind] = analytics.case_statistics(months=40)
        aid = analytics.aid_statistics(months=40)
    months = kind.months
    assert sum(row.opened for row in months) == truth["cases"]
    assert sum(row.decided for row in months) == truth["applications"] - truth.get("waiting", 0)
    for outcome in ("granted", "partly_granted", "refused"):
        assert sum(row.outcomes[outcome] for row in months) == truth.get(outcome, 0), outcome
    assert sum(row.automated for row in months) == truth["automated"]
    assert sum(row.received for row in aid) == truth["applications"]
    assert sum(int(row.granted_kr or 0) for row in aid) == pytest.approx(
        truth["paid_kr"], abs=truth["applications"]
    )
    assert months[0].open == sum(row.opened for row in months) - sum(row.closed for row in months)
    assert made.units[SUPPORT] is not None
    assert foundation.now() - timedelta(minutes=5) < (analytics.statistics_as_of() or foundation.now())
    with foundation.acting(foundation.system("test")):
        notes = [note for row in Assessment.objects.all() for note in row.result["notes"]]
    assert notes and all("values" in note for note in notes), "else they are told in English alone"
