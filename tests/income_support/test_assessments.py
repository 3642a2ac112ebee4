"""The case worker's assessment: three columns kept apart, versions, approvals, and who may."""

from datetime import timedelta

import pytest
from django.db import Error, transaction

from handslag.foundation import public as foundation
from handslag.income_support.errors_assessment import (
    AssessmentChangedElsewhere,
    AssessmentIsFinal,
    FactsCannotBeAssessed,
    NoSuchAssessment,
)
from handslag.income_support.models import Assessment, AssessmentChange, SectionApproval
from handslag.income_support.operations import assessments, decisions
from handslag.income_support.queries.assessments import get_assessment, side_by_side
from tests.income_support.applying import ANSWERS, now
from tests.income_support.deciding import events, rules, with_worker

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


@pytest.fixture
def made(cast):
    rules(cast)
    return with_worker(cast.elin, cast.asa, housing={**ANSWERS["housing"], "rent_kr": "9900"})


def change(made, cast, line="cost.rent", amount="7000", why="Hyran är skälig, inga andra bostäder", version=None, by=None):
    return assessments.change_line(
        assessment_id=made.row.id, version=version or made.row.version, line=line, amount=amount, why=why,
        by=by or cast.asa, at=now(),
    )  # fmt: skip


def seen(made, cast):
    with foundation.acting(cast.asa):
        return side_by_side(get_assessment(made.application.id, cast.asa))


def line_of(view, key):
    return next(line for line in view.lines if line.key == key)


def test_the_three_columns_are_kept_apart(made, cast):
    row = change(made, cast)
    view = seen(made, cast)
    rent = line_of(view, "cost.rent")
    assert (rent.applied_kr, rent.system_kr, rent.worker_kr, rent.counted_kr) == (9900, 6200, 7000, 7000)
    assert rent.why.startswith("Hyran") and rent.changed_by_id == cast.asa.account_id and rent.is_changed
    assert (view.system.granted, view.result.granted) == (5220 + 6200 + 300, 5220 + 7000 + 300)
    assert (row.system["granted"], row.result["granted"], row.version) == (11720, 12520, 2)
    assert [event.data["line"] for event in events("income_support.line_changed")] == ["cost.rent"]


def test_a_refresh_keeps_what_the_case_worker_wrote(made, cast):
    change(made, cast)
    row = assessments.refresh_assessment(application_id=made.application.id, by=cast.asa, at=now())
    assert (row.version, row.system["granted"], row.result["granted"]) == (3, 11720, 12520)
    assert len(events("income_support.assessment_made")) == 2


def test_changing_again_keeps_the_earlier_row_and_taking_back_gives_the_system_value(made, cast):
    change(made, cast)
    change(made, cast, amount=6500, why="Nytt kontrakt", version=2)
    row = assessments.withdraw_change(assessment_id=made.row.id, version=3, line="cost.rent", by=cast.asa, at=now())
    assert row.result == row.system
    with foundation.acting(cast.asa):
        kept = AssessmentChange.objects.order_by("changed_at")
        assert [(each.worker_kr, each.withdrawn_at is None) for each in kept] == [(7000, False), (6500, False)]


def test_a_line_can_be_added(made, cast):
    row = change(made, cast, line="income.other:a1", amount=500, why="Swish från mormor")
    assert row.result["incomes_counted"] == 500
    added = line_of(seen(made, cast), "income.other:a1")
    assert (added.system_kr, added.counted_kr, added.why) == (None, 500, "Swish från mormor")


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"why": "  "}, "why"), ({"why": "x" * 2001}, "why"), ({"line": "cost.yacht"}, "line"),
        ({"line": "x"}, "line"), ({"amount": -1}, "amount"),
    ],
)  # fmt: skip
def test_a_change_with_a_fault_is_refused_by_field(made, cast, changed, where):
    with pytest.raises(foundation.BadInput) as fault:
        change(made, cast, **changed)
    assert fault.value.where == where
    assert not events("income_support.line_changed")


@pytest.mark.parametrize("amount", ["many", "1.005", "NaN", True])
def test_an_amount_that_is_none_is_refused(made, cast, amount):
    with pytest.raises(foundation.BadInput):
        change(made, cast, amount=amount)


def test_two_case_workers_who_save_the_same_assessment_conflict_and_nothing_is_lost(made, cast):
    change(made, cast)
    with pytest.raises(AssessmentChangedElsewhere) as fault:
        change(made, cast, line="cost.electricity", amount=250, why="Enligt faktura", version=1, by=cast.bjorn)
    assert fault.value.version == 2
    row = change(made, cast, line="cost.electricity", amount=250, why="Enligt faktura", version=2, by=cast.bjorn)
    assert row.result["costs_approved"] == 7250


