"""A teacher's report late in the day, by phone, becomes a mandatory investigation: the whole product, in a real browser.

The teacher logs in as herself and her work is known. Out of office hours the report lands with the unit on call, which
assesses the need of protection and hands over; in office hours the day unit does it. Nobody else finds the report.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from handslag.foundation import public as foundation
from tests.browser import PHONE
from tests.journeys.conftest import Visits
from tests.journeys.product import RunningProduct

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.flaky(reruns=0)]
IN_BOTH_LANGUAGES = True

DESK = "/handlaggare/mottagning/"
TOLD = "Nils behöver skydd och stöd.\nTina Tall på Ekebyskolan, 0123-456 78, har berättat om det."
SEEN = "Nils hade blåmärken på armarna. Han sa att pappa slår mamma och att han inte vill gå hem."


@dataclass
class Story:
    """What later journeys need of earlier ones."""

    number: str = ""
    address: str = ""
    file: str = ""
    case: str = ""
    investigation: str = ""


@pytest.fixture(scope="module")
def story() -> Story:
    return Story()


def go_on(page: Any, heading: str) -> None:
    page.get_by_role("button", name="Gå vidare").click()
    page.get_by_role("heading", level=1, name=heading).wait_for()


def test_a_teacher_reports_on_her_phone(visits: Visits, story: Story) -> None:
    page = visits.open("resident-tina", "/anmal-oro/", size=PHONE)
    visits.look(page, "children-1-start")
    page.locator("main a.ds-button", has_text="Börja anmäla").click()
    page.get_by_role("heading", level=1, name="Fara nu").wait_for()
    page.get_by_label("Nej", exact=True).check()
    go_on(page, "Det som oroar dig")
    page.get_by_label("Vad gör dig orolig?").fill(SEEN)
    visits.look(page, "children-2-seen")
    go_on(page, "Vad det handlar om")
    page.locator("input[value=witnessed_violence]").check()
    go_on(page, "När det hände")
    page.get_by_label("När såg eller hörde du det?").fill("I dag klockan 16.30, efter sista lektionen")
    go_on(page, "Berätta om barnet")
    page.get_by_label("Förnamn").fill("Nils")
    page.get_by_label("Efternamn").fill("Ekdal")
    page.get_by_label("Ungefär hur gammalt").fill("8 år")
    page.get_by_role("button", name="Spara barnet").click()
    page.get_by_role("heading", level=1, name="Vilket eller vilka barn").wait_for()
    go_on(page, "Var barnet är nu")
    page.get_by_label("Var är barnet nu?").fill("Kvar på fritids till klockan 17.30")
    go_on(page, "Vem du är")
    page.get_by_label("Jag anmäler i mitt arbete").check()
    visits.look(page, "children-3-who")
    go_on(page, "Om dig")
    assert page.get_by_label("Ditt namn").input_value() == "Tina Tall", "known of who is logged in"
    assert page.get_by_label("Var du arbetar").input_value() == "Ekebyskolan"
    page.get_by_label("Telefon").fill("0123-456 78")
    go_on(page, "Foton och papper")
    go_on(page, "Se över och skicka")
    visits.look(page, "children-4-summary")
    page.get_by_role("button", name="Skicka anmälan").click()
    page.get_by_role("heading", name="Vi har fått din anmälan").wait_for()
    visits.look(page, "children-5-receipt")
    found = re.search(r"OA-\d{4}-\d{5}", page.locator("main").inner_text())
    assert found
    story.number = found.group()


def test_the_need_of_protection_is_assessed_the_same_day(visits: Visits, story: Story) -> None:
    """By the unit on call when the office is closed, which then hands over; else by the day unit."""
    page = visits.open("olle", DESK)
    link = page.get_by_role("link", name=story.number)
    on_call = link.count() > 0
    if not on_call:
        page = visits.open("maja", DESK)
        link = page.get_by_role("link", name=story.number)
    visits.look(page, "children-6-reception")
    link.click()
    page.get_by_role("heading", level=1, name=story.number).wait_for()
    page.get_by_role("link", name=re.compile("^Bedöm behovet av skydd.*Nils")).click()
    page.get_by_label("Nej", exact=True).check()
    page.get_by_label("Grund").fill(
        "Nils är på fritids. Mamman hämtar och bor hos sin syster i kväll, pappan är inte hemma."
    )
    page.get_by_label("Vad som har gjorts").fill("Talat med mamman och fritids.")
    page.get_by_role("button", name="Spara bedömningen").click()
    page.get_by_text("Bedömningen är gjord.").wait_for()
    if on_call:
        page.get_by_role("link", name="Lämna över till dagenheten").click()
        page.get_by_role("button", name="Lämna över").click()
        page.get_by_text("Dagenheten har anmälan nu.").wait_for()


def test_the_child_is_known_and_an_investigation_is_mandatory(visits: Visits, story: Story) -> None:
    page = visits.open("maja", DESK)
    page.get_by_role("link", name=story.number).click()
    page.get_by_role("heading", level=1, name=story.number).wait_for()
    story.address = page.url
    page.get_by_role("button", name="Jag tar den").click()
    page.get_by_text("Du har anmälan nu.").wait_for()
    page.get_by_role("link", name=re.compile("^Ange vem barnet är.*Nils")).click()
    page.get_by_role("button", name="Sök").click()
    if page.get_by_role("radio", name="Nils Ekdal").count():
        page.get_by_role("radio", name="Nils Ekdal").first.check()
        page.get_by_role("button", name="Det här är barnet").click()
    else:
        page.get_by_role("link", name="Registrera som okänt").click()
        page.get_by_role("button", name="Registrera barnet").click()
    page.get_by_role("link", name=re.compile("^Bestäm om utredning")).wait_for()
    visits.look(page, "children-7-report")
    page.get_by_role("link", name=re.compile("^Bestäm om utredning")).click()
    page.get_by_text("Då måste en utredning inledas.").wait_for()
    assert page.get_by_label("Inled ingen utredning").count() == 0
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Inled en utredning").check()
    page.get_by_label("Hur bred ska den vara?").select_option("ordinary")
    page.get_by_label("Skäl", exact=True).fill(
        "Nils har bevittnat våld. Hans bästa kräver att hans situation utreds."
    )
    page.get_by_role("button", name="Se vad som kommer att ske").click()
    visits.look(page, "children-8-preview")
    page.get_by_role("button", name="Besluta: Inled en utredning").click()
    page.get_by_text("Utredningen är inledd, och tiden löper från i dag.").wait_for()
    found = re.search(r"BU-\d{4}-\d{5}", page.locator("main").inner_text())
    assert found
    story.file = found.group()
    visits.look(page, "children-9-decided")


def test_the_clock_runs_and_the_teacher_is_told(
    visits: Visits, story: Story, product: RunningProduct
) -> None:
    with product.as_owner() as owner:
        rules = owner.execute(
            "SELECT l.rule FROM casework_legalclock l JOIN casework_case c ON c.id = l.case_id "
            "WHERE c.number = %s AND l.closed_on IS NULL",
            [story.file],
        ).fetchall()
    assert {"UTR", "AATERK"} <= {rule for (rule,) in rules}
    page = visits.open("maja", story.address)
    page.get_by_role("link", name="Berätta för anmälaren vad som beslutades").first.click()
    page.get_by_label("En utredning har inletts").check()
    visits.look(page, "children-10-feedback")
    page.get_by_role("button", name="Jag har berättat det").click()
    page.get_by_text("Det är antecknat att anmälaren har fått veta.").wait_for()


@pytest.mark.parametrize("who", ["asa", "carina"])
def test_other_units_find_nothing(visits: Visits, story: Story, who: str) -> None:
    page = visits.open(who, "/", meant=("403", "404"))
    page.goto(story.address)
    assert story.number not in page.content()
    assert "Nils" not in page.content()


def test_the_manager_sees_the_week(visits: Visits, story: Story) -> None:
    page = visits.open("eva", "/ledning/barn/")
    page.get_by_role("heading", name="Orosanmälningar per vecka").wait_for()
    visits.look(page, "children-11-lead")


def case_of(story: Story, product: RunningProduct) -> str:
    """The address of the child's file."""
    with product.as_owner() as owner:
        row = owner.execute("SELECT id FROM casework_case WHERE number = %s", [story.file]).fetchone()
    assert row
    return f"/handlaggare/arende/{row[0]}/"


