"""A teacher's report at ten to five on the Friday before All Saints' Day (31 October 2026), in a real browser at that hour.

The office closed at half past four: the unit on call assesses the need of protection the same evening and hands over, and
the day unit has it on Monday with the law's times running from Friday.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.browser import PHONE, Site
from tests.cast import Cast
from tests.child_protection.reporting import SWEDEN, SYSTEM, child_of, clocks_of, fresh
from tests.child_protection.test_report_faults import the_office

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]
FRIDAY = datetime(2026, 10, 30, 16, 50, tzinfo=SWEDEN)
MONDAY = datetime(2026, 11, 2, 8, 15, tzinfo=SWEDEN)


def go_on(page: Any, heading: str) -> None:
    page.get_by_role("button", name="Gå vidare").click()
    page.get_by_role("heading", level=1, name=heading).wait_for()


def sends(page: Any) -> str:
    """The teacher's way through the form; gives the number on the receipt."""
    page.locator("main a.ds-button", has_text="Börja anmäla").click()
    page.get_by_role("heading", level=1, name="Fara nu").wait_for()
    page.get_by_label("Nej", exact=True).check()
    go_on(page, "Det som oroar dig")
    page.get_by_label("Vad gör dig orolig?").fill("Nils sa att pappa slår mamma.")
    go_on(page, "Vad det handlar om")
    page.locator("input[value=witnessed_violence]").check()
    go_on(page, "När det hände")
    page.get_by_label("När såg eller hörde du det?").fill("I dag klockan 16.30")
    go_on(page, "Berätta om barnet")
    page.get_by_label("Förnamn").fill("Nils")
    page.get_by_label("Efternamn").fill("Ekdal")
    page.get_by_role("button", name="Spara barnet").click()
    page.get_by_role("heading", level=1, name="Vilket eller vilka barn").wait_for()
    go_on(page, "Var barnet är nu")
    page.get_by_label("Var är barnet nu?").fill("På fritids till klockan 17.30")
    go_on(page, "Vem du är")
    page.get_by_label("Jag anmäler i mitt arbete").check()
    go_on(page, "Om dig")
    if not page.get_by_label("Ditt namn").input_value():
        page.get_by_label("Ditt namn").fill("Tina Tall")
    page.get_by_label("Telefon").fill("070-000 00 00")
    go_on(page, "Foton och papper")
    go_on(page, "Se över och skicka")
    page.get_by_role("button", name="Skicka anmälan").click()
    page.get_by_role("heading", name="Vi har fått din anmälan").wait_for()
    found = re.search(r"OA-\d{4}-\d{5}", page.locator("main").inner_text())
    assert found
    return found.group()


def test_it_is_assessed_the_same_evening_and_the_day_unit_goes_on_after_the_holiday(
    open_page: Any, site: Site, cast: Cast
) -> None:
    the_office(cast)
    site.time = FRIDAY
    number = sends(open_page("/anmal-oro/", as_=cast.tina, size=PHONE))
    with foundation.acting(SYSTEM):
        report = children.Report.objects.get(number=number)
    child = child_of(report)
    assert (report.received_at, report.unit_id) == (FRIDAY, cast.on_call)

    site.time = FRIDAY + timedelta(minutes=40)
    page = open_page("/handlaggare/mottagning/", as_=cast.olle)
    page.get_by_role("link", name=number).click()
    page.get_by_role("link", name=re.compile("^Bedöm behovet av skydd.*Nils")).click()
    page.get_by_label("Nej", exact=True).check()
    page.get_by_label("Grund").fill("Mamman hämtar och bor hos sin syster över helgen.")
    page.get_by_role("button", name="Spara bedömningen").click()
    page.get_by_text("Bedömningen är gjord.").wait_for()
    with foundation.acting(SYSTEM):
        assessed = children.ProtectionAssessment.objects.get(child=child)
    assert foundation.day_of(assessed.assessed_at) == FRIDAY.date()
    page.get_by_role("link", name="Lämna över till dagenheten").click()
    page.get_by_role("button", name="Lämna över").click()
    page.get_by_text("Dagenheten har anmälan nu.").wait_for()

    site.time = MONDAY
    page = open_page("/handlaggare/mottagning/", as_=cast.maja)
    page.get_by_role("link", name=number).click()
    page.get_by_role("heading", level=1, name=number).wait_for()
    assert "30 oktober 2026" in page.locator("main").inner_text().replace("\xa0", " ")
    assert "Mamman hämtar" in page.locator("main").inner_text(), "what was done in the evening stands there"
    assert fresh(report).unit_id == cast.children
    page.get_by_role("button", name="Jag tar den").click()
    page.get_by_role("link", name=re.compile("^Ange vem barnet är.*Nils")).click()
    page.get_by_role("link", name="Registrera som okänt").click()
    page.get_by_role("button", name="Registrera barnet").click()
    page.get_by_role("link", name=re.compile("^Bestäm om utredning")).wait_for()
    told = {
        rule: (clock.state, clock.starts_on, clock.last_day)
        for rule, clock in clocks_of(child_of(report)).items()
    }
    assert told["FORH"] == ("running", FRIDAY.date(), date(2026, 11, 13)), (
        "from the day that it came, not from Monday"
    )
    assert told["PROT"][:2] == ("met", FRIDAY.date())
