"""Every calculation of tests/golden/income_support, line by line, and the sums that span several months or years."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from handslag.income_support.parameter_files import default_settings, local_rules_in, rule_book
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.read_facts import read_facts

FOLDER = Path(__file__).parents[1] / "golden" / "income_support"
SITUATIONS = [
    row for file in sorted(FOLDER.glob("*.yaml")) for row in yaml.safe_load(file.read_text("utf-8"))
]


def assessed(case):
    facts = read_facts(case)
    local = local_rules_in(facts.local_rules, facts.month) if facts.local_rules else None
    return assess_month(
        facts, parameters=rule_book().parameters(facts.month, settings=default_settings(), local=local)
    )


@pytest.mark.parametrize("situation", SITUATIONS, ids=[row["id"] for row in SITUATIONS])
def test_golden_situation(situation):
    assert {"id", "what", "source", "reviewed_by", "case", "expect"} == set(situation)
    answer, expect = assessed(situation["case"]).as_answer(), dict(situation["expect"])
    sums = {}
    for line in answer["lines"]:
        sums[line["code"]] = sums.get(line["code"], 0) + line["amount"]
    lines, alone = expect.pop("lines", {}), expect.pop("alone", False)
    assert {code: sums.get(code) for code in lines} == lines
    assert not alone or set(sums) == set(lines)
    assert {name: answer[name] for name in expect} == expect


def single(month):
    return assessed({"month": month, "household": {"adults": [{"id": "a1", "born": "1980-01-01"}]}})


def couple(month):
    adults = [{"id": "a1", "born": "1980-01-01"}, {"id": "a2", "born": "1980-01-01"}]
    return assessed({"month": month, "household": {"adults": adults, "cohabiting": True}})


@pytest.mark.parametrize(
    ("year", "alone", "together"),
    [
        (2017, 3930, 6430), (2018, 4000, 6540), (2019, 4080, 6670), (2020, 4160, 6800), (2021, 4180, 6830),
        (2022, 4250, 6950), (2023, 4620, 7550), (2024, 5030, 8210), (2025, 5180, 8450), (2026, 5220, 8510),
    ],
)  # fmt: skip
def test_c1_norm_of_each_year(year, alone, together):
    assert single(f"{year}-01").norm == single(f"{year}-12").norm == alone
    assert couple(f"{year}-01").norm == couple(f"{year}-12").norm == together


@pytest.mark.parametrize(("children", "common"), [(6, 3000), (7, 3190)])
def test_c4_more_than_seven_persons(children, common):
    adults = [{"id": "a1", "born": "1980-01-01"}, {"id": "a2", "born": "1980-01-01"}]
    born = [{"id": f"c{number}", "born": "2015-01-01"} for number in range(children)]
    household = {"adults": adults, "cohabiting": True, "children": born}
    lines = assessed({"month": "2025-03", "household": household}).lines
    assert sum(line.amount for line in lines if line.code.startswith("norm.common")) == common


def test_p10_six_months_of_a_person_in_a_shared_home():
    household = {"adults": [{"id": "a1", "born": "1980-01-01"}], "lodger_in_household_of": 5}
    months = [assessed({"month": f"2026-{month:02d}", "household": household}) for month in range(1, 7)]
    norm = sum(month.norm for month in months)
    assert norm == 26436
    balance = Decimal(12300) - norm - 5153
    assert balance == -19289
    assert 1000 - balance == 20289  # the page prints this as its sum and deficit


def test_c9_over_the_whole_year():
    earned, counted = 0, Decimal(0)
    for month in range(1, 11):
        household = {
            "adults": [{"id": "a1", "born": "1985-01-01"}],
            "children": [{"id": "c1", "born": "2009-01-15", "pupil": True}],
        }
        income = {"kind": "child_work", "of": "c1", "amount": 7000, "earned_earlier_this_year": earned}
        result = assessed({"month": f"2026-{month:02d}", "household": household, "incomes": [income]})
        assert result.incomes_counted == 0 or earned + 7000 > 59200
        counted += result.incomes_counted
        earned += 7000
    assert (earned, counted) == (70000, 10800)
