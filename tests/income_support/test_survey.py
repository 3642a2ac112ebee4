"""The twin in columns beside `assess_month`: no difference of one öre, nothing left out, and a stop when they differ."""

import ast
import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handslag.income_support import simulation
from handslag.income_support.parameter_files import default_settings, local_rules_in, rule_book
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.facts import (
    Adult,
    BadFacts,
    Child,
    Cost,
    Facts,
    Household,
    Income,
    Special,
)
from handslag.income_support.rules.parameters import SETTING_CHOICES, HighestRent, NoRules
from handslag.income_support.rules.read_facts import read_facts
from handslag.income_support.rules.rule_book import with_version
from handslag.income_support.simulation import SurveyDiffers, survey, survey_cases, survey_facts, survey_texts
from handslag.income_support.survey import from_texts
from handslag.income_support.survey.columns import Columns
from handslag.income_support.survey.figures import NotInOre, figures_of
from handslag.income_support.survey.from_cases import columns_of_cases
from handslag.income_support.survey.from_facts import columns_of_facts
from handslag.income_support.survey.reckon import reckon
from tests.income_support.many_households import cases

SOURCE = Path(simulation.__file__).parents[1]
MONTHS = {"2013-05": None, "2021-03": "vetlanda", "2024-12": "ekeby", "2026-11": "ekeby", "2025-06": None}
READ = ("lodger_rounding", "age_band_changes", "part_time_child_in_common_costs")
CHOICES = [dict(zip(READ, each, strict=True)) for each in product(*(SETTING_CHOICES[name] for name in READ))]
NOVEMBER = date(2026, 11, 1)


def rules_of(month, local=None, **chosen):
    first = date.fromisoformat(f"{month}-01")
    found = local_rules_in(local, first) if local else None
    return rule_book().parameters(first, settings=replace(default_settings(), **chosen), local=found)


def sums_of(result):
    """The sums of an assessment in öre, taken from its lines."""
    common = sum(line.amount for line in result.lines if line.code.startswith("norm.common"))
    ore = [
        amount * 100
        for amount in (
            result.norm - common,
            common,
            result.costs_approved,
            result.special_approved,
            result.incomes_counted,
            result.job_stimulus_disregarded,
            result.balance,
            result.granted,
        )
    ]
    assert all(each == int(each) for each in ore)
    return [result.answer == "cannot_tell", *map(int, ore)]


def columns_at(sums, number):
    norm = sums.personal + sums.common
    balance = sums.incomes - norm - sums.costs
    granted = np.maximum(sums.special - balance, 0)
    of_each = (
        sums.unknown, sums.personal, sums.common, sums.costs, sums.special, sums.incomes, sums.stimulus, balance, granted,
    )  # fmt: skip
    return [column[number].item() for column in of_each]


def require_the_same(rows, parameters):
    """Every covered household alike; gives how many were covered and how many cannot be assessed at all."""
    facts = [read_facts(row) for row in rows]
    columns = columns_of_facts(facts, parameters.month)
    from_cases = columns_of_cases(rows, parameters.month)
    for each in fields(Columns):
        assert np.array_equal(getattr(columns, each.name), getattr(from_cases, each.name)), each.name
    sums = reckon(columns, figures_of(parameters))
    covered = refused = 0
    for number, household in enumerate(facts):
        try:
            alone = assess_month(household, parameters=parameters)
        except BadFacts:
            assert sums.outside[number]
            refused += 1
            continue
        if not sums.outside[number]:
            covered += 1
            assert columns_at(sums, number) == sums_of(alone), rows[number]
    return covered, refused


# --- to the öre ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("month", "local"), MONTHS.items())
def test_thousands_of_households_come_out_to_the_ore(month, local):
    covered, refused = require_the_same(cases(4_000, month, seed=1), rules_of(month, local))
    assert covered > 2_300 and refused > 10


@pytest.mark.parametrize("chosen", CHOICES, ids=lambda chosen: "-".join(chosen.values()))
def test_under_every_setting_that_an_assessment_reads(chosen):
    covered, _ = require_the_same(cases(1_000, "2026-11", seed=2), rules_of("2026-11", "ekeby", **chosen))
    assert covered > 700


