"""A plan that is changed and struck out with its history kept, talks that are counted in one way, and reasons in words."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.investigating import OPENED, a_file, at, kinds, manager_of_children, opened

pytestmark = pytest.mark.django_db(databases=["default"])
LATER = date(2026, 9, 20)


@pytest.fixture
def running(cast: Cast) -> children.Investigation:
    return opened(cast, a_file(cast))


@pytest.fixture
def step(cast: Cast, running: children.Investigation) -> children.PlanStep:
    return children.plan_step(
        investigation_id=running.id, what="Hembesök", due_on=date(2026, 9, 10), by=cast.david, at=at(OPENED)
    )


def test_a_step_gets_another_day_and_other_hands_and_its_history_is_kept(
    cast: Cast, running: children.Investigation, step: children.PlanStep
) -> None:
    manager = manager_of_children(cast)
    change = {"step_id": step.id, "by": cast.david, "at": at(OPENED)}
    with pytest.raises(foundation.BadInput) as fault:
        children.change_step(**change, due_on=LATER, because="x")
    assert fault.value.where == "because"
    with pytest.raises(foundation.BadInput) as fault:
        children.change_step(**change, due_on=date(2026, 8, 1), because="Familjen är bortrest")
    assert fault.value.where == "due_on"
    with pytest.raises(foundation.BadInput) as fault:
        children.change_step(
            **change, due_on=LATER, because="Familjen är bortrest", account_id=cast.asa.account_id
        )
    assert fault.value.where == "account_id"
    children.change_step(
        **change, due_on=LATER, because="Familjen är bortrest", account_id=manager.account_id
    )
    children.change_step(
        **change, due_on=LATER, because="", account_id=manager.account_id
    )  # nothing is changed
    children.change_step(**change, due_on=LATER, because="Skolan gör det i stället", who="Skolkuratorn")
    (row,) = children.investigation_view(running.id, cast.david).steps
    assert (row.due_on, row.account_id, row.who) == (LATER, None, "Skolkuratorn")
    first, second = row.changes.all()
    assert (first.kind, first.due_before, first.due_after) == ("changed", date(2026, 9, 10), LATER)
    assert (first.who_before, first.who_after) == (cast.david.name, manager.name)
    assert (second.who_after, second.because) == ("Skolkuratorn", "Skolan gör det i stället")
    assert first.changed_by.name == cast.david.name
    with foundation.acting(cast.system):
        told = foundation.Event.objects.filter(kind="child_protection.step_changed").order_by("id").first()
    assert told is not None and told.data["due_before"] == "2026-09-10" and told.data["other_hands"]


def test_a_struck_step_is_not_left_holds_nothing_back_and_stays_readable(
    cast: Cast, running: children.Investigation, step: children.PlanStep
) -> None:
    with pytest.raises(foundation.BadInput):
        children.drop_step(step_id=step.id, because="x", by=cast.david, at=at(OPENED))
    children.drop_step(step_id=step.id, because="Görs i skolan i stället", by=cast.david, at=at(OPENED))
    with pytest.raises(children.StepIsSettled):
        children.change_step(
            step_id=step.id, due_on=LATER, because="Ändå behövs det", by=cast.david, at=at(OPENED)
        )
    view = children.investigation_view(running.id, cast.david)
    assert view.progress == children.Progress(0, 0, 0, struck=1)
    (struck,) = view.steps[0].changes.all()
    assert (struck.kind, struck.because, struck.changed_by_id) == (
        "struck", "Görs i skolan i stället", cast.david.account_id,
    )  # fmt: skip
    missing = children.missing_to_close(view.investigation, "without_intervention", at(OPENED))
    assert "plan" not in {code for code, _title in missing}


def draft(cast: Cast, case_id: Any, *, body: str = "Nils berättade om hemmet.", **told: Any) -> casework.Note:
    return casework.draft_note(
        case_id=case_id, body=body, kind="meeting", happened_on=OPENED, by=cast.david, at=at(OPENED), **told
    )


def test_a_note_about_a_talk_with_the_child_counts(cast: Cast, running: children.Investigation) -> None:
    note = draft(cast, running.case_id)
    talk = {
        "investigation_id": running.id, "note_id": note.id, "kind": "child_alone", "with_whom": "Nils",
        "by": cast.david, "at": at(OPENED),
    }  # fmt: skip
    for wrong, where in (
        ({}, "consent"),
        ({"consent": "refused"}, "because"),
        ({"kind": "", "consent": "given"}, "kind"),
    ):
        with pytest.raises(foundation.BadInput) as fault:
            children.talk_of_note(**{**talk, **wrong})
        assert fault.value.where == where
    assert not casework.get_note(note.id, cast.david).is_signed  # the refused ones signed nothing
    children.save_talk_draft(
        investigation_id=running.id,
        note_id=note.id,
        kind="child_alone",
        consent="given",
        by=cast.david,
        at=at(OPENED),
    )
    held = children.talk_of_note(**talk, consent="given")
    assert held.note.is_signed and held.held_on == OPENED
    assert children.talk_draft_of(note.id, cast.david) is None
    assert "child_protection.child_spoken_with" in kinds(running.case_id)
    stands = {one.step.code: one.stand for one in children.process_of(running, cast.david)}
    assert stands["child_talk"] == "done"
    with pytest.raises(children.TalkIsNoted):
        children.talk_of_note(**talk, consent="given")
    # A note that was signed without it can be counted afterwards, by somebody else who works there too.
    signed = casework.write_note(
        case_id=running.case_id,
        body="Elin berättade.",
        kind="call",
        happened_on=OPENED,
        by=cast.david,
        at=at(OPENED),
    )
    later = children.talk_of_note(
        investigation_id=running.id, note_id=signed.id, kind="parent", with_whom="Elin",
        by=manager_of_children(cast), at=at(OPENED),
    )  # fmt: skip
    assert (later.consent, later.note.body) == ("not_needed", "Elin berättade.")
    assert len(children.investigation_view(running.id, cast.david).talks) == 2


def test_what_was_said_before_the_investigation_or_in_another_case_is_no_talk_of_it(
    cast: Cast, running: children.Investigation
) -> None:
    early = casework.write_note(
        case_id=running.case_id, body="Tidigare", happened_on=date(2026, 8, 20), by=cast.david, at=at(OPENED)
    )
    other = draft(cast, a_file(cast, _other_child(cast)).id)
    told = {
        "investigation_id": running.id,
        "kind": "parent",
        "with_whom": "Elin",
        "by": cast.david,
        "at": at(OPENED),
    }
    with pytest.raises(foundation.BadInput) as fault:
        children.talk_of_note(**told, note_id=early.id)
    assert fault.value.where == "happened_on"
    with pytest.raises(casework.PartNotFound):
        children.talk_of_note(**told, note_id=other.id)
    with pytest.raises(casework.PartNotFound):  # a colleague's draft
        children.save_talk_draft(
            investigation_id=running.id,
            note_id=draft(cast, running.case_id).id,
            by=manager_of_children(cast),
            at=at(OPENED),
        )


def _other_child(cast: Cast) -> Any:
    from tests.child_protection.investigating import a_child

    return a_child(cast, given_name="Olle", nth=2)


def test_what_is_chosen_of_a_talk_is_its_author_s_alone_in_the_database_too(
    cast: Cast, running: children.Investigation
) -> None:
    note = draft(cast, running.case_id)
    children.save_talk_draft(
        investigation_id=running.id, note_id=note.id, kind="child_alone", consent="refused", because="Barnet bad om det",
        by=cast.david, at=at(OPENED),
    )  # fmt: skip
    kept = children.talk_draft_of(note.id, cast.david)
    assert kept is not None and kept.because == "Barnet bad om det"
    for other in (manager_of_children(cast), cast.asa, cast.elin):
        with foundation.acting(other), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM child_protection_talkdraft")
            assert cursor.fetchone() == (0,)
    with (
        pytest.raises(DatabaseError), foundation.acting(cast.david), transaction.atomic(), connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(
            "UPDATE child_protection_talkdraft SET account_id = %s", [manager_of_children(cast).account_id]
        )


@pytest.mark.django_db(databases=["default"], transaction=True)
def test_the_intruder_sees_no_draft_of_a_talk(
    cast: Cast, running: children.Investigation, intruder: psycopg.Connection[Any]
) -> None:
    children.save_talk_draft(
        investigation_id=running.id,
        note_id=draft(cast, running.case_id).id,
        kind="parent",
        by=cast.david,
        at=at(OPENED),
    )
    assert intruder.execute("SELECT count(*) FROM child_protection_talkdraft").fetchone() == (0,)


def test_who_may_not_extend_sends_it_to_those_who_may(cast: Cast, running: children.Investigation) -> None:
    manager = manager_of_children(cast)
    asked = {"investigation_id": running.id, "until": date(2027, 2, 1), "by": cast.david, "at": at(OPENED)}
    for wrong, where in (
        ({"ground": "x"}, "ground"),
        ({"until": date(2026, 12, 1), "ground": "Väntar på BUP"}, "until"),
    ):
        with pytest.raises(foundation.BadInput) as fault:
            children.propose_extension(**{**asked, **wrong})
        assert fault.value.where == where
    proposal = children.propose_extension(**asked, ground="Väntar på BUP")
    assert (notice_codes(manager), notice_codes(cast.david)) == (["child_protection.extension_proposed"], [])
    with pytest.raises(children.ProposalWaits):
        children.propose_extension(**asked, ground="Väntar på BUP")
    with pytest.raises(foundation.Refused):  # who may not decide may not say no either
        children.decline_extension(
            proposal_id=proposal.id, because="Det räcker ändå", by=cast.david, at=at(OPENED)
        )
    with pytest.raises(foundation.NotFound):
        children.decline_extension(
            proposal_id=proposal.id, because="Det räcker ändå", by=cast.asa, at=at(OPENED)
        )
    children.decline_extension(proposal_id=proposal.id, because="Det räcker ändå", by=manager, at=at(OPENED))
    (answered,) = children.proposals_of(running, cast.david)
    assert (answered.state, answered.answer, answered.answered_by_id) == (
        "declined",
        "Det räcker ändå",
        manager.account_id,
    )
    assert (notice_codes(manager), notice_codes(cast.david)) == ([], ["child_protection.extension_declined"])
    # A new one is decided as it was asked for; the time of the law moves by the decision alone.
    children.propose_extension(**asked, ground="Nu väntar vi på två utlåtanden")
    longer = children.extend_investigation(
        investigation_id=running.id, until=date(2027, 2, 1), ground="Nu väntar vi på två utlåtanden", by=manager,
        at=at(OPENED),
    )  # fmt: skip
    assert longer.extended_until == date(2027, 2, 1)
    assert [one.state for one in children.proposals_of(running, cast.david)] == ["decided", "declined"]
    assert kinds(running.case_id).count("child_protection.extension_proposed") == 2
    assert notice_codes(manager) == []


def notice_codes(actor: foundation.Actor) -> list[str]:
    with foundation.acting(actor):
        return [one.text["code"] for one in foundation.notices_of(actor)]


@pytest.mark.parametrize("reason", ["", "  ", "x", "Klart", "aaaaaaaaaaaaaaaa", "a b"])
def test_a_letter_is_no_reason(cast: Cast, running: children.Investigation, reason: str) -> None:
    named = {"investigation_id": running.id, "by": manager_of_children(cast), "at": at(OPENED)}
    acts = {
        "reason": lambda: children.change_path(path="intensive", reason=reason, **named),
        "ground": lambda: children.extend_investigation(until=date(2027, 2, 1), ground=reason, **named),
    }
    for where, act in acts.items():
        with pytest.raises(foundation.BadInput) as fault:
            act()
        assert fault.value.where == where
    with pytest.raises(foundation.BadInput) as fault:
        children.close_investigation(outcome="early", ground=reason, **named)
    assert fault.value.where == "ground"
    assert children.investigation_view(running.id, cast.david).investigation.version == 1


def test_an_investigation_is_opened_for_a_reason_in_words(cast: Cast) -> None:
    with pytest.raises(foundation.BadInput) as fault:
        opened(cast, a_file(cast), path_reason="x")
    assert fault.value.where == "path_reason"
