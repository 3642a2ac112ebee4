"""What `assess_month` promises beside the golden calculations: ages, shares, caps, job stimulus, three answers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handslag.income_support.parameter_files import default_settings, local_rules_in, rule_book
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.assessment import JOB_STIMULUS, line_keys
from handslag.income_support.rules.facts import BadFacts
from handslag.income_support.rules.parameters import NoRules, activity_requirement_may_apply
from handslag.income_support.rules.read_facts import read_facts
from handslag.income_support.rules.rule_book import Confirmation, as_plain, from_plain, with_version
from handslag.income_support.simulation import assess_many

ADULT = {"id": "a1", "born": "1986-04-02"}
PARTNER = {"id": "a2", "born": "1985-09-09"}

# The machine may be busy: no deadline for one example.
unhurried = settings(deadline=None)


def child(born, name="c1", **more):
    return {"id": name, "born": born, **more}


def case(month="2025-03", children=(), couple=False, lodger=None, **more):
    household = {
        "adults": [ADULT, PARTNER] if couple else [ADULT],
        "cohabiting": couple,
        "children": list(children),
    }
    return {"month": month, "household": {**household, "lodger_in_household_of": lodger}, **more}


def assessed(given_case, **settings):
    facts = read_facts(given_case)
    local = local_rules_in(facts.local_rules, facts.month) if facts.local_rules else None
    chosen = replace(default_settings(), **settings)
    return assess_month(facts, parameters=rule_book().parameters(facts.month, settings=chosen, local=local))


def lines(result):
    return {key: line.amount for key, line in zip(line_keys(result.lines), result.lines, strict=True)}


def notes(result):
    return [note.code for note in result.notes]


# --- ages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "code"),
    [
        ("2025-03-31", "norm.child.0"), ("2024-04-01", "norm.child.0"), ("2024-03-31", "norm.child.1-2"),
        ("2022-04-30", "norm.child.1-2"), ("2022-03-01", "norm.child.3"), ("2021-03-31", "norm.child.4-6"),
        ("2018-04-01", "norm.child.4-6"), ("2018-03-31", "norm.child.7-10"), ("2014-03-15", "norm.child.11-14"),
        ("2010-03-15", "norm.child.15-18"), ("2008-01-01", "norm.child.15-18"),
    ],
)  # fmt: skip
def test_a_child_has_the_next_band_from_the_month_of_the_birthday(born, code):
    assert f"{code}:c1" in lines(assessed(case(children=[child(born)])))


def test_or_from_the_month_after_where_the_municipality_has_decided_so():
    family = case(children=[child("2022-03-01")])
    assert "norm.child.1-2:c1" in lines(assessed(family, age_band_changes="month_after"))
    assert "norm.child.3:c1" in lines(
        assessed({**family, "month": "2025-04"}, age_band_changes="month_after")
    )


def test_a_child_born_in_the_month_has_the_first_band_under_both_settings():
    family = case(children=[child("2025-03-20")])
    for choice in ("birthday_month", "month_after"):
        assert "norm.child.0:c1" in lines(assessed(family, age_band_changes=choice))


def test_pupils_of_eighteen_to_twenty_stay_in_the_household():
    assert lines(assessed(case(children=[child("2007-01-01", pupil=True)])))["norm.child.15-18:c1"] == 4920
    assert lines(assessed(case(children=[child("2006-01-01", pupil=True)])))["norm.child.19-20:c1"] == 4960
    assert lines(assessed(case(children=[child("2004-04-01", pupil=True)])))["norm.child.19-20:c1"] == 4960


@pytest.mark.parametrize(
    ("born", "pupil", "where"),
    [
        ("2007-01-01", False, "household.children[0].pupil"),
        ("2004-03-31", True, "household.children[0].born"),
        ("1999-01-01", None, "household.children[0].born"),
        ("2025-04-01", None, "household.children[0].born"),
        ("2031-01-01", None, "household.children[0].born"),
    ],
)
def test_children_who_cannot_be_in_the_household_are_told_by_path(born, pupil, where):
    with pytest.raises(BadFacts) as fault:
        assessed(case(children=[child(born, pupil=pupil)]))
    assert fault.value.where == where
    assert fault.value.do


def test_whether_an_eighteen_year_old_goes_to_school_must_be_known():
    result = assessed(case(children=[child("2007-01-01")]))
    assert result.answer == "cannot_tell"
    assert result.missing == ("household.children[0].pupil",)


def test_an_adult_under_eighteen_is_no_applicant():
    with pytest.raises(BadFacts) as fault:
        assessed({"month": "2025-03", "household": {"adults": [{"id": "a1", "born": "2007-04-01"}]}})
    assert fault.value.where == "household.adults[0].born"


# --- lunch, shares, homes -----------------------------------------------------------------------------------


def test_lunch_away_is_for_children_up_to_six_only():
    assert (
        lines(assessed(case(children=[child("2018-04-01", lunch="away")])))["norm.child.4-6.away:c1"] == 2700
    )
    seven = assessed(case(children=[child("2018-03-01", lunch="away")]))
    assert lines(seven)["norm.child.7-10:c1"] == 3790
    assert "lunch.not_applicable" in notes(seven)


def test_a_part_time_child_has_that_part_of_the_personal_costs_and_is_one_person_in_the_home():
    result = assessed(case(children=[child("2016-01-01", share=0.5)]))
    assert lines(result) == {"norm.adult.single:a1": 3910, "norm.child.7-10:c1": 1895, "norm.common.2": 1400}
    assert "child.counted_whole" in notes(result)


def test_or_counts_by_share_in_the_common_costs_where_decided():
    result = assessed(
        case(children=[child("2016-01-01", share=0.5)]), part_time_child_in_common_costs="by_share"
    )
    assert lines(result)["norm.common.by_share"] == 1335  # between 1 270 and 1 400


@pytest.mark.parametrize(
    ("choice", "amount"), [("ore", "401.43"), ("krona_nearest", "401"), ("krona_up", "402")]
)
def test_the_part_of_a_shared_home_is_rounded_as_decided(choice, amount):
    assert lines(assessed(case(lodger=7), lodger_rounding=choice))["norm.common.lodger:a1"] == Decimal(amount)


def test_a_shared_home_of_more_than_seven():
    assert lines(assessed(case(lodger=8)))["norm.common.lodger:a1"] == 375  # 3 000 / 8


def test_a_family_in_a_shared_home_is_counted_by_persons_and_a_person_must_look():
    result = assessed(case(children=[child("2016-01-01")], lodger=4))
    assert lines(result)["norm.common.lodger"] == 1005  # 2 of 4 persons of 2 010
    assert result.rules_status == "unconfirmed"
    assert "lodger.several" in notes(result)


def test_nine_persons_have_the_addition_twice():
    children = [child("2016-01-01", f"c{number}") for number in range(7)]
    common = lines(assessed(case(children=children, couple=True)))
    assert (common["norm.common.7"], common["norm.common.over_7"]) == (2810, 380)


# --- costs and other needs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rooms", "approved"), [(1, 4800), (2, 5800), (3, 6900), (4, 8000), (5, 9300), (6, 9300)]
)
def test_highest_rent_by_rooms(rooms, approved):
    costs = [{"kind": "rent", "amount": 12000, "rooms": rooms}]
    result = assessed(case("2021-05", local_rules="vetlanda", costs=costs))
    assert result.costs_approved == approved
    assert "rent.capped" in notes(result)
    assert ("rent.rooms_above_table" in notes(result)) == (rooms == 6)


def test_a_rent_at_the_highest_is_approved_whole():
    result = assessed(
        case("2021-05", local_rules="vetlanda", costs=[{"kind": "rent", "amount": 4800, "rooms": 1}])
    )
    assert (result.costs_approved, notes(result)) == (4800, [])


def test_unknown_rooms_matter_only_when_the_rent_is_above_that_of_the_smallest_home():
    low = assessed(case("2021-05", local_rules="vetlanda", costs=[{"kind": "rent", "amount": 4500}]))
    assert (low.answer, low.costs_approved) == ("granted", 4500)
    high = assessed(case("2021-05", local_rules="vetlanda", costs=[{"kind": "rent", "amount": 5500}]))
    assert (high.answer, high.missing) == ("cannot_tell", ("costs[0].rooms",))


def test_two_rents_are_held_to_one_highest_rent():
    costs = [{"kind": "rent", "amount": 4000, "rooms": 1}, {"kind": "rent", "amount": 4000, "rooms": 1}]
    result = assessed(case("2021-05", local_rules="vetlanda", costs=costs))
    assert result.costs_approved == 4800
    assert "rent.several" in notes(result)


def test_highest_rent_by_household():
    costs = [{"kind": "rent", "amount": 20000}]
    sizes = [assessed(case("2025-03", couple=couple, children=children, local_rules="ekeby", costs=costs)).costs_approved
             for couple in (False, True) for children in ([], [child("2016-01-01")], [child("2016-01-01", f"c{n}") for n in range(7)])]  # fmt: skip
    assert sizes == [6200, 8000, 11500, 7300, 8000, 11500]


def test_without_local_rules_the_rent_is_approved_as_stated_and_said_so():
    result = assessed(case(costs=[{"kind": "rent", "amount": 20000, "rooms": 1}]))
    assert result.costs_approved == 20000
    assert notes(result) == ["rent.no_local_rules"]


@pytest.mark.parametrize(
    ("kind", "highest"),
    [
        ("spectacle_frames", 714), ("funeral", 23800), ("infant_equipment", 4760), ("home_equipment", 7140),
        ("pocket_money", 1600), ("eating_out", 714),
    ],
)  # fmt: skip
def test_local_highest_amounts_of_vetlanda_2021(kind, highest):
    result = assessed(case("2021-05", local_rules="vetlanda", special=[{"kind": kind, "amount": 50000}]))
    assert result.special_approved == highest
    assert notes(result) == ["special.capped"]
    below = assessed(case("2021-05", local_rules="vetlanda", special=[{"kind": kind, "amount": 500}]))
    assert (below.special_approved, notes(below)) == (500, [])


def test_needs_without_a_highest_amount_are_approved_as_stated():
    result = assessed(
        case("2021-05", local_rules="vetlanda", special=[{"kind": "medicine", "amount": 900.5}])
    )
    assert result.special_approved == Decimal("900.5")


# --- incomes ------------------------------------------------------------------------------------------------


def with_salary(month="2025-03", row=0, since=None, amount=8000):
    history = {"months_with_aid_in_a_row": row, "job_stimulus_since": since}
    return assessed(case(month, incomes=[{"kind": "salary", "of": "a1", "amount": amount}], history=history))


@pytest.mark.parametrize(
    ("month", "row", "since", "left_out"),
    [
        ("2025-03", 5, None, 0),
        ("2025-03", 6, None, 2000),
        ("2025-03", 0, "2025-01", 2000),  # two years from its first month, also after a month without aid
        ("2025-03", 0, "2025-03", 2000),
        ("2025-02", 9, "2023-03", 2000),  # the last of 24 months
        ("2025-03", 30, "2023-03", 0),  # the two years are over, and six new months have not passed
        ("2025-08", 30, "2023-03", 0),
        ("2025-09", 5, "2023-03", 0),
        ("2025-09", 6, "2023-03", 2000),  # six new months in a row after the two years
        ("2013-06", 12, None, 0),  # the rule is from July 2013
        ("2013-07", 12, None, 2000),
    ],
)
def test_job_stimulus(month, row, since, left_out):
    result = with_salary(month, row, since)
    assert result.job_stimulus_disregarded == left_out
    assert result.incomes_counted == 8000 - left_out


def test_job_stimulus_cannot_be_told_without_the_history():
    result = assessed(case(incomes=[{"kind": "salary", "of": "a1", "amount": 8000}]))
    assert (result.answer, result.missing) == ("cannot_tell", ("history.months_with_aid_in_a_row",))


def test_job_stimulus_is_for_salaries_only_and_for_each():
    incomes = [
        {"kind": "salary", "of": "a1", "amount": "1000.01"},
        {"kind": "salary", "of": "a2", "amount": 2000},
        {"kind": "sickness_benefit", "of": "a1", "amount": 4000},
    ]
    incomes[0]["amount"] = Decimal(incomes[0]["amount"])
    result = assessed(case(couple=True, incomes=incomes, history={"months_with_aid_in_a_row": 8}))
    assert lines(result)[f"{JOB_STIMULUS}:a1"] == -250
    assert result.job_stimulus_disregarded == 750


def test_a_child_may_earn_one_price_base_amount_a_year():
    def counted(*incomes):
        rows = [{"kind": "child_work", "of": "c1", **income} for income in incomes]
        return assessed(case(children=[child("2009-01-01", pupil=True)], incomes=rows)).incomes_counted

    assert counted({"amount": 2000, "earned_earlier_this_year": 0}) == 0
    assert counted({"amount": 2000, "earned_earlier_this_year": 56800}) == 0
    assert counted({"amount": 2000, "earned_earlier_this_year": 58000}) == 1200
    assert counted({"amount": 2000, "earned_earlier_this_year": 60000}) == 2000
    # Two employers in the same month share the limit.
    twice = {"amount": 1000, "earned_earlier_this_year": 57500}
    assert counted(twice, twice) == 700


def test_what_a_child_has_earned_before_must_be_known_except_in_january():
    incomes = [{"kind": "child_work", "of": "c1", "amount": 2000}]
    family = case(children=[child("2009-01-01", pupil=True)], incomes=incomes)
    assert assessed(family).missing == ("incomes[0].earned_earlier_this_year",)
    assert assessed({**family, "month": "2025-01"}).missing == ()


# --- answers ------------------------------------------------------------------------------------------------


def test_a_register_that_did_not_answer_is_missing_never_no_income():
    result = assessed(case(registers={"fk": "ok", "so": "missing", "pm": "ok"}))
    assert (result.answer, result.missing) == ("cannot_tell", ("registers.so",))
    assert result.granted == 5180  # the calculation is prepared for the person who looks


def test_refused_when_nothing_is_left_to_grant():
    result = assessed(case(incomes=[{"kind": "pension", "of": "a1", "amount": 5180}]))
    assert (result.answer, result.balance, result.granted, result.deficit, result.surplus) == (
        "refused",
        0,
        0,
        0,
        0,
    )


def test_an_unconfirmed_figure_makes_the_rules_unconfirmed_only_where_it_is_used():
    assert assessed(case("2026-02")).rules_status == "confirmed"
    with_child = assessed(case("2026-02", children=[child("2016-01-01")]))
    assert with_child.rules_status == "unconfirmed"
    assert "rules.unconfirmed" in notes(with_child)


@pytest.mark.parametrize("month", ["2012-12", "2027-01", "2030-01"])
def test_a_month_outside_the_data_is_never_computed(month):
    with pytest.raises(NoRules) as fault:
        assessed(case(month))
    assert fault.value.where == "month"
    assert month in fault.value.what


def test_local_rules_hold_in_their_own_time_only():
    with pytest.raises(NoRules) as fault:
        assessed(case("2022-01", local_rules="vetlanda"))
    assert fault.value.where == "local_rules"


@pytest.mark.parametrize(("month", "row", "may"), [("2026-09", 12, False), ("2026-10", 2, False), ("2026-10", 3, True), ("2026-11", None, True)])  # fmt: skip
def test_the_activity_requirement_may_apply_from_october_2026_after_three_months(month, row, may):
    history = {} if row is None else {"months_with_aid_in_a_row": row}
    facts = read_facts(case(month, history=history))
    parameters = rule_book().parameters(facts.month, settings=default_settings())
    assert activity_requirement_may_apply(parameters, row) is may
    result = assess_month(facts, parameters=parameters)
    assert ("activity_requirement.may_apply" in notes(result)) is may
    assert result.rules_status == ("unconfirmed" if may else "confirmed")
    assert result.rule_version.startswith("2026-10" if month >= "2026-10" else "2026-07")


# --- parameters ---------------------------------------------------------------------------------------------


def test_a_confirmed_cell_names_its_source_and_gives_another_version():
    month = date(2026, 2, 1)
    confirmation = Confirmation("norm.child.7-10", date(2026, 1, 1), "SFS 2025:1", demo=True)
    before = rule_book().parameters(month, settings=default_settings())
    after = rule_book().parameters(month, settings=default_settings(), confirmations=[confirmation])
    assert (after.cell("norm.child.7-10").status, after.cell("norm.child.7-10").source) == (
        "confirmed",
        "SFS 2025:1 (demo)",
    )
    assert before.rule_version != after.rule_version
    facts = read_facts(
        case("2026-02", couple=True, children=[child("2016-01-01", f"c{n}") for n in range(3)])
    )
    assert assess_month(facts, parameters=before).rules_status == "unconfirmed"
    assert (
        assess_month(facts, parameters=after).rules_status == "confirmed"
    )  # five persons: common.5 was found


def test_equal_parameters_have_equal_versions_over_the_year():
    january, march = (
        rule_book().parameters(date(2025, month, 1), settings=default_settings()) for month in (1, 3)
    )
    assert january.rule_version == march.rule_version
    july = rule_book().parameters(date(2025, 7, 1), settings=default_settings())
    assert july.rule_version != march.rule_version  # the new act


@pytest.mark.parametrize("local", [None, "vetlanda", "ekeby"])
def test_parameters_come_back_whole_from_json(local):
    month = date(2021, 5, 1)
    rules = local_rules_in(local, month) if local else None
    parameters = rule_book().parameters(month, settings=default_settings(), local=rules)
    again = from_plain(as_plain(parameters))
    assert again == parameters
    assert with_version(again).rule_version == parameters.rule_version


# --- properties ---------------------------------------------------------------------------------------------

amounts = st.integers(0, 3_000_000).map(lambda ore: Decimal(ore) / 100)
births = st.dates(date(2005, 6, 1), date(2025, 3, 31)).map(str)
families = st.builds(
    lambda born, couple, rents, needs, wages, benefits, row: case(
        children=[child(day, f"c{number}", pupil=True) for number, day in enumerate(born)],
        couple=couple,
        costs=[{"kind": "rent", "amount": rent} for rent in rents],
        special=[{"kind": "other", "amount": need} for need in needs],
        incomes=[{"kind": "salary", "of": "a1", "amount": wage} for wage in wages]
        + [{"kind": "pension", "of": "a1", "amount": benefit} for benefit in benefits],
        history={"months_with_aid_in_a_row": row},
    ),
    st.lists(births, max_size=9),
    st.booleans(),
    st.lists(amounts, max_size=2),
    st.lists(amounts, max_size=2),
    st.lists(amounts, max_size=2),
    st.lists(amounts, max_size=2),
    st.integers(0, 12),
)


@unhurried
@given(families)
def test_the_sums_are_the_sums_of_the_lines(family):
    result = assessed(family)
    by_group = {
        group: sum(row.amount for row in result.lines if row.group == group)
        for group in ("norm", "cost", "special", "income")
    }
    assert (result.norm, result.costs_approved) == (by_group["norm"], by_group["cost"])
    assert (result.special_approved, result.incomes_counted) == (by_group["special"], by_group["income"])
    assert result.balance == result.incomes_counted - result.norm - result.costs_approved
    assert result.granted == max(0, result.special_approved - result.balance)
    assert result.surplus - result.deficit == result.balance
    assert (result.granted > 0) == (result.answer == "granted")
    assert len(set(line_keys(result.lines))) == len(result.lines)


@unhurried
@given(families, amounts)
def test_more_income_never_gives_more_aid_and_more_need_never_less(family, amount):
    before = assessed(family).granted
    richer = {**family, "incomes": [*family["incomes"], {"kind": "salary", "of": "a1", "amount": amount}]}
    assert assessed(richer).granted <= before
    dearer = {**family, "costs": [*family["costs"], {"kind": "electricity", "amount": amount}]}
    assert assessed(dearer).granted >= before


@unhurried
@given(families)
def test_every_amount_of_the_answer_has_at_most_two_decimals(family):
    answer = assessed(family).as_answer()
    for value in [*answer.values(), *(line["amount"] for line in answer["lines"])]:
        if isinstance(value, float):
            assert value == round(value, 2)
            assert not value.is_integer()


@unhurried
@given(births.filter(lambda day: day < "2024-01-01"), st.integers(2013, 2025))
def test_one_person_more_never_lowers_the_norm(day, year):
    family = case(f"{year}-12", children=[child(day, pupil=True)])
    try:
        assert assessed(family).norm > assessed(case(f"{year}-12")).norm
    except BadFacts as fault:
        assert fault.where == "household.children[0].born"


# --- many households ----------------------------------------------------------------------------------------


def test_many_households_come_out_as_each_alone_over_one_process_and_over_two():
    month = date(2025, 3, 1)
    parameters = rule_book().parameters(month, settings=default_settings())
    households = [
        read_facts(case(costs=[{"kind": "rent", "amount": 3000 + number}], incomes=[{"kind": "pension", "amount": 9000}]))
        for number in range(5000)
    ]
    alone = list(assess_many(households, parameters=parameters, processes=1))
    shared = list(assess_many(households, parameters=parameters, processes=2))
    assert alone == shared
    first = assess_month(households[0], parameters=parameters)
    assert (alone[0].personal + alone[0].common, alone[0].costs) == (first.norm * 100, first.costs_approved * 100)
    refused = [each for each in alone if each.incomes >= each.personal + each.common + each.costs]
    assert len(refused) == 821
