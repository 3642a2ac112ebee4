"""Warnings: raised once, handled once, and never back again."""

import pytest
from django.db import Error, transaction
from django.utils import translation

from handslag.foundation import public as foundation
from handslag.income_support.models import Warning
from handslag.income_support.operations import registers
from handslag.income_support.queries.applications import find_warnings_of
from handslag.income_support.told import tell_warning
from tests.income_support.applying import ToldRegisters, apply, in_month, now, this_month, use

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def month(back):
    return in_month(this_month().plus(-back))


def with_change(cast):
    use(ToldRegisters(payments=[("FK:BOB", "1500", month(1)), ("FK:BOB", "1000", month(2))]))
    application = apply(cast.elin)
    registers.fetch_registers(application.id)
    return application


def only(application, cast):
    return find_warnings_of(application.case_id, cast.asa)


def test_a_change_is_raised_with_its_figures(cast):
    application = with_change(cast)
    [warning] = only(application, cast)
    assert (warning.kind, warning.state) == ("INCOME_CHANGE", "open")
    assert warning.values["before"] == "1000.00" and warning.values["now"] == "1500.00"
    words = foundation.tell(foundation.said(f"warning.{warning.kind}", **warning.values))
    assert "1\u00a0500\u00a0kr" in words
    with foundation.acting(foundation.system("test")):
        assert foundation.Event.objects.filter(kind="income_support.warning_raised").count() == 1


def test_a_refresh_does_not_raise_it_twice(cast):
    application = with_change(cast)
    registers.fetch_registers(application.id, again=True)
    assert len(only(application, cast)) == 1


@pytest.mark.parametrize("state", ["acknowledged", "closed"])
def test_a_handled_one_stays_handled_through_refreshes(cast, state):
    application = with_change(cast)
    [warning] = only(application, cast)
    registers.handle_warning(warning_id=warning.id, state=state, because="Nytt avtal", by=cast.asa, at=now())
    registers.fetch_registers(application.id, again=True)
    [still] = only(application, cast)
    assert still.state == state and still.handled_by_id == cast.asa.account_id


def test_closed_is_for_good_even_in_the_database(cast):
    application = with_change(cast)
    [warning] = only(application, cast)
    registers.handle_warning(warning_id=warning.id, state="closed", by=cast.asa, at=now())
    assert registers.handle_warning(warning_id=warning.id, state="acknowledged", by=cast.asa, at=now()).state == "closed"
    with pytest.raises(Error), foundation.acting(cast.asa), transaction.atomic():
        Warning.objects.filter(id=warning.id).update(state="open")


def test_a_difference_that_is_gone_closes_by_itself_and_only_an_open_one(cast):
    application = with_change(cast)
    use(ToldRegisters(payments=[("FK:BOB", "1000", month(1)), ("FK:BOB", "1000", month(2))]))
    registers.fetch_registers(application.id, again=True)
    [warning] = only(application, cast)
    assert warning.state == "closed" and warning.because["code"] == "warning.closed.gone"


def test_silence_is_a_warning_for_each_agency(cast):
    use(ToldRegisters(silent=("so", "csn", "tns")))
    application = apply(cast.elin)
    registers.fetch_registers(application.id)
    assert {(w.kind, w.values["agency"]) for w in only(application, cast)} == {
        ("MISSING_REGISTER", "csn"),
        ("MISSING_REGISTER", "so"),
    }


def test_another_part_raises_one_once_for_a_key(cast):
    application = apply(cast.elin)
    for _ in range(2):
        registers.warn(
            application_id=application.id, kind="EXPENSE_CAPPED", key="EXPENSE_CAPPED:x", by=cast.system, at=now(),
            values={"kind": "rent", "applied": "9000", "approved": "4800"},
        )  # fmt: skip
    assert [w.kind for w in only(application, cast)] == ["EXPENSE_CAPPED"]


def test_who_may_not(cast):
    application = with_change(cast)
    [warning] = only(application, cast)
    for other in (cast.elin, cast.david, cast.greta):
        with pytest.raises(foundation.HandslagError):
            registers.handle_warning(warning_id=warning.id, state="closed", by=other, at=now())
    assert find_warnings_of(application.case_id, cast.elin) == []
    assert find_warnings_of(application.case_id, cast.david) == []


def test_an_unusually_high_cost_asks_for_the_invoice(cast):
    costs = [{"kind": "electricity", "amount_kr": "6200.00"}]
    application = apply(cast.elin, costs={"costs": costs})
    registers.fetch_registers(application.id)
    [warning] = [one for one in only(application, cast) if one.kind == "EXPENSE_UNUSUAL"]
    with translation.override("sv"):
        words = tell_warning(warning)
    assert words.startswith("El, 6\u00a0200 kr i månaden, är ovanligt högt: kontrollera fakturan.")
    assert "2\u00a0000 kr, är vår egen inställning och inte lag" in words
