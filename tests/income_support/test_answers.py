"""What a person answers: what is taken as it stands, and the message for each thing that is wrong."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.income_support.questions import KINDS, STEP_WORDS, choice_words, questions_of
from handslag.income_support.rules.answered import read_answers
from handslag.income_support.rules.application_answers import Checks, check_answers, check_step, years_old
from handslag.income_support.rules.application_form import CARRIED_OVER, FLOWS, STEPS, steps_of

CHECKS = Checks(today=date(2026, 11, 22))
NEW = {
    "information": {"read": "on"},
    "household": {"living": "alone"},
    "children": {
        "has_children": "yes",
        "children": [{"name": "Liv", "born": "2020-03-01", "days_a_month": "30", "lunch_away": "yes"}],
    },
    "housing": {"kind": "rental", "rent_kr": "5 200,50", "rooms": "2", "pay_landlord": "no"},
    "costs": {"costs": [{"kind": "electricity", "amount_kr": "300"}]},
    "special": {"special": []},
    "incomes": {
        "has_incomes": "yes",
        "incomes": [
            {"kind": "salary", "of": "a1", "amount_kr": "8000", "paid_on": "2026-10-25", "when": "received"}
        ],
    },
    "assets": {"savings_kr": "0", "has_car": "no"},
    "occupation": {
        "status": "job_seeking",
        "registered_as_job_seeker": "yes",
        "done_this_month": "Sökt sex arbeten",
    },
    "account": {"clearing": "6000", "number": "123 456 789"},
    "summary": {"truthful": "on"},
}


def changed(step, **values):
    return {**NEW, step: {**NEW[step], **values}}


def codes(step, raw):
    return [(p.where, p.code) for p in check_step(step, raw, CHECKS)[1]]


def test_a_whole_application_is_read():
    clean, problems = check_answers("new", NEW, CHECKS)
    assert problems == ()
    answers = read_answers(clean)
    assert answers.housing is not None and answers.housing.rent_kr == Decimal("5200.50")
    assert answers.household is not None and answers.household.children[0].lunch_away is True
    assert answers.incomes is not None and answers.incomes[0].amount_kr == 8000
    assert answers.account is not None and answers.account.number == "123456789"


def test_clean_answers_stay_the_same_when_checked_again():
    once, _ = check_answers("new", NEW, CHECKS)
    twice, problems = check_answers("new", once, CHECKS)
    assert twice == once and problems == ()


@pytest.mark.parametrize(
    ("step", "raw", "code"),
    [
        ("housing", {"kind": "rental", "rent_kr": "-1"}, "answers.negative"),
        ("housing", {"kind": "rental", "rent_kr": "−5 200"}, "answers.negative"),
        ("housing", {"kind": "rental", "rent_kr": "40001"}, "answers.absurd_amount"),
        ("housing", {"kind": "rental", "rent_kr": "1e9"}, "answers.not_money"),
        ("housing", {"kind": "rental", "rent_kr": "NaN"}, "answers.not_money"),
        ("housing", {"kind": "rental", "rent_kr": "12,3456"}, "answers.too_many_decimals"),
        ("housing", {"kind": "rental", "rent_kr": "6.200"}, "answers.pointed_thousands"),
        ("housing", {"kind": "rental", "rent_kr": "6,200 kr"}, "answers.pointed_thousands"),
        ("housing", {"kind": "rental", "rent_kr": "1.234.567"}, "answers.pointed_thousands"),
        ("housing", {"kind": "rental", "rent_kr": "1.234,50"}, "answers.pointed_thousands"),
        ("housing", {"kind": "rental", "rent_kr": True}, "answers.not_money"),
        ("housing", {"kind": "castle", "rent_kr": "1"}, "answers.not_a_choice"),
        ("housing", {"kind": "rental", "rent_kr": "1", "rooms": "99"}, "answers.number_out_of_range"),
        ("housing", {"kind": "rental", "rent_kr": "1", "rooms": "two"}, "answers.not_a_number"),
        ("housing", {"kind": "rental", "rent_kr": "1", "granted": "9000"}, "answers.unknown_field"),
        ("account", {"clearing": "60", "number": "12x"}, "answers.wrong_account"),
        ("household", {"living": "partner"}, "answers.missing"),
        (
            "household",
            {"living": "partner", "partner_identity_number": "12"},
            "answers.wrong_identity_number",
        ),
        ("household", {"living": "others"}, "answers.missing"),
        ("information", {"read": ""}, "answers.missing"),
        ("information", {"read": "perhaps"}, "answers.not_ticked"),
        ("occupation", {"status": "sick", "done_this_month": "x" * 2001}, "answers.too_long"),
        ("costs", {"costs": "300"}, "answers.not_rows"),
        ("costs", {"costs": [{"kind": "electricity", "amount_kr": "1"}] * 21}, "answers.too_many"),
        ("costs", {"costs": [{"kind": "electricity"}]}, "answers.missing"),
        ("incomes", {"has_incomes": "yes"}, "answers.missing"),
        ("incomes", {"has_incomes": "maybe"}, "answers.not_yes_or_no"),
    ],
)
def test_each_wrong_answer_has_its_own_message(step, raw, code):
    assert code in [found for _, found in codes(step, raw)]


def child(**values):
    return {
        "has_children": True,
        "children": [{"name": "Liv", "born": "2020-03-01", "days_a_month": 30, **values}],
    }


def test_children():
    assert codes("children", child(born="2026-11-23")) == [
        ("children.children[0].born", "answers.born_in_future")
    ]
    assert codes("children", child(born="2005-11-22")) == [
        ("children.children[0].born", "answers.too_old_for_a_child")
    ]
    assert codes("children", child(born="2005-11-23", pupil=True)) == []
    assert codes("children", child(born="2020-02-30")) == [("children.children[0].born", "answers.not_a_day")]
    assert codes("children", child(days_a_month=32)) == [
        ("children.children[0].days_a_month", "answers.number_out_of_range")
    ]
    twice = {"has_children": True, "children": child()["children"] * 2}
    assert codes("children", twice) == [("children.children[1]", "answers.child_twice")]


def test_the_absurd_amount_names_the_limit():
    _, problems = check_step("housing", {"kind": "rental", "rent_kr": "52000"}, CHECKS)
    assert problems[0].values == {"limit": "40\u00a0000"}


def test_an_income_belongs_to_somebody_in_the_household():
    row = {"kind": "salary", "of": "a2", "amount_kr": "1", "when": "received"}
    _, problems = check_answers("new", changed("incomes", incomes=[row]), CHECKS)
    assert [p.code for p in problems] == ["answers.not_in_household"]
    _, problems = check_answers(
        "new", changed("incomes", incomes=[{**row, "of": "a1", "kind": "child_work"}]), CHECKS
    )
    assert [p.code for p in problems] == ["answers.child_work_of_adult"]


def test_a_field_that_is_not_asked_is_not_kept():
    clean, problems = check_step(
        "assets", {"savings_kr": 0, "has_car": "no", "car_value_kr": "100000"}, CHECKS
    )
    assert problems == () and "car_value_kr" not in clean


def test_a_renewal_asks_only_about_what_changed():
    same = {"changes": {"has_changed": False}}
    assert steps_of("renewal", same) == ("changes", "incomes", "occupation", "summary")
    moved = {"changes": {"has_changed": True, "what": ["housing", "special"]}}
    assert steps_of("renewal", moved) == ("changes", "housing", "special", "incomes", "occupation", "summary")


def test_a_renewal_is_whole_with_what_is_carried_over():
    before, _ = check_answers("new", NEW, CHECKS)
    raw = {step: before[step] for step in CARRIED_OVER} | {
        "changes": {"has_changed": "no"},
        "incomes": {"has_incomes": "no"},
        "occupation": {"status": "job_seeking"},
        "summary": {"truthful": "on"},
    }
    clean, problems = check_answers("renewal", raw, CHECKS, carried=CARRIED_OVER)
    assert problems == ()
    answers = read_answers(clean)
    assert answers.housing is not None and answers.incomes == () and answers.special == ()


def test_what_was_not_asked_is_not_a_zero():
    supplement = {
        "special": {"special": [{"kind": "medicine", "amount_kr": "250", "why": "Recept"}]},
        "why": {"why": "Sjuk"},
        "summary": {"truthful": "on"},
    }
    clean, problems = check_answers("supplement", supplement, CHECKS)
    answers = read_answers(clean)
    assert problems == ()
    assert (answers.housing, answers.incomes, answers.assets, answers.costs) == (None, None, None, None)


def test_every_step_field_and_choice_has_words():
    assert set(STEP_WORDS) == set(STEPS)
    assert set(KINDS) == set(FLOWS)
    for step in STEPS:
        for question in questions_of(step):
            assert str(question.label)
            assert len(question.choices) == len(question.field.choices)
    assert str(choice_words("housing.kind", "rental"))


def test_every_problem_has_words():
    import re
    from pathlib import Path

    from handslag.foundation.said import _words

    rules = Path(__file__).parents[2] / "src/handslag/income_support/rules"
    used = set(
        re.findall(
            r'"((?:answers|facts|route)\.[a-z_]+)"', "".join(p.read_text() for p in rules.glob("*.py"))
        )
    )
    assert used and used <= set(_words)


def test_years_old_on_a_leap_day():
    assert years_old(date(2020, 2, 29), date(2026, 2, 28)) == 5
    assert years_old(date(2020, 2, 29), date(2026, 3, 1)) == 6


@given(
    st.dictionaries(
        st.sampled_from([*STEPS, "other"]), st.dictionaries(st.text(max_size=8), st.text(max_size=8))
    )
)
def test_whatever_is_sent_gives_problems_not_a_crash(raw):
    for kind in FLOWS:
        check_answers(kind, raw, CHECKS)


@given(st.text(max_size=20))
def test_an_amount_is_exact_or_refused(text):
    clean, problems = check_step("assets", {"savings_kr": text, "has_car": False}, CHECKS)
    assert problems or Decimal(clean["savings_kr"]) >= 0
