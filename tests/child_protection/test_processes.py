"""Processes: declared once, driving the work, drawn, and measured from what happened."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import translation

from handslag.casework import public as casework
from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.rules.process_drawing import lines_of
from handslag.child_protection import public as children
from handslag.child_protection.queries import steps as queries
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.investigating import OPENED, a_file, at, made_whole, opened
from tests.child_protection.reporting import AT, a_child, child_of, decide, reported, safe

CODES = (
    "addiction", "addiction_report", "child_investigation", "debt_counselling", "economic_aid", "joint_matter", "lvm_care",
    "masked_copy",
    "partner_violence", "partner_violence_report", *(one.code for one in children.MEASURE_PROCESSES.values()),
)  # fmt: skip
PROCESS = children.CHILD_INVESTIGATION


@pytest.mark.parametrize("code", CODES)
def test_every_step_names_events_that_are_declared_and_clocks_that_are_law(code: str) -> None:
    process = casework.process(code)
    assert process is not None
    rules = load_clock_rules()
    for step in process.steps:
        missing = step.kinds - set(foundation.declared_events())
        assert not missing, (step.code, missing)
        assert not step.clock or rules[step.clock]


def test_a_process_that_names_its_steps_wrongly_is_no_process() -> None:
    one = casework.Step("a", "A", "case_worker", ("x.a",))
    for steps in (
        (one, one),
        (casework.Step("b", "B", "case_worker", ("x.b",), after=("a",)), one),
        (casework.Step("c", "C", "case_worker", ()),),
    ):
        with pytest.raises(ValueError, match="p: "):
            casework.Process("p", "P", "k", "", "id", steps)


def test_what_lies_before_a_step_that_is_done_is_not_asked_for() -> None:
    """An investigation may be opened by an application, without a report."""
    assert [step.code for step in PROCESS.next_after(())] == ["reported"]
    kinds = {"child_protection.investigation_opened"}
    following = [step.code for step in PROCESS.next_after(kinds)]
    assert following[:2] == ["feedback", "informed"] and "closed" not in following
    assert [step.code for step in PROCESS.missing_before("closed", kinds)][:2] == ["informed", "planned"]


@pytest.mark.django_db(databases=["default"])
def test_the_page_of_a_case_is_told_what_is_done_what_is_next_and_until_when(cast: Cast) -> None:
    case = a_file(cast)
    investigation = opened(cast, case)
    stands = {one.step.code: one for one in children.process_of(investigation, cast.david)}
    assert (stands["opened"].stand, stands["reported"].stand, stands["informed"].stand) == (
        "done",
        "behind",
        "next",
    )
    assert (stands["closed"].stand, stands["closed"].until) == ("later", date(2027, 1, 1))
    made_whole(cast, investigation, on=date(2026, 10, 1))
    stands = {one.step.code: one for one in children.process_of(investigation, cast.david)}
    assert (stands["closed"].stand, stands["closed"].until, stands["closed"].step.who) == (
        "next", date(2027, 1, 1), "case_worker",
    )  # fmt: skip
    assert stands["child_view"].done_at == at(date(2026, 10, 1), 13)
    with pytest.raises(casework.CaseNotFound):
        children.process_of(investigation, cast.asa)


def asking_before_the_decision(monkeypatch: pytest.MonkeyPatch, *after: str) -> None:
    """The declaration, with other steps before the preliminary decision."""
    steps = tuple(
        replace(step, after=after) if step.code == "preliminary" else step for step in PROCESS.steps
    )
    found = {step.code: step for step in steps}
    order = [*after, *(step.code for step in steps if step.code not in after)]
    free = {code: replace(found[code], after=()) if code in after else found[code] for code in order}
    monkeypatch.setattr(
        queries, "CHILD_INVESTIGATION", replace(PROCESS, steps=tuple(free[code] for code in order))
    )


@pytest.mark.django_db(databases=["default"])
def test_the_preliminary_decision_asks_for_what_is_declared_and_nothing_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = child_of(reported(cast, a_child(cast)))
    with pytest.raises(children.ProtectionNotAssessed):
        decide(cast, child)
    unknown = child_of(reported(cast, children=[children.ChildAsTold(age_told="fem")]))
    safe(cast, unknown)
    with pytest.raises(children.ChildNotIdentified):
        decide(cast, unknown)
    # Were another step declared before it, it would be asked for by name; one that is not declared is not asked for.
    with monkeypatch.context() as declared:
        asking_before_the_decision(declared, "reported", "protection", "child_view")
        safe(cast, child)
        with pytest.raises(children.NotDecidedYet) as refused, translation.override("en"):
            decide(cast, child)
        assert refused.value.missing == ["child_view"]
        with translation.override("en"):
            assert "The child's own view is recorded" in refused.value.in_one_line
        with translation.override("sv"):
            assert "Det saknas: Barnets" in refused.value.in_one_line
    other = child_of(reported(cast, a_child(cast, "Omar", nth=1)))
    with monkeypatch.context() as declared:
        asking_before_the_decision(declared, "reported")
        decide(cast, other)
    decide(cast, child)
    with foundation.acting(foundation.system("test")):
        assert children.PreliminaryAssessment.objects.filter(child__in=[child, other]).count() == 2


@pytest.mark.django_db(databases=["default"])
def test_what_was_done_before_the_child_was_known_or_in_another_file_counts(cast: Cast) -> None:
    report = reported(cast, children=[children.ChildAsTold(given_name="Nora")])
    safe(cast, child_of(report))
    wrong, right = a_child(cast, "Fel", nth=1), a_child(cast)
    for person, because in ((wrong, ""), (right, "Det var systern.")):
        children.identify_child(
            reported_child_id=child_of(report).id, person_id=person.id, because=because, by=cast.maja, at=AT
        )
    decide(cast, child_of(report))


START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def happened(*told: tuple[int, str, float, str]) -> None:
    """Events in the log: number of the case, kind, days from the start, and the investigation that it names."""
    with foundation.acting(foundation.system("test")):
        for number, kind, days, about in told:
            at = START + timedelta(days=days)
            data = {"investigation_id": about} if about else {}
            foundation.Event.objects.create(
                kind=kind, at=at, recorded_at=at, actor_kind="system", case_id=UUID(int=number), data=data
            )


def measured() -> dict[str, casework.StepAdherence]:
    found = casework.process_adherence(
        PROCESS, foundation.system("test"), first=START.date(), last=date(2026, 12, 31)
    )
    assert [one.step for one in found] == list(PROCESS.steps)
    return {one.step.code: one for one in found}


@pytest.mark.django_db(databases=["default"])
def test_adherence_counts_those_who_reached_a_step() -> None:
    seen, assessed, decided = (
        "child_protection.child_identified",
        "child_protection.protection_assessed",
        "child_protection.preliminary_decided",
    )
    happened(
        (1, seen, 0, ""), (1, assessed, 0.5, ""), (1, decided, 10, ""),
        (1, "child_protection.investigation_opened", 10.1, "i1"),
        (2, seen, 0, ""), (2, assessed, 1, ""), (2, decided, 20, ""),
        (2, seen, 30, ""),
        (3, seen, 0, ""),
    )  # fmt: skip
    told = measured()
    assert (told["reported"].done, told["protection"].reached, told["protection"].done) == (4, 4, 2)
    assert told["protection"].share == 0.5
    assert told["protection"].median_days == 0.8
    assert (told["preliminary"].reached, told["preliminary"].done, told["preliminary"].late) == (2, 2, 0)
    assert (told["opened"].reached, told["opened"].done) == (2, 1)
    assert told["informed"].share == 0.0
    assert told["closed"].share is None


@pytest.mark.django_db(databases=["default"])
def test_two_investigations_of_a_child_are_two_rounds() -> None:
    opened_, informed = "child_protection.investigation_opened", "child_protection.concerned_informed"
    happened((1, opened_, 0, "a"), (1, informed, 2, "a"), (1, opened_, 5, "b"), (1, informed, 9, "b"))
    one = measured()["informed"]
    assert (one.reached, one.done, one.median_days) == (2, 2, 3.0)


@pytest.mark.django_db(databases=["default"])
def test_a_report_twice_before_anything_is_done_is_one_round_and_others_cases_count_for_nothing() -> None:
    seen = "child_protection.child_identified"
    happened(
        (1, seen, 0, ""), (1, seen, 1, ""), (1, "child_protection.protection_assessed", 2, ""),
        (2, "casework.communicated", 0, ""),
    )  # fmt: skip
    told = measured()
    assert (told["reported"].done, told["protection"].reached, told["protection"].done) == (1, 1, 1)
    assert told["communicated"].done == 0


@pytest.mark.django_db(databases=["default"])
def test_late_is_what_the_clocks_say_also_where_steps_before_are_missing(cast: Cast) -> None:
    """The manager's page counts clocks; the handbook must not say that nothing is late beside it."""
    today = foundation.today()
    opened(cast, a_file(cast), on=today - timedelta(days=200))
    told = {
        one.step.code: one
        for one in casework.process_adherence(
            PROCESS, cast.david, first=today - timedelta(days=29), last=today
        )
    }
    assert (told["closed"].reached, told["closed"].late) == (0, 1)
    before = today - timedelta(days=150)
    earlier = casework.process_adherence(PROCESS, cast.david, first=before - timedelta(days=9), last=before)
    assert {one.step.code: one.late for one in earlier}["closed"] == 0, "its last day had not passed then"


