"""What a file of events is refused for, and where the error points."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from handslag.casework.clock_file import main
from handslag.casework.rules.clock_events import KINDS

HEAD = "today: 2026-05-22\nevents:\n"
REPORT = "  - {on: 2026-03-02, kind: concern_report_received, child: k1, id: r1}\n"
OPENED = "  - {on: 2026-03-10, kind: investigation_opened, child: k1, id: u1, question: school}\n"
PLACED = "  - {on: 2026-03-10, kind: placement_started, child: k1, id: p1, form: hvb, law: SoL}\n"
GRANTED = "  - {on: 2026-03-10, kind: decision_granted, person: p1, id: d1}\n"
APPLIED = "  - {on: 2026-03-10, kind: application_received, person: p1, id: a1}\n"

REFUSED = [
    ("", ""),
    ("- a\n", ""),
    ("events: []\n", "today"),
    ("today:\nevents: []\n", "today"),
    ("today: 2026-02-30\nevents: []\n", "today"),
    ("today: yesterday\nevents: []\n", "today"),
    ("today: 2026-05-22 12:00:00\nevents: []\n", "today"),
    ("today: 9999-12-31\nevents: []\n", "today"),
    ("today: 2026-05-22\n", "events"),
    ("today: 2026-05-22\nevents: none\n", "events"),
    ("today: 2026-05-22\ntoday: 2026-05-23\nevents: []\n", "today"),
    ("today: 2026-05-22\nday: 1\nevents: []\n", "day"),
    ("today: [2026\n", "line 2"),
    (HEAD + "  - a\n", "events[0]"),
    (HEAD + "  - {on: 2026-03-02}\n", "events[0].kind"),
    (HEAD + "  - {on: 2026-03-02, kind: report}\n", "events[0].kind"),
    (HEAD + REPORT + "  - {kind: protection_assessed, report: r1}\n", "events[1].on"),
    (HEAD + REPORT + "  - {on: 2026-03-02, kind: protection_assessed}\n", "events[1].report"),
    (HEAD + REPORT + "  - {on: 2026-03-02, kind: protection_assessed, report: }\n", "events[1].report"),
    (HEAD + REPORT + "  - {on: 2026-03-02, kind: protection_assessed, report: r2}\n", "events[1].report"),
    (HEAD + REPORT + "  - {on: 2026-03-02, kind: protection_assessed, report: r1, colour: 1}\n", "events[1].colour"),
    (HEAD + REPORT + "  - {on: 2026-03-01, kind: protection_assessed, report: r1}\n", "events[1].on"),
    (HEAD + REPORT + "  - {on: 2026-03-01, kind: not_investigated, report: r1}\n", "events[1].on"),
    (HEAD + REPORT + REPORT, "events[1].id"),
    (HEAD + REPORT.replace("2026-03-02", "2026-05-23"), "events[0].on"),
    (HEAD + REPORT.replace("id: r1", "id: [r1]"), "events[0].id"),
    (HEAD + REPORT.replace("id: r1", "id: r1, suspected_violence: perhaps"), "events[0].suspected_violence"),
    (HEAD + REPORT.replace("child: k1, ", ""), "events[0].child"),
    (HEAD + REPORT + OPENED.replace("k1", "k2").replace("school", "school, report: r1"), "events[1].report"),
    (HEAD + OPENED.replace("school", "school, report: r9"), "events[0].report"),
    (HEAD + OPENED + OPENED, "events[1].id"),
    (HEAD + OPENED + "  - {on: 2026-03-09, kind: investigation_closed, investigation: u1}\n", "events[1].on"),
    (HEAD + "  - {on: 2026-04-09, kind: investigation_closed, investigation: u1}\n" + OPENED
     + "  - {on: 2026-04-10, kind: investigation_closed, investigation: u1}\n", "events[2].kind"),
    (HEAD + OPENED + "  - {on: 2026-04-09, kind: investigation_closed, investigation: x}\n", "events[1].investigation"),
    (HEAD + OPENED + "  - {on: 2026-04-09, kind: investigation_extended, investigation: u1, until: 2026-05-01}\n",
     "events[1].until"),
    (HEAD + OPENED + "  - {on: 2026-04-09, kind: investigation_extended, investigation: u1}\n", "events[1].until"),
    (HEAD + OPENED + "  - {on: 2026-04-09, kind: investigation_closed, investigation: u1}\n"
     "  - {on: 2026-04-10, kind: investigation_extended, investigation: u1, until: 2026-09-01}\n", "events[2].on"),
    (HEAD + PLACED.replace("SoL", "LSS"), "events[0].law"),
    (HEAD + PLACED + "  - {on: 2026-03-11, kind: placement_ended}\n", "events[1].placement"),
    (HEAD + PLACED + "  - {on: 2026-03-11, kind: placement_ended, id: p2}\n", "events[1].id"),
    (HEAD + PLACED + "  - {on: 2026-03-11, kind: placement_ended, id: p1, child: k2}\n", "events[1].child"),
    (HEAD + PLACED + "  - {on: 2026-03-11, kind: placement_ended, id: p1}\n"
     "  - {on: 2026-03-12, kind: placement_considered, placement: p1}\n", "events[2].on"),
    (HEAD + "  - {on: 2026-03-11, kind: lvu_submitted, child: k1}\n", "events[0].child"),
    (HEAD + GRANTED + "  - {on: 2026-03-11, kind: decision_executed, decision: d2}\n", "events[1].decision"),
    (HEAD + GRANTED + "  - {on: 2026-03-01, kind: decision_communicated, decision: d1}\n", "events[1].on"),
    (HEAD + APPLIED + "  - {on: 2026-03-11, kind: application_decided, application: a2}\n", "events[1].application"),
]  # fmt: skip


def answer(text: str, folder: Path) -> tuple[int, dict]:
    file = folder / "events.yaml"
    file.write_text(text, encoding="utf-8")
    code, printed = main(file)
    return code, json.loads(printed)


@pytest.mark.parametrize(("text", "where"), REFUSED)
def test_a_file_that_cannot_be_used_is_refused_with_the_place(text: str, where: str, tmp_path: Path) -> None:
    code, found = answer(text, tmp_path)
    assert code == 2
    assert found.keys() == {"error"}
    assert found["error"]["where"] == where
    assert found["error"]["what"]
    assert found["error"]["do"]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path, content in (
        ("none.yaml", None),
        ("binary.yaml", b"\xff\xfe\x00"),
        ("control.yaml", b"a: \x00"),
    ):
        if content is not None:
            (tmp_path / path).write_bytes(content)
        code, printed = main(tmp_path / path)
        assert code == 2
        assert json.loads(printed)["error"]["what"]


def test_no_events_give_no_clocks(tmp_path: Path) -> None:
    assert answer("today: 2026-05-22\nevents: []\n", tmp_path) == (0, {"clocks": [], "warnings": []})


def test_ids_are_free_text(tmp_path: Path) -> None:
    text = HEAD + REPORT.replace("r1", "1").replace("k1", "Kalle å") + OPENED.replace("u1", "no")
    clocks = answer(text, tmp_path)[1]["clocks"]
    assert {(clock["about"], clock["person"]) for clock in clocks} == {("1", "Kalle å"), ("no", "k1")}


def test_an_end_may_name_the_placement_either_way(tmp_path: Path) -> None:
    ends = ("placement: p1", "id: p1", "id: p1, child: k1, form: hvb, law: SoL")
    found = [
        answer(HEAD + PLACED + f"  - {{on: 2026-04-01, kind: placement_ended, {end}}}\n", tmp_path)
        for end in ends
    ]
    assert found[0][0] == 0
    assert found[0] == found[1] == found[2]


def test_a_submission_may_name_the_taking_or_the_child(tmp_path: Path) -> None:
    taken = HEAD + "  - {on: 2026-04-30, kind: lvu_immediate, child: k1, id: l1}\n"
    for about in ("lvu_immediate: l1", "id: l1", "child: k1", "child: k1, id: l1"):
        code, found = answer(taken + f"  - {{on: 2026-05-08, kind: lvu_submitted, {about}}}\n", tmp_path)
        assert code == 0
        assert [(clock["state"], clock["closed_on"]) for clock in found["clocks"]] == [("late", "2026-05-08")]


def test_a_decision_known_only_by_its_communication_has_an_appeal_time(tmp_path: Path) -> None:
    found = answer(HEAD + "  - {on: 2026-05-20, kind: decision_communicated, decision: d7}\n", tmp_path)[1]
    assert [(clock["rule"], clock["person"], clock["last_day"]) for clock in found["clocks"]] == [
        ("OVERK", None, "2026-06-10")
    ]
    assert [warning["code"] for warning in found["warnings"]] == ["decision.person_unknown"]


def test_the_command_needs_no_web_frame() -> None:
    code = "import sys, handslag.casework.clock_file; sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}, check=False).returncode == 0
    )


def test_the_page_for_people_names_every_kind_and_key() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "cases.md").read_text(encoding="utf-8")
    for name, kind in KINDS.items():
        rows = [line for line in page.splitlines() if line.startswith("|") and f"`{name}`" in line]
        assert rows, name
        for key in (*kind.needed, *kind.allowed):
            assert any(f"`{key}`" in row or f"`{key}:" in row for row in rows), (name, key)
