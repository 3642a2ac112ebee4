"""Deciding: granted, granted partly, refused, emergency aid; and the replay of every decision to the öre."""

from datetime import timedelta

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support.errors_assessment import (
    AlreadyDecided,
    AssessmentChangedElsewhere,
    NothingToGrant,
    NotWhollyFavourable,
    ReasonMissing,
)
from handslag.income_support.models import Assessment
from handslag.income_support.operations import applications, assessments, decisions
from handslag.income_support.replay import replay, replay_all
from tests.income_support.applying import ANSWERS, now, this_month
from tests.income_support.deciding import events, rules, with_worker

pytestmark = pytest.mark.django_db(databases=["default"])
DEAR = {**ANSWERS["housing"], "rent_kr": "9900"}


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


@pytest.fixture
def made(cast):
    rules(cast)
    return with_worker(cast.elin, cast.asa)


@pytest.fixture
def dear(cast):
    rules(cast)
    return with_worker(cast.elin, cast.asa, housing=DEAR)


def told(made, by):
    """The person has been told and has answered nothing to it (FL 25)."""
    casework.waive_communication(
        case_id=made.application.case_id, matter_id=made.application.id, because="Uppenbart obehövligt", by=by, at=now()
    )


def state_of(made):
    with foundation.acting(foundation.system("test")):
        made.application.refresh_from_db()
        return made.application.state


def test_a_grant_rests_on_the_assessment_and_ends_the_application(made, cast):
    decision = decisions.grant(application_id=made.application.id, version=1, reason="Välkommen åter", by=cast.asa, at=now())
    assert (decision.amount_kr, decision.outcome, decision.automated) == (10720, "granted", False)
    assert decision.decided_by_id == cast.asa.account_id and decision.legal_ground == "SoL 12:1"
    assert [foundation.tell(reason) for reason in decision.reasons][1] == "Välkommen åter"
    assert (decision.period_from, decision.period_to) == (this_month().first, this_month().last)
    assert state_of(made) == "decided"
    assert len(events("income_support.assessment_final")) == 1


def test_pressing_twice_is_one_decision(made, cast):
    first = decisions.grant(application_id=made.application.id, version=1, by=cast.asa, at=now())
    again = decisions.grant(application_id=made.application.id, version=1, by=cast.asa, at=now())
    assert again.id == first.id
    assert len(events("casework.decision_made")) == 1


def test_a_stale_page_decides_nothing(made, cast):
    assessments.change_line(
        assessment_id=made.row.id, version=1, line="cost.electricity", amount=200, why="Faktura", by=cast.bjorn, at=now()
    )
    with pytest.raises(AssessmentChangedElsewhere):
        decisions.grant(application_id=made.application.id, version=1, by=cast.asa, at=now())
    assert state_of(made) == "with_worker"


def test_a_cut_cost_is_no_whole_grant(dear, cast):
    with pytest.raises(NotWhollyFavourable):
        decisions.grant(application_id=dear.application.id, by=cast.asa, at=now())


def test_granting_partly_needs_reason_and_that_the_person_was_told(dear, cast):
    with pytest.raises(ReasonMissing):
        decisions.grant_partly(application_id=dear.application.id, reason=" ", by=cast.asa, at=now())
    with pytest.raises(casework.NotCommunicated):
        decisions.grant_partly(application_id=dear.application.id, reason="Hyran", by=cast.asa, at=now())
    assert state_of(dear) == "with_worker"
    assert not events("income_support.assessment_final")
    told(dear, cast.asa)
    decision = decisions.grant_partly(application_id=dear.application.id, reason="Hyran är för hög", by=cast.asa, at=now())
    assert (decision.outcome, decision.amount_kr) == ("partly_granted", 5220 + 6200 + 300)
    words = [foundation.tell(reason) for reason in decision.reasons]
    assert any("9\u00a0900\u00a0kr" in word and "6\u00a0200\u00a0kr" in word for word in words), words


def test_refusing_needs_the_reason_and_that_an_acute_need_was_examined(made, cast):
    told(made, cast.asa)
    with pytest.raises(ReasonMissing):
        decisions.refuse(application_id=made.application.id, reason="", emergency_examined="x", by=cast.asa, at=now())
    with pytest.raises(ReasonMissing) as fault:
        decisions.refuse(application_id=made.application.id, reason="x", emergency_examined="", by=cast.asa, at=now())
    assert fault.value.where == "emergency_examined"
    decision = decisions.refuse(
        application_id=made.application.id, reason="Överskott", emergency_examined="Mat och hyra är betalda", by=cast.asa, at=now()
    )
    assert (decision.outcome, decision.amount_kr) == ("refused", 0)
    assert state_of(made) == "decided"


def test_the_machine_never_refuses_or_grants_partly(made, cast):
    machine = foundation.system("automation")
    told(made, cast.asa)
    for act, more in ((decisions.grant_partly, {}), (decisions.refuse, {"emergency_examined": "x"})):
        with pytest.raises(foundation.HandslagError):
            act(application_id=made.application.id, reason="x", by=machine, at=now(), **more)
    assert not events("casework.decision_made")


