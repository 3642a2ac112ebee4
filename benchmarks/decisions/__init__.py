"""From an application to a decision told: on a real product, with its own database, workers and simulated registers.

Measured from the call that submits until another connection can read the event that the decision is delivered; by
then the letter is made, the payment ordered and the message in "my case".
"""

from __future__ import annotations

import json
import os

from benchmarks.product import running
from benchmarks.table import Row, at, show

CORES = os.cpu_count() or 1
AT_ONCE, ONE_BY_ONE, INHABITANTS = 150, 30, 6_000


def run(fraction: float = 1.0) -> None:
    """Measure and print."""
    many, single = max(3, round(AT_ONCE * fraction)), max(2, round(ONE_BY_ONE * fraction))
    with running(size=INHABITANTS) as product:
        told = json.loads(
            product.owner("benchmarks.decisions.driver", str(many), str(single)).splitlines()[-1]
        )
    alone, together = told["alone"], told["together"]
    rate = len(together) / told["seconds"]
    rows = [
        Row(
            "one at a time, median submit → visible",
            f"{at(alone, 0.5):.2f} s",
            "1 s",
            1 / at(alone, 0.5),
            "< 1 s",
        ),
        Row("one at a time, p95", f"{at(alone, 0.95):.2f} s"),
        Row(f"{many} at once, decisions a second", f"{rate:.1f}", "10", rate / 10, "≥ 10"),
        Row(f"{many} at once, median submit → visible", f"{at(together, 0.5):.2f} s"),
        Row(f"{many} at once, p95", f"{at(together, 0.95):.2f} s"),
        Row("handed to a case worker instead", str(told["handed"]), "0"),
        Row("processor seconds for a decision", f"{sum(told['cpu'].values()):.3f} s", f"{CORES / 10:.1f} s"),
    ]
    rows += [Row(f"of them {name}", f"{spent:.3f} s") for name, spent in sorted(told["cpu"].items())]
    show("Submitted → decided, letter, payment, event", rows)
