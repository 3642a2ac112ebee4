"""Local rules that one person has entered are in force when another has confirmed them; nothing is computed before."""

from datetime import date

import pytest
from django.db import Error, transaction

from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support import jobs
from handslag.income_support.errors import AlreadyReviewed, NoSuchLocalRules, OwnLocalRules
from handslag.income_support.models import LocalRulesReview
from handslag.income_support.operations import local_rules as local
from handslag.income_support.operations import rules
from handslag.income_support.operations.second_person import CONFIRM
from tests.income_support.applying import now, this_month
from tests.income_support.deciding import applied, decide, entered_rules, events, local_rules, reasons
from tests.income_support.deciding import rules as board_rules

pytestmark = pytest.mark.django_db(databases=["default"])

MAY = {"valid_from": date(2026, 5, 1), "content": {"rents": [{"kr": 9000, "rooms": 1}], "amounts": {}}, "paragraph": "§ 9/2026",
       "decided_on": date(2026, 4, 1)}  # fmt: skip


def test_nothing_is_computed_on_a_set_that_nobody_has_confirmed(cast):
    entered = entered_rules(cast)
    assert rules.parameters_for(Month(2026, 1)).local is None
    assert rules.local_rules_wait(date(2026, 1, 1))
    local.confirm_local_rules(local_rules_id=entered.id, by=cast.carina, at=now())
    assert rules.parameters_for(Month(2026, 1)).local.paragraph == "§ 2/2025"
    assert not rules.local_rules_wait(date(2026, 1, 1))
    (event,) = events("income_support.local_rules_confirmed")
    assert (event.account_id, event.data["local_rules_id"]) == (cast.carina.account_id, str(entered.id))


def test_until_then_the_earlier_set_holds_and_the_month_waits(cast):
    local_rules(cast)
    newer = entered_rules(cast, **MAY)
    assert rules.local_rules_for(date(2026, 5, 1)).paragraph == "§ 2/2025"
    assert (rules.local_rules_wait(date(2026, 4, 1)), rules.local_rules_wait(date(2026, 5, 1))) == (False, True)
    assert [one.id for one in local.find_local_rules_to_review()] == [newer.id]
    local.confirm_local_rules(local_rules_id=newer.id, by=cast.carina, at=now())
    assert rules.local_rules_for(date(2026, 5, 1)).paragraph == "§ 9/2026"
    assert local.find_local_rules_to_review() == []


def test_a_returned_set_is_never_in_force_and_keeps_nobody_waiting(cast):
    local_rules(cast)
    newer = entered_rules(cast, **MAY)
    with pytest.raises(foundation.BadInput):
        local.return_local_rules(local_rules_id=newer.id, because=" ", by=cast.carina, at=now())
    found = local.return_local_rules(local_rules_id=newer.id, because="Hyran är 8 000", by=cast.carina, at=now())
    again = local.return_local_rules(local_rules_id=newer.id, because="x", by=cast.carina, at=now())
    assert (found.id, again.because) == (again.id, "Hyran är 8 000")
    assert rules.local_rules_for(date(2026, 5, 1)).paragraph == "§ 2/2025"
    assert not rules.local_rules_wait(date(2026, 5, 1))
    with pytest.raises(AlreadyReviewed):
        local.confirm_local_rules(local_rules_id=newer.id, by=cast.carina, at=now())
    assert len(events("income_support.local_rules_returned")) == 1


def test_who_entered_it_never_confirms_it_in_sql_either(cast):
    entered = entered_rules(cast)
    with pytest.raises(OwnLocalRules):
        local.confirm_local_rules(local_rules_id=entered.id, by=cast.rune, at=now())
    row = {"rules_id": entered.id, "outcome": "confirmed", "reviewed_name": "x", "reviewed_at": now()}
    for hand, account in ((cast.rune, cast.rune), (cast.rune, cast.carina), (cast.asa, cast.asa), (cast.elin, cast.carina)):
        with foundation.acting(hand), pytest.raises(Error), transaction.atomic():
            LocalRulesReview.objects.bulk_create([LocalRulesReview(**row, reviewed_by_id=account.account_id)])
    for account_id in (None, cast.rune.account_id):  # the system is nobody's second person
        with foundation.acting(cast.system), pytest.raises(Error, match="another person"), transaction.atomic():
            LocalRulesReview.objects.bulk_create([LocalRulesReview(**row, reviewed_by_id=account_id)])
    local.return_local_rules(local_rules_id=entered.id, because="Fel år", by=cast.rune, at=now())
    with foundation.acting(cast.carina), pytest.raises(Error), transaction.atomic():
        LocalRulesReview.objects.update(outcome="confirmed", because="")
    assert rules.local_rules_for(date(2026, 1, 1)) is None


