"""From an application on a phone to a decision, a letter, a payment and the wall: the whole product, in a real browser.

The journeys follow on one another over one municipality, in the order that they stand here, so none is run again
when it fails. Nothing sleeps: each waits for what it expects to see.
"""

import os
import re
import signal
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from lxml import etree

from handslag.demo.who import RESIDENTS
from tests.browser import DESKTOP, PHONE
from tests.cast import identity_number
from tests.integrations.conftest import captured
from tests.journeys import paper
from tests.journeys.conftest import Visits
from tests.journeys.product import RunningProduct, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.flaky(reruns=0)]

AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LISTS = (
    "/tavla/", "/tavla/siffror/", "/tavla/skarmar/", "/ledning/", "/ledning/frister.xlsx", "/ledning/belastning.xlsx",
    "/ledning/automatisering/", "/ledning/stickprov/", "/ledning/logg/", "/ledning/jobb/", "/ledning/regler/", "/ledning/utbetalningar/",
    "/ledning/delegation/", "/ledning/statistik/", "/handlaggare/", "/handlaggare/?vems=unit", "/handlaggare/?vems=unassigned",
)  # fmt: skip
GO_ON, SEND = "Spara och gå vidare", "Skicka ansökan"
# Two seconds are promised; the screen asks each second, and the machine of a test is shared.
PROMISED_SECONDS, SLACK_SECONDS = 2.0, 3.0
MOVES = """() => {
  window.__moves = [];
  const figures = document.getElementById('figures');
  const read = () => Object.fromEntries([...figures.querySelectorAll('[data-number]')].map((e) => [e.dataset.number, e.textContent]));
  let before = read();
  new MutationObserver(() => {
    const now = read();
    if (!Object.keys(now).length) return;
    for (const key of Object.keys(now)) if (before[key] !== now[key]) window.__moves.push([key, before[key], now[key], Date.now()]);
    before = now;
  }).observe(figures, {childList: true, subtree: true});
}"""


@dataclass
class Story:
    """What later journeys need of earlier ones."""

    elin_matter: str = ""
    elin_decision: str = ""
    elin_letter: str = ""
    farid_matter: str = ""
    farid_case: str = ""
    farid_assessment: str = ""
    farid_decision: str = ""
    file: bytes = b""
    letters: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def story() -> Story:
    return Story()


def events_of(product: RunningProduct, kind: str, username: str) -> list[datetime]:
    """When events of a kind about a resident of the cast were recorded."""
    with product.as_owner() as owner:
        rows = owner.execute(
            "SELECT recorded_at FROM foundation_event WHERE kind = %s AND person_id = "
            "(SELECT person_id FROM foundation_account WHERE username = %s) ORDER BY id",
            [kind, username],
        ).fetchall()
    return [row[0] for row in rows]


def moved_to(wall: Any, number: str) -> list[datetime]:
    """When a number of the wall changed."""
    moves = wall.evaluate("() => window.__moves")
    return [datetime.fromtimestamp(at / 1000, UTC) for name, _before, _now, at in moves if name == number]


def shown(wall: Any, number: str) -> int:
    return int(wall.locator(f"[data-number={number}]").inner_text())


def test_the_board_decides_again_what_may_be_automated(visits: Visits) -> None:
    """One proposal in twenty is drawn for a person's check, in the journey too: the demo's Elin has a case that is not.

    Rune enters the decision on his own page, as he would any other.
    """
    page = visits.open("rune", "/ledning/automatisering/")
    visits.look(page)
    page.goto("/ledning/automatisering/regel/")
    visits.look(page)
    today = page.evaluate("() => new Date().toLocaleDateString('sv-SE', {timeZone: 'Europe/Stockholm'})")
    page.locator("input[name=kinds][value=renewal]").check()
    page.get_by_label("Högsta belopp").fill("40000")
    page.locator("[name=sample_percent]").fill("5")
    page.locator("[name=valid_from]").fill(today)
    page.locator("[name=paragraph]").fill("§ 44")
    page.locator("[name=decided_on]").fill(today)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/ledning/automatisering/")
    assert "5 procent" in page.locator("main").inner_text() or "5 %" in page.locator("main").inner_text()


