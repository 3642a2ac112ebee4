"""A guardian's sight of a child's record online: who gives it, what it opens row by row, and all that closes it; in SQL too."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.utils import translation

from handslag.casework import masking, models
from handslag.casework import public as casework
from handslag.casework.record_numbers import record_numbers, shipped_from
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.casework.conftest import KIND, events_of
from tests.casework.test_guardians import PDF, VIOLENCE, decided, rows_seen, to
from tests.casework.test_guardians import _may_decide as may_decide
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
WEIGHED = {"ground": "custody", "because": "Samtal med barnet; ingen kommer till skada."}


@pytest.fixture(autouse=True)
def _rules() -> Iterator[None]:
    before = dict(masking._rules)
    yield
    masking._rules.clear()
    masking._rules.update(before)


@pytest.fixture
def file_of(cast: Cast, now: datetime) -> Callable[..., SimpleNamespace]:
    """A child's file, opened forty days ago, with Elin and Farid as guardians."""

    def make(years: int = 9) -> SimpleNamespace:
        by, today, old = cast.system, foundation.today(), now - timedelta(days=40)
        child = people.register_person(
            given_name="Nils", family_name="Ekdal", born=date(today.year - years, 1, 1), sex="man",
            identity_number=None, protection="none", by=by, at=now,
        )  # fmt: skip
        relations = {
            one.person_id: people.relate(
                person_id=one.person_id, other_id=child.id, kind="guardian", valid_from=today - timedelta(days=90),
                by=by, at=now,
            ).id
            for one in (cast.elin, cast.farid)
        }  # fmt: skip
        case = casework.open_case(
            kind=KIND, person_id=child.id, unit_id=cast.children, worker_id=cast.david.account_id, by=by, at=old,
            parties=[(child.id, "child"), (cast.elin.person_id, "guardian"), (cast.farid.person_id, "guardian")],
        )  # fmt: skip
        with foundation.acting(by):
            account = foundation.Account.objects.create(
                username=f"r-{child.id}", name="Nils", person_id=child.id
            )
        actor = foundation.Actor(kind="resident", account_id=account.id, person_id=child.id, name="Nils")
        return SimpleNamespace(
            id=case.id, case=case, child_id=child.id, child=actor, relations=relations, old=old
        )

    return make


@pytest.fixture
def file(file_of: Callable[..., SimpleNamespace]) -> SimpleNamespace:
    return file_of()


def given(
    cast: Cast, file: SimpleNamespace, at: datetime, to: foundation.Actor | None = None, **facts: Any
) -> Any:
    told = {**WEIGHED, "by": cast.david, **facts}
    return casework.give_sight(case_id=file.id, person_id=(to or cast.elin).person_id, at=at, **told)


def noted(
    cast: Cast, file: SimpleNamespace, now: datetime, body: str = "Nils trivs.", days_ago: int = 20
) -> casework.Note:
    return casework.write_note(case_id=file.id, body=body, by=cast.david, at=now - timedelta(days=days_ago))


def read(file: SimpleNamespace, actor: foundation.Actor) -> list[str] | None:
    try:
        return [one.body for one in casework.open_record(file.id, actor).notes]
    except casework.CaseNotFound:
        return None


def why_not(cast: Cast, file: SimpleNamespace) -> dict[Any, str]:
    return {one.person_id: one.why_not for one in casework.find_sights(file.id, cast.sam)}


