"""The case worker's values over the system's: what follows from a salary by rule follows from the changed one too."""

from decimal import Decimal

import pytest

from handslag.income_support.parameter_files import default_settings, rule_book
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.assessment import JOB_STIMULUS
from handslag.income_support.rules.changes import Change, apply_changes, assess_changed
from handslag.income_support.rules.read_facts import read_facts
from tests.income_support.test_rules_assess_month import case, lines, notes

SINCE = {"months_with_aid_in_a_row": 8, "job_stimulus_since": "2025-01"}


def month(**more):
    facts = read_facts(case(**more))
    parameters = rule_book().parameters(facts.month, settings=default_settings())
    return facts, assess_month(facts, parameters=parameters), parameters


def changed(*changes, **more):
    facts, system, parameters = month(**more)
    return system, assess_changed(facts, system, [Change(key, Decimal(kr)) for key, kr in changes], parameters=parameters)


def salary(kr, of="a1"):
    return {"kind": "salary", "of": of, "amount": kr}


def test_the_stimulus_follows_the_changed_salary():
    system, result = changed(("income.salary:a1", 6000), incomes=[salary(4000)], history=SINCE)
    assert lines(system)[f"{JOB_STIMULUS}:a1"] == -1000
    assert lines(result)["income.salary:a1"] == 6000
    assert lines(result)[f"{JOB_STIMULUS}:a1"] == -1500
    assert result.incomes_counted == 4500
    assert result.granted == system.granted - 1500


def test_a_salary_of_nothing_leaves_no_stimulus_and_an_added_one_brings_it():
    _system, gone = changed(("income.salary:a1", 0), incomes=[salary(4000)], history=SINCE)
    assert f"{JOB_STIMULUS}:a1" not in lines(gone) and gone.incomes_counted == 0
    _system, added = changed(("income.salary:a1", 2000), incomes=[], history=SINCE)
    assert lines(added)[f"{JOB_STIMULUS}:a1"] == -500
    two = [salary(4000), salary(1000)]
    _system, second = changed(("income.salary:a1#2", 3000), incomes=two, history=SINCE)
    assert lines(second)[f"{JOB_STIMULUS}:a1"] == -1000 and lines(second)[f"{JOB_STIMULUS}:a1#2"] == -750


def test_a_stimulus_that_the_case_worker_changed_stands():
    key = f"{JOB_STIMULUS}:a1"
    _system, result = changed(("income.salary:a1", 6000), (key, -200), incomes=[salary(4000)], history=SINCE)
    assert lines(result)[key] == -200


def test_an_added_salary_with_an_unknown_history_cannot_be_told():
    system, result = changed(("income.salary:a1", 2000), incomes=[], history={})
    assert system.answer != "cannot_tell" and result.answer == "cannot_tell"
    assert "history.months_with_aid_in_a_row" in result.missing


@pytest.mark.parametrize("other", [("cost.rent", 4000), ("income.other:a1", 300), ("norm.adult:a1", 1)])
def test_other_changes_are_laid_over_as_they_are(other):
    facts, system, parameters = month(incomes=[salary(4000)], history=SINCE, costs=[{"kind": "electricity", "amount": 300}])
    change = [Change(other[0], Decimal(other[1]))]
    assert assess_changed(facts, system, change, parameters=parameters) == apply_changes(system, change)
    assert assess_changed(facts, system, [], parameters=parameters) is system
    assert notes(system) == notes(assess_changed(facts, system, change, parameters=parameters))