def test_who_may_confirm_stands_in_the_delegation_order(cast):
    entered = entered_rules(cast)
    for stranger in (cast.asa, cast.ada, cast.frida, cast.board, cast.elin, cast.system):
        with pytest.raises(foundation.Refused):
            local.confirm_local_rules(local_rules_id=entered.id, by=stranger, at=now())
    with foundation.acting(cast.system):
        foundation.DelegationRule.objects.filter(decision_type=CONFIRM, role="manager").update(
            valid_to=foundation.today()
        )
    with pytest.raises(foundation.Refused):
        local.confirm_local_rules(local_rules_id=entered.id, by=cast.carina, at=now())
    assert rules.local_rules_for(date(2026, 1, 1)) is None


def test_confirming_twice_is_once_and_a_fault_leaves_nothing(cast, monkeypatch):
    entered = entered_rules(cast)
    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr(local.foundation, "record", _fault)
        local.confirm_local_rules(local_rules_id=entered.id, by=cast.carina, at=now())
    assert rules.local_rules_for(date(2026, 1, 1)) is None
    first = local.confirm_local_rules(local_rules_id=entered.id, by=cast.carina, at=now())
    assert local.confirm_local_rules(local_rules_id=entered.id, by=cast.carina, at=now()).id == first.id
    assert len(events("income_support.local_rules_confirmed")) == 1
    with pytest.raises(NoSuchLocalRules):
        local.confirm_local_rules(local_rules_id=foundation.new_id(), by=cast.carina, at=now())


def _fault(*arguments, **named):
    raise OSError


def test_automation_waits_while_newer_rules_for_the_month_wait(cast):
    board_rules(cast)
    entered_rules(cast, valid_from=this_month().first, paragraph="§ 9/2026")
    application = applied(cast.elin)
    decide(application)
    assert "automation.local_rules_wait" in reasons(application)


def waiting_for(who):
    with foundation.acting(who):
        return [(each.text["code"], each.link) for each in foundation.notices_of(who) if each.text["code"] == local.WAIT]


def test_whoever_may_confirm_is_told_and_no_longer_when_somebody_has(cast):
    entered = entered_rules(cast)
    told = [(local.WAIT, f"/ledning/regler/lokala/{entered.id}/")]
    assert waiting_for(cast.carina) == waiting_for(cast.eva) == told
    for other in (cast.rune, cast.asa, cast.ada, cast.frida, cast.board):  # Rune entered it; the others may not
        assert waiting_for(other) == []
    local.confirm_local_rules(local_rules_id=entered.id, by=cast.carina, at=now())
    assert waiting_for(cast.carina) == waiting_for(cast.eva) == []


def test_a_returned_set_reminds_nobody(cast):
    entered = entered_rules(cast)
    newer = entered_rules(cast, **MAY)
    local.return_local_rules(local_rules_id=entered.id, because="Fel år", by=cast.rune, at=now())
    assert waiting_for(cast.carina) == [(local.WAIT, f"/ledning/regler/lokala/{newer.id}/")]


def test_a_set_from_before_there_was_a_second_person_is_told_in_the_morning_once(cast, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(rules, "tell_reviewers", lambda entered, at: 0)
        entered = entered_rules(cast)
    assert waiting_for(cast.carina) == []
    assert jobs.tell_of_waiting_rules.func(timestamp=0) == 2  # Carina and Eva
    assert waiting_for(cast.carina) == [(local.WAIT, f"/ledning/regler/lokala/{entered.id}/")]
    assert jobs.tell_of_waiting_rules.func(timestamp=0) == 0
    local.confirm_local_rules(local_rules_id=entered.id, by=cast.carina, at=now())
    assert jobs.tell_of_waiting_rules.func(timestamp=0) == 0


def test_who_entered_it_is_told_of_that_of_another(cast):
    with foundation.acting(cast.system):
        foundation.RoleGrant.objects.create(
            account_id=cast.ada.account_id, unit_id=cast.support, role="rules_officer", valid_from=date(2020, 1, 1)
        )
    entered_rules(cast, by=cast.ada)
    assert len(waiting_for(cast.rune)) == 1 and waiting_for(cast.ada) == []
