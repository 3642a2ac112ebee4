"""At the desk: who is told, a guardian kept out with the ground, what each will read before it is sent, and who got a decision."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.browser import fits
from tests.cast import Cast
from tests.child_protection.investigating import a_child, a_file, opened

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.fixture
def file(cast: Cast) -> casework.Case:
    """Nils' file; his guardians are Elin and Farid."""
    child_id = a_child(cast)
    people.relate(
        person_id=cast.farid.person_id, other_id=child_id, kind="guardian",
        valid_from=foundation.today() - timedelta(days=99), by=cast.system, at=foundation.now(),
    )  # fmt: skip
    return a_file(cast, child_id, on=foundation.today())


@pytest.fixture
def begun(cast: Cast, file: casework.Case) -> children.Investigation:
    return opened(cast, file, at=foundation.now())


@pytest.fixture
def url(file: casework.Case) -> str:
    return f"/handlaggare/arende/{file.id}/"


def until() -> str:
    return (foundation.today() + timedelta(days=7)).isoformat()


def test_what_each_will_read_is_seen_before_it_is_sent(
    client_of: Log, cast: Cast, url: str, begun: children.Investigation
) -> None:
    children.write_area(
        investigation_id=begun.id, area="safety", body="Nils är trygg hos mormor.", version=0, by=cast.david,
        at=foundation.now(),
    )  # fmt: skip
    client, address = client_of(cast.david), f"{url}utredning/{begun.id}/kommunicera/"
    typed = {
        "material": "Nils behöver stöd.",
        "parts": ["area:safety"],
        "answer_until": until(),
        "act": "look",
    }
    looked = client.post(address, typed)
    page = looked.text
    assert looked.status_code == 200 and page.count("Nils är trygg hos mormor.") >= 2
    assert "Elin Ekdal" in page and "Farid" in page
    assert casework.find_communications(begun.case_id, cast.david) == []
    seen = looked.context["seen"]
    changed = client.post(address, typed | {"act": "send", "seen": seen, "material": "Något annat."})
    assert changed.status_code == 200 and casework.find_communications(begun.case_id, cast.david) == []
    assert client.post(address, typed | {"act": "send", "seen": seen}).status_code == 302
    sent = casework.find_communications(begun.case_id, cast.david)
    assert len(sent) == 2 and all("Nils är trygg hos mormor." in one.material for one in sent)
    empty = client.post(address, {"material": " ", "answer_until": until()})
    assert empty.status_code == 400
    waived = client.post(address, {"waived_because": "Inget nytt har kommit in."})
    assert waived.status_code == 302


def test_a_guardian_is_kept_out_with_a_ground_and_let_in_again(
    client_of: Log, cast: Cast, url: str, begun: children.Investigation
) -> None:
    client, address = client_of(cast.david), f"{url}vem-far-veta/"
    assert "Inte till den här vårdnadshavaren" in client.get(address).text
    missing = client.post(address, {"person": str(cast.farid.person_id), "ground": "violence", "because": ""})
    assert missing.status_code == 400
    typed = {"person": str(cast.farid.person_id), "ground": "violence", "because": "Slog Nils i maj."}
    page = client.post(address, typed, follow=True).text
    assert "Slog Nils i maj." in page
    hearing = client.post(
        f"{url}utredning/{begun.id}/kommunicera/", {"material": "Nils behöver stöd.", "answer_until": until()}
    ).text
    assert "Slog Nils i maj." in hearing
    (kept,) = casework.find_kept_out(begun.case_id, cast.david)
    for stranger in (cast.asa, cast.rune):
        assert client_of(stranger).get(address).status_code in (403, 404)
        assert client_of(stranger).post(f"{address}{kept.id}/hav/").status_code in (403, 404)
    assert client_of(cast.elin).get(address).status_code == 403
    assert client.post(f"{address}{kept.id}/hav/").status_code == 302
    assert casework.find_kept_out(begun.case_id, cast.david) == []


def test_who_is_told_of_a_decision_is_seen_before_and_after(
    client_of: Log, cast: Cast, url: str, begun: children.Investigation
) -> None:
    casework.keep_out(
        case_id=begun.case_id, person_id=cast.farid.person_id, ground="violence", because="Slog Nils i maj.",
        by=cast.david, at=foundation.now(),
    )  # fmt: skip
    (made,) = casework.find_decisions(begun.case_id, cast.david)
    client, address = client_of(cast.david), f"{url}beslut/{made.id}/beratta/"
    assert address in client.get(f"{url}utredning/{begun.id}/").text
    assert address in client.get(f"{url}beslut/{made.id}/").text
    before = client.get(address).text
    assert "Elin Ekdal" in before and "Slog Nils i maj." in before and "Under 15" in before
    way = f"way-{cast.elin.person_id}"
    why_not = client.post(address, {way: "not_told", "seen": ""})
    assert why_not.status_code == 400
    assert client.post(address, {way: "post", "seen": ""}).status_code == 302
    after = client.get(address).text
    assert "Berättat" in after and "Inte berättat" in after and "Slog Nils i maj." in after
    assert f'name="{way}"' not in after
    letter = casework.find_notices_to(cast.elin)[0].letter_id
    assert client.get(f"{url}dokument/{letter}/").status_code == 200
    for stranger in (cast.asa, cast.elin):
        assert client_of(stranger).get(address).status_code in (403, 404)


def test_a_reason_to_show_what_a_rule_hides_is_looked_through_first(
    client_of: Log, cast: Cast, url: str, begun: children.Investigation
) -> None:
    (made,) = casework.find_decisions(begun.case_id, cast.david)
    client, address = client_of(cast.david), f"{url}beslut/{made.id}/beratta/"
    typed = {f"way-{one.person_id}": "my_page" for one in (cast.elin, cast.farid)} | {
        "show_because": "Skolan sa ja"
    }
    first = client.post(address, typed | {"seen": ""})
    assert first.status_code == 200 and casework.find_decision_notices(made.id, cast.david) == []
    assert client.post(address, typed | {"seen": "Skolan sa ja"}).status_code == 302
    assert len(casework.find_decision_notices(made.id, cast.david)) == 2


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_stand_the_machine_s_look(
    cast: Cast, url: str, begun: children.Investigation, open_page: Any, axe: Any, language: str
) -> None:
    casework.keep_out(
        case_id=begun.case_id, person_id=cast.farid.person_id, ground="violence", because="Slog Nils i maj.",
        by=cast.david, at=foundation.now(),
    )  # fmt: skip
    (made,) = casework.find_decisions(begun.case_id, cast.david)
    for address in ("vem-far-veta/", f"beslut/{made.id}/beratta/", f"utredning/{begun.id}/kommunicera/"):
        page = open_page(f"{url}{address}", as_=cast.david, language=language)
        axe(page)
        fits(page)
    page.locator("[name=material]").fill("Nils behöver stöd.\nElin har flyttat.")
    page.locator("[name=answer_until]").fill(until())
    page.locator("button[value=look]").click()
    page.locator("button[value=send]").wait_for()
    axe(page)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/utredning/*/")
