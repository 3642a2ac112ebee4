"""A draft that is erased or sent in one window while somebody writes on in another: nothing comes back by itself."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.citizen.concern import drafts
from handslag.portal.citizen.concern.models import ConcernDraft
from handslag.portal.citizen.concern.sealing import Seal
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
START = "/anmal-oro/"
SEEN = "Grannens flicka gråter varje kväll."


def text(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def fields(reply: Any) -> dict[str, str]:
    """The hidden fields of the page, as the other window holds them."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', reply.content.decode()))


def left(cast: Cast) -> int:
    with foundation.acting(cast.system):
        return int(ConcernDraft.objects.count())


@pytest.fixture
def writing(client_of: Log) -> Client:
    """Somebody who has answered the first question."""
    client: Client = client_of()
    client.post(f"{START}fara/", {"danger_now": "no"})
    return client


def test_erased_in_one_window_it_is_asked_about_in_the_other(cast: Cast, writing: Client) -> None:
    other = fields(writing.get(f"{START}oro/"))
    assert other["draft"]
    writing.post(f"{START}radera/")
    met = writing.post(f"{START}oro/", {**other, "what_seen": SEEN})
    assert met.status_code == 409
    assert SEEN in text(met)
    assert "Anmälan finns inte längre" in text(met)
    assert met["Cache-Control"] == "no-store, private"
    assert left(cast) == 0, "nothing is kept before the writer has answered"


def test_what_was_typed_can_be_kept_as_a_new_report(cast: Cast, writing: Client) -> None:
    other = fields(writing.get(f"{START}oro/"))
    writing.post(f"{START}radera/")
    met = writing.post(f"{START}oro/", {**other, "what_seen": SEEN})
    kept = writing.post(f"{START}oro/", {**fields(met), "what_seen": SEEN})
    assert kept["Location"] == f"{START}fara/?raderad"
    assert "början på en ny anmälan" in text(writing.get(kept["Location"]))
    assert left(cast) == 1
    writing.post(f"{START}fara/", {**fields(writing.get(f"{START}fara/")), "danger_now": "no"})
    assert SEEN in text(writing.get(f"{START}oro/"))


def test_let_go_nothing_is_kept(cast: Cast, writing: Client) -> None:
    other = fields(writing.get(f"{START}oro/"))
    writing.post(f"{START}radera/")
    met = writing.post(f"{START}oro/", {**other, "what_seen": SEEN})
    assert f'href="{START}"' in met.content.decode()
    assert SEEN not in text(writing.get(START)) and left(cast) == 0


def test_a_child_that_was_being_written_is_kept_too(cast: Cast, writing: Client) -> None:
    other = fields(writing.get(f"{START}barn/0/"))
    writing.post(f"{START}radera/")
    met = writing.post(f"{START}barn/0/", {**other, "given_name": "Nora", "age_told": "7 år"})
    assert met.status_code == 409 and "Nora" in text(met) and "7 år" in text(met)
    writing.post(f"{START}barn/0/", {**fields(met), "given_name": "Nora", "age_told": "7 år"})
    writing.post(f"{START}fara/", {"danger_now": "no"})
    assert "Nora" in text(writing.get(f"{START}barn/"))


def test_a_choice_is_told_in_its_own_words(writing: Client) -> None:
    other = fields(writing.get(f"{START}vem/"))
    writing.post(f"{START}radera/")
    met = text(writing.post(f"{START}vem/", {**other, "kind": "anonymous"}))
    assert "Jag vill inte säga vem jag är" in met


def test_sent_in_one_window_the_other_says_so(cast: Cast, client_of: Log) -> None:
    from tests.portal.citizen.test_concern import answer

    client = client_of()
    answer(client)
    other = fields(client.get(f"{START}oro/"))
    client.post(f"{START}se-over/")
    met = client.post(f"{START}oro/", {**other, "what_seen": SEEN})
    assert met.status_code == 409
    assert "Du skickade anmälan i ett annat fönster" in text(met)
    assert f'href="{START}kvitto/"' in met.content.decode()
    with foundation.acting(cast.system):
        assert children.Report.objects.count() == 1


def test_a_new_report_begun_meanwhile_is_not_mixed_with_the_old(cast: Cast, writing: Client) -> None:
    other = fields(writing.get(f"{START}oro/"))
    writing.post(f"{START}radera/")
    writing.post(f"{START}fara/", {"danger_now": "unsure"})
    met = writing.post(f"{START}oro/", {**other, "what_seen": SEEN})
    assert met.status_code == 409 and "En ny anmälan har påbörjats där" in text(met)
    assert SEEN not in text(writing.get(f"{START}oro/"))
    assert writing.post(f"{START}oro/", {**fields(met), "what_seen": SEEN})["Location"] == f"{START}vad/"
    assert SEEN in text(writing.get(f"{START}oro/"))


def test_an_erased_draft_never_comes_back_by_a_late_save(cast: Cast) -> None:
    """Two requests at once: the one that saves loses against the one that erased."""
    seal, at, visitor = Seal.new(), foundation.now(), foundation.VISITOR
    drafts.keep_step(seal=seal, step="oro", answers={"what_seen": SEEN}, begun=False, by=visitor, at=at)
    drafts.erase(seal=seal, by=visitor, at=at)
    with pytest.raises(drafts.DraftErased):
        drafts.keep_step(seal=seal, step="var", answers={"where_now": "Hemma"}, begun=True, by=visitor, at=at)
    with pytest.raises(drafts.DraftErased):
        drafts.add_paper(seal=seal, name="a.pdf", content=b"%PDF-1.7\n", by=visitor, at=at)
    assert left(cast) == 0


def test_the_page_opens_nothing_and_tells_no_row(writing: Client) -> None:
    page = writing.get(f"{START}oro/").content.decode()
    seal = Seal.read(writing.session["concern"])
    assert seal is not None
    assert str(seal) not in page and str(seal.id) not in page
