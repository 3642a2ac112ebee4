"""Jobs: procrastinate in the same database, deferred in the transaction of the change that needs them."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from handslag.foundation.actor import system
from handslag.foundation.clock import now
from handslag.foundation.events import seal_events

__all__ = ["app"]

SILENT_AFTER_SECONDS = 30.0  # three missed heartbeats of ten seconds: the worker is gone
MOST_ATTEMPTS = 5


@app.periodic(cron="* * * * *")
@app.task(queue="default", name="foundation.seal_log", pass_context=False, queueing_lock="seal_log")
def seal_log(timestamp: int) -> int:
    """Seal what has happened since the last minute."""
    total = 0
    while sealed := seal_events(by=system("seal"), at=now()):
        total += sealed
    return total


@app.periodic(cron="* * * * *")
@app.task(queue="default", name="foundation.take_up_broken_off", pass_context=True, queueing_lock="take_up_broken_off")
async def take_up_broken_off(context: JobContext, timestamp: int) -> int:
    """Run jobs again whose worker died under them; a job that has felled its worker too often is a failed job."""
    jobs = context.app.job_manager
    taken = 0
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT_AFTER_SECONDS):
        if job.attempts + 1 >= MOST_ATTEMPTS:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await jobs.retry_job(job)
            taken += 1
    return taken
