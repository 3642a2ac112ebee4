"""`handslag assess`: what is printed, and that bad input is told by its exact path with exit status 2."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handslag.income_support.case_file import main
from handslag.income_support.case_text import MOST_BYTES, read_case_text
from handslag.income_support.rules.facts import BadFacts

GOOD = """
# single adult, one room, rent above the highest accepted rent
month: 2021-03
local_rules: vetlanda
household:
  adults: [{id: a1, born: 1986-04-02}]
  cohabiting: false
  children:
    - {id: c1, born: 2018-01-15, lunch: home, share: 1, pupil: true}
  lodger_in_household_of: null
costs:
  - {kind: rent, amount: 5200, rooms: 1}
  - {kind: electricity, amount: 300}
special:
  - {kind: spectacle_frames, amount: 900}
incomes:
  - {kind: salary, of: a1, amount: 8000}
  - {kind: child_allowance, of: a1, amount: 1250}
registers: {fk: ok, csn: ok}
history: {months_with_aid_in_a_row: 6, job_stimulus_since: null}
"""

# The machine may be busy: no deadline for one example.
unhurried = settings(deadline=None)


def run(tmp_path, text):
    file = tmp_path / "case.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    status, printed = main(str(file))
    return status, json.loads(printed)


def test_the_answer_has_all_its_keys(tmp_path):
    status, answer = run(tmp_path, GOOD)
    assert status == 0
    assert list(answer) == [
        "month", "answer", "norm", "costs_approved", "special_approved", "incomes_counted", "job_stimulus_disregarded",
        "balance", "deficit", "surplus", "granted", "lines", "missing", "notes", "rule_version", "rules_status",
    ]  # fmt: skip
    assert (answer["norm"], answer["costs_approved"], answer["special_approved"]) == (
        3160 + 2170 + 1130,
        5100,
        714,
    )
    assert (answer["incomes_counted"], answer["job_stimulus_disregarded"]) == (7250, 2000)
    assert all(
        list(line) == ["code", "of", "label", "applied", "amount", "source", "status"]
        for line in answer["lines"]
    )
    assert all(list(note) == ["code", "text"] for note in answer["notes"])


def test_numbers_are_printed_whole_or_with_at_most_two_decimals(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(GOOD.replace("amount: 300}", "amount: 300.10}").replace("share: 1", "share: 0.3333"))
    _, printed = main(str(file))
    assert '"costs_approved": 5100.1,' in printed
    assert '"norm": 5013.26,' in printed
    assert '"granted": ' in printed and "E+" not in printed


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("month: 2021-03", "month: 2021-13", "month"),
        ("month: 2021-03", "month: 2021-3", "month"),
        ("month: 2021-03", "month: 2021-03-01", "month"),
        ("month: 2021-03", "month: 2031-03", "month"),
        ("month: 2021-03", "", "month"),
        ("local_rules: vetlanda", "local_rules: atlantis", "local_rules"),
        ("local_rules: vetlanda", "local_rules: ../../etc/passwd", "local_rules"),
        ("incomes:", "incoms:", "incoms"),
        ("born: 2018-01-15", "born: 2018-02-30", "household.children[0].born"),
        ("born: 2018-01-15", "born: 2021-04-01", "household.children[0].born"),
        ("born: 2018-01-15", "born: 20180115", "household.children[0].born"),
        ("born: 2018-01-15", "born: 1000-01-15", "household.children[0].born"),
        ("lunch: home", "lunch: school", "household.children[0].lunch"),
        ("lunch: home", "lunsch: home", "household.children[0].lunsch"),
        ("share: 1", "share: 0", "household.children[0].share"),
        ("share: 1", "share: 1.01", "household.children[0].share"),
        ("share: 1", "share: 1e-300", "household.children[0].share"),
        ("pupil: true", "pupil: 1", "household.children[0].pupil"),
        ("id: c1", "id: a1", "household.children[0].id"),
        ("id: a1, born: 1986-04-02", "born: 1986-04-02", "household.adults[0].id"),
        ("adults: [{id: a1, born: 1986-04-02}]", "adults: []", "household.adults"),
        ("adults: [{id: a1, born: 1986-04-02}]", "adults: {id: a1}", "household.adults"),
        ("cohabiting: false", "cohabiting: true", "household.cohabiting"),
        ("cohabiting: false", "cohabiting: maybe", "household.cohabiting"),
        ("lodger_in_household_of: null", "lodger_in_household_of: 2", "household.lodger_in_household_of"),
        ("lodger_in_household_of: null", "lodger_in_household_of: 2.5", "household.lodger_in_household_of"),
        ("amount: 5200", "amount: -1", "costs[0].amount"),
        ("amount: 5200", "amount: .nan", "costs[0].amount"),
        ("amount: 5200", "amount: .inf", "costs[0].amount"),
        ("amount: 5200", "amount: true", "costs[0].amount"),
        ("amount: 5200", "amount: '5200'", "costs[0].amount"),
        ("amount: 5200", "amount: 5200 kr", "costs[0].amount"),
        ("amount: 5200", "amount: 5200.005", "costs[0].amount"),
        ("amount: 5200", "amount: 99999999999", "costs[0].amount"),
        ("amount: 5200", "amount: 05200", "costs[0].amount"),
        ("amount: 5200", "amount: null", "costs[0].amount"),
        ("rooms: 1", "rooms: 0", "costs[0].rooms"),
        ("rooms: 1", "rooms: 1.5", "costs[0].rooms"),
        ("{kind: electricity, amount: 300}", "{kind: electricity, amount: 300, rooms: 2}", "costs[1].rooms"),
        ("{kind: electricity, amount: 300}", "[electricity, 300]", "costs[1]"),
        ("kind: rent", "kind: mortgage", "costs[0].kind"),
        ("kind: spectacle_frames", "kind: spectacles", "special[0].kind"),
        ("kind: salary, of: a1", "kind: salary, of: c1", "incomes[0].of"),
        ("kind: salary, of: a1", "kind: salary", "incomes[0].of"),
        ("kind: salary, of: a1", "kind: wage, of: a1", "incomes[0].kind"),
        ("kind: child_allowance, of: a1", "kind: child_work, of: a1", "incomes[1].of"),
        ("kind: child_allowance, of: a1", "kind: child_allowance, of: nobody", "incomes[1].of"),
        (
            "amount: 1250}",
            "amount: 1250, earned_earlier_this_year: 5}",
            "incomes[1].earned_earlier_this_year",
        ),
        ("fk: ok", "fk: perhaps", "registers.fk"),
        ("fk: ok", "bank: ok", "registers.bank"),
        ("months_with_aid_in_a_row: 6", "months_with_aid_in_a_row: -1", "history.months_with_aid_in_a_row"),
        ("months_with_aid_in_a_row: 6", "months_with_aid_in_a_row: 6.0", "history.months_with_aid_in_a_row"),
        ("job_stimulus_since: null", "job_stimulus_since: 2021-04", "history.job_stimulus_since"),
        ("  cohabiting: false", "  cohabiting: false\n  cohabiting: false", "household.cohabiting"),
        ("month: 2021-03", "month: 2021-03\nmonth: 2021-04", "month"),
        ("{kind: electricity, amount: 300}", "{kind: rent, kind: rent, amount: 1}", "costs[1].kind"),
        ("local_rules: vetlanda", "local_rules: &x vetlanda", "local_rules"),
        ("local_rules: vetlanda", "local_rules: !!str vetlanda", "local_rules"),
        ("local_rules: vetlanda", "local_rules: *x", "local_rules"),
    ],
)
def test_bad_input_is_told_by_path(tmp_path, old, new, where):
    assert old in GOOD
    status, answer = run(tmp_path, GOOD.replace(old, new, 1))
    assert status == 2
    assert set(answer) == {"error"}
    assert set(answer["error"]) == {"where", "what", "do"}
    assert answer["error"]["where"] == where
    assert answer["error"]["what"] and answer["error"]["do"]


@pytest.mark.parametrize(
    "text",
    [
        "", "# nothing\n", "null", "- a\n- b\n", "just words", "a: [", "a: 'x", "\t- x", "{" * 50, "[" * 5000, "? [a, b]\n: c",
        "month: 2025-03\nhousehold: 5", "a: 1\n---\nb: 2\n", b"\xff\xfe\x00", b"month: \x00", "x" * (MOST_BYTES + 1), "a: &b [*b, *b]",
    ],
)  # fmt: skip
def test_what_is_no_case_is_told(tmp_path, text):
    status, answer = run(tmp_path, text)
    assert (status, set(answer)) == (2, {"error"})
    assert answer["error"]["what"] and answer["error"]["do"]


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        status, printed = main(str(path))
        assert status == 2
        assert "cannot be read" in json.loads(printed)["error"]["what"]


def test_two_adults_who_are_no_couple_are_two_cases(tmp_path):
    two = GOOD.replace(
        "[{id: a1, born: 1986-04-02}]", "[{id: a1, born: 1986-04-02}, {id: a2, born: 1986-04-02}]"
    )
    status, answer = run(tmp_path, two)
    assert (status, answer["error"]["where"]) == (2, "household.cohabiting")
    status, answer = run(tmp_path, two.replace("cohabiting: false", "cohabiting: true"))
    assert (status, answer["lines"][0]["code"], answer["lines"][0]["amount"]) == (
        0,
        "norm.adult.cohabiting",
        5700,
    )


def test_json_is_read_as_it_is_yaml_too(tmp_path):
    case = {"month": "2025-03", "household": {"adults": [{"id": "a1", "born": "1980-01-01"}]}}
    assert run(tmp_path, json.dumps(case))[1]["norm"] == 5180


def test_nothing_of_the_web_is_loaded():
    code = "import sys, handslag.income_support.case_file; print([m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg')])"
    root = Path(__file__).parents[2] / "src"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    ).stdout
    assert printed.strip() == "[]"


@unhurried
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        read_case_text(text.encode())
    except BadFacts as fault:
        assert fault.what and fault.do


@unhurried
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["month", "household", "adults", "id", "costs", "kind", "amount"]), inner, max_size=5), max_leaves=20))  # fmt: skip
def test_any_values_are_assessed_or_refused(values):
    from handslag.income_support.rules.read_facts import read_facts

    try:
        read_facts(values)
    except BadFacts as fault:
        assert fault.what and fault.do