def test_a_mark_may_ask_for_a_value_of_its_event() -> None:
    step = casework.Step("a", "A", "case_worker", ("x.a[kind=call]", "x.b"))
    process = casework.Process("p", "P", "k", "", "id", (step,))
    assert step.kinds == {"x.a", "x.b"}
    assert process.marks_of("x.a", {"kind": "call"}) == ["x.a[kind=call]"]
    assert process.marks_of("x.a", {"kind": "note"}) == process.marks_of("x.a", {}) == []
    assert process.done(process.marks_of("x.b", {})) == {"a"}


@pytest.mark.django_db(databases=["default"])
def test_adherence_is_one_statement_however_much_has_happened(
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(1, 40):
        happened(
            (number, "child_protection.child_identified", number, ""),
            (number, "child_protection.protection_assessed", number + 1, ""),
        )
    with django_assert_max_num_queries(6) as asked:  # the count, and saying who asks
        assert measured()["protection"].done == 39
    assert sum("foundation_event" in one["sql"] for one in asked.captured_queries) == 1


@pytest.mark.django_db(databases=["default"])
def test_adherence_is_read_from_the_events_by_staff_alone(cast: Cast) -> None:
    investigation = opened(cast, a_file(cast))
    made_whole(cast, investigation, on=date(2026, 10, 1))
    first, last = OPENED, date(2026, 10, 1)
    for actor in (cast.david, cast.asa, cast.board):
        told = {
            one.step.code: one for one in casework.process_adherence(PROCESS, actor, first=first, last=last)
        }
        assert (
            told["informed"].reached,
            told["informed"].done,
            told["informed"].median_days,
        ) == (1, 1, 30.0)
        assert (told["closed"].reached, told["closed"].done) == (1, 0)
    later = casework.process_adherence(PROCESS, cast.david, first=date(2026, 10, 2), last=date(2026, 12, 1))
    assert not any(one.reached for one in later)
    for stranger in (cast.elin, foundation.VISITOR):
        with pytest.raises(foundation.Refused):
            casework.process_adherence(PROCESS, stranger, first=first, last=last)


@pytest.mark.parametrize("code", CODES)
def test_the_drawing_names_itself_holds_every_step_and_carries_no_style(code: str) -> None:
    process = casework.process(code)
    assert process is not None
    words = casework.ProcessWords(
        "Titel <&>", "Beskrivning", {"case_worker": "Handläggare"}, {"UTR": "4 månader"}, "Kan utebli"
    )
    drawn = casework.draw_process(process, words, stands={process.steps[0].code: "done"})
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "process-title process-desc"
    assert root.find("{*}title").text == "Titel <&>"  # type: ignore[union-attr]
    assert "style" not in drawn and "fill=" not in drawn and "stroke=" not in drawn
    assert len(root.findall(".//{*}rect")) == len(process.steps)
    assert len(root.findall(".//{*}path[@class='process-arrow']")) == len(lines_of(process))
    assert drawn.count("process-box--done") == 1
    shown = " ".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))
    for step in process.steps:
        assert all(word in shown for word in str(step.title).split())
    # Nothing lies outside the frame, and no line is longer than its box.
    _, _, width, height = (float(number) for number in root.get("viewBox", "").split())
    for box in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(box.get("x", "-1")) > 0
        assert float(box.get("x", "0")) + float(box.get("width", "0")) <= width
        assert float(box.get("y", "0")) + float(box.get("height", "0")) <= height
    for line in root.findall(".//{*}path[@class='process-arrow']"):
        assert all(float(number) >= 0 for number in re.findall(r"-?\d+", line.get("d", "")))


