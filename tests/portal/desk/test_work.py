"""The start of the desk: what was promised stands beside what the law says, and what is new is new since last time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, transaction
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.shell.models import Visit
from handslag.portal.shell.operations import note_visit, since_last_visit
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


def promise(made: Any, days: int, cast: Cast) -> None:
    casework.promise_day(
        case_id=made.case_id, on=foundation.today() + timedelta(days=days), by=cast.system, at=foundation.now()
    )


def test_the_promised_day_stands_beside_the_laws_and_orders_the_list(
    cast: Cast, client_of: Log, made: Any
) -> None:
    application = income_support.get_application(made.application.id, cast.elin)
    assert application.promised_on == foundation.today() + timedelta(days=7)
    case = casework.get_case(made.case_id, cast.asa)
    assert case.promised_on == application.promised_on == case.attend_on
    assert case.due_on is not None and case.due_on > application.promised_on
    other = casework.open_case(
        kind="income_support", person_id=cast.farid.person_id, unit_id=cast.support,
        worker_id=cast.asa.account_id, by=cast.asa, at=foundation.now(),
    )  # fmt: skip
    casework.start_clock(
        case_id=other.id, rule="FL12", about=other.id, starts_on=foundation.today() - timedelta(days=30),
        by=cast.asa, at=foundation.now(),
    )  # fmt: skip
    assert [item.case.id for item in casework.find_work(cast.asa).rows] == [made.case_id, other.id]
    assert casework.count_work(cast.asa)["week"] == 1
    page = client_of(cast.asa).get("/handlaggare/").text
    assert "Utlovat" in page and "om 7 dagar" in page and "Lagens sista dag" in page
    assert "Utlovat till personen" in client_of(cast.asa).get(made.url).text
    promise(made, -1, cast)
    assert [item.bucket for item in casework.find_work(cast.asa, bucket="overdue").rows] == ["overdue"]
    assert casework.find_work(cast.asa, limit=1).after is not None
    second = casework.find_work(cast.asa, limit=1, after=casework.find_work(cast.asa, limit=1).after).rows
    assert [item.case.id for item in second] == [other.id]


def test_the_column_of_what_waits_shows_an_answer_and_a_promise(cast: Cast, client_of: Log, made: Any) -> None:
    client, now = client_of(cast.asa), foundation.now()
    column = client.get("/handlaggare/").text
    assert "Svar har kommit" not in column and "Utlovat i dag" not in column and ">Dig<" in column
    asked = casework.request_completion(
        case_id=made.case_id, what=["Hyresavi"], due_on=foundation.today(), by=cast.asa, at=now
    )
    with foundation.acting(cast.asa):
        answers = [casework.ItemAnswer(item_id=item.id, text="Bifogas") for item in asked.items.all()]
    casework.answer_completion(completion_id=asked.id, answers=answers, by=cast.elin, at=now)
    promise(made, 0, cast)
    column = client.get("/handlaggare/").text
    assert "Svar har kommit" in column and "Utlovat i dag" in column
    promise(made, -2, cast)
    assert "Den utlovade dagen har passerat" in client.get("/handlaggare/").text


def test_a_kept_or_withdrawn_promise_is_gone_and_a_told_one_never_changes(cast: Cast, made: Any) -> None:
    with pytest.raises(Error), foundation.acting(cast.system), transaction.atomic():
        income_support.Application.objects.filter(id=made.application.id).update(
            promised_on=foundation.today()
        )
    income_support.withdraw_application(
        application_id=made.application.id, by=cast.elin, at=foundation.now()
    )
    assert casework.get_case(made.case_id, cast.asa).promised_on is None


def test_new_is_what_has_come_since_the_visit_before(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    assert "Sedan ditt besök" not in client.get("/handlaggare/").text
    with foundation.acting(cast.asa):
        Visit.objects.update(seen_at=foundation.now() - timedelta(hours=3))
    casework.write_note(case_id=made.case_id, body="Björn ringde.", by=cast.bjorn, at=foundation.now())
    for _reloaded in range(2):
        page = client.get("/handlaggare/").text
        assert "Sedan ditt besök" in page and "En anteckning signerades" in page
    with foundation.acting(cast.asa):
        Visit.objects.update(seen_at=foundation.now() - timedelta(minutes=31))
    foundation.Event.objects.none()
    page = client.get("/handlaggare/").text
    assert "Sedan ditt besök" in page


def test_a_page_opened_again_within_the_minute_writes_nothing(cast: Cast) -> None:
    now = foundation.now()
    seen = []
    for after in (0, 59, 61):
        with foundation.acting(cast.asa):
            since_last_visit(by=cast.asa, at=now + timedelta(seconds=after))
            seen.append(Visit.objects.get().seen_at)
    assert seen == [now, now, now + timedelta(seconds=61)]


def test_everybodys_visits_are_their_own(cast: Cast) -> None:
    now = foundation.now()
    assert note_visit(by=cast.asa, at=now) is None
    assert note_visit(by=cast.asa, at=now + timedelta(minutes=5)) is None
    later = now + timedelta(hours=1)
    assert note_visit(by=cast.asa, at=later) == now + timedelta(minutes=5)
    assert note_visit(by=cast.asa, at=now) == now + timedelta(minutes=5), "a clock set back hides nothing"
    assert note_visit(by=cast.bjorn, at=later) is None
    with foundation.acting(cast.bjorn):
        assert [row.account_id for row in Visit.objects.all()] == [cast.bjorn.account_id]
        assert Visit.objects.filter(account_id=cast.asa.account_id).update(seen_at=now) == 0


def test_what_nobody_has_taken_waits_for_somebody_of_the_unit(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    mine = client.get("/handlaggare/").text
    assert ">Dig<" in mine and "har ingen tagit än" not in mine
    assert ">Handläggaren<" in client_of(cast.bjorn).get("/handlaggare/?vems=unit").text
    casework.assign_case(case_id=made.case_id, worker_id=None, by=cast.asa, at=foundation.now())
    mine = client.get("/handlaggare/").text
    assert "1 av enhetens ärenden har ingen tagit än." in mine and "/handlaggare/?vems=unassigned" in mine
    theirs = client.get("/handlaggare/?vems=unassigned").text
    assert "Att någon på enheten tar det" in theirs and ">Dig<" not in theirs
    assert "har ingen tagit än" not in client_of(cast.david).get("/handlaggare/").text, "another unit's are not told"


def test_whoever_decides_takes_the_case_in_one_press(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    decide = f"{made.calculation}besluta/"
    assert "Ta ärendet själv" not in client.get(decide).text
    casework.assign_case(case_id=made.case_id, worker_id=None, by=cast.asa, at=foundation.now())
    page = client.get(decide)
    assert "Ta ärendet själv" in page.text
    pressed = {
        "worker": str(cast.asa.account_id),
        "version": page.context["case"].version,
        "application": str(made.application.id),
    }
    assert client.post(f"{made.url}ansvarig/", pressed).headers["Location"] == decide
    assert casework.get_case(made.case_id, cast.asa).worker_id == cast.asa.account_id
    with foundation.acting(cast.asa):
        last = foundation.Event.objects.filter(case_id=made.case_id, kind="casework.case_assigned").latest("id")
    assert last.account_id == cast.asa.account_id
    assert "Ta ärendet själv" not in client.get(decide).text
    stale = client_of(cast.bjorn).post(f"{made.url}ansvarig/", pressed | {"worker": str(cast.bjorn.account_id)})
    assert stale.status_code == 409, "who pressed on an old page takes nothing from a colleague"
    assert client_of(cast.david).post(f"{made.url}ansvarig/", pressed).status_code in (403, 404)


def own_case(cast: Cast, resident: Any, days: int | None) -> Any:
    """A case of Åsa's with a delay notice (FL 11) whose day is so many days away, or without any day."""
    at = foundation.now()
    case = casework.open_case(
        kind="income_support", person_id=resident.person_id, unit_id=cast.support,
        worker_id=cast.asa.account_id, by=cast.asa, at=at,
    )  # fmt: skip
    if days is not None:
        on = foundation.today() + timedelta(days=days)
        casework.promise_day(case_id=case.id, on=on, by=cast.system, at=at)
    return case


