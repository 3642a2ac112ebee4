"""Who may read and write a case, and who may not; the same straight in SQL as the app role."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from handslag.casework import models
from handslag.casework import public as casework
from handslag.casework.states import MOVES, Who
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.casework.conftest import events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Opened = Callable[..., casework.Case]
PDF = b"%PDF-1.7\n"
# The series of numbers holds nobody; copies, erasure, guardians and the record online have tests of access of their own.
ELSEWHERE = {
    "CaseKeptFrom",
    "CaseSeries",
    "ChildWish",
    "DecisionNotice",
    "ErasureItem",
    "ErasureList",
    "KeptOut",
    "LeftOut",
    "MaskedCopy",
    "MaskedNote",
    "MaskedPage",
    "MaskedPassage",
    "NoteClearance",
    "NoteHeadings",
    "NoteOpening",
    "PaperClearance",
    "PrintQueueItem",
    "RecordConsent",
    "RecordHold",
    "RecordRule",
    "RecordSight",
}
TABLES = [getattr(models, name)._meta.db_table for name in models.__all__ if name not in ELSEWHERE]


@pytest.fixture
def full(cast: Cast, case: casework.Case, now: datetime) -> casework.Case:
    """A case with something in every table."""
    casework.assign_case(case_id=case.id, worker_id=cast.asa.account_id, by=cast.asa, at=now)
    casework.name_staff(
        case_id=case.id, account_id=cast.bjorn.account_id, because="stöd", by=cast.carina, at=now
    )
    note = casework.write_note(case_id=case.id, body="Anteckning", by=cast.asa, at=now)
    casework.correct_note(note_id=note.id, body="Rättelse", by=cast.asa, at=now)
    casework.draft_note(case_id=case.id, body="Utkast", by=cast.asa, at=now)
    casework.add_document(case_id=case.id, name="a.pdf", content=PDF, by=cast.elin, at=now)
    casework.send_message(case_id=case.id, subject="Hej", body="Hej", by=cast.asa, at=now)
    day = foundation.day_of(now)
    casework.request_completion(case_id=case.id, what=["x"], due_on=day, by=cast.asa, at=now)
    casework.communicate(
        case_id=case.id, material="x", answer_until=day + timedelta(days=1), by=cast.asa, at=now
    )
    casework.start_clock(case_id=case.id, rule="FL12", about=case.id, starts_on=day, by=cast.asa, at=now)
    casework.decide(
        case_id=case.id, type="income_support.grant", outcome="granted", legal_ground="SoL 12:1", reason="x",
        amount=1, by=cast.asa, at=now,
    )  # fmt: skip
    return case


def rows_seen(actor: foundation.Actor) -> dict[str, int]:
    """How many rows of each table a bare query gives the actor."""
    counted = {}
    with foundation.acting(actor), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counted[table.removeprefix("casework_")] = cursor.fetchone()[0]
    return {table: many for table, many in counted.items() if many}


def test_every_table_of_casework_is_protected(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'casework%%' AND NOT relrowsecurity"
        )
        assert cursor.fetchall() == []


def test_how_many_cases_there_are_is_nobodys_to_read(
    cast: Cast, full: casework.Case, intruder: psycopg.Connection[Any]
) -> None:
    assert intruder.execute("SELECT count(*) FROM casework_caseseries").fetchone() == (0,)
    for actor in (cast.asa, cast.carina, cast.elin, foundation.VISITOR):
        with foundation.acting(actor):
            assert not models.CaseSeries.objects.exists()
    with foundation.acting(cast.system):
        assert models.CaseSeries.objects.exists()


def test_the_worker_sees_all_of_it_and_a_colleague_all_but_the_draft(cast: Cast, full: casework.Case) -> None:
    whole = rows_seen(cast.asa)
    assert set(whole) == {table.removeprefix("casework_") for table in TABLES}
    assert rows_seen(cast.bjorn) == {**whole, "note": whole["note"] - 1}
    assert rows_seen(cast.carina) == {**whole, "note": whole["note"] - 1}


@pytest.mark.parametrize("who", ["david", "ada", "rune", "board", "greta"])
def test_others_see_nothing_whatever_they_ask_for(cast: Cast, full: casework.Case, who: str) -> None:
    actor = getattr(cast, who)
    assert rows_seen(actor) == {}
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(full.id, actor)
    assert casework.find_cases_of(cast.elin.person_id, actor) == []
    for read in (casework.find_documents, casework.find_messages):
        assert read(full.id, actor).rows == []
    for read in (casework.find_decisions, casework.find_communications, casework.find_parties):
        assert read(full.id, actor) == []
    assert casework.find_clocks(full.id, actor) == []
    assert casework.find_nearest_clocks(actor).rows == []


def test_the_person_sees_what_is_meant_for_her(cast: Cast, full: casework.Case, now: datetime) -> None:
    meant = {
        "case": 1, "caseparty": 2, "document": 1, "documentcontent": 1, "message": 1, "completionrequest": 1,
        "completionitem": 1, "communication": 1, "legalclock": 1,
    }  # fmt: skip
    assert rows_seen(cast.elin) == meant
    (decision,) = casework.find_decisions(full.id, cast.asa)
    casework.deliver_decision(decision_id=decision.id, way="my_page", by=cast.asa, at=now)
    assert rows_seen(cast.elin) == {**meant, "decision": 1, "legalclock": 2}
    assert rows_seen(cast.farid) == {"case": 1, "caseparty": 2, "decision": 1, "legalclock": 2}


def test_a_child_in_the_case_does_not_read_it(cast: Cast, opened: Opened) -> None:
    case = opened(parties=[(cast.greta.person_id, "child")])
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(case.id, cast.greta)
    assert rows_seen(cast.greta) == {"caseparty": 1}


def test_without_an_actor_there_is_nothing(cast: Cast, full: casework.Case) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db(databases=["default"], transaction=True)
def test_the_intruder_with_the_roles_password_sees_and_writes_nothing(
    cast: Cast, full: casework.Case, intruder: psycopg.Connection[Any]
) -> None:
    for table in TABLES:
        assert intruder.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    intruder.execute("SELECT set_config('handslag.actor', 'system||||1|9999999999|00', false)")
    assert intruder.execute("SELECT count(*) FROM casework_case").fetchone() == (0,)
    with pytest.raises(psycopg.Error):
        intruder.execute("SELECT handslag_next_case_number('TS', 2026)")
    with pytest.raises(psycopg.Error):
        intruder.execute("ALTER TABLE casework_case DISABLE ROW LEVEL SECURITY")
    with pytest.raises(psycopg.Error):
        intruder.execute("UPDATE casework_caseseries SET last = 0")


def _insert(table: str, **values: Any) -> None:
    names = ", ".join(values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(values))})", list(values.values())
        )


def test_another_units_worker_does_not_write_himself_in(
    cast: Cast, full: casework.Case, now: datetime
) -> None:
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            "casework_casestaff",
            {"account_id": cast.david.account_id, "because": "nyfiken", "valid_from": now},
        ),
        (
            "casework_assignment",
            {"unit_id": cast.children, "worker_id": cast.david.account_id, "because": "", "at": now},
        ),
        ("casework_noteaddition", {"note_id": full.id, "kind": "correction", "body": "x", "at": now}),
    ]
    for table, values in rows:
        for actor in (cast.david, cast.greta, cast.elin):
            with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
                _insert(table, id=foundation.new_id(), case_id=full.id, **values)
    with foundation.acting(cast.david):
        assert models.Case.objects.filter(id=full.id).update(unit_id=cast.children) == 0
    assert casework.get_case(full.id, cast.asa).unit_id == cast.support


def test_a_resident_changes_no_row_but_her_own_marks(cast: Cast, full: casework.Case) -> None:
    with foundation.acting(cast.elin):
        assert models.Case.objects.filter(id=full.id).update(state="closed", closed_at=foundation.now()) == 0
        assert models.Decision.objects.update(delivered_at=foundation.now()) == 0
        assert models.LegalClock.objects.update(state="met") == 0
        assert models.CaseParty.objects.update(has_insight=True) == 0


OPERATIONS: dict[str, Callable[[Cast, casework.Case, foundation.Actor, datetime], object]] = {
    "assign": lambda c, k, by, at: casework.assign_case(
        case_id=k.id, worker_id=c.bjorn.account_id, by=by, at=at
    ),
    "move_unit": lambda c, k, by, at: casework.move_case(
        case_id=k.id, unit_id=c.children, because="x", by=by, at=at
    ),
    "close": lambda c, k, by, at: casework.close_case(case_id=k.id, because="x", by=by, at=at),
    "restrict": lambda c, k, by, at: casework.restrict_case(
        case_id=k.id, account_ids=[c.asa.account_id, c.carina.account_id], because="jäv", by=by, at=at
    ),
    "name_staff": lambda c, k, by, at: casework.name_staff(
        case_id=k.id, account_id=c.david.account_id, because="x", by=by, at=at
    ),
    "add_party": lambda c, k, by, at: casework.add_party(
        case_id=k.id, person_id=c.greta.person_id, role="other", by=by, at=at
    ),
    "write_note": lambda c, k, by, at: casework.write_note(case_id=k.id, body="x", by=by, at=at),
    "add_document": lambda c, k, by, at: casework.add_document(
        case_id=k.id, name="a.pdf", content=PDF, by=by, at=at
    ),
    "send_message": lambda c, k, by, at: casework.send_message(
        case_id=k.id, subject="x", body="x", by=by, at=at
    ),
    "request_completion": lambda c, k, by, at: casework.request_completion(
        case_id=k.id, what=["x"], due_on=foundation.day_of(at), by=by, at=at
    ),
    "communicate": lambda c, k, by, at: casework.communicate(
        case_id=k.id, material="x", answer_until=foundation.day_of(at) + timedelta(days=1), by=by, at=at
    ),
    "promise": lambda c, k, by, at: casework.promise_day(
        case_id=k.id, on=foundation.day_of(at) + timedelta(days=7), by=by, at=at
    ),
    "keep_clock": lambda c, k, by, at: casework.start_clock(
        case_id=k.id, rule="FL12", about=k.id, starts_on=foundation.day_of(at), by=by, at=at
    ),
}


@pytest.mark.parametrize("act", OPERATIONS)
def test_the_table_of_moves_is_what_the_operations_hold(
    cast: Cast, opened: Opened, now: datetime, act: str
) -> None:
    parts = {
        Who.WORKER: cast.bjorn, Who.MANAGER: cast.carina, Who.RECEPTION: None, Who.SYSTEM: cast.system, Who.PARTY: cast.elin,
    }  # fmt: skip
    for part, actor in parts.items():
        if actor is None:
            continue
        case = opened()
        if part in MOVES[act].who:
            OPERATIONS[act](cast, case, actor, now)
        else:
            before = events_of(case)
            with pytest.raises(foundation.Refused):
                OPERATIONS[act](cast, case, actor, now)
            assert events_of(case) == before
    case = opened()
    for stranger in (cast.david, cast.greta, cast.frida):  # who attests payments works in no case
        with pytest.raises(casework.CaseNotFound):
            OPERATIONS[act](cast, case, stranger, now)
    if "closed" not in MOVES[act].states:
        casework.close_case(case_id=case.id, because="x", by=cast.asa, at=now)
        with pytest.raises(casework.MoveRefused):
            OPERATIONS[act](cast, case, cast.carina, now)


def _reads(case_id: UUID, actor: foundation.Actor) -> bool:
    try:
        return casework.get_case(case_id, actor).id == case_id
    except casework.CaseNotFound:
        return False


def test_a_protected_persons_case_is_for_named_staff_only(cast: Cast, opened: Opened, now: datetime) -> None:
    case = opened(person_id=cast.hugo.person_id, parties=[], by=cast.system)
    assert (case.restricted, case.restricted_because) == (True, "protected_person")
    for actor in (cast.asa, cast.carina, cast.hugo):
        assert _reads(case.id, actor)
    for actor in (cast.bjorn, cast.david, cast.frida, cast.goran, cast.ada, cast.rune, cast.elin, cast.greta):
        assert not _reads(case.id, actor)
        assert rows_seen(actor) == {}
    assert casework.find_work(cast.bjorn, whose="unit").rows == []
    assert [item.case.id for item in casework.find_work(cast.asa, whose="unit").rows] == [case.id]


def test_a_mark_closes_the_running_cases_around_the_person(cast: Cast, opened: Opened, now: datetime) -> None:
    case, other = opened(), opened(person_id=cast.greta.person_id, parties=[])
    casework.assign_case(case_id=case.id, worker_id=cast.bjorn.account_id, by=cast.asa, at=now)
    casework.name_staff(
        case_id=case.id, account_id=cast.david.account_id, because="samråd", by=cast.carina, at=now
    )
    assert _reads(case.id, cast.bjorn) and _reads(case.id, cast.david)
    people.protect_person(
        person_id=cast.farid.person_id, mark="secrecy_mark", named_account_ids=[cast.asa.account_id], by=cast.carina,
        at=foundation.now(),
    )  # fmt: skip
    assert _reads(case.id, cast.asa)
    for actor in (cast.bjorn, cast.david, cast.carina):
        assert not _reads(case.id, actor)
    assert casework.get_case(case.id, cast.asa).worker_id is None
    assert _reads(case.id, cast.elin)
    assert _reads(other.id, cast.bjorn)
    assert "casework.case_restricted" in events_of(case)


def test_a_second_mark_keeps_only_those_named_for_both(cast: Cast, opened: Opened) -> None:
    case = opened()
    for person, named in ((cast.elin, (cast.asa, cast.bjorn)), (cast.farid, (cast.bjorn, cast.carina))):
        people.protect_person(
            person_id=person.person_id, mark="secrecy_mark",
            named_account_ids=[one.account_id for one in named], by=cast.system, at=foundation.now(),
        )  # fmt: skip
    assert [_reads(case.id, actor) for actor in (cast.asa, cast.bjorn, cast.carina)] == [False, True, False]


def test_a_manager_closes_a_case_to_named_staff_and_opens_it_again(
    cast: Cast, case: casework.Case, now: datetime
) -> None:
    casework.restrict_case(
        case_id=case.id, account_ids=[cast.carina.account_id], because="jäv", by=cast.carina, at=now
    )
    assert not _reads(case.id, cast.asa)
    with pytest.raises(foundation.BadInput):
        casework.assign_case(case_id=case.id, worker_id=cast.asa.account_id, by=cast.carina, at=now)
    casework.name_staff(
        case_id=case.id, account_id=cast.david.account_id, because="sakkunnig", by=cast.carina, at=now
    )
    casework.write_note(case_id=case.id, body="Jag hjälper till.", by=cast.david, at=now)
    casework.unname_staff(case_id=case.id, account_id=cast.david.account_id, by=cast.carina, at=now)
    assert not _reads(case.id, cast.david)
    casework.lift_restriction(case_id=case.id, by=cast.carina, at=now)
    assert _reads(case.id, cast.asa) and not _reads(case.id, cast.david)


def test_a_case_around_a_protected_person_is_not_opened_by_its_manager(
    cast: Cast, opened: Opened, now: datetime
) -> None:
    case = opened(person_id=cast.hugo.person_id, parties=[], by=cast.system)
    with pytest.raises(foundation.Refused):
        casework.lift_restriction(case_id=case.id, by=cast.carina, at=now)
    assert not _reads(case.id, cast.bjorn)


def test_broken_glass_gives_reading_for_its_hours_and_is_told(cast: Cast, full: casework.Case) -> None:
    assert not _reads(full.id, cast.david)
    with pytest.raises(foundation.BadInput):
        casework.break_glass(case_id=full.id, reason="nyfiken", hours=2, by=cast.david, at=foundation.now())
    glass = casework.break_glass(
        case_id=full.id, reason="Jourärende, fara för barnet", hours=2, by=cast.david, at=foundation.now()
    )
    assert _reads(full.id, cast.david)
    casework.get_case(full.id, cast.david, page="desk.case")
    with pytest.raises(foundation.Refused):
        casework.write_note(case_id=full.id, body="x", by=cast.david, at=foundation.now())
    with pytest.raises(foundation.Refused):
        casework.assign_case(
            case_id=full.id, worker_id=cast.asa.account_id, by=cast.david, at=foundation.now()
        )
    with foundation.acting(cast.carina):
        assert "casework.glass_broken" in [one.text["code"] for one in foundation.notices_of(cast.carina)]
    with foundation.acting(cast.system):
        logged = foundation.AccessEntry.objects.filter(
            case_id=full.id, account_id=cast.david.account_id, why="glass"
        )
        assert {entry.page for entry in logged} == {"casework.break_glass", "desk.case"}
    foundation.end_glass(glass_id=glass.id, by=cast.david, at=foundation.now())
    assert not _reads(full.id, cast.david)


def test_broken_glass_opens_no_protected_persons_case_and_does_not_tell(cast: Cast, opened: Opened) -> None:
    case = opened(person_id=cast.hugo.person_id, parties=[], by=cast.system)
    for case_id in (case.id, foundation.new_id()):
        casework.break_glass(
            case_id=case_id, reason="Jourärende i natt", hours=1, by=cast.david, at=foundation.now()
        )
        assert not _reads(case_id, cast.david)


def test_two_records_of_one_person_become_one_partys_case(cast: Cast, opened: Opened, now: datetime) -> None:
    case = opened(person_id=cast.greta.person_id, parties=[], by=cast.asa)
    people.merge_persons(
        keep_id=cast.elin.person_id, duplicate_id=cast.greta.person_id, by=cast.system, at=foundation.now()
    )
    assert casework.get_case(case.id, cast.elin).person_id == cast.elin.person_id
    assert [one.person_id for one in casework.find_parties(case.id, cast.asa)] == [cast.elin.person_id]


def test_the_history_is_read_by_those_who_read_the_case(cast: Cast, full: casework.Case) -> None:
    page = casework.find_history(full.id, cast.bjorn, limit=5)
    assert page.rows[0].kind == "casework.decision_made"
    assert page.after is not None
    assert casework.find_history(full.id, cast.bjorn, after=page.after, limit=50).rows
    with pytest.raises(casework.CaseNotFound):
        casework.find_history(full.id, cast.david)
    assert {event.account_id for event in casework.find_history(full.id, cast.elin).rows} == {
        cast.elin.account_id
    }


def test_the_functions_answer_as_the_policies_that_they_mirror(
    cast: Cast, full: casework.Case, opened: Opened
) -> None:
    made = [full.id, opened().id, opened(person_id=cast.hugo.person_id, parties=[], by=cast.system).id]
    actors = [
        getattr(cast, name)
        for name in ("asa", "bjorn", "carina", "david", "frida", "ada", "elin", "farid", "hugo")
    ]
    for actor in [*actors, cast.system]:
        with foundation.acting(actor), connection.cursor() as cursor:
            for case_id in made:
                cursor.execute(
                    "SELECT handslag_may_read_case(%s), handslag_may_work_in_case(%s)", [case_id, case_id]
                )
                may_read, may_work = cursor.fetchone()
                assert may_read == models.Case.objects.filter(id=case_id).exists()
                assert may_work == models.Case.objects.select_for_update().filter(id=case_id).exists()
                assert may_read or not may_work


def test_a_person_whose_marks_are_not_known_is_treated_as_protected(
    cast: Cast, opened: Opened, now: datetime
) -> None:
    person = people.register_person(
        given_name="Okänd", family_name="Svar", born=None, sex="unknown", identity_number=None, protection="unknown",
        by=cast.system, at=now,
    )  # fmt: skip
    case = opened(person_id=person.id, parties=[], by=cast.system)
    assert case.restricted
    assert not _reads(case.id, cast.asa)
