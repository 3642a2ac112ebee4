"""`handslag replay`."""

import sys

from handslag.income_support import public as income_support


def main() -> int:
    """Recompute every stored decision and print those that differ; exit status 1 when any does without an explanation."""
    replayed, different, explained = income_support.replay_all()
    for line in (*different, *explained):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{replayed} decisions recomputed, {len(different)} differ.\n")
    if explained:
        sys.stdout.write(f"{len(explained)} amounts would be others by today's engine, each with its reason above.\n")
    return 1 if different else 0
