"""What is done in the lead face: signing reads, retrying jobs, turning automation, entering and confirming rules."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry, Actor, Event, LogReview
from handslag.income_support import public as income_support
from handslag.people import public as people
from handslag.portal.lead import operations
from handslag.portal.lead.queries.reads import is_drawn, to_review
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast
from tests.income_support.deciding import entered_rules, local_rules

pytestmark = pytest.mark.django_db(databases=["default"])
ClientOf = Callable[..., Client]


def read(actor: Actor, *, why: str = "", **about: Any) -> AccessEntry:
    with foundation.acting(actor):
        foundation.log_read(actor, page="desk.case", why=why, **about)
        return AccessEntry.objects.filter(account_id=actor.account_id).latest("id")


def a_case(cast: Cast) -> casework.Case:
    return casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support,
        parties=[(cast.elin.person_id, "applicant")], by=cast.system, at=foundation.now(),
    )


def a_failed_job(task: str = "income_support.assess") -> int:
    with foundation.acting(foundation.system("test")), connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts) "
            "VALUES ('default', %s, '{\"application_id\": \"7\"}', 'failed', 5) RETURNING id", [task],
        )
        return int(cursor.fetchone()[0])


def flagged(actor: Actor) -> dict[int, str]:
    with foundation.acting(actor):
        return {row.entry.id: row.why for row in to_review(actor)}


def test_the_queue_holds_what_stands_out(cast: Cast) -> None:
    case = a_case(cast)
    glass, protected = read(cast.asa, why="glass", person_id=cast.elin.person_id), read(cast.asa, why="protected", person_id=cast.hugo.person_id)
    outside = read(cast.asa, case_id=foundation.new_id())
    everyday, own, elsewhere = read(cast.asa, case_id=case.id), read(cast.carina, why="glass"), read(cast.david, why="glass")
    found = flagged(cast.carina)
    assert found[glass.id] == "glass"
    assert found[protected.id] == "protected"
    assert found[outside.id] == "outside"
    assert own.id not in found
    assert elsewhere.id not in found
    assert (everyday.id in found) == is_drawn(everyday.id)


def test_the_random_share_is_about_five_percent() -> None:
    drawn = sum(is_drawn(number) for number in range(20_000))
    assert 850 < drawn < 1150


def test_a_manager_signs_once_with_words_where_needed(client_of: ClientOf, cast: Cast) -> None:
    entry = read(cast.asa, why="glass", person_id=cast.elin.person_id)
    client = client_of(cast.carina)
    page = client.get("/ledning/logg/").text
    assert "Åsa Åberg" in page
    assert client.post(f"/ledning/logg/{entry.id}/", {"verdict": "to_follow_up"}).status_code == 400
    assert client.post(f"/ledning/logg/{entry.id}/", {"verdict": "to_follow_up", "comment": "Fråga Åsa"}).status_code == 302
    assert client.post(f"/ledning/logg/{entry.id}/", {"verdict": "in_order"}).status_code == 409
    assert "Åsa Åberg" not in client.get("/ledning/logg/").text
    with foundation.acting(cast.carina):
        assert LogReview.objects.get().verdict == "to_follow_up"
    with foundation.acting(cast.system):
        assert Event.objects.filter(kind="lead.log_reviewed").count() == 1


@pytest.mark.parametrize("who", ["asa", "david", "frida", "greta", "elin"])
def test_others_sign_nothing(client_of: ClientOf, cast: Cast, who: str) -> None:
    entry = read(cast.bjorn, why="glass")
    assert client_of(getattr(cast, who)).post(f"/ledning/logg/{entry.id}/", {"verdict": "in_order"}).status_code == 403
    with pytest.raises(foundation.Refused):
        operations.review_read(entry_id=entry.id, verdict="in_order", by=getattr(cast, who), at=foundation.now())


def test_nobody_signs_an_own_read(cast: Cast) -> None:
    entry = read(cast.carina, why="glass")
    with pytest.raises(foundation.Refused):
        operations.review_read(entry_id=entry.id, verdict="in_order", by=cast.carina, at=foundation.now())


def test_a_failed_job_runs_again_once(client_of: ClientOf, cast: Cast) -> None:
    number = a_failed_job()
    client = client_of(cast.ada)
    assert "income_support.assess" in client.get("/ledning/jobb/").text
    assert client.post(f"/ledning/jobb/{number}/igen/").status_code == 302
    assert client.post(f"/ledning/jobb/{number}/igen/").status_code == 404
    with foundation.acting(cast.system), connections["default"].cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number])
        assert cursor.fetchone() == ("todo",)
        assert Event.objects.get(kind="lead.job_retried").data == {"job": number, "task": "income_support.assess"}


@pytest.mark.parametrize("who", ["asa", "carina", "david", "greta"])
def test_others_retry_nothing(client_of: ClientOf, cast: Cast, who: str) -> None:
    number = a_failed_job()
    assert client_of(getattr(cast, who)).post(f"/ledning/jobb/{number}/igen/").status_code == 403
    with pytest.raises(foundation.Refused):
        operations.retry_job(job_id=number, by=getattr(cast, who), at=foundation.now())


def test_the_switch_pauses_at_once_and_says_why(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.carina)
    assert client.post("/ledning/automatisering/brytare/", {"to": "paused", "why": ""}).status_code == 400
    assert client.post("/ledning/automatisering/brytare/", {"to": "paused", "why": "Fel i registersvar"}).status_code == 302
    with foundation.acting(cast.carina):
        assert income_support.is_paused()
    assert "Fel i registersvar" in client.get("/ledning/automatisering/").text
    assert client_of(cast.board).post("/ledning/automatisering/brytare/", {"to": "on", "why": "x"}).status_code == 403
    assert client.post("/ledning/automatisering/brytare/", {"to": "on", "why": "Rättat"}).status_code == 302
    with foundation.acting(cast.carina):
        assert not income_support.is_paused()


def test_the_boards_table_is_entered_and_told_in_words(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.rune)
    today = foundation.today()
    typed = {
        "kinds": ["renewal"], "highest_kr": "25 000", "sample_percent": "5", "valid_from": today.isoformat(), "paragraph": "§ 45",
        "decided_on": (today + timedelta(days=1)).isoformat(),
    }
    future = client.post("/ledning/automatisering/regel/", typed)
    assert future.status_code == 400
    assert 'value="§ 45"' in future.text
    assert client.post("/ledning/automatisering/regel/", typed | {"decided_on": today.isoformat()}).status_code == 302
    page = client.get("/ledning/automatisering/").text
    assert "§ 45" in page
    assert "25\u00a0000" in page
    assert "bekräftade i en publicerad text eller av en behörig person. Demons egna bekräftelser är märkta." in page
    assert client_of(cast.carina).post("/ledning/automatisering/regel/", typed).status_code == 403


def an_unconfirmed(cast: Cast) -> tuple[Any, foundation.Month]:
    month = foundation.Month.of(foundation.today())
    for _ in range(24):
        with foundation.acting(cast.rune):
            found = next((cell for cell in income_support.cells_in(month.first) if cell.status != "confirmed"), None)
        if found is not None:
            return found, month
        month = month.previous()
    pytest.skip("every figure is confirmed as shipped")


def test_a_figure_is_confirmed_by_repeating_it(client_of: ClientOf, cast: Cast) -> None:
    cell, month = an_unconfirmed(cast)
    client = client_of(cast.rune)
    typed = {"cell": cell.key, "cell_from": cell.valid_from.isoformat(), "source": "SFS 2025:1", "manad": str(month)}
    wrong = client.post("/ledning/regler/bekrafta/", typed | {"amount": str(cell.value + 1)})
    assert wrong.status_code == 400
    assert client.post("/ledning/regler/bekrafta/", typed | {"amount": str(cell.value)}).status_code == 302
    with foundation.acting(cast.rune):
        assert next(each for each in income_support.cells_in(month.first) if each.key == cell.key).status == "confirmed"
    assert client_of(cast.carina).post("/ledning/regler/bekrafta/", typed | {"amount": str(cell.value)}).status_code == 403


def confirmed_by_another(client_of: ClientOf, cast: Cast) -> None:
    """Rune may not; Carina finds the set that waits, looks at it, and confirms it."""
    with foundation.acting(cast.rune):
        (entered,) = income_support.find_local_rules_to_review()
    page = f"/ledning/regler/lokala/{entered.id}/"
    rune, carina = client_of(cast.rune), client_of(cast.carina)
    assert "det är någon annan som bekräftar dem" in rune.get(page).text
    assert rune.post(page, {"confirm": "1"}).status_code == 403
    assert page in carina.get("/ledning/regler/").text
    assert "Riktlinjer väntar på en andra person" in carina.get("/ledning/").text
    assert entered.paragraph in carina.get(page).text
    empty = carina.post(page, {"return": "1", "because": ""})
    assert empty.status_code == 400
    assert carina.post(page, {"confirm": "1"}).status_code == 302
    assert carina.post(page, {"confirm": "1"}).status_code == 302, "a second press changes nothing"
    assert carina.post(page, {"return": "1", "because": "För sent"}).status_code == 409
    assert "Carina" in carina.get(page).text
    for stranger in (cast.asa, cast.frida, cast.board, cast.elin):
        assert client_of(stranger).get(page).status_code == 403
    assert carina.get(f"/ledning/regler/lokala/{foundation.new_id()}/").status_code == 404


def test_local_rules_are_returned_with_the_reason_and_never_hold(client_of: ClientOf, cast: Cast) -> None:
    entered = entered_rules(cast, valid_from=foundation.Month.of(foundation.today()).first)
    page = f"/ledning/regler/lokala/{entered.id}/"
    carina = client_of(cast.carina)
    assert carina.post(page, {"return": "1", "because": "Hyran för två rum är 6 900"}).status_code == 302
    assert "Hyran för två rum är 6 900" in client_of(cast.rune).get(page).text
    assert page not in carina.get("/ledning/regler/").text
    with foundation.acting(cast.rune):
        assert income_support.local_rules_for(entered.valid_from) is None


@pytest.mark.parametrize(
    ("month", "said", "not_said"),
    [("2026-11", "Nobody here has read this version", "Job stimulus;"), ("2021-03", "Job stimulus;", "Nobody here has read")],
)
def test_the_version_of_the_law_stands_with_whether_anybody_confirmed_it(
    client_of: ClientOf, cast: Cast, month: str, said: str, not_said: str
) -> None:
    page = client_of(cast.rune, language="en").get(f"/ledning/regler/?manad={month}").content.decode()
    assert said in page and not_said not in page


def test_a_demo_confirmation_says_so(client_of: ClientOf, cast: Cast) -> None:
    local_rules(cast, valid_from=foundation.Month.of(foundation.today()).first)
    assert "Demobekräftelse" in client_of(cast.carina).get("/ledning/regler/").text


def test_local_rules_are_entered_as_a_decision(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.rune)
    first = foundation.Month.of(foundation.today()).next().first
    typed = {
        "name": "Ekeby", "valid_from": first.isoformat(), "paragraph": "§ 12", "decided_on": foundation.today().isoformat(),
        "rent_1": "5 400", "rent_2": "6 900,50", "share_spectacle_frames": "6", "unit_spectacle_frames": "once", "kr_dental_care": "1 000",
        "unit_dental_care": "year",
    }
    missing = client.post("/ledning/regler/lokala/", typed | {"paragraph": ""})
    assert missing.status_code == 400
    assert 'value="5 400"' in missing.text
    review = client.post("/ledning/regler/lokala/", typed)
    assert review.status_code == 200 and "Se igenom de lokala reglerna" in review.text
    assert "5\u00a0400" in review.text and 'value="5 400"' in review.text
    with foundation.acting(cast.rune):
        assert income_support.local_rules_for(first) is None, "nothing holds before it is entered"
    assert client.post("/ledning/regler/lokala/", typed | {"edit": "1"}).status_code == 200
    answer = client.post("/ledning/regler/lokala/", typed | {"enter": "1"})
    assert answer.status_code == 302, answer.text
    with foundation.acting(cast.rune):
        assert income_support.local_rules_for(first) is None, "nothing holds before somebody else has confirmed it"
    confirmed_by_another(client_of, cast)
    with foundation.acting(cast.rune):
        local = income_support.local_rules_for(first)
    assert local is not None
    assert {rent.rooms: str(rent.kr) for rent in local.rents} == {1: "5400", 2: "6900.5"}
    assert str(local.amounts["spectacle_frames"].share_of_price_base) == "0.06"
    assert local.amounts["dental_care"].unit == "year"
    assert client_of(cast.carina).post("/ledning/regler/lokala/", typed).status_code == 403


def test_rents_by_household_and_day_rates_are_entered_and_kept(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.rune)
    first = foundation.Month.of(foundation.today()).next().first
    typed = {
        "name": "Ekeby", "valid_from": first.isoformat(), "paragraph": "§ 13", "decided_on": foundation.today().isoformat(),
        "rents_by": "household", "home_1_0": "5 600", "home_2_0": "6 400", "home_any_1": "7 100", "rent_1": "1",
        "share_eating_out": "18", "unit_eating_out": "year", "day_eating_out": "95", "kr_pocket_money": "900", "unit_pocket_money": "month",
    }
    for wrong in ({"kr_eating_out": "5"}, {"day_funeral": "5"}, {"rents_by": "rooms", "rent_1": ""}, {"home_1_0": "-4"}):
        bad = client.post("/ledning/regler/lokala/", typed | wrong | {"enter": "1"})
        assert bad.status_code == 400 and 'value="7 100"' in bad.text, wrong
    review = client.post("/ledning/regler/lokala/", typed).text
    assert "En vuxen, inga barn" in review and "18 % av prisbasbeloppet, ett år" in review and "95" in review
    assert client.post("/ledning/regler/lokala/", typed | {"enter": "1"}).status_code == 302
    confirmed_by_another(client_of, cast)
    with foundation.acting(cast.rune):
        local = income_support.local_rules_for(first)
    assert local is not None
    assert [(rent.rooms, rent.adults, rent.children, int(rent.kr)) for rent in local.rents] == [
        (None, 1, 0, 5600), (None, 2, 0, 6400), (None, None, 1, 7100),
    ]  # fmt: skip
    eating = local.amounts["eating_out"]
    assert (eating.unit, str(eating.share_of_price_base), str(eating.day_kr)) == ("year", "0.18", "95")
    assert client.get("/ledning/regler/").status_code == 200


def test_the_settings_are_entered_as_a_decision(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.rune)
    first = foundation.Month.of(foundation.today()).next().first
    with foundation.acting(cast.rune):
        now = income_support.settings_for(first).as_plain()
    typed = {f"setting_{name}": value for name, value in now.items()} | {
        "setting_lodger_rounding": "krona_up", "valid_from": first.isoformat(), "paragraph": "§ 13", "decided_on": foundation.today().isoformat(),
    }
    assert client.post("/ledning/regler/installningar/", typed).status_code == 302
    with foundation.acting(cast.rune):
        assert income_support.settings_for(first).lodger_rounding == "krona_up"
    assert client.post("/ledning/regler/installningar/", typed | {"setting_days_of_month": "31"}).status_code == 400


def test_a_manager_keeps_one_file_and_lets_the_other_be_erased(client_of: Any, cast: Cast) -> None:
    at = foundation.now()
    ids = []
    for who in ("elin", "farid"):
        case = casework.open_case(
            kind="income_support", person_id=getattr(cast, who).person_id, unit_id=cast.support, parties=[], by=cast.system,
            at=at - timedelta(days=2600),
        )  # fmt: skip
        with foundation.clock_at(at - timedelta(days=2590)):
            casework.close_case(case_id=case.id, because="self_supporting", by=cast.system, at=at - timedelta(days=2590))
        ids.append(case.id)
    with foundation.acting(cast.system):
        people.Person.objects.update(born=date(1990, 3, 7))
    casework.propose_erasure(on=foundation.today(), by=cast.system, at=at)
    manager = client_of(cast.carina)
    page = manager.get("/ledning/gallring/")
    assert page.text.count("EB-") >= 2
    with foundation.acting(cast.carina):
        [one] = casework.find_erasure_lists(cast.carina)
    keep = reverse("lead-erasure-keep", args=[one.files[0].item.id])
    empty = manager.post(keep, {"because": ""})
    assert empty.status_code == 400
    assert "Skriv varför" in empty.text
    assert manager.post(keep, {"because": "Tvist pågår om återkrav."}).status_code == 302
    approve = reverse("lead-erasure-approve", args=[one.erasure.id])
    assert manager.post(approve, {"files": "1"}).status_code == 400, "without saying that the list was looked through"
    assert manager.post(approve, {"files": "2", "looked_through": "yes"}).status_code == 400, "the list has changed"
    assert manager.post(approve, {"files": "ett", "looked_through": "yes"}).status_code == 400
    assert client_of(cast.ada).post(approve, {"files": "1", "looked_through": "yes"}).status_code == 400
    assert manager.post(approve, {"files": "1", "looked_through": "yes"}).status_code == 302
    assert "Godkänd av Carina" in manager.get("/ledning/gallring/").text


def test_a_fault_report_is_read_answered_and_kept(client_of: ClientOf, cast: Cast) -> None:
    anybody = client_of()
    sent = {"what": "Knappen syns inte", "page": "/ansok/", "contact": "elin@example.org"}
    assert anybody.post("/tillganglighet/", sent).status_code in (200, 302)
    ada = client_of(cast.ada)
    assert "(1)" in ada.get("/ledning/").text
    page = ada.get("/ledning/felanmalningar/").text
    assert "Knappen syns inte" in page and "elin@example.org" in page
    path = page.split('action="/ledning/felanmalningar/')[1].split('"')[0]
    for other in (cast.carina, cast.asa, cast.board):
        assert client_of(other).post(f"/ledning/felanmalningar/{path}").status_code == 403
    assert ada.post(f"/ledning/felanmalningar/{path}").status_code == 302
    assert ada.post(f"/ledning/felanmalningar/{path}").status_code == 404, "answered once"
    assert "Ingen anmälan väntar" in ada.get("/ledning/felanmalningar/").text
    assert ada.get("/ledning/felanmalningar.xlsx").status_code == 200


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_local_rules_are_confirmed_in_a_real_browser(open_page: Any, axe: Any, cast: Cast, size: Any, language: str) -> None:
    month = foundation.Month.of(foundation.today())
    local_rules(cast, valid_from=month.previous().first)
    entered = entered_rules(cast, valid_from=month.first, paragraph="§ 9")
    page = open_page("/ledning/regler/", as_=cast.carina, size=size, language=language)
    axe(page)
    fits(page)
    page.goto(f"/ledning/regler/lokala/{entered.id}/")
    axe(page)
    fits(page)
    picture(page, f"lead-local-rules-confirm-{language}-{size['width']}")
    page.locator("button[name=confirm]").click()
    page.wait_for_url("**/ledning/regler/")
    page.goto(f"/ledning/regler/lokala/{entered.id}/")
    axe(page)