def test_each_row_says_which_rule_its_last_day_comes_from(cast: Cast, client_of: Log, made: Any) -> None:
    case = casework.get_case(made.case_id, cast.asa)
    assert case.due_rule == "FL12"
    told = "Besluta; därefter får personen skriftligt begära att ärendet avgörs"
    assert told in client_of(cast.asa).get("/handlaggare/").text
    assert told in client_of(cast.asa).get("/handlaggare/?vems=unit").text
    english = client_of(cast.asa, language="en").get("/handlaggare/").text
    assert "Decide; after that the person may ask in writing for a decision" in english


def test_what_is_for_today_stands_first_and_no_case_twice(cast: Cast, client_of: Log, made: Any) -> None:
    client = client_of(cast.asa)
    assert client.get("/handlaggare/").context["today_rows"] == []
    late, far, answered = (own_case(cast, cast.farid, days) for days in (-3, 40, 60))
    undated = own_case(cast, cast.greta, None)
    casework.send_message(
        case_id=answered.id, subject="Hej", body="Jag har flyttat.", by=cast.farid, at=foundation.now()
    )
    page = client.get("/handlaggare/")
    first = [row.item.case.id for row in page.context["today_rows"]]
    rest = [row.item.case.id for row in page.context["rows"]]
    assert first == [late.id, answered.id], "what has come in is today's though its day is far"
    assert rest == [made.case_id, far.id, undated.id]
    assert "Att göra i dag" in page.text
    narrowed = client.get("/handlaggare/?vems=mine&nar=later")
    assert narrowed.context["today_rows"] == []
    assert {row.item.case.id for row in narrowed.context["rows"]} == {far.id, answered.id}


