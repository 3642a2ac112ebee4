"""The calculation at the desk: three columns, changes with a reason, two case workers, approvals."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.income_support.operations import applications, registers
from tests.cast import Cast
from tests.income_support import applying
from tests.income_support.deciding import rules

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
WHY = "Hyran är skälig, inga andra bostäder finns"


def seen(made: Any, cast: Cast) -> Any:
    with foundation.acting(cast.asa):
        return income_support.side_by_side(income_support.get_assessment(made.application.id, cast.asa))


def save(client: Client, made: Any, **more: Any) -> Any:
    asked = {"line": "cost.rent", "version": 1, "amount": "7 000", "why": WHY}
    return client.post(f"{made.calculation}rad/", {**asked, **more})


def test_the_three_columns_stand_beside_each_other(cast: Cast, client_of: Log, dear: Any) -> None:
    client = client_of(cast.asa)
    assert save(client, dear).status_code == 302
    page = client.get(dear.calculation).content.decode()
    for amount in ("9\xa0900\xa0kr", "6\xa0200\xa0kr", "7\xa0000\xa0kr"):
        assert amount in page, amount
    assert WHY in page and "Åsa" in page
    assert 'class="changed"' in page
    assert "12\xa0520\xa0kr" in page, "the sum with the case worker's value"


def test_a_version_of_the_law_that_nobody_confirmed_is_told_on_the_calculation(
    cast: Cast, client_of: Log, made: Any
) -> None:
    page = client_of(cast.asa, language="en").get(f"{made.url}berakning/", follow=True).content.decode()
    version = income_support.rule_version_in(foundation.Month.parse(made.application.month))
    assert version is not None
    assert ("is not confirmed:" in page) != version.is_confirmed


def test_a_value_is_taken_back(cast: Cast, client_of: Log, dear: Any) -> None:
    client = client_of(cast.asa)
    save(client, dear)
    answer = client.post(f"{dear.calculation}aterta/", {"line": "cost.rent", "version": 2})
    assert answer.status_code == 302
    assert not any(line.is_changed for line in seen(dear, cast).lines)


@pytest.mark.parametrize(
    "wrong", [{"amount": "mycket"}, {"amount": ""}, {"why": ""}, {"line": "cost.yacht"}, {"amount": "-5"}]
)
def test_a_fault_is_told_and_what_was_typed_is_kept(
    cast: Cast, client_of: Log, dear: Any, wrong: Any
) -> None:
    answer = save(client_of(cast.asa), dear, **wrong)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "ds-error-summary" in page
    if "line" not in wrong:
        assert (WHY if "why" not in wrong else "7 000") in page
    assert not any(line.is_changed for line in seen(dear, cast).lines)


def test_two_case_workers_save_the_same_line_and_both_texts_are_shown(
    cast: Cast, client_of: Log, dear: Any
) -> None:
    assert save(client_of(cast.bjorn), dear, amount="6 900", why="Björns skäl").status_code == 302
    answer = save(client_of(cast.asa), dear)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Björns skäl" in page and WHY in page and 'value="7 000"' in page
    assert 'name="version" value="2"' in page, "saving once more saves over what is shown"
    assert save(client_of(cast.asa), dear, version=2).status_code == 302
    assert seen(dear, cast).result.granted == 12520


def test_a_line_is_added(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    assert "ny-rad" in client.get(f"{made.calculation}?ny").content.decode()
    asked = {"line": "income.other", "of": "a1", "version": 1, "amount": "500", "why": "Swish från mormor"}
    assert client.post(f"{made.calculation}ny-rad/", asked).status_code == 302
    assert seen(made, cast).result.granted == 10220
    assert "Swish från mormor" in client.get(made.calculation).content.decode()
    assert (
        client.post(f"{made.calculation}ny-rad/", {**asked, "line": "norm.adult.single"}).status_code == 400
    )


def test_parts_are_approved_one_by_one(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    for section in ("norm", "cost"):
        assert (
            client.post(f"{made.calculation}godkann/", {"section": section, "version": 1}).status_code == 302
        )
    assert seen(made, cast).all_approved
    assert client.post(f"{made.calculation}godkann/", {"section": "all", "version": 1}).status_code == 400
    assert client.post(f"{made.calculation}godkann/", {"section": "norm", "version": 7}).status_code == 409


def test_calculating_again_keeps_ones_own_values(cast: Cast, client_of: Log, dear: Any) -> None:
    client = client_of(cast.asa)
    save(client, dear)
    assert client.post(f"{dear.calculation}uppdatera/").status_code == 302
    assert seen(dear, cast).result.granted == 12520


def test_the_activity_requirement_is_tried_by_a_person(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    month = made.application.month
    asked = {"outcome": "exempt", "month_from": month, "month_to": month, "why": "Sjukskriven på heltid"}
    assert client.post(f"{made.calculation}aktivitet/", {**asked, "outcome": ""}).status_code == 400
    wrong = client.post(f"{made.calculation}aktivitet/", {**asked, "month_from": "nyss"})
    assert wrong.status_code == 400 and "Sjukskriven" in wrong.content.decode()
    assert client.post(f"{made.calculation}aktivitet/", asked).status_code == 302
    with foundation.acting(cast.asa):
        assert income_support.activity_is_tried(made.case_id, foundation.Month.parse(month))


def test_another_cases_application_is_not_found_here(cast: Cast, client_of: Log, made: Any) -> None:
    address = f"{made.url}berakning/{foundation.new_id()}/"
    assert client_of(cast.asa).get(address).status_code == 404



def cells(page: str, label: str) -> str:
    """The row of a line, without tags."""
    row = next(one for one in page.split("<tr data-line")[1:] if label in one.split("</th>")[0])
    return " ".join(re.sub(r"<[^>]+>", " ", row.split("</tr>")[0].split(">", 1)[1]).replace("\xa0", " ").split())


def test_what_was_stated_and_what_a_register_says_stand_apart(cast: Cast, client_of: Log) -> None:
    """The register's figure has its own place, with agency and time; what nobody stated is said to be so."""
    rules(cast)
    application = applying.apply(cast.elin)
    paid_on = applying.in_month(applying.this_month().previous())
    applying.use(applying.ToldRegisters(payments=[("FK:SJP", "3400", paid_on)]))
    registers.fetch_registers(application.id)
    by, at = foundation.system("automation"), foundation.now()
    applications.begin_assessing(application_id=application.id, by=by, at=at)
    because = [foundation.said("handed.missing")]
    applications.hand_to_worker(application_id=application.id, reasons=because, by=by, at=at)
    case_id = application.case_id
    casework.assign_case(case_id=case_id, worker_id=cast.asa.account_id, by=cast.asa, at=at)
    income_support.refresh_assessment(application_id=application.id, by=cast.asa, at=at)
    page = client_of(cast.asa).get(f"/handlaggare/arende/{case_id}/berakning/{application.id}/").text
    sick = cells(page, "Sjukpenning")
    assert sick.startswith("Sjukpenning") and "inte uppgivet 3 400 kr Försäkringskassan" in sick
    assert cells(page, "Hyra").startswith("Hyra 5 200 kr – 5 200 kr")
    shown, hidden = page.split("<summary>För den som kontrollerar")
    assert "tillfrågad" in shown and "test" in hidden
    with foundation.acting(cast.asa):
        row = income_support.get_assessment(application.id, cast.asa)
        assert row is not None
        mark = row.result["rule_version"].rpartition("@")[2]
    assert mark not in shown and mark in hidden, "a code of the rules is for who checks"


def test_an_approval_leads_on_to_the_next_part_and_at_last_to_the_sum(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    places = []
    for _ in range(4):
        side = seen(made, cast)
        waits = [code for code, _heading in side.sections if code not in side.approved and code in {one.section for one in side.lines}]
        if not waits:
            break
        answer = client.post(f"{made.calculation}godkann/", {"section": waits[0], "version": 1})
        places.append(answer.url.rpartition("#")[2])
    assert places[-1] == "sum" and all(one.startswith("section-") for one in places[:-1])
    page = client.get(made.calculation).text
    assert all(f'id="{one}"' in page for one in places)
