"""A database that went away is told apart from what is wrong with the work itself."""

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

from handslag.foundation.public import database_went_away


def wrapped(cause: Exception) -> Exception:
    try:
        try:
            raise cause
        except Exception as fault:
            raise OperationalError from fault
    except OperationalError as fault:
        return fault


@pytest.mark.parametrize(
    ("fault", "away"),
    [
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.CrashShutdown(), True),
        (psycopg.errors.CannotConnectNow(), True),
        (psycopg.errors.ConnectionFailure(), True),
        (psycopg.OperationalError("the connection is closed"), True),
        (PoolTimeout(), True),
        (wrapped(psycopg.OperationalError("server closed the connection unexpectedly")), True),
        (InterfaceError("connection already closed"), True),
        (wrapped(psycopg.errors.DeadlockDetected()), False),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.UniqueViolation(), False),
        (ZeroDivisionError(), False),
    ],
)
def test_which_faults_are_a_database_that_is_away(fault: Exception, away: bool) -> None:
    assert database_went_away(fault) is away
