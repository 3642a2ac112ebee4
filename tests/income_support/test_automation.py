"""Automation decides what is wholly favourable and in no doubt; everything else goes to a person with the reason."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import Error, transaction
from django.utils import translation

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support.models import Assessment, AutomationRule, SampleReview, Warning
from handslag.income_support.operations import automation, decisions
from handslag.income_support.queries.automation import (
    NOTES_FOR_A_PERSON,
    agreement,
    conditions,
    find_samples,
    is_paused,
    rule_on,
)
from tests.income_support.applying import ANSWERS, now, this_month
from tests.income_support.deciding import AUTOMATION, applied, decide, events, reasons, rules

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def test_a_favourable_application_is_granted(cast):
    rules(cast)
    application = applied(cast.elin)
    decision = decide(application)
    assert reasons(application) == []
    assert (decision.outcome, decision.automated, decision.type) == ("granted", True, "income_support.grant")
    assert decision.amount_kr == 5220 + 5200 + 300
    assert (decision.period_from, decision.period_to) == (this_month().first, this_month().last)
    with foundation.acting(foundation.system("test")):
        application.refresh_from_db()
        row = Assessment.objects.get(application=application)
    assert application.state == "decided" and application.automated
    assert row.decision_id == decision.id and row.final_at is not None
    assert [event.actor_name for event in events("income_support.assessment_final")] == ["automation"]


def test_trying_again_changes_nothing(cast):
    rules(cast)
    application = applied(cast.elin)
    assert decide(application) is not None
    assert decide(application) is None
    with foundation.acting(foundation.system("test")):
        assert casework.Decision.objects.filter(matter_id=application.id).count() == 1




@pytest.mark.parametrize(
    ("rule", "answers", "facts", "code"),
    [
        ({"kinds": ["renewal"]}, {}, {}, "automation.other_kind"),
        ({"highest_kr": 100}, {}, {}, "automation.above_highest"),
        ({}, {"assets": {"savings_kr": "90000", "has_car": "no"}}, {}, "automation.missing"),
        ({}, {"housing": {**ANSWERS["housing"], "rent_kr": "9900"}}, {}, "automation.cut"),
        ({}, {"special": {"special": [{"kind": "medicine", "amount_kr": "100", "why": "Recept"}]}}, {}, "automation.special_need"),
        ({}, {}, {"registers": {}}, "automation.no_registers"),
        ({}, {}, {"registers": {"fk": "missing"}}, "automation.fact_missing"),
        ({}, {}, {"history": {"months_with_aid_in_a_row": 3}}, "automation.activity_requirement"),
        ({}, {}, {"incomes": [{"kind": "pension", "of": "a1", "amount": 50000}]}, "automation.nothing_to_grant"),
        ({}, {}, {"incomes": [{"kind": "pension", "of": "nobody", "amount": 5}]}, "automation.stopped"),
        ({}, {}, {"nonsense": 1}, "automation.stopped"),
        ({}, {}, {"household": None}, "automation.stopped"),
    ],
)  # fmt: skip
def test_any_doubt_gives_it_to_a_person(cast, rule, answers, facts, code):
    rules(cast, **rule)
    application = applied(cast.elin, **answers)
    assert decide(application, **facts) is None
    assert code in reasons(application)
    assert application.state == "with_worker"
    assert not events("casework.decision_made")


def test_without_a_decision_of_the_board_nothing_is_automated(cast):
    application = applied(cast.elin)
    assert decide(application) is None
    assert reasons(application) == ["automation.no_rule"]


def test_the_assessment_is_prepared_for_the_person(cast):
    rules(cast, kinds=["renewal"])
    application = applied(cast.elin)
    decide(application)
    with foundation.acting(cast.asa):
        row = Assessment.objects.get(application=application)
        assert row.result["granted"] == 10720


def test_an_unconfirmed_figure_stops_it(cast):
    rule = {"valid_from": this_month().first, "kinds": ["new"], "highest_kr": 40000, "sample_percent": 0}
    automation.enter_automation_rule(**rule, paragraph="§ 1", decided_on=this_month().first, by=cast.rune, at=now())
    application = applied(cast.elin)
    child = {"id": "c1", "born": "2016-01-01"}
    household = {"adults": [{"id": "a1", "born": "1990-01-01"}], "children": [child]}
    assert decide(application, household=household) is None
    assert "automation.unconfirmed" in reasons(application)


def test_without_a_highest_rent_a_person_judges_the_rent(cast):
    rule = {"valid_from": this_month().first, "kinds": ["new"], "highest_kr": 40000, "sample_percent": 0}
    automation.enter_automation_rule(**rule, paragraph="§ 1", decided_on=this_month().first, by=cast.rune, at=now())
    application = applied(cast.elin)
    assert decide(application) is None
    assert reasons(application) == ["automation.note"]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("code", sorted(NOTES_FOR_A_PERSON))
def test_a_note_for_a_person_is_told_in_words(language, code):
    with translation.override(language):
        told = foundation.tell(foundation.said("automation.note", note=foundation.said(f"automation.note.{code}")))
    assert code not in told and "(" not in told
    assert ("The calculation" in told) == (language == "en")


@pytest.mark.parametrize(("amount", "decided"), [(300, True), (336, True), (337, False), (9900, False)])
def test_a_cost_that_is_clearly_higher_than_last_time_is_judged_by_a_person(cast, amount, decided):
    rules(cast)
    month = this_month()
    earlier = applied(cast.elin, month=month.previous())
    assert decide(earlier) is not None
    costs = [{"kind": "rent", "amount": 5200, "rooms": 1}, {"kind": "electricity", "amount": amount}]
    application = applied(cast.elin, changes={"has_changed": "no"})
    decide(application, costs=costs)
    assert (reasons(application) == []) is decided
    assert decided or reasons(application) == ["automation.dearer_cost"]


def test_a_cost_that_is_unusually_high_is_judged_by_a_person_the_first_time_too(cast):
    rules(cast)
    application = applied(cast.elin)
    costs = [{"kind": "rent", "amount": 5200, "rooms": 1}, {"kind": "electricity", "amount": 6200}]
    assert decide(application, costs=costs) is None
    assert reasons(application) == ["automation.unusual_cost"]


def test_an_open_warning_stops_it(cast):
    rules(cast)
    application = applied(cast.elin)

    @foundation.operation
    def warn(*, by, at):
        Warning(
            case_id=application.case_id, application=application, month=application.month, kind="INCOME_CHANGE",
            key="k", raised_at=at,
        ).save(force_insert=True)  # fmt: skip

    warn(by=foundation.system("test"), at=now())
    assert decide(application) is None
    assert reasons(application) == ["automation.warnings"]


def test_an_activity_requirement_that_a_person_has_tried_is_no_doubt(cast):
    rules(cast)
    application = applied(cast.elin)
    month = str(this_month())
    automation.try_activity_requirement(
        case_id=application.case_id, month_from=month, month_to=month, outcome="exempt", why="Arbetar heltid",
        by=cast.asa, at=now(),
    )  # fmt: skip
    assert decide(application, history={"months_with_aid_in_a_row": 5}) is not None
    assert len(events("income_support.activity_tried")) == 1


def test_the_machine_never_tries_the_activity_requirement(cast):
    application = applied(cast.elin)
    month = str(this_month())
    trial = {"case_id": application.case_id, "month_from": month, "month_to": month, "outcome": "exempt", "why": "x"}
    for stranger in (AUTOMATION, cast.david, cast.elin):
        with pytest.raises(foundation.HandslagError):
            automation.try_activity_requirement(**trial, by=stranger, at=now())


def test_the_delegation_order_must_give_it_to_the_machine(cast):
    rules(cast)
    with foundation.acting(foundation.system("test")):
        foundation.DelegationRule.objects.filter(automated=True).update(valid_to=this_month().first)
    application = applied(cast.elin)
    assert decide(application) is None
    assert "automation.not_delegated" in reasons(application)


def test_a_fault_rolls_back_and_hands_over(cast, monkeypatch):
    rules(cast)
    application = applied(cast.elin)

    def broken(*arguments, **named):
        raise OSError("no disk")

    monkeypatch.setattr(decisions.after_decision, "carry_out", broken)
    assert decide(application) is None
    assert reasons(application) == ["automation.fault"]
    assert not events("casework.decision_made")
    assert not events("income_support.assessment_made")


def test_pausing_stops_at_once_and_starting_goes_on(cast):
    rules(cast)
    automation.turn_automation(paused=True, why="Fel i register", by=cast.carina, at=now())
    automation.turn_automation(paused=True, why="Igen", by=cast.carina, at=now())
    first = applied(cast.elin)
    assert decide(first) is None
    assert reasons(first) == ["automation.paused"]
    automation.turn_automation(paused=False, why="Rättat", by=cast.rune, at=now() + timedelta(seconds=1))
    assert not is_paused()
    assert decide(applied(cast.farid)) is not None
    assert [event.data["paused"] for event in events("income_support.automation_turned")] == [True, False]


def test_only_managers_and_rules_officers_turn_it(cast):
    for stranger in (cast.asa, cast.frida, cast.elin, cast.ada):
        with pytest.raises(foundation.Refused):
            automation.turn_automation(paused=True, why="x", by=stranger, at=now())
    with pytest.raises(foundation.BadInput):
        automation.turn_automation(paused=True, why=" ", by=cast.carina, at=now())


# --- samples ------------------------------------------------------------------------------------------------


def drawn(cast):
    rules(cast, percent=100)
    application = applied(cast.elin)
    assert decide(application) is None
    assert reasons(application) == ["automation.sample"]
    return application


def test_a_drawn_proposal_waits_for_a_person_and_leaves_as_their_decision(cast):
    application = drawn(cast)
    with foundation.acting(cast.asa):
        [sample] = find_samples(cast.asa)
    assert (sample.application_id, sample.proposed_kr) == (application.id, 10720)
    automation.review_sample(sample_id=sample.id, agrees=True, by=cast.asa, at=now())
    decision = decisions.grant(application_id=application.id, by=cast.asa, at=now())
    assert not decision.automated
    with foundation.acting(cast.asa):
        found = agreement(cast.asa)
        assert find_samples(cast.asa) == []
    assert (found.checked, found.agreed, found.share) == (1, 1, 1.0)
    assert 0.2 < found.low < 0.21
    assert len(events("income_support.sample_reviewed")) == 1


def test_disagreeing_needs_its_reason_and_stands(cast):
    drawn(cast)
    with foundation.acting(cast.asa):
        [sample] = find_samples(cast.asa)
    with pytest.raises(foundation.BadInput):
        automation.review_sample(sample_id=sample.id, agrees=False, by=cast.asa, at=now())
    automation.review_sample(sample_id=sample.id, agrees=False, why="Inneboende saknas", by=cast.asa, at=now())
    again = automation.review_sample(sample_id=sample.id, agrees=True, by=cast.bjorn, at=now())
    assert again.state == "disagreed"


def test_the_draw_takes_its_share_and_gives_the_same_each_time():
    cases = [UUID(int=n) for n in range(4000)]
    hit = {one for one in cases if automation.draw_hits(one, "2026-11", Decimal(5))}
    assert 140 < len(hit) < 260  # 200 is expected
    assert {one for one in cases if automation.draw_hits(one, "2026-11", Decimal(5))} == hit
    assert hit != {one for one in cases if automation.draw_hits(one, "2026-12", Decimal(5))}, "each month anew"
    assert not any(automation.draw_hits(one, "2026-11", Decimal(0)) for one in cases)
    assert all(automation.draw_hits(one, "2026-11", Decimal(100)) for one in cases)


def test_strangers_neither_see_nor_review_samples(cast, intruder):
    drawn(cast)
    with foundation.acting(cast.asa):
        [sample] = find_samples(cast.asa)
    for stranger in (cast.david, cast.elin, cast.greta):
        with foundation.acting(stranger):
            assert find_samples(stranger) == []
        with pytest.raises(foundation.HandslagError):
            automation.review_sample(sample_id=sample.id, agrees=True, by=stranger, at=now())
    assert intruder.execute("SELECT count(*) FROM income_support_samplereview").fetchone() == (0,)


# --- the board's table --------------------------------------------------------------------------------------


def test_the_table_is_told_in_words_in_both_languages(cast):
    from django.utils.translation import override

    rule = rules(cast, percent=5)
    for language in ("sv", "en"):
        with override(language):
            words = [foundation.tell(said) for said in conditions(rule)]
        assert len(words) == 12
        assert not [word for word in words if "{" in word or "without words" in word]


def test_a_later_decision_of_the_board_takes_over_and_nothing_is_overwritten(cast):
    first = rules(cast)
    later = automation.enter_automation_rule(
        valid_from=this_month().next().first, kinds=["renewal"], highest_kr=10, paragraph="§ 2", decided_on=this_month().first,
        by=cast.rune, at=now(),
    )  # fmt: skip
    assert rule_on(this_month().last) == first
    assert rule_on(this_month().next().first) == later
    with foundation.acting(cast.rune), pytest.raises(Error), transaction.atomic():
        AutomationRule.objects.filter(id=first.id).update(highest_kr=1)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"kinds": []}, "kinds"), ({"kinds": ["all"]}, "kinds"), ({"highest_kr": 0}, "highest_kr"),
        ({"sample_percent": 101}, "sample_percent"), ({"paragraph": " "}, "paragraph"),
        ({"special_kinds": ["holiday"]}, "special_kinds"),
    ],
)  # fmt: skip
def test_a_table_with_a_fault_is_refused_by_field(cast, changed, where):
    with pytest.raises(foundation.BadInput) as fault:
        rules(cast, **changed)
    assert fault.value.where == where


def test_only_a_rules_officer_enters_the_table(cast):
    for stranger in (cast.asa, cast.carina, cast.elin):
        with pytest.raises(foundation.Refused):
            automation.enter_automation_rule(
                valid_from=this_month().first, kinds=["new"], highest_kr=10, paragraph="§", decided_on=this_month().first,
                by=stranger, at=now(),
            )  # fmt: skip
        with foundation.acting(stranger), pytest.raises(Error), transaction.atomic():
            SampleReview.objects.bulk_create([])
            AutomationRule.objects.bulk_create(
                [
                    AutomationRule(
                        valid_from=this_month().first, kinds=["new"], highest_kr=1, sample_percent=0, paragraph="§",
                        decided_on=this_month().first, entered_at=now(),
                    )
                ]
            )  # fmt: skip


def test_an_application_that_waits_for_its_check_is_not_drawn_again(cast):
    application = drawn(cast)
    with foundation.acting(foundation.system("test")):
        from handslag.income_support.models import Application

        Application.objects.filter(id=application.id).update(state="assessing")
    rules(cast, percent=0, paragraph="§ 2/2025")
    assert decide(application) is None
    with foundation.acting(cast.asa):
        assert SampleReview.objects.count() == 1


def test_the_chain_of_jobs_ends_with_the_decision(cast):
    from handslag.income_support.operations import chain

    rules(cast)
    application = applied(cast.elin)
    chain.assess_and_try_to_decide(application.id)
    chain.assess_and_try_to_decide(application.id)
    with foundation.acting(foundation.system("test")):
        application.refresh_from_db()
        assert application.state == "decided"
        assert casework.Decision.objects.filter(matter_id=application.id).count() == 1
