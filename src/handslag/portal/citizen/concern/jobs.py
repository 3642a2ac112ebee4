"""What the e-service for concern does each hour: erase what nobody finished."""

from handslag.foundation import public as foundation
from handslag.foundation.jobs import app
from handslag.portal.citizen.concern.drafts import erase_old


@app.periodic(cron="25 * * * *")
@app.task(queue="default", name="concern.erase_old", pass_context=False, queueing_lock="concern_erase_old")
def erase_old_drafts(timestamp: int) -> int:
    """Erase drafts that are a day old; their number."""
    return erase_old(by=foundation.system("concern"), at=foundation.now())
