"""`handslag replay`: every stored decision comes out as it was decided; what a newer engine would make otherwise says why."""

from decimal import Decimal

import pytest

from handslag.config.commands import replay as command
from handslag.foundation import public as foundation
from handslag.income_support.models import Assessment
from handslag.income_support.operations import assessments, decisions
from handslag.income_support.queries.assessments import side_by_side
from handslag.income_support.queries.facts import facts_of
from handslag.income_support.replay import replay, replay_all
from handslag.income_support.rules.changes import ENGINE, FIRST_ENGINE
from tests.income_support.applying import now
from tests.income_support.deciding import rules, with_worker

pytestmark = pytest.mark.django_db(databases=["default"])
STIMULUS = {"months_with_aid_in_a_row": 8, "job_stimulus_since": "2025-01"}


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


@pytest.fixture
def working(cast):
    """Elin has worked for 2 000 kr with job stimulus; Åsa has the calculation before her."""
    rules(cast)
    made = with_worker(cast.elin, cast.asa)
    with foundation.acting(cast.asa):
        facts = facts_of(made.application).case
    facts = {**facts, "incomes": [{"kind": "salary", "of": "a1", "amount": 2000}], "history": STIMULUS}
    return assessments.make_assessment(application_id=made.application.id, facts=facts, by=cast.asa, at=now())


def granted_with_salary(cast, row, kr=4000):
    changed = assessments.change_line(
        assessment_id=row.id, version=row.version, line="income.salary:a1", amount=kr, why="Lönespecifikation",
        by=cast.asa, at=now(),
    )  # fmt: skip
    decisions.grant(application_id=row.application_id, reason="Enligt lönebesked", by=cast.asa, at=now())
    with foundation.acting(cast.system):
        return Assessment.objects.get(id=changed.id)


def decided_of_old(cast, row, monkeypatch):
    """The same decision as it was made before the stimulus followed a changed salary."""
    with monkeypatch.context() as before:
        before.setattr(assessments, "ENGINE", FIRST_ENGINE)
        return granted_with_salary(cast, row)


def test_a_decision_keeps_the_engine_that_it_was_made_by(working, cast):
    row = granted_with_salary(cast, working)
    assert row.engine == ENGINE
    assert Decimal(str(row.result["job_stimulus_disregarded"])) == 1000, "a quarter of the changed salary"
    found = replay()
    assert (found.decisions, found.differences, found.explained) == (1, (), ())


def test_an_old_decision_comes_out_as_it_was_decided_and_says_why_today_differs(working, cast, monkeypatch):
    row = decided_of_old(cast, working, monkeypatch)
    assert row.engine == FIRST_ENGINE
    assert Decimal(str(row.result["job_stimulus_disregarded"])) == 500, "a quarter of the system's salary"
    found = replay()
    assert (found.decisions, found.differences) == (1, ())
    assert {each.what for each in found.explained} == {
        "result.incomes_counted", "result.job_stimulus_disregarded", "result.balance", "result.granted",
    }  # fmt: skip
    assert all("engine 1" in each.because for each in found.explained)
    with foundation.acting(cast.asa):  # the desk shows what was decided, not what would be today
        assert float(side_by_side(row).result.granted) == float(row.result["granted"])


def test_the_command_lists_it_with_the_reason_and_succeeds(working, cast, monkeypatch, capsys):
    decided_of_old(cast, working, monkeypatch)
    assert command.main() == 0
    told = capsys.readouterr().out
    assert "1 decisions recomputed, 0 differ." in told
    assert "would be" in told and "job stimulus" in told and "4 amounts would be others" in told


def test_an_old_decision_computed_by_the_wrong_engine_is_a_difference(working, cast, monkeypatch, capsys):
    """What the engine is kept for: without it this decision could no longer be explained."""
    row = decided_of_old(cast, working, monkeypatch)
    with foundation.acting(cast.system):
        row = Assessment.objects.select_related("snapshot", "decision").get(id=row.id)
        row.engine = ENGINE  # as if nothing had been kept
        monkeypatch.setattr("handslag.income_support.replay._final_rows", lambda limit: iter([row]))
    counted, different, explained = replay_all()
    assert counted == 1 and explained == []
    assert any("result.granted" in line for line in different)
    assert command.main() == 1


def test_an_engine_that_nobody_knows_is_told_as_a_fault(working, cast, monkeypatch):
    row = granted_with_salary(cast, working)
    row.engine = 99
    monkeypatch.setattr("handslag.income_support.replay._final_rows", lambda limit: iter([row]))
    (difference,) = replay().differences
    assert (difference.what, difference.now) == ("fault", "UnknownEngine")