def test_the_pages_of_a_long_list_hold_every_case_once(
    cast: Cast, client_of: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handslag.portal.desk.views.work.ROWS", 3)
    made = {own_case(cast, cast.farid, days).id for days in (-2, 0, 1, 1, 5, 20, 20, 30, None, None)}
    client, url, seen = client_of(cast.asa), "/handlaggare/", []
    pages = 0
    while url:
        context = client.get(url).context
        seen += [row.item.case.id for row in (*context["today_rows"], *context["rows"])]
        assert bool(context["newer_url"]) is (pages > 0)
        url, pages = context["older_url"], pages + 1
    assert pages == 3 and len(seen) == len(set(seen)) == len(made) and set(seen) == made
    assert client.get("/handlaggare/?efter=skräp").status_code == 400


def test_more_for_today_than_fit_stand_in_the_list_and_are_told(cast: Cast) -> None:
    for _nth in range(4):
        own_case(cast, cast.farid, -1)
    own = casework.own_open_cases(cast.asa)
    found = casework.find_own_work(own, cast.asa, limit=10, most_today=3)
    assert (len(found.today), found.more_today, len(found.rest.rows)) == (3, 1, 1)


def test_whoever_receives_reports_begins_at_the_reception(cast: Cast, client_of: Log) -> None:
    for who, room in ((cast.maja, "/handlaggare/mottagning/"), (cast.asa, "/handlaggare/"), (cast.david, "/handlaggare/")):
        assert client_of(who).get("/konto/logga-in/").headers["Location"] == room
    asked = client_of(cast.maja).get("/konto/logga-in/?next=/handlaggare/sok/")
    assert asked.headers["Location"] == "/handlaggare/sok/"
