"""What follows a decision: the money is ordered and the letter is made, stored, delivered and queued, once."""

import io
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import jobs, ports
from handslag.income_support.letter.compose import drafted_letter
from handslag.income_support.letter.content import Sender
from handslag.income_support.letter.pdf import make_pdf
from handslag.income_support.letter.sender import use_sender
from handslag.income_support.models import Assessment, PaymentOrder
from handslag.income_support.operations import applications, decisions, letters, registers
from handslag.income_support.operations.assessments import refresh_assessment
from handslag.income_support.ports import DeliveryAnswer, DeliveryChannel
from handslag.income_support.queries import payments as seen
from handslag.income_support.queries.calculation import shown_assessment
from handslag.integrations.mina_meddelanden.mailbox import PrintOnly
from handslag.people import public as people
from tests.income_support.applying import apply, now, number_of, use
from tests.income_support.deciding import AUTOMATION, applied, decide, events, rules, with_worker
from tests.income_support.paying import account, connect_bank, emergency, fresh

pytestmark = pytest.mark.django_db(databases=["default"])
TEST = foundation.system("test")


@pytest.fixture(autouse=True)
def _outside(settings):
    settings.DEMO = True
    connect_bank()
    ports.use(mailbox=PrintOnly())
    use_sender(Sender("Ekeby kommun", "", ("Ring 0123-45 67 89.",), ("Socialnämnden", "123 45 Ekeby")))


@pytest.fixture
def granted(cast):
    rules(cast)
    made = with_worker(cast.elin, cast.asa)
    return decisions.grant(application_id=made.application.id, by=cast.asa, at=now())


def text_of(actor, document):
    _, content = casework.read_document(document.id, actor)
    pages = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(pages.replace("\u00a0", " ").split())


def counts():
    with foundation.acting(TEST):
        return (
            PaymentOrder.objects.count(),
            casework.Document.objects.filter(kind="decision_letter").count(),
            casework.Message.objects.count(),
            casework.PrintQueueItem.objects.count(),
        )


def test_a_decision_leads_to_an_order_a_letter_a_message_and_a_print(cast, granted):
    jobs.carry_out_decision(decision_id=str(granted.id))
    assert counts() == (1, 1, 1, 1)
    fresh(granted)
    assert granted.delivered_by_way == "my_page"
    letter = seen.letter_of(cast.elin, granted)
    assert letter.id == granted.letter_id
    (message,) = casework.find_messages(granted.case_id, cast.elin).rows
    assert (message.document_id, message.direction) == (letter.id, "to_person")
    (item,) = casework.find_print_queue(cast.asa)
    assert (item.reason_code, item.document_id) == ("not_connected", letter.id)


def test_a_replayed_job_does_nothing_again(cast, granted):
    for _ in range(3):
        jobs.carry_out_decision(decision_id=str(granted.id))
    assert counts() == (1, 1, 1, 1)
    assert [len(events(f"income_support.{kind}")) for kind in ("payment_ordered", "letter_made")] == [1, 1]


def test_the_letter_says_the_lines_the_sum_the_payment_and_the_last_day(cast, granted):
    jobs.carry_out_decision(decision_id=str(granted.id))
    fresh(granted)
    text = text_of(cast.elin, seen.letter_of(cast.elin, granted))
    with foundation.acting(cast.elin):
        shown = shown_assessment(Assessment.objects.get(decision=granted))
    for line in shown.lines:
        assert line.label in text
        assert line.amount.replace("\u00a0", " ") in text
    assert f"Du får {foundation.kr(granted.amount_kr)} i ekonomiskt bistånd".replace("\u00a0", " ") in text
    assert "Ditt konto •••6789" in text
    assert f"senast den {granted.appeal_last_day.day} " in text
    assert "Beslutet är fattat av Åsa Åberg." in text
    assert "Ekeby kommun" in text


def test_an_automated_letter_says_so(cast):
    rules(cast)
    decide(applied(cast.elin))
    with foundation.acting(TEST):
        decision = casework.Decision.objects.get()
    jobs.carry_out_decision(decision_id=str(decision.id))
    text = text_of(cast.elin, seen.letter_of(cast.elin, decision))
    assert "fattades automatiskt" in text
    assert "Du kan alltid prata med en människa" in text


def test_strangers_do_not_read_the_letter(cast, granted):
    jobs.carry_out_decision(decision_id=str(granted.id))
    document = seen.letter_of(cast.asa, granted)
    for other in (cast.greta, cast.farid, cast.david):
        assert seen.letter_of(other, granted) is None
        assert casework.find_print_queue(other) == []
        with pytest.raises(foundation.HandslagError):
            casework.read_document(document.id, other)


