"""What casework does at night: clocks that have run out, and requests whose day has passed."""

from handslag.casework.operations import clocks, completions
from handslag.foundation import public as foundation
from handslag.foundation.jobs import app


@app.periodic(cron="10 0 * * *")
@app.task(queue="default", name="casework.turn_night", pass_context=False, queueing_lock="casework_night")
def turn_night(timestamp: int) -> int:
    """Mark broken and lapsed clocks and overdue requests of the Swedish day that has just ended."""
    by, total = foundation.system("casework"), 0
    while turned := clocks.turn_clocks(by=by, at=foundation.now()):
        total += turned
    return total + completions.note_overdue_completions(by=by, at=foundation.now())
