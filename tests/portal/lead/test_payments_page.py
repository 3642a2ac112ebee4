"""Payments by two persons through the pages: made by Frida, released by Göran, fetched, and answered by the bank."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import ports
from handslag.income_support import public as income_support
from handslag.income_support.models import PaymentFile, PaymentOrder
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast
from tests.income_support.deciding import rules, with_worker
from tests.income_support.paying import account, connect_bank, ordered, report

pytestmark = pytest.mark.django_db(databases=["default"])
ClientOf = Callable[..., Client]


@pytest.fixture
def due(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> PaymentOrder:
    """Elin's payment, ordered and waiting for a file; the bank of the tests."""
    monkeypatch.setattr(ports, "_in_use", dict(ports._in_use))
    connect_bank()
    case = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support, parties=[], by=cast.asa, at=foundation.now()
    )
    return ordered(cast, case.id)


def the_file() -> PaymentFile:
    with foundation.acting(foundation.system("test")):
        return PaymentFile.objects.get()


def make(client: Client, cast: Cast) -> str:
    answer = client.post(f"/ledning/utbetalningar/enhet/{cast.support}/fil/")
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_one_makes_and_another_releases(client_of: ClientOf, cast: Cast, due: PaymentOrder) -> None:
    frida, goran = client_of(cast.frida), client_of(cast.goran)
    page = frida.get("/ledning/utbetalningar/").text
    assert "1\u00a0200" in page
    assert "Elin" not in page
    path = make(frida, cast)
    assert "Du har skapat filen" in frida.get(path).text
    assert frida.post(f"{path}slapp/").status_code == 403
    assert "Släpp filen" in goran.get(path).text
    assert goran.post(f"{path}hamta/").status_code == 403  # not released yet
    assert goran.post(f"{path}slapp/").status_code == 302
    assert goran.post(f"{path}slapp/").status_code == 302  # a second press changes nothing
    assert the_file().state == "released"
    fetched = goran.post(f"{path}hamta/")
    assert fetched.status_code == 200
    assert "attachment" in fetched.headers["Content-Disposition"]


def test_the_bank_answers(client_of: ClientOf, cast: Cast, due: PaymentOrder) -> None:
    frida, goran = client_of(cast.frida), client_of(cast.goran)
    path = make(frida, cast)
    goran.post(f"{path}slapp/")
    content = report(the_file(), f"{due.end_to_end_id} accepted")
    for _ in range(2):
        sent = frida.post("/ledning/utbetalningar/svar/", {"report": SimpleUploadedFile("svar.xml", content)})
        assert sent.status_code == 302, sent.text
    with foundation.acting(cast.system):
        assert PaymentOrder.objects.get().state == "paid"
    junk = frida.post("/ledning/utbetalningar/svar/", {"report": SimpleUploadedFile("svar.xml", b"junk")})
    assert junk.status_code == 400
    assert "lästes inte in" in junk.text or "togs inte in" in junk.text or "Rapporten" in junk.text


def test_a_file_taken_back_waits_again(client_of: ClientOf, cast: Cast, due: PaymentOrder) -> None:
    frida = client_of(cast.frida)
    path = make(frida, cast)
    assert frida.post(f"{path}ta-tillbaka/").status_code == 302
    assert "1\u00a0200" in frida.get("/ledning/utbetalningar/").text


@pytest.mark.parametrize("who", ["asa", "carina", "david", "rune", "ada", "greta", "elin"])
def test_others_touch_no_money(client_of: ClientOf, cast: Cast, due: PaymentOrder, who: str) -> None:
    path = make(client_of(cast.frida), cast)
    client = client_of(getattr(cast, who))
    assert client.get(path).status_code == 403
    for act in ("slapp/", "hamta/", "ta-tillbaka/"):
        assert client.post(path + act).status_code == 403
    assert client.post(f"/ledning/utbetalningar/enhet/{cast.support}/fil/").status_code == 403
    assert client.post(f"/ledning/utbetalningar/{due.id}/attest/").status_code == 403
    assert the_file().state == "made"


