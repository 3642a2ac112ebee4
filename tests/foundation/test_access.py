"""Roles hold in their unit and their days; the delegation order says who decides; reads are logged."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
TODAY = date(2026, 11, 20)


def test_a_role_counts_in_its_unit_and_its_days(cast: Cast) -> None:
    with foundation.acting(cast.asa):
        assert foundation.has_role(cast.asa, Role.CASE_WORKER)
        assert foundation.has_role(cast.asa, Role.CASE_WORKER, cast.support)
        assert not foundation.has_role(cast.asa, Role.CASE_WORKER, cast.children)
        assert not foundation.has_role(cast.asa, Role.MANAGER)
    with foundation.acting(cast.system):
        foundation.RoleGrant.objects.filter(account_id=cast.asa.account_id).update(
            valid_to=foundation.today()
        )
    with foundation.acting(cast.asa), connection.cursor() as cursor:
        assert not foundation.has_role(cast.asa, Role.CASE_WORKER), "a grant ends the day it is valid to"
        cursor.execute("SELECT handslag_units()")
        assert cursor.fetchone()[0] == [], "the database counts as the program does"


def test_an_inactive_account_has_no_unit(cast: Cast) -> None:
    with foundation.acting(cast.system):
        foundation.Account.objects.filter(id=cast.asa.account_id).update(is_active=False)
    with foundation.acting(cast.asa), connection.cursor() as cursor:
        cursor.execute("SELECT handslag_units(), handslag_is_staff()")
        assert cursor.fetchone() == ([], False)


@pytest.mark.parametrize(
    ("who", "decision", "amount", "may"),
    [
        ("asa", "income_support.grant", 9_000, True),
        ("asa", "income_support.grant", 60_001, False),
        ("carina", "income_support.grant", 60_001, True),
        ("asa", "income_support.refuse", None, True),
        ("asa", "child_protection.take_into_care", None, False),
        ("david", "income_support.grant", 100, False),
        ("elin", "income_support.grant", 100, False),
        ("system", "income_support.grant", 100, False),
    ],
)
def test_who_may_decide(cast: Cast, who: str, decision: str, amount: int | None, may: bool) -> None:
    actor = getattr(cast, who)
    with foundation.acting(actor):
        wanted = Decimal(amount) if amount is not None else None
        assert foundation.may_decide(actor, decision, wanted, cast.support, TODAY) is may


def test_the_automated_function_grants_and_never_refuses(cast: Cast) -> None:
    automation = foundation.system("automation")
    with foundation.acting(automation):
        assert foundation.may_decide(automation, "income_support.grant", Decimal(9000), cast.support, TODAY)
        assert not foundation.may_decide(
            automation, "income_support.grant", Decimal(40_001), cast.support, TODAY
        )
        assert not foundation.may_decide(automation, "income_support.refuse", None, cast.support, TODAY)
        assert not foundation.may_decide(
            automation, "income_support.grant", Decimal(9000), cast.support, TODAY - timedelta(days=4000)
        )


def test_a_read_is_logged_and_cannot_be_unlogged(cast: Cast) -> None:
    with foundation.acting(cast.asa):
        foundation.log_read(cast.asa, person_id=cast.elin.person_id, page="desk.person")
        with pytest.raises(DatabaseError), transaction.atomic():
            foundation.AccessEntry.objects.all().delete()
    with foundation.acting(cast.elin):
        (entry,) = foundation.AccessEntry.objects.all()
        assert (entry.account_id, entry.page) == (cast.asa.account_id, "desk.person")
    with foundation.acting(cast.greta):
        assert not foundation.AccessEntry.objects.exists()


def test_nobody_gives_themselves_a_role(cast: Cast) -> None:
    for who in (cast.asa, cast.carina, cast.elin):
        with foundation.acting(who), pytest.raises(DatabaseError), transaction.atomic():
            foundation.RoleGrant.objects.create(
                account_id=who.account_id, unit_id=cast.support, role=Role.ADMINISTRATOR, valid_from=TODAY
            )
        with foundation.acting(who):
            assert foundation.Account.objects.filter(id=who.account_id).update(person_id=None) == 0


def test_the_role_alone_sees_no_account(cast: Cast, intruder: psycopg.Connection[Any]) -> None:
    for table in (
        "foundation_account",
        "foundation_rolegrant",
        "foundation_accessentry",
        "foundation_rowhistory",
        "foundation_seal",
    ):
        assert intruder.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
