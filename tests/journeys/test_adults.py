"""Adults in the real product and a real browser: a report about addiction that is assessed, with care under LVM; an
application after violence that is told before, granted in part and read by the person; and one for debt counselling; each
from the first contact to its own way to close, which waits for what is missing; and nobody else finds any of it.

Tina is in the register and unknown to the unit for adults: whoever turns to the unit is taken in from what search finds.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from handslag.foundation import public as foundation
from tests.browser import DESKTOP, PHONE
from tests.journeys.conftest import Visits
from tests.journeys.paper import fetched, plain, text_of
from tests.journeys.product import RunningProduct

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.flaky(reruns=0)]
IN_BOTH_LANGUAGES = True

TOLD_BY = "Nora Norén"
ASKS = "Skyddat boende i tre månader"
GETS = "Samtalsstöd varje vecka"
WHY = "Faran bedöms vara liten nu, och stödet kan ges hemma."
SEEN = "Tina hörs ropa om nätterna och öppnar inte. Flaskor står i trapphuset."
CARE = ("immediate", "submitted", "confirmed", "applied", "judgment_final", "begun", "ended")


@dataclass
class Taken:
    """The cases by kind."""

    person: str = ""
    cases: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def taken(product: RunningProduct) -> Taken:
    with product.as_owner() as owner:
        row = owner.execute(
            "SELECT person_id FROM foundation_account WHERE username = 'resident-tina'"
        ).fetchone()
    assert row
    return Taken(person=f"/handlaggare/person/{row[0]}/")


def take_in(page: Any, taken: Taken, kind: str, came_as: str, told: str, **more: str) -> None:
    """The form of the unit, as it is typed."""
    page.locator("#id_kind").select_option(kind)
    page.locator("#id_came_as").select_option(came_as)
    page.locator("#id_told").fill(told)
    page.locator("#id_told_by").fill(more.get("told_by", ""))
    page.locator("#id_children_seen").select_option(more.get("children_seen", "no"))
    page.get_by_role("button", name=re.compile("^(Öppna ärendet|Open the case)$")).click()
    page.wait_for_url(re.compile(r"/arende/[0-9a-f-]+/vuxen/$"))
    taken.cases[kind] = page.url.removesuffix("vuxen/")


def close(visits: Visits, page: Any, taken: Taken, kind: str, because: str) -> None:
    """What the kind may end by stands there, and nothing of the other kinds."""
    page.goto(f"{taken.cases[kind]}vuxen/avsluta/")
    visits.look(page)
    page.locator("#id_because").select_option(because)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(taken.cases[kind])
    assert re.search(
        "Ärendet är avslutat|The case is closed", page.locator("main, [role=status], body").first.inner_text()
    )


def test_a_neighbour_is_worried_and_the_unit_takes_it_in(visits: Visits, taken: Taken) -> None:
    page = visits.open("vera", "/handlaggare/sok/", meant=("404",))
    page.locator("#id_q").fill("Tina Tall")
    page.locator("#id_q").press("Enter")
    page.locator(f"a[href='{taken.person}']").click()
    page.get_by_role("heading", level=1, name="Du får inte läsa").wait_for()
    visits.look(page, "adults-1-unknown")
    page.get_by_role("link", name="Ta in en anmälan eller ansökan för en vuxen").click()
    page.locator("#id_kind").wait_for()
    assert "Tina" not in page.locator("main").inner_text(), "nothing is told before there is a case"
    visits.look(page, "adults-2-take-in")
    take_in(page, taken, "addiction", "report", SEEN, told_by=TOLD_BY, children_seen="unknown")
    visits.look(page, "adults-3-matter")
    main = page.locator("main").inner_text()
    assert TOLD_BY in main and "Inte för personen" in main
    assert page.get_by_role("link", name="Anmäl oro för ett barn").count() == 1, "a child may see it"


def test_care_under_lvm_runs_by_its_clocks_and_the_case_waits_for_its_end(
    visits: Visits, taken: Taken, product: RunningProduct
) -> None:
    page = visits.open("vera", f"{taken.cases['addiction']}vuxen/", meant=("400",))
    today = foundation.today()
    for place, step in enumerate(CARE):
        on = today - timedelta(days=max(0, 5 - place))
        record(page, step, on)
        if step == "immediate":
            page.goto(f"{taken.cases['addiction']}vuxen/avsluta/")
            assert "Vård enligt LVM pågår" in page.locator("main").inner_text()
            page.goto(f"{taken.cases['addiction']}vuxen/")
        if step == "confirmed":
            page.goto(taken.cases["addiction"])
            assert "LVM" in page.locator("main").inner_text(), "the time limit stands on the case"
            visits.look(page, "adults-4-clock")
            page.goto(f"{taken.cases['addiction']}vuxen/")
    visits.look(page, "adults-5-care")
    page.goto(f"{taken.cases['addiction']}vuxen/avsluta/")
    missing = page.locator("main li", has_text="Anmälan är inte bedömd.")
    missing.get_by_role("link", name="Bedöm anmälan").click()
    page.locator("[name=outcome][value=coercion]").check()
    page.locator("#id_reason").fill("Tina tar inte emot hjälp, och hennes liv är i fara.")
    visits.look(page, "adults-5-assess")
    page.get_by_role("button", name="Skriv in bedömningen").click()
    page.get_by_text("Bedömningen är inskriven.").wait_for()
    with product.as_owner() as owner:
        rows = owner.execute(
            "SELECT k.rule, k.state FROM casework_legalclock k JOIN casework_case c ON c.id = k.case_id "
            "WHERE c.id = %s AND k.rule LIKE 'LVM%%' ORDER BY 1",
            [taken.cases["addiction"].rstrip("/").rpartition("/")[2]],
        ).fetchall()
    assert {rule for rule, _ in rows} == {"LVM_UND", "LVM_RATT", "LVM_ANS", "LVM_START", "LVM_MAX"}
    assert {state for _, state in rows} == {"met"}
    close(visits, page, taken, "addiction", "care_ended")


def record(page: Any, step: str, on: date) -> None:
    page.locator("#id_step").select_option(step)
    page.locator("#id_on").fill(on.isoformat())
    page.locator("main form button[type=submit]").last.click()
    page.get_by_text("Steget är inskrivet och dess tidsgränser löper.").wait_for()


def test_an_application_after_violence_by_keyboard_on_a_phone(visits: Visits, taken: Taken) -> None:
    page = visits.open("vera", f"{taken.person}vuxen/", size=PHONE)
    visits.look(page, "adults-6-phone")
    take_in(page, taken, "partner_violence", "own", "Jag är rädd för min man och vill ha skydd.")
    visits.look(page, "adults-7-violence-phone")
    page.goto(taken.cases["partner_violence"])
    assert "FL 12" in page.locator("main").inner_text(), "an application runs the time of FL 12"
    page.goto(f"{taken.cases['partner_violence']}vuxen/avsluta/")
    visits.look(page, "adults-7-missing-phone")
    for words in ("Inget samtal", "Ingen bedömning", "Ansökan är inte beslutad"):
        assert page.locator("main li", has_text=words).get_by_role("link").count() == 1
    assert page.locator("#id_because option[value=safe]").count() == 0, "it does not close as finished"


def note(page: Any, case: str, kind: str, text: str) -> None:
    page.goto(f"{case}anteckningar/")
    page.get_by_role("button", name=re.compile("^(Ny anteckning|New note)$")).click()
    page.locator("#id_kind").select_option(kind)
    page.locator("#id_body").fill(text)
    page.get_by_role("button", name=re.compile("^(Signera|Sign the note)$")).click()
    page.get_by_text(re.compile("Anteckningen är signerad.|The note is signed.")).wait_for()


def test_the_application_is_talked_of_told_and_granted_in_part(visits: Visits, taken: Taken) -> None:
    case = taken.cases["partner_violence"]
    page = visits.open("vera", case)
    note(page, case, "meeting", "Tina berättade om våldet och om vad hon vill.")
    note(page, case, "note", "Faran nu bedöms som liten. Tina behöver stöd.")
    page.goto(f"{case}vuxen/besluta/")
    assert page.locator("[name=outcome][value=refused]").count() == 0, (
        "nobody is refused before they are told"
    )
    page.locator("main a", has_text=re.compile("Kommunicera, eller")).first.click()
    page.locator("form:has([name=tell]) #id_material").fill("Vi tänker bevilja samtalsstöd men inte boende.")
    page.get_by_role("button", name="Skicka till personen").click()
    page.get_by_text("Personen är underrättad.").wait_for()
    own = visits.open("resident-tina", "/mina-arenden/", size=PHONE)
    own.locator("a[href^='/innan-beslut/']").first.click()
    visits.look(own, "adults-7-before-decision")
    own.locator("button[name=act][value=nothing]").click()
    own.get_by_text("Tack. Nu kan vi besluta.").wait_for()
    page.goto(f"{case}vuxen/besluta/")
    page.locator("[name=outcome][value=partly_granted]").check()
    page.locator("#id_applied_for").fill(ASKS)
    page.locator("#id_gets").fill(GETS)
    page.locator("#id_reason").fill(WHY)
    visits.look(page, "adults-7-decide")
    page.locator("button[name=preview]").click()
    page.locator("button[name=decide]").wait_for()
    visits.look(page, "adults-7-preview")
    page.locator("button[name=decide]").click()
    page.wait_for_url(re.compile("/beratta/$"))
    visits.look(page, "adults-7-tell")
    page.goto(f"{case}vuxen/avsluta/")
    assert page.locator("#id_because").count() == 0, "a decision that nobody was told of holds the case open"
    page.goto(case)
    page.get_by_role("link", name="Berätta beslutet").first.click()
    page.locator("main form button[type=submit]").last.click()
    page.get_by_text("Det är antecknat vilka som har fått veta.").wait_for()


def test_the_person_reads_the_decision_its_letter_and_the_last_day_to_appeal(
    visits: Visits, taken: Taken
) -> None:
    page = visits.open("resident-tina", "/mina-arenden/", size=PHONE)
    visits.look(page, "adults-8-matters")
    page.locator("a[href^='/besked/']").first.click()
    page.locator("#overklaga").wait_for()
    visits.look(page, "adults-8-decision")
    main = page.locator("main").inner_text()
    for words in (
        "Du får en del av det stöd som du har ansökt om",
        ASKS,
        GETS,
        WHY,
        "Sista dag att överklaga",
    ):
        assert words in main, words
    address = page.locator("a[href^='/papper/']").first.get_attribute("href")
    letter = text_of(fetched(page, address))
    for words in (
        "Du får en del av det stöd",
        ASKS,
        GETS,
        WHY,
        "SoL 11:1",
        "förvaltningsrätten",
        "Sista dagen att överklaga är",
    ):
        assert plain(words) in letter, words
    page.goto("/meddelanden/")
    assert "Det finns ett beslut i ditt ärende" in page.locator("main").inner_text()
    page = visits.open("vera", taken.cases["partner_violence"])
    close(visits, page, taken, "partner_violence", "safe")


def test_debt_counselling_in_english_closes_by_what_became_of_the_debts(visits: Visits, taken: Taken) -> None:
    page = visits.open("vera", f"{taken.person}vuxen/", language="en")
    visits.look(page, "adults-8-english")
    take_in(page, taken, "debt_counselling", "own", "Fyra lån och en skuld hos Kronofogden.")
    note(page, taken.cases["debt_counselling"], "meeting", "Vi gick igenom lånen.")
    note(page, taken.cases["debt_counselling"], "note", "Skuldsanering har beviljats.")
    page.goto(f"{taken.cases['debt_counselling']}vuxen/avsluta/")
    reasons = page.locator("#id_because option").all_inner_texts()
    assert (
        "Debt restructuring has been granted" in reasons
        and "The person is safe and has the support that was needed" not in reasons
    )
    visits.look(page, "adults-9-reasons")
    close(visits, page, taken, "debt_counselling", "restructuring_granted")
    page.set_viewport_size(DESKTOP)


@pytest.mark.parametrize("who", ["asa", "david", "eva"])
def test_other_units_find_nothing(visits: Visits, taken: Taken, who: str) -> None:
    page = visits.open(who, "/", meant=("403", "404"))
    for url in taken.cases.values():
        for address in (url, f"{url}vuxen/", f"{url}vuxen/avsluta/"):
            page.goto(address)
            assert "Tina" not in page.content() and TOLD_BY not in page.content()


def test_the_person_reads_nothing_of_who_told(visits: Visits, taken: Taken) -> None:
    page = visits.open("resident-tina", "/journal/", size=PHONE, meant=("404",))
    visits.look(page, "adults-10-person")
    for number in range(page.locator("main article a").count()):
        page.locator("main article a").nth(number).click()
        page.get_by_role("heading", level=1).wait_for()
        said = page.content()
        assert TOLD_BY not in said and "Norén" not in said and SEEN not in said
        page.goto("/journal/")
