"""`handslag simulate`: a changed figure over the decided assessments of a month, in sums, and nothing written."""

from decimal import Decimal

import pytest

from handslag.casework.models import Decision
from handslag.config.commands import simulate as command
from handslag.foundation.models import Event
from handslag.foundation.public import BadInput, Month
from handslag.income_support.models import Assessment
from handslag.income_support.operations import decisions
from handslag.income_support.rule_change import RuleChange, simulate, simulate_in_words
from handslag.income_support.rules.parameters import NoRules
from tests.income_support.applying import now, this_month
from tests.income_support.deciding import rules, with_worker

pytestmark = pytest.mark.django_db(databases=["default"])
SINGLE = "norm.adult.single"


@pytest.fixture
def decided(cast, settings):
    settings.DEMO = True
    rules(cast)
    made = with_worker(cast.elin, cast.asa)
    decisions.grant(application_id=made.application.id, by=cast.asa, at=now())
    return made


def test_a_higher_norm_gives_as_much_more_and_changes_nothing(decided, owner_count):
    before = owner_count()
    found = simulate(this_month(), figures={SINGLE: Decimal(6000)}, settings={})
    norm_now = next(line["amount"] for line in decided.row.system["lines"] if line["code"] == SINGLE)
    assert (found.assessments, found.told, found.more, found.less) == (1, 1, 1, 0)
    assert found.before_ore == decided.row.system["granted"] * 100
    assert found.after_ore - found.before_ore == (6000 - norm_now) * 100
    assert found.checked + found.one_by_one == 2
    assert owner_count() == before


@pytest.fixture
def owner_count():
    def count():
        from handslag.foundation import public as foundation

        with foundation.acting(foundation.system("test")):
            return Assessment.objects.count(), Decision.objects.count(), Event.objects.count()

    return count


def test_an_assessment_that_nothing_rests_on_is_not_counted(cast, settings):
    settings.DEMO = True
    rules(cast)
    with_worker(cast.elin, cast.asa)
    assert simulate(this_month(), figures={}, settings={}).assessments == 0


def test_so_few_are_not_told_in_sums(decided, settings):
    lines = simulate_in_words(str(this_month()), [f"{SINGLE}=6000"], ["lodger_rounding=krona_up"])
    assert lines == [
        f"{this_month()}: fewer than {settings.HANDSLAG_SMALLEST_GROUP} decided assessments that can be told; "
        "no sums are given."
    ]


def change(**more):
    given = {"assessments": 100, "told": 98, "before_ore": 1_234_567_89, "after_ore": 1_234_500_00, "more": 0, "less": 90}
    return RuleChange(Month(2026, 11), **{**given, "one_by_one": 3, "checked": 196, **more})


def test_the_sums_are_told_in_words():
    assert change().lines(5) == [
        "2026-11: 100 decided assessments, as the rules give them (without case workers' own values)",
        "granted with the rules of the month: 1 234 567.89 kr",
        "granted with the change: 1 234 500.00 kr (-67.89)",
        "more: 0; less: 90",
        "computed in columns, 3 line by line; 196 computed in both ways, no difference",
    ]


def test_neither_a_sum_nor_a_number_tells_of_the_few_who_are_touched():
    told = "\n".join(change(more=0, less=3).lines(5))
    assert "67.89" not in told and "less: fewer than 5" in told
    assert "fewer than 5" in "\n".join(change(more=2, less=90).lines(5))


@pytest.mark.parametrize(
    ("figures", "settings"),
    [
        (["norm.adult.triple=4000"], []),
        (["norm.adult.single"], []),
        (["norm.adult.single=much"], []),
        (["norm.adult.single=-4"], []),
        (["norm.adult.single=٣"], []),
        (["norm.adult.single=1.x"], []),
        (["norm.adult.single=99999999"], []),
        ([], ["row_broken_after_months=2"]),
        ([], ["lodger_rounding=down"]),
        ([], ["lodger_rounding"]),
    ],
)
def test_what_cannot_be_used_is_told(figures, settings, capsys, cast):
    with pytest.raises(NoRules):
        simulate_in_words("2026-11", figures, settings)
    assert command.main("2026-11", figures, settings) == 2
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("month", ["soon", "2026-13", "1999-01"])
def test_a_month_without_rules_or_no_month_is_told(month, capsys, cast):
    with pytest.raises(BadInput):
        simulate_in_words(month, [], [])
    assert command.main(month, [], []) == 2
    assert capsys.readouterr().out.strip()