def act(page: Any, story: Story, code: str, button: str = "Spara", **fields: str) -> None:
    """One act of the investigation: its page, its fields by name, its button."""
    page.goto(f"{story.investigation}{code}/")
    for name, value in fields.items():
        field = page.locator(f"[name={name}]").first
        if field.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(re.compile(r"/utredning/[0-9a-f-]+/$"))


def test_the_investigation_is_worked_through(visits: Visits, story: Story, product: RunningProduct) -> None:
    story.case = case_of(story, product)
    page = visits.open("maja", f"{story.case}utredning/")
    page.get_by_text("Våld: ska utredas").wait_for()
    story.investigation = page.url
    visits.look(page, "children-12-investigation")
    today = foundation.today()
    act(page, story, "informera", whom="Elin Ekdal", told_on=today.isoformat(), how="phone")
    act(page, story, "plan", what="Samtal med Nils", due_on=today.isoformat())
    page.get_by_role("link", name="Gör nästa steg i planen").click()
    page.get_by_role("button", name="Det är gjort").click()
    page.get_by_text("Steget är gjort.").wait_for()
    page.get_by_role("button", name="Anteckna ett samtal").click()
    page.locator("[name=talk]").select_option("child_alone")
    page.locator("[name=subject]").fill("Nils")
    page.locator("[name=consent]").select_option("not_asked")
    page.locator("[name=because]").fill("Nils behövde tala utan pappa.")
    page.locator("[name=body]").fill("Nils berättade att han gömmer sig när de bråkar.")
    page.get_by_role("button", name="Signera samtalet").click()
    page.get_by_text("Samtalet är antecknat och räknas i utredningen.").wait_for()
    act(page, story, "barnets-syn", how="talk", body="Nils vill bo hos mamma och slippa bråk.")
    act(page, story, "barnets-basta", body="Att slippa våld och få vara kvar i skolan.")
    act(page, story, "risk", level="high", body="Våld i hemmet.", protection="Mamma och skolan.")
    act(page, story, "bedomning", body="Nils behöver skydd och stöd.")
    page.goto(f"{story.investigation}rubrik/safety/")
    page.get_by_label("Text").fill("Mamma har flyttat till sin syster.")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Texten är sparad.").wait_for()
    until = today + timedelta(days=7)
    page.goto(f"{story.investigation}kommunicera/")
    page.locator("[name=material]").fill(TOLD)
    page.locator("[name=answer_until]").fill(until.isoformat())
    page.get_by_role("button", name="Se vad var och en får läsa").click()
    page.get_by_role("heading", name="Vad var och en får läsa").wait_for()
    visits.look(page, "children-13-hearing")
    page.get_by_role("button", name="Skicka", exact=True).click()
    page.get_by_text("Parterna har fått veta.").wait_for()
    visits.look(page, "children-13-worked")


