"""What a child asks is kept from a guardian: followed at once, online and in copies, opened by two; also straight in SQL."""
# ruff: noqa: F401, F811 - the fixtures of another file are used by name

from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from handslag.casework import models
from handslag.casework import public as casework
from handslag.casework.masking import AskedPassage, ask_rules
from handslag.casework.operations.child_wishes import keep_wishes_of
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.casework.conftest import KIND, events_of
from tests.casework.test_record_sight import file, file_of, given, noted, read, why_not
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
WEIGHED: dict[str, Any] = {"maturity": "Nio år, säger själv varför.", "because": "Kan komma till skada."}


def wished(cast: Cast, file: SimpleNamespace, now: datetime, **told: Any) -> casework.ChildWish:
    facts: dict[str, Any] = {
        "words": "Säg inget till mamma.",
        "toward_id": cast.elin.person_id,
        "by": cast.david,
        **told,
    }
    return casework.record_wish(case_id=file.id, at=now, **facts)


@foundation.operation
def _move(*, case_id: Any, by: foundation.Actor, at: datetime) -> None:
    keep_wishes_of(models.Case.objects.get(id=case_id))


def in_sql(actor: foundation.Actor, sql: str, *values: Any) -> int:
    with transaction.atomic(), foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.rowcount


def hidden(file: SimpleNamespace, to: Any, *passages: AskedPassage) -> list[str]:
    said = ask_rules(casework.MaskingQuestion(file.id, to), list(passages))
    return [one.ground if one else "" for one in said]


