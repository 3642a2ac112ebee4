"""How often somebody may try: counted in the event log, so that every process counts the same and a restart forgets nothing."""

from datetime import timedelta

from django.db import connection
from django.http import HttpRequest

from handslag.foundation import public as foundation
from handslag.foundation.public import Event
from handslag.portal.account.sessions import LOG_IN, digest
from handslag.portal.shell.addresses import client_address

WINDOW = timedelta(minutes=15)
MOST_PER_NAME = 5
MOST_PER_ADDRESS = 60


def require_attempt_left(request: HttpRequest, name: str) -> None:
    """Raise `Refused` after five failures for a name, or sixty from an address, within fifteen minutes.

    Attempts for one name stand in line (advisory lock), so that many at once are not counted as one.
    """
    named = digest(name)
    with foundation.acting(LOG_IN):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"log-in {named}"])
        failed = Event.objects.filter(kind="account.log_in_failed", at__gt=foundation.now() - WINDOW)
        by_name = failed.filter(data__name=named).count()
        by_address = failed.filter(data__address=digest(client_address(request))).count()
    if by_name >= MOST_PER_NAME or by_address >= MOST_PER_ADDRESS:
        raise foundation.Refused(
            "There have been too many attempts to log in.",
            do="Wait fifteen minutes and try again, or ask the system administrator.",
        )
