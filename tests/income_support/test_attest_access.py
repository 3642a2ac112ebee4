"""An attester works in no case: what waits for the attest is read while it waits, in SQL too, and nothing else ever."""

import pytest
from django.db import Error, connection, transaction

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.income_support.errors_payments import PaymentNotFound, SamePerson
from handslag.income_support.operations import decisions, payments
from handslag.income_support.operations.payees import Share
from tests.income_support.applying import now
from tests.income_support.deciding import events, rules, with_worker
from tests.income_support.paying import account, ordered

pytestmark = pytest.mark.django_db(databases=["default"])

# Every table that the page of the attest rests on, and those of the same case that it has nothing to do with.
SHOWN = (
    "casework_case", "casework_caseparty", "casework_decision", "casework_document", "casework_documentcontent",
    "income_support_application", "income_support_assessment", "income_support_payee", "income_support_paymentorder",
)  # fmt: skip
HIDDEN = (
    "casework_note", "casework_message", "casework_legalclock", "casework_completionrequest", "casework_communication",
    "income_support_registeranswer", "income_support_registerfigure", "foundation_event",
)  # fmt: skip


def seen_by(actor):
    """How many rows of each table the actor's own SQL finds, as the app's role."""
    with foundation.acting(actor), connection.cursor() as cursor:
        found = {}
        for table in (*SHOWN, *HIDDEN):
            where = " WHERE case_id IS NOT NULL AND account_id IS DISTINCT FROM handslag_account()" if table == "foundation_event" else ""
            cursor.execute(f"SELECT count(*) FROM {table}{where}")
            found[table] = cursor.fetchone()[0]
        return found


@pytest.fixture
def granted(cast, settings):
    """Elin's application granted by Åsa, with a paper, a note, a message and an internal paper in the case."""
    settings.HANDSLAG_ATTEST_LIMIT_KR = 1000
    rules(cast)
    made = with_worker(cast.elin, cast.asa)
    case_id = made.application.case_id
    casework.send_message(
        case_id=case_id, person_id=cast.elin.person_id, subject="Hej", body="Hej", by=cast.asa, at=now()
    )
    casework.write_note(case_id=case_id, subject="Samtal", body="Elin ringde.", by=cast.asa, at=now())
    casework.add_document(case_id=case_id, name="a.txt", content=b"hyra", kind="received", by=cast.asa, at=now())
    casework.add_document(case_id=case_id, name="b.txt", content=b"internt", kind="internal", by=cast.asa, at=now())
    return made


def grant_and_order(cast, made):
    decision = decisions.grant(application_id=made.application.id, reason="Styrkt", by=cast.asa, at=now())
    share = Share(account(cast, made.application.case_id), decision.amount_kr)
    (order,) = payments.order_payments(decision_id=decision.id, shares=[share], by=cast.asa, at=now())
    assert order.state == "planned"
    return order


def test_before_during_and_after_in_sql(cast, granted):
    nothing = dict.fromkeys((*SHOWN, *HIDDEN), 0)
    assert seen_by(cast.frida) == nothing
    order = grant_and_order(cast, granted)
    during = seen_by(cast.frida)
    assert all(during[table] for table in SHOWN), during
    assert not any(during[table] for table in HIDDEN), during
    with foundation.acting(cast.frida):
        kinds = set(casework.Document.objects.values_list("kind", flat=True))
    assert "internal" not in kinds and "received" in kinds
    for other in (cast.david, cast.ada, cast.rune, cast.board):
        assert seen_by(other) == nothing
    payments.attest_payment(order_id=order.id, by=cast.frida, at=now())
    # What she put her name to stays hers to see; the case is closed to her again, and to the other attester at once.
    assert seen_by(cast.frida) == {**nothing, "income_support_paymentorder": 1}
    assert seen_by(cast.goran) == nothing
    assert len(events("income_support.payment_moved")) == 1


def test_it_ends_too_when_the_payment_is_stopped_and_begins_again_when_it_goes_on(cast, granted):
    order = grant_and_order(cast, granted)
    payments.stop_payment(order_id=order.id, because="Fel", by=cast.asa, at=now())
    assert not any(seen_by(cast.frida).values())
    with pytest.raises(PaymentNotFound):
        income_support.get_to_attest(cast.frida, order.id)
    payments.resume_payment(order_id=order.id, by=cast.asa, at=now())
    assert income_support.get_to_attest(cast.frida, order.id).id == order.id


def test_while_it_waits_nothing_of_the_case_can_be_changed_in_sql(cast, granted):
    order = grant_and_order(cast, granted)
    changes = [
        "UPDATE casework_case SET worker_id = handslag_account()",
        "UPDATE casework_decision SET delivered_at = now(), delivered_by_way = 'post'",
        "UPDATE income_support_application SET state = 'withdrawn'",
        "UPDATE income_support_payee SET ended_at = now()",
    ]
    for sql in changes:
        with foundation.acting(cast.frida), connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.rowcount == 0, sql
    refused = [
        "UPDATE income_support_paymentorder SET state = 'stopped', stopped_because = 'x'",
        "UPDATE income_support_paymentorder SET pay_on = pay_on + 30",
        f"UPDATE income_support_paymentorder SET state = 'ordered', attested_at = now(), attested_by_id = '{cast.goran.account_id}'",
        "INSERT INTO casework_casestaff (id, case_id, account_id, because, valid_from, named_by_id) "
        f"VALUES (gen_random_uuid(), '{order.case_id}', handslag_account(), 'x', now(), handslag_account())",
    ]
    for sql in refused:
        with pytest.raises(Error), foundation.acting(cast.frida), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(foundation.HandslagError):
        payments.stop_payment(order_id=order.id, because="x", by=cast.frida, at=now())


def test_it_waits_only_for_one_who_may_attest_it(cast, granted):
    order = grant_and_order(cast, granted)
    for other in (cast.bjorn, cast.david, cast.rune, cast.ada, cast.board, cast.elin, foundation.VISITOR):
        with pytest.raises(foundation.HandslagError):
            income_support.get_to_attest(other, order.id)
    with pytest.raises(PaymentNotFound):  # she ordered it herself
        income_support.get_to_attest(cast.asa, order.id)
    with pytest.raises((SamePerson, foundation.Refused)):
        payments.attest_payment(order_id=order.id, by=cast.asa, at=now())
    for attester in (cast.frida, cast.goran, cast.carina):
        assert income_support.get_to_attest(attester, order.id).id == order.id


def test_a_protected_persons_payment_waits_for_the_named_alone(cast, settings):
    settings.HANDSLAG_ATTEST_LIMIT_KR = 1000
    case = casework.open_case(
        kind="income_support", person_id=cast.hugo.person_id, unit_id=cast.support, parties=[], by=cast.asa, at=now()
    )
    order = ordered(cast, case.id)
    assert not any(seen_by(cast.frida).values())
    with pytest.raises(PaymentNotFound):
        income_support.get_to_attest(cast.frida, order.id)
    assert income_support.get_to_attest(cast.carina, order.id).id == order.id
