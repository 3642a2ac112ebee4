"""What the tests of the outside systems share: where captured data lie, and the simulators."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from handslag.integrations.soap import SoapPost
from handslag.integrations.ssbtek.client import SsbtekRegisters
from handslag.integrations.ssbtek.question import Asker
from handslag.integrations.ssbtek.simulated_answers import SimulatedIncome
from handslag.integrations.ssbtek.simulator import SsbtekSimulator

REPOSITORY = Path(__file__).parents[2]
ASKER = Asker("162120000001", "Exempelkommunen", "9255f428-4ba0-63ce-5407-e65d469fac0f")


def captured(*path: str) -> Path:
    """A file or folder of the captured reference data; the test is skipped where it is absent."""
    folder = Path(os.environ.get("HANDSLAG_TESTDATA") or REPOSITORY / "../shared/testdata")
    found = folder.joinpath(*path)
    if not found.exists():
        pytest.skip(f"reference data {'/'.join(path)} is absent (HANDSLAG_TESTDATA)")
    return found


@dataclass
class People:
    """A population that a test writes by hand."""

    incomes: dict[str, list[SimulatedIncome]] = field(default_factory=dict)

    def incomes_of(self, number: str, first_day: date, last_day: date) -> Sequence[SimulatedIncome]:
        return [one for one in self.incomes.get(number, []) if first_day <= one.paid_on <= last_day]


ELIN = "198501012382"


@pytest.fixture
def people() -> People:
    return People(
        {
            ELIN: [
                SimulatedIncome(
                    "FK:BOB", Decimal("1900"), date(2026, 10, 26), date(2026, 10, 1), date(2026, 10, 31)
                ),
                SimulatedIncome("FK:ABB", Decimal("1250"), date(2026, 10, 20)),
                SimulatedIncome("FK:SJP", Decimal("4310.50"), date(2026, 11, 25), planned=True),
                SimulatedIncome("PM:EF", Decimal("2200"), date(2026, 10, 19)),
                SimulatedIncome("CSN:GRUNDB", Decimal("3120"), date(2026, 10, 25)),
                SimulatedIncome(
                    "SO:AKASSA", Decimal("1600.25"), date(2026, 10, 25), date(2026, 10, 1), date(2026, 10, 5)
                ),
                SimulatedIncome("FK:BOB", Decimal("1900"), date(2026, 8, 26)),
            ]
        }
    )


@pytest.fixture
def simulator(people: People, tmp_path: Path) -> Iterator[SsbtekSimulator]:
    with SsbtekSimulator(people, tmp_path / "ssbtek") as running:
        yield running


@pytest.fixture
def registers(simulator: SsbtekSimulator) -> Iterator[SsbtekRegisters]:
    post = SoapPost(simulator.url, simulator.certificates.client, timeout_seconds=5)
    yield SsbtekRegisters(post, ASKER)
    post.close()
