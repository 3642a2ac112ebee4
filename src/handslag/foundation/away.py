"""Whether the database went away under some work: that says nothing about the work, which can be done again."""

import psycopg
from django.db import InterfaceError

# The connection is lost; the server shuts down, has crashed, or does not let anybody in yet.
AWAY = ("08", "57P")


def database_went_away(fault: BaseException) -> bool:
    """Whether the fault, or one behind it, is that of a server that is not there. What was not committed is then undone."""
    behind: BaseException | None = fault
    while behind is not None:
        if isinstance(behind, InterfaceError):
            return True
        if isinstance(behind, psycopg.OperationalError):
            return behind.sqlstate is None or behind.sqlstate.startswith(AWAY)
        behind = behind.__cause__ or behind.__context__
    return False
