"""The measurements start and agree with what they measure. No clock is asserted: `make bench` tells the figures."""

import importlib
import re

import pytest
from django.db import connection

from benchmarks.__main__ import NAMES
from benchmarks.assess import run
from benchmarks.assess.households import as_case, as_rows, households, parameters
from benchmarks.table import at
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.read_facts import read_facts
from handslag.income_support.simulation import survey_cases, survey_facts


@pytest.mark.parametrize("name", NAMES)
def test_each_measurement_can_be_started(name):
    assert callable(importlib.import_module(f"benchmarks.{name}").run)


def test_assessing_is_measured_without_the_other_program(capsys):
    assert set(run(0.001, with_openfisca=False)) == {"one", "many"}
    assert "| one household, median |" in capsys.readouterr().out


def test_many_at_once_give_to_the_ore_what_one_gives():
    rows, rules = households(2_000), parameters()
    alone = [assess_month(facts, parameters=rules) for facts in rows]
    for together in (
        survey_facts(rows, parameters=rules),
        survey_cases([as_case(facts) for facts in rows], parameters=rules),
    ):
        assert together.granted.tolist() == [each.granted * 100 for each in alone]
        assert together.balance.tolist() == [each.balance * 100 for each in alone]
        assert together.one_by_one == 0


def test_a_stored_case_is_the_same_household():
    assert [read_facts(as_case(facts)) for facts in households(200)] == households(200)


def test_the_other_program_gets_the_same_households():
    facts = households(20)[7]
    row = as_rows(facts)
    assert len(row["persons"]) == facts.household.size
    assert sum(each["salary"] + each["other_income"] for each in row["persons"]) == sum(
        each.amount for each in facts.incomes
    )


def test_shares_are_taken_by_nearest_rank():
    assert (at([3.0, 1.0, 2.0], 0.5), at([1.0] * 94 + [9.0] * 6, 0.95)) == (2.0, 9.0)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["reception.fill", "family.fill", "children"])
def test_what_a_town_is_filled_with_has_every_column_that_must_be_said(name):
    """A column that was added to a table would else end the measurement first when somebody measures."""
    rows = importlib.import_module(f"benchmarks.{name}").ROWS
    written = re.findall(r"INSERT INTO (\w+) \(([^)]*)\)", rows)
    assert written
    for table, columns in written:
        with connection.cursor() as cursor:
            cursor.execute(MUST_BE_SAID, {"table": table})
            must = {column for (column,) in cursor.fetchall()}
        assert must <= {column.strip() for column in columns.split(",")}, table


# Neither given by the table itself nor by a trigger that fills the row.
MUST_BE_SAID = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %(table)s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
  AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = %(table)s::regclass AND NOT tgisinternal AND tgtype & 6 = 6 AND tgtype & 1 = 1)
"""
