"""Where a child wants some words kept, the guardian reads the rest of the note when that has been weighed; fail-closed, no hints."""
# ruff: noqa: F401, F811 - the fixtures of another file are used by name

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.utils import DatabaseError

from handslag.casework import masking, models
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.casework.test_child_wishes import WEIGHED, in_sql, wished
from tests.casework.test_record_sight import _rules, file, file_of, given, noted, read
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
FIRST, SECRET, LAST = "Nils trivs i skolan.", "Han är rädd för mammas nya vän.", "Nästa möte är i maj."
BODY = f"{FIRST}\n\n{SECRET}\n\n{LAST}"
REST = f"{FIRST}\n\n{LAST}"


def weighed(cast: Cast, wish: casework.ChildWish, at: datetime, **facts: Any) -> casework.ChildWish:
    told: dict[str, Any] = {"follow": True, "rest_shown": True, **WEIGHED, "by": cast.david, **facts}
    return casework.weigh_wish(wish_id=wish.id, at=at, **told)


@pytest.fixture
def note(cast: Cast, file: SimpleNamespace, now: datetime) -> casework.Note:
    for one in (cast.elin, cast.farid):
        given(cast, file, now, one)
    return noted(cast, file, now, BODY)


@pytest.fixture
def wish(cast: Cast, file: SimpleNamespace, now: datetime, note: casework.Note) -> casework.ChildWish:
    """Nils wants the words kept from Elin; not weighed yet."""
    return wished(cast, file, now, note_id=note.id, passage=SECRET)


def bodies(actor: foundation.Actor) -> list[str]:
    """All that an actor reads of notes straight in SQL, whole or without some words."""
    found: list[str] = []
    with foundation.acting(actor), connection.cursor() as cursor:
        for sql in (
            "SELECT body FROM casework_note",
            "SELECT subject || body || corrections::text FROM casework_maskednote",
            "SELECT body FROM casework_noteaddition",
        ):
            cursor.execute(sql)
            found += [body for (body,) in cursor.fetchall()]
    return found


def test_the_guardian_reads_the_rest_when_it_is_weighed_and_never_before(
    cast: Cast, file: SimpleNamespace, now: datetime, note: casework.Note, wish: casework.ChildWish
) -> None:
    assert read(file, cast.elin) == [] and bodies(cast.elin) == [], (
        "until it is weighed the whole note is closed"
    )
    weighed(cast, wish, now, rest_shown=False)
    assert read(file, cast.elin) == [] and bodies(cast.elin) == [], "kept whole"
    weighed(cast, wish, now)
    assert bodies(cast.elin) == [], "nothing before it has been masked"
    assert read(file, cast.elin) == [REST]
    assert bodies(cast.elin) == [f"{REST}[]"] and read(file, cast.farid) == [BODY], (
        "the other guardian reads it all"
    )
    (shown,) = casework.open_record(file.id, cast.elin).notes
    assert (shown.id, shown.happened_on, shown.kind) == (note.id, note.happened_on, note.kind)
    assert casework.open_record(file.id, cast.elin).not_shown.by_ground == (), (
        "that words are kept is not told"
    )
    casework.weigh_wish(wish_id=wish.id, follow=False, **WEIGHED, by=cast.david, at=now)
    assert bodies(cast.elin) == [], "straight in SQL too, before anybody opens the page"
    assert read(file, cast.elin) == []
    casework.review_wish(wish_id=wish.id, agree=True, words="Ja", by=cast.sam, at=now)
    assert read(file, cast.elin) == [BODY] and bodies(cast.elin) == [BODY]


