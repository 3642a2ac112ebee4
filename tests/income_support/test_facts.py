"""From answers and figures to the facts of a month: what counts, whose figure governs, what is named as missing."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from handslag.income_support.rules.answered import read_answers
from handslag.income_support.rules.application_answers import check_answers
from handslag.income_support.rules.benefits import BenefitRule, BenefitTable, Treatment
from handslag.income_support.rules.comparison import Figure
from handslag.income_support.rules.facts_from import AidHistory, FactSettings, Member, make_facts
from tests.income_support.test_answers import CHECKS, NEW, changed

ELIN = Member("a1", uuid4(), date(1990, 4, 2))
FARID = Member("a2", uuid4(), date(1988, 7, 9))
LIV = Member("c1", uuid4(), date(2020, 3, 1))
OK = dict.fromkeys(("fk", "pm", "csn", "af", "so", "skv", "tns", "miv"), "ok")


def rule(code, treatment, kind, status="confirmed"):
    return BenefitRule(code, treatment, kind, date(2016, 1, 1), None, "test", status)


TABLE = BenefitTable(
    {
        "FK:SJP": rule("FK:SJP", Treatment.COUNT, "sickness_benefit"),
        "FK:BOB": rule("FK:BOB", Treatment.COUNT, "housing_allowance", "unconfirmed"),
        "FK:HE": rule("FK:HE", Treatment.DISREGARDED, "other"),
    }
)


def make(raw=None, *figures, adults=(ELIN,), children=(LIV,), states=None):
    raw = raw or NEW
    raw = {**raw, "children": {**raw["children"], "children": [
        {**raw["children"]["children"][0], "person_id": str(LIV.person_id)}]}}  # fmt: skip
    clean, problems = check_answers("new", raw, CHECKS)
    assert problems == ()
    return make_facts(
        month="2026-11", control_month="2026-10", answers=read_answers(clean), adults=adults, children=children,
        figures=figures, states=states or {"a1": OK}, benefits=TABLE, history=AidHistory(3, None),
        settings=FactSettings(),
    )  # fmt: skip


def figure(code="FK:SJP", amount=1000, month="2026-10"):
    return Figure("fk", code, code, "a1", month, Decimal(amount))


def missing(made):
    return [one.code for one in made.missing]


def test_a_plain_month():
    made = make()
    assert made.missing == ()
    assert made.case == {
        "month": "2026-11",
        "household": {
            "adults": [{"id": "a1", "born": "1990-04-02"}],
            "cohabiting": False,
            "children": [{"id": "c1", "born": "2020-03-01", "lunch": "away", "share": 1, "pupil": False}],
            "lodger_in_household_of": None,
        },
        "costs": [{"kind": "rent", "amount": 5200.5, "rooms": 2}, {"kind": "electricity", "amount": 300}],
        "special": [],
        "incomes": [{"kind": "salary", "of": "a1", "amount": 8000}],
        "registers": dict.fromkeys(("af", "csn", "fk", "pm", "skv", "so"), "ok"),
        "history": {"months_with_aid_in_a_row": 3, "job_stimulus_since": None},
    }


def test_only_the_control_month_counts_and_payments_are_added():
    made = make(None, figure(), figure(amount=500), figure(month="2026-09", amount=9000))
    assert {"kind": "sickness_benefit", "of": "a1", "amount": 1500} in made.case["incomes"]
    assert made.missing == ()


def test_what_is_left_out_is_left_out():
    assert len(make(None, figure("FK:HE")).case["incomes"]) == 1


def test_a_benefit_outside_the_table_is_named_and_not_counted():
    made = make(None, figure("FK:XYZ"))
    assert missing(made) == ["facts.unhandled_income"] and len(made.case["incomes"]) == 1


def test_a_row_that_nobody_confirmed_counts_but_is_named():
    made = make(None, figure("FK:BOB"))
    assert missing(made) == ["facts.unconfirmed_benefit"]


def test_the_agency_governs_over_what_was_typed():
    typed = {"kind": "sickness_benefit", "of": "a1", "amount_kr": "900", "when": "received"}
    made = make(changed("incomes", incomes=[typed]), figure())
    assert made.case["incomes"] == [{"kind": "sickness_benefit", "of": "a1", "amount": 1000}]
    assert missing(make(changed("incomes", incomes=[typed]))) == ["facts.income_not_in_register"]


def test_a_partner_who_is_not_known_is_missing():
    together = changed("household", living="partner", partner_person_id=str(FARID.person_id))
    assert missing(make(together)) == ["facts.partner_unknown"]
    made = make(together, adults=(ELIN, FARID), states={"a1": OK, "a2": {**OK, "so": "error"}})
    assert made.case["household"]["cohabiting"] is True
    assert made.case["registers"]["so"] == "missing"


def test_no_register_is_ever_ok_unless_each_adults_answer_was():
    assert make(states={"a1": {**OK, "fk": "missing"}}).case["registers"]["fk"] == "missing"


def test_a_child_that_the_register_does_not_know_or_knows_otherwise():
    assert missing(make(children=())) == ["facts.child_not_in_register"]
    older = Member("c1", LIV.person_id, date(2019, 3, 1))
    made = make(children=(older,))
    assert missing(made) == ["facts.child_birth_differs"]
    assert made.case["household"]["children"][0]["born"] == "2019-03-01"


def test_half_the_month():
    raw = changed("children", children=[{**NEW["children"]["children"][0], "days_a_month": 15}])
    assert make(raw).case["household"]["children"][0]["share"] == 0.5


def test_own_means_are_put_before_a_person():
    assert missing(make(changed("assets", savings_kr="100", has_car="yes", car_value_kr="9000"))) == [
        "facts.savings",
        "facts.car",
    ]


def test_an_expected_income_and_one_of_another_month():
    income = {"kind": "salary", "of": "a1", "amount_kr": "1", "when": "expected"}
    assert missing(make(changed("incomes", incomes=[income]))) == ["facts.income_expected"]
    income = {**income, "when": "received", "paid_on": "2026-09-25"}
    assert missing(make(changed("incomes", incomes=[income]))) == ["facts.income_other_month"]
