"""`python -m benchmarks [--only NAME] [--size FRACTION]`: every measurement, or one, whole or smaller."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys

NAMES = ("assess", "decisions", "page_weight", "desk_at_scale", "reception", "clocks_nightly", "family")


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is stopped and removed
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", choices=NAMES, action="append", help="this one (may be given again)")
    parser.add_argument("--size", type=float, default=1.0, help="fraction of the full size, above 0")
    options = parser.parse_args()
    if not 0 < options.size <= 1:
        parser.error("--size is above 0 and at most 1")
    for name in options.only or NAMES:
        importlib.import_module(f"benchmarks.{name}").run(options.size)


if __name__ == "__main__":
    main()