def test_the_whole_record_is_kept_from_one_guardian_at_once_and_opened_by_two(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    noted(cast, file, now)
    for one in (cast.elin, cast.farid):
        given(cast, file, now, one)
    wish = wished(cast, file, now)
    assert wish.age_years in (8, 9) and wish.state == casework.WishState.ASKED
    assert read(file, cast.elin) is None and why_not(cast, file)[cast.elin.person_id] == "held"
    assert read(file, cast.farid) == ["Nils trivs."], "from the other guardian nothing is kept"
    with pytest.raises(foundation.Refused):
        given(cast, file, now)
    for field in ("maturity", "because"):
        with pytest.raises(foundation.BadInput) as fault:
            casework.weigh_wish(
                wish_id=wish.id, follow=True, **{**WEIGHED, field: " "}, by=cast.david, at=now
            )
        assert fault.value.where == field
    casework.weigh_wish(wish_id=wish.id, follow=True, **WEIGHED, by=cast.david, at=now)
    assert read(file, cast.elin) is None
    casework.weigh_wish(wish_id=wish.id, follow=False, **WEIGHED, by=cast.david, at=now)
    assert read(file, cast.elin) is None, "a proposal opens nothing"
    with pytest.raises(casework.SecondWeigherNeeded):
        casework.review_wish(wish_id=wish.id, agree=True, words="Ja.", by=cast.david, at=now)
    kept = casework.review_wish(wish_id=wish.id, agree=False, words="Nej.", by=cast.sam, at=now)
    assert kept.state == casework.WishState.KEPT and read(file, cast.elin) is None
    casework.weigh_wish(wish_id=wish.id, follow=False, **WEIGHED, by=cast.david, at=now)
    casework.review_wish(wish_id=wish.id, agree=True, words="Nils vill det nu.", by=cast.eva, at=now)
    assert read(file, cast.elin) == ["Nils trivs."]
    with pytest.raises(casework.PartNotFound):
        casework.weigh_wish(wish_id=wish.id, follow=True, **WEIGHED, by=cast.david, at=now)
    told = [one for one in events_of(file.case) if "child_wish" in one]
    assert told == [
        "casework.child_wish_recorded", "casework.child_wish_weighed", "casework.child_wish_weighed",
        "casework.child_wish_reviewed", "casework.child_wish_weighed", "casework.child_wish_reviewed",
    ]  # fmt: skip


def test_a_note_or_some_of_its_words_are_kept_online_and_left_out_of_copies(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    secret = noted(cast, file, now, "Nils trivs i skolan.\nHan är rädd för mammas nya vän.")
    other = noted(cast, file, now)
    for one in (cast.elin, cast.farid):
        given(cast, file, now, one)
    wished(cast, file, now, note_id=secret.id, passage="Han är rädd för mammas nya vän.")
    assert read(file, cast.elin) == ["Nils trivs."] and len(read(file, cast.farid) or []) == 2
    assert casework.open_record(file.id, cast.elin).not_shown.by_ground == (), "that it is kept is not told"
    first, second = secret.body.splitlines()
    asked = (
        AskedPassage("note", secret.id, first), AskedPassage("note", secret.id, second),
        AskedPassage("communication", other.id, f"Barnet sade: {second.upper()} Så var det."),
    )  # fmt: skip
    elin, farid = cast.elin.person_id, cast.farid.person_id
    assert hidden(file, elin, *asked) == ["", "OSL 12:3", "OSL 12:3"]
    assert hidden(file, farid, *asked) == ["", "", ""] and hidden(file, file.child_id, *asked) == ["", "", ""]
    assert hidden(file, None, *asked) == ["", "OSL 12:3", "OSL 12:3"], "who need not say who they are"
    wished(cast, file, now, note_id=other.id, toward_id=None)
    assert read(file, cast.elin) == [] and len(read(file, cast.farid) or []) == 1
    assert hidden(file, farid, AskedPassage("note", other.id, "Nils trivs.")) == ["OSL 12:3"]
    wished(cast, file, now)
    whole = (AskedPassage("note", secret.id, first), AskedPassage("document", file.id, "plan"))
    assert hidden(file, elin, *whole, AskedPassage("decision", file.id, "Insats")) == [
        "OSL 12:3",
        "OSL 12:3",
        "",
    ]


def test_a_manager_alone_shows_what_a_child_wants_kept_in_a_copy(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    note = noted(cast, file, now)
    wished(cast, file, now, note_id=note.id)
    copy = casework.prepare_copy(
        case_id=file.id, receiver_kind="party", receiver_id=cast.elin.person_id, parts=[("note", note.id)],
        by=cast.david, at=now,
    )  # fmt: skip
    (passage,) = [one for one in casework.get_copy(copy.id, cast.david).passages.all() if "trivs" in one.text]
    assert (passage.masked, passage.ground, passage.rule) == (True, "OSL 12:3", "casework.child_wishes")
    shown = [casework.PassageChoice(passage.id, False, "", "Mamman måste veta.")]
    with pytest.raises(casework.PassageMustStayHidden):
        casework.mask_passages(copy_id=copy.id, choices=shown, version=copy.version, by=cast.david, at=now)
    casework.mask_passages(copy_id=copy.id, choices=shown, version=copy.version, by=cast.eva, at=now)


def test_words_that_do_not_stand_in_the_note_are_refused(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    note = noted(cast, file, now)
    draft = casework.draft_note(case_id=file.id, body="Utkast", by=cast.david, at=now)
    for wrong, where in (
        ({"words": "  "}, "words"),
        ({"toward_id": file.child_id}, "toward"),
        ({"passage": "Nils trivs."}, "note"),
        ({"note_id": note.id, "passage": "Nils gråter."}, "passage"),
    ):
        with pytest.raises(foundation.BadInput) as fault:
            wished(cast, file, now, **wrong)
        assert fault.value.where == where
    with pytest.raises(casework.PartNotFound):
        wished(cast, file, now, note_id=draft.id)


def test_a_child_of_nine_asks_on_the_own_page_and_the_worker_is_told(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    noted(cast, file, now)
    given(cast, file, now)
    for _ in range(2):  # sent twice is once
        casework.ask_to_keep(
            words="Mamma får inte läsa.", toward_id=cast.elin.person_id, by=file.child, at=now
        )
    assert read(file, cast.elin) is None
    (wish,) = casework.find_wishes(file.id, cast.sam)
    assert (wish.way, wish.recorded_by_id, wish.words) == ("page", None, "Mamma får inte läsa.")
    with foundation.acting(cast.david):
        assert len(foundation.notices_of(cast.david)) == 1
    with foundation.acting(file.child):
        assert not models.ChildWish.objects.exists(), "nobody can make the child show what it asked"
    assert {one.person_id for one in casework.guardians_to_keep_from(file.child)} == {
        cast.elin.person_id, cast.farid.person_id,
    }  # fmt: skip
    for wrong in (cast.greta, cast.david):
        with pytest.raises(casework.ReadingNotYours):
            casework.ask_to_keep(words="x", toward_id=None, by=wrong, at=now)
    with pytest.raises(foundation.BadInput):
        casework.ask_to_keep(words="x", toward_id=cast.greta.person_id, by=file.child, at=now)
    for number in range(9):
        casework.ask_to_keep(words=f"Nummer {number}", toward_id=None, by=file.child, at=now)
    with pytest.raises(foundation.Refused):
        casework.ask_to_keep(words="En till", toward_id=None, by=file.child, at=now)


def test_what_was_asked_before_there_was_a_file_holds_in_it(cast: Cast, now: datetime) -> None:
    born = date(foundation.today().year - 8, 1, 1)
    child = people.register_person(
        given_name="Ture", family_name="Ek", born=born, sex="man", identity_number=None, protection="none",
        by=cast.system, at=now,
    )  # fmt: skip
    with foundation.acting(cast.system):
        account = foundation.Account.objects.create(username="ture", name="Ture", person_id=child.id)
    ture = foundation.Actor(kind="resident", account_id=account.id, person_id=child.id, name="Ture")
    casework.ask_to_keep(words="Inte till någon.", toward_id=None, by=ture, at=now)
    case = casework.open_case(
        kind=KIND,
        person_id=child.id,
        unit_id=cast.children,
        worker_id=cast.david.account_id,
        by=cast.system,
        at=now,
    )
    (wish,) = casework.find_wishes(case.id, cast.david)
    assert (wish.words, wish.state) == ("Inte till någon.", "asked")
    with foundation.acting(cast.david):
        assert foundation.notices_of(cast.david)


def test_it_follows_a_child_whose_two_records_were_one(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    noted(cast, file, now)
    given(cast, file, now)
    wish = wished(cast, file, now)
    again = people.register_person(
        given_name="Nils", family_name="Ekdal", born=date(foundation.today().year - 9, 1, 1), sex="man",
        identity_number=None, protection="none", by=cast.system, at=now,
    )  # fmt: skip
    people.merge_persons(keep_id=again.id, duplicate_id=file.child_id, by=cast.system, at=now)
    (found,) = casework.find_wishes(file.id, cast.david)
    assert (found.id, found.person_id) == (wish.id, again.id)
    assert read(file, cast.elin) is None


def test_it_follows_to_another_file_when_the_one_where_it_was_weighed_is_erased(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    note = noted(cast, file, now)
    wish, of_note = wished(cast, file, now), wished(cast, file, now, note_id=note.id)
    other = casework.open_case(
        kind=KIND, person_id=file.child_id, unit_id=cast.children, worker_id=cast.david.account_id,
        by=cast.system, at=now,
    )  # fmt: skip

    _move(case_id=file.id, by=cast.system, at=now)
    with foundation.acting(cast.system):
        kept = models.ChildWish.objects.get(id=wish.id)
        assert (kept.case_id, kept.words) == (other.id, "Säg inget till mamma.")
        assert models.ChildWish.objects.get(id=of_note.id).case_id == file.id, "it goes with its note"
    with pytest.raises(DatabaseError):
        in_sql(cast.david, "UPDATE casework_childwish SET case_id = %s WHERE id = %s", file.id, wish.id)


@pytest.mark.parametrize(
    "who", ["asa", "carina", "rune", "ada", "board", "olle", "elin", "farid", "greta", "child"]
)
def test_who_works_in_the_file_alone_writes_weighs_and_reads(
    cast: Cast, file: SimpleNamespace, now: datetime, who: str
) -> None:
    actor = file.child if who == "child" else getattr(cast, who)
    wish = wished(cast, file, now)
    proposed = wished(cast, file, now, words="Två")
    casework.weigh_wish(wish_id=proposed.id, follow=False, **WEIGHED, by=cast.david, at=now)
    for act in (
        lambda: wished(cast, file, now, by=actor),
        lambda: casework.weigh_wish(wish_id=wish.id, follow=False, **WEIGHED, by=actor, at=now),
        lambda: casework.review_wish(wish_id=proposed.id, agree=True, words="Ja", by=actor, at=now),
        lambda: casework.find_wishes(file.id, actor),
    ):
        with pytest.raises(foundation.HandslagError):
            act()
    assert in_sql(actor, "SELECT id FROM casework_childwish") == 0
    assert in_sql(actor, "UPDATE casework_childwish SET state = 'opened'") == 0
    with pytest.raises(DatabaseError):
        in_sql(
            actor,
            "INSERT INTO casework_childwish (id, person_id, case_id, passage, words, way, asked_at, state, maturity, because,"
            " review_words) VALUES (gen_random_uuid(), %s, %s, '', 'x', 'page', now(), 'asked', '', '', '')",
            file.child_id, file.id,
        )  # fmt: skip


def test_in_sql_a_guardian_reads_no_kept_note_though_the_rules_had_cleared_it(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    note = noted(cast, file, now)
    given(cast, file, now)
    assert read(file, cast.elin) == ["Nils trivs."]
    assert in_sql(cast.elin, "SELECT id FROM casework_note") == 1
    wished(cast, file, now, note_id=note.id, toward_id=None)
    assert in_sql(cast.elin, "SELECT id FROM casework_note") == 0
    assert in_sql(cast.elin, "SELECT id FROM handslag_records()") == 1
    wished(cast, file, now, toward_id=None)
    assert in_sql(cast.elin, "SELECT id FROM handslag_records()") == 0
    with foundation.acting(cast.elin), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM foundation_event WHERE kind LIKE 'casework.child_wish%%'")
        assert cursor.fetchone() == (0,)


def test_in_sql_one_person_opens_nothing_and_what_the_child_said_stands(
    cast: Cast, file_of: Callable[..., SimpleNamespace], now: datetime
) -> None:
    file = file_of(9)
    other = file_of(7)
    wish = wished(cast, file, now)
    casework.weigh_wish(wish_id=wish.id, follow=False, **WEIGHED, by=cast.david, at=now)
    david = cast.david.account_id
    opening = "UPDATE casework_childwish SET state = 'opened', reviewed_by_id = %s, reviewed_at = now(), review_words = 'x'"
    for sql, values in (
        (opening, (david,)),
        (opening, (cast.sam.account_id,)),
        (opening + ", weighed_by_id = NULL", (david,)),
        ("UPDATE casework_childwish SET words = 'annat'", ()),
        ("UPDATE casework_childwish SET toward_id = NULL", ()),
        ("UPDATE casework_childwish SET case_id = %s", (other.id,)),
    ):
        with pytest.raises(DatabaseError):
            in_sql(cast.david, sql, *values)
    with pytest.raises(DatabaseError):
        in_sql(
            cast.david,
            "INSERT INTO casework_childwish (id, person_id, case_id, passage, words, way, asked_at, state, maturity, because,"
            " review_words) VALUES (gen_random_uuid(), %s, %s, '', 'x', 'talk', now(), 'asked', '', '', '')",
            other.child_id, file.id,
        )  # fmt: skip
    with pytest.raises((DatabaseError, IntegrityError)):
        in_sql(cast.david, "DELETE FROM casework_childwish")
    assert in_sql(cast.sam, opening, cast.sam.account_id) == 1


def test_the_password_alone_reads_no_wish(
    cast: Cast, file: SimpleNamespace, now: datetime, intruder: psycopg.Connection[Any]
) -> None:
    wished(cast, file, now)
    assert intruder.execute("SELECT count(*) FROM casework_childwish").fetchone() == (0,)


def test_a_refused_wish_leaves_nothing(cast: Cast, file: SimpleNamespace, now: datetime) -> None:
    noted(cast, file, now)
    before = events_of(file.case)
    with pytest.raises(foundation.BadInput):
        wished(cast, file, now, words="")
    with foundation.acting(cast.system):
        assert not models.ChildWish.objects.exists()
    assert events_of(file.case) == before


def opened(wish: casework.ChildWish) -> bool:
    with foundation.acting(foundation.system("test")):
        return models.ChildWish.objects.get(id=wish.id).state == "opened"


def test_nobody_proposes_in_the_name_of_who_weighed_before_and_opens_alone(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    wish = wished(cast, file, now)
    casework.weigh_wish(wish_id=wish.id, follow=True, **WEIGHED, by=cast.sam, at=now)
    with pytest.raises(DatabaseError):
        in_sql(cast.david, "UPDATE casework_childwish SET state = 'proposed'")
    assert not opened(wish)


def test_an_earlier_review_opens_nothing(cast: Cast, file: SimpleNamespace, now: datetime) -> None:
    wish = wished(cast, file, now)
    casework.weigh_wish(wish_id=wish.id, follow=False, **WEIGHED, by=cast.david, at=now)
    casework.review_wish(wish_id=wish.id, agree=False, words="Nej.", by=cast.sam, at=now)
    casework.weigh_wish(wish_id=wish.id, follow=False, **WEIGHED, by=cast.david, at=now)
    with pytest.raises(DatabaseError):
        in_sql(cast.david, "UPDATE casework_childwish SET state = 'opened'")
    assert not opened(wish)


@pytest.mark.parametrize("way", ["page", "talk"])
def test_staff_write_down_a_wish_in_their_own_name_and_never_the_childs_own_page(
    cast: Cast, file: SimpleNamespace, way: str
) -> None:
    sql = (
        "INSERT INTO casework_childwish (id, person_id, case_id, passage, words, way, asked_at, state, maturity, because,"
        " review_words) VALUES (gen_random_uuid(), %s, %s, '', 'x', %s, now(), 'asked', '', '', '')"
    )
    with pytest.raises(DatabaseError):
        in_sql(cast.david, sql, file.child_id, file.id, way)


def test_the_timeline_tells_no_other_event_of_a_person_than_its_own(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    """Whoever reads the person of another unit's file asks the function for the event that the page does not ask for."""
    people.grant_reading(
        person_id=file.child_id, unit_id=cast.support, because="party", by=cast.system, at=now
    )
    casework.ask_to_keep(words="Mamma får inte läsa.", toward_id=cast.elin.person_id, by=file.child, at=now)
    sql = "SELECT count(*) FROM handslag_family_timeline('{}', ARRAY[%s]::uuid[], '{events}', '{}', %s, '2100-01-01', '~', 9)"
    with foundation.acting(cast.bjorn), connection.cursor() as cursor:
        cursor.execute(sql, [file.child_id, ["casework.child_wish_asked"]])
        assert cursor.fetchone() == (0,)


def test_whoever_uses_the_childs_log_in_counts_no_wish_in_sql(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    noted(cast, file, now)
    with foundation.acting(file.child), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = sorted(name for (name,) in cursor.fetchall())

    def seen() -> dict[str, int]:
        found = {}
        for table in tables:
            with transaction.atomic(), foundation.acting(file.child), connection.cursor() as cursor:
                try:
                    with transaction.atomic():
                        cursor.execute(f'SELECT count(*) FROM "{table}"')
                        found[table] = int(cursor.fetchone()[0])
                except DatabaseError:
                    found[table] = -1  # no right to the table at all
        return found

    before = seen()
    for number in range(3):
        casework.ask_to_keep(words=f"Nummer {number}", toward_id=None, by=file.child, at=now)
    assert seen() == before, "no table of all tells the child's own session that something was asked"
    assert in_sql(file.child, "SELECT 1 FROM foundation_event WHERE kind LIKE 'casework.child_wish%%'") == 0
    with foundation.acting(cast.system):
        told = foundation.Event.objects.filter(kind="casework.child_wish_asked", person_id=file.child_id)
        assert told.count() == 3 and {one.actor_kind for one in told} == {"system"}
    # One in the child's own name, as they were written before.
    in_sql(
        file.child,
        "INSERT INTO foundation_event (kind, at, recorded_at, actor_kind, actor_name, account_id, person_id, data)"
        " VALUES ('casework.child_wish_asked', now(), now(), 'resident', '', %s, %s, '{}')",
        file.child.account_id, file.child_id,
    )  # fmt: skip
    with foundation.acting(cast.system):
        assert foundation.Event.objects.filter(kind="casework.child_wish_asked").count() == 4
    assert in_sql(file.child, "SELECT 1 FROM foundation_event WHERE kind LIKE 'casework.child_wish%%'") == 0
    with foundation.acting(file.child), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM handslag_family_timeline('{}', ARRAY[%s]::uuid[], '{events}', '{}', %s, '2100-01-01', '~', 9)",
            [file.child_id, ["casework.child_wish_asked"]],
        )
        assert cursor.fetchone() == (0,)
