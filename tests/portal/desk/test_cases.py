"""The case page and its tabs: who may, what is shown, and that the cost does not grow with rows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.income_support.models import Application
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
SYSTEM = foundation.system("test")
TABS = ("", "berakning/", "anteckningar/", "dokument/", "meddelanden/", "komplettering/", "kommunicering/", "beslut/", "beslut/akut/", "utbetalningar/", "utbetalningar/mottagare/", "handelser/", "ansvarig/", "avsluta/")  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_the_case_opens_for_those_who_work_there(
    cast: Cast, client_of: Log, made: Any, language: str
) -> None:
    for who in (cast.asa, cast.bjorn, cast.carina):
        client = client_of(who, language=language)
        for tab in TABS:
            answer = client.get(f"{made.url}{tab}", follow=True)
            assert answer.status_code == 200, (tab, answer.content.decode()[-2000:])
            assert "Elin Ekdal" in answer.content.decode()


def test_nobody_else_sees_any_of_it(cast: Cast, client_of: Log, made: Any) -> None:
    for tab in (*TABS, f"berakning/{made.application.id}/", f"berakning/{made.application.id}/besluta/"):
        for who in (cast.david, cast.elin, cast.greta, None):
            answer = client_of(who).get(f"{made.url}{tab}")
            assert answer.status_code in ((302,) if who is None else (403, 404)), (tab, who)
            assert (
                "Elin" not in answer.content.decode().replace("Elin Ekdal</a></li>", "") or who == cast.elin
            )


def test_the_title_tells_the_nearest_of_the_law_and_what_was_promised(
    cast: Cast, client_of: Log, made: Any
) -> None:
    """The law gives an application half a year; a promise of three days is what the worker has to see first."""
    told = foundation.today() + timedelta(days=3)
    with foundation.acting(SYSTEM):
        casework.promise_day(case_id=made.case_id, on=told, by=SYSTEM, at=foundation.now())
        assert casework.Case.objects.get(id=made.case_id).due_on > told
    row = client_of(cast.asa).get(made.url).content.decode().split('class="title-row"')[1].split("</div>")[0]
    assert "om 3 dagar" in row
    with foundation.acting(SYSTEM):
        casework.promise_day(case_id=made.case_id, on=None, by=SYSTEM, at=foundation.now())
    row = client_of(cast.asa).get(made.url).content.decode().split('class="title-row"')[1].split("</div>")[0]
    assert "om 3 dagar" not in row
    assert "dagar" in row


def test_a_stranger_at_work_is_offered_to_break_the_glass(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.david)
    assert f"{made.url}utan-behorighet/" in client.get(made.url).content.decode()
    asked = {"reason": "Personen står i receptionen nu", "hours": "1"}
    answer = client.post(f"{made.url}utan-behorighet/", asked, follow=True)
    assert answer.status_code == 200
    # Reading alone: every change is refused.
    note = client.post(f"{made.url}anteckningar/ny/")
    assert note.status_code == 403
    change = client.post(
        f"{made.calculation}rad/", {"line": "cost.rent", "version": 1, "amount": "1", "why": "x"}
    )
    assert change.status_code in (400, 403, 404)


def test_a_protected_persons_case_is_open_to_the_named_alone(cast: Cast, client_of: Log) -> None:
    case = casework.open_case(
        kind="income_support",
        person_id=cast.hugo.person_id,
        unit_id=cast.support,
        by=cast.asa,
        at=foundation.now(),
    )
    for who, status in (
        (cast.asa, 200),
        (cast.carina, 200),
        (cast.bjorn, 404),
        (cast.david, 404),
        (cast.greta, 403),
    ):
        answer = client_of(who).get(f"/handlaggare/arende/{case.id}/")
        assert answer.status_code == status
        assert ("Hugo" in answer.content.decode()) is (status == 200)


def test_reading_is_logged(cast: Cast, client_of: Log, made: Any) -> None:
    client_of(cast.bjorn).get(f"{made.url}anteckningar/")
    with foundation.acting(cast.system):
        entry = foundation.AccessEntry.objects.filter(
            case_id=made.case_id, account_id=cast.bjorn.account_id
        ).get()
    assert entry.page == "desk.note"


def test_the_case_is_given_to_a_colleague_and_a_stale_page_changes_nothing(
    cast: Cast, client_of: Log, made: Any
) -> None:
    client = client_of(cast.asa)
    version = casework.get_case(made.case_id, cast.asa).version
    asked = {"worker": str(cast.bjorn.account_id), "because": "Semester", "version": version}
    assert client.post(f"{made.url}ansvarig/", asked).status_code == 302
    assert casework.get_case(made.case_id, cast.asa).worker_id == cast.bjorn.account_id
    assert client.post(f"{made.url}ansvarig/", {**asked, "worker": "nobody"}).status_code == 409
    assert (
        client.post(f"{made.url}ansvarig/", {**asked, "worker": str(cast.david.account_id)}).status_code
        == 400
    )


def test_the_case_is_handed_to_another_unit_by_the_manager_alone(
    cast: Cast, client_of: Log, made: Any
) -> None:
    asked = {"unit": str(cast.children), "because": "Barnet behöver stöd"}
    assert client_of(cast.asa).post(f"{made.url}lamna-over/", asked).status_code == 403
    assert client_of(cast.carina).post(f"{made.url}lamna-over/", asked).status_code == 302
    assert client_of(cast.david).get(made.url).status_code == 200
    assert client_of(cast.asa).get(made.url).status_code == 404


def test_a_case_with_something_left_does_not_close_and_an_empty_one_does(
    cast: Cast, client_of: Log, made: Any
) -> None:
    client = client_of(cast.asa)
    page = client.get(f"{made.url}avsluta/").content.decode()
    version = casework.get_case(made.case_id, cast.asa).version
    answer = client.post(f"{made.url}avsluta/", {"because": "moved", "version": version})
    with foundation.acting(cast.asa):
        left = casework.hindrances(casework.get_case(made.case_id, cast.asa))
    if left:
        assert answer.status_code == 400
        assert foundation.tell(left[0])[:10] in page or left
    else:
        assert answer.status_code == 302
        assert client.post(f"{made.url}oppna/", {"because": "Sökte igen"}).status_code == 302
        assert casework.get_case(made.case_id, cast.asa).is_open


def test_warnings_are_seen_and_closed(cast: Cast, client_of: Log, made: Any) -> None:
    from handslag.income_support.operations.registers import warn

    with foundation.acting(cast.system):
        one = warn(
            application_id=made.application.id, kind="MISSING_REGISTER", key="x", values={"agency": "fk", "of": "a1"},
            by=cast.system, at=foundation.now(),
        )  # fmt: skip
    client = client_of(cast.asa)
    assert (
        client.post(
            f"{made.url}varning/{one.id}/", {"state": "closed", "because": "Bidraget upphörde"}
        ).status_code
        == 302
    )
    page = client.get(made.url).content.decode()
    assert "Bidraget upphörde" in page
    assert client_of(cast.david).post(f"{made.url}varning/{one.id}/", {"state": "closed"}).status_code == 404


def test_the_warning_of_a_shared_account_leads_to_the_other_case_for_who_may_read_it_alone(
    cast: Cast, client_of: Log, made: Any
) -> None:
    from handslag.income_support.operations.registers import warn
    from tests.income_support.applying import apply

    account = made.application.answers["account"]
    other = apply(cast.greta, account={"clearing": account["clearing"], "number": account["number"]})
    with foundation.acting(cast.system):
        case = casework.Case.objects.get(id=other.case_id)
        warn(
            application_id=made.application.id, kind="ACCOUNT_SHARED", key="ACCOUNT_SHARED:x",
            values={"account": "•••6789"}, by=cast.system, at=foundation.now(),
        )  # fmt: skip
    link = f'href="/handlaggare/arende/{case.id}/"'
    assert link in client_of(cast.bjorn).get(made.url).content.decode()
    casework.restrict_case(
        case_id=case.id, account_ids=[cast.carina.account_id], because="Nära släkting arbetar här",
        by=cast.carina, at=foundation.now(),
    )  # fmt: skip
    page = client_of(cast.bjorn).get(made.url).content.decode()
    assert "•••6789" in page
    assert [part for part in (link, case.number, str(case.id), "Greta") if part in page] == []
    assert link in client_of(cast.carina).get(made.url).content.decode()


def test_what_waits_stands_with_the_newest_and_earlier_applications_are_folded(
    cast: Cast, client_of: Log, made: Any
) -> None:
    def add(month: str, state: str) -> None:
        at = made.application.submitted_at - timedelta(days=31 * (2026 - int(month[:4])) + 1)
        with foundation.acting(SYSTEM):
            Application.objects.bulk_create(
                [
                    Application(
                        case_id=made.case_id, kind="supplement", month=month, applicant_id=cast.elin.person_id,
                        answers={}, state=state, state_since=at, route={}, draft_id=foundation.new_id(),
                        submitted_at=at, decided_at=at if state == "decided" else None, automated=False,
                    )
                ]
            )  # fmt: skip

    def shown() -> tuple[str, str]:
        page = client_of(cast.asa, language="en").get(made.url).content.decode()
        before, _, folded = page.partition('id="applications"')[2].partition("<details")
        return before, folded

    for year in (2025, 2024, 2023, 2022):
        add(f"{year}-03", "decided")
    before, folded = shown()
    assert "March 2022" in before and "March 2022" not in folded  # one row alone is not folded
    add("2021-03", "decided")
    add("2020-03", "with_worker")
    before, folded = shown()
    assert all(f"March {year}" in before for year in (2025, 2024, 2023, 2020))
    assert all(f"March {year}" in folded and f"March {year}" not in before for year in (2022, 2021))
    assert "2 earlier applications" in folded


def test_the_cost_of_the_case_and_the_start_does_not_grow_with_rows(
    cast: Cast, client_of: Log, made: Any
) -> None:
    client = client_of(cast.asa)

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    def add_one(number: int) -> None:
        at = foundation.now()
        casework.write_note(case_id=made.case_id, body=f"Anteckning {number}", by=cast.asa, at=at)
        casework.send_message(case_id=made.case_id, subject="Hej", body=f"Brev {number}", by=cast.asa, at=at)
        casework.request_completion(
            case_id=made.case_id, what=["Hyresavi"], due_on=foundation.today(), by=cast.asa, at=at
        )
        casework.open_case(
            kind="income_support",
            person_id=cast.greta.person_id,
            unit_id=cast.support,
            worker_id=cast.asa.account_id,
            by=cast.asa,
            at=at,
        )

    # One of each kind first: what is fetched for the first row is fetched for all.
    add_one(0)
    paths = (
        made.url,
        f"{made.url}anteckningar/",
        f"{made.url}meddelanden/",
        f"{made.url}handelser/",
        "/handlaggare/",
    )
    for path in paths:
        client.get(path)
    before = {path: count(path) for path in paths}
    for number in range(1, 6):
        add_one(number)
    after = {path: count(path) for path in paths}
    assert list(after.values()) == list(before.values())
    assert max(after.values()) < 75, after
    assert income_support.find_applications_of(made.case_id, cast.asa)
