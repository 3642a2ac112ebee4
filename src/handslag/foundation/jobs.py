"""Jobs: procrastinate in the same database, deferred in the transaction of the change that needs them."""

from procrastinate.contrib.django import app

from handslag.foundation.actor import system
from handslag.foundation.clock import now
from handslag.foundation.events import seal_events

__all__ = ["app"]


@app.periodic(cron="* * * * *")
@app.task(queue="default", name="foundation.seal_log", pass_context=False, queueing_lock="seal_log")
def seal_log(timestamp: int) -> int:
    """Seal what has happened since the last minute."""
    total = 0
    while sealed := seal_events(by=system("seal"), at=now()):
        total += sealed
    return total
