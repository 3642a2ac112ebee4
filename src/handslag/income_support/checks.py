"""What answers are judged by on a day: the dated limits, and the readers of identity, giro and account numbers."""

from __future__ import annotations

from datetime import date

from handslag.income_support.ports import AccountKind
from handslag.income_support.rules.application_answers import Checks
from handslag.income_support.rules.payee_account import check_account, check_giro, shown_account
from handslag.income_support.tables import settings_on
from handslag.people import public as people


def checks_on(day: date) -> Checks:
    """The checks in force on the day."""
    return Checks(
        today=day, limits=settings_on(day).limits, identity=_identity_number, giro=_giro, account=_account
    )


def _identity_number(text: str) -> str:
    """Twelve characters; ValueError for what is no number. The message of the reader is put in our own words."""
    return people.parse_identity_number(text).digits12


def _giro(text: str) -> str:
    """The giro number as people write it; ValueError for a wrong one."""
    return shown_account(check_giro(text))


def _account(clearing: str, number: str) -> None:
    """ValueError for an account that money would come back from."""
    check_account(AccountKind.BANK_ACCOUNT, number, clearing)
