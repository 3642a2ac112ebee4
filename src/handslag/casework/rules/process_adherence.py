"""How well a step of a process is kept. Pure; the counting is one statement (`queries/process_adherence.py`)."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.casework.processes import Step


@dataclass(frozen=True, slots=True)
class StepAdherence:
    """One step over all rounds: in how many it was reached and done, and the median days from reached to done.

    `late`: how many time limits of the step had passed unmet at some time in the days, whether or not it was reached.
    """

    step: Step
    reached: int
    done: int
    late: int
    median_days: float | None

    @property
    def share(self) -> float | None:
        """The share done of those that reached it; None where none did."""
        return self.done / self.reached if self.reached else None
