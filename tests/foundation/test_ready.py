"""A ready question gives what Django's own query gives, for each actor and for other values than the first."""

from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from handslag.foundation.actor import VISITOR, acting
from handslag.foundation.models import Account, RoleGrant
from handslag.foundation.ready import ready
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def held(account_id: UUID, day: date) -> QuerySet[RoleGrant]:
    rows = RoleGrant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), account_id=account_id)
    return rows.filter(valid_from__lte=day).select_related("unit").order_by("role", "id")


def named(name: str) -> QuerySet[Account, UUID]:
    return Account.objects.filter(username=name).values_list("id", flat=True)


def values(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_it_gives_what_the_query_gives(cast: Cast) -> None:
    asked, day = ready(held), date(2026, 11, 22)
    with acting(cast.system):
        for actor in (cast.asa, cast.carina, cast.david):
            assert actor.account_id is not None
            own = list(held(actor.account_id, day))
            found = asked(actor.account_id, day)
            assert [values(row) for row in found] == [values(row) for row in own] and own
            with CaptureQueriesContext(connection) as told:
                assert [row.unit.name for row in found] == [row.unit.name for row in own]
            assert not told.captured_queries
            assert asked(actor.account_id, date(1900, 1, 1)) == []
        assert ready(named)("asa") == [cast.asa.account_id]


def test_each_actor_sees_their_own(cast: Cast) -> None:
    asked = ready(named)
    with acting(cast.system):
        assert asked("bjorn")
    with acting(VISITOR):
        assert asked("bjorn") == []


def test_parts_of_a_row(cast: Cast) -> None:
    def some(name: str) -> QuerySet[Account]:
        return Account.objects.filter(username=name).defer("email")

    def pairs(name: str) -> QuerySet[Account, tuple[str, str]]:
        return Account.objects.filter(username=name).values_list("username", "name")

    with acting(cast.system):
        found = ready(some)("asa")[0]
        assert found.get_deferred_fields() == {"email"} and found.name
        assert ready(pairs)("asa") == [("asa", found.name)]


def test_one_statement_for_however_many(cast: Cast) -> None:
    def some(ids: list[UUID]) -> QuerySet[Account, str]:
        return Account.objects.filter(id__among=ids).order_by("username").values_list("username", flat=True)

    def of_roles(ids: list[UUID]) -> QuerySet[RoleGrant]:
        return RoleGrant.objects.filter(account_id__among=ids).order_by("id")

    ids = [one.account_id for one in (cast.asa, cast.bjorn, cast.carina) if one.account_id]
    asked, roles = ready(some), ready(of_roles)
    with acting(cast.system), CaptureQueriesContext(connection) as told:
        for number in range(4):
            own = Account.objects.filter(id__in=ids[:number]).order_by("username")
            assert asked(ids[:number]) == [account.username for account in own]
            held = RoleGrant.objects.filter(account_id__in=ids[:number]).order_by("id")
            assert [row.id for row in roles(ids[:number])] == [row.id for row in held]
    statements = {
        one["sql"].partition(" = ANY(")[0] for one in told.captured_queries if "= ANY(" in one["sql"]
    }
    assert len(statements) == 2
    with acting(cast.bjorn):
        assert asked(ids) == list(
            Account.objects.filter(id__in=ids).order_by("username").values_list("username", flat=True)
        )


def test_a_lock_needs_a_transaction(cast: Cast) -> None:
    def locked(name: str) -> QuerySet[Account]:
        return Account.objects.select_for_update().filter(username=name)

    asked = ready(locked)
    with acting(cast.system):
        assert asked("asa")
    with acting(cast.bjorn), transaction.atomic():
        assert asked("asa") == []  # read, but not changed


def test_what_cannot_be_made_ready_is_refused(cast: Cast) -> None:
    def changed(name: str) -> QuerySet[Account]:
        return Account.objects.filter(username__startswith=name)

    def several(names: list[str]) -> QuerySet[Account]:
        return Account.objects.filter(username__in=names)

    def dicts(name: str) -> QuerySet[Account, dict[str, object]]:
        return Account.objects.filter(username=name).values("id")

    def instants(at: datetime) -> QuerySet[Account]:
        return Account.objects.filter(date_joined__date=at)

    with acting(cast.system):
        for ask, given in ((changed, "a"), (several, ["a"]), (dicts, "a"), (held, "a")):
            with pytest.raises(TypeError):
                ready(ask)(given)  # type: ignore[operator]
