"""What casework does at night: clocks that have run out, requests whose day has passed, and files that are erased."""

from uuid import UUID

from procrastinate import RetryStrategy

from handslag.casework.models import ErasureItem
from handslag.casework.operations import clock_settling, clocks, completions, digest, erasure
from handslag.foundation import public as foundation
from handslag.foundation.jobs import app


@app.periodic(cron="10 0 * * *")
@app.task(queue="default", name="casework.turn_night", pass_context=False, queueing_lock="casework_night")
def turn_night(timestamp: int) -> int:
    """Work out all clocks anew, then mark broken and lapsed ones and overdue requests of the day that has ended."""
    by, total = foundation.system("casework"), 0
    after: UUID | None = None
    while (done := clock_settling.recompute_clocks(by=by, at=foundation.now(), after=after)).after is not None:
        after, total = done.after, total + done.changed
    total += done.changed
    while turned := clocks.turn_clocks(by=by, at=foundation.now()):
        total += turned
    return total + completions.note_overdue_completions(by=by, at=foundation.now())


@app.periodic(cron="30 5 * * 1-5")
@app.task(queue="default", name="casework.morning_digest", pass_context=False, queueing_lock="morning_digest")
def morning_digest(timestamp: int) -> int:
    """On weekday mornings: one notice to each worker and manager of what is due; gives how many."""
    return digest.send_digests(by=foundation.system("casework"), at=foundation.now())


@app.periodic(cron="0 4 1 * *")
@app.task(queue="default", name="casework.propose_erasure", pass_context=False, queueing_lock="propose_erasure")
def propose_erasure(timestamp: int) -> int:
    """On the first of each month: propose the files that fall due to be erased; gives how many lists."""
    return len(erasure.propose_erasure(on=foundation.today(), by=foundation.system("retention"), at=foundation.now()))


@app.task(queue="default", name="casework.erase_list", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def erase_list(list_id: str) -> int:
    """Erase the approved files of a list, each in its own transaction; a run that is broken off goes on where it was."""
    by, erased = foundation.system("retention"), 0
    with foundation.acting(by):
        items = list(ErasureItem.objects.filter(list_id=UUID(list_id), state="approved").values_list("id", flat=True))
    for item_id in items:
        erased += erasure.erase_file(item_id=item_id, by=by, at=foundation.now()) > 0
    erasure.finish_list(list_id=UUID(list_id), by=by, at=foundation.now())
    return erased


@app.periodic(cron="40 3 * * *")
@app.task(queue="default", name="casework.forget_leftovers", pass_context=False, queueing_lock="forget_leftovers")
def forget_leftovers(timestamp: int) -> int:
    """Erase at night what belongs to no file and is past its time; gives how many rows."""
    return erasure.forget_leftovers(by=foundation.system("retention"), at=foundation.now())
