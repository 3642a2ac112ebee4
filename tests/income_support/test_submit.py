"""Sending an application: one receipt whatever is pressed, the case, the partner, the events, and who may not."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support.errors import (
    AlreadyApplied,
    AnswersIncomplete,
    DraftChangedElsewhere,
    DraftGone,
    MoveNotPermitted,
    NoSuchApplication,
    NotTheCoApplicant,
    PersonCalls,
    UnknownPartner,
)
from handslag.income_support.models import Application, ApplicationDraft, CoApplicantSignature
from handslag.income_support.operations import applications, drafts
from handslag.income_support.queries.applications import status_of
from handslag.people import public as people
from tests.income_support.applying import answer, apply, begin, now, number_of, this_month

pytestmark = pytest.mark.django_db(databases=["default"])


def as_system():
    return foundation.acting(foundation.system("test"))


def kinds_of_events(case_id):
    with as_system():
        return list(foundation.Event.objects.filter(case_id=case_id).order_by("id").values_list("kind", flat=True))


def deferred():
    with as_system(), connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'application_id' FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def test_a_first_application_opens_a_case(cast):
    application = apply(cast.elin)
    assert (application.kind, application.state) == ("new", "submitted")
    assert application.route["ground"]["code"] == "route.new"
    with as_system():
        assert application.case.kind == "income_support" and application.case.number.startswith("EB-")
        assert application.case.unit_id == cast.support
    kinds = kinds_of_events(application.case_id)
    assert "casework.case_opened" in kinds and "income_support.application_submitted" in kinds
    assert ("income_support.fetch_registers", str(application.id)) in deferred()


def clock_of(application):
    with as_system():
        return casework.LegalClock.objects.get(case_id=application.case_id, about=application.id)


def test_the_legal_clock_runs_from_arrival_and_lapses_when_taken_back(cast):
    application = apply(cast.elin)
    clock = clock_of(application)
    assert (clock.rule, clock.starts_on, clock.state) == ("FL12", foundation.today(), "running")
    applications.withdraw_application(application_id=application.id, by=cast.elin, at=now())
    assert clock_of(application).state == "lapsed"


def test_the_event_holds_no_name_and_no_number(cast):
    application = apply(cast.elin)
    with as_system():
        event = foundation.Event.objects.get(kind="income_support.application_submitted")
    assert event.person_id == cast.elin.person_id and event.case_id == application.case_id
    told = str(event.data)
    assert "Elin" not in told and number_of(cast.elin) not in told


def test_sent_twice_it_is_one(cast):
    draft = answer(begin(cast.elin), cast.elin)
    first = applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())
    second = applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())
    assert first.id == second.id
    assert len([name for name, _ in deferred() if name == "income_support.fetch_registers"]) == 1


def test_a_faulty_application_is_not_sent_and_the_draft_stays(cast):
    draft = begin(cast.elin)
    with pytest.raises(AnswersIncomplete) as refused:
        applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())
    assert {problem.code for problem in refused.value.problems} == {"answers.missing"}
    with foundation.acting(cast.elin):
        assert ApplicationDraft.objects.filter(id=draft.id, sent_at=None).exists()
        assert not Application.objects.exists()
    assert deferred() == []


def test_nothing_is_kept_when_the_queue_fails(cast, monkeypatch):
    from handslag.income_support import jobs

    def fail(**kwargs):
        raise ConnectionError

    draft = answer(begin(cast.elin), cast.elin)
    monkeypatch.setattr(jobs.fetch_registers, "defer", fail)
    with pytest.raises(ConnectionError):
        applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())
    with as_system():
        assert not Application.objects.exists()
        assert not foundation.Event.objects.filter(kind="income_support.application_submitted").exists()


def test_an_old_page_does_not_send(cast):
    draft = answer(begin(cast.elin), cast.elin)
    with pytest.raises(DraftChangedElsewhere):
        applications.submit_application(draft_id=draft.id, version=draft.version - 1, by=cast.elin, at=now())


def test_a_month_has_one_application_and_then_supplements(cast):
    apply(cast.elin)
    draft = begin(cast.elin)
    assert draft.kind == "supplement"
    draft = answer(draft, cast.elin, special={"special": [{"kind": "medicine", "amount_kr": "250", "why": "Recept"}]},
                   why={"why": "Sjuk"})  # fmt: skip
    second = applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())
    assert second.kind == "supplement" and second.route["ground"]["code"] == "route.applied_this_month"


def test_a_draft_begun_before_the_month_was_applied_for_tells_so(cast):
    draft = answer(begin(cast.elin), cast.elin)
    applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())
    with foundation.acting(cast.elin):
        later = ApplicationDraft(
            person_id=cast.elin.person_id, kind="new", month=draft.month, route=draft.route, answers={}, step="summary",
            started_at=now(), saved_at=now(), expires_on=foundation.today() + timedelta(days=3),
        )  # fmt: skip
        ApplicationDraft.objects.bulk_create([later])
    with pytest.raises(AlreadyApplied):
        applications.submit_application(draft_id=later.id, by=cast.elin, at=now())


def test_the_next_month_is_a_renewal_in_the_same_case_with_last_months_answers(cast):
    first = apply(cast.elin)
    draft = begin(cast.elin, this_month().next())
    assert draft.kind == "renewal" and draft.answers["housing"]["rent_kr"] == "5200.00"
    assert "incomes" not in draft.answers
    assert draft.known["housing"]["source"] == "last_application"
    draft = answer(draft, cast.elin, changes={"has_changed": "no"})
    second = applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())
    assert second.case_id == first.case_id and second.kind == "renewal"


def test_a_protected_person_is_called(cast):
    with pytest.raises(PersonCalls) as refused:
        begin(cast.hugo)
    assert refused.value.ground["code"] == "route.we_call_you"
    assert drafts.ask_to_be_called(month=this_month(), by=cast.hugo, at=now()).kind == "refer"
    with as_system():
        told = foundation.Event.objects.get(kind="income_support.sent_to_person_who_calls")
        assert told.person_id == cast.hugo.person_id
        told_to = set(foundation.Notice.objects.values_list("account_id", flat=True))
    assert told_to == {cast.asa.account_id, cast.carina.account_id}


def test_a_person_marked_after_the_draft_was_begun_is_called_too(cast):
    draft = answer(begin(cast.elin), cast.elin)
    people.protect_person(
        person_id=cast.elin.person_id, mark="secrecy_mark", named_account_ids=[cast.asa.account_id],
        by=cast.system, at=now(),
    )  # fmt: skip
    with pytest.raises(PersonCalls):
        applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())


def test_a_far_month_is_not_for_the_machine(cast):
    with pytest.raises(PersonCalls) as refused:
        begin(cast.elin, this_month().plus(3))
    assert refused.value.ground["code"] == "route.other_month"


# --- the partner -------------------------------------------------------------------------------------------------


def together(cast):
    return {"living": "partner", "partner_identity_number": number_of(cast.farid)}


def test_the_partner_is_asked_and_nothing_runs_until_they_sign(cast):
    application = apply(cast.elin, household=together(cast))
    assert application.state == "awaiting_co_applicant" and deferred() == []
    asked = status_of(application.id, cast.farid)
    assert asked.must_sign and [each.said["code"] for each in asked.lacking] == ["missing.partner_signature"]
    signed = applications.sign_as_co_applicant(application_id=application.id, by=cast.farid, at=now())
    assert signed.state == "submitted" and signed.complete_at is not None
    assert [name for name, _ in deferred()] == ["income_support.fetch_registers"]
    with as_system():
        signature = CoApplicantSignature.objects.get(application=application)
        assert signature.digest == applications.digest_of(application.answers)
    kinds = kinds_of_events(application.case_id)
    assert kinds.index("income_support.co_applicant_asked") < kinds.index("income_support.co_applicant_signed")


def test_signed_twice_it_is_once(cast):
    application = apply(cast.elin, household=together(cast))
    for _ in range(2):
        applications.sign_as_co_applicant(application_id=application.id, by=cast.farid, at=now())
    assert len(deferred()) == 1


def test_only_the_partner_signs(cast):
    application = apply(cast.elin, household=together(cast))
    with pytest.raises(NotTheCoApplicant):
        applications.sign_as_co_applicant(application_id=application.id, by=cast.elin, at=now())
    with pytest.raises(NoSuchApplication):
        applications.sign_as_co_applicant(application_id=application.id, by=cast.greta, at=now())


def test_a_partner_who_declines_leads_to_a_person(cast):
    application = apply(cast.elin, household=together(cast))
    declined = applications.decline_as_co_applicant(application_id=application.id, by=cast.farid, at=now())
    assert declined.state == "with_worker"
    assert declined.handed_because[0]["code"] == "handed.partner_declined"


def test_a_partner_who_never_signs_leads_to_a_person_in_time(cast):
    from handslag.income_support.operations import chain

    application = apply(cast.elin, household=together(cast))
    assert chain.pick_up_stuck(at=now() + timedelta(days=13)) == 0
    assert chain.pick_up_stuck(at=now() + timedelta(days=15)) == 1
    assert status_of(application.id, cast.elin).application.state == "with_worker"


def test_partners_who_apply_for_the_same_month_after_each_other(cast):
    first = apply(cast.elin, household=together(cast))
    applications.sign_as_co_applicant(application_id=first.id, by=cast.farid, at=now())
    assert begin(cast.farid).kind == "supplement"


def test_a_partner_who_is_nobody_or_oneself_or_protected(cast):
    from datetime import date

    from tests.cast import identity_number

    draft = begin(cast.elin)
    for number, error in (
        (identity_number(date(1970, 1, 5), "man"), UnknownPartner),
        (number_of(cast.elin), UnknownPartner),
        (number_of(cast.hugo), PersonCalls),
    ):
        draft = answer(draft, cast.elin, household={"living": "partner", "partner_identity_number": number})
        with pytest.raises(error):
            applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())


def test_a_stranger_cannot_be_put_into_the_household(cast):
    draft = begin(cast.elin)
    draft = answer(draft, cast.elin, household={"living": "partner", "partner_person_id": str(cast.greta.person_id)})
    with pytest.raises(foundation.BadInput):
        applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())


def test_a_partner_in_the_register_is_filled_in(cast):
    people.set_household(
        members=[people.Place(cast.elin.person_id, "adult"), people.Place(cast.farid.person_id, "adult")],
        valid_from=foundation.today() - timedelta(days=400), by=cast.system, at=now(),
    )  # fmt: skip
    draft = begin(cast.elin)
    assert draft.answers["household"] == {"living": "partner", "partner_person_id": str(cast.farid.person_id)}
    draft = answer(draft, cast.elin, household=draft.answers["household"])
    application = applications.submit_application(draft_id=draft.id, by=cast.elin, at=now())
    assert application.co_applicant_id == cast.farid.person_id
    with pytest.raises(PersonCalls) as refused:  # the household has its case
        begin(cast.farid)
    assert refused.value.ground["code"] == "route.same_household"


# --- taken back, by whom ------------------------------------------------------------------------------------------


def test_taken_back_and_applied_again(cast):
    application = apply(cast.elin)
    gone = applications.withdraw_application(application_id=application.id, by=cast.elin, at=now())
    assert gone.state == "withdrawn"
    assert applications.withdraw_application(application_id=application.id, by=cast.elin, at=now()).state == "withdrawn"
    assert begin(cast.elin).kind == "renewal"


def test_nobody_else_takes_it_back(cast):
    application = apply(cast.elin)
    for stranger in (cast.greta, cast.farid, cast.david):
        with pytest.raises(NoSuchApplication):
            applications.withdraw_application(application_id=application.id, by=stranger, at=now())


def test_what_is_decided_is_not_taken_back(cast):
    application = apply(cast.elin)
    applications.begin_assessing(application_id=application.id, by=cast.system, at=now())
    applications.record_decided(application_id=application.id, automated=True, by=cast.system, at=now())
    with pytest.raises(MoveNotPermitted):
        applications.withdraw_application(application_id=application.id, by=cast.elin, at=now())


def test_a_clock_that_was_set_back_gives_no_negative_waiting(cast):
    application = apply(cast.elin)
    earlier = now() - timedelta(hours=5)
    with foundation.clock_at(earlier):
        applications.begin_assessing(application_id=application.id, by=cast.system, at=foundation.now())
        done = applications.record_decided(
            application_id=application.id, automated=True, by=cast.system, at=foundation.now()
        )
    assert done.decided_at >= done.submitted_at


def test_a_resident_sends_nobody_elses_draft(cast):
    draft = answer(begin(cast.elin), cast.elin)
    for other in (cast.greta, cast.asa, cast.system):
        with pytest.raises(DraftGone):
            applications.submit_application(draft_id=draft.id, by=other, at=now())



# --- two at once --------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_presses_at_once_are_one_application(cast):
    draft = answer(begin(cast.elin), cast.elin)
    got, start = [], threading.Barrier(2)

    def press():
        try:
            start.wait()
            got.append(applications.submit_application(draft_id=draft.id, by=cast.elin, at=now()).id)
        except Exception as fault:
            got.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(got) == 2 and got[0] == got[1], got
    with as_system():
        assert Application.objects.count() == 1
        assert foundation.Event.objects.filter(kind="income_support.application_submitted").count() == 1
    assert len(deferred()) == 1
