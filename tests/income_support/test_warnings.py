"""Warnings: raised once, handled once, and never back again."""

import pytest
from django.db import Error, connection, transaction
from django.utils import translation

from handslag.casework import public as casework
from handslag.demo.aid_history import account_number
from handslag.foundation import public as foundation
from handslag.income_support.models import Warning
from handslag.income_support.operations import registers
from handslag.income_support.queries.accounts import cases_with_the_account, is_account_of_a_stranger
from handslag.income_support.queries.applications import find_warnings_of
from handslag.income_support.told import tell_warning
from handslag.people import public as people
from tests.income_support.applying import ToldRegisters, apply, in_month, now, this_month, use
from tests.income_support.paying import account

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


SAME = {"clearing": "6000", "number": "123 456 789"}


def shared(application, cast):
    registers.fetch_registers(application.id)
    return [one for one in only(application, cast) if one.kind == "ACCOUNT_SHARED"]


def test_the_account_of_a_stranger_is_told_and_not_of_whom(cast):
    use(ToldRegisters())
    elin = apply(cast.elin)
    assert shared(elin, cast) == []
    farid = apply(cast.farid, account=SAME)
    [warning] = shared(farid, cast)
    with translation.override("sv"):
        words = tell_warning(warning)
    assert words.startswith("Kontot som slutar på •••6789 är också angivet av någon som varken bor i hushållet")
    assert set(warning.values) == {"account"} and "Elin" not in f"{words}{warning.key}"
    [other] = [one for one in registers_again(elin, cast) if one.kind == "ACCOUNT_SHARED"]
    assert other.state == "open"  # whoever gave it first is asked too, at the next look into the registers


def registers_again(application, cast):
    registers.fetch_registers(application.id, again=True)
    return only(application, cast)


def test_it_is_handled_once_for_the_account(cast):
    use(ToldRegisters())
    apply(cast.elin)
    farid = apply(cast.farid, account=SAME)
    [warning] = shared(farid, cast)
    registers.handle_warning(warning_id=warning.id, state="closed", because="Brodern har konto åt dem", by=cast.asa, at=now())
    [still] = [one for one in registers_again(farid, cast) if one.kind == "ACCOUNT_SHARED"]
    assert still.state == "closed"


@pytest.mark.parametrize("how", ["lives", "related"])
def test_who_lives_together_or_is_related_may_share_an_account(cast, how):
    use(ToldRegisters())
    apply(cast.elin)
    farid = apply(cast.farid, account=SAME)
    since = foundation.today()
    if how == "lives":
        members = [people.Place(person_id=one.person_id, role="adult") for one in (cast.elin, cast.farid)]
        people.set_household(members=members, valid_from=since, by=cast.system, at=now())
    else:
        people.relate(
            person_id=cast.farid.person_id, other_id=cast.elin.person_id, kind="sibling", valid_from=since,
            by=cast.system, at=now(),
        )  # fmt: skip
    assert shared(farid, cast) == []


def test_an_account_that_a_worker_has_entered_for_somebody_counts(cast):
    use(ToldRegisters())
    elin = apply(cast.elin, account={"clearing": "6000", "number": account_number(cast.elin.person_id)})
    account(cast, elin.case_id)  # 6000, 123456789
    assert shared(apply(cast.farid, account=SAME), cast) != []


def test_nobody_but_the_system_can_ask_whose_account_it_is(cast):
    use(ToldRegisters())
    apply(cast.elin)
    farid = apply(cast.farid, account=SAME)
    with foundation.acting(cast.system):
        assert is_account_of_a_stranger(farid.id)
    for somebody in (cast.asa, cast.farid, cast.greta):
        with foundation.acting(somebody):
            assert not is_account_of_a_stranger(farid.id)


def test_whoever_may_read_the_other_case_is_told_which_and_nobody_else(cast):
    use(ToldRegisters())
    elin = apply(cast.elin)
    farid = apply(cast.farid, account=SAME)
    for somebody in (cast.asa, cast.carina):
        assert [one.id for one in cases_with_the_account(farid.id, somebody)] == [elin.case_id]
        assert [one.id for one in cases_with_the_account(elin.id, somebody)] == [farid.case_id]
    for somebody in (cast.david, cast.frida, cast.ada, cast.elin, cast.farid, cast.greta, foundation.VISITOR):
        assert cases_with_the_account(farid.id, somebody) == []
    casework.restrict_case(
        case_id=elin.case_id, account_ids=[cast.carina.account_id], because="Nära släkting arbetar här", by=cast.carina, at=now()
    )  # fmt: skip
    assert cases_with_the_account(farid.id, cast.bjorn) == []
    assert [one.id for one in cases_with_the_account(farid.id, cast.carina)] == [elin.case_id]


@pytest.mark.parametrize("who", ["bjorn", "david", "frida", "farid", "greta", "VISITOR"])
def test_no_case_that_one_may_not_read_leaks_straight_in_sql(cast, who):
    use(ToldRegisters())
    elin = apply(cast.elin)
    farid = apply(cast.farid, account=SAME)
    casework.restrict_case(
        case_id=elin.case_id, account_ids=[cast.carina.account_id], because="Nära släkting arbetar här", by=cast.carina, at=now()
    )  # fmt: skip
    with foundation.acting(foundation.VISITOR if who == "VISITOR" else getattr(cast, who)), connection.cursor() as cursor:
        for asked in (farid.id, elin.id, foundation.new_id()):
            cursor.execute("SELECT handslag_cases_with_the_account(%s)", [asked])
            assert cursor.fetchone()[0] == []
