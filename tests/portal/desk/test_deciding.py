"""Deciding at the desk: what is offered, what is told to be missing, the preview, and once only."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.income_support.operations import letters
from tests.cast import Cast
from tests.income_support.test_letter import words_of

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
GRANT = {"outcome": "granted", "reason": "", "emergency_examined": "", "version": 1}
PART = {**GRANT, "outcome": "partly_granted", "reason": "Hyran är högre än den högsta godtagna."}
REFUSE = {
    **GRANT,
    "outcome": "refused",
    "reason": "Inkomsten räcker.",
    "emergency_examined": "Hyra och mat är betalda.",
}


def decisions(made: Any, cast: Cast) -> list[casework.Decision]:
    return casework.find_decisions(made.case_id, cast.asa)


def test_everything_is_granted_after_a_preview_and_once(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    url = f"{made.calculation}besluta/"
    page = client.get(url).content.decode()
    assert 'value="granted"' in page and "10\xa0720\xa0kr" in page
    preview = client.post(url, {**GRANT, "preview": "1"})
    assert preview.status_code == 200 and "10\xa0720\xa0kr" in preview.content.decode()
    assert decisions(made, cast) == [], "a preview decides nothing"
    for _ in range(2):
        answer = client.post(url, {**GRANT, "decide": "1"})
        assert answer.status_code == 302
    (made_decision,) = decisions(made, cast)
    assert answer.url.endswith(f"/beslut/{made_decision.id}/")
    shown = client.get(answer.url).content.decode()
    assert "10\xa0720\xa0kr" in shown and "Åsa" in shown


def test_without_communication_only_what_is_possible_is_offered_and_the_rest_is_explained(
    cast: Cast, client_of: Log, dear: Any
) -> None:
    client = client_of(cast.asa)
    url = f"{dear.calculation}besluta/"
    page = client.get(url).content.decode()
    for outcome in ("granted", "partly_granted", "refused"):
        assert f'name="outcome" value="{outcome}"' not in page
    assert "25 § FL" in page and f"{dear.url}kommunicering/?ansokan={dear.application.id}" in page
    answer = client.post(url, {**PART, "decide": "1"})
    assert answer.status_code == 400 and PART["reason"] in answer.content.decode()
    assert decisions(dear, cast) == []


def test_a_part_is_granted_with_the_reason_when_the_person_was_told(
    cast: Cast, client_of: Log, dear: Any, waive: Any
) -> None:
    waive(dear)
    client = client_of(cast.asa)
    url = f"{dear.calculation}besluta/"
    bare = client.post(url, {**PART, "reason": ""})
    assert bare.status_code == 400
    preview = client.post(url, {**PART, "preview": "1"}).content.decode()
    assert PART["reason"] in preview and "9\u00a0900" in preview, "the letter's words"
    assert client.post(url, {**PART, "decide": "1"}).status_code == 302
    (one,) = decisions(dear, cast)
    assert (one.outcome, one.amount_kr) == ("partly_granted", 11720)


def test_a_refusal_needs_its_reason_and_what_was_found_about_an_acute_need(
    cast: Cast, client_of: Log, made: Any, waive: Any
) -> None:
    waive(made)
    client = client_of(cast.asa)
    url = f"{made.calculation}besluta/"
    answer = client.post(url, {**REFUSE, "emergency_examined": "", "preview": "1"})
    assert answer.status_code == 400 and REFUSE["reason"] in answer.content.decode()
    assert client.post(url, {**REFUSE, "because_of_conduct": "on", "decide": "1"}).status_code == 302
    (one,) = decisions(made, cast)
    assert (one.outcome, one.legal_ground) == ("refused", "SoL 12:5")


def test_the_letter_is_read_before_anything_is_decided(cast: Cast, client_of: Log, made: Any) -> None:
    answer = client_of(cast.asa).post(f"{made.calculation}besluta/brev/", GRANT)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert decisions(made, cast) == []


def test_a_calculation_that_a_colleague_changed_is_shown_before_it_is_decided(
    cast: Cast, client_of: Log, made: Any
) -> None:
    income_support.change_line(
        assessment_id=made.row.id,
        version=1,
        line="income.other:a1",
        amount=500,
        why="Swish",
        by=cast.bjorn,
        at=foundation.now(),
    )
    answer = client_of(cast.asa).post(
        f"{made.calculation}besluta/", {**GRANT, "reason": "Välkommen åter", "decide": "1"}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "10\xa0220\xa0kr" in page and "Välkommen åter" in page
    assert decisions(made, cast) == []


def test_emergency_aid_is_given_once_beside_the_application(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    url = f"{made.url}beslut/akut/"
    day = foundation.today().isoformat()
    asked = {
        "amount": "800",
        "first_day": day,
        "last_day": day,
        "reason": "Mat över helgen",
        "key": str(foundation.new_id()),
    }
    assert client.post(url, {**asked, "reason": ""}).status_code == 400
    assert "800\xa0kr" in client.post(url, asked).content.decode()
    assert decisions(made, cast) == []
    for _ in range(2):
        assert client.post(url, {**asked, "decide": "1"}).status_code == 302
    (one,) = decisions(made, cast)
    assert (one.amount_kr, one.outcome) == (800, "granted")
    late = client.post(url, {**asked, "last_day": "2020-01-01", "decide": "1"})
    assert late.status_code == 400 and "Mat över helgen" in late.content.decode()


def test_strangers_decide_nothing(cast: Cast, client_of: Log, made: Any) -> None:
    for who in (cast.david, cast.elin, cast.greta, cast.rune, cast.frida):
        answer = client_of(who).post(f"{made.calculation}besluta/", {**GRANT, "decide": "1"})
        assert answer.status_code in (403, 404), who.name
    assert decisions(made, cast) == []


def test_a_delivery_by_hand_is_recorded(cast: Cast, client_of: Log, made: Any) -> None:
    one = income_support.grant(application_id=made.application.id, by=cast.asa, at=foundation.now())
    client = client_of(cast.asa)
    url = f"{made.url}beslut/{one.id}/"
    assert client.post(url, {"way": "pigeon"}).status_code == 400
    assert client.post(url, {"way": "in_person"}).status_code == 302
    assert decisions(made, cast)[0].delivered_by_way == "in_person"


def test_savings_that_are_not_counted_and_an_untried_requirement_are_looked_over_first(
    cast: Cast, client_of: Log, rich: Any
) -> None:
    client = client_of(cast.asa)
    decide = f"{rich.calculation}besluta/"
    preview = client.post(decide, {**GRANT, "preview": "1"})
    for page in (client.get(rich.calculation), client.get(decide), preview):
        text = page.content.decode()
        assert page.status_code == 200 and "Se över detta först:" in text
        assert "Det är uppgivet men räknas inte med i beräkningen." in text
        assert "Ingen har prövat aktivitetskravet för månaden." in text
        assert "Uppgifter som saknas" not in text


def test_why_a_line_was_changed_stands_with_the_line_in_letter_and_on_screen(
    cast: Cast, client_of: Log, dear: Any, waive: Any
) -> None:
    """What the case worker wrote for the person is told with the line, once, wherever the calculation is shown."""
    why = "Hyran godtas till sju tusen: inga andra bostäder finns."
    client = client_of(cast.asa)
    opened = client.get(f"{dear.calculation}?rad=cost.rent").text
    assert "Det står vid posten i brevet" in opened
    client.post(f"{dear.calculation}rad/", {"line": "cost.rent", "version": 1, "amount": "7000", "why": why})
    waive(dear)
    url = f"{dear.calculation}besluta/"
    asked = {**PART, "version": 2}
    assert why in client.post(url, {**asked, "preview": "1"}).text
    drafted = client.post(f"{dear.calculation}besluta/brev/", asked)
    assert why in words_of(drafted.content)
    answer = client.post(url, {**asked, "decide": "1"})
    assert answer.status_code == 302
    (made_decision,) = decisions(dear, cast)
    letters.make_letter(decision_id=made_decision.id, by=foundation.system("automation"), at=foundation.now())
    mine = client_of(cast.elin).get(f"/beslut/{made_decision.id}/").text
    theirs = client.get(answer.url).text
    for page in (mine, theirs):
        assert page.count(why) == 1
    with foundation.acting(cast.asa):
        made_decision.refresh_from_db()
        letter = casework.read_document(made_decision.letter_id, cast.asa)
    said = words_of(letter[1])
    assert said.count(why) == 1 and said.index("Hyra") < said.index(why)
    assert client_of(cast.greta).get(f"/beslut/{made_decision.id}/").status_code == 404


def test_a_value_that_equals_the_systems_carries_no_reason(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    client.post(
        f"{made.calculation}rad/", {"line": "cost.rent", "version": 1, "amount": "5200", "why": "Prövat mot hyresavin"}
    )
    answer = client.post(f"{made.calculation}besluta/", {**GRANT, "version": 2, "decide": "1"})
    assert answer.status_code == 302
    (made_decision,) = decisions(made, cast)
    assert "Prövat mot hyresavin" not in client_of(cast.elin).get(f"/beslut/{made_decision.id}/").text
    assert "Prövat mot hyresavin" not in str(made_decision.reasons)
