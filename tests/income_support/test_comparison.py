"""Control month against the month before: what becomes a warning, and under which key."""

from datetime import date
from decimal import Decimal

import pytest

from handslag.income_support.rules.benefits import BenefitRule, BenefitTable, Treatment, table_for
from handslag.income_support.rules.comparison import (
    ComparisonSettings,
    Figure,
    HomeNow,
    changed_by_more,
    find_warnings,
    unusual_costs,
)

TABLE = BenefitTable(
    {
        code: BenefitRule(code, treatment, "other", date(2016, 1, 1), None, "test", "confirmed")
        for code, treatment in {
            "FK:SJP": Treatment.COUNT,
            "FK:HE": Treatment.HUMAN,
            "FK:AS": Treatment.DISREGARDED,
        }.items()
    }
)
ALL_OK = {"a1": dict.fromkeys(("fk", "pm", "csn", "af", "so", "skv"), "ok")}
HOME = HomeNow(adults=1, children_born=("2018-01-15",), rent_kr=Decimal(5200))


def figure(code="FK:SJP", month="2026-10", amount=1000, of="a1"):
    return Figure("fk", code, code, of, month, Decimal(amount))


def found(*figures, states=ALL_OK, now=None, before=None, registered=None, special=()):
    return find_warnings(
        month="2026-11", control_month="2026-10", earlier_month="2026-09", figures=figures, states=states,
        benefits=TABLE, now=now, before=before, household_in_register=registered, special_kinds=special,
        settings=ComparisonSettings(),
    )  # fmt: skip


def kinds(*figures, **rest):
    return [finding.kind for finding in found(*figures, **rest)]


@pytest.mark.parametrize(
    ("before", "now", "warned"),
    [(1000, 1000, False), (1000, 1120, False), (1000, 1121, True), (1000, 880, False), (1000, 879, True)],
)
def test_a_change_above_the_threshold_is_shown(before, now, warned):
    assert (kinds(figure(amount=now), figure(month="2026-09", amount=before)) == ["INCOME_CHANGE"]) is warned


def test_from_nothing_to_something_is_a_change():
    assert changed_by_more(Decimal(0), Decimal(1), Decimal(12))
    assert not changed_by_more(Decimal(0), Decimal(0), Decimal(12))


def test_payments_of_one_benefit_in_a_month_are_added():
    assert kinds(figure(amount=600), figure(amount=400), figure(month="2026-09", amount=1000)) == []


def test_vanished_and_new():
    assert kinds(figure(month="2026-09")) == ["INCOME_DROPPED"]
    assert kinds(figure()) == ["NEW_INCOME"]


def test_a_benefit_that_a_person_must_judge_and_one_that_nobody_knows():
    assert kinds(figure("FK:HE")) == ["UNHANDLED_INCOME"]
    assert kinds(figure("XX:NEW"), figure("XX:NEW", month="2026-09")) == ["UNHANDLED_INCOME"]


def test_what_is_left_out_is_not_compared():
    assert kinds(figure("FK:AS")) == []


def test_every_agency_that_did_not_answer_is_named():
    states = {"a1": {**ALL_OK["a1"], "so": "error"}, "a2": {"fk": "ok"}}
    missing = [(f.values["of"], f.values["agency"]) for f in found(states=states)]
    assert missing == [("a1", "so"), ("a2", "pm"), ("a2", "csn"), ("a2", "af"), ("a2", "so"), ("a2", "skv")]


def test_household_against_last_time_and_against_the_register():
    other = HomeNow(adults=2, children_born=("2018-01-15",), rent_kr=Decimal(5200))
    assert kinds(now=HOME, before=HOME, registered=HOME) == []
    assert kinds(now=HOME, before=other, registered=other) == ["HOUSEHOLD_CHANGE", "HOUSEHOLD_CHANGE"]


def test_a_changed_rent():
    dearer = HomeNow(adults=1, children_born=("2018-01-15",), rent_kr=Decimal(5300))
    assert kinds(now=dearer, before=HOME) == ["HOUSING_COST_CHANGE"]


def test_special_needs_are_examined():
    assert kinds(special=("medicine", "medicine")) == ["EXPENSE_REVIEW"]


def test_the_same_finding_has_the_same_key_whatever_the_order():
    one, two = figure(), figure("FK:HE")
    assert {f.key for f in found(one, two)} == {f.key for f in found(two, one)}


def test_two_rows_for_one_benefit_are_an_error():
    rule = TABLE.rules["FK:SJP"]
    with pytest.raises(ValueError, match="two rows"):
        table_for((rule, rule), date(2026, 1, 1))


def test_the_shipped_table_reads():
    from handslag.income_support.tables import benefits_on, settings_on

    assert benefits_on(date(2026, 10, 1)).treatment_of("FK:SJP") is Treatment.COUNT
    assert benefits_on(date(2026, 10, 1)).treatment_of("FK:XYZ") is Treatment.HUMAN
    assert settings_on(date(2026, 11, 22)).comparison.change_percent == 12


@pytest.mark.parametrize(("amount", "is_unusual"), [(300, False), (2000, False), (2001, True), (6200, True)])
def test_a_cost_above_the_setting_is_unusually_high(amount, is_unusual):
    settings = ComparisonSettings(unusual_kr={"electricity": Decimal(2000)})
    raised = find_warnings(
        month="2026-11", control_month="2026-10", earlier_month="2026-09", figures=(), states=ALL_OK, benefits=TABLE,
        now=None, before=None, household_in_register=None, settings=settings,
        costs=[("electricity", Decimal(amount)), ("union_fee", Decimal(9000))],
    )  # fmt: skip
    assert [one.kind for one in raised] == (["EXPENSE_UNUSUAL"] if is_unusual else [])


def test_two_costs_of_a_kind_are_judged_together_and_the_shipped_setting_reads():
    from handslag.income_support.tables import settings_on

    settings = settings_on(date(2026, 11, 22)).comparison
    two = [("electricity", Decimal(1200)), ("electricity", Decimal(1200))]
    assert unusual_costs(two, settings) == {"electricity": (Decimal(2400), Decimal(2000))}
