"""Deciding: communication first, delegation, automation, what is never changed, delivery and the last day to appeal."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from handslag.casework import public as casework
from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.rules.appeals import appeal_rule, last_day_to_appeal
from handslag.casework.rules.calendar import is_working_day
from handslag.foundation import public as foundation
from tests.casework.conftest import events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Decide = Callable[..., casework.Decision]
AUTOMATION = foundation.system("automation")


@pytest.fixture
def decide(cast: Cast, case: casework.Case, now: datetime) -> Decide:
    def do(**told: Any) -> casework.Decision:
        facts: dict[str, Any] = {
            "case_id": case.id, "type": "income_support.grant", "outcome": "granted", "legal_ground": "SoL 12:1",
            "reason": "Inkomsterna räcker inte till.", "amount": 4180, "period_from": date(2026, 11, 1),
            "period_to": date(2026, 11, 30), "by": cast.asa, "at": now, **told,
        }  # fmt: skip
        return casework.decide(**facts)

    return do


def test_a_decision_says_who_what_why_and_how_to_appeal(
    cast: Cast, case: casework.Case, decide: Decide, now: datetime
) -> None:
    decision = decide(rapporteur_id=cast.bjorn.account_id, took_part=[cast.carina.account_id])
    read = casework.get_decision(decision.id, cast.bjorn)
    assert (read.outcome, read.amount_kr, read.decided_at) == ("granted", Decimal("4180.00"), now)
    assert (read.decided_by_id, read.rapporteur_id) == (cast.asa.account_id, cast.bjorn.account_id)
    assert read.took_part == [str(cast.carina.account_id)]
    assert read.reasons == ["Inkomsterna räcker inte till."]
    assert (read.appeal, read.delivered_at, read.appeal_last_day) == ("income_support", None, None)
    assert "förvaltningsrätten" in casework.appeal_text(read.appeal)
    with foundation.acting(cast.system):
        event = foundation.Event.objects.get(case_id=case.id, kind="casework.decision_made")
    assert event.data["amount_kr"] == "4180.00"
    assert "räcker" not in str(event.data)


def test_a_step_on_the_way_grants_and_refuses_nothing(cast: Cast, decide: Decide) -> None:
    """To open an investigation is a decision with an outcome of its own, told by its own sentence, and without a sum."""
    step = {"outcome": "decided", "procedural": True}
    with pytest.raises(foundation.BadInput) as fault:
        decide(**step)
    assert fault.value.where == "amount"
    made = decide(**step, amount=None, reason=[foundation.said("child_protection.decision.open"), "Oro"])
    assert made.communication is None
    assert made.result == "Nämnden inleder en utredning om barnet."
    assert decide(**step, amount=None).result == "Beslutat"
    # One that ends a matter is communicated first, like any other that is not wholly favourable.
    with pytest.raises(casework.NotCommunicated):
        decide(outcome="decided", amount=None)


@pytest.mark.parametrize("outcome", ["partly_granted", "refused", "dismissed"])
def test_nothing_against_the_person_before_they_could_answer(
    cast: Cast, case: casework.Case, decide: Decide, now: datetime, outcome: str
) -> None:
    against = {"type": "income_support.refuse", "outcome": outcome}
    with pytest.raises(casework.NotCommunicated):
        decide(**against)
    sent = casework.communicate(
        case_id=case.id,
        material="Lön",
        answer_until=foundation.day_of(now) + timedelta(days=7),
        by=cast.asa,
        at=now,
    )
    with pytest.raises(casework.NotCommunicated):
        decide(**against)
    casework.answer_communication(communication_id=sent.id, answer="Stämmer.", by=cast.elin, at=now)
    decision = decide(**against)
    assert decision.communication_id == sent.id
    with pytest.raises(casework.NotCommunicated):  # the next decision needs its own
        decide(**against)
    assert len(casework.find_decisions(case.id, cast.asa)) == 1


def test_silence_until_the_last_day_counts_from_the_day_after(
    cast: Cast, case: casework.Case, decide: Decide, now: datetime
) -> None:
    until = foundation.day_of(now) + timedelta(days=7)
    casework.communicate(case_id=case.id, material="Lön", answer_until=until, by=cast.asa, at=now)
    with pytest.raises(casework.NotCommunicated):
        decide(outcome="refused", type="income_support.refuse", at=now + timedelta(days=7))
    assert (
        decide(outcome="refused", type="income_support.refuse", at=now + timedelta(days=8)).outcome
        == "refused"
    )


def test_communication_of_another_matter_does_not_count(
    cast: Cast, case: casework.Case, decide: Decide, now: datetime
) -> None:
    mine, other = foundation.new_id(), foundation.new_id()
    casework.waive_communication(
        case_id=case.id, because="Egna uppgifter", matter_id=other, by=cast.asa, at=now
    )
    with pytest.raises(casework.NotCommunicated):
        decide(outcome="refused", type="income_support.refuse", matter_id=mine)
    assert decide(outcome="refused", type="income_support.refuse", matter_id=other).matter_id == other


def test_the_delegation_order_decides_who_may(cast: Cast, case: casework.Case, decide: Decide) -> None:
    with pytest.raises(foundation.Refused):
        decide(amount=60_001)
    assert decide(amount=60_001, by=cast.carina).decided_by_id == cast.carina.account_id
    with pytest.raises(foundation.Refused):
        decide(type="a_type_that_nobody_has_delegated")
    with pytest.raises(foundation.Refused):
        decide(by=cast.elin)
    for stranger in (cast.frida, cast.david, cast.ada, cast.greta):
        with pytest.raises(casework.CaseNotFound):
            decide(by=stranger)
    assert len(casework.find_decisions(case.id, cast.asa)) == 1


def test_only_the_wholly_favourable_is_automated(
    cast: Cast, case: casework.Case, decide: Decide, now: datetime
) -> None:
    automated = decide(automated=True, by=AUTOMATION)
    assert (automated.automated, automated.decided_by_id) == (True, None)
    casework.waive_communication(case_id=case.id, because="x", by=cast.asa, at=now)
    for wrong in (
        {"outcome": "partly_granted"},
        {"outcome": "refused"},
        {"legal_ground": "SoL 12:2"},
        {"by": cast.asa},
        {"automated": False},
    ):
        with pytest.raises(casework.NotForAutomation):
            decide(**{"automated": True, "by": AUTOMATION, **wrong})
    with pytest.raises(foundation.Refused):
        decide(automated=True, by=AUTOMATION, amount=40_001)


def test_a_ground_or_a_day_without_a_rule_stops(decide: Decide) -> None:
    for ground in ("SoL 99:1", "SoL2001 4:1", ""):
        with pytest.raises(casework.NoAppealRule) as fault:
            decide(legal_ground=ground)
        assert fault.value.where == "legal_ground"


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"amount": Decimal("-1")}, "amount"),
        ({"outcome": "maybe"}, "outcome"),
        ({"reason": "  "}, "reason"),
        ({"reason": []}, "reason"),
        ({"period_to": None}, "period_to"),
        ({"period_to": date(2026, 10, 31)}, "period_to"),
    ],
)
def test_what_a_decision_cannot_hold(
    cast: Cast, case: casework.Case, decide: Decide, wrong: dict[str, Any], where: str
) -> None:
    with pytest.raises(foundation.BadInput) as fault:
        decide(**wrong)
    assert fault.value.where == where
    assert casework.find_decisions(case.id, cast.asa) == []


def test_deciding_twice_with_the_same_key_is_one_decision(
    cast: Cast, case: casework.Case, decide: Decide
) -> None:
    assert decide(idempotency_key="k").id == decide(idempotency_key="k").id
    assert events_of(case).count("casework.decision_made") == 1


def test_a_decision_is_never_changed_but_replaced(cast: Cast, decide: Decide) -> None:
    decision = decide()
    for actor in (cast.asa, cast.system):
        for change in ({"amount_kr": 1}, {"reasons": ["annat"]}, {"outcome": "refused"}):
            with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
                casework.Decision.objects.filter(id=decision.id).update(**change)
        with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
            casework.Decision.objects.filter(id=decision.id).delete()
    later = decide(replaces_id=decision.id, amount=5000)
    assert later.replaces_id == decision.id
    with pytest.raises(foundation.Refused):
        decide(replaces_id=decision.id)


def test_delivery_sets_the_last_day_to_appeal_once(cast: Cast, case: casework.Case, decide: Decide) -> None:
    got = datetime(2026, 5, 29, 10, tzinfo=UTC)  # three weeks later is midsommarafton
    decision = decide(at=got - timedelta(hours=1))
    assert casework.find_decisions(case.id, cast.elin) == []
    with pytest.raises(foundation.BadInput):
        casework.deliver_decision(decision_id=decision.id, way="pigeon", by=cast.asa, at=got)
    delivered = casework.deliver_decision(decision_id=decision.id, way="my_page", by=cast.asa, at=got)
    assert delivered.appeal_last_day == date(2026, 6, 22)
    again = casework.deliver_decision(
        decision_id=decision.id, way="post", by=cast.asa, at=got + timedelta(days=9)
    )
    assert (again.delivered_at, again.delivered_by_way) == (got, "my_page")
    assert [one.id for one in casework.find_decisions(case.id, cast.elin)] == [decision.id]
    assert [one.id for one in casework.find_decisions(case.id, cast.farid)] == [decision.id]
    assert casework.find_decisions(case.id, cast.greta) == []
    with pytest.raises(DatabaseError), foundation.acting(cast.system), transaction.atomic():
        casework.Decision.objects.filter(id=decision.id).update(appeal_last_day=date(2030, 1, 1))
    (clock,) = casework.find_clocks(case.id, cast.asa)
    assert (clock.rule, clock.last_day, clock.counts) == ("OVERK", date(2026, 6, 22), False)
    assert casework.get_case(case.id, cast.asa).due_on is None


def test_a_decision_that_only_legality_review_meets_has_no_last_day(
    cast: Cast, decide: Decide, now: datetime
) -> None:
    decision = decide(legal_ground="SoL 12:2")
    delivered = casework.deliver_decision(decision_id=decision.id, way="post", by=cast.asa, at=now)
    assert delivered.appeal_last_day is None
    assert "laglighetsprövning" in casework.appeal_text(delivered.appeal)


def test_the_letter_is_joined_once(cast: Cast, case: casework.Case, decide: Decide, now: datetime) -> None:
    decision = decide()
    papers = [
        casework.add_document(
            case_id=case.id, name="b.pdf", content=b"%PDF-1.7", kind="decision_letter", by=cast.asa, at=now
        )
        for _ in range(2)
    ]
    assert casework.attach_letter(
        decision_id=decision.id, document_id=papers[0].id, by=cast.asa, at=now
    ).letter_id
    casework.attach_letter(decision_id=decision.id, document_id=papers[0].id, by=cast.asa, at=now)
    with pytest.raises(foundation.Refused):
        casework.attach_letter(decision_id=decision.id, document_id=papers[1].id, by=cast.asa, at=now)


def test_every_rule_of_appeal_has_words_and_one_row_for_a_day() -> None:
    for rule in casework.appeal_rules():
        assert "without words" not in casework.appeal_text(rule.code)
        assert appeal_rule(casework.appeal_rules(), rule.legal_ground, rule.valid_from) is rule
        assert (rule.way == "appeal") == (rule.clock is not None)
        assert rule.way == "appeal" or not rule.may_be_automated


@given(st.dates(min_value=date(2018, 7, 1), max_value=date(2060, 12, 31)))
def test_the_last_day_is_a_working_day_from_three_weeks_on(delivered_on: date) -> None:
    rule = next(one for one in casework.appeal_rules() if one.way == "appeal")
    last = last_day_to_appeal(rule, delivered_on, load_clock_rules())
    assert last is not None
    assert is_working_day(last)
    assert 21 <= (last - delivered_on).days <= 21 + 5