def test_elin_is_granted_while_the_wall_moves(visits: Visits, product: RunningProduct, story: Story) -> None:
    """A renewal on a phone in four short pages, granted without a person; the wall beside it follows within two seconds."""
    wall = visits.open("asa", "/tavla/")
    visits.look(wall)
    wall.evaluate(MOVES)
    decided, received = shown(wall, "decided"), shown(wall, "received")

    page = visits.open("resident-elin", "/ansok/", size=PHONE)
    visits.look(page, "elin-1-month-phone")
    page.get_by_role("button", name="Börja").click()
    page.wait_for_url("**/changes/")
    visits.look(page)
    page.locator("[name=has_changed][value=no]").check()
    page.get_by_role("button", name=GO_ON).click()
    page.wait_for_url("**/incomes/")
    visits.look(page)
    page.locator("[name=has_incomes][value=no]").check()
    page.get_by_role("button", name=GO_ON).click()
    page.wait_for_url("**/occupation/")
    visits.look(page)
    page.locator("[name=status][value=job_seeking]").check()
    page.locator("[name=registered_as_job_seeker][value=yes]").check()
    page.locator("[name=done_this_month]").fill("Sökt tio jobb och gått på två möten")
    page.get_by_role("button", name=GO_ON).click()
    page.wait_for_url("**/summary/")
    visits.look(page)
    page.locator("[name=truthful]").check()
    page.get_by_role("button", name=SEND).click()
    page.wait_for_url("**/kvitto/**")
    visits.look(page)

    wall.wait_for_function("([n]) => Number(document.querySelector('[data-number=decided]').textContent) > n", arg=[decided])
    assert shown(wall, "decided") == decided + 1
    assert shown(wall, "received") == received + 1
    visits.look(wall, "wall-desktop")
    late = [
        (moved_to(wall, "decided")[0] - events_of(product, "income_support.application_decided", "resident-elin")[-1]),
        (moved_to(wall, "received")[0] - events_of(product, "income_support.application_submitted", "resident-elin")[-1]),
    ]
    assert max(late) < timedelta(seconds=PROMISED_SECONDS + SLACK_SECONDS), late
    assert min(late) < timedelta(seconds=PROMISED_SECONDS + 1), late

    page.get_by_role("link", name="Följ ditt ärende").click()
    page.wait_for_url("**/mina-arenden/*/")
    story.elin_matter = page.url
    assert "Beslutad" in page.locator("main").inner_text()
    visits.look(page, "elin-2-matter-phone")


def test_elin_reads_decision_calculation_letter_and_payment(visits: Visits, story: Story) -> None:
    """Result first, then every line, the letter with the same lines, and the payment that is planned."""
    page = visits.open("resident-elin", story.elin_matter, size=PHONE)
    _read_decision(visits, page, story, who="elin")
    story.elin_decision = page.url
    text = page.locator("main").inner_text()
    assert "Du får ekonomiskt bistånd" in text
    assert "automatiska handläggning" in text
    assert "Planerad" in text
    assert "Sista dag att överklaga" in text
    lines = paper.lines_of(page)
    assert len(lines) >= 5, lines
    content = paper.fetched(page, story.letters["elin"])
    told = paper.text_of(content)
    for label, amount in lines:
        assert paper.plain(amount) in told, (label, amount)
    assert "ElinEkdal" in told
    assert "automati" in told.lower()


FARIDS_ANSWERS: dict[str, dict[str, str]] = {
    "information": {"read": "yes"},
    "household": {"living": "alone"},
    "children": {"has_children": "no"},
    "housing": {"kind": "rental", "rent_kr": "7 400", "rooms": "2", "pay_landlord": "no"},
    "costs": {"costs-0-kind": "electricity", "costs-0-amount_kr": "450"},
    "special": {"special-0-kind": "spectacle_frames", "special-0-amount_kr": "1 200", "special-0-why": "Mina glasögon har gått sönder."},
    "incomes": {"has_incomes": "no"},
    "assets": {"savings_kr": "0", "has_car": "no"},
    "occupation": {"status": "sick"},
    "account": {"clearing": "6000", "number": "123456789"},
    "summary": {"truthful": "yes"},
}  # fmt: skip


