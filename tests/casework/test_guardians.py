"""Guardians of a child: each reads what was sent to them, answers it, and gets the decision; or nothing at all, on a ground.

The same straight in SQL as the app role with each one's actor.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from handslag.casework import masking, models
from handslag.casework import public as casework
from handslag.casework.letters import notice as letters
from handslag.casework.operations import telling
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.casework.conftest import KIND, events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TABLES = sorted({getattr(models, name)._meta.db_table for name in models.__all__} - {"casework_caseseries"})
VIOLENCE = {"ground": "violence", "because": "Nils berättar att han är rädd."}


@pytest.fixture(autouse=True)
def _rules() -> Iterator[None]:
    before = dict(masking._rules)
    yield
    masking._rules.clear()
    masking._rules.update(before)


@pytest.fixture
def file_of(cast: Cast, now: datetime) -> Callable[..., SimpleNamespace]:
    """A child's file in David's unit, with Elin and Farid as guardians."""

    def make(years: int = 9, protection: str = "none") -> SimpleNamespace:
        by, today = cast.system, foundation.today()
        child = people.register_person(
            given_name="Nils", family_name="Ekdal", born=date(today.year - years, 1, 1), sex="man",
            identity_number=None, protection=protection, by=by, at=now,
        )  # fmt: skip
        relations = {
            one.person_id: people.relate(
                person_id=one.person_id, other_id=child.id, kind="guardian", valid_from=today - timedelta(days=9),
                by=by, at=now,
            ).id
            for one in (cast.elin, cast.farid)
        }  # fmt: skip
        case = casework.open_case(
            kind=KIND, person_id=child.id, unit_id=cast.children, worker_id=cast.david.account_id,
            parties=[(child.id, "child"), (cast.elin.person_id, "guardian"), (cast.farid.person_id, "guardian")],
            by=by, at=now,
        )  # fmt: skip
        with foundation.acting(by):
            account = foundation.Account.objects.create(
                username=f"r-{child.id}", name="Nils", person_id=child.id
            )
        actor = foundation.Actor(kind="resident", account_id=account.id, person_id=child.id, name="Nils")
        return SimpleNamespace(id=case.id, case=case, child_id=child.id, child=actor, relations=relations)

    return make


@pytest.fixture
def file(file_of: Callable[..., SimpleNamespace]) -> SimpleNamespace:
    return file_of()


def told(
    cast: Cast, file: SimpleNamespace, now: datetime, to: foundation.Actor, **facts: Any
) -> casework.Communication:
    return casework.communicate(
        case_id=file.id, person_id=to.person_id, answer_until=foundation.today() + timedelta(days=7),
        by=cast.david, at=now, **{"material": "Nils behöver lugn.", **facts},
    )  # fmt: skip


def decided(cast: Cast, file: SimpleNamespace, now: datetime, **facts: Any) -> casework.Decision:
    return casework.decide(
        case_id=file.id, by=cast.eva, at=now,
        **{
            "type": "test.close", "outcome": "decided", "legal_ground": "SoL 14:2", "procedural": True,
            "reason": ["Utredningen avslutas.", "Nils får stöd i skolan."], **facts,
        },
    )  # fmt: skip


@pytest.fixture
def close(cast: Cast, file: SimpleNamespace, now: datetime) -> casework.Decision:
    _may_decide(cast)
    return decided(cast, file, now)


def _may_decide(cast: Cast) -> None:
    """Eva, the manager of the children's unit, decides what these tests decide."""
    with foundation.acting(cast.system):
        for kind in ("test.close", "test.support"):
            foundation.DelegationRule.objects.get_or_create(
                decision_type=kind, role="manager",
                defaults={"valid_from": date(2020, 1, 1), "ground": "Delegationsordningen"},
            )  # fmt: skip


def to(*actors: foundation.Actor, way: str = "my_page") -> list[casework.Telling]:
    return [casework.Telling(one.person_id, way) for one in actors if one.person_id]


def rows_seen(actor: foundation.Actor, case_id: UUID) -> dict[str, int]:
    """How many rows of each table a bare query gives the actor, of the case."""
    seen = {}
    with foundation.acting(actor), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            seen[table.removeprefix("casework_")] = cursor.fetchone()[0]
    return {table: many for table, many in seen.items() if many}


