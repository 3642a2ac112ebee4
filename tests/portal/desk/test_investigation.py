"""A child's investigation at the desk: from the decision to open to the close, by those who work there alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.browser import fits, picture
from tests.cast import Cast
from tests.child_protection.investigating import a_child, a_file, clock_of, opened

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
OPEN = {"questions": ["care_at_home"], "path": "ordinary", "path_reason": "Flera frågor behöver svar"}


@pytest.fixture
def file(cast: Cast) -> casework.Case:
    return a_file(cast, a_child(cast), on=foundation.today())


@pytest.fixture
def url(file: casework.Case) -> str:
    return f"/handlaggare/arende/{file.id}/utredning/"


@pytest.fixture
def begun(cast: Cast, file: casework.Case) -> children.Investigation:
    return opened(cast, file, at=foundation.now())


def day(ahead: int = 0) -> str:
    return (foundation.today() + timedelta(days=ahead)).isoformat()


def test_david_opens_an_investigation_and_the_law_s_time_runs(
    cast: Cast, client_of: Log, file: casework.Case, url: str
) -> None:
    client = client_of(cast.david)
    assert "Ingen utredning är inledd" in client.get(url).content.decode()
    answer = client.post(f"{url}oppna/", OPEN, follow=True)
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "SoL 20:3" in told
    assert "Omsorgen" in told
    assert clock_of(file.id, "UTR").starts_on == foundation.today()
    again = client.post(f"{url}oppna/", OPEN)
    assert again.status_code == 400
    assert "Flera frågor behöver svar" in again.content.decode()  # kept


def test_violence_is_not_examined_on_the_simplified_path(cast: Cast, client_of: Log, url: str) -> None:
    wrong = client_of(cast.david).post(
        f"{url}oppna/", OPEN | {"questions": ["witnessed_violence"], "path": "simplified"}
    )
    assert wrong.status_code == 400
    assert children.open_investigation_of(url_case(url), cast.david) is None


def summary(answer: Any) -> str:
    """What the page says is wrong."""
    told = answer.content.decode()
    return str(told[told.find("<main") :][:3000])


def url_case(url: str) -> Any:
    return url.split("/")[3]


def test_the_whole_way_to_the_close(
    cast: Cast, client_of: Log, file: casework.Case, url: str, begun: children.Investigation
) -> None:
    client, one = client_of(cast.david), f"{url}{begun.id}/"
    too_early = client.post(f"{one}avsluta/", {"outcome": "without_intervention", "ground": "Inget behov"})
    assert too_early.status_code == 400
    sent: list[tuple[str, dict[str, Any]]] = [
        ("informera/", {"because_not": ""}),
        ("plan/", {"what": "Samtal med Nils", "due_on": day(3)}),
        ("samtal/", {"kind": "child_alone", "with_whom": "Nils", "held_on": day(), "consent": "refused", "because": "Behövde tala ensam", "body": "Nils berättade om hemmet."}),
        ("uppgifter/", {"source": "school", "source_name": "Ekebyskolan", "basis": "duty"}),
        ("rubrik/health/", {"body": "Nils är frisk.", "version": 0}),
        ("barnets-syn/", {"how": "talk", "body": "Nils vill bo hemma."}),
        ("barnets-basta/", {"body": "Stöd hemma är bäst."}),
        ("risk/", {"level": "some", "body": "Bråk på kvällarna", "protection": "Mormor"}),
        ("bedomning/", {"body": "Familjen behöver stöd."}),
        ("vag/", {"path": "intensive", "reason": "Det brådskar"}),
        ("kommunicera/", {"waived_because": "Inget nytt har kommit in"}),
    ]  # fmt: skip
    for act, facts in sent:
        answer = client.post(f"{one}{act}", facts, follow=True)
        assert answer.status_code == 200, (act, answer.content.decode()[-1500:])
    told = answer.content.decode()
    for words in (
        "Nils är frisk.",
        "Nils vill bo hemma.",
        "Utan vårdnadshavarens samtycke",
        "Ekebyskolan",
        "Intensi",
    ):
        assert words in told
    view = children.investigation_view(begun.id, cast.david)
    client.post(f"{one}plan/{view.steps[0].id}/", {"way": "done", "words": "Talat"})
    client.post(f"{one}uppgifter/{view.obtained[0].id}/", {"body": "Bra närvaro"})
    closed = client.post(
        f"{one}avsluta/",
        {"outcome": "with_intervention", "proposed_intervention": "Kontaktfamilj"},
        follow=True,
    )
    assert closed.status_code == 200, summary(closed)
    assert "Utredningen är avslutad" in closed.content.decode()
    assert "får barnet följas upp till" in closed.content.decode()
    assert clock_of(file.id, "UTR").state == "met"
    followed = client.post(f"{one}folj/", {"because": "Se att det håller", "with_consent": "on"}, follow=True)
    assert "Uppföljningen har börjat" in followed.content.decode()
    assert client.post(f"{one}barnets-basta/", {"body": "x"}).status_code == 403


def test_reopening_adds_the_days_and_says_so(
    cast: Cast, client_of: Log, file: casework.Case, url: str
) -> None:
    today = foundation.today()
    first = opened(cast, file, on=today - timedelta(days=40))
    from tests.child_protection.investigating import at, made_whole

    made_whole(cast, first, on=today - timedelta(days=11))
    children.close_investigation(
        investigation_id=first.id, outcome="without_intervention", ground="Klart", by=cast.david,
        at=at(today - timedelta(days=2)),
    )  # fmt: skip
    client = client_of(cast.david)
    told = client.post(f"{url}oppna/", OPEN, follow=True).content.decode()
    assert "Samma fråga utreddes tidigare" in told
    assert "38 sammanlagt" in told


def test_extending_is_a_decision_before_the_last_day(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    client, one = client_of(cast.david), f"{url}{begun.id}/"
    wrong = client.post(f"{one}forlang/", {"until": day(2), "ground": "Väntar på BUP"})
    assert wrong.status_code == 400
    assert "Väntar på BUP" in wrong.content.decode()
    asked = {"until": day(200), "ground": "Väntar på BUP"}
    assert (
        client.post(f"{one}forlang/", asked).status_code == 400
    )  # the delegation order keeps it for managers
    right = client_of(cast.eva).post(f"{one}forlang/", asked, follow=True)
    assert right.status_code == 200
    assert "Förlängd genom beslut" in right.content.decode()


def test_two_who_write_under_one_heading_lose_nothing(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    page = f"{url}{begun.id}/rubrik/health/"
    client_of(cast.david).post(page, {"body": "Davids text", "version": 0})
    met = client_of(cast.david).post(page, {"body": "Min text", "version": 0})
    assert met.status_code == 400
    told = met.content.decode()
    assert "Davids text" in told
    assert "Min text" in told
    assert client_of(cast.david).post(page, {"body": "Båda", "version": 1}, follow=True).status_code == 200


def test_nobody_else_sees_any_of_it(
    cast: Cast, client_of: Log, file: casework.Case, url: str, begun: children.Investigation
) -> None:
    for page in ("", "oppna/", f"{begun.id}/", f"{begun.id}/samtal/", f"{begun.id}/rubrik/health/"):
        for who in (cast.asa, cast.carina, cast.greta, cast.elin):
            answer = client_of(who).get(f"{url}{page}")
            assert answer.status_code in (403, 404), (page, who.name)
            assert "Nils" not in answer.content.decode()


def test_an_investigation_is_reached_through_its_own_case_alone(
    cast: Cast, client_of: Log, begun: children.Investigation
) -> None:
    other = a_file(cast, a_child(cast, given_name="Olle", nth=2), on=foundation.today())
    for page in ("", "samtal/", "rubrik/health/", "okant/"):
        answer = client_of(cast.david).get(f"/handlaggare/arende/{other.id}/utredning/{begun.id}/{page}")
        assert answer.status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_in_a_browser(
    open_page: Any, axe: Any, cast: Cast, url: str, begun: children.Investigation, language: str
) -> None:
    children.plan_step(
        investigation_id=begun.id, what="Samtal med Nils", due_on=foundation.today(), by=cast.david, at=foundation.now()
    )  # fmt: skip
    children.record_child_view(
        investigation_id=begun.id, body="Nils vill bo hemma.", how="talk", by=cast.david, at=foundation.now()
    )
    page = open_page(f"{url}{begun.id}/", as_=cast.david, language=language)
    for each in ("", "samtal/", "avsluta/", "kommunicera/", "forlang/", "rubrik/health/", "plan/"):
        page.goto(f"{url}{begun.id}/{each}")
        axe(page)
        fits(page)
        picture(page, f"desk-investigation-{each.strip('/').replace('/', '-') or 'page'}-{language}")
