"""Reporting concern for a child: every page, what is kept and erased, and who is told what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.citizen.concern import drafts, pace, steps
from handslag.portal.citizen.concern.models import ConcernDraft, ConcernPaper
from handslag.portal.citizen.concern.sealing import Seal
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
START = "/anmal-oro/"
SEEN = "Pojken hade blåmärken på båda armarna och ville inte gå hem."
ANSWERS: dict[str, dict[str, Any]] = {
    "fara": {"danger_now": "no"},
    "oro": {"what_seen": SEEN},
    "vad": {"concern_codes": ["violence"]},
    "nar": {"when_seen": "I dag klockan 14.30"},
    "barn/0": {"given_name": "Nils", "family_name": "Ekdal", "age_told": "8 år", "lives_with": "Hos mamma"},
    "barn": {},
    "var": {"where_now": "I skolan till 16.30"},
    "vem": {"kind": "anonymous"},
    "bilder": {},
}
TEACHER = {
    "name": "Tina Tall", "profession": "school", "employer": "Ekebyskolan", "under_duty": "yes",
    "phone": "0123-456 78", "wants_feedback": "on",
}  # fmt: skip


def answer(client: Client, **changed: dict[str, Any]) -> None:
    """Every page in order, each leading to the next."""
    told = ANSWERS | {slug.replace("_", "-"): given for slug, given in changed.items()}
    if "du" in changed:
        told = {slug: told[slug] for slug in (*list(ANSWERS)[:-1], "du", "bilder")}
    for slug, given in told.items():
        reply = client.post(f"{START}{slug}/", given)
        assert reply.status_code == 302, (slug, reply.content.decode())


def reports(cast: Cast) -> list[Any]:
    with foundation.acting(cast.system):
        return list(children.Report.objects.order_by("received_at"))


def text(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def test_anyone_reports_without_log_in_and_gets_a_number(cast: Cast, client_of: Log) -> None:
    client = client_of()
    assert "Är du orolig för ett barn?" in text(client.get(START))
    answer(client)
    summary = text(client.get(f"{START}se-over/"))
    for told in (SEEN, "Våld mot barnet", "Nils Ekdal, 8 år, Hos mamma", "I skolan till 16.30"):
        assert told in summary
    sent = client.post(f"{START}se-over/")
    assert (sent.status_code, sent["Location"]) == (302, f"{START}kvitto/")
    report = reports(cast)[0]
    receipt = text(client.get(f"{START}kvitto/"))
    assert report.number in receipt
    assert "Vad vi inte kan lova" in receipt
    with foundation.acting(cast.system):
        reporter = report.reporter
        assert (reporter.kind, reporter.name) == ("anonymous", "")
        assert report.children.get().given_name == "Nils"
        assert ConcernDraft.objects.count() == 0, "the draft is erased when it is sent"


def test_sent_twice_it_is_one_report(cast: Cast, client_of: Log) -> None:
    client = client_of()
    answer(client)
    cookie = client.cookies["sessionid"].value
    first = client.post(f"{START}se-over/")
    again = client.post(f"{START}se-over/")
    assert first["Location"] == again["Location"] == f"{START}kvitto/"
    other = client_of()
    other.cookies["sessionid"] = cookie
    assert other.post(f"{START}se-over/").status_code == 302
    assert len(reports(cast)) == 1


def test_danger_leads_to_the_telephone_at_once_and_one_may_go_on(cast: Cast, client_of: Log) -> None:
    client = client_of()
    reply = client.post(f"{START}fara/", {"danger_now": "yes"})
    assert reply["Location"] == f"{START}fara-nu/"
    page = text(client.get(f"{START}fara-nu/"))
    assert 'href="tel:112"' in page
    assert client.post(f"{START}fara-nu/", {"danger_text": "Pappan är full"})["Location"] == f"{START}oro/"
    answer(client, fara={"danger_now": "yes"})
    client.post(f"{START}se-over/")
    report = reports(cast)[0]
    assert (report.danger_now, report.danger_text) == (True, "Pappan är full")


def test_danger_that_was_taken_back_is_not_told(cast: Cast, client_of: Log) -> None:
    client = client_of()
    client.post(f"{START}fara/", {"danger_now": "yes"})
    client.post(f"{START}fara-nu/", {"danger_text": "Pappan är full"})
    answer(client)
    client.post(f"{START}se-over/")
    assert (reports(cast)[0].danger_now, reports(cast)[0].danger_text) == (False, "")


@pytest.mark.parametrize(
    ("slug", "wrong", "kept"),
    [
        ("fara", {"danger_now": "perhaps"}, "Är ett barn i fara"),
        ("oro", {"what_seen": " "}, "En mening räcker"),
        ("nar", {"when_seen": "x" * 201}, "x" * 201),
        ("barn/0", {"lives_with": "", "given_name": ""}, "Skriv något som hjälper oss"),
        ("barn/0", {"given_name": "Nils", "identity_number": "20180502-12"}, "20180502-12"),
        ("vem", {"kind": ""}, "Välj ett av sätten"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    cast: Cast, client_of: Log, slug: str, wrong: dict[str, str], kept: str
) -> None:
    client = client_of()
    client.post(f"{START}fara/", ANSWERS["fara"])
    reply = client.post(f"{START}{slug}/", wrong)
    assert reply.status_code == 400
    assert kept in text(reply)


def test_an_email_without_form_is_kept_as_typed(cast: Cast, client_of: Log) -> None:
    client = client_of()
    client.post(f"{START}vem/", {"kind": "private"})
    reply = client.post(f"{START}du/", {"name": "Greta", "email": "inte en adress"})
    assert reply.status_code == 400
    assert 'value="inte en adress"' in text(reply)


def test_several_children_are_added_changed_and_removed(cast: Cast, client_of: Log) -> None:
    client = client_of()
    answer(client)
    client.post(f"{START}barn/0/", {"age_told": "cirka 4 år", "lives_with": "Flicka i blå jacka vid torget"})
    client.post(f"{START}barn/0/", {"given_name": "Fel"})
    page = text(client.get(f"{START}barn/"))
    assert "Namnet är inte känt, cirka 4 år, Flicka i blå jacka vid torget" in page
    client.post(f"{START}barn/3/ta-bort/")
    assert "Fel" not in text(client.get(f"{START}barn/"))
    client.post(f"{START}barn/1/", {"given_name": "Nisse", "age_told": "8 år"})
    assert "Nisse, 8 år" in text(client.get(f"{START}barn/"))
    assert client.get(f"{START}barn/9/").status_code == 302
    client.post(f"{START}se-over/")
    with foundation.acting(cast.system):
        assert [one.given_name for one in reports(cast)[0].children.order_by("added_at")] == ["Nisse", ""]


def test_a_private_reporter_is_told_what_it_means(cast: Cast, client_of: Log) -> None:
    client = client_of()
    assert "föräldrarna parter" in text(client.get(f"{START}vem/"))
    answer(client, vem={"kind": "private"}, du={"name": "Greta Gren", "wants_protection": "on"})
    client.post(f"{START}se-over/")
    with foundation.acting(cast.system):
        reporter = reports(cast)[0].reporter
        assert (reporter.kind, reporter.name, reporter.wants_protection) == ("private", "Greta Gren", True)


def test_a_professional_says_who_and_gets_feedback(cast: Cast, client_of: Log) -> None:
    client = client_of()
    answer(client, vem={"kind": "professional"}, du=TEACHER)
    client.post(f"{START}se-over/")
    assert "senast sju dagar" in text(client.get(f"{START}kvitto/"))
    with foundation.acting(cast.system):
        reporter = reports(cast)[0].reporter
        assert (reporter.profession, reporter.employer, reporter.under_duty) == (
            "school",
            "Ekebyskolan",
            True,
        )
        assert reporter.wants_feedback


def test_the_work_of_who_is_logged_in_is_known(cast: Cast, client_of: Log) -> None:
    client = client_of(cast.tina)
    client.post(f"{START}vem/", {"kind": "professional"})
    page = text(client.get(f"{START}du/"))
    assert 'value="Tina Tall"' in page and 'value="Ekebyskolan"' in page
    assert '<option value="school" selected>' in page
    answer(client, vem={"kind": "professional"}, du=TEACHER)
    client.post(f"{START}se-over/")
    with foundation.acting(cast.system):
        assert reports(cast)[0].reporter.person_id == cast.tina.person_id


def test_who_wants_to_be_unknown_is_nobody_even_when_logged_in(cast: Cast, client_of: Log) -> None:
    client = client_of(cast.greta)
    answer(client)
    client.post(f"{START}se-over/")
    with foundation.acting(cast.system):
        report = reports(cast)[0]
        assert report.reporter.person_id is None
        told = foundation.Event.objects.filter(kind="child_protection.report_received").get()
        assert (told.actor_kind, told.account_id) == ("system", None)


def test_the_draft_is_sealed_and_seen_by_its_own_browser_alone(cast: Cast, client_of: Log) -> None:
    client = client_of()
    client.post(f"{START}fara/", ANSWERS["fara"])
    client.post(f"{START}oro/", ANSWERS["oro"])
    assert SEEN in text(client.get(f"{START}oro/"))
    assert SEEN not in text(client_of().get(f"{START}oro/"))
    with foundation.acting(cast.system):
        assert "bl\\u00e5m" not in str(bytes(ConcernDraft.objects.get().sealed))
        assert SEEN.encode() not in bytes(ConcernDraft.objects.get().sealed)
    with foundation.acting(cast.asa), connection.cursor() as cursor:
        # The requests above share this test's transaction; in the product it ends with each request.
        cursor.execute("SELECT set_config('handslag.concern_draft', '', true)")
        cursor.execute("SELECT count(*) FROM concern_draft")
        assert cursor.fetchone() == (0,), "staff see no draft, in SQL either"
        cursor.execute("DELETE FROM concern_draft")
        assert cursor.rowcount == 0


def test_a_draft_opens_for_its_own_key_alone() -> None:
    one, other = Seal.new(), Seal.new()
    sealed = one.close(b"hemligt")
    assert one.open(sealed) == b"hemligt"
    assert other.open(sealed) is None
    assert one.open(sealed[:-1]) is None
    assert Seal.read(str(one)) == one
    assert [Seal.read(value) for value in (None, "", "x", 7, "å")] == [None] * 5


def test_a_draft_is_erased_after_a_day(cast: Cast) -> None:
    seal, at = Seal.new(), foundation.now()
    visitor = foundation.VISITOR
    drafts.keep_step(
        seal=seal, step="oro", answers=ANSWERS["oro"], begun=False, by=visitor, at=at - timedelta(hours=25)
    )
    drafts.add_paper(seal=seal, name="bild.png", content=PNG, by=visitor, at=at)
    assert drafts.find_draft(seal, at) is None
    assert drafts.erase_old(by=foundation.system("concern"), at=at) == 1
    with foundation.acting(cast.system):
        assert (ConcernDraft.objects.count(), ConcernPaper.objects.count()) == (0, 0)


def test_leaving_erases_everything(cast: Cast, client_of: Log) -> None:
    client = client_of()
    answer(client)
    client.post(f"{START}bilder/", {"papers": _file("bild.png")})
    reply = client.post(f"{START}radera/?fast")
    assert (reply.status_code, reply["Clear-Site-Data"]) == (204, '"cache"')
    with foundation.acting(cast.system):
        assert (ConcernDraft.objects.count(), ConcernPaper.objects.count()) == (0, 0)
    assert SEEN not in text(client.get(f"{START}oro/"))
    assert client.get(f"{START}kvitto/").status_code == 302


def test_a_session_that_ended_keeps_what_was_just_sent(cast: Cast, client_of: Log) -> None:
    client = client_of()
    reply = client.post(f"{START}oro/", ANSWERS["oro"])
    assert reply["Location"] == f"{START}fara/?borta"
    assert "Det du nyss skickade finns kvar" in text(client.get(reply["Location"]))
    assert SEEN in text(client.get(f"{START}oro/"))
    other = client_of()
    other.post(f"{START}du/", TEACHER)
    other.post(f"{START}vem/", {"kind": "professional"})
    assert "Ekebyskolan" in text(other.get(f"{START}du/"))


def test_papers_are_checked_added_and_removed(cast: Cast, client_of: Log) -> None:
    client = client_of()
    answer(client)
    wrong = client.post(f"{START}bilder/", {"papers": _file("ont.exe", b"MZ\x00")})
    assert wrong.status_code == 400
    client.post(f"{START}bilder/", {"papers": _file("bild.png"), "stay": "1"})
    client.post(f"{START}bilder/", {"papers": _file("annan.png"), "stay": "1"})
    page = text(client.get(f"{START}bilder/"))
    assert "bild.png" in page and "annan.png" in page
    with foundation.acting(cast.system):
        last = ConcernPaper.objects.order_by("-added_at").first()
    client.post(f"{START}bilder/{last.id}/ta-bort/")
    assert "annan.png" not in text(client.get(f"{START}bilder/"))
    client.post(f"{START}se-over/")
    with foundation.acting(cast.system):
        assert [one.name for one in reports(cast)[0].attachments.all()] == ["bild.png"]


def test_a_flood_is_met_softly(cast: Cast, client_of: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_AN_HOUR", 1)
    client = client_of()
    answer(client)
    client.post(f"{START}se-over/")
    answer(client)
    reply = client.post(f"{START}se-over/")
    assert reply.status_code == 429
    assert "inget av den är borta" in text(reply)
    assert "tel:112" in text(reply)
    assert len(reports(cast)) == 1
    assert SEEN in text(client.get(f"{START}se-over/"))


def test_beginning_without_end_is_met_softly_and_a_report_that_is_begun_goes_on(
    cast: Cast, client_of: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST_BEGUN_AN_HOUR", 1)
    first, other = client_of(), client_of()
    answer(first)
    reply = other.post(f"{START}oro/", ANSWERS["oro"])
    assert reply.status_code == 429
    assert SEEN in text(reply) and "tel:112" in text(reply) and "Vänta en timme" in text(reply)
    assert first.post(f"{START}oro/", ANSWERS["oro"]).status_code == 302
    assert first.post(f"{START}se-over/")["Location"] == f"{START}kvitto/"
    with foundation.acting(cast.system):
        assert ConcernDraft.objects.count() == 0


def test_a_school_behind_one_address_is_not_locked_out(cast: Cast, client_of: Log) -> None:
    for _ in range(40):
        assert client_of().post(f"{START}fara/", ANSWERS["fara"]).status_code == 302


def test_more_drafts_than_there_is_room_for_are_not_begun(
    cast: Cast, client_of: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    first = client_of()
    first.post(f"{START}fara/", ANSWERS["fara"])
    assert client_of().post(f"{START}fara/", ANSWERS["fara"]).status_code == 429
    assert first.post(f"{START}oro/", ANSWERS["oro"]).status_code == 302


@pytest.mark.parametrize(
    ("module", "name", "says"),
    [
        (drafts, "MOST_MEGABYTES", "MB tillsammans"),
        (drafts, "MOST_GIGABYTES_IN_ALL", "inte plats för fler"),
        (pace, "MOST_MEGABYTES_AN_HOUR", "från din uppkoppling"),
    ],
)
def test_photos_have_limits_and_the_report_goes_without_them(
    cast: Cast, client_of: Log, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, says: str
) -> None:
    client = client_of()
    answer(client)
    monkeypatch.setattr(module, name, 0)
    reply = client.post(f"{START}bilder/", {"papers": _file("bild.png", PNG + bytes(4096))})
    assert reply.status_code == 400 and says in text(reply)
    with foundation.acting(cast.system):
        assert not ConcernPaper.objects.exists()
    assert client.post(f"{START}se-over/")["Location"] == f"{START}kvitto/"


def test_back_keeps_no_more_than_a_draft_has_room_for(cast: Cast, client_of: Log) -> None:
    client = client_of()
    client.post(f"{START}fara/", ANSWERS["fara"])
    reply = client.post(f"{START}oro/", {"what_seen": "x" * 700_000, "back": "1"})
    assert reply.status_code == 400
    with foundation.acting(cast.system):
        assert len(bytes(ConcernDraft.objects.get().sealed)) < 1000


def test_nothing_personal_stands_in_an_address_a_log_or_a_cache(
    cast: Cast, client_of: Log, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of()
    for slug, given in ANSWERS.items():
        reply = client.post(f"{START}{slug}/", given)
        assert reply["Cache-Control"] == "no-store, private"
        assert "Nils" not in reply["Location"]
    client.post(f"{START}se-over/")
    for word in ("Nils", "Ekdal", "blåmärken"):
        assert word not in caplog.text
    with foundation.acting(cast.system):
        for event in foundation.Event.objects.filter(kind__startswith="child_protection."):
            assert "Nils" not in str(event.data)


def test_an_unfinished_report_is_not_sent(cast: Cast, client_of: Log) -> None:
    client = client_of()
    client.post(f"{START}fara/", ANSWERS["fara"])
    client.post(f"{START}oro/", ANSWERS["oro"])
    page = text(client.get(f"{START}se-over/"))
    assert "Något är inte besvarat än" in page
    assert "Skicka anmälan" not in page
    client.post(f"{START}se-over/")
    assert reports(cast) == []


def test_back_keeps_what_was_typed_and_a_change_returns_to_the_summary(cast: Cast, client_of: Log) -> None:
    client = client_of()
    answer(client)
    reply = client.post(f"{START}nar/", {"when_seen": "Igår", "back": "1"})
    assert reply["Location"] == f"{START}vad/"
    assert "Igår" in text(client.get(f"{START}nar/"))
    assert 'name="to_summary"' in text(client.get(f"{START}nar/?fran=sammanfattning"))
    reply = client.post(f"{START}nar/", {"when_seen": "Igår", "to_summary": "1"})
    assert reply["Location"] == f"{START}se-over/"


def test_the_short_address_leads_here(client: Client) -> None:
    assert client.get("/oro/")["Location"] == START


@pytest.mark.parametrize("path", ["finns-inte/", "du/", "fara-nu/", "barn/7/"])
def test_odd_addresses_lead_back_to_the_questions(cast: Cast, client_of: Log, path: str) -> None:
    assert client_of().get(f"{START}{path}").status_code == 302


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


def _file(name: str, content: bytes = PNG) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def test_the_count_of_pages_never_grows_on_the_way() -> None:
    """Who reports is asked on the seventh page; the page about them is counted until somebody chooses not to tell."""
    totals = []
    answers: dict[str, dict[str, str]] = {}
    for slug, given in (
        ("fara", {"danger_now": "no"}), ("oro", {"what_seen": "Blåmärken"}), ("vem", {"kind": "private"}), ("du", {}),
    ):  # fmt: skip
        totals.append(len(steps.counted(answers)))
        answers[slug] = given
    assert totals == sorted(totals, reverse=True) and len(set(totals)) == 1
    assert len(steps.counted({**answers, "vem": {"kind": "anonymous"}})) == totals[0] - 1
