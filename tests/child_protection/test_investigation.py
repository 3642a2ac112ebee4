"""An investigation from its opening to its close, its time, and what follows it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.investigating import (
    OPENED,
    a_child,
    a_file,
    at,
    clock_of,
    heard,
    informed,
    kinds,
    made_whole,
    manager_of_children,
    opened,
    rules_of,
)

pytestmark = pytest.mark.django_db(databases=["default"])


def test_four_months_run_from_the_opening_and_the_guardian_becomes_a_party(cast: Cast) -> None:
    case = a_file(cast)
    assert [party.person_id for party in casework.find_parties(case.id, cast.david)] == [case.person_id]
    investigation = opened(cast, case, on=date(2025, 10, 31))
    assert (clock_of(case.id, "UTR").last_day, clock_of(case.id, "UTR").source) == (
        date(2026, 2, 28),
        "SoL 20:3",
    )
    assert clock_of(case.id, "UTRINFO").last_day is None
    parties = {party.person_id: party.role for party in casework.find_parties(case.id, cast.david)}
    assert parties[cast.elin.person_id] == "guardian"
    (decision,) = casework.find_decisions(case.id, cast.david)
    assert (decision.type, decision.matter_id) == ("child_protection.open", investigation.id)
    assert "child_protection.investigation_opened" in kinds(case.id)


def test_what_is_opened_must_be_told_and_there_is_one_at_a_time(cast: Cast) -> None:
    case = a_file(cast)
    for told, where in (
        ({"questions": []}, "questions"),
        ({"questions": ["x"]}, "questions"),
        ({"path": "x"}, "path"),
        ({"path_reason": " "}, "path_reason"),
    ):
        with pytest.raises(foundation.BadInput) as fault:
            opened(cast, case, **told)
        assert fault.value.where == where
    with pytest.raises(children.ViolenceIsNotSimple):
        opened(cast, case, path="simplified", questions=["witnessed_violence"])
    opened(cast, case)
    with pytest.raises(children.InvestigationIsOpen):
        opened(cast, case)


def test_the_intensive_path_has_an_own_shorter_day_and_the_same_law(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast), path="intensive")
    assert investigation.target_on == OPENED + timedelta(days=42)
    changed = children.change_path(
        investigation_id=investigation.id, path="ordinary", reason="Fler frågor", by=cast.david, at=at(OPENED)
    )
    assert changed.target_on is None
    assert clock_of(changed.case_id, "UTR").last_day == date(2027, 1, 1)


def test_extension_is_a_managers_decision_for_a_set_time_before_the_last_day(cast: Cast) -> None:
    manager, investigation = manager_of_children(cast), opened(cast, a_file(cast))
    longer = {"investigation_id": investigation.id, "until": date(2027, 2, 15), "ground": "Väntar på BUP"}
    with pytest.raises(foundation.Refused):
        children.extend_investigation(**longer, by=cast.david, at=at(date(2026, 12, 20)))
    with pytest.raises(foundation.BadInput):
        children.extend_investigation(**longer | {"ground": ""}, by=manager, at=at(date(2026, 12, 20)))
    with pytest.raises(foundation.BadInput):
        children.extend_investigation(
            **longer | {"until": date(2026, 12, 30)}, by=manager, at=at(date(2026, 12, 20))
        )
    with pytest.raises(children.TooLateToExtend):
        children.extend_investigation(**longer, by=manager, at=at(date(2027, 1, 2)))
    # The refused ones left nothing behind.
    assert len(casework.find_decisions(investigation.case_id, cast.david)) == 1
    children.extend_investigation(**longer, by=manager, at=at(date(2027, 1, 1), 23))
    assert {one.outcome for one in casework.find_decisions(investigation.case_id, cast.david)} == {"decided"}
    clock = clock_of(investigation.case_id, "UTR")
    assert (clock.state, clock.last_day, clock.extended_because) == (
        "extended",
        date(2027, 2, 15),
        "Väntar på BUP",
    )
    assert "child_protection.investigation_extended" in kinds(investigation.case_id)


def test_nothing_closes_before_the_process_is_whole(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    end = {"investigation_id": investigation.id, "outcome": "without_intervention", "ground": "Inget behov"}
    with pytest.raises(children.InvestigationMayNotClose) as refused:
        children.close_investigation(**end, by=cast.david, at=at(date(2026, 10, 1)))
    assert refused.value.missing == [
        "informed", "planned", "child_view", "risk", "best_interests", "assessment", "communicated",
    ]  # fmt: skip
    assert "child's own view" in refused.value.what or "Barnets egen" in refused.value.what
    made_whole(cast, investigation, on=date(2026, 10, 1))
    children.plan_step(
        investigation_id=investigation.id,
        what="Hembesök",
        due_on=date(2026, 10, 9),
        by=cast.david,
        at=at(date(2026, 10, 1)),
    )
    with pytest.raises(children.InvestigationMayNotClose) as refused:
        children.close_investigation(**end, by=cast.david, at=at(date(2026, 10, 1)))
    assert refused.value.missing == ["plan"]


@pytest.mark.parametrize(("said", "where"), [
    ({}, "whom"),
    ({"whom": "  ", "because_not": " "}, "whom"),
    ({"whom": "Elin Ekdal"}, "told_on"),
    ({"whom": "Elin Ekdal", "told_on": OPENED}, "how"),
    ({"whom": "Elin Ekdal", "told_on": OPENED, "how": "rumour"}, "how"),
    ({"whom": "Elin Ekdal", "told_on": date(2026, 8, 31), "how": "phone"}, "told_on"),
    ({"whom": "Elin Ekdal", "told_on": date(2026, 9, 3), "how": "phone"}, "told_on"),
    ({"told_on": OPENED, "how": "phone", "because_not": "Fadern får inte veta än"}, "whom"),
    ({"because_not": "nej"}, "because_not"),
])  # fmt: skip
def test_that_they_were_told_says_who_and_when_and_how(cast: Cast, said: dict[str, Any], where: str) -> None:
    investigation = opened(cast, a_file(cast))
    with pytest.raises(foundation.BadInput) as fault:
        children.inform_concerned(
            investigation_id=investigation.id, by=cast.david, at=at(date(2026, 9, 2)), **said
        )
    assert fault.value.where == where
    assert "child_protection.concerned_informed" not in kinds(investigation.case_id)
    assert clock_of(investigation.case_id, "UTRINFO").closed_on is None


def test_some_are_told_and_somebody_is_not_for_special_reasons(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    told = {"investigation_id": investigation.id, "by": cast.david, "at": at(date(2026, 9, 2))}
    kept = children.inform_concerned(
        whom="Elin Ekdal",
        told_on=OPENED,
        how="home_visit",
        because_not="Farid: det skulle öka faran.",
        **told,
    )
    assert (kept.informed_whom, kept.informed_on, kept.informed_how) == ("Elin Ekdal", OPENED, "home_visit")
    assert kept.not_informed_because == "Farid: det skulle öka faran."
    again = children.inform_concerned(because_not="Något annat sägs nu.", **told)
    assert again.not_informed_because == kept.not_informed_because
    assert clock_of(investigation.case_id, "UTRINFO").closed_on == date(2026, 9, 2)
    with foundation.acting(cast.system):
        events = foundation.Event.objects.filter(kind="child_protection.concerned_informed")
        assert [event.data["told"] for event in events] == [True]


def test_time_to_answer_holds_the_close_back(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    informed(cast, investigation, on=OPENED)
    children.record_child_view(
        investigation_id=investigation.id, body="Nils sov", how="not_obtained", by=cast.david, at=at(OPENED)
    )
    children.communicate_investigation(
        investigation_id=investigation.id,
        material="Allt",
        answer_until=date(2026, 9, 15),
        by=cast.david,
        at=at(OPENED),
    )
    early = {"investigation_id": investigation.id, "outcome": "early", "ground": "Familjen flyttar"}
    manager = manager_of_children(cast)
    with pytest.raises(children.InvestigationMayNotClose) as refused:
        children.close_investigation(**early, by=manager, at=at(date(2026, 9, 15)))
    assert refused.value.missing == ["communicated"]
    closed = children.close_investigation(**early, by=manager, at=at(date(2026, 9, 16)))
    assert (closed.outcome, closed.closed_on) == ("early", date(2026, 9, 16))


def test_what_is_offered_is_what_the_close_lets_through(cast: Cast) -> None:
    """The ways to close are asked of the same rules as the close itself: what is not open is refused, what is open closes."""
    investigation, manager = opened(cast, a_file(cast)), manager_of_children(cast)
    everything = {"ground": "Familjen har flyttat", "proposed_intervention": "Kontaktfamilj"}

    def open_to(actor: foundation.Actor, now: datetime) -> set[str]:
        ways = children.ways_to_close(investigation, actor, now)
        offered = {code for code, way in ways.items() if way.is_open}
        for code in set(ways) - offered:
            with pytest.raises((foundation.Refused, children.InvestigationMayNotClose)):
                children.close_investigation(
                    investigation_id=investigation.id, outcome=code, by=actor, at=now, **everything
                )
        return offered

    now = at(date(2026, 10, 1), 15)
    assert open_to(cast.david, now) == open_to(manager, now) == set()
    informed(cast, investigation, on=OPENED)
    children.record_child_view(
        investigation_id=investigation.id, body="Vill hem", how="talk", by=cast.david, at=at(OPENED)
    )
    heard(cast, investigation, on=OPENED)
    assert open_to(cast.david, now) == set()
    assert open_to(manager, now) == {"early"}
    made_whole(cast, investigation, on=date(2026, 10, 1))
    assert open_to(cast.david, now) == {"with_intervention", "without_intervention"}
    closed = children.close_investigation(
        investigation_id=investigation.id, outcome="with_intervention", by=cast.david, at=now, **everything
    )
    assert closed.state == "closed"


def test_an_early_close_needs_a_ground_and_a_manager(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    informed(cast, investigation, on=OPENED)
    children.record_child_view(
        investigation_id=investigation.id, body="Vill hem", how="talk", by=cast.david, at=at(OPENED)
    )
    heard(cast, investigation, on=OPENED)
    early = {"investigation_id": investigation.id, "outcome": "early", "at": at(date(2026, 9, 10))}
    with pytest.raises(foundation.BadInput) as fault:
        children.close_investigation(**early, by=manager_of_children(cast))
    assert fault.value.where == "ground"
    with pytest.raises(foundation.Refused):
        children.close_investigation(**early, ground="Familjen har flyttat", by=cast.david)
    assert (
        children.close_investigation(**early, ground="Familjen har flyttat", by=cast.carina).state == "closed"
    )


def test_a_proposed_intervention_closes_it_and_the_follow_up_clock_is_set(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    made_whole(cast, investigation, on=date(2026, 10, 1))
    end = {
        "investigation_id": investigation.id,
        "outcome": "with_intervention",
        "by": cast.david,
        "at": at(date(2026, 10, 2)),
    }
    with pytest.raises(foundation.BadInput) as fault:
        children.close_investigation(**end)
    assert fault.value.where == "proposed_intervention"
    closed = children.close_investigation(**end, proposed_intervention="Familjebehandling i hemmet")
    assert clock_of(closed.case_id, "UTR").state == "met"
    # The close alone opens no window: the child may be followed, and somebody decides whether it is.
    assert "UPPF_U" not in rules_of(closed.case_id)
    may = children.investigation_view(closed.id, cast.david).may_follow
    assert may == children.FollowUpTime(children.FollowUpGround.CONSENT_MISSING, "SoL 23:1", date(2027, 4, 2))
    followed = children.start_follow_up(
        investigation_id=closed.id,
        because="Oro kvar",
        with_consent=False,
        by=cast.david,
        at=at(date(2026, 10, 5)),
    )
    assert (followed.ground, followed.last_day) == ("consent_missing", date(2027, 4, 2))
    window = clock_of(closed.case_id, "UPPF_U")
    assert (window.starts_on, window.last_day, window.counts) == (date(2026, 10, 2), date(2027, 4, 2), False)
    decision = casework.find_decisions(closed.case_id, cast.david)[0]
    assert (decision.type, decision.outcome, decision.legal_ground) == (
        "child_protection.follow_up",
        "decided",
        "SoL 23:1",
    )
    assert "child_protection.follow_up_started" in kinds(closed.case_id)
    children.end_follow_up(
        investigation_id=closed.id, because="Lugnt", by=cast.david, at=at(date(2026, 12, 1))
    )
    assert clock_of(closed.case_id, "UPPF_U").closed_on == date(2026, 12, 1)


def test_it_can_be_decided_at_the_close_to_follow_the_child(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    made_whole(cast, investigation, on=date(2026, 10, 1))
    end = {
        "investigation_id": investigation.id, "outcome": "with_intervention", "proposed_intervention": "Kontaktfamilj",
        "follow_because": "Behovet finns kvar, de säger nej", "by": cast.david, "at": at(date(2026, 10, 2)),
    }  # fmt: skip
    # An intervention that was accepted leaves nothing to follow, and the whole close is refused: nothing is half done.
    with pytest.raises(foundation.Refused) as refused:
        children.close_investigation(**end, accepted=True)
    assert refused.value.where == "follow_because"
    assert children.investigation_view(investigation.id, cast.david).investigation.state == "open"
    children.close_investigation(**end)
    assert clock_of(investigation.case_id, "UPPF_U").last_day == date(2027, 4, 2)
    view = children.investigation_view(investigation.id, cast.david)
    assert view.follow_up is not None and view.follow_up.because == "Behovet finns kvar, de säger nej"


@pytest.mark.parametrize(("outcome", "early"), [("without_intervention", False), ("early", True)])
def test_a_close_without_an_assessed_need_opens_no_follow_up(cast: Cast, outcome: str, early: bool) -> None:
    investigation, manager = opened(cast, a_file(cast)), manager_of_children(cast)
    made_whole(cast, investigation, on=date(2026, 10, 1))
    children.close_investigation(
        investigation_id=investigation.id, outcome=outcome, ground="Inget behov", by=manager if early else cast.david,
        at=at(date(2026, 10, 2)),
    )  # fmt: skip
    assert "UPPF_U" not in rules_of(investigation.case_id)
    assert children.investigation_view(investigation.id, cast.david).may_follow is None
    follow = {"investigation_id": investigation.id, "because": "x", "with_consent": False, "by": cast.david}
    with pytest.raises(foundation.Refused):
        children.start_follow_up(**follow, at=at(date(2026, 10, 5)))


def test_a_child_is_followed_after_a_placement_within_its_window(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    made_whole(cast, investigation, on=date(2026, 10, 1))
    children.close_investigation(
        investigation_id=investigation.id, outcome="with_intervention", proposed_intervention="Familjehem",
        accepted=True, by=cast.david, at=at(date(2026, 10, 2)),
    )  # fmt: skip
    placed = children.record_measure(
        case_id=investigation.case_id, kind="placement_sol", form="family_home", on=date(2026, 10, 5),
        by=cast.david, at=at(date(2026, 10, 5)),
    )  # fmt: skip
    children.end_measure(
        measure_id=placed.id,
        on=date(2026, 10, 20),
        because="Hemma igen",
        by=cast.david,
        at=at(date(2026, 10, 20)),
    )
    followed = children.start_follow_up(
        investigation_id=investigation.id, because="Se att det håller", with_consent=False, by=cast.david,
        at=at(date(2026, 10, 21)),
    )  # fmt: skip
    assert (followed.ground, followed.last_day) == ("after_placement", date(2027, 4, 20))
    assert casework.find_decisions(investigation.case_id, cast.david)[0].legal_ground == "SoL 23:2"
    assert "UPPF_U" not in rules_of(investigation.case_id)


def test_to_follow_a_child_is_within_its_time_and_by_delegation(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    made_whole(cast, investigation, on=date(2026, 10, 1))
    children.close_investigation(
        investigation_id=investigation.id, outcome="with_intervention", proposed_intervention="Kontaktfamilj",
        by=cast.david, at=at(date(2026, 10, 2)),
    )  # fmt: skip
    follow = {"investigation_id": investigation.id, "because": "Oro", "with_consent": False, "by": cast.david}
    with pytest.raises(foundation.Refused):
        children.start_follow_up(**follow, at=at(date(2027, 4, 3)))
    with foundation.acting(cast.system):
        rules = foundation.DelegationRule.objects.filter(decision_type="child_protection.follow_up")
        rules.update(valid_to=date(2026, 10, 1))
    with pytest.raises(foundation.Refused):
        children.start_follow_up(**follow, at=at(date(2026, 10, 5)))
    assert "UPPF_U" not in rules_of(investigation.case_id)


def test_an_accepted_intervention_opens_no_window(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    made_whole(cast, investigation, on=date(2026, 10, 1))
    children.close_investigation(
        investigation_id=investigation.id, outcome="with_intervention", proposed_intervention="Kontaktfamilj",
        accepted=True, by=cast.david, at=at(date(2026, 10, 2)),
    )  # fmt: skip
    with pytest.raises(foundation.Refused):
        children.start_follow_up(
            investigation_id=investigation.id,
            because="x",
            with_consent=True,
            by=cast.david,
            at=at(date(2026, 10, 5)),
        )


def test_close_and_reopen_within_a_year_does_not_reset_the_time(cast: Cast) -> None:
    """The board's own manager cannot win new months: the days are added up and everyone is told."""
    manager, case = manager_of_children(cast), a_file(cast)
    first = opened(cast, case, on=date(2026, 3, 10), questions=["care_at_home", "school"])
    informed(cast, first, on=date(2026, 3, 10))
    children.record_child_view(
        investigation_id=first.id, body="Vill hem", how="talk", by=cast.david, at=at(date(2026, 3, 10))
    )
    heard(cast, first, on=date(2026, 4, 1))
    children.close_investigation(
        investigation_id=first.id, outcome="early", ground="Börja om", by=manager, at=at(date(2026, 5, 1))
    )
    again = opened(cast, case, on=date(2026, 5, 3), by=manager)
    assert (again.continues_id, again.days_before) == (first.id, 52)
    for actor in (cast.david, manager):
        chain = children.chain_of(
            children.investigation_view(again.id, actor).investigation, today=date(2026, 5, 22)
        )
        assert (chain.investigation_ids, chain.days_used, chain.restarts) == ((first.id, again.id), 71, 1)
    with foundation.acting(cast.system):
        event = foundation.Event.objects.get(kind="child_protection.investigation_restarted")
    assert (event.data["days_used"], event.data["earlier_id"]) == (52, str(first.id))
    assert [notice.text["code"] for notice in _notices(manager)] == ["child_protection.restarted"]
    with pytest.raises(foundation.Refused):
        casework.close_case(case_id=case.id, because="error", by=manager, at=at(date(2026, 5, 4)))


