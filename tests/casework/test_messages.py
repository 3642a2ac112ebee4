"""Messages, requests for completion and communication before a decision."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.casework.conftest import events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
PDF = b"%PDF-1.7\n"


def test_messages_go_both_ways_and_are_marked_read(cast: Cast, case: casework.Case, now: datetime) -> None:
    casework.assign_case(case_id=case.id, worker_id=cast.asa.account_id, by=cast.asa, at=now)
    to_elin = casework.send_message(case_id=case.id, subject="Hej", body="Vi ses.", by=cast.asa, at=now)
    assert [one.id for one in casework.find_unread_messages(cast.elin)] == [to_elin.id]
    assert casework.mark_read(message_id=to_elin.id, by=cast.asa, at=now).read_at is None
    assert casework.mark_read(message_id=to_elin.id, by=cast.elin, at=now).read_at == now
    answer = casework.send_message(
        case_id=case.id, subject="Sv: Hej", body="Ja.", answers_id=to_elin.id, by=cast.elin, at=now
    )
    assert (answer.direction, answer.person_id) == ("from_person", cast.elin.person_id)
    assert [one.id for one in casework.find_unread_messages(cast.asa)] == [answer.id]
    with foundation.acting(cast.asa):
        assert [one.text["code"] for one in foundation.notices_of(cast.asa)] == ["casework.message_waiting"]
    read = casework.mark_read(message_id=answer.id, by=cast.bjorn, at=now)
    assert read.read_by_id == cast.bjorn.account_id
    assert casework.mark_read(message_id=answer.id, by=cast.asa, at=now + timedelta(hours=1)).read_at == now
    assert events_of(case)[-4:] == [
        "casework.message_sent", "casework.message_read", "casework.message_received", "casework.message_read",
    ]  # fmt: skip


def test_a_message_is_between_the_unit_and_one_person(cast: Cast, case: casework.Case, now: datetime) -> None:
    casework.send_message(case_id=case.id, subject="Till Elin", body="x", by=cast.asa, at=now)
    casework.send_message(
        case_id=case.id, subject="Till Farid", body="x", person_id=cast.farid.person_id, by=cast.asa, at=now
    )
    assert [one.subject for one in casework.find_messages(case.id, cast.elin).rows] == ["Till Elin"]
    assert [one.subject for one in casework.find_messages(case.id, cast.farid).rows] == ["Till Farid"]
    assert len(casework.find_messages(case.id, cast.bjorn).rows) == 2
    with pytest.raises(foundation.BadInput):
        casework.send_message(
            case_id=case.id, subject="?", body="x", person_id=cast.greta.person_id, by=cast.asa, at=now
        )
    with pytest.raises(casework.CaseNotFound):
        casework.send_message(case_id=case.id, subject="?", body="x", by=cast.greta, at=now)
    (to_farid,) = casework.find_messages(case.id, cast.farid).rows
    with pytest.raises(casework.PartNotFound):
        casework.send_message(
            case_id=case.id, subject="?", body="x", answers_id=to_farid.id, by=cast.elin, at=now
        )


def test_the_same_message_sent_twice_is_one(cast: Cast, case: casework.Case, now: datetime) -> None:
    sent = [
        casework.send_message(
            case_id=case.id, subject="a", body="b", idempotency_key="k", by=cast.elin, at=now
        ).id
        for _ in range(2)
    ]
    assert sent[0] == sent[1]
    assert events_of(case).count("casework.message_received") == 1


def test_an_empty_message_is_refused(cast: Cast, case: casework.Case, now: datetime) -> None:
    for body in (" ", "x" * 20_001):
        with pytest.raises(foundation.BadInput) as fault:
            casework.send_message(case_id=case.id, subject="a", body=body, by=cast.elin, at=now)
        assert fault.value.where == "body"


def test_what_was_written_is_not_rewritten(cast: Cast, case: casework.Case, now: datetime) -> None:
    message = casework.send_message(case_id=case.id, subject="a", body="b", by=cast.asa, at=now)
    for actor in (cast.elin, cast.system):
        with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
            casework.Message.objects.filter(id=message.id).update(body="annat")
    casework.mark_read(message_id=message.id, by=cast.elin, at=now)
    with pytest.raises(DatabaseError), foundation.acting(cast.system), transaction.atomic():
        casework.Message.objects.filter(id=message.id).update(read_at=None)


def test_a_paper_goes_with_a_message_to_the_one_it_is_meant_for(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    letter = casework.add_document(
        case_id=case.id,
        name="brev.pdf",
        content=PDF,
        kind="letter",
        person_id=cast.elin.person_id,
        by=cast.asa,
        at=now,
    )
    sent = casework.send_message(
        case_id=case.id, subject="Beslut", document_id=letter.id, by=cast.asa, at=now
    )
    assert sent.document_id == letter.id
    with pytest.raises(foundation.BadInput) as fault:
        casework.send_message(
            case_id=case.id,
            subject="Beslut",
            document_id=letter.id,
            person_id=cast.farid.person_id,
            by=cast.asa,
            at=now,
        )
    assert fault.value.where == "document_id"


def test_a_request_is_answered_item_by_item(cast: Cast, case: casework.Case, now: datetime) -> None:
    due = foundation.day_of(now) + timedelta(days=7)
    told = {"code": "casework.message_waiting", "values": {"number": "x"}}
    request = casework.request_completion(
        case_id=case.id, what=["Hyresavi", " ", told], due_on=due, by=cast.asa, at=now
    )
    (seen,) = casework.find_completions(cast.elin, open_only=True)
    first, second = seen.items.all()
    assert (first.what, second.said, seen.due_on) == ("Hyresavi", told, due)
    paper = casework.add_document(case_id=case.id, name="avi.pdf", content=PDF, by=cast.elin, at=now)
    half = casework.answer_completion(
        completion_id=request.id,
        answers=[casework.ItemAnswer(first.id, document_id=paper.id)],
        by=cast.elin,
        at=now,
    )
    assert half.state == "open"
    whole = casework.answer_completion(
        completion_id=request.id,
        answers=[casework.ItemAnswer(second.id, text="Jag har inget.")],
        by=cast.elin,
        at=now,
    )
    assert (whole.state, whole.answered_at) == ("answered", now)
    assert events_of(case)[-1] == "casework.completion_answered"
    with pytest.raises(foundation.Refused):
        casework.cancel_completion(completion_id=request.id, by=cast.asa, at=now)


def test_a_request_needs_something_to_ask_and_a_day_to_come(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    today = foundation.day_of(now)
    for what, due, where in (([], today, "what"), (["x"], today - timedelta(days=1), "due_on")):
        with pytest.raises(foundation.BadInput) as fault:
            casework.request_completion(case_id=case.id, what=what, due_on=due, by=cast.asa, at=now)
        assert fault.value.where == where


def test_only_the_one_who_was_asked_answers(cast: Cast, case: casework.Case, now: datetime) -> None:
    request = casework.request_completion(
        case_id=case.id, what=["x"], due_on=foundation.day_of(now), by=cast.asa, at=now
    )
    (item,) = casework.find_completions(cast.asa, case_id=case.id)[0].items.all()
    for other in (cast.farid, cast.greta):
        assert casework.find_completions(other, case_id=case.id) == []
        with pytest.raises(casework.PartNotFound):
            casework.answer_completion(
                completion_id=request.id, answers=[casework.ItemAnswer(item.id, text="y")], by=other, at=now
            )
    staffed = casework.answer_completion(
        completion_id=request.id,
        answers=[casework.ItemAnswer(item.id, text="kom med post")],
        by=cast.bjorn,
        at=now,
    )
    assert staffed.state == "answered"


def test_an_overdue_request_is_told_once(cast: Cast, case: casework.Case, now: datetime) -> None:
    casework.request_completion(
        case_id=case.id, what=["x"], due_on=foundation.day_of(now), by=cast.asa, at=now
    )
    night = now + timedelta(days=1)
    assert casework.note_overdue_completions(by=cast.system, at=now) == 0
    assert casework.note_overdue_completions(by=cast.system, at=night) == 1
    assert casework.note_overdue_completions(by=cast.system, at=night) == 0
    assert events_of(case).count("casework.completion_overdue") == 1


def test_communication_is_answered_by_the_person_or_written_down(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    until = foundation.day_of(now) + timedelta(days=14)
    sent = casework.communicate(
        case_id=case.id, material="Lön 8 000 kr", answer_until=until, by=cast.asa, at=now
    )
    assert [one.id for one in casework.find_communications(case.id, cast.elin)] == [sent.id]
    assert casework.find_communications(case.id, cast.farid) == []
    with pytest.raises(casework.PartNotFound):
        casework.answer_communication(communication_id=sent.id, answer="x", by=cast.farid, at=now)
    answered = casework.answer_communication(
        communication_id=sent.id, answer="Det stämmer.", orally=True, by=cast.asa, at=now
    )
    assert (answered.state, answered.answered_orally) == ("answered", True)
    with pytest.raises(foundation.Refused):
        casework.answer_communication(communication_id=sent.id, answer="igen", by=cast.elin, at=now)


def test_communication_needs_time_and_material_and_a_reason_to_be_left_out(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    today = foundation.day_of(now)
    with pytest.raises(foundation.BadInput) as fault:
        casework.communicate(case_id=case.id, material="x", answer_until=today, by=cast.asa, at=now)
    assert fault.value.where == "answer_until"
    with pytest.raises(foundation.BadInput) as fault:
        casework.communicate(case_id=case.id, answer_until=today + timedelta(days=1), by=cast.asa, at=now)
    assert fault.value.where == "material"
    with pytest.raises(foundation.BadInput) as fault:
        casework.waive_communication(case_id=case.id, because=" ", by=cast.asa, at=now)
    assert fault.value.where == "because"
    with pytest.raises(foundation.Refused):
        casework.waive_communication(case_id=case.id, because="x", by=cast.system, at=now)
    waived = casework.waive_communication(
        case_id=case.id, because="Endast egna uppgifter", by=cast.asa, at=now
    )
    assert waived.state == "waived"
    assert casework.find_communications(case.id, cast.elin) == []


def test_who_asks_to_speak_holds_the_decision_until_it_is_written_down(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    until = foundation.day_of(now) + timedelta(days=1)
    sent = casework.communicate(case_id=case.id, material="Lön", answer_until=until, by=cast.asa, at=now)
    for stranger in (cast.farid, cast.greta, cast.david):
        with pytest.raises(foundation.HandslagError):
            casework.ask_to_speak(communication_id=sent.id, by=stranger, at=now)
    for _twice in range(2):
        casework.ask_to_speak(communication_id=sent.id, by=cast.elin, at=now)
    assert events_of(case).count("casework.asked_to_speak") == 1
    late = until + timedelta(days=30)
    with foundation.acting(cast.asa):
        assert casework.finished_communication(case.id, None, late) is None
    casework.answer_communication(
        communication_id=sent.id, answer="Lönen upphör.", orally=True, by=cast.asa, at=now
    )
    with foundation.acting(cast.asa):
        assert casework.finished_communication(case.id, None, late) is not None


def test_an_answer_tells_the_responsible_one_and_leans_on_a_paper_of_the_case(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    casework.assign_case(case_id=case.id, worker_id=cast.asa.account_id, by=cast.carina, at=now)
    until = foundation.day_of(now) + timedelta(days=7)
    sent = casework.communicate(case_id=case.id, material="Lön", answer_until=until, by=cast.asa, at=now)
    assert [one.id for one in casework.find_communications_to(cast.elin, open_only=True)] == [sent.id]
    assert casework.find_communications_to(cast.greta) == casework.find_communications_to(cast.asa) == []
    with pytest.raises(casework.PartNotFound):
        casework.answer_communication(
            communication_id=sent.id, answer="x", document_id=foundation.new_id(), by=cast.elin, at=now
        )
    paper = casework.add_document(
        case_id=case.id, name="avi.pdf", content=b"%PDF-1.7 hej", by=cast.elin, at=now
    )
    casework.answer_communication(
        communication_id=sent.id, answer="Se avin.", document_id=paper.id, by=cast.elin, at=now
    )
    assert casework.find_communications_to(cast.elin, open_only=True) == []
    with foundation.acting(cast.asa):
        codes = [notice.text["code"] for notice in foundation.notices_of(cast.asa)]
    assert "casework.communication_answered" in codes
