"""Confirmed cells, local rules and settings: entered by those who may, dated, never overwritten, and used."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import Error, transaction

from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support.models import LocalRuleSet, MunicipalitySettings, RuleConfirmation, RuleSnapshot
from handslag.income_support.operations import rules
from tests.income_support.applying import now
from tests.income_support.deciding import events, local_rules

pytestmark = pytest.mark.django_db(databases=["default"])

CELL = {"cell": "norm.child.7-10", "cell_from": date(2026, 1, 1), "amount": 3820, "source": "SFS 2025:999"}
MARCH = Month(2026, 3)


def test_a_confirmed_cell_is_used_and_says_who_and_where(cast):
    before = rules.parameters_for(MARCH)
    row = rules.confirm_cell(**CELL, by=cast.rune, at=now())
    after = rules.parameters_for(MARCH)
    assert (before.cell("norm.child.7-10").status, after.cell("norm.child.7-10").status) == ("unconfirmed", "confirmed")
    assert after.cell("norm.child.7-10").source == "SFS 2025:999"
    assert before.rule_version != after.rule_version
    assert (row.confirmed_by_id, row.demo) == (cast.rune.account_id, False)
    assert events("income_support.rule_confirmed")[0].data["cell"] == "norm.child.7-10"
    shown = {cell.key: cell for cell in rules.cells_in(MARCH.first)}
    assert shown["norm.child.7-10"].status == "confirmed"
    assert shown["norm.child.3"].status == "unconfirmed"


def test_a_demo_confirmation_says_so(cast):
    rules.confirm_cell(**CELL, demo=True, by=cast.rune, at=now())
    assert rules.parameters_for(MARCH).cell("norm.child.7-10").source == "SFS 2025:999 (demo)"


def test_confirming_again_changes_nothing(cast):
    first = rules.confirm_cell(**CELL, by=cast.rune, at=now())
    again = rules.confirm_cell(**{**CELL, "source": "another"}, by=cast.rune, at=now())
    assert (again.id, again.source) == (first.id, "SFS 2025:999")
    assert len(events("income_support.rule_confirmed")) == 1


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"cell": "norm.child.90"}, "cell"), ({"cell_from": date(2026, 2, 1)}, "cell"), ({"source": " "}, "source"),
        ({"amount": 3810}, "amount"), ({"amount": "NaN"}, "amount"), ({"amount": "many"}, "amount"),
    ],
)  # fmt: skip
def test_a_confirmation_with_a_fault_is_refused_by_field(cast, changed, where):
    with pytest.raises(foundation.BadInput) as fault:
        rules.confirm_cell(**{**CELL, **changed}, by=cast.rune, at=now())
    assert fault.value.where == where
    assert not events("income_support.rule_confirmed")


def test_only_a_rules_officer_confirms(cast):
    for stranger in (cast.asa, cast.carina, cast.ada, cast.elin, cast.board):
        with pytest.raises(foundation.Refused):
            rules.confirm_cell(**CELL, by=stranger, at=now())


def test_nor_does_the_database_take_it_from_others(cast, intruder):
    rules.confirm_cell(**CELL, by=cast.rune, at=now())
    row = {"cell": "x", "cell_from": date(2026, 1, 1), "amount": 1, "source": "x", "confirmed_at": now()}
    for stranger in (cast.asa, cast.elin):
        with foundation.acting(stranger), pytest.raises(Error), transaction.atomic():
            RuleConfirmation.objects.bulk_create([RuleConfirmation(**row)])
    with foundation.acting(cast.rune), pytest.raises(Error), transaction.atomic():
        RuleConfirmation.objects.all().update(source="rewritten")
    with pytest.raises(Exception, match="row-level security"):
        intruder.execute(
            "INSERT INTO income_support_rulesnapshot (id, version, content, made_at) VALUES (gen_random_uuid(), 'x', '{}', now())"
        )


def test_a_month_without_rules_is_an_error_that_names_it(cast):
    with pytest.raises(foundation.BadInput, match="2027-01"):
        rules.parameters_for(Month(2027, 1))


# --- local rules --------------------------------------------------------------------------------------------


def test_local_rules_are_used_from_their_month_with_their_decision_as_source(cast):
    local_rules(cast, valid_from=date(2026, 2, 1))
    assert rules.parameters_for(Month(2026, 1)).local is None
    used = rules.parameters_for(Month(2026, 2)).local
    assert used.source == "ekeby, board decision § 2/2025, 2025-11-19 (demo)"
    assert used.amounts["spectacle_frames"].highest(Decimal(59200)) == 1184
    assert len(events("income_support.local_rules_entered")) == 1


def test_a_later_decision_governs_and_the_earlier_stands_for_its_months(cast):
    local_rules(cast)
    rents = {"rents": [{"kr": 9000, "rooms": 1}], "amounts": {}}
    local_rules(cast, valid_from=date(2026, 5, 1), content=rents, paragraph="§ 9/2026", decided_on=date(2026, 4, 1))
    assert rules.local_rules_for(date(2026, 4, 1)).paragraph == "§ 2/2025"
    assert rules.local_rules_for(date(2026, 5, 1)).paragraph == "§ 9/2026"
    with foundation.acting(cast.rune), pytest.raises(Error), transaction.atomic():
        LocalRuleSet.objects.all().update(paragraph="rewritten")


def test_rules_that_end_leave_the_earlier_in_force(cast):
    local_rules(cast)
    local_rules(cast, valid_from=date(2026, 5, 1), valid_to=date(2026, 6, 1), paragraph="§ 9/2026")
    assert rules.local_rules_for(date(2026, 6, 1)).paragraph == "§ 2/2025"


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"valid_from": date(2026, 1, 2)}, "valid_from"), ({"valid_to": date(2026, 1, 1)}, "valid_to"),
        ({"paragraph": ""}, "paragraph"), ({"decided_on": date(2040, 1, 1)}, "decided_on"), ({"name": " "}, "name"),
        ({"content": {"rent": []}}, "rent"),
        ({"content": {"rents": [{"kr": 0, "rooms": 1}]}}, "rents[0].kr"),
        ({"content": {"rents": [{"kr": "x", "rooms": 1}]}}, "rents[0].kr"),
        ({"content": {"rents": [{"kr": True, "rooms": 1}]}}, "rents[0].kr"),
        ({"content": {"rents": [{"kr": 1}]}}, "rents[0]"),
        ({"content": {"rents": [{"kr": 1, "rooms": 0}]}}, "rents[0].rooms"),
        ({"content": {"rents": [{"kr": 1, "rooms": 1, "adults": 1}]}}, "rents[0]"),
        ({"content": {"rents": [{"kr": 1, "rooms": 1}, {"kr": 1, "adults": 1}]}}, "rents"),
        ({"content": {"rents": [{"kr": 1, "rooms": 1}, {"kr": 2, "rooms": 1}]}}, "rents"),
        ({"content": {"amounts": {"holiday": {"unit": "once", "kr": 1}}}}, "amounts.holiday"),
        ({"content": {"amounts": {"funeral": {"unit": "day", "kr": 1}}}}, "amounts.funeral.unit"),
        ({"content": {"amounts": {"funeral": {"unit": "once"}}}}, "amounts.funeral"),
        ({"content": {"amounts": {"funeral": {"unit": "once", "kr": 1, "share_of_price_base": 1}}}}, "amounts.funeral"),
        ({"content": {"amounts": {"funeral": {"unit": "once", "share_of_price_base": 50}}}}, "amounts.funeral.share_of_price_base"),
    ],
)  # fmt: skip
def test_local_rules_with_a_fault_are_refused_by_field(cast, changed, where):
    with pytest.raises(foundation.BadInput) as fault:
        local_rules(cast, **changed)
    assert fault.value.where == where
    assert not events("income_support.local_rules_entered")


def test_only_a_rules_officer_enters_local_rules(cast):
    for stranger in (cast.asa, cast.carina, cast.elin):
        with pytest.raises(foundation.Refused):
            local_rules(cast, by=stranger)


# --- settings -----------------------------------------------------------------------------------------------


def enter(cast, choices, valid_from=date(2026, 3, 1), by=None):
    return rules.enter_settings(
        valid_from=valid_from, choices=choices, paragraph="§ 3", decided_on=date(2026, 2, 1), by=by or cast.rune, at=now()
    )


def test_settings_hold_from_their_month_and_the_rest_keeps_its_default(cast):
    enter(cast, {"lodger_rounding": "krona_up"})
    assert rules.settings_for(date(2026, 2, 1)).lodger_rounding == "ore"
    assert rules.settings_for(date(2026, 3, 1)).lodger_rounding == "krona_up"
    assert rules.settings_for(date(2026, 3, 1)).age_band_changes == "birthday_month"
    assert len(events("income_support.settings_entered")) == 1


@pytest.mark.parametrize(
    ("choices", "where"), [({"lodger_rounding": "never"}, "lodger_rounding"), ({"colour": "red"}, "colour")]
)
def test_unknown_settings_are_refused(cast, choices, where):
    with pytest.raises(foundation.BadInput) as fault:
        enter(cast, choices)
    assert fault.value.where == where


def test_only_a_rules_officer_enters_settings(cast):
    with pytest.raises(foundation.Refused):
        enter(cast, {}, by=cast.carina)
    with foundation.acting(cast.carina), pytest.raises(Error), transaction.atomic():
        MunicipalitySettings.objects.bulk_create(
            [MunicipalitySettings(valid_from=date(2026, 1, 1), choices={}, paragraph="§", decided_on=date(2026, 1, 1), entered_at=now())]
        )


def test_parameters_are_frozen_once_and_come_back_whole(cast):
    local_rules(cast)
    parameters = rules.parameters_for(MARCH)

    @foundation.operation
    def freeze_twice(*, by, at):
        return rules.freeze(parameters, at), rules.freeze(parameters, at)

    first, again = freeze_twice(by=cast.asa, at=now())
    assert first.id == again.id
    assert rules.thawed(first, MARCH) == parameters
    with foundation.acting(cast.rune), pytest.raises(Error), transaction.atomic():
        RuleSnapshot.objects.all().update(content={})