def test_sections_are_approved_one_by_one_and_hold_while_their_lines_do(made, cast):
    for section in ("norm", "cost"):
        assessments.approve_section(assessment_id=made.row.id, version=1, section=section, by=cast.asa, at=now())
    view = seen(made, cast)
    assert view.approved == {"norm", "cost"} and view.all_approved
    change(made, cast)
    assert seen(made, cast).approved == {"norm"}
    assessments.approve_section(assessment_id=made.row.id, version=2, section="cost", by=cast.asa, at=now())
    assessments.approve_section(assessment_id=made.row.id, version=2, section="cost", by=cast.asa, at=now())
    assert seen(made, cast).approved == {"norm", "cost"}
    assert len(events("income_support.section_approved")) == 3
    with pytest.raises(foundation.BadInput):
        assessments.approve_section(assessment_id=made.row.id, version=2, section="all", by=cast.asa, at=now())


def test_facts_that_contradict_each_other_are_told_by_path_and_change_nothing(made, cast):
    facts = {**made.row.facts, "incomes": [{"kind": "pension", "of": "nobody", "amount": 1}]}
    with pytest.raises(FactsCannotBeAssessed) as fault:
        assessments.make_assessment(application_id=made.application.id, facts=facts, by=cast.asa, at=now())
    assert fault.value.where == "incomes[0].of"
    assert seen(made, cast).row.version == 1


def test_a_final_assessment_never_changes(made, cast):
    change(made, cast, amount=9900, why="Tillfälligt godtagen")
    decision = decisions.grant(application_id=made.application.id, version=2, by=cast.asa, at=now())
    with pytest.raises(AssessmentIsFinal):
        change(made, cast, version=2)
    with foundation.acting(cast.asa), pytest.raises(Error), transaction.atomic():
        Assessment.objects.filter(decision_id=decision.id).update(result={})


# --- who may ------------------------------------------------------------------------------------------------


def test_colleagues_read_it_strangers_do_not(made, cast, intruder):
    for actor, may in [(cast.asa, True), (cast.bjorn, True), (cast.carina, True), (cast.david, False), (cast.elin, False), (cast.farid, False), (cast.greta, False)]:  # fmt: skip
        with foundation.acting(actor):
            assert (get_assessment(made.application.id, actor) is not None) is may
            assert Assessment.objects.exists() is may
    for table in ("assessment", "assessmentchange", "sectionapproval", "activitytrial"):
        assert intruder.execute(f"SELECT count(*) FROM income_support_{table}").fetchone() == (0,)


def test_the_household_reads_its_own_when_it_is_final_and_nobody_elses(made, cast):
    change(made, cast, amount=9900, why="Godtas")
    decisions.grant(application_id=made.application.id, by=cast.asa, at=now())
    with foundation.acting(cast.elin):
        assert get_assessment(made.application.id, cast.elin).result["granted"] == 15420
        assert not AssessmentChange.objects.exists()
    with foundation.acting(cast.greta):
        assert get_assessment(made.application.id, cast.greta) is None


def test_strangers_change_and_approve_nothing(made, cast):
    for stranger in (cast.david, cast.elin, cast.greta, cast.ada, cast.rune):
        with pytest.raises(NoSuchAssessment):
            change(made, cast, by=stranger)
        with pytest.raises(NoSuchAssessment):
            assessments.approve_section(assessment_id=made.row.id, version=1, section="norm", by=stranger, at=now())
        with foundation.acting(stranger), pytest.raises(Error), transaction.atomic():
            SectionApproval.objects.bulk_create(
                [
                    SectionApproval(
                        assessment_id=made.row.id, case_id=made.row.case_id, section="norm", digest="x",
                        approved_by_id=stranger.account_id, approved_at=now(),
                    )
                ]
            )  # fmt: skip


def test_the_attester_neither_reads_nor_works(made, cast):
    with foundation.acting(cast.frida):
        assert get_assessment(made.application.id, cast.frida) is None
    with pytest.raises(foundation.HandslagError):
        change(made, cast, by=cast.frida)


def test_a_fault_midway_leaves_nothing_behind(made, cast, monkeypatch):
    def broken(*arguments, **named):
        raise OSError

    monkeypatch.setattr(assessments.foundation, "record", broken)
    with pytest.raises(OSError):
        change(made, cast)
    monkeypatch.undo()
    view = seen(made, cast)
    assert view.row.version == 1 and not line_of(view, "cost.rent").is_changed


def test_saving_outside_an_operation_is_refused(made):
    with pytest.raises(RuntimeError):
        made.row.save()


def test_later_changes_are_ordered_by_time(made, cast):
    with foundation.clock_at(foundation.now() + timedelta(hours=1)):
        change(made, cast)
    assert seen(made, cast).result.costs_approved == 7300
