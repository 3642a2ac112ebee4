"""Payments of a case: stopped and resumed as the person sees it, and the attest of a sum over the limit."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from tests.cast import Cast
from tests.income_support.deciding import rules
from tests.income_support.paying import account, ordered

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.fixture
def order(cast: Cast) -> Any:
    rules(cast)
    case = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support, by=cast.asa, at=foundation.now()
    )
    return ordered(cast, case.id)


def state(order: Any, cast: Cast) -> str:
    (found,) = income_support.find_payments(cast.asa, case_id=order.case_id)
    return str(found.state)


def test_a_stopped_payment_goes_on_again_and_the_person_sees_both(client_of: Log, cast: Cast, order: Any) -> None:
    asa, url = client_of(cast.asa), f"/handlaggare/arende/{order.case_id}/utbetalningar/"
    assert asa.post(f"{url}{order.id}/", {"because": "Fel konto"}).status_code == 302
    assert "Låt den gå vidare" in asa.get(url).text
    seen = client_of(cast.elin).get(f"/beslut/{order.decision_id}/")
    if seen.status_code == 200:
        assert "Stoppad" in seen.text
    assert asa.post(f"{url}{order.id}/", {"resume": "1"}).status_code == 302
    assert state(order, cast) == "ordered"
    assert asa.post(f"{url}{order.id}/", {"resume": "1"}).status_code == 403, "it goes on already"
    assert client_of(cast.david).post(f"{url}{order.id}/", {"resume": "1"}).status_code in (403, 404)


def test_what_was_ordered_in_its_place_keeps_a_stopped_payment_stopped(cast: Cast, order: Any) -> None:
    now = foundation.now()
    income_support.stop_payment(order_id=order.id, because="Fel konto", by=cast.asa, at=now)
    same = income_support.Share(payee=order.payee, amount_kr=order.amount_kr)
    with pytest.raises(income_support.AlreadyOrdered):
        income_support.order_payments(decision_id=order.decision_id, shares=[same], by=cast.asa, at=now)
    other = account(cast, order.case_id, number="223456780", name="Annat konto")
    share = income_support.Share(payee=other, amount_kr=order.amount_kr)
    income_support.order_payments(decision_id=order.decision_id, shares=[share], by=cast.asa, at=now)
    with pytest.raises(income_support.AlreadyOrdered):
        income_support.resume_payment(order_id=order.id, by=cast.asa, at=now)
    for stranger in (cast.elin, cast.david, cast.ada):
        with pytest.raises(foundation.HandslagError):
            income_support.resume_payment(order_id=order.id, by=stranger, at=now)


def test_over_the_limit_the_attest_is_found_by_the_manager_and_the_attester(
    client_of: Log, cast: Cast, settings: Any
) -> None:
    settings.HANDSLAG_ATTEST_LIMIT_KR = 1000
    rules(cast)
    case = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support, by=cast.asa, at=foundation.now()
    )
    order = ordered(cast, case.id)
    url = f"/handlaggare/arende/{case.id}/utbetalningar/"
    assert "attesterar" in client_of(cast.asa).get(url).text
    assert 'name="attest"' not in client_of(cast.asa).get(url).text
    assert client_of(cast.asa).post(f"{url}{order.id}/", {"attest": "1"}).status_code == 403
    carina = client_of(cast.carina)
    assert 'name="attest"' in carina.get(url).text
    assert "/ledning/utbetalningar/attest/" in carina.get("/ledning/").text
    for who in (cast.carina, cast.frida):
        assert case.number in client_of(who).get("/ledning/utbetalningar/attest/").text
    assert carina.post(f"{url}{order.id}/", {"attest": "1"}).status_code == 302
    assert state(order, cast) == "ordered"
    income_support.stop_payment(order_id=order.id, because="Fel konto", by=cast.asa, at=foundation.now())
    income_support.resume_payment(order_id=order.id, by=cast.asa, at=foundation.now())
    assert state(order, cast) == "planned", "what was stopped is attested once more"
