"""`handslag stats`."""

import sys

from handslag.analytics import public as analytics
from handslag.foundation import public as foundation


def main() -> int:
    """Let the statistics follow the casework to this moment and print what that came to."""
    done = analytics.refresh_all(by=foundation.system("statistics"), at=foundation.now())
    sys.stdout.write(
        f"Statistics follow the log to event {done.last_event}: {done.cases} cases counted, {done.erased_cases} erased.\n"
    )
    return 0
