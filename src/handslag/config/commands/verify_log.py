"""`handslag verify-log`."""

import sys

from handslag.foundation import public as foundation


def main() -> int:
    """Print whether the seals hold; exit status 1 when one does not."""
    seals, broken = foundation.verify_log()
    if not broken:
        sys.stdout.write(f"{seals} seals, all whole.\n")
        return 0
    for first, last in broken:
        sys.stdout.write(f"BROKEN: events {first}-{last} are not what was sealed.\n")
    return 1