def fill(cast: Cast, file: SimpleNamespace, now: datetime) -> None:
    """What lies in the file besides: notes, papers, a communication with the other guardian."""
    casework.write_note(case_id=file.id, body="Nils är ledsen.", by=cast.david, at=now - timedelta(days=30))
    casework.add_document(case_id=file.id, name="a.pdf", content=PDF, by=cast.david, at=now)
    casework.add_document(
        case_id=file.id, name="b.pdf", content=PDF, open_to_party=True, by=cast.david, at=now
    )


def test_a_guardian_reads_exactly_what_was_sent_to_her(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    fill(cast, file, now)
    sent = told(cast, file, now, cast.elin)
    (one,) = casework.find_communications_to(cast.elin, open_only=True)
    assert (one.id, one.material, one.about, one.partial) == (sent.id, "Nils behöver lugn.", "Nils", False)
    assert rows_seen(cast.elin, file.id) == {"communication": 1, "caseparty": 1}
    assert casework.find_cases_of(file.child_id, cast.elin) == []
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(file.id, cast.elin)
    for other in (cast.farid, cast.greta, cast.asa):
        assert casework.find_communications_to(other) == []
        assert "communication" not in rows_seen(other, file.id)


def test_a_guardian_who_is_kept_out_has_nothing_of_what_was_sent_before_or_after(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    fill(cast, file, now)
    sent = told(cast, file, now, cast.farid)
    told(cast, file, now, cast.elin)
    paper = casework.add_document(
        case_id=file.id, name="brev.pdf", content=PDF, kind="letter", person_id=cast.farid.person_id,
        by=cast.david, at=now,
    )  # fmt: skip
    assert rows_seen(cast.farid, file.id) == {
        "communication": 1, "caseparty": 1, "document": 1, "documentcontent": 1,
    }  # fmt: skip
    kept = casework.keep_out(
        case_id=file.id, person_id=cast.farid.person_id, **VIOLENCE, by=cast.david, at=now
    )
    again = casework.keep_out(
        case_id=file.id, person_id=cast.farid.person_id, **VIOLENCE, by=cast.sam, at=now
    )
    assert again.id == kept.id
    assert rows_seen(cast.farid, file.id) == {}
    with foundation.acting(cast.farid), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM foundation_event WHERE case_id = %s", [file.id])
        assert cursor.fetchone() == (0,)
    assert casework.find_communications_to(cast.farid) == []
    with pytest.raises(casework.PartNotFound):
        casework.read_document(paper.id, cast.farid)
    with pytest.raises(casework.PartNotFound):
        casework.answer_communication(communication_id=sent.id, answer="Hej", by=cast.farid, at=now)
    with pytest.raises(foundation.BadInput):
        told(cast, file, now, cast.farid)
    assert rows_seen(cast.elin, file.id) == {"communication": 1, "caseparty": 1}, (
        "the other guardian as before"
    )
    assert [one.person_id for one in casework.find_kept_out(file.id, cast.sam)] == [cast.farid.person_id]
    casework.let_in(kept_out_id=kept.id, by=cast.sam, at=now)
    assert len(casework.find_communications_to(cast.farid)) == 1
    assert events_of(file.case)[-2:] == ["casework.guardian_kept_out", "casework.guardian_let_in"]


def test_what_nobody_is_let_to_answer_does_not_hold_the_decision(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    told(cast, file, now, cast.farid)
    mine = told(cast, file, now, cast.elin)
    casework.answer_communication(communication_id=mine.id, answer="Bra", by=cast.elin, at=now)
    with foundation.acting(cast.david):
        assert casework.finished_communication(file.id, None, foundation.today()) is None
    casework.keep_out(case_id=file.id, person_id=cast.farid.person_id, **VIOLENCE, by=cast.david, at=now)
    with foundation.acting(cast.david):
        found = casework.finished_communication(file.id, None, foundation.today())
    assert found is not None and found.id == mine.id


@pytest.mark.parametrize("who", ["asa", "carina", "rune", "ada", "board", "elin", "farid", "greta"])
def test_who_works_in_the_case_alone_keeps_somebody_out_or_lets_them_in(
    cast: Cast, file: SimpleNamespace, now: datetime, who: str
) -> None:
    actor = getattr(cast, who)
    with pytest.raises(foundation.HandslagError):
        casework.keep_out(case_id=file.id, person_id=cast.farid.person_id, **VIOLENCE, by=actor, at=now)
    kept = casework.keep_out(case_id=file.id, person_id=cast.farid.person_id, **VIOLENCE, by=cast.eva, at=now)
    with pytest.raises(foundation.HandslagError):
        casework.let_in(kept_out_id=kept.id, by=actor, at=now)
    assert not {"keptout", "leftout"} & set(rows_seen(actor, file.id))
    with foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_keptout SET lifted_at = now()")
        assert cursor.rowcount == 0
    with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
        models.KeptOut.objects.bulk_create(
            [
                models.KeptOut(
                    case_id=file.id, person_id=cast.elin.person_id, ground="violence", because="x",
                    kept_by_id=actor.account_id, kept_at=now,
                )
            ]
        )  # fmt: skip


def test_keeping_out_needs_a_guardian_a_ground_and_a_reason(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    for wrong in (
        {"ground": "anger"},
        {"because": "  "},
        {"person_id": file.child_id},
        {"person_id": cast.greta.person_id},
    ):
        facts: dict[str, Any] = {"person_id": cast.farid.person_id, **VIOLENCE, **wrong}
        with pytest.raises(foundation.BadInput):
            casework.keep_out(case_id=file.id, **facts, by=cast.david, at=now)
    assert casework.find_kept_out(file.id, cast.david) == []


@pytest.mark.parametrize("how", ["custody", "part", "of_age"])
def test_a_former_guardian_has_nothing_from_the_day_that_it_ended(
    cast: Cast, file: SimpleNamespace, now: datetime, how: str
) -> None:
    sent = told(cast, file, now, cast.farid)
    assert len(casework.find_communications_to(cast.farid)) == 1
    if how == "custody":
        people.end_relation(
            relation_id=file.relations[cast.farid.person_id],
            valid_to=foundation.today(),
            by=cast.system,
            at=now,
        )
    elif how == "part":
        casework.remove_party(
            case_id=file.id, person_id=cast.farid.person_id, by=cast.david, at=now + timedelta(seconds=1)
        )
    else:
        with foundation.acting(cast.system):
            people.Person.objects.filter(id=file.child_id).update(
                born=foundation.today() - timedelta(days=7000)
            )
    if how == "part":
        with foundation.acting(cast.system):
            models.CaseParty.objects.filter(case_id=file.id, person_id=cast.farid.person_id).update(
                valid_from=now - timedelta(days=1), valid_to=now - timedelta(seconds=1)
            )
    assert casework.find_communications_to(cast.farid) == []
    assert rows_seen(cast.farid, file.id) == {}
    with pytest.raises(casework.PartNotFound):
        casework.answer_communication(communication_id=sent.id, answer="Hej", by=cast.farid, at=now)
    with pytest.raises(foundation.BadInput):
        told(cast, file, now, cast.farid)
    told_now = {one.person_id: one.why_not for one in casework.find_receivers(file.id, cast.david)}
    assert told_now.get(cast.farid.person_id, "no_custody") == "no_custody"


def test_the_answer_lands_in_the_case_with_its_event_and_a_paper(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    sent = told(cast, file, now, cast.elin)
    paper = casework.add_document(
        case_id=file.id, name="intyg.pdf", content=PDF, kind="attachment", by=cast.elin, at=now
    )
    for stranger in (cast.farid, cast.greta, file.child):
        with pytest.raises(foundation.HandslagError):
            casework.add_document(case_id=file.id, name="x.pdf", content=PDF, by=stranger, at=now)
        with pytest.raises(casework.PartNotFound):
            casework.answer_communication(communication_id=sent.id, answer="Mitt", by=stranger, at=now)
        with foundation.acting(stranger), connection.cursor() as cursor:
            cursor.execute("UPDATE casework_communication SET answer = 'x'")
            assert cursor.rowcount == 0
    casework.ask_to_speak(communication_id=sent.id, by=cast.elin, at=now)
    casework.answer_communication(
        communication_id=sent.id, answer="Det stämmer.", document_id=paper.id, by=cast.elin, at=now
    )
    (seen,) = casework.find_communications(file.id, cast.sam)
    assert (seen.state, seen.answer, seen.answer_document_id) == ("answered", "Det stämmer.", paper.id)
    assert events_of(file.case)[-2:] == ["casework.asked_to_speak", "casework.communication_answered"]
    with foundation.acting(cast.system):
        event = foundation.Event.objects.filter(kind="casework.communication_answered").get()
    assert (event.actor_kind, event.account_id) == ("resident", cast.elin.account_id)
    with foundation.acting(cast.david):
        assert len(foundation.notices_of(cast.david)) == 2
    with pytest.raises(foundation.Refused):
        casework.add_document(
            case_id=file.id, name="y.pdf", content=PDF, kind="attachment", by=cast.elin, at=now
        )
    assert casework.find_communications_to(cast.elin, open_only=True) == []


def test_what_a_rule_hides_is_absent_from_what_is_sent(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    hidden, lifted = casework.Hidden("OSL 26:5"), casework.Hidden("OSL 26:5", may_lift=True)

    def rule(question: casework.MaskingQuestion) -> casework.AskPassage:
        return lambda one: hidden if "Tallgren" in one.text else lifted if "Ekebyskolan" in one.text else None

    casework.register_masking_rule("test.reporter", rule)
    material = "Nils är trött.\nTina Tallgren ringde.\nEkebyskolan ser det."
    planned = {
        one.person_id: text for one, text in casework.preview_communication(file.id, material, cast.david)
    }
    assert planned[file.child_id] is None
    preview = planned[cast.elin.person_id]
    assert preview is not None and preview.texts == ("Nils är trött.",)
    sent = told(cast, file, now, cast.elin, material=material)
    assert (sent.material, sent.partial) == ("Nils är trött.", True)
    more = told(cast, file, now, cast.elin, material=material, show_because="Skolan har sagt ja.")
    assert more.material == "Nils är trött.\nEkebyskolan ser det."
    left = casework.find_left_out(cast.sam, communication_ids=[sent.id])
    assert [(one.text, one.ground, one.shown_because) for one in left] == [
        ("Tina Tallgren ringde.", "OSL 26:5", ""),
        ("Ekebyskolan ser det.", "OSL 26:5", ""),
    ]
    assert "leftout" not in rows_seen(cast.elin, file.id)
    with pytest.raises(casework.NothingLeftToTell):
        told(cast, file, now, cast.elin, material="Tina Tallgren ringde.")


def test_a_rule_that_fails_stops_all_of_it(cast: Cast, file: SimpleNamespace, now: datetime) -> None:
    def broken(question: casework.MaskingQuestion) -> casework.AskPassage:
        raise RuntimeError("away")

    _may_decide(cast)
    made = decided(cast, file, now)
    casework.register_masking_rule("test.broken", broken)
    with pytest.raises(casework.MaskingStopped):
        told(cast, file, now, cast.elin)
    with pytest.raises(casework.MaskingStopped):
        casework.plan_notices(made.id, cast.david)
    with pytest.raises(casework.MaskingStopped):
        casework.tell_decision(decision_id=made.id, tellings=to(cast.elin, cast.farid), by=cast.david, at=now)
    assert rows_seen(cast.elin, file.id) == {"caseparty": 1}
    assert casework.find_decision_notices(made.id, cast.david) == []


def test_a_paper_goes_along_only_when_it_was_masked_for_the_guardian(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    note = casework.write_note(case_id=file.id, body="Nils mår bra.", by=cast.david, at=now)
    loose = casework.add_document(
        case_id=file.id, name="b.pdf", content=PDF, open_to_party=True, by=cast.david, at=now
    )
    letter = casework.add_document(
        case_id=file.id,
        name="c.pdf",
        content=PDF,
        kind="letter",
        person_id=cast.elin.person_id,
        by=cast.david,
        at=now,
    )
    for paper in (loose, letter):
        with pytest.raises(foundation.BadInput):
            told(cast, file, now, cast.elin, document_id=paper.id)
    copy = casework.prepare_copy(
        case_id=file.id, receiver_kind="party", receiver_id=cast.elin.person_id, parts=[("note", note.id)],
        by=cast.david, at=now,
    )  # fmt: skip
    casework.send_copy_for_review(copy_id=copy.id, by=cast.david, at=now)
    casework.review_copy(copy_id=copy.id, approve=True, by=cast.sam, at=now)
    given = casework.give_copy(copy_id=copy.id, way="my_page", by=cast.david, at=now)
    sent = told(cast, file, now, cast.elin, document_id=given.document_id)
    (one,) = casework.find_communications_to(cast.elin)
    assert one.document_id == sent.document_id == given.document_id
    assert casework.read_document(given.document_id, cast.elin)[1].startswith(b"%PDF")  # type: ignore[arg-type]
    with pytest.raises(foundation.BadInput):
        told(cast, file, now, cast.farid, document_id=given.document_id)


def test_a_decision_is_told_to_each_guardian_and_not_to_the_one_who_is_kept_out(
    cast: Cast, file: SimpleNamespace, now: datetime, close: casework.Decision
) -> None:
    casework.keep_out(case_id=file.id, person_id=cast.farid.person_id, **VIOLENCE, by=cast.david, at=now)
    planned = casework.plan_notices(close.id, cast.david)
    assert [(one.receiver.person_id, one.receiver.why_not) for one in planned] == [
        (file.child_id, "too_young"), (cast.elin.person_id, ""), (cast.farid.person_id, "kept_out"),
    ]  # fmt: skip
    with pytest.raises(foundation.BadInput) as met:
        casework.tell_decision(decision_id=close.id, tellings=[], by=cast.david, at=now)
    assert met.value.where == f"way-{cast.elin.person_id}"
    assert casework.find_decision_notices(close.id, cast.david) == [], "nothing is half done"
    for _twice in range(2):
        casework.tell_decision(
            decision_id=close.id, tellings=to(cast.elin, cast.farid), by=cast.david, at=now
        )
    rows = {one.person_id: one for one in casework.find_decision_notices(close.id, cast.sam)}
    assert set(rows) == {cast.elin.person_id, cast.farid.person_id}
    assert (rows[cast.farid.person_id].told_at, rows[cast.farid.person_id].ground) == (None, "violence")
    assert "casework.decision_told" in events_of(file.case) and "casework.decision_not_told" in events_of(
        file.case
    )
    assert casework.get_decision(close.id, cast.david).delivered_at == now
    (mine,) = casework.find_notices_to(cast.elin)
    assert (mine.about, mine.way, mine.reasons) == (
        "Nils",
        "my_page",
        ["Utredningen avslutas.", "Nils får stöd i skolan."],
    )
    assert mine.letter is not None
    assert casework.read_document(mine.letter.id, cast.elin)[1].startswith(b"%PDF")
    assert rows_seen(cast.elin, file.id) == {
        "decisionnotice": 1, "caseparty": 1, "document": 1, "documentcontent": 1,
    }  # fmt: skip
    for other in (cast.farid, cast.greta, cast.asa, file.child):
        assert casework.find_notices_to(other) == []
        seen = rows_seen(other, file.id)
        assert not {"decision", "decisionnotice", "document"} & set(seen), other.name
    with pytest.raises(DatabaseError), foundation.acting(cast.david), transaction.atomic():
        models.DecisionNotice.objects.filter(id=mine.id).update(reasons=[])


def test_one_is_left_untold_with_a_ground_and_told_later(
    cast: Cast, file: SimpleNamespace, now: datetime, close: casework.Decision
) -> None:
    untold = casework.Telling(cast.farid.person_id, "", "secrecy", "Väntar på jurist.")  # type: ignore[arg-type]
    casework.tell_decision(decision_id=close.id, tellings=[*to(cast.elin), untold], by=cast.david, at=now)
    assert casework.find_notices_to(cast.farid) == []
    casework.tell_decision(decision_id=close.id, tellings=to(cast.farid, way="post"), by=cast.david, at=now)
    assert [one.told_at is not None for one in casework.find_decision_notices(close.id, cast.david)] == [
        True,
        False,
        True,
    ]
    assert len(casework.find_notices_to(cast.farid)) == 1


@pytest.mark.parametrize("who", ["asa", "rune", "board", "elin", "greta", "olle"])
def test_who_works_in_the_case_alone_tells_a_decision(
    cast: Cast, file: SimpleNamespace, now: datetime, close: casework.Decision, who: str
) -> None:
    actor = getattr(cast, who)
    with pytest.raises(foundation.HandslagError):
        casework.tell_decision(decision_id=close.id, tellings=to(cast.elin, cast.farid), by=actor, at=now)
    with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
        models.DecisionNotice.objects.bulk_create(
            [
                models.DecisionNotice(
                    decision_id=close.id, case_id=file.id, person_id=actor.person_id or cast.elin.person_id,
                    role="guardian", told_at=now, way="my_page", type="x", outcome="decided", legal_ground="SoL 14:2",
                    decided_at=now, appeal="investigation", sent_by_id=actor.account_id, at=now,
                )
            ]
        )  # fmt: skip


def test_from_fifteen_the_child_is_told_too_and_each_has_a_last_day_to_appeal(
    cast: Cast, file_of: Callable[..., SimpleNamespace], now: datetime
) -> None:
    file = file_of(16)
    _may_decide(cast)
    made = decided(
        cast, file, now, type="test.support", outcome="granted", legal_ground="SoL 11:1", procedural=False
    )
    assert [one.receiver.is_told for one in casework.plan_notices(made.id, cast.david)] == [True, True, True]
    casework.tell_decision(
        decision_id=made.id, tellings=to(file.child, cast.elin, cast.farid), by=cast.david, at=now
    )
    (own,) = casework.find_notices_to(file.child)
    assert own.about == "" and own.appeal_last_day is not None
    assert own.appeal_last_day == casework.get_decision(made.id, cast.david).appeal_last_day
    assert "förvaltningsrätten" in casework.appeal_text(own.appeal)
    seen = rows_seen(file.child, file.id)
    assert seen["decisionnotice"] == 1 and "decision" not in seen


def test_no_address_is_printed_where_anybody_in_the_family_is_protected(
    cast: Cast,
    file: SimpleNamespace,
    now: datetime,
    close: casework.Decision,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people.set_address(
        person_id=cast.elin.person_id, kind="registered", street="Storgatan 1", postal_code="123 45", city="Ekeby",
        valid_from=foundation.today(), by=cast.system, at=now,
    )  # fmt: skip
    made: list[letters.NoticeLetter] = []

    def print_it(letter: letters.NoticeLetter) -> bytes:
        made.append(letter)
        return letters.make_notice_pdf(letter)

    monkeypatch.setattr(telling, "make_notice_pdf", print_it)
    casework.tell_decision(
        decision_id=close.id, tellings=to(cast.elin, cast.farid, way="post"), by=cast.david, at=now
    )
    assert made[0].address_lines[0] == "Storgatan 1"
    with foundation.acting(cast.system):
        people.Person.objects.filter(id=file.child_id).update(protection="secrecy_mark")
    again = decided(cast, file, now)
    casework.tell_decision(
        decision_id=again.id, tellings=to(cast.elin, cast.farid, way="post"), by=cast.david, at=now
    )
    assert made[-1].is_hidden and all(one.address_lines == () for one in made[-2:])
    assert casework.find_notices_to(cast.elin)[0].about == "", "nor the name of a protected child"
    data = letters.notice_data(made[-1], "sv")
    assert "Storgatan" not in str(data)
    with pytest.raises(letters.NoticeNotMade):
        letters.make_notice_pdf(
            letters.NoticeLetter(
                **{
                    **{name: getattr(made[-1], name) for name in made[-1].__slots__},
                    "address_lines": ("X 1",),
                }
            )
        )


def test_a_decision_that_nobody_may_be_told_of_does_not_hold_the_case_open(
    cast: Cast, file: SimpleNamespace, now: datetime, close: casework.Decision
) -> None:
    assert casework.hindrances(file.case)
    for one in (cast.elin, cast.farid):
        casework.keep_out(case_id=file.id, person_id=one.person_id, **VIOLENCE, by=cast.david, at=now)
    casework.tell_decision(decision_id=close.id, tellings=[], by=cast.david, at=now)
    assert casework.get_decision(close.id, cast.david).delivered_at is None
    with foundation.acting(cast.david):
        assert casework.hindrances(file.case) == []