def test_nothing_is_opened_until_somebody_gives_it_and_then_row_by_row(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    noted(cast, file, now)
    noted(cast, file, now, "ny", days_ago=3)
    casework.add_document(case_id=file.id, name="a.txt", content=b"Nils plan", by=cast.david, at=file.old)
    casework.add_document(
        case_id=file.id, name="c.txt", content=b"arbete", kind="internal", by=cast.david, at=file.old
    )
    assert read(file, cast.elin) is None and rows_seen(cast.elin, file.id) == {"caseparty": 1}
    assert why_not(cast, file) == {cast.elin.person_id: "no_sight", cast.farid.person_id: "no_sight"}
    sight = given(cast, file, now)
    assert given(cast, file, now, by=cast.sam).id == sight.id, "given twice is given once"
    assert read(file, cast.elin) == ["Nils trivs."]
    assert rows_seen(cast.elin, file.id) == {
        "caseparty": 1,
        "note": 1,
        "document": 1,
        "documentcontent": 1,
    }, "no row of the case itself, no clock, no event, nobody else's part"
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(file.id, cast.elin)
    assert casework.find_cases_of(file.child_id, cast.elin) == []
    with foundation.acting(cast.elin), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM foundation_event WHERE case_id = %s", [file.id])
        assert cursor.fetchone() == (0,)
    assert read(file, cast.farid) is None and rows_seen(cast.farid, file.id) == {"caseparty": 1}
    assert why_not(cast, file)[cast.elin.person_id] == ""
    assert events_of(file.case)[-2] == "casework.sight_given"


@pytest.mark.parametrize(
    "who", ["asa", "carina", "rune", "ada", "board", "olle", "elin", "farid", "greta", "child"]
)
def test_who_works_in_the_case_alone_gives_and_takes_it_back(
    cast: Cast, file: SimpleNamespace, now: datetime, who: str
) -> None:
    actor = file.child if who == "child" else getattr(cast, who)
    with pytest.raises(foundation.HandslagError):
        given(cast, file, now, by=actor)
    sight = given(cast, file, now, by=cast.eva)
    with pytest.raises(foundation.HandslagError):
        casework.end_sight(sight_id=sight.id, ground="mistake", because="x", by=actor, at=now)
    if not actor.is_resident:
        with pytest.raises(casework.CaseNotFound):
            casework.find_sights(file.id, actor)
    assert "recordsight" not in rows_seen(actor, file.id)
    with foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_recordsight SET ended_at = now()")
        assert cursor.rowcount == 0
        cursor.execute("SELECT handslag_why_no_record(%s, %s)", [file.id, cast.elin.person_id])
        assert cursor.fetchone() == (None,)
    with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
        models.RecordSight.objects.bulk_create(
            [
                models.RecordSight(
                    case_id=file.id, person_id=cast.farid.person_id, ground="party", because="x",
                    given_by_id=actor.account_id, given_at=now,
                )
            ]
        )  # fmt: skip


def test_staff_give_it_in_their_own_name_and_change_nothing_afterwards(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    sight = given(cast, file, now)
    for change in (
        {"person_id": cast.farid.person_id},
        {"because": "annat"},
        {
            "ended_at": now,
            "ended_ground": "mistake",
            "ended_because": "x",
            "ended_by_id": cast.asa.account_id,
        },
        {"ended_at": now},
    ):
        with pytest.raises(DatabaseError), foundation.acting(cast.david), transaction.atomic():
            models.RecordSight.objects.filter(id=sight.id).update(**change)
    with pytest.raises(IntegrityError), foundation.acting(cast.system), transaction.atomic():
        models.CaseParty.objects.filter(case_id=file.id, role="guardian").update(has_insight=True)


def test_the_password_alone_reads_nothing(
    cast: Cast, file: SimpleNamespace, now: datetime, intruder: psycopg.Connection[Any]
) -> None:
    given(cast, file, now)
    assert intruder.execute("SELECT count(*) FROM casework_recordsight").fetchone() == (0,)
    assert intruder.execute("SELECT count(*) FROM handslag_records()").fetchone() == (0,)
    for call in ("handslag_record_hindrance", "handslag_record_delay"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            intruder.execute(f"SELECT {call}(%s, %s)", [file.id, cast.elin.person_id])


def test_giving_needs_a_guardian_a_ground_and_what_was_weighed(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    for wrong in ({"ground": "kind"}, {"because": "  "}, {"to": cast.greta}, {"to": file.child}):
        with pytest.raises(foundation.BadInput):
            given(cast, file, now, **wrong)
    sight = given(cast, file, now)
    for wrong in ({"ground": "x", "because": "y"}, {"ground": "mistake", "because": " "}):
        with pytest.raises(foundation.BadInput):
            casework.end_sight(sight_id=sight.id, by=cast.david, at=now, **wrong)
    assert [one.sight is None for one in casework.find_sights(file.id, cast.david)] == [False, True]


CLOSED = ("kept_out", "no_custody", "no_part", "protected", "restricted", "held", "of_age", "secret")


@pytest.mark.parametrize("how", CLOSED)
def test_what_closes_it_leaves_nothing_and_is_not_given_over(
    cast: Cast, file: SimpleNamespace, now: datetime, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(cast, file, now)
    given(cast, file, now, cast.elin)
    given(cast, file, now, cast.farid)
    assert read(file, cast.farid) == ["Nils trivs."]
    farid = cast.farid.person_id
    assert farid is not None
    _close(cast, file, now, how)
    assert read(file, cast.farid) is None and casework.find_records(cast.farid) == []
    assert not {"note", "document", "decision", "case"} & set(rows_seen(cast.farid, file.id))
    if how not in ("restricted", "protected"):  # David is not named in a case that was closed
        assert why_not(cast, file)[farid] == how
        with pytest.raises(foundation.HandslagError):
            given(cast, file, now, cast.farid)
    if how in ("kept_out", "no_custody", "no_part", "held", "secret"):
        assert read(file, cast.elin) == ["Nils trivs."], "the other guardian as before"


def _close(cast: Cast, file: SimpleNamespace, now: datetime, how: str) -> None:
    farid: Any = cast.farid.person_id
    with foundation.acting(cast.system):
        if how == "protected":
            people.Person.objects.filter(id=file.child_id).update(protection="secrecy_mark")
        elif how == "of_age":
            people.Person.objects.filter(id=file.child_id).update(
                born=foundation.today() - timedelta(days=7000)
            )
        elif how == "restricted":
            models.Case.objects.filter(id=file.id).update(restricted=True, restricted_because="decided")
        elif how == "no_part":
            models.CaseParty.objects.filter(case_id=file.id, person_id=farid).update(
                valid_to=now - timedelta(seconds=1)
            )
        elif how == "secret":
            from handslag.coordination import public as coordination

            coordination.keep_secret(
                person_id=file.child_id,
                toward_id=farid,
                ground="osl_26_1",
                because="hot",
                by=cast.system,
                at=now,
            )
    if how == "kept_out":
        casework.keep_out(case_id=file.id, person_id=farid, **VIOLENCE, by=cast.david, at=now)
    elif how == "no_custody":
        people.end_relation(
            relation_id=file.relations[farid], valid_to=foundation.today(), by=cast.system, at=now
        )
    elif how == "held":
        casework.hold_record(
            case_id=file.id,
            ground="OSL 12:3",
            because="Nils bad om det.",
            toward_id=farid,
            by=cast.david,
            at=now,
        )


def test_who_was_kept_out_and_let_in_again_is_not_given_the_record_by_that(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    noted(cast, file, now)
    given(cast, file, now)
    kept = casework.keep_out(
        case_id=file.id, person_id=cast.elin.person_id, **VIOLENCE, by=cast.david, at=now
    )
    casework.let_in(kept_out_id=kept.id, by=cast.david, at=now)
    assert read(file, cast.elin) is None and why_not(cast, file)[cast.elin.person_id] == "no_sight"
    (ended,) = casework.find_ended_sights(file.id, cast.sam)
    assert (ended.ended_ground, ended.ended_by_id) == ("violence", cast.david.account_id)


def test_custody_that_ended_and_came_back_needs_it_given_anew(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    noted(cast, file, now)
    given(cast, file, now - timedelta(days=10))
    elin, today = cast.elin.person_id, foundation.today()
    people.end_relation(
        relation_id=file.relations[elin], valid_to=today - timedelta(days=5), by=cast.system, at=now
    )
    people.relate(
        person_id=elin, other_id=file.child_id, kind="guardian", valid_from=today, by=cast.system, at=now
    )
    assert read(file, cast.elin) is None and why_not(cast, file)[elin] == "given_before"
    given(cast, file, now)
    assert read(file, cast.elin) == ["Nils trivs."]


def test_the_child_asks_that_it_is_kept_from_the_guardian_wholly_or_in_a_part(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    secret = noted(cast, file, now, "Nils berättade något.")
    noted(cast, file, now)
    sight = given(cast, file, now)
    given(cast, file, now, cast.farid)
    casework.hold_record(
        case_id=file.id, note_id=secret.id, toward_id=cast.elin.person_id, ground="OSL 12:3",
        because="Nils ber om det.", by=cast.david, at=now,
    )  # fmt: skip
    record = casework.open_record(file.id, cast.elin)
    assert [one.body for one in record.notes] == ["Nils trivs."]
    assert record.not_shown.by_ground == (), "that something is held back is not told either"
    assert len(read(file, cast.farid) or []) == 2
    casework.end_sight(
        sight_id=sight.id, ground="child_asks", because="Nils ber om det.", by=cast.david, at=now
    )
    assert read(file, cast.elin) is None
    assert events_of(file.case)[-1] == "casework.sight_ended"


def test_from_fifteen_the_child_decides_and_the_worker_is_told_of_a_yes(
    cast: Cast, file_of: Callable[..., SimpleNamespace], now: datetime
) -> None:
    file = file_of(16)
    noted(cast, file, now)
    given(cast, file, now, cast.farid)
    assert why_not(cast, file)[cast.farid.person_id] == "child_decides"
    elin: Any = cast.elin.person_id
    casework.agree_to_reading(guardian_id=elin, by=file.child, at=now)
    assert read(file, cast.elin) is None, "the unit has not looked at it yet"
    with foundation.acting(cast.david):
        assert len(foundation.notices_of(cast.david)) == 1
    found = {one.person_id: one for one in casework.find_own_guardians(file.child)}
    assert (found[elin].reads, found[elin].is_given) == (True, False)
    given(cast, file, now)
    assert read(file, cast.elin) == ["Nils trivs."]
    casework.withdraw_agreement(guardian_id=elin, by=file.child, at=now)
    assert read(file, cast.elin) is None


def test_a_correction_waits_the_guardians_days_and_not_the_childs(
    cast: Cast, file_of: Callable[..., SimpleNamespace], now: datetime
) -> None:
    file = file_of(16)
    note = noted(cast, file, now)
    given(cast, file, now)
    casework.agree_to_reading(guardian_id=cast.elin.person_id, by=file.child, at=now)  # type: ignore[arg-type]
    casework.correct_note(note_id=note.id, body="Tidig.", by=cast.david, at=now - timedelta(days=15))
    casework.correct_note(note_id=note.id, body="Sen.", by=cast.david, at=now - timedelta(days=13))

    def beside(actor: foundation.Actor) -> list[str]:
        (one,) = casework.open_record(file.id, actor).notes
        return [each.body for each in one.additions.all()]

    assert beside(cast.elin) == ["Tidig."] and beside(file.child) == ["Tidig.", "Sen."]
    assert rows_seen(cast.elin, file.id)["noteaddition"] == 1
    casework.object_to_note(note_id=note.id, body="Nej.", by=cast.elin, at=now)
    casework.object_to_note(note_id=note.id, body="Jo.", by=file.child, at=now)
    assert beside(cast.elin) == ["Tidig.", "Nej."] and beside(file.child) == ["Tidig.", "Sen.", "Jo."]


def test_what_a_late_correction_says_hides_the_note_already_now(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    note = noted(cast, file, now)
    given(cast, file, now)
    hidden = casework.Hidden("OSL 26:5")
    casework.register_masking_rule(
        "test.reporter", lambda question: lambda one: hidden if "Tallgren" in one.text else None
    )
    assert read(file, cast.elin) == ["Nils trivs."]
    casework.correct_note(note_id=note.id, body="Tallgren sa det.", by=cast.david, at=now)
    assert read(file, cast.elin) == [] and "note" not in rows_seen(cast.elin, file.id)


def test_a_decision_is_read_by_the_guardian_who_was_told_of_it_alone(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    may_decide(cast)
    old = now - timedelta(days=30)
    made = decided(cast, file, old)
    for one in (cast.elin, cast.farid):
        given(cast, file, old, one)
    untold = casework.Telling(cast.farid.person_id, "", "harm_to_child", "Nils är rädd.")  # type: ignore[arg-type]
    casework.tell_decision(decision_id=made.id, tellings=[*to(cast.elin), untold], by=cast.david, at=old)
    assert [one.id for one in casework.open_record(file.id, cast.elin).decisions] == [made.id]
    theirs = casework.open_record(file.id, cast.farid)
    assert theirs.decisions == [] and theirs.papers == []
    assert not {"decision", "document"} & set(rows_seen(cast.farid, file.id))


def test_a_letter_to_the_child_or_to_the_other_guardian_stays_theirs(
    cast: Cast, file_of: Callable[..., SimpleNamespace], now: datetime
) -> None:
    file = file_of(16)
    may_decide(cast)
    old = now - timedelta(days=30)
    made = decided(cast, file, old)
    casework.agree_to_reading(guardian_id=cast.elin.person_id, by=file.child, at=old)  # type: ignore[arg-type]
    given(cast, file, old)
    casework.tell_decision(
        decision_id=made.id, tellings=to(file.child, cast.elin, cast.farid), by=cast.david, at=old
    )
    papers = casework.open_record(file.id, cast.elin).papers
    assert {one.person_id for one in papers} == {cast.elin.person_id}


def test_a_rule_that_fails_shows_nothing_at_all(cast: Cast, file: SimpleNamespace, now: datetime) -> None:
    noted(cast, file, now)
    paper = casework.add_document(case_id=file.id, name="a.txt", content=b"plan", by=cast.david, at=file.old)
    given(cast, file, now)
    assert [one.id for one in casework.open_record(file.id, cast.elin).papers] == [paper.id]
    assert casework.read_paper_online(paper.id, cast.elin)[1] == b"plan"

    def broken(question: casework.MaskingQuestion) -> casework.AskPassage:
        raise RuntimeError("away")

    casework.register_masking_rule("test.broken", broken)
    record = casework.open_record(file.id, cast.elin)
    assert record.stopped and not (record.notes or record.papers or record.decisions)
    with pytest.raises(casework.CaseNotFound):
        casework.read_paper_online(paper.id, cast.elin)


def test_a_number_does_not_rise_with_what_came_today(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    casework.add_document(case_id=file.id, name="skannad.pdf", content=PDF, by=cast.david, at=file.old)
    given(cast, file, now)
    assert casework.open_record(file.id, cast.elin).not_shown.unread == 1
    casework.add_document(case_id=file.id, name="ny.pdf", content=PDF, by=cast.david, at=now)
    assert casework.open_record(file.id, cast.elin).not_shown.unread == 1


def test_the_ages_are_settings_and_the_shipped_ones_agree_with_the_file(
    cast: Cast, file_of: Callable[..., SimpleNamespace], now: datetime
) -> None:
    rule, numbers = casework.record_rule(), casework.record_numbers()
    for code in (
        "own_from_age",
        "guardian_until_age",
        "told_from_age",
        "own_delay_days",
        "guardian_delay_days",
    ):
        assert getattr(rule, code) == numbers[code].value, code
    assert rule.child_may_agree is bool(numbers["child_may_agree"].value)
    assert shipped_from() <= foundation.today()
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_of_age()")
        assert cursor.fetchone() == (numbers["of_age"].value,), "FB 6:2, 9:1"
        cursor.execute(
            r"SELECT proname FROM pg_proc WHERE proname LIKE 'handslag%' AND proname <> 'handslag_of_age' "
            r"AND prosrc ~ 'handslag_age|years|_until_age' AND prosrc ~ '\m18\M'"
        )
        assert cursor.fetchall() == [], "the age stands in one place of the database"
    assert all(one.source and not one.is_confirmed for one in numbers.values())
    file = file_of(13)
    assert [one.is_told for one in casework.find_receivers(file.id, cast.david)] == [False, True, True]
    casework.set_record_rule(
        valid_from=foundation.today(), own_from_age=15, guardian_until_age=15, told_from_age=13, own_delay_days=0,
        guardian_delay_days=14, child_may_agree=True, source="Nämnden", by=cast.rune, at=now,
    )  # fmt: skip
    assert [one.is_told for one in casework.find_receivers(file.id, cast.david)] == [True, True, True]


def test_what_is_held_back_toward_a_second_record_of_a_person_is_so_when_they_become_one(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    noted(cast, file, now)
    given(cast, file, now)
    again = people.register_person(
        given_name="Elin", family_name="Ekdal", born=date(1991, 3, 14), sex="woman", identity_number=None,
        protection="none", by=cast.system, at=now,
    )  # fmt: skip
    casework.hold_record(
        case_id=file.id,
        ground="OSL 12:3",
        because="Nils bad om det.",
        toward_id=again.id,
        by=cast.david,
        at=now,
    )
    assert read(file, cast.elin) == ["Nils trivs."]
    with foundation.acting(cast.system):
        people.Person.objects.filter(id=again.id).update(merged_into_id=cast.elin.person_id)
    assert read(file, cast.elin) is None


def test_what_a_number_rests_on_is_told_in_the_readers_language():
    for one in record_numbers().values():
        with translation.override("sv"):
            assert "setting" not in one.source and "not read" not in one.source
