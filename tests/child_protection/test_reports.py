"""From a report of concern to what is decided about each child."""

from datetime import date, timedelta

import pytest

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import (
    AT,
    SYSTEM,
    a_child,
    child_of,
    clocks_of,
    decide,
    events_about,
    fresh,
    reported,
    safe,
)

pytestmark = pytest.mark.django_db(databases=["default"])


def test_anyone_may_report_and_gets_a_number_and_a_secret(cast: Cast) -> None:
    report = children.receive_report(
        what_seen="Ett litet barn är ute ensamt om kvällarna.",
        children=[children.ChildAsTold(age_told="ungefär fyra år")],
        by=foundation.VISITOR, at=AT,
    )  # fmt: skip
    assert report.number == "OA-2026-00001"
    receipt = children.receipt_of(report.number, report.receipt_code.lower())
    assert receipt is not None and receipt.received_at == AT
    assert children.receipt_of(report.number, "AAAA-BBBB-CCCC") is None
    assert report.receipt_code not in fresh(report).receipt_hash
    page = children.find_arrivals(cast.maja)
    assert [one.report.id for one in page.rows] == [report.id]
    assert events_about(report.id) == ["report_received"]


def test_a_child_with_a_known_number_and_name_has_its_file_and_clocks_at_once(cast: Cast) -> None:
    nora = a_child(cast)
    child = child_of(reported(cast, nora))
    assert child.person_id == nora.id
    assert child.due_on == date(2026, 12, 2)
    clocks = clocks_of(child)
    assert clocks["FORH"].last_day == date(2026, 12, 2)
    assert clocks["PROT"].last_day is None and clocks["PROT"].soft
    case = casework.get_case(clocks["FORH"].case_id, cast.maja)
    assert case.number.startswith("BU-") and case.unit_id == cast.children
    assert [party.has_insight for party in casework.find_parties(case.id, cast.maja)] == [False]


def test_a_report_goes_all_the_way_to_not_opened_and_stands_in_the_file(cast: Cast) -> None:
    report = reported(cast, a_child(cast), concern_codes=["school"])
    child = child_of(report)
    safe(cast, child)
    decided = decide(cast, child)
    assert decided.outcome == "not_open" and decided.investigation_id is None
    assert fresh(report).state == "decided"
    assert {rule: clock.state for rule, clock in clocks_of(child).items()} == {"PROT": "met", "FORH": "met"}
    assert child.case_id is not None
    notes = casework.find_notes(child.case_id, cast.maja).rows
    told = [foundation.tell(note.said) for note in notes]
    assert any("Prövat med chefen." in text for text in told) and any("Talat med skolan." in text for text in told)
    assert all("Tina" not in text and "Ekebyskolan" not in text for text in told)
    assert {note.author_id for note in notes if note.said and ".protection_" in note.said["code"]} == {
        cast.maja.account_id
    }
    assert events_about(report.id) == [
        "report_received", "child_identified", "protection_assessed", "preliminary_decided",
    ]  # fmt: skip


def test_opening_opens_the_investigation_in_the_same_transaction(cast: Cast) -> None:
    child = child_of(reported(cast, a_child(cast), concern_codes=["witnessed_violence"]))
    safe(cast, child)
    decided = decide(cast, child, "open")
    assert decided.violence
    view = children.investigation_view(decided.investigation_id, cast.maja)
    assert view.investigation.reported_child_id == child.id and view.investigation.violence


def test_feedback_runs_seven_days_from_the_decision_and_says_only_what_may_be_said(cast: Cast) -> None:
    report = reported(cast, a_child(cast))
    child = child_of(report)
    safe(cast, child)
    decide(cast, child, at=AT + timedelta(days=2))
    with foundation.acting(SYSTEM):
        clock = casework.LegalClock.objects.get(rule="AATERK")
    assert clock.last_day == date(2026, 11, 27)
    with pytest.raises(foundation.BadInput):
        children.give_feedback(report_id=report.id, text_code="opened", way="phone", by=cast.maja, at=AT)
    children.give_feedback(
        report_id=report.id, text_code="not_opened", way="phone", by=cast.maja, at=AT + timedelta(days=3)
    )
    with foundation.acting(SYSTEM):
        clock.refresh_from_db()
    assert clock.state == "met"


@pytest.mark.parametrize(("protection", "is_known"), [("none", True), ("unknown", False), ("secrecy_mark", False)])
def test_a_child_found_by_search_is_identified_unless_protected(
    cast: Cast, protection: str, is_known: bool
) -> None:
    report = children.receive_report(
        what_seen="Barnet är ute sent.", children=[children.ChildAsTold(given_name="Lo")], by=cast.tina, at=AT
    )
    unread = people.register_person(
        given_name="Lo", family_name="Lind", born=date(2017, 3, 4), sex="woman", identity_number=None,
        protection=protection, by=SYSTEM, at=AT,
    )  # fmt: skip
    named = {"reported_child_id": child_of(report).id, "person_id": unread.id, "by": cast.maja, "at": AT}
    if is_known:
        assert children.identify_child(**named).person_id == unread.id
    else:
        with pytest.raises(people.PersonNotFound):
            children.identify_child(**named)


def test_a_file_whose_report_is_undecided_does_not_close(cast: Cast) -> None:
    child = child_of(reported(cast, a_child(cast)))
    assert child.case_id is not None
    with pytest.raises(casework.CaseMayNotClose) as held:
        casework.close_case(case_id=child.case_id, because="other", by=cast.david, at=AT)
    assert "orosanmälan" in str(held.value)
    safe(cast, child)
    decide(cast, child)
    casework.close_case(case_id=child.case_id, because="not_investigated", by=cast.david, at=AT)