def test_nothing_to_pay_is_told(client_of: ClientOf, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_in_use", dict(ports._in_use))
    connect_bank()
    answer = client_of(cast.frida).post(f"/ledning/utbetalningar/enhet/{cast.support}/fil/")
    assert answer.status_code == 403
    assert "Det finns inget att betala" in answer.text


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_pages_stand_in_a_real_browser(open_page: Any, axe: Any, cast: Cast, due: PaymentOrder, size: Any) -> None:
    made = income_support.make_payment_file(unit_id=cast.support, by=cast.frida, at=foundation.now())
    path = f"/ledning/utbetalningar/fil/{made.id}/"
    for where, name in (("/ledning/utbetalningar/", "payments"), (path, "payment-file")):
        page = open_page(where, as_=cast.goran, size=size)
        axe(page)
        fits(page)
        picture(page, f"lead-{name}-sv-{size['width']}")


@pytest.fixture
def over(cast: Cast, settings: Any) -> Any:
    """Elin's application, granted by Åsa and over the limit; her payment waits for the second person."""
    settings.HANDSLAG_ATTEST_LIMIT_KR = 1000
    settings.DEMO = True
    rules(cast)
    made = with_worker(cast.elin, cast.asa)
    income_support.change_line(
        assessment_id=made.row.id, version=made.row.version, line="cost.electricity", amount=350, why="Enligt fakturan",
        by=cast.asa, at=foundation.now(),
    )  # fmt: skip
    casework.add_document(
        case_id=made.application.case_id, name="hyresavi.txt", content=b"Hyra 5 200", by=cast.asa, at=foundation.now()
    )
    decision = income_support.grant(
        application_id=made.application.id, reason="Behovet är styrkt.", by=cast.asa, at=foundation.now()
    )
    share = income_support.Share(account(cast, decision.case_id), decision.amount_kr)
    (order,) = income_support.order_payments(
        decision_id=decision.id, shares=[share], by=cast.asa, at=foundation.now()
    )
    return order


def test_the_attester_reads_what_it_rests_on_while_it_waits_and_no_longer(
    client_of: ClientOf, cast: Cast, over: Any
) -> None:
    frida = client_of(cast.frida)
    page = f"/ledning/utbetalningar/attest/{over.id}/"
    assert page in frida.get("/ledning/utbetalningar/attest/").text
    read = frida.get(page)
    assert read.status_code == 200
    for shown in ("Behovet är styrkt.", "Enligt fakturan", "6000, 123456789", "hyresavi.txt", "Elin Ekdal", "Hyra"):
        assert shown in read.text, shown
    (paper,) = [one for one in casework.find_documents(over.case_id, cast.asa).rows if one.name == "hyresavi.txt"]
    opened = frida.get(f"{page}papper/{paper.id}/")
    assert opened.status_code == 200 and opened.content == b"Hyra 5 200"
    with foundation.acting(cast.system):
        entries = foundation.AccessEntry.objects.filter(account_id=cast.frida.account_id, case_id=over.case_id)
        assert set(entries.values_list("page", flat=True)) == {"lead.attest", "casework.document"}
    assert frida.get(f"/handlaggare/arende/{over.case_id}/").status_code == 403
    for other in (cast.asa, cast.bjorn, cast.rune, cast.ada, cast.board, cast.elin):
        assert client_of(other).get(page).status_code == 403
    assert client_of(cast.david).get(page).status_code in (403, 404)
    assert frida.post(f"/ledning/utbetalningar/{over.id}/attest/").status_code == 302
    for gone in (page, f"{page}papper/{paper.id}/"):
        assert frida.get(gone).status_code == 404
        assert client_of(cast.goran).get(gone).status_code == 404
    assert frida.get(f"/ledning/utbetalningar/attest/{foundation.new_id()}/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_is_to_be_attested_stands_in_a_real_browser(open_page: Any, axe: Any, cast: Cast, over: Any, size: Any) -> None:
    page = open_page(f"/ledning/utbetalningar/attest/{over.id}/", as_=cast.frida, size=size)
    axe(page)
    fits(page)
    picture(page, f"lead-attest-sv-{size['width']}")