def fill(page: Any, answers: dict[str, str]) -> None:
    """Answer the questions of a page by the names of their fields."""
    for name, answer in answers.items():
        field = page.locator(f"main [name='{name}']")
        kind = field.first.evaluate("(e) => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "radio":
            page.locator(f"main [name='{name}'][value='{answer}']").check()
        elif kind == "checkbox":
            field.check()
        elif kind == "select":
            field.select_option(answer)
        else:
            field.fill(answer)


def test_farid_applies_for_the_first_time_with_a_photo(visits: Visits, story: Story) -> None:
    """All eleven pages of a new application on a phone, and a photo of the rent notice."""
    page = visits.open("resident-farid", "/ansok/", size=PHONE)
    photo = page.screenshot(type="jpeg", quality=50)
    page.get_by_role("button", name="Börja").click()
    for step, answers in FARIDS_ANSWERS.items():
        page.wait_for_url(f"**/{step}/")
        if step == "housing":
            page.locator("#id_camera").set_input_files({"name": "hyresavi.jpg", "mimeType": "image/jpeg", "buffer": photo})
            page.get_by_role("button", name="Lägg till papperen").click()
            page.get_by_text("hyresavi.jpg").wait_for()
        fill(page, answers)
        visits.look(page, "farid-1-housing-phone" if step == "housing" else "")
        page.get_by_role("button", name=SEND if step == "summary" else GO_ON).click()
    page.wait_for_url("**/kvitto/**")
    visits.look(page)
    page.get_by_role("link", name="Följ ditt ärende").click()
    page.wait_for_url("**/mina-arenden/*/")
    story.farid_matter = page.url
    visits.look(page)


def test_asa_has_it_prepared_with_figures_warnings_and_reasons(visits: Visits, story: Story) -> None:
    """The case comes to the unit's queue; figures of the registers, what differs, and every line are there already."""
    page = visits.open("asa", "/handlaggare/?vems=unassigned")
    row = page.locator("tbody tr", has_text="Farid Rahimi")

    def has_come() -> bool:
        page.reload()
        return bool(row.count())

    until(has_come, what="Farid's case is in the queue")
    visits.look(page, "asa-1-queue-desktop")
    row.locator("a").first.click()
    page.wait_for_url("**/handlaggare/arende/**")
    story.farid_case = page.url

    def is_handed_over() -> bool:
        page.goto(story.farid_case)
        return bool(page.locator("#warnings").count())

    until(is_handed_over, what="the warnings are there")
    visits.look(page)
    warned = page.locator("section[aria-labelledby=warnings]").inner_text()
    assert "63" in warned
    assert "ukpenning" in warned
    page.goto(story.farid_case + "ansvarig/")
    visits.look(page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(story.farid_case)
    page.goto(story.farid_case + "dokument/")
    assert "hyresavi.jpg" in page.locator("main").inner_text()
    visits.look(page)
    while page.goto(story.farid_case) and (open_ones := page.locator(".warning-row[data-state=open]")).count():
        open_ones.first.locator("[name=because]").fill("Farid har berättat: färre sjukdagar den här månaden.")
        open_ones.first.locator("button[value=acknowledged]").click()
        page.locator("#messages .ds-alert").wait_for()
    page.goto(story.farid_case + "berakning/")
    page.wait_for_url("**/berakning/*/")
    story.farid_assessment = page.url
    text = page.locator("main").inner_text()
    assert "3 400" in text.replace("\u00a0", " ")
    assert page.locator("section[aria-labelledby=registers] tbody tr").count() >= 2
    visits.look(page, "asa-2-assessment-desktop")


def test_asa_changes_a_line_communicates_previews_and_grants_partly(visits: Visits, story: Story) -> None:
    """Her value and why beside the system's; Farid is told first (FL 25); the preview says what happens; then once."""
    page = visits.open("asa", story.farid_assessment)
    line = page.locator("tr[data-line]", has_text="lasögon")
    line.locator("a", has_text="Ändra").click()
    page.locator("#andra [name=amount]").fill("600")
    page.locator("#andra [name=why]").fill("Enkla bågar kostar 600 kronor enligt optikern.")
    visits.look(page)
    page.locator("#andra button[type=submit]").first.click()
    page.locator("tr.changed:not(.editing)").wait_for()
    assert "600" in page.locator("tr.changed").inner_text()
    while (waiting := page.locator("form[action$='/godkann/'] button")).count():
        before = waiting.count()
        waiting.first.click()
        page.wait_for_function("([n]) => document.querySelectorAll(\"form[action$='/godkann/'] button\").length < n", arg=[before])
    visits.look(page)

    page.goto(story.farid_assessment + "besluta/")
    assert page.locator("[name=outcome][value=partly_granted]").count() == 0, "Farid has not been told yet"
    visits.look(page)
    page.goto(story.farid_case + "kommunicering/")
    page.locator("[name=material]").fill("Vi tänker bevilja enklare glasögonbågar och hyra upp till högsta godtagbara.")
    visits.look(page)
    page.locator("form:has([name=material]) button[type=submit]").first.click()
    page.locator("#messages .ds-alert").wait_for()
    told = visits.open("resident-farid", "/meddelanden/", size=PHONE)
    assert "enklare glasögonbågar" in told.locator("main").inner_text()
    visits.look(told)
    page.locator("form[action*='/svar/'] [name=answer]").fill("Det är bra så.")
    page.locator("form[action*='/svar/'] button[type=submit]").click()
    page.locator("#messages .ds-alert").wait_for()
    visits.look(page)

    page.goto(story.farid_assessment + "besluta/")
    page.locator("[name=outcome][value=partly_granted]").check()
    page.locator("[name=reason]").fill("Du får hyra upp till det högsta som vi godtar, och enkla bågar.")
    page.locator("button[name=preview]").click()
    page.locator("button[name=decide]").wait_for()
    visits.look(page, "asa-3-preview-desktop")
    drafted = page.evaluate(
        """async () => {
          const form = document.querySelector("form[action$='/brev/']");
          const answer = await fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
          return {status: answer.status, bytes: Array.from(new Uint8Array(await answer.arrayBuffer()))};
        }"""
    )
    assert drafted["status"] == 200
    assert "FaridRahimi" in paper.text_of(bytes(drafted["bytes"]))
    page.locator("button[name=decide]").click()
    page.wait_for_url("**/beslut/**")
    visits.look(page)


def test_farid_reads_what_he_gets_and_why(visits: Visits, story: Story) -> None:
    """The part that is granted, each line, the reason, and the last day to appeal."""
    page = visits.open("resident-farid", story.farid_matter, size=PHONE)
    _read_decision(visits, page, story, who="farid")
    story.farid_decision = page.url
    text = page.locator("main").inner_text()
    assert "Du får en del av det som du ansökte om" in text or "en del" in text
    assert "enkla bågar" in text
    assert "Sista dag att överklaga" in text
    told = paper.text_of(paper.fetched(page, story.letters["farid"]))
    assert "enklabågar" in told
    for label, amount in paper.lines_of(page):
        assert paper.plain(amount) in told, (label, amount)


def test_two_persons_send_the_money(visits: Visits, story: Story) -> None:
    """Frida makes the file and cannot release it; Göran does; what the bank gets is counted anew here."""
    frida = visits.open("frida", "/ledning/utbetalningar/")
    visits.look(frida)
    frida.locator("form[action*='/enhet/'] button").first.click()
    frida.wait_for_url("**/utbetalningar/fil/*/")
    visits.look(frida)
    assert frida.locator("form[action$='/slapp/']").count() == 0, "she made it herself"
    assert frida.locator("form[action$='/hamta/']").count() == 0, "it is not released"
    goran = visits.open("goran", frida.url)
    visits.look(goran, "goran-releases-desktop")
    goran.locator("form[action$='/slapp/'] button").click()
    with goran.expect_download() as fetched:
        goran.locator("form[action$='/hamta/'] button").click()
    story.file = Path(fetched.value.path()).read_bytes()
    visits.look(goran)
    sums = paper.sums_of(story.file)
    assert sums.stated_kr == sums.counted_kr > 0
    assert sums.stated_number == sums.counted_number >= 2
    shown_kr = paper.plain(goran.locator("main .amount").inner_text())
    assert shown_kr == paper.plain(f"{sums.stated_kr:f}").replace(".00", "").replace(".", ",") + "kr"


def test_the_payment_file_is_valid(story: Story) -> None:
    """Against the published schema, where it is at hand."""
    assert story.file, "no file was made"
    version = paper.version_of(story.file)
    schema = etree.XMLSchema(etree.parse(str(captured("iso20022", f"{version}.xsd"))))
    schema.assertValid(etree.fromstring(story.file))


def test_hugo_is_asked_to_wait_for_a_call(visits: Visits) -> None:
    """A protected person is never handled by the machine, and the page does not say why."""
    page = visits.open("resident-hugo", "/ansok/", size=PHONE, meant=("409",))
    page.get_by_role("button", name="Börja").click()
    page.get_by_role("heading", name="Vi vill prata med dig först").wait_for()
    assert "skydd" not in page.locator("main").inner_text().lower()
    visits.look(page)
    page.locator("form[action='/ansok/ring-mig/'] button").click()
    page.locator("#messages .ds-alert").wait_for()


HUGO = identity_number(RESIDENTS["hugo"].born, RESIDENTS["hugo"].sex)
OPENS_A_CASE = """
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Account, Unit
with foundation.acting(foundation.system("journeys")):
    hugo = Account.objects.get(username="resident-hugo")
    unit = Unit.objects.get(kind="income_support")
    case = casework.open_case(
        kind="income_support", person_id=hugo.person_id, unit_id=unit.id, by=foundation.system("journeys"), at=foundation.now()
    )
    print(hugo.person_id, case.id)
"""


@pytest.fixture(scope="module")
def hugo(product: RunningProduct) -> tuple[str, str]:
    """Hugo's id and the id of a case of his, opened by hand after a telephone call."""
    told = product.command("manage", "shell", "--no-imports", "-c", OPENS_A_CASE)
    assert told.returncode == 0, told.stderr
    person_id, case_id = told.stdout.split()[-2:]
    return person_id, case_id


@pytest.mark.parametrize(("who", "is_named"), [("asa", True), ("carina", True), ("bjorn", False), ("david", False)])
def test_only_the_named_find_hugo(visits: Visits, hugo: tuple[str, str], who: str, is_named: bool) -> None:
    """By name, by number, by the page's own address and by the case's; the others are told nothing, not even that he is."""
    page = visits.open(who, "/handlaggare/sok/", meant=("403", "404"))
    for asked in ("Hav", HUGO):
        page.goto("/handlaggare/sok/")
        page.locator("main [name=q]").fill(asked)
        page.locator("main form button[type=submit]").first.click()
        page.locator("#hits").wait_for()
        assert (page.get_by_role("link", name="Hugo Hav").count() == 1) is is_named, asked
    for address in (f"/handlaggare/person/{hugo[0]}/", f"/handlaggare/arende/{hugo[1]}/"):
        answer = page.goto(address)
        text = page.content()
        assert (answer.status == 200) is is_named, f"{who} {address}: {answer.status}"
        assert ("Hugo" in text) is is_named
        if not is_named:
            assert answer.status in (403, 404)
        visits.look(page)


def test_hugo_is_on_no_wall_list_or_overview(visits: Visits, hugo: tuple[str, str]) -> None:
    """What the others of the house see, page by page: neither his name, nor his number, nor an id of his."""
    for who in ("bjorn", "david", "frida", "rune", "ada", "board"):
        page = visits.open(who, "/tavla/", meant=("403", "404"))
        for address in LISTS:
            answer = page.request.get(address)
            text = answer.text()
            for trace in ("Hugo Hav", HUGO, HUGO[2:], f"{HUGO[2:8]}-{HUGO[8:]}", *hugo):
                assert trace not in text, f"{who} at {address}"
    for who in ("asa", "carina"):
        assert "Hugo" not in visits.open(who, "/tavla/").content()


def test_hugo_is_nowhere_in_the_database_for_the_webs_own_role(product: RunningProduct, hugo: tuple[str, str]) -> None:
    """Straight in SQL as the role of the web, without an actor: no row of anybody, by any column that holds an id."""
    with product.as_owner() as owner:
        columns = owner.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns JOIN pg_tables ON tablename = table_name "
            "AND schemaname = table_schema WHERE table_schema = 'public' AND data_type = 'uuid' GROUP BY 1 ORDER BY 1"
        ).fetchall()
        held = sum(_rows_about(owner, table, names, hugo) or 0 for table, names in columns)
    assert held >= 5, "nothing is held about him, so nothing is shown by this"
    refused = 0
    with product.as_app_role() as intruder:
        for table, names in columns:
            found = _rows_about(intruder, table, names, hugo)
            refused += found is None
            assert not found, f"{table}: {found} rows"
        for table in ("people_person", "people_identitynumber", "casework_case", "income_support_application"):
            assert _rows(intruder, f"SELECT count(*) FROM {table}") in (0, None), table
    assert refused < len(columns) / 2, "most tables were refused as a whole, so their policies were never tried"


def _rows_about(there: Any, table: str, names: list[str], ids: tuple[str, str]) -> int | None:
    about = " OR ".join(f'"{name}" = ANY(%s::uuid[])' for name in names)
    return _rows(there, f'SELECT count(*) FROM "{table}" WHERE {about}', [list(ids)] * len(names))


def _rows(there: Any, question: str, values: Any = None) -> int | None:
    """How many rows; None where the role may not ask at all."""
    try:
        return int(there.execute(question, values).fetchone()[0])
    except psycopg.errors.InsufficientPrivilege:
        return None


def test_greta_and_other_units_see_none_of_it(visits: Visits, story: Story, seen: dict[str, set[str]]) -> None:
    """Every address with an id that was opened in these journeys, and the letters, tried by those who have no part in them."""
    own = {address for who in ("resident-elin", "resident-farid") for address in seen[who]} | set(story.letters.values())
    desk = {address for who in ("asa", "frida", "goran") for address in seen[who]}
    own, desk = ({urlsplit(address).path for address in some if AN_ID.search(address)} for some in (own, desk))
    assert len(own) >= 15 and len(desk) >= 5, (own, desk)
    attempts = [
        ("resident-greta", own | desk), ("resident-hugo", own | desk), ("david", own | desk), ("bjorn", own), ("", own | desk),
    ]  # fmt: skip
    for who, addresses in attempts:
        page = visits.open(who, "/konto/" if who else "/")
        for address in sorted(addresses):
            answer = page.request.get(address, max_redirects=0)
            assert answer.status in (302, 403, 404, 405), f"{who or 'a visitor'} at {address}: {answer.status}"
            assert who == "" or answer.status != 302 or "/konto/" in answer.headers.get("location", ""), f"{who} at {address}"
            for name in ("Elin Ekdal", "Farid Rahimi", "Ekdal"):
                assert name not in answer.text(), f"{who or 'a visitor'} at {address}"


def test_the_same_in_english(visits: Visits, story: Story) -> None:
    """Elin's and Åsa's pages in English: the language is said, the words are English, the Swedish ones are gone."""
    pages = [
        ("resident-elin", "/", PHONE, ("Apply for economic aid",), ("Ansök om", "Mina ärenden")),
        ("resident-elin", story.elin_matter, PHONE, ("How it goes", "Decided"), ("Så går det", "Beslutad", "Utbetalningar")),
        ("resident-elin", story.elin_decision, PHONE, ("You get economic aid", "Planned", "Last day to appeal"), ("Du får", "Planerad", "Sista dag")),
        ("asa", "/handlaggare/", DESKTOP, ("To do", "Nobody's cases"), ("Att göra", "Frister")),
        ("asa", story.farid_case, DESKTOP, ("Warnings", "Parties", "Time limits"), ("Varningar", "Parter", "Frister")),
        ("asa", story.farid_assessment, DESKTOP, ("What the registers say", "System"), ("Vad registren säger", "Beräkning")),
        ("asa", "/tavla/", DESKTOP, ("Decided today",), ("Beslutade i dag",)),
    ]  # fmt: skip
    for who, address, size, english, swedish in pages:
        page = visits.open(who, address, size=size, language="en")
        assert page.locator("html").get_attribute("lang") == "en"
        text = page.locator("main").inner_text()
        for words in english:
            assert words.lower() in text.lower(), f"{words!r} is not at {address}"
        for words in swedish:
            assert words not in text, f"{words!r} is at {address}"
        visits.look(page)


def test_killed_processes_come_back_by_themselves(visits: Visits, product: RunningProduct) -> None:
    """kill -9 of the web and of every worker while nothing goes on; then an application is taken up as before."""

    def tried() -> int:
        """How many of Elin's applications a worker has been through, whichever way they went."""
        ways = ("income_support.application_decided", "income_support.application_handed_to_worker")
        return sum(len(events_of(product, way, "resident-elin")) for way in ways)

    before, done = product.pids(), tried()
    for name in ("web", "worker-1", "worker-2"):
        if name in before:
            os.kill(before[name], signal.SIGKILL)
    until(lambda: all(product.pids().get(name) not in (None, before[name]) for name in before if name != "registers"))
    until(product.answers, what="the web answers again")
    page = visits.open("resident-elin", "/ansok/", size=PHONE)
    page.get_by_role("button", name="Börja").click()
    for answers in ({"has_changed": "no"}, {"has_incomes": "no"}, FARIDS_ANSWERS["occupation"]):
        fill(page, answers)
        page.get_by_role("button", name=GO_ON).click()
        page.locator(f"main [name={next(iter(answers))}]").first.wait_for(state="detached")
    fill(page, {"truthful": "yes"})
    page.get_by_role("button", name=SEND).click()
    page.wait_for_url("**/kvitto/**")
    until(lambda: tried() > done, within=300, what="a worker takes the job")


def test_a_second_start_keeps_everything(visits: Visits, product: RunningProduct, story: Story) -> None:
    """Stopped and started again: the same decision and letter; the log's seals hold; every decision recomputes the same."""
    letter = paper.fetched(visits.open("resident-elin"), story.letters["elin"])
    assert product.stop() == 0
    product.start()
    page = visits.open("resident-elin", story.elin_decision, size=PHONE)
    assert "Du får ekonomiskt bistånd" in page.locator("main").inner_text()
    assert paper.fetched(page, story.letters["elin"]) == letter
    for command in ("verify-log", "replay"):
        told = product.command(command)
        assert told.returncode == 0, told.stdout[-2000:] + told.stderr[-2000:]


def _read_decision(visits: Visits, page: Any, story: Story, *, who: str) -> None:
    """From the matter to its decision, once the letter lies there too."""
    matter = page.url

    def with_letter() -> bool:
        page.goto(matter)
        page.locator("a[href*='/beslut/']").first.click()
        page.wait_for_url("**/beslut/**")
        return bool(page.locator("a[href*='/papper/']").count())

    until(with_letter, what="the letter is made")
    story.letters[who] = page.locator("a[href*='/papper/']").first.get_attribute("href")
    for one in page.locator("details.ds-details summary").all():
        one.click()
    visits.look(page, f"{who}-3-decision-phone")
