"""The demo's years of concern for children: what the product counts is the truth that the demo states."""

from collections.abc import Iterator
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.demo import cast as demo_cast
from handslag.demo.children_history import copy_children
from handslag.demo.population import DEFAULT_DAY, generate_population
from handslag.demo.residents import copy_residents
from handslag.foundation import public as foundation

SYSTEM = foundation.system("test")
SIZE, SEED = 1_500, 3


@pytest.fixture
def filled(transactional_db: None) -> Iterator[tuple[Any, dict[str, int]]]:
    """A small municipality with three years of reports, and the truth that its filling states."""
    people = generate_population(size=SIZE, seed=SEED, day=DEFAULT_DAY)
    copy_residents(people, seed=SEED, size=SIZE, say=lambda _words: None)
    made = demo_cast.make_cast(by=SYSTEM, at=foundation.now())
    yield made, copy_children(made, size=SIZE, years=3, seed=SEED)


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


def _late_though_extended() -> int:
    """Extended clocks whose last day has passed and that nobody has marked yet: the night's work marks them."""
    return casework.LegalClock.objects.filter(
        rule="UTR", state="extended", closed_on=None, last_day__lt=foundation.today()
    ).count()