def test_what_is_left_tells_neither_how_much_nor_where(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    given(cast, file, now)
    long = "Han är rädd. " * 40
    texts = (
        f"{FIRST}\n{SECRET}\n{LAST}", f"{SECRET}\n{FIRST}\n{LAST}", f"{FIRST}\n{LAST}\n{SECRET}",
        f"{FIRST}\n{long}\n{SECRET}\n{LAST}", f"{FIRST}\n{LAST}",
    )  # fmt: skip
    for text in texts:
        note = noted(cast, file, now, text)
        for words in (SECRET, long.strip()):
            if words in text:
                weighed(cast, wished(cast, file, now, note_id=note.id, passage=words), now)
    assert set(read(file, cast.elin) or []) == {f"{FIRST}\n{LAST}"}, (
        "and one in which nothing is kept looks the same"
    )
    assert len(read(file, cast.elin) or []) == len(texts)


@pytest.mark.parametrize(
    "why", ["another", "whole", "held", "no_line", "nothing_left", "only_heading", "secret"]
)
def test_in_doubt_the_whole_note_is_closed(
    cast: Cast, file: SimpleNamespace, now: datetime, why: str
) -> None:
    given(cast, file, now)
    body = {"no_line": f"{FIRST} {SECRET} {LAST}", "nothing_left": SECRET, "only_heading": SECRET}.get(
        why, BODY
    )
    note = casework.write_note(
        case_id=file.id, body=body, subject="Besök" if why == "only_heading" else "", by=cast.david,
        at=now - timedelta(days=20),
    )  # fmt: skip
    weighed(cast, wished(cast, file, now, note_id=note.id, passage=SECRET), now)
    if why not in ("no_line", "nothing_left", "only_heading"):
        assert read(file, cast.elin) == [REST]
    if why == "another":  # a second wish about the note, which nobody has weighed
        wished(cast, file, now, note_id=note.id, passage=LAST)
    elif why == "whole":
        wished(cast, file, now, note_id=note.id)
    elif why == "held":
        casework.hold_record(
            case_id=file.id, note_id=note.id, ground="OSL 26:1", because="Väntar.", by=cast.david, at=now
        )
    elif why == "secret":
        wished(cast, file, now)
    if why in ("another", "whole", "held", "secret"):
        assert bodies(cast.elin) == [], "in SQL at once, before the rules are asked again"
    assert not read(file, cast.elin) and bodies(cast.elin) == []


def test_a_rule_that_hides_something_else_closes_it_and_one_that_fails_shows_nothing(
    cast: Cast, file: SimpleNamespace, now: datetime, wish: casework.ChildWish
) -> None:
    weighed(cast, wish, now)
    assert read(file, cast.elin) == [REST]
    reporter = casework.Hidden("OSL 26:5")
    casework.register_masking_rule(
        "test.reporter", lambda _question: lambda passage: reporter if "möte" in passage.text else None
    )
    assert read(file, cast.elin) == [] and bodies(cast.elin) == []
    casework.register_masking_rule("test.reporter", lambda _question: None)
    assert read(file, cast.elin) == [REST]

    def broken(_question: Any) -> Any:
        raise RuntimeError("away")

    casework.register_masking_rule("test.reporter", broken)
    assert casework.open_record(file.id, cast.elin).stopped and read(file, cast.elin) == []
    (note_id,) = {one.note_id for one in casework.find_wishes(file.id, cast.david)}
    assert note_id is not None
    with pytest.raises(casework.CaseNotFound):
        casework.get_note_online(note_id, cast.elin)


def test_the_wishes_rule_gone_leaves_it_closed(
    cast: Cast, file: SimpleNamespace, now: datetime, wish: casework.ChildWish
) -> None:
    """Without the rule nothing masks the words: then the note is no more readable than without the weighing."""
    weighed(cast, wish, now)
    assert read(file, cast.elin) == [REST]
    del masking._rules["casework.child_wishes"]
    assert not any(SECRET in one for one in [*(read(file, cast.elin) or []), *bodies(cast.elin)])


def test_words_broken_over_lines_and_written_otherwise_are_left_out_too(
    cast: Cast, file: SimpleNamespace, now: datetime
) -> None:
    given(cast, file, now)
    note = noted(
        cast, file, now, f"{FIRST}\n{SECRET}\n{SECRET.upper()}\nHan är rädd för\nmammas nya vän.\n{LAST}"
    )
    weighed(cast, wished(cast, file, now, note_id=note.id, passage=SECRET), now)
    assert read(file, cast.elin) == [f"{FIRST}\n{LAST}"]


def test_corrections_are_masked_and_wait_and_one_can_object(
    cast: Cast, file: SimpleNamespace, now: datetime, note: casework.Note, wish: casework.ChildWish
) -> None:
    for body, days in ((f"Rättat: maj.\n{SECRET}", 16), (SECRET, 16), ("Ny rättelse.", 2)):
        casework.correct_note(note_id=note.id, body=body, by=cast.david, at=now - timedelta(days=days))
    weighed(cast, wish, now)
    (shown,) = casework.open_record(file.id, cast.elin).notes
    assert [one.body for one in shown.additions.all()] == ["Rättat: maj."]
    assert not any("rädd" in one or "Ny" in one for one in bodies(cast.elin))
    with pytest.raises(foundation.HandslagError):
        casework.object_to_note(note_id=note.id, body="Fel.", by=cast.greta, at=now)
    casework.object_to_note(note_id=note.id, body="Det är fel.", by=cast.elin, at=now)
    again = casework.get_note_online(note.id, cast.elin)
    assert [one.body for one in again.additions.all()] == ["Rättat: maj.", "Det är fel."]
    with foundation.acting(cast.david):
        assert models.NoteAddition.objects.filter(note=note, kind="objection").count() == 1
    for stranger in (cast.farid, cast.greta, file.child):
        assert "Det är fel." not in bodies(stranger)


def test_it_waits_its_days_and_ends_with_the_sight(cast: Cast, file: SimpleNamespace, now: datetime) -> None:
    sight = given(cast, file, now)
    fresh = noted(cast, file, now, BODY, days_ago=3)
    weighed(cast, wished(cast, file, now, note_id=fresh.id, passage=SECRET), now)
    assert read(file, cast.elin) == [] and bodies(cast.elin) == []
    old = noted(cast, file, now, BODY)
    weighed(cast, wished(cast, file, now, note_id=old.id, passage=SECRET), now)
    assert read(file, cast.elin) == [REST]
    casework.end_sight(sight_id=sight.id, ground="mistake", because="x", by=cast.david, at=now)
    assert bodies(cast.elin) == []


def test_only_words_are_granted_so_and_only_by_who_works_in_the_file(
    cast: Cast, file: SimpleNamespace, now: datetime, note: casework.Note, wish: casework.ChildWish
) -> None:
    whole = wished(cast, file, now, note_id=note.id)
    for one, follow in ((whole, True), (wish, False)):
        with pytest.raises(foundation.BadInput):
            weighed(cast, one, now, follow=follow)
    for actor in (cast.asa, cast.carina, cast.elin, file.child, cast.greta):
        with pytest.raises(foundation.HandslagError):
            weighed(cast, wish, now, by=actor)
        assert in_sql(actor, "UPDATE casework_childwish SET rest_shown = true") == 0
    weighed(cast, wish, now, rest_shown=False, by=cast.sam)
    for sql in (
        "UPDATE casework_childwish SET rest_shown = true WHERE state = 'kept'",  # in the name of Sam
        f"UPDATE casework_childwish SET rest_shown = true WHERE id = '{whole.id}'",
    ):
        with pytest.raises(DatabaseError):
            in_sql(cast.david, sql)


def test_nobodys_own_hand_writes_the_rest_and_the_password_alone_reads_none(
    cast: Cast,
    file: SimpleNamespace,
    now: datetime,
    wish: casework.ChildWish,
    intruder: psycopg.Connection[Any],
) -> None:
    weighed(cast, wish, now)
    assert read(file, cast.elin) == [REST]
    for actor in (cast.david, cast.elin, cast.eva, cast.greta, file.child):
        assert in_sql(actor, "UPDATE casework_maskednote SET body = 'x'") == 0
    for stranger in (cast.asa, cast.farid, cast.greta, cast.carina, file.child, cast.board):
        assert in_sql(stranger, "SELECT id FROM casework_maskednote") == 0
    assert in_sql(cast.david, "SELECT id FROM casework_maskednote") == 1
    assert intruder.execute("SELECT count(*) FROM casework_maskednote").fetchone() == (0,)


def test_staff_see_what_would_be_read_before_they_decide(
    cast: Cast, file: SimpleNamespace, now: datetime, wish: casework.ChildWish
) -> None:
    (found,) = casework.find_wishes(file.id, cast.david, with_rest_of=wish.id)
    assert [one.body for one in found.rest] == [REST]  # type: ignore[attr-defined]
    assert read(file, cast.elin) == [], "to look opens nothing"
    with foundation.acting(cast.system):
        assert not models.MaskedNote.objects.exists()