ores = st.integers(0, 3_000_000).map(lambda ore: ore // 100 if ore % 100 == 0 else ore / 100)
births = st.dates(date(2009, 1, 1), date(2026, 11, 30)).map(str)
households = st.builds(
    lambda adults, children, lodger, rents, needs, wages, benefits, row: {
        "month": "2026-11",
        "household": {
            "adults": [{"id": f"a{n}", "born": "1990-01-01"} for n in range(adults)],
            "cohabiting": adults == 2,
            "children": [
                {"id": f"c{n}", "born": born, "share": share, "lunch": lunch}
                for n, (born, share, lunch) in enumerate(children)
            ],
            "lodger_in_household_of": None if lodger == 0 else adults + len(children) + lodger,
        },
        "costs": [{"kind": "rent", "amount": amount} for amount in rents],
        "special": [{"kind": "pocket_money", "amount": amount} for amount in needs],
        "incomes": [{"kind": "salary", "of": "a0", "amount": amount} for amount in wages]
        + [{"kind": "pension", "of": None, "amount": amount} for amount in benefits],
        "history": {"months_with_aid_in_a_row": row},
    },
    st.integers(1, 2),
    st.lists(
        st.tuples(
            births, st.integers(1, 10_000).map(lambda n: n / 10_000), st.sampled_from(["home", "away"])
        ),
        max_size=6,
    ),
    st.integers(0, 5),
    st.lists(ores, max_size=3),
    st.lists(ores, max_size=2),
    st.lists(ores, max_size=3),
    st.lists(ores, max_size=3),
    st.one_of(st.none(), st.integers(0, 12)),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(households, min_size=1, max_size=20), st.sampled_from(CHOICES))
def test_whatever_the_household_and_the_settings(rows, chosen):
    covered, refused = require_the_same(rows, rules_of("2026-11", "ekeby", **chosen))
    assert (covered, refused) == (len(rows), 0)


@pytest.mark.parametrize("share", ["0.25", "0.333333", "0", "1"])
def test_whatever_share_the_job_stimulus_leaves_out(share):
    parameters = rules_of("2026-11", "ekeby")
    cell = replace(parameters.cell("job_stimulus.share"), value=Decimal(share))
    changed = with_version(replace(parameters, cells={**parameters.cells, cell.key: cell}))
    assert require_the_same(cases(1_000, "2026-11", seed=3), changed)[0] > 600


# --- always complete ----------------------------------------------------------------------------------------


def assessable(rows, parameters):
    kept = []
    for row in rows:
        try:
            assess_month(read_facts(row), parameters=parameters)
        except BadFacts:
            continue
        kept.append(row)
    return kept


@pytest.mark.parametrize(("month", "local"), [("2021-03", "vetlanda"), ("2026-11", "ekeby")])
def test_a_survey_answers_for_every_household(month, local):
    parameters = rules_of(month, local)
    rows = assessable(cases(2_000, month, seed=4), parameters)
    facts = [read_facts(row) for row in rows]
    by_cases, by_facts = survey_cases(rows, parameters=parameters), survey_facts(facts, parameters=parameters)
    assert len(by_cases) == len(by_facts) == len(rows)
    assert by_cases.one_by_one == by_facts.one_by_one > 5
    assert by_cases.checked == by_facts.checked == len(rows) - by_cases.one_by_one
    for number, each in enumerate(facts):
        alone = assess_month(each, parameters=parameters)
        for found in (by_cases, by_facts):
            assert columns_at(found, number) == sums_of(alone)
            assert found.granted[number] == alone.granted * 100 and found.norm[number] == alone.norm * 100
            assert found.is_granted[number] == (alone.answer == "granted")


@pytest.mark.parametrize("processes", [1, 2, None])
def test_cases_as_they_are_stored_are_read_by_one_or_by_all_in_their_order(monkeypatch, processes):
    monkeypatch.setattr(from_texts, "PART", 300)
    monkeypatch.setattr(from_texts, "FEWEST_SHARED", 0)
    parameters = rules_of("2026-11", "ekeby")
    rows = assessable(cases(1_000, "2026-11", seed=6), parameters)
    texts = [json.dumps(row) for row in rows]
    read, alone = (
        survey_texts(texts, parameters=parameters, processes=processes),
        survey_cases(rows, parameters=parameters),
    )
    assert [columns_at(read, number) for number in range(len(rows))] == [
        columns_at(alone, number) for number in range(len(rows))
    ]
    assert read.one_by_one == alone.one_by_one > 0
    with pytest.raises(ValueError):
        survey_texts([*texts, "{"], parameters=parameters, processes=processes)


def test_no_text_gives_no_sums():
    assert len(survey_texts([], parameters=rules_of("2026-11"))) == 0


def household(**more):
    return Facts(NOVEMBER, Household((Adult("a1", date(1990, 1, 1)),), more.pop("children", ())), **more)


@pytest.mark.parametrize(
    "odd",
    [
        household(incomes=(Income("child_work", "c1", Decimal(900), Decimal(0)),)),
        household(costs=(Cost("rent", Decimal("10000001")),)),
        household(children=(Child("c1", date(2015, 1, 1), share=Decimal("0.1234567")),)),
        household(children=(Child("c1", date(2008, 1, 1)),)),
        household(registers=(("fk", "late"),), special=(Special("other", Decimal("1E+9")),)),
        household(children=tuple(Child(f"c{n}", date(2015, 1, 1)) for n in range(45))),
    ],
    ids=["work of a child", "dear", "seven decimals", "perhaps a pupil", "very dear", "forty-six persons"],
)
def test_what_columns_do_not_cover_goes_through_assess_month_and_leaves_its_neighbours(odd):
    parameters = rules_of("2026-11", "ekeby")
    rows = [household(), odd, household(costs=(Cost("rent", Decimal("4000.55")),))]
    found = survey_facts(rows, parameters=parameters)
    assert (found.one_by_one, found.checked) == (1, 2)
    for number, each in enumerate(rows):
        assert columns_at(found, number) == sums_of(assess_month(each, parameters=parameters))


def test_several_rents_by_rooms_and_rooms_that_are_not_known():
    parameters = rules_of("2021-03", "vetlanda")
    rents = [(4000, 1), (4000, None), (5000, None), (5900, 2), (9900, 9)]
    rows = [
        {"month": "2021-03", "household": {"adults": [{"id": "a1", "born": "1990-01-01"}]},
         "costs": [{"kind": "rent", "amount": amount, "rooms": rooms} for amount, rooms in chosen]}
        for chosen in [*([each] for each in rents), rents[:2]]
    ]  # fmt: skip
    found = survey_cases(rows, parameters=parameters)
    assert found.costs.tolist() == [400000, 400000, 480000, 580000, 930000, 480000]
    assert found.unknown.tolist() == [False, False, True, False, False, False]
    assert found.one_by_one == 1


def test_nobody_gives_no_sums():
    found = survey_facts([], parameters=rules_of("2026-11"))
    assert (len(found), found.one_by_one, found.checked, found.granted.sum()) == (0, 0, 0, 0)


# --- never wrong in silence ---------------------------------------------------------------------------------


def test_a_household_that_cannot_be_assessed_stops_the_survey():
    parameters = rules_of("2026-11", "ekeby")
    born = {"month": "2026-11", "household": {"adults": [{"id": "a1", "born": "2010-01-01"}]}}
    with pytest.raises(BadFacts) as fault:
        survey_cases([born], parameters=parameters)
    assert fault.value.where == "household.adults[0].born"
    with pytest.raises(BadFacts):
        survey_cases([{**born, "month": 11}], parameters=parameters)
    with pytest.raises(ValueError, match="another month"):
        survey_facts([replace(household(), month=date(2026, 10, 1))], parameters=parameters)
    with pytest.raises(ValueError, match="whole öre"):
        survey_facts([household(costs=(Cost("electricity", Decimal("0.005")),))], parameters=parameters)


@pytest.mark.parametrize("wrong", ["12", True, None, [], float("nan"), 10_000_000.5, -1, 0.001])
def test_an_amount_that_is_no_amount_is_refused_by_its_path(wrong):
    row = {"month": "2026-11", "household": {"adults": [{"id": "a1", "born": "1990-01-01"}]},
           "incomes": [{"kind": "pension", "of": "a1", "amount": wrong}]}  # fmt: skip
    with pytest.raises(BadFacts) as fault:
        survey_cases([row], parameters=rules_of("2026-11", "ekeby"))
    assert fault.value.where == "incomes[0].amount"


def test_a_figure_finer_than_an_ore_or_missing_leaves_everybody_to_assess_month():
    parameters = rules_of("2026-11", "ekeby")
    fine = replace(parameters.cell("norm.child.7-10"), value=Decimal("4000.005"))
    finer = replace(parameters, cells={**parameters.cells, fine.key: fine})
    with pytest.raises(NotInOre):
        figures_of(finer)
    assert survey_facts([household()], parameters=finer).one_by_one == 1
    lacking = {key: cell for key, cell in parameters.cells.items() if key != "job_stimulus.length_months"}
    without = replace(parameters, cells=lacking)
    assert survey_facts([household()], parameters=without).one_by_one == 1
    with pytest.raises(NoRules):
        survey_facts([household(incomes=(Income("salary", "a1", Decimal(9)),))], parameters=without)


def test_one_ore_of_difference_stops_the_run_and_tells_no_facts():
    parameters = rules_of("2026-11", "ekeby")
    rows = [household(costs=(Cost("electricity", Decimal(300)),))] * 50
    columns = columns_of_facts(rows, NOVEMBER)
    columns.cost_ore[17] += 1
    with pytest.raises(SurveyDiffers) as fault:
        survey(columns, rows.__getitem__, parameters=parameters)
    assert fault.value.number == 17
    assert "costs 30001 and 30000" in str(fault.value)


def test_of_so_many_that_not_all_are_checked_some_are_drawn_anew_and_more_of_them_in_a_larger_town(
    monkeypatch,
):
    monkeypatch.setattr(simulation, "ALL_CHECKED_UP_TO", 999)
    parameters = rules_of("2026-11", "ekeby")
    rows = [household(costs=(Cost("electricity", Decimal(n)),)) for n in range(1_000)]
    columns = columns_of_facts(rows, NOVEMBER)

    def drawn(draw=None):
        asked = []
        survey(columns, lambda number: asked.append(number) or rows[number], parameters=parameters, draw=draw)
        return asked

    assert drawn(Random(1)) == drawn(Random(1)) != drawn(Random(2))
    assert drawn() != drawn()
    assert len(set(drawn())) == simulation.FEWEST_CHECKED
    monkeypatch.setattr(simulation, "ALL_CHECKED_UP_TO", 1_000)
    assert len(set(drawn())) == 1_000
    assert 100_000 // simulation.ONE_CHECKED_IN > simulation.FEWEST_CHECKED


def test_rents_by_household_and_no_highest_rent_at_all():
    parameters = rules_of("2026-11", "ekeby")
    assert parameters.local is not None
    for rents in (
        (),
        (HighestRent(Decimal("6000.50"), adults=2),),
        (HighestRent(Decimal(7000), children=2),),
    ):
        changed = replace(parameters, local=replace(parameters.local, rents=rents))
        assert require_the_same(cases(400, "2026-11", seed=5), changed)[0] > 250


# --- a decision never comes from columns --------------------------------------------------------------------

MAY_USE_COLUMNS = {"income_support/simulation.py", "income_support/rule_change.py"}
MAY_SIMULATE = {"income_support/rule_change.py", "config/commands/simulate.py"}


def imports_of(file):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_only_the_simulation_reads_columns():
    wrong = []
    for file in SOURCE.rglob("*.py"):
        here = file.relative_to(SOURCE).as_posix()
        for name in imports_of(file):
            of_survey = "income_support.survey" in name or name.split(".")[0] == "numpy"
            if of_survey and here not in MAY_USE_COLUMNS and not here.startswith("income_support/survey/"):
                wrong.append(f"{here}: {name}")
            simulates = "income_support.simulation" in name or "income_support.rule_change" in name
            if simulates and here not in MAY_SIMULATE:
                wrong.append(f"{here}: {name}")
    assert not wrong, wrong
