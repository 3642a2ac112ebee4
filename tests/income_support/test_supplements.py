"""A supplement grants what is new and nothing of the month twice."""

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support.operations import applications, assessments, decisions, registers
from handslag.income_support.operations.assessments import refresh_assessment
from handslag.income_support.queries.facts import facts_of
from handslag.income_support.replay import replay
from tests.income_support.applying import ANSWERS, apply, now
from tests.income_support.deciding import AUTOMATION, rules, with_worker

pytestmark = pytest.mark.django_db(databases=["default"])
NEED = {"kind": "dental_care", "amount_kr": "900", "why": "Akut tandvård"}


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def supplement(cast):
    application = apply(cast.elin, special={"special": [NEED]}, why={"why": "Tandvärk"})
    assert application.kind == "supplement"
    registers.fetch_registers(application.id)
    applications.begin_assessing(application_id=application.id, by=AUTOMATION, at=now())
    reason = foundation.said("handed.supplement")
    applications.hand_to_worker(application_id=application.id, reasons=[reason], by=AUTOMATION, at=now())
    return application


def test_only_the_new_need_is_granted(cast):
    rules(cast)
    main = with_worker(cast.elin, cast.asa)
    decisions.grant(application_id=main.application.id, by=cast.asa, at=now())
    added = supplement(cast)
    row = refresh_assessment(application_id=added.id, by=cast.asa, at=now())
    assert row.result["granted"] == 900
    codes = {line["code"]: line["amount"] for line in row.result["lines"]}
    assert codes["income.earlier_aid"] == 10720 and codes["special.dental_care"] == 900
    decision = decisions.grant(application_id=added.id, by=cast.asa, at=now())
    assert decision.amount_kr == 900
    assert replay().differences == ()


def test_what_was_cut_is_not_asked_for_again_and_own_values_do_not_leak(cast):
    rules(cast)
    main = with_worker(cast.elin, cast.asa, housing={**ANSWERS["housing"], "rent_kr": "9900"})
    assessments.change_line(
        assessment_id=main.row.id, version=1, line="cost.rent", amount=7000, why="Skälig", by=cast.asa, at=now()
    )
    casework.waive_communication(
        case_id=main.application.case_id, matter_id=main.application.id, because="Uppenbart obehövligt", by=cast.asa, at=now()
    )
    first = decisions.grant_partly(application_id=main.application.id, reason="Hyran", by=cast.asa, at=now())
    assert first.amount_kr == 12520
    added = supplement(cast)
    refresh_assessment(application_id=added.id, by=cast.asa, at=now())
    assert decisions.grant(application_id=added.id, by=cast.asa, at=now()).amount_kr == 900


def test_a_second_supplement_adds_to_the_first(cast):
    rules(cast)
    main = with_worker(cast.elin, cast.asa)
    decisions.grant(application_id=main.application.id, by=cast.asa, at=now())
    for _ in range(2):
        added = supplement(cast)
        refresh_assessment(application_id=added.id, by=cast.asa, at=now())
        assert decisions.grant(application_id=added.id, by=cast.asa, at=now()).amount_kr == 900


def test_before_the_month_is_decided_a_person_must_find_out(cast):
    rules(cast)
    with_worker(cast.elin, cast.asa)
    added = supplement(cast)
    with foundation.acting(cast.asa):
        codes = [lack.code for lack in facts_of(added).missing]
    assert "facts.no_main_decision" in codes
