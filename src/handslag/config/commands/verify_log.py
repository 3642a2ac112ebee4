"""`handslag verify-log`."""

import sys

from handslag.foundation import public as foundation


def main() -> int:
    """Print whether the seals hold; exit status 1 when one does not."""
    seals, broken = foundation.verify_log()
    if not seals:
        sys.stdout.write("Nothing is sealed yet, so nothing could be checked. The night seals what has happened.\n")
        return 0
    if not broken:
        sys.stdout.write(
            f"The event log is whole: all seals ({seals}) are recomputed, and each agrees with the events under it.\n"
            "What has happened since the last seal is not checked before it is sealed.\n"
        )
        return 0
    for first, last in broken:
        sys.stdout.write(f"BROKEN: events {first}-{last} are not what was sealed.\n")
    sys.stdout.write(
        "Somebody has changed, added or removed events past the product. Keep the database as it is, take a copy of it, and "
        "compare these events with the latest backup that is whole.\n"
    )
    return 1