def test_the_guardian_reads_and_answers_on_her_phone(visits: Visits, story: Story) -> None:
    page = visits.open("resident-elin", "/", size=PHONE)
    page.get_by_role("link", name=re.compile("^Nils: läs vad vi tänker besluta")).click()
    page.get_by_role("heading", level=1, name="Innan vi beslutar om Nils").wait_for()
    assert "Nils behöver skydd och stöd." in page.locator("main").inner_text()
    for secret in ("Tina", "Tall", "Ekebyskolan", "0123-456"):
        assert secret not in page.content()
    page.get_by_label("Vad vill du säga?").fill("Det stämmer. Jag vill ha hjälp.")
    visits.look(page, "children-14-heard")
    page.get_by_role("button", name="Skicka mitt svar").click()
    page.get_by_text("Tack. Vi har fått ditt svar.").wait_for()
    desk = visits.open("maja", f"{story.case}kommunicering/")
    desk.get_by_text("Det stämmer. Jag vill ha hjälp.").wait_for()


def test_the_time_is_extended_by_the_manager_alone(visits: Visits, story: Story) -> None:
    later = foundation.today() + timedelta(days=160)
    page = visits.open("eva", f"{story.investigation}forlang/")
    page.get_by_label("Till vilken dag?").fill(later.isoformat())
    page.get_by_label("Särskilda skäl").fill("Utlåtande från BUP kommer först i februari.")
    page.get_by_role("button", name="Besluta").click()
    page.get_by_text("Förlängd genom beslut", exact=True).wait_for()