def test_both_who_applied_get_a_letter_of_their_own(cast):
    rules(cast)
    use()
    application = apply(
        cast.elin, household={"living": "partner", "partner_identity_number": number_of(cast.farid)}
    )
    applications.sign_as_co_applicant(application_id=application.id, by=cast.farid, at=now())
    registers.fetch_registers(application.id)
    applications.begin_assessing(application_id=application.id, by=AUTOMATION, at=now())
    reason = foundation.said("handed.missing")
    applications.hand_to_worker(application_id=application.id, reasons=[reason], by=AUTOMATION, at=now())
    refresh_assessment(application_id=application.id, by=cast.asa, at=now())
    decision = decisions.grant(application_id=application.id, by=cast.asa, at=now())
    jobs.carry_out_decision(decision_id=str(decision.id))
    jobs.carry_out_decision(decision_id=str(decision.id))
    assert counts() == (1, 2, 2, 2)
    for actor, name, account_words in (
        (cast.elin, "Elin Ekdal", "Ditt konto"),
        (cast.farid, "Farid Rahimi", "Den sökandes konto"),
    ):
        letter = seen.letter_of(actor, decision)
        assert letter.person_id == actor.person_id
        text = text_of(actor, letter)
        assert name in text
        assert account_words in text


def test_a_protected_person_gets_a_letter_without_an_address(cast):
    case = casework.open_case(
        kind="income_support",
        person_id=cast.hugo.person_id,
        unit_id=cast.support,
        parties=[],
        by=cast.asa,
        at=now(),
    )
    people.set_address(
        person_id=cast.hugo.person_id, street="Hemliga gatan 1", postal_code="12345", city="Gömby",
        valid_from=foundation.today(), by=cast.asa, at=now(),
    )  # fmt: skip
    account(cast, case.id, person_id=cast.hugo.person_id, name="Hugo Hav")
    decision = emergency(cast, case.id, key="h")
    jobs.carry_out_decision(decision_id=str(decision.id))
    text = text_of(cast.asa, seen.letter_of(cast.asa, decision))
    assert "Hugo Hav" in text
    assert "Hemliga" not in text
    assert "Gömby" not in text
    assert [item.reason_code for item in casework.find_print_queue(cast.asa)] == ["protected"]
    assert casework.find_print_queue(cast.bjorn) == []


def test_a_mailbox_that_takes_the_letter_leaves_nothing_to_print(cast, granted):
    class Takes:
        def deliver(self, letter):
            assert letter.pdf.startswith(b"%PDF")
            return DeliveryAnswer(DeliveryChannel.MAILBOX, receipt="r")

    ports.use(mailbox=Takes())
    letters.make_letter(decision_id=granted.id, by=AUTOMATION, at=now())
    assert casework.find_print_queue(cast.asa) == []


def test_a_letter_is_marked_printed_once(cast, granted):
    jobs.carry_out_decision(decision_id=str(granted.id))
    (item,) = casework.find_print_queue(cast.asa)
    first = casework.mark_printed(item_id=item.id, by=cast.asa, at=now())
    again = casework.mark_printed(item_id=item.id, by=cast.bjorn, at=now())
    assert (again.printed_at, again.printed_by_id) == (first.printed_at, cast.asa.account_id)
    assert casework.find_print_queue(cast.asa) == []


def test_a_fault_in_the_letter_leaves_nothing_of_it_and_the_payment_stands(cast, granted, monkeypatch):
    def broken(*_arguments, **_named):
        raise RuntimeError("killed")

    monkeypatch.setattr(letters, "_send", broken)
    with pytest.raises(RuntimeError):
        jobs.carry_out_decision(decision_id=str(granted.id))
    assert counts() == (1, 0, 0, 0)
    assert fresh(granted).delivered_at is None
    monkeypatch.undo()
    jobs.carry_out_decision(decision_id=str(granted.id))
    assert counts() == (1, 1, 1, 1)


def jobs_to_carry_out(cast):
    with foundation.acting(cast.system):
        return ProcrastinateJob.objects.filter(task_name="income_support.carry_out_decision").count()


def test_decisions_that_nobody_was_told_of_are_taken_up_again(cast, granted):
    later = now() + timedelta(minutes=6)
    before = jobs_to_carry_out(cast)
    assert letters.pick_up_undelivered(at=later) == 1
    assert jobs_to_carry_out(cast) == before + 1
    jobs.carry_out_decision(decision_id=str(granted.id))
    assert letters.pick_up_undelivered(at=later) == 0


def test_a_preview_says_that_nothing_is_decided(cast):
    rules(cast)
    made = with_worker(cast.elin, cast.asa)
    with foundation.acting(cast.asa):
        content = drafted_letter(
            made.application, made.row.result, outcome="granted", amount_kr=100, legal_ground="SoL 12:1",
            reasons=["För att"], decided_by="Åsa Åberg", at=now(),
        )  # fmt: skip
        pdf = make_pdf(content)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "förhandsgranskning" in text


@pytest.mark.parametrize(("language", "on", "translated"), [("ar", True, True), ("en", True, True), ("sv", True, False), ("en", False, False)])
def test_the_swedish_letter_is_the_decision_and_a_translation_follows_by_setting(cast, granted, settings, language, on, translated):
    settings.HANDSLAG_LETTER_TRANSLATION = on
    people.set_language(person_id=cast.elin.person_id, language=language, interpreter=False, by=TEST, at=now())
    document = letters.make_letter(decision_id=granted.id, by=AUTOMATION, at=now())
    said = text_of(cast.elin, document)
    assert "Beslut om ekonomiskt bistånd" in said
    assert ("Translation into English" in said) is translated
