"""The statistics follow the casework every fifth minute."""

from handslag.analytics.operations import refresh_all
from handslag.foundation import public as foundation
from handslag.foundation.jobs import app


@app.periodic(cron="*/5 * * * *")
@app.task(queue="default", name="analytics.refresh", queueing_lock="analytics_refresh")
def refresh(timestamp: int) -> int:
    """Follow what has happened since the last time; gives the number of cases counted anew."""
    return refresh_all(by=foundation.system("statistics"), at=foundation.now()).cases