@pytest.mark.parametrize("code", CODES)
def test_no_line_of_a_drawing_crosses_another_and_none_says_what_others_say(code: str) -> None:
    process = casework.process(code)
    assert process is not None
    told = lines_of(process)
    assert {last for _first, last in told} == {step.code for step in process.steps if step.after}
    assert not {("reported", "preliminary"), ("child_view", "closed")} & set(told)
    drawn = ET.fromstring(casework.draw_process(process, casework.ProcessWords("T", "B", {}, {}, "")))
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for path in drawn.findall(".//{*}path[@class='process-arrow']"):
        x, y = 0.0, 0.0
        for way, numbers in re.findall(r"([MHV])([-\d. ]+)", path.get("d", "")):
            was_x, was_y = x, y
            found = [float(number) for number in numbers.split()]
            x = found[0] if way in "MH" else x
            y = found[-1] if way in "MV" else y
            if way == "H":
                level.append((y, min(was_x, x), max(was_x, x)))
            if way == "V":
                upright.append((x, min(was_y, y), max(was_y, y)))
    crossed = [
        (up, flat)
        for up in upright
        for flat in level
        if flat[1] < up[0] < flat[2] and up[1] < flat[0] < up[2]
    ]
    assert crossed == []


def test_a_code_that_nobody_has_declared_is_none() -> None:
    assert casework.process(str(uuid4())) is None


@pytest.mark.django_db(databases=["default"])
def test_a_child_assessed_before_it_was_known_has_that_step_done_in_its_file(cast: Cast) -> None:
    told = [children.ChildAsTold(given_name="Nora")]
    report = reported(cast, children=told)
    safe(cast, child_of(report))
    nora = a_child(cast)
    child = children.identify_child(
        reported_child_id=child_of(report).id, person_id=nora.id, by=cast.maja, at=AT
    )
    assert child.case_id is not None
    stands = {one.step.code: one.stand for one in casework.steps_in_case(PROCESS, child.case_id, cast.maja)}
    assert (stands["protection"], stands["preliminary"]) == ("done", "next")
