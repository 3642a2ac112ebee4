"""The print queue: what is told by post waits there, is posted once, and is stopped for who is kept out."""

import io
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from pypdf import PdfReader

from handslag.casework import masking, models
from handslag.casework import public as casework
from handslag.casework.letters import hearing
from handslag.casework.operations import communication
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.casework.conftest import events_of
from tests.casework.test_guardians import VIOLENCE, decided, file, file_of, to, told  # noqa: F401 - fixtures
from tests.casework.test_guardians import _may_decide as may_decide
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def text_of_pdf(content: bytes) -> str:
    pages = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(pages.replace("\u00a0", " ").split())


def waiting(actor: foundation.Actor) -> list[Any]:
    return [(one.person_id, one.reason_code) for one in casework.find_print_queue(actor)]


def test_a_decision_told_by_post_waits_to_be_printed_and_is_posted_once(
    cast: Cast, file: SimpleNamespace, now: datetime  # noqa: F811
) -> None:
    may_decide(cast)
    made = decided(cast, file, now)
    casework.tell_decision(
        decision_id=made.id, tellings=[*to(cast.elin), *to(cast.farid, way="post")], by=cast.david, at=now
    )
    (item,) = casework.find_print_queue(cast.sam)
    (notice,) = casework.find_notices_to(cast.farid)
    assert (item.person_id, item.reason_code, item.document_id, item.decision_id) == (
        cast.farid.person_id, "by_post", notice.letter_id, made.id,
    )  # fmt: skip
    first = casework.mark_printed(item_id=item.id, by=cast.sam, at=now)
    again = casework.mark_printed(item_id=item.id, by=cast.david, at=now)
    assert (again.printed_by_id, again.printed_at) == (cast.sam.account_id, first.printed_at)
    assert waiting(cast.david) == []
    kinds = events_of(file.case)
    assert kinds.count("casework.letter_queued_for_print") == kinds.count("casework.letter_printed") == 1


def test_what_is_told_before_a_decision_goes_by_post_as_the_rules_let_it(
    cast: Cast, file: SimpleNamespace, now: datetime, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    hidden = casework.Hidden("OSL 26:5")
    monkeypatch.setitem(
        masking._rules, "test.reporter", lambda question: lambda one: hidden if "Tallgren" in one.text else None
    )
    sent = told(cast, file, now, cast.elin, material="Nils behöver lugn.\nTallgren ringde.", by_post=True)
    assert waiting(cast.david) == [(cast.elin.person_id, "by_post")]
    (item,) = casework.find_print_queue(cast.david)
    paper, content = casework.read_document(item.document_id, cast.david)
    assert paper.person_id == cast.elin.person_id
    text = text_of_pdf(content)
    assert "Nils behöver lugn." in text and "Tallgren" not in text and "Du kan svara till och med" in text
    assert sent.partial and "utelämnat" in text
    told(cast, file, now, cast.farid)
    assert len(waiting(cast.david)) == 1, "told on the own page goes by no post"


def test_no_address_stands_where_anybody_is_protected(
    cast: Cast, file: SimpleNamespace, now: datetime, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    people.set_address(
        person_id=cast.elin.person_id, kind="registered", street="Storgatan 1", postal_code="123 45", city="Ekeby",
        valid_from=foundation.today(), by=cast.system, at=now,
    )  # fmt: skip
    made: list[hearing.HearingLetter] = []
    monkeypatch.setattr(communication, "make_hearing_pdf", lambda one: made.append(one) or hearing.make_hearing_pdf(one))
    told(cast, file, now, cast.elin, by_post=True)
    assert made[0].address_lines == ("Storgatan 1", "123 45 Ekeby")
    with foundation.acting(cast.system):
        people.Person.objects.filter(id=file.child_id).update(protection="secrecy_mark")
    told(cast, file, now, cast.elin, material="Det går bra i skolan.", by_post=True)
    assert made[1].is_hidden and made[1].address_lines == ()


def test_a_letter_to_who_is_kept_out_is_stopped(cast: Cast, file: SimpleNamespace, now: datetime) -> None:  # noqa: F811
    told(cast, file, now, cast.farid, by_post=True)
    (item,) = casework.find_print_queue(cast.david)
    casework.keep_out(case_id=file.id, person_id=cast.farid.person_id, **VIOLENCE, by=cast.david, at=now)
    assert waiting(cast.david) == []
    with pytest.raises(foundation.Refused):
        casework.mark_printed(item_id=item.id, by=cast.david, at=now)
    assert "casework.letter_stopped" in events_of(file.case)


@pytest.mark.parametrize("who", ["asa", "rune", "ada", "board", "elin", "farid", "greta"])
def test_others_find_no_letter_also_in_sql(
    cast: Cast, file: SimpleNamespace, now: datetime, who: str  # noqa: F811
) -> None:
    told(cast, file, now, cast.elin, by_post=True)
    (item,) = casework.find_print_queue(cast.david)
    actor = getattr(cast, who)
    assert waiting(actor) == []
    with pytest.raises(foundation.HandslagError):
        casework.mark_printed(item_id=item.id, by=actor, at=now)
    with pytest.raises(foundation.HandslagError):
        casework.queue_for_print(document_id=item.document_id, person_id=cast.greta.person_id, by=actor, at=now)
    with foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_printqueueitem")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE casework_printqueueitem SET state = 'printed', printed_at = now()")
        assert cursor.rowcount == 0
    with pytest.raises(DatabaseError), foundation.acting(cast.david), transaction.atomic():
        models.PrintQueueItem.objects.filter(id=item.id).update(person_id=cast.greta.person_id)


def test_somebody_elses_paper_is_never_posted(
    cast: Cast, file: SimpleNamespace, now: datetime  # noqa: F811
) -> None:
    told(cast, file, now, cast.elin, by_post=True)
    (item,) = casework.find_print_queue(cast.david)
    with pytest.raises(casework.PartNotFound):
        casework.queue_for_print(document_id=item.document_id, person_id=cast.farid.person_id, by=cast.david, at=now)
    same = casework.queue_for_print(document_id=item.document_id, person_id=item.person_id, by=cast.david, at=now)
    assert same.id == item.id


def test_the_app_role_without_an_actor_sees_nothing(cast: Cast, intruder: psycopg.Connection[Any]) -> None:
    assert intruder.execute("SELECT count(*) FROM casework_printqueueitem").fetchone() == (0,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute("DELETE FROM casework_printqueueitem")


def test_a_letter_in_english_holds_the_swedish_and_its_translation(
    cast: Cast, file: SimpleNamespace, now: datetime  # noqa: F811
) -> None:
    with foundation.acting(cast.system):
        people.Person.objects.filter(id=cast.elin.person_id).update(language="en")
    told(cast, file, now, cast.elin, by_post=True)
    (item,) = casework.find_print_queue(cast.david)
    text = text_of_pdf(casework.read_document(item.document_id, cast.david)[1])
    assert "Innan vi beslutar" in text and "Before we decide" in text