def test_nothing_is_granted_when_nothing_is_left(made, cast):
    assessments.change_line(
        assessment_id=made.row.id, version=1, line="income.other:a1", amount=50000, why="Arv", by=cast.asa, at=now()
    )
    for act, more in ((decisions.grant, {}), (decisions.grant_partly, {"reason": "x"})):
        with pytest.raises(NothingToGrant):
            act(application_id=made.application.id, by=cast.asa, at=now(), **more)


def test_above_the_delegation_the_manager_decides(made, cast):
    with foundation.acting(foundation.system("test")):
        foundation.DelegationRule.objects.filter(role="case_worker").update(max_amount_kr=100)
    with pytest.raises(foundation.Refused):
        decisions.grant(application_id=made.application.id, by=cast.asa, at=now())
    assert state_of(made) == "with_worker"
    assert decisions.grant(application_id=made.application.id, by=cast.carina, at=now()).amount_kr == 10720


def test_strangers_decide_nothing(made, cast):
    for stranger in (cast.david, cast.elin, cast.greta, cast.rune):
        with pytest.raises(foundation.HandslagError):
            decisions.grant(application_id=made.application.id, by=stranger, at=now())
    assert not events("casework.decision_made")


def test_what_was_taken_back_is_not_decided(made, cast):
    applications.withdraw_application(application_id=made.application.id, by=cast.elin, at=now())
    with pytest.raises(AlreadyDecided):
        decisions.grant(application_id=made.application.id, by=cast.asa, at=now())


def test_a_fault_after_signing_undoes_the_decision(made, cast, monkeypatch):
    def broken(*arguments, **named):
        raise OSError

    monkeypatch.setattr(decisions.after_decision, "carry_out", broken)
    with pytest.raises(OSError):
        decisions.grant(application_id=made.application.id, by=cast.asa, at=now())
    assert state_of(made) == "with_worker"
    assert not events("casework.decision_made")


def test_emergency_aid_leaves_the_application_as_it_was(made, cast):
    today = foundation.today()
    given = {"case_id": made.application.case_id, "amount": 600, "first_day": today, "last_day": today + timedelta(days=3)}
    form = {"reason": "Ingen mat i hemmet", "idempotency_key": "form-1", "by": cast.asa, "at": now()}
    decision = decisions.give_emergency_aid(**given, **form)
    assert decisions.give_emergency_aid(**given, **form).id == decision.id
    assert (decision.type, decision.amount_kr, decision.matter_id) == ("income_support.emergency", 600, None)
    assert state_of(made) == "with_worker"
    for wrong in ({"amount": 0}, {"last_day": today - timedelta(days=1)}, {"last_day": today + timedelta(days=31)}):
        with pytest.raises(foundation.BadInput):
            decisions.give_emergency_aid(**{**given, **form, **wrong, "idempotency_key": "form-2"})
    with pytest.raises(ReasonMissing):
        decisions.give_emergency_aid(**{**given, **form, "reason": " ", "idempotency_key": "form-3"})


# --- replay -------------------------------------------------------------------------------------------------


def test_every_decision_comes_out_the_same(dear, cast):
    assessments.change_line(
        assessment_id=dear.row.id, version=1, line="cost.rent", amount=9900, why="Godtas", by=cast.asa, at=now()
    )
    decisions.grant(application_id=dear.application.id, by=cast.asa, at=now())
    found = replay()
    assert (found.decisions, found.differences) == (1, ())
    assert replay_all() == (1, [], [])


def test_a_stored_result_that_was_tampered_with_is_listed(made, cast):
    row = made.row
    tampered = {**row.result, "granted": 99999, "lines": [{**row.result["lines"][0], "amount": 1}, *row.result["lines"][1:]]}
    with foundation.acting(foundation.system("test")):
        Assessment.objects.filter(id=row.id).update(result=tampered)
    decisions.grant(application_id=made.application.id, by=cast.asa, at=now())
    whats = [each.what for each in replay().differences]
    assert whats == ["result.granted", "result.norm.adult.single"]
    counted, lines, _explained = replay_all()
    assert counted == 1 and "99999" in lines[0]


def test_later_rules_do_not_change_earlier_decisions(made, cast):
    decisions.grant(application_id=made.application.id, by=cast.asa, at=now())
    rules(cast, percent=0)
    assert replay().differences == ()


def test_savings_that_were_told_of_are_named_in_the_decision(made, cast):
    with foundation.acting(cast.system):
        row = Assessment.objects.get(application=made.application)
        row.missing = [{"said": foundation.said("facts.savings", amount="12500.00"), "where": "assets.savings"}]
        words = [foundation.tell(one) for one in decisions.reasons_of("granted", row, decisions.result_of(row), "Eget ord")]
        row.missing = []
        assert len(decisions.reasons_of("granted", row, decisions.result_of(row), "Eget ord")) == len(words) - 1
    assert "12\u00a0500\u00a0kr" in words[1] and words[-1] == "Eget ord"
