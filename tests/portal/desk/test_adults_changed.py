"""A decision for an adult is changed on its page: seen first, done once, told anew, and the earlier one says so to everybody."""

import re
from typing import Any

import pytest

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.portal.desk.test_adults_decided import Log, asked, case_url, told_before, version_of  # noqa: F401

pytestmark = pytest.mark.django_db(databases=["default"])
WHY: dict[str, Any] = {
    "ground": "wrong", "effect": "better", "stage": "none", "exception": "",
    "what_was_wrong": "Polisens bedömning kom först efter beslutet.",
}  # fmt: skip


@pytest.fixture
def decided(cast: Cast, told_before: str) -> casework.Decision:  # noqa: F811
    """A part granted to Greta, and told on her own page."""
    words = {
        key: value for key, value in asked().items() if key not in ("version", "period_from", "period_to")
    }
    made = adults.decide_application(
        case_id=told_before.split("/")[3], **words, by=cast.vera, at=foundation.now()
    )
    casework.tell_decision(
        decision_id=made.id, tellings=[casework.Telling(made.person_id, "my_page")], by=cast.vera, at=foundation.now()
    )  # fmt: skip
    found: casework.Decision = made
    return found


def page_of(decision: casework.Decision) -> str:
    return f"/handlaggare/arende/{decision.case_id}/vuxen/beslut/{decision.id}/andra/"


def test_vera_changes_it_and_the_person_reads_both(
    cast: Cast, client_of: Log, decided: casework.Decision
) -> None:
    client, url = client_of(cast.vera), page_of(decided)
    own = f"/handlaggare/arende/{decided.case_id}/beslut/{decided.id}/"
    assert url in client.get(own).content.decode()
    form = client.get(url).content.decode()
    for words in ("Skyddat boende i tre månader", "Samtalsstöd varje vecka", "Faran bedöms vara liten nu.", "lagrum inte bekräftat"):  # fmt: skip
        assert words in form, words
    sent = asked(outcome="granted", gets="", reason="", version=version_of(form)) | WHY
    seen = client.post(url, sent | {"preview": "1"}).content.decode()
    assert "Det här beslutet ändrar vårt beslut den" in seen and WHY["what_was_wrong"] in seen
    assert len(casework.find_decisions(decided.case_id, cast.vera)) == 1, "nothing is decided by looking"
    kept = client.post(url, sent | {"edit": "1"}).content.decode()
    assert WHY["what_was_wrong"] in kept
    done = client.post(url, sent | {"decide": "1"})
    assert done.status_code == 302 and done["Location"].endswith("/beratta/")
    later = casework.find_decisions(decided.case_id, cast.vera)[0]
    assert client.post(url, sent | {"decide": "1"})["Location"].endswith(f"/beslut/{later.id}/"), "once"
    earlier = client.get(own).content.decode()
    assert (
        "Det här beslutet gäller inte längre." in earlier
        and f"/beslut/{later.id}/" in earlier
        and url not in earlier
    )
    assert (
        "Ändrar beslutet"
        in client.get(f"/handlaggare/arende/{decided.case_id}/beslut/{later.id}/").content.decode()
    )
    assert (
        "ändrat sedan dess" in client.get(f"/handlaggare/arende/{decided.case_id}/beslut/").content.decode()
    )
    person = client_of(cast.greta)
    first = re.search(r"/besked/[0-9a-f-]+/", person.get("/mina-arenden/").content.decode())
    assert first and "gäller inte längre" not in person.get(first[0]).content.decode(), (
        "she has not been told yet"
    )
    client.post(done["Location"], {f"way-{cast.greta.person_id}": "my_page", "show_because": "", "seen": ""})
    page = person.get(first[0]).content.decode()
    assert "Det här beslutet gäller inte längre. Vi har ändrat det:" in page
    newer = next(one for one in re.findall(r"/besked/[0-9a-f-]+/", page) if one != first[0])
    told = person.get(newer).content.decode()
    assert "Du får det stöd som du har ansökt om" in told and WHY["what_was_wrong"] in told


@pytest.mark.parametrize("changed", [
    {"ground": ""}, {"ground": "mood"}, {"effect": ""}, {"stage": "x"}, {"what_was_wrong": " "}, {"outcome": "x"},
    {"stage": "appealed"}, {"effect": "neither"}, {"version": "99"}, {"version": "x"}, {"exception": "budget"},
    {"outcome": "refused", "effect": "worse"}, {"legal_ground": "SoL 12:1"}, {"period_from": "2026-13-45"},
])  # fmt: skip
def test_what_is_wrong_is_told_where_it_stands_and_nothing_is_changed(
    cast: Cast, client_of: Log, decided: casework.Decision, changed: dict[str, Any]
) -> None:
    client, url = client_of(cast.vera, language="en"), page_of(decided)
    sent = asked(outcome="granted", version=version_of(client.get(url).content.decode())) | WHY | changed
    answer = client.post(url, sent | {"decide": "1"})
    page = answer.content.decode()
    assert answer.status_code == 400 and "Samtalsstöd varje vecka" in page, "what was typed is kept"
    assert len(casework.find_decisions(decided.case_id, cast.vera)) == 1


def test_the_preview_says_what_the_law_stops_before_anything_is_pressed(
    cast: Cast, client_of: Log, decided: casework.Decision
) -> None:
    client, url = client_of(cast.vera, language="en"), page_of(decided)
    casework.waive_communication(
        case_id=decided.case_id, because="Sagt vid mötet.", by=cast.vera, at=foundation.now()
    )
    sent = (
        asked(outcome="refused", version=version_of(client.get(url).content.decode()))
        | WHY
        | {"effect": "worse"}
    )
    page = client.post(url, sent | {"preview": "1"})
    words = (
        "A favourable decision is changed to the person&#x27;s disadvantage only on one of the exceptions."
    )
    assert page.status_code == 400 and words in page.content.decode()
    seen = client.post(url, sent | {"preview": "1", "exception": "safety"})
    assert "compelling reasons of safety demand it at once" in seen.content.decode()


def test_others_do_not_reach_it_and_a_closed_case_has_no_way_to_it(
    cast: Cast, client_of: Log, decided: casework.Decision
) -> None:
    url = page_of(decided)
    for actor in (cast.asa, cast.david):
        assert client_of(actor).get(url).status_code == 404
    assert client_of(cast.greta).get(url).status_code in (302, 403, 404)
    other = url.replace(str(decided.id), str(decided.case_id))
    assert client_of(cast.vera).get(other).status_code == 404
    adults.close_matter(case_id=decided.case_id, because="safe", by=cast.vera, at=foundation.now())
    client = client_of(cast.vera)
    assert client.get(url)["Location"].endswith(f"/beslut/{decided.id}/")
    assert (
        url not in client.get(f"/handlaggare/arende/{decided.case_id}/beslut/{decided.id}/").content.decode()
    )