def test_it_is_closed_with_an_intervention_and_the_follow_up_runs(
    visits: Visits, story: Story, product: RunningProduct
) -> None:
    page = visits.open("maja", f"{story.investigation}avsluta/")
    page.locator("[name=outcome][value=with_intervention]").check()
    page.get_by_label("Vilken insats föreslås?").fill("Stöd i hemmet två gånger i veckan")
    page.get_by_label("Ska barnet följas upp?").fill(
        "Behovet finns kvar och vårdnadshavarna har inte sagt ja."
    )
    visits.look(page, "children-15-close")
    page.get_by_role("button", name="Besluta och avsluta").click()
    page.get_by_text("Utredningen är avslutad.").wait_for()
    page.get_by_text("Behovet finns kvar och vårdnadshavarna har inte sagt ja.").first.wait_for()
    visits.look(page, "children-16-closed")
    with product.as_owner() as owner:
        rules = dict(
            owner.execute(
                "SELECT l.rule, l.state FROM casework_legalclock l JOIN casework_case c ON c.id = l.case_id "
                "WHERE c.number = %s",
                [story.file],
            ).fetchall()
        )
    assert rules["UTR"] == "met"
    assert rules["UPPF_U"] == "running"


def test_the_guardian_reads_that_it_is_closed(visits: Visits, story: Story) -> None:
    """Maja sees whom the decision concerns, tells them, and Elin reads it on her phone."""
    page = visits.open("maja", f"{story.case}vem-far-veta/")
    page.get_by_role("link", name=re.compile("Utredningen avslutas")).click()
    page.get_by_role("heading", name="Berätta beslutet").wait_for()
    visits.look(page, "children-16-tell")
    page.get_by_role("button", name="Berätta beslutet för dem").click()
    page.get_by_text("Det är antecknat vilka som har fått veta.").wait_for()
    visits.look(page, "children-16-told")
    hers = visits.open("resident-elin", "/", size=PHONE)
    hers.get_by_role("link", name=re.compile("^Beslut om Nils")).first.click()
    hers.get_by_text("Utredningen avslutas").first.wait_for()
    visits.look(hers, "children-16-notice")
    for secret in ("Tina", "Ekebyskolan"):
        assert secret not in hers.content()


def test_a_new_investigation_of_the_same_question_goes_on_with_the_days(visits: Visits, story: Story) -> None:
    page = visits.open("maja", f"{story.case}utredning/oppna/", language="en")
    page.locator("[name=questions][value=witnessed_violence]").check()
    page.locator("[name=path][value=ordinary]").check()
    page.get_by_label("Why this path, and why an investigation?").fill("Ny oro efter avslutet")
    visits.look(page, "children-17-again-en")
    page.get_by_role("button", name="Decide and open").click()
    page.get_by_text("The same question was investigated before, within a year.").wait_for()
    visits.look(page, "children-18-restarted-en")
    manager = visits.open("eva", "/ledning/barn/")
    visits.look(manager, "children-19-lead-restarted")


def test_the_guardian_reads_nothing_of_the_reporter(visits: Visits, story: Story) -> None:
    page = visits.open("resident-elin", "/journal/", size=PHONE, meant=("403", "404"))
    visits.look(page, "children-20-record")
    for address in (story.address, story.case, story.investigation):
        page.goto(address)
        assert "Tina" not in page.content()
        assert "Ekebyskolan" not in page.content()
