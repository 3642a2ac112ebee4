"""What goes wrong with reports in life: the same event five times, two children in one, wrong numbers, bias, the night."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast, identity_number
from tests.child_protection.reporting import (
    AT,
    SWEDEN,
    SYSTEM,
    TEACHER,
    a_child,
    child_of,
    clocks_of,
    decide,
    events_about,
    fresh,
    number_of,
    reported,
    safe,
)

pytestmark = pytest.mark.django_db(databases=["default"])
NIGHT = datetime(2026, 11, 18, 23, 30, tzinfo=SWEDEN)


def the_office(cast: Cast, *codes: str) -> None:
    for code in codes or ("9900",):
        children.set_reception(
            municipality=code, name="Ekeby", day_unit_id=cast.children, on_call_unit_id=cast.on_call,
            opens=time(8), closes=time(16, 30), by=SYSTEM, at=AT,
        )  # fmt: skip


def test_the_same_form_sent_five_times_is_one_report_with_one_secret(cast: Cast) -> None:
    nora = a_child(cast)
    sent = [reported(cast, nora, idempotency_key="form-1") for _ in range(5)]
    assert len({one.id for one in sent}) == 1 and len({one.receipt_code for one in sent}) == 1
    stranger = children.receive_report(
        what_seen="x",
        children=[children.ChildAsTold()],
        idempotency_key="form-1",
        by=foundation.VISITOR,
        at=AT,
    )
    assert stranger.id != sent[0].id


def test_the_same_event_told_by_five_is_one_matter_and_five_reporters(cast: Cast) -> None:
    nora = a_child(cast)
    first = reported(cast, nora)
    others = [
        reported(
            cast, nora, at=AT + timedelta(days=n), by=foundation.VISITOR, concern_codes=["violence"] if n == 4 else [],
            reporter=children.ReporterAsTold(kind="private", name=f"Granne {n}"),
        )
        for n in range(1, 5)
    ]  # fmt: skip
    assert child_of(others[1]).repeat_warned
    for other in others:
        children.merge_report(
            report_id=other.id, into_id=first.id, because="Samma kväll", by=cast.maja, at=AT
        )
    view = children.report_view(first.id, cast.maja)
    assert [one.id for one in view.duplicates] == [one.id for one in others]
    names = [children.report_view(one.id, cast.maja).reporter.name for one in (first, *others)]  # type: ignore[union-attr]
    assert names == ["Tina Tall", "Granne 1", "Granne 2", "Granne 3", "Granne 4"]
    assert [one.report.id for one in children.find_arrivals(cast.maja).rows] == [first.id]
    assert not child_of(first).repeat_warned
    running = {clock.state for other in others for clock in clocks_of(child_of(other)).values()}
    assert running == {"lapsed"} and clocks_of(child_of(first))["FORH"].state == "running"
    # Violence told by one of the five is investigated.
    safe(cast, child_of(first))
    with pytest.raises(children.ViolenceIsInvestigated):
        decide(cast, child_of(first))


def test_an_earlier_report_never_joins_a_later_one(cast: Cast) -> None:
    nora = a_child(cast)
    first, second = reported(cast, nora), reported(cast, nora, at=AT + timedelta(days=13))
    with pytest.raises(foundation.BadInput, match="senare"):
        children.merge_report(report_id=first.id, into_id=second.id, because="x", by=cast.maja, at=AT)


def test_a_child_only_the_later_report_tells_of_goes_over_with_its_clock(cast: Cast) -> None:
    nora, lova = a_child(cast), a_child(cast, "Lova", date(2018, 3, 4))
    first, second = reported(cast, nora), reported(cast, nora, lova, at=AT + timedelta(days=2))
    children.merge_report(report_id=second.id, into_id=first.id, because="Samma", by=cast.maja, at=AT)
    assert {child_of(first, n).person_id for n in (0, 1)} == {nora.id, lova.id}
    moved = next(one for one in (child_of(first, 0), child_of(first, 1)) if one.person_id == lova.id)
    assert clocks_of(moved)["FORH"].last_day == date(2026, 12, 4)


def test_a_child_that_turns_out_to_be_two(cast: Cast) -> None:
    nora, lova = a_child(cast), a_child(cast, "Lova", date(2018, 3, 4))
    report = reported(cast, nora)
    child = child_of(report)
    safe(cast, child)
    decide(cast, child)
    assert fresh(report).state == "decided"
    other = children.split_child(
        reported_child_id=child.id, given_name="Lova", by=cast.maja, at=AT + timedelta(days=3)
    )
    assert fresh(report).state == "received" and other.split_from_id == child.id
    children.identify_child(
        reported_child_id=other.id, person_id=lova.id, by=cast.maja, at=AT + timedelta(days=3)
    )
    # The time of the law runs from the day of the report for both.
    assert clocks_of(other)["FORH"].last_day == date(2026, 12, 2)
    safe(cast, other)
    decide(cast, other)
    assert fresh(report).state == "decided" and "child_split" in events_about(report.id)


def test_the_wrong_child_is_put_right_and_the_wrong_file_is_told(cast: Cast) -> None:
    nora, lova = a_child(cast), a_child(cast, "Lova", date(2018, 3, 4))
    child = child_of(reported(cast, nora))
    wrong_file = child.case_id
    with pytest.raises(foundation.BadInput, match=r"Say why|varför"):
        children.identify_child(reported_child_id=child.id, person_id=lova.id, by=cast.maja, at=AT)
    right = children.identify_child(
        reported_child_id=child.id, person_id=lova.id, because="Fel syskon", by=cast.maja, at=AT
    )
    assert right.case_id != wrong_file and wrong_file is not None
    notes = casework.find_notes(wrong_file, cast.maja).rows
    assert any(note.said and note.said["code"].endswith("report_not_about") for note in notes)
    with foundation.acting(SYSTEM):
        rows = casework.LegalClock.objects.filter(about=child.id, rule="FORH")
        states = {clock.case_id: clock.state for clock in rows}
    assert states == {wrong_file: "lapsed", right.case_id: "running"}


def test_a_number_corrected_after_a_month_changes_no_clock(cast: Cast) -> None:
    nora = a_child(cast)
    child = child_of(reported(cast, nora))
    before = clocks_of(child)["FORH"].last_day
    held = people.identity_number_of(nora.id, cast.maja)
    assert held is not None
    right = identity_number(date(2016, 5, 2), "woman", 1)
    people.correct_identity_number(
        identity_number_id=held.id,
        number=right,
        because="Fel siffra",
        by=cast.maja,
        at=AT + timedelta(days=31),
    )
    assert child_of(fresh_report(child)).person_id == nora.id and clocks_of(child)["FORH"].last_day == before
    again = reported(cast, nora, at=AT + timedelta(days=32))
    assert number_of(nora) == right and child_of(again).case_id == child.case_id


def test_two_records_that_were_one_child_take_their_reports_along(cast: Cast) -> None:
    nora, unknown = a_child(cast), a_child(cast, "Okänd", number=False)
    report = children.receive_report(
        what_seen="x", children=[children.ChildAsTold(age_told="tio")], by=cast.maja, at=AT, channel="phone"
    )
    children.identify_child(reported_child_id=child_of(report).id, person_id=unknown.id, by=cast.maja, at=AT)
    people.merge_persons(keep_id=nora.id, duplicate_id=unknown.id, by=SYSTEM, at=AT + timedelta(days=31))
    assert child_of(report).person_id == nora.id


def test_a_child_nobody_can_name_is_treated_as_protected_until_the_register_answers(cast: Cast) -> None:
    report = children.receive_report(
        what_seen="x", children=[children.ChildAsTold(age_told="tio")], by=foundation.VISITOR, at=AT
    )
    child = child_of(report)
    safe(cast, child)
    with pytest.raises(children.ChildNotIdentified):
        decide(cast, child)
    children.register_unknown_child(reported_child_id=child.id, given_name="Pojke", by=cast.maja, at=AT)
    assert fresh(report).restricted
    assert children.report_view(report.id, cast.maja).report.id == report.id
    assert children.report_view(report.id, cast.eva).report.id == report.id
    with pytest.raises(children.ReportNotFound):
        children.report_view(report.id, cast.david)
    assert clocks_of(child)["PROT"].state == "met"
    decide(cast, child)


def test_a_report_on_a_protected_family_lands_with_the_named_alone(cast: Cast) -> None:
    nora = a_child(cast)
    people.protect_person(
        person_id=nora.id, mark="secrecy_mark", named_account_ids=[cast.sam.account_id], by=SYSTEM, at=AT  # type: ignore[list-item]
    )  # fmt: skip
    report = reported(cast, nora)
    assert report.restricted
    assert children.find_arrivals(cast.maja).rows == []
    for reader in (cast.sam, cast.eva):
        assert children.report_view(report.id, reader).report.id == report.id
    for reader in (cast.maja, cast.david, cast.asa, cast.olle, cast.ada, cast.carina):
        with pytest.raises(children.ReportNotFound):
            children.report_view(report.id, reader)
    # A number of a protected person closes the report also under another name.
    other = children.receive_report(
        what_seen="x", children=[children.ChildAsTold(given_name="Annat", identity_number=number_of(nora))],
        by=foundation.VISITOR, at=AT,
    )  # fmt: skip
    assert other.restricted and child_of(other).person_id is None


def test_at_night_a_protected_childs_report_does_not_wait_where_nobody_may_see_it(cast: Cast) -> None:
    the_office(cast)
    nora = a_child(cast, protection="secrecy_mark")
    report = reported(cast, nora, at=NIGHT, danger_now=True)
    assert report.out_of_hours and fresh(report).unit_id == cast.children
    assert children.report_view(report.id, cast.eva).report.id == report.id
    with pytest.raises(children.ReportNotFound):
        children.report_view(report.id, cast.olle)
    with foundation.acting(cast.eva):
        codes = {notice.text["code"] for notice in foundation.notices_of(cast.eva)}
    assert codes == {"child_protection.protected_reported", "child_protection.danger_reported"}


def test_a_mark_that_comes_later_closes_the_report(cast: Cast) -> None:
    nora = a_child(cast)
    report = reported(cast, nora)
    people.protect_person(
        person_id=nora.id, mark="secrecy_mark", named_account_ids=[cast.sam.account_id], by=SYSTEM, at=AT  # type: ignore[list-item]
    )  # fmt: skip
    assert fresh(report).restricted and children.find_arrivals(cast.maja).rows == []


def test_violence_is_investigated_says_the_operation_and_the_database(cast: Cast) -> None:
    child = child_of(reported(cast, a_child(cast), concern_codes=["witnessed_violence"]))
    safe(cast, child)
    with pytest.raises(children.ViolenceIsInvestigated):
        decide(cast, child)
    plain = child_of(reported(cast, a_child(cast, "Lova", date(2018, 3, 4))))
    safe(cast, plain)
    with pytest.raises(children.ViolenceIsInvestigated):
        decide(cast, plain, violence=True)
    for about, violence in ((child, False), (plain, True)):
        with pytest.raises(IntegrityError), foundation.acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO child_protection_preliminaryassessment (id, child_id, outcome, violence, reason, decided_at)"
                " VALUES (gen_random_uuid(), %s, 'not_open', %s, 'x', now())",
                [about.id, violence],
            )


def test_the_third_report_in_six_months_is_raised_and_answered_before_it_is_let_go(cast: Cast) -> None:
    nora = a_child(cast)
    for days in (170, 90):
        earlier = child_of(reported(cast, nora, at=AT - timedelta(days=days)))
        safe(cast, earlier)
        decide(cast, earlier, at=AT - timedelta(days=days - 5))
    report = reported(cast, nora)
    third = child_of(report)
    assert (third.repeat_number, third.repeat_warned) == (3, True)
    assert "repeat_raised" in events_about(report.id)
    assert [one.child.id for one in children.third_report_warnings(cast.maja)] == [third.id]
    assert children.find_arrivals(cast.maja).rows[0].repeat_warning
    safe(cast, third)
    with pytest.raises(children.RepeatNotAnswered):
        decide(cast, third)
    children.answer_repeat(
        reported_child_id=third.id, reason="Tre gånger samma frånvaro.", by=cast.maja, at=AT
    )
    decide(cast, third)
    assert [one.number for one in children.earlier_reports_of([nora.id], cast.maja)] == [
        "OA-2026-00003", "OA-2026-00002", "OA-2026-00001",
    ]  # fmt: skip


def test_reports_before_an_investigation_or_older_than_six_months_are_not_counted(cast: Cast) -> None:
    nora = a_child(cast)
    reported(cast, nora, at=datetime(2026, 5, 17, 12, tzinfo=SWEDEN))
    reported(cast, nora, at=datetime(2026, 5, 18, 0, 0, tzinfo=SWEDEN))
    assert child_of(reported(cast, nora)).repeat_number == 2


@pytest.mark.parametrize(("opened_before", "number", "warned"), [(60, 1, False), (120, 2, False), (175, 3, True)])
def test_an_investigation_without_a_report_ends_the_count(
    cast: Cast, opened_before: int, number: int, warned: bool
) -> None:
    nora = a_child(cast)
    first, second = (child_of(reported(cast, nora, at=AT - timedelta(days=days))) for days in (170, 90))
    for one, days in ((first, 170), (second, 90)):
        safe(cast, one, AT - timedelta(days=days))
        decide(cast, one, at=AT - timedelta(days=days - 5))
    assert first.case_id is not None
    began = AT - timedelta(days=opened_before)
    begun = children.open_investigation(
        case_id=first.case_id, questions=["care_at_home"], path="ordinary", path_reason="Sett av oss själva.",
        reported_child_id=None, violence=False, by=cast.david, at=began,
    )  # fmt: skip
    with foundation.acting(SYSTEM):
        children.Investigation.objects.filter(id=begun.id).update(
            state="closed", outcome="early", closing_ground="Flyttat", closed_on=began.date(), closed_at=began
        )
    third = child_of(reported(cast, nora))
    assert (third.repeat_number, third.repeat_warned) == (number, warned)


def test_a_report_about_a_child_whose_investigation_runs_joins_it(cast: Cast) -> None:
    nora = a_child(cast)
    child = child_of(reported(cast, nora))
    safe(cast, child)
    opened = decide(cast, child, "open")
    again = child_of(reported(cast, nora, at=AT + timedelta(days=3)))
    assert again.due_on is None and set(clocks_of(again)) == {"PROT"}
    safe(cast, again)
    with pytest.raises(foundation.Refused):
        decide(cast, again, "not_open")
    joined = decide(cast, again, "already_open")
    assert joined.investigation_id == opened.investigation_id


def test_danger_needs_another_hand(cast: Cast) -> None:
    child = child_of(reported(cast, a_child(cast)))
    children.assess_protection(
        reported_child_id=child.id,
        danger=True,
        ground="Hot i hemmet",
        done_tonight="Hos mormor",
        by=cast.eva,
        at=AT,
    )
    with pytest.raises(foundation.Refused):
        children.countersign_protection(reported_child_id=child.id, by=cast.eva, at=AT)
    with pytest.raises(foundation.Refused):
        children.countersign_protection(reported_child_id=child.id, by=cast.maja, at=AT)
    with pytest.raises(children.DangerNotCountersigned):
        decide(cast, child)
    child2 = child_of(reported(cast, a_child(cast, "Lova", date(2018, 3, 4))))
    children.assess_protection(reported_child_id=child2.id, danger=True, ground="Hot i hemmet", by=cast.maja, at=AT)
    assert (
        children.countersign_protection(reported_child_id=child2.id, by=cast.eva, at=AT).countersigned_at
        == AT
    )
    decide(cast, child2)


def test_nothing_is_decided_before_protection_is_assessed(cast: Cast) -> None:
    child = child_of(reported(cast, a_child(cast)))
    with pytest.raises(children.ProtectionNotAssessed):
        decide(cast, child)


def test_the_reporters_spouse_is_not_assigned_and_decides_nothing(cast: Cast) -> None:
    report = reported(cast, a_child(cast))
    child = child_of(report)
    safe(cast, child)
    children.declare_bias(kind="spouse", report_id=report.id, by=cast.david, at=AT)
    assert child.case_id is not None
    with pytest.raises(children.Biased):
        casework.assign_case(case_id=child.case_id, worker_id=cast.david.account_id, by=cast.eva, at=AT)
    with pytest.raises(children.ReportNotFound):
        decide(cast, child, by=cast.david)
    with pytest.raises(children.ReportNotFound):
        children.take_report(report_id=report.id, by=cast.david, at=AT)
    with pytest.raises(children.ReportNotFound):
        children.report_view(report.id, cast.david)
    casework.assign_case(case_id=child.case_id, worker_id=cast.sam.account_id, by=cast.eva, at=AT)


def test_a_worker_who_is_the_reporter_is_not_assigned(cast: Cast) -> None:
    nora = a_child(cast)
    report = reported(
        cast, nora, by=cast.sam, channel="own",
        reporter=children.ReporterAsTold(kind="professional", profession="social_services", name="Sam Sand", under_duty=True),
    )  # fmt: skip
    child = child_of(report)
    assert child.case_id is not None
    with pytest.raises(children.Biased):
        casework.assign_case(case_id=child.case_id, worker_id=cast.sam.account_id, by=cast.eva, at=AT)


def test_a_known_relation_is_a_bias_without_anybody_saying_so(cast: Cast) -> None:
    nora = a_child(cast)
    with foundation.acting(SYSTEM):
        own = people.register_person(
            given_name="David", family_name="Dahl", born=date(1980, 1, 1), sex="man", identity_number=None, protection="none",
            by=SYSTEM, at=AT,
        )  # fmt: skip
        assert cast.david.account_id is not None
        foundation.Account.objects.filter(id=cast.david.account_id).update(person_id=own.id)
        people.relate(
            person_id=own.id, other_id=nora.id, kind="parent", valid_from=AT.date(), by=SYSTEM, at=AT
        )
    child = child_of(reported(cast, nora))
    assert child.case_id is not None
    with pytest.raises(children.Biased):
        casework.assign_case(case_id=child.case_id, worker_id=cast.david.account_id, by=cast.eva, at=AT)


def test_at_night_the_on_call_unit_has_it_and_hands_everything_over(cast: Cast) -> None:
    the_office(cast, "9900", "9901")
    nora = a_child(cast)
    report = reported(cast, nora, at=NIGHT, municipality="9901")
    assert (report.unit_id, report.out_of_hours, report.municipality) == (cast.on_call, True, "9901")
    assert children.find_arrivals(cast.maja).rows == []
    view = children.report_view(report.id, cast.olle)
    assert view.reporter is not None
    child = child_of(report)
    children.assess_protection(
        reported_child_id=child.id,
        danger=False,
        ground="Ringt hem",
        done_tonight="Talat med mamma",
        by=cast.olle,
        at=NIGHT,
    )
    with pytest.raises(foundation.BadInput) as asked:
        decide(cast, child, "open", by=cast.olle, at=NIGHT)
    assert asked.value.where == "cannot_wait"
    morning = datetime(2026, 11, 19, 7, 59, tzinfo=SWEDEN)
    assert children.hand_over_due(by=SYSTEM, at=morning) == 0
    assert children.hand_over_due(by=SYSTEM, at=morning + timedelta(minutes=1)) == 1
    seen = children.report_view(report.id, cast.maja)
    assert seen.reporter is not None and seen.children[0].protection is not None
    assert seen.children[0].protection.assessed_by_id == cast.olle.account_id
    with pytest.raises(children.ReportNotFound):
        children.report_view(report.id, cast.olle)
    decide(cast, child, "open", at=morning + timedelta(hours=1))


@pytest.mark.parametrize(
    ("when", "night"),
    [
        (datetime(2026, 11, 18, 8, 0), False),
        (datetime(2026, 11, 18, 16, 29), False),
        (datetime(2026, 11, 18, 16, 30), True),
        (datetime(2026, 11, 21, 12, 0), True),  # a Saturday
        (datetime(2026, 6, 19, 12, 0), True),  # midsummer's eve
        (datetime(2026, 12, 24, 12, 0), True),
    ],
)
def test_office_hours_are_swedish_working_days(cast: Cast, when: datetime, night: bool) -> None:
    the_office(cast)
    assert children.lands_with("9900", when.replace(tzinfo=SWEDEN)).out_of_hours is night


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        (datetime(2026, 3, 2, 12, tzinfo=SWEDEN), date(2026, 3, 16)),
        (datetime(2026, 3, 15, 23, 59, 59, tzinfo=SWEDEN), date(2026, 3, 29)),  # the night that loses an hour
        (datetime(2026, 3, 29, 3, 0, tzinfo=SWEDEN), date(2026, 4, 12)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=SWEDEN), date(2026, 11, 8)),  # the hour that comes twice
        (datetime(2028, 2, 15, 12, tzinfo=SWEDEN), date(2028, 2, 29)),
        (datetime(2026, 6, 5, 12, tzinfo=SWEDEN), date(2026, 6, 19)),  # midsummer's eve is not moved
        (datetime(2026, 12, 31, 23, 59, tzinfo=SWEDEN), date(2027, 1, 14)),
    ],
)
def test_fourteen_days_are_counted_in_sweden_and_never_moved(
    cast: Cast, received: datetime, last_day: date
) -> None:
    child = child_of(reported(cast, a_child(cast), at=received))
    assert child.due_on == last_day == clocks_of(child)["FORH"].last_day


def test_feedback_before_2026_has_no_number(cast: Cast) -> None:
    at = datetime(2025, 12, 1, 12, tzinfo=SWEDEN)
    child = child_of(reported(cast, a_child(cast), at=at))
    safe(cast, child, at)
    decide(cast, child, at=at)
    with foundation.acting(SYSTEM):
        clock = casework.LegalClock.objects.get(rule="AATERK")
    assert clock.last_day is None


def test_a_private_reporter_is_told_nothing(cast: Cast) -> None:
    report = reported(
        cast,
        a_child(cast),
        by=foundation.VISITOR,
        reporter=children.ReporterAsTold(kind="private", name="Granne"),
    )
    child = child_of(report)
    safe(cast, child)
    decide(cast, child)
    with pytest.raises(children.MayNotBeTold):
        children.give_feedback(report_id=report.id, text_code="not_opened", way="phone", by=cast.maja, at=AT)


def test_who_must_report_cannot_be_anonymous_and_anonymous_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(foundation.BadInput):
        reported(cast, a_child(cast), reporter=children.ReporterAsTold(under_duty=True))
    report = children.receive_report(
        what_seen="x", children=[children.ChildAsTold()], by=cast.greta, at=AT,
        reporter=children.ReporterAsTold(kind="anonymous", name="Greta", phone="070"),
    )  # fmt: skip
    reporter = children.report_view(report.id, cast.maja).reporter
    assert reporter is not None
    assert (reporter.name, reporter.phone, reporter.person_id, reporter.account_id) == ("", "", None, None)


def test_papers_are_checked_as_in_cases(cast: Cast) -> None:
    with pytest.raises(casework.FileLies):
        reported(cast, a_child(cast), attachments=[("bild.jpg", b"%PDF-1.7\n")])
    report = reported(
        cast, a_child(cast, "Lova", date(2018, 3, 4)), attachments=[("a/b/brev.pdf", b"%PDF-1.7\n")]
    )
    (paper,) = children.report_view(report.id, cast.maja).attachments
    assert (paper.name, paper.media_type) == ("brev.pdf", "application/pdf")
    assert children.read_attachment(paper.id, cast.maja)[1] == b"%PDF-1.7\n"
    with pytest.raises(children.ReportNotFound):
        children.read_attachment(paper.id, cast.asa)


def test_odd_input_is_told_and_nothing_is_kept(cast: Cast) -> None:
    told: dict[str, Any]
    for told in (
        {"what_seen": "  "}, {"children": []}, {"concern_codes": ["nonsense"]}, {"channel": "pigeon"},
        {"what_seen": "x" * 20_001}, {"municipality": "0000"}, {"reporter": children.ReporterAsTold(kind="x")},
    ):  # fmt: skip
        facts: dict[str, Any] = {
            "what_seen": "x",
            "children": [children.ChildAsTold()],
            "by": foundation.VISITOR,
            "at": AT,
            **told,
        }
        with pytest.raises(foundation.HandslagError):
            children.receive_report(**facts)
    with foundation.acting(SYSTEM):
        assert not children.Report.objects.exists()
    odd = children.receive_report(
        what_seen="x\x00", children=[children.ChildAsTold(identity_number="inte ett nummer 💥")],
        reporter=TEACHER, by=foundation.VISITOR, at=AT,
    )  # fmt: skip
    assert child_of(odd).number_told.startswith("inte ett")


def fresh_report(child: children.ReportedChild) -> children.Report:
    with foundation.acting(SYSTEM):
        return children.Report.objects.get(children=child)
