"""What of an account others read: a name and an id; never the digest of its password, and no resident whom they may not know."""

import pytest
from django.db import DatabaseError, connection, transaction

from handslag.foundation import public as foundation
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def local(cast: Cast) -> foundation.Account:
    with foundation.acting(cast.system):
        account = foundation.Account.objects.get(id=cast.asa.account_id)
        account.set_password("ett långt lösenord")
        account.save()
        return account


def test_a_password_is_set_and_checked_by_the_log_in(cast: Cast) -> None:
    account = local(cast)
    with foundation.acting(cast.system):
        fresh = foundation.Account.objects.get(id=account.id)
        assert fresh.check_password("ett långt lösenord")
        assert not fresh.check_password("ett annat lösenord")
        assert fresh.has_usable_password()
        fresh.set_unusable_password()
        fresh.save(update_fields=["password"])
        assert not foundation.Account.objects.get(id=account.id).has_usable_password()


@pytest.mark.parametrize("who", ["asa", "bjorn", "ada", "system"])
def test_no_column_gives_the_digest(cast: Cast, who: str) -> None:
    local(cast)
    with foundation.acting(getattr(cast, who)), connection.cursor() as cursor:
        for sql in ("SELECT password FROM foundation_account", "SELECT * FROM foundation_account", "UPDATE foundation_account SET password = ''"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(sql)
        cursor.execute("SELECT handslag_password(%s)", [cast.asa.account_id])
        assert (cursor.fetchone()[0] is not None) is (who in ("asa", "system"))


def test_nobody_sets_a_colleagues_password(cast: Cast) -> None:
    for actor in (cast.bjorn, cast.carina, cast.elin):
        with foundation.acting(actor), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT handslag_set_password(%s, 'x')", [cast.asa.account_id])


def test_colleagues_are_known_and_residents_to_those_who_may_read_them(cast: Cast) -> None:
    with foundation.acting(cast.bjorn):
        names = set(foundation.Account.objects.values_list("id", flat=True))
    assert {cast.asa.account_id, cast.david.account_id, cast.bjorn.account_id} <= names
    assert not {cast.hugo.account_id, cast.greta.account_id} & names
