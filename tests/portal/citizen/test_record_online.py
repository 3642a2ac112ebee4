"""The record online: read, objected to, and opened to a guardian by a child who is old enough."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.browser import PHONE, fits, picture, whole
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture(autouse=True)
def _kind() -> None:
    casework.register_case_kind("test_support", "TS", "Test support")


@pytest.fixture
def now() -> datetime:
    return foundation.now()


@pytest.fixture
def case(cast: Cast, now: datetime) -> casework.Case:
    made = casework.open_case(
        kind="test_support", person_id=cast.elin.person_id, unit_id=cast.support, by=cast.asa, at=now
    )
    casework.write_note(case_id=made.id, subject="Besök", body="Elin kom i tid.", by=cast.asa, at=now)
    return made


@pytest.fixture
def teenager(cast: Cast, now: datetime) -> SimpleNamespace:
    """Nova, 16, with an account; Elin is her guardian and has been given sight of the record."""
    by, today = cast.system, foundation.today()
    born = date(today.year - 16, today.month, 1) - timedelta(days=31)
    nova = people.register_person(
        given_name="Nova",
        family_name="Ekdal",
        born=born,
        sex="woman",
        identity_number=None,
        protection="none",
        by=by,
        at=now,
    )
    people.relate(
        person_id=cast.elin.person_id, other_id=nova.id, kind="guardian", valid_from=today, by=by, at=now
    )
    old = now - timedelta(days=30)
    case = casework.open_case(
        kind="test_support", person_id=nova.id, unit_id=cast.children, by=by, at=old,
        parties=[(nova.id, "child"), (cast.elin.person_id, "guardian")],
    )  # fmt: skip
    casework.give_sight(
        case_id=case.id, person_id=cast.elin.person_id, ground="custody", because="Vägt.", by=cast.david, at=now
    )  # fmt: skip
    note = casework.write_note(case_id=case.id, body="Nova trivs i skolan.", by=cast.david, at=old)
    with foundation.acting(by):
        account = foundation.Account.objects.create(username="nova", name="Nova", person_id=nova.id)
    actor = foundation.Actor(kind="resident", account_id=account.id, person_id=nova.id, name="Nova")
    return SimpleNamespace(actor=actor, case=case, note=note)


def test_the_person_reads_and_objects(cast: Cast, case: casework.Case, client_of: Any) -> None:
    elin = client_of(cast.elin)
    first = elin.get("/journal/").content.decode()
    assert (
        f'Om dig, ärende <span class="nowrap">{case.number}</span>' in first
        and "De här har läst om dig" in first
    )
    assert "/journal/" in elin.get("/min-akt/").content.decode()
    page = elin.get(f"/journal/{case.id}/").content.decode()
    assert "Elin kom i tid." in page
    (note,) = casework.open_record(case.id, cast.elin).notes
    url = f"/journal/{case.id}/invand/{note.id}/"
    assert elin.post(url, {"body": "  "}).status_code == 400
    assert elin.post(url, {"body": "Jag kom tidigt."}).status_code == 302
    page = elin.get(f"/journal/{case.id}/").content.decode()
    assert "Din invändning" in page and "Jag kom tidigt." in page


def test_the_reading_is_entered_in_the_log(cast: Cast, case: casework.Case, client_of: Any) -> None:
    client_of(cast.elin).get(f"/journal/{case.id}/")
    with foundation.acting(cast.elin):
        pages = foundation.AccessEntry.objects.filter(reader_person_id=cast.elin.person_id).values_list(
            "page", flat=True
        )
        assert "citizen.journal" in set(pages)


@pytest.mark.parametrize("who", ["farid", "greta", "hugo"])
def test_others_find_nothing(cast: Cast, case: casework.Case, client_of: Any, who: str) -> None:
    casework.open_record(case.id, cast.elin)
    (note,) = casework.open_record(case.id, cast.elin).notes
    client = client_of(getattr(cast, who))
    assert case.number not in client.get("/journal/").content.decode()
    assert client.get(f"/journal/{case.id}/").status_code == 404
    assert client.get(f"/journal/{case.id}/invand/{note.id}/").status_code == 404
    assert client.post(f"/journal/{case.id}/invand/{note.id}/", {"body": "x"}).status_code == 404


@pytest.mark.parametrize("who", ["asa", "david", "carina"])
def test_staff_have_the_desk_instead(cast: Cast, case: casework.Case, client_of: Any, who: str) -> None:
    assert client_of(getattr(cast, who)).get(f"/journal/{case.id}/").status_code == 403


def test_a_teenager_decides_whether_the_guardian_reads(
    cast: Cast, teenager: SimpleNamespace, client_of: Any
) -> None:
    nova, elin = client_of(teenager.actor), client_of(cast.elin)
    url = f"/journal/{teenager.case.id}/"
    assert "Nova trivs i skolan." in nova.get(url).content.decode()
    assert elin.get(url).status_code == 404
    assert "Låt Elin Ekdal läsa" in nova.get("/journal/vem-far-lasa/").content.decode()
    guardian = str(cast.elin.person_id)
    assert nova.post("/journal/vem-far-lasa/", {"guardian": guardian, "reads": "yes"}).status_code == 302
    page = elin.get(url).content.decode()
    assert "Om Nova" in page and "Nova trivs i skolan." in page
    assert "Om Nova" in elin.get("/journal/").content.decode()
    assert nova.post("/journal/vem-far-lasa/", {"guardian": guardian, "reads": "no"}).status_code == 302
    assert elin.get(url).status_code == 404
    assert nova.post("/journal/vem-far-lasa/", {"guardian": "x"}).status_code == 302
    assert (
        nova.post(
            "/journal/vem-far-lasa/", {"guardian": str(cast.farid.person_id), "reads": "yes"}
        ).status_code
        == 403
    )
    assert elin.get("/journal/vem-far-lasa/").status_code == 200


def test_a_guardian_toward_whom_something_is_secret_reads_nothing(
    cast: Cast, teenager: SimpleNamespace, client_of: Any, now: datetime
) -> None:
    url = f"/journal/{teenager.case.id}/"
    guardian = cast.elin.person_id
    casework.agree_to_reading(guardian_id=guardian, by=teenager.actor, at=now)
    assert client_of(cast.elin).get(url).status_code == 200
    coordination.keep_secret(
        person_id=teenager.actor.person_id,
        toward_id=guardian,
        ground="osl_26_1",
        because="hot",
        by=cast.system,
        at=now,
    )
    assert client_of(cast.elin).get(url).status_code == 404
    assert client_of(teenager.actor).get(url).status_code == 200


def test_a_failing_rule_is_told_and_nothing_is_shown(
    cast: Cast, case: casework.Case, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handslag.casework import masking

    def broken(question: casework.MaskingQuestion) -> casework.AskPassage:
        raise RuntimeError("away")

    monkeypatch.setitem(masking._rules, "test.broken", broken)
    page = client_of(cast.elin).get(f"/journal/{case.id}/").content.decode()
    assert "kan inte visas just nu" in page and "Elin kom i tid." not in page


@pytest.fixture
def small(cast: Cast, now: datetime) -> SimpleNamespace:
    """Nils, 9, with an account and no file; Elin is his guardian."""
    by, today = cast.system, foundation.today()
    nils = people.register_person(
        given_name="Nils", family_name="Ekdal", born=date(today.year - 9, 1, 1), sex="man", identity_number=None,
        protection="none", by=by, at=now,
    )  # fmt: skip
    people.relate(
        person_id=cast.elin.person_id, other_id=nils.id, kind="guardian", valid_from=today, by=by, at=now
    )
    with foundation.acting(by):
        account = foundation.Account.objects.create(username="nils", name="Nils", person_id=nils.id)
    actor = foundation.Actor(kind="resident", account_id=account.id, person_id=nils.id, name="Nils")
    return SimpleNamespace(actor=actor, person_id=nils.id)


def test_a_child_of_nine_asks_that_something_is_kept_and_the_page_tells_nobody_later(
    cast: Cast, small: SimpleNamespace, client_of: Any, now: datetime
) -> None:
    nils, url = client_of(small.actor), "/journal/hall-fran-vardnadshavare/"
    assert url in nils.get("/journal/").text
    page = nils.get(url).text
    assert "Elin Ekdal" in page and "116 111" in page
    empty = nils.post(url, {"toward": str(cast.elin.person_id), "words": " "})
    assert empty.status_code == 400 and "checked" in empty.text and "Skriv några ord" in empty.text
    assert nils.post(url, {"toward": str(cast.greta.person_id), "words": "x"}).status_code == 400
    sent = nils.post(url, {"toward": str(cast.elin.person_id), "words": "Inte till mamma."}, follow=True).text
    assert "Tack för att du berättade" in sent
    for later in (nils.get("/journal/").text, nils.get(url).text, nils.get("/min-akt/").text):
        assert "Inte till mamma." not in later
    case = casework.open_case(
        kind="test_support", person_id=small.person_id, unit_id=cast.children, by=cast.system, at=now,
        parties=[(small.person_id, "child"), (cast.elin.person_id, "guardian")],
    )  # fmt: skip
    (wish,) = casework.find_wishes(case.id, cast.david)
    assert (wish.words, wish.toward_id) == ("Inte till mamma.", cast.elin.person_id)
    with pytest.raises(foundation.Refused):
        casework.give_sight(
            case_id=case.id, person_id=cast.elin.person_id, ground="custody", because="x", by=cast.david, at=now
        )  # fmt: skip


@pytest.mark.parametrize("who", ["elin", "hugo"])
def test_who_is_of_age_has_no_page_to_ask(cast: Cast, client_of: Any, who: str) -> None:
    client, url = client_of(getattr(cast, who)), "/journal/hall-fran-vardnadshavare/"
    assert url not in client.get("/journal/").text
    assert client.post(url, {"toward": "", "words": "x"}).status_code == 302
    with foundation.acting(cast.system):
        assert not casework.ChildWish.objects.exists()
    assert client_of(cast.david).get(url).status_code == 403


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_are_for_everybody(
    cast: Cast, case: casework.Case, teenager: SimpleNamespace, open_page: Any, axe: Any, language: str
) -> None:
    casework.open_record(case.id, cast.elin)
    (note,) = casework.open_record(case.id, cast.elin).notes
    for actor, path, name in (
        (cast.elin, "/journal/", "list"), (cast.elin, f"/journal/{case.id}/", "record"),
        (cast.elin, f"/journal/{case.id}/invand/{note.id}/", "object"),
        (teenager.actor, "/journal/vem-far-lasa/", "guardians"),
        (teenager.actor, "/journal/hall-fran-vardnadshavare/", "keep"),
    ):  # fmt: skip
        page = open_page(path, as_=actor, language=language, size=PHONE)
        axe(page)
        picture(page, f"citizen-journal-{name}-{language}-360")
        fits(page)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_case_number_a_month_and_an_amount_stay_on_their_line(
    cast: Cast, case: casework.Case, open_page: Any, language: str, now: datetime
) -> None:
    """Each is tried at every place of a line, in what was written and in what the product says."""
    told = f"<b>ärende</b> {case.number} i 3 november 2026 om 12 345,50 kr"
    body = "\n\n".join(f"{'a' * length} {told}" for length in range(1, 30))
    note = casework.write_note(
        case_id=case.id, subject=f"Samtal om {told}", body=body, by=cast.asa, at=now - timedelta(days=1)
    )
    casework.open_record(case.id, cast.elin)
    casework.object_to_note(note_id=note.id, body=body, by=cast.elin, at=now)
    for path in ("/journal/", f"/journal/{case.id}/", f"/journal/{case.id}/invand/{note.id}/"):
        page = open_page(path, as_=cast.elin, language=language, size=PHONE)
        assert page.locator(".nowrap", has_text=case.number).count() or "invand" in path
        whole(page)
        fits(page)
    assert "<b>ärende</b>" in page.locator("main").inner_text(), "what was written is text and never markup"
