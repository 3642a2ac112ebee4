"""One row by its key gives what Django's own way gives, and no more than the actor may read or change."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from handslag.foundation.actor import VISITOR, acting
from handslag.foundation.ids import new_id
from handslag.foundation.models import Account, DelegationRule, Event
from handslag.foundation.rows import find_row, insert_row, update_row
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def values(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_a_row_is_read_as_django_reads_it(cast: Cast) -> None:
    with acting(cast.system):
        for model in (Account, DelegationRule, Event):
            for row in model.objects.all()[:3]:
                found = find_row(model, row.pk)
                assert found is not None and values(found) == values(row)
                if model is not Event:  # nobody changes an event, so nobody locks one
                    assert find_row(model, row.pk, lock=True) == row
        assert find_row(Account, new_id()) is None
        assert find_row(Account, None) is None


def test_a_row_that_the_actor_may_not_read_is_not_there(cast: Cast) -> None:
    account_id = cast.asa.account_id
    with acting(VISITOR):
        assert find_row(Account, account_id) is None
    with acting(replace(cast.bjorn, name="")):
        assert find_row(Account, account_id) is not None
        assert find_row(Account, account_id, lock=True) is None  # read, but not changed


def test_a_row_is_written_and_changed_as_django_writes_it(cast: Cast) -> None:
    with acting(cast.system):
        row = DelegationRule(decision_type="tests.rows", role="case_worker", valid_from=date(2026, 1, 1))
        insert_row(row)
        assert not row._state.adding
        kept = DelegationRule.objects.get(decision_type="tests.rows")
        assert values(kept) == values(DelegationRule.objects.get(pk=row.pk))
        row.role, row.max_amount_kr = "manager", None
        update_row(row, ["role"])
        update_row(row, [])
        assert DelegationRule.objects.get(pk=row.pk).role == "manager"


def test_a_change_that_reaches_no_row_is_an_error(cast: Cast) -> None:
    with acting(cast.system):
        row = Account.objects.get(id=cast.asa.account_id)
    with acting(cast.bjorn):
        row.name = "Någon annan"
        with pytest.raises(DatabaseError), transaction.atomic():
            update_row(row, ["name"])
