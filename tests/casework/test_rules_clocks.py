"""Golden situations: each answer is held row by row."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handslag.casework.clock_file import main
from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.rules.clock_events import LegalEvent
from handslag.casework.rules.clocks import clocks_of

GOLDEN = Path(__file__).parents[1] / "golden" / "casework"
COLUMNS = ("rule", "about", "start", "last_day", "state", "closed_on", "days_left", "source")
CASES = [
    pytest.param(case, id=case["situation"])
    for name in ("counting_days.yaml", "investigations.yaml", "placements_and_decisions.yaml", "odd_days.yaml")
    for case in yaml.safe_load((GOLDEN / name).read_text(encoding="utf-8"))["cases"]
]


def written(case: dict[str, Any], folder: Path) -> Path:
    """The situation as a file. PyYAML reads the key `on` as yes and writes `true`, which must do no harm."""
    file = folder / "events.yaml"
    file.write_text(yaml.safe_dump({"today": case["today"], "events": case["events"]}), encoding="utf-8")
    return file


@pytest.mark.parametrize("case", CASES)
def test_a_golden_situation(case: dict[str, Any], tmp_path: Path) -> None:
    code, text = main(written(case, tmp_path))
    answer = json.loads(text)
    assert code == 0
    assert [[clock[column] for column in COLUMNS] for clock in answer["clocks"]] == [
        [one.isoformat() if isinstance(one, date) else one for one in row] for row in case["clocks"]
    ]
    assert [warning["code"] for warning in answer["warnings"]] == case["warnings"]
    assert [one["days_used"] for one in answer["warnings"] if "days_used" in one] == case.get("days_used", [])
    assert answer.get("unconfirmed", []) == case.get("unconfirmed", [])
    assert all(warning["text"] for warning in answer["warnings"])


def test_the_printed_example_word_for_word(tmp_path: Path) -> None:
    case = yaml.safe_load((GOLDEN / "investigations.yaml").read_text(encoding="utf-8"))["cases"][0]
    answer = json.loads(main(written(case, tmp_path))[1])
    assert answer["warnings"][0].pop("text")
    assert answer == {
        "clocks": [
            {"rule": "FORH", "about": "r1", "person": "k1", "start": "2026-03-02", "last_day": "2026-03-16",
             "state": "met", "closed_on": "2026-03-10", "days_left": None, "source": "SoL 20:2"},
            {"rule": "UTR", "about": "u2", "person": "k1", "start": "2026-05-03", "last_day": "2026-09-03",
             "state": "running", "closed_on": None, "days_left": 104, "source": "SoL 20:3"},
        ],
        "warnings": [
            {"code": "investigation.restarted", "person": "k1", "investigations": ["u1", "u2"],
             "days_used": 71}
        ],
    }  # fmt: skip


@st.composite
def lives(draw: st.DrawFn) -> list[LegalEvent]:
    """Investigations of one child on one question, one after another."""
    day = draw(st.dates(date(2025, 7, 1), date(2026, 1, 1))).toordinal()
    events = []
    for number in range(draw(st.integers(1, 5))):
        on = date.fromordinal(day)
        opened = LegalEvent(on=on, kind="investigation_opened", id=f"u{number}", person="k", question="q")
        events.append(opened)
        day += draw(st.integers(0, 150))
        events.append(LegalEvent(on=date.fromordinal(day), kind="investigation_closed", about=f"u{number}"))
        day += draw(st.integers(0, 500))
    return events


@given(lives(), st.randoms(use_true_random=False))
def test_the_order_of_the_events_makes_no_difference(events: list[LegalEvent], chance: Any) -> None:
    today = max(event.on for event in events)
    shuffled = [*events]
    chance.shuffle(shuffled)
    straight, mixed = (clocks_of(one, load_clock_rules(), today) for one in (events, shuffled))
    assert straight.clocks == mixed.clocks
    assert [chain.days_used for chain in straight.chains] == [chain.days_used for chain in mixed.chains]


@given(lives())
def test_dividing_an_investigation_never_gives_it_fewer_days(events: list[LegalEvent]) -> None:
    today = max(event.on for event in events)
    timing = clocks_of(events, load_clock_rules(), today)
    for chain in timing.chains:
        open_days = sum(((one.closed_on or today) - one.on).days for one in chain.investigations)
        assert chain.days_used == open_days
    for clock in timing.clocks:
        assert (clock.days_left is None) == (clock.closed_on is not None)
        assert clock.last_day >= clock.start