def test_another_question_or_more_than_a_year_later_stands_alone(cast: Cast) -> None:
    manager, case = manager_of_children(cast), a_file(cast, on=date(2025, 8, 1))
    first = opened(cast, case, on=date(2025, 8, 4))
    informed(cast, first, on=date(2025, 8, 4))
    children.record_child_view(
        investigation_id=first.id, body="x", how="talk", by=cast.david, at=at(date(2025, 8, 4))
    )
    heard(cast, first, on=date(2025, 8, 5))
    children.close_investigation(
        investigation_id=first.id,
        outcome="early",
        ground="Familjen har flyttat",
        by=manager,
        at=at(date(2025, 9, 1)),
    )
    other = opened(cast, case, on=date(2025, 9, 2), questions=["school"])
    assert (other.continues_id, other.days_before) == (None, 0)
    child = a_child(cast, given_name="Nora", nth=2)
    assert opened(cast, a_file(cast, child, on=date(2025, 9, 1)), on=date(2025, 9, 3)).continues_id is None


def _notices(actor: foundation.Actor) -> list[foundation.Notice]:
    with foundation.acting(actor):
        return foundation.notices_of(actor)


def test_more_time_leaves_what_was_communicated_for_the_decision(cast: Cast) -> None:
    case = a_file(cast)
    one = opened(cast, case)
    made_whole(cast, one, on=date(2026, 9, 20))
    children.extend_investigation(
        investigation_id=one.id, until=date(2027, 3, 1), ground="Väntar på utlåtande",
        by=manager_of_children(cast), at=at(date(2026, 9, 21)),
    )  # fmt: skip
    closed = children.close_investigation(
        investigation_id=one.id, outcome="without_intervention", ground="Behovet är tillgodosett", by=cast.david,
        at=at(date(2026, 9, 22)),
    )  # fmt: skip
    assert closed.state == "closed"
