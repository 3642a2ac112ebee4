"""What the reception does by itself: what the on-call unit took in goes over when the office opens."""

from handslag.child_protection.operations.handing_over import hand_over_due
from handslag.child_protection.report_access import OWN_HAND
from handslag.foundation import public as foundation
from handslag.foundation.jobs import app


@app.periodic(cron="*/10 * * * *")
@app.task(
    queue="default", name="child_protection.hand_over", pass_context=False, queueing_lock="child_hand_over"
)
def hand_over(timestamp: int) -> int:
    """Hand over to the day units that are at work now; how many reports."""
    handed: int = hand_over_due(by=OWN_HAND, at=foundation.now())
    return handed
