"""The unit on call opens an investigation that cannot wait, by delegation; the child's unit has it from then."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.reporting import SYSTEM, a_child, child_of, clocks_of, decide, fresh, reported
from tests.child_protection.test_report_faults import NIGHT, the_office

pytestmark = pytest.mark.django_db(databases=["default"])
WHY = "Barnet kan inte vara kvar hemma i natt."


def at_night(cast: Cast, *persons: Any) -> children.Report:
    """A report at half past eleven, with Olle's protection assessment of every child."""
    the_office(cast)
    report = reported(cast, *(persons or (a_child(cast),)), at=NIGHT)
    for place in range(len(persons) or 1):
        children.assess_protection(
            reported_child_id=child_of(report, place).id,
            danger=False,
            ground="Ringt hem",
            by=cast.olle,
            at=NIGHT,
        )
    return report


def opens(cast: Cast, child: children.ReportedChild, **told: Any) -> Any:
    return decide(cast, child, "open", **{"by": cast.olle, "at": NIGHT, "cannot_wait": WHY, **told})


def test_it_is_opened_on_call_and_lands_with_the_childs_unit(cast: Cast) -> None:
    report = at_night(cast)
    child = child_of(report)
    decided = opens(cast, child)
    assert decided.decided_by_id == cast.olle.account_id
    assert child.case_id is not None
    # The child's unit has the investigation with its four months running, and the report with everything.
    (one,) = children.investigations_of(child.case_id, cast.sam)
    assert (one.id, one.opened_by_id) == (decided.investigation_id, cast.olle.account_id)
    running = {clock.rule: clock.last_day for clock in casework.find_clocks(child.case_id, cast.sam)}
    assert running["UTR"] == date(2027, 3, 18)
    assert clocks_of(child)["FORH"].state == "met"
    assert fresh(report).unit_id == cast.children
    (decision,) = casework.find_decisions(child.case_id, cast.sam)
    assert (decision.type, decision.outcome, decision.decided_by_id, decision.automated) == (
        "child_protection.open_on_call", "decided", cast.olle.account_id, False,
    )  # fmt: skip
    assert WHY in decision.reasons
    with foundation.acting(cast.eva):
        told = [notice.text["code"] for notice in foundation.notices_of(cast.eva)]
    assert "child_protection.opened_on_call" in told
    with foundation.acting(SYSTEM):
        event = foundation.Event.objects.get(kind="child_protection.investigation_opened")
    assert event.data["acted_id"] == str(cast.olle.account_id)


def test_the_one_on_call_gets_no_right_in_the_file(cast: Cast, intruder: psycopg.Connection[Any]) -> None:
    report = at_night(cast)
    child = child_of(report)
    opens(cast, child)
    assert child.case_id is not None
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(child.case_id, cast.olle)
    with pytest.raises(children.ReportNotFound):
        children.report_view(report.id, cast.olle)
    for table in (
        "casework_case",
        "casework_decision",
        "child_protection_investigation",
        "child_protection_report",
    ):
        with foundation.acting(cast.olle), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        row = intruder.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert row == (0,), table


def test_a_report_of_two_children_goes_over_when_both_are_decided(cast: Cast) -> None:
    report = at_night(cast, a_child(cast), a_child(cast, "Omar", nth=1))
    opens(cast, child_of(report))
    assert fresh(report).unit_id == cast.on_call
    opens(cast, child_of(report, 1))
    assert fresh(report).unit_id == cast.children


def test_who_may_is_a_row_of_the_delegation_order(cast: Cast) -> None:
    report = at_night(cast)
    child = child_of(report)
    with pytest.raises(foundation.BadInput):
        opens(cast, child, cannot_wait=" ")
    with foundation.acting(SYSTEM):
        rules = foundation.DelegationRule.objects.filter(decision_type="child_protection.open_on_call")
        rules.update(valid_to=NIGHT.date())
    assert not children.may_open_on_call(fresh(report), cast.olle, NIGHT)
    with pytest.raises(children.DayUnitOpens):
        opens(cast, child)
    with foundation.acting(SYSTEM):
        assert not children.Investigation.objects.exists() and not casework.Decision.objects.exists()


def test_nobody_else_opens_it_and_not_by_day(cast: Cast) -> None:
    child = child_of(at_night(cast))
    for stranger in (cast.asa, cast.carina, cast.vera, cast.tina, foundation.VISITOR):
        with pytest.raises(foundation.HandslagError):
            opens(cast, child, by=stranger)
    children.hand_over_report(report_id=child.report_id, by=cast.olle, at=NIGHT)
    with pytest.raises(children.ReportNotFound):
        opens(cast, child)


def test_nobody_decides_in_a_colleagues_name(cast: Cast) -> None:
    child = child_of(at_night(cast))
    assert child.case_id is not None
    with pytest.raises(foundation.Refused):
        casework.decide(
            case_id=child.case_id, type="child_protection.open_on_call", outcome="decided", legal_ground="SoL 14:2",
            reason="x", procedural=True, decider=cast.olle, delegated_in=cast.on_call, by=cast.david, at=NIGHT,
        )  # fmt: skip
