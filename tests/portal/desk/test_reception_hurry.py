"""The reception for a case worker in a hurry: what is next, by whom and until when, and nothing that stands in the way."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import SYSTEM, a_child, child_of, fresh, number_of, reported
from tests.child_protection.test_reports_opened_again import closed

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
START = "/handlaggare/mottagning/"
SCHOOL: dict[str, Any] = {"concern_codes": ["school"]}
SOMEBODY = children.ChildAsTold(given_name="Pojke", age_told="tio")


def text(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def of_child(report: Any, word: str, place: int = 0) -> str:
    return f"{START}{report.id}/barn/{child_of(report, place).id}/{word}/"


def came(cast: Cast, *persons: Any, ago: timedelta = timedelta(hours=1), **told: Any) -> children.Report:
    return reported(cast, *persons, **{"at": foundation.now() - ago, **SCHOOL, **told})


def last_night(cast: Cast, *told: children.ChildAsTold) -> children.Report:
    night = datetime.combine(foundation.today() - timedelta(days=1), time(23), tzinfo=foundation.SWEDEN)
    children.set_reception(
        municipality="9999", name="Ekeby", day_unit_id=cast.children, on_call_unit_id=cast.on_call, opens=time(8),
        closes=time(16), by=cast.eva, at=night,
    )  # fmt: skip
    return reported(cast, at=night, children=list(told or (SOMEBODY,)), **SCHOOL)


def test_on_call_a_child_is_registered_as_unknown_and_the_work_goes_on(cast: Cast, client_of: Log) -> None:
    report = last_night(cast, SOMEBODY, children.ChildAsTold(given_name="Flicka", age_told="två"))
    olle = client_of(cast.olle)
    done = text(olle.post(of_child(report, "okand"), {"given_name": "Pojke", "sex": "unknown"}, follow=True))
    assert "Barnet är registrerat utan nummer" in done and report.number in done
    assert "Endast namngiven personal" in done and "Bedöm behovet av skydd" in done
    assert report.number in text(olle.get(START))
    assessed = olle.post(
        of_child(report, "skydd"),
        {"danger": "yes", "ground": "Pappan söker barnet i natt.", "done_tonight": "Hos mormor"},
        follow=True,
    )
    assert assessed.status_code == 200 and "Hos mormor" in text(assessed)
    for uninvolved in (cast.maja, cast.david, cast.asa):
        client = client_of(uninvolved)
        assert client.get(f"{START}{report.id}/").status_code in (403, 404)
        assert report.number not in text(client.get(START))
    assert olle.post(f"{START}{report.id}/lamna-over/").status_code == 302
    assert olle.get(f"{START}{report.id}/").status_code == 404
    assert report.number in text(client_of(cast.eva).get(START))


def test_who_finds_that_the_childs_file_is_closed_is_told_and_led_to_the_list(cast: Cast, client_of: Log) -> None:
    report = last_night(cast)
    known = a_child(cast)
    came(cast, known, ago=timedelta(days=40))
    closed(cast, known)
    done = client_of(cast.olle).post(of_child(report, "vem"), {"person": str(known.id)}, follow=True)
    assert done.status_code == 200 and "Anmälan läses från och med nu bara av dem" in text(done)
    assert fresh(report).unit_id == cast.children and fresh(report).kept_by_id is None


def test_the_list_says_days_left_and_who_handles_it(cast: Cast, client_of: Log) -> None:
    late = came(cast, a_child(cast), ago=timedelta(days=16))
    near = came(cast, a_child(cast, "Omar", nth=1), ago=timedelta(days=12))
    new = came(cast, a_child(cast, "Liv", nth=2))
    violent = came(cast, a_child(cast, "Nils", nth=3), ago=timedelta(days=3), concern_codes=["violence"])
    children.take_report(report_id=near.id, by=cast.maja, at=foundation.now())
    page = text(client_of(cast.maja).get(START))
    places = [page.index(one.number) for one in (violent, late, near, new)]
    assert places == sorted(places)
    for words in ("2 dagar för sent", "2 dagar kvar", "14 dagar kvar", "Handläggs av", "Maja Malm", "Ingen än"):
        assert words in page, words
    assert "2 days late" in text(client_of(cast.maja, language="en").get(START))
    with CaptureQueriesContext(connection) as few:
        children.find_arrivals(cast.maja)
    for nth in range(4, 9):
        came(cast, a_child(cast, "Barn" + "abcde"[nth - 4], nth=nth), ago=timedelta(days=nth * 2))
    with CaptureQueriesContext(connection) as many:
        children.find_arrivals(cast.maja)
    assert len(few) == len(many)


def test_the_third_report_of_violence_leads_to_the_decision_to_open(cast: Cast, client_of: Log) -> None:
    nora, client = a_child(cast), client_of(cast.maja)
    for weeks in (20, 10):
        earlier = came(cast, nora, ago=timedelta(weeks=weeks))
        client.post(of_child(earlier, "skydd"), {"danger": "no", "ground": "Talat med skolan."})
        client.post(
            of_child(earlier, "forhandsbedomning"),
            {"violence": "no", "outcome": "not_open", "reason": "Skolan har en plan.", "decide": "1"},
        )
    third = came(cast, nora, concern_codes=["witnessed_violence"])
    assert "gång på gång" in text(client.get(START)), "it is raised at once"
    client.post(of_child(third, "skydd"), {"danger": "no", "ground": "Talat med skolan."})
    page = text(client.get(f"{START}{third.id}/"))
    assert "Besluta att inleda utredning" in page and "Svara varför" not in page
    form = text(client.get(of_child(third, "forhandsbedomning")))
    assert 'value="not_open"' not in form and "Svara varför" not in form
    told = {"violence": "yes", "outcome": "open", "reason": "Barnet har sett våld.", "decide": "1"}
    lacking = client.post(of_child(third, "forhandsbedomning"), told)
    assert lacking.status_code == 400 and "Välj hur bred utredningen ska vara." in text(lacking)
    assert "Barnet har sett våld." in text(lacking)
    assert client.post(of_child(third, "forhandsbedomning"), told | {"path": "ordinary"}).status_code == 302
    # Without violence the answer is still asked for before nothing is opened.
    omar = a_child(cast, "Omar", nth=1)
    for weeks in (20, 10, 0):
        last = came(cast, omar, ago=timedelta(weeks=weeks, hours=1))
    client.post(of_child(last, "skydd"), {"danger": "no", "ground": "Talat med skolan."})
    assert "Svara varför" in text(client.get(f"{START}{last.id}/"))


def test_five_reports_are_ticked_and_joined_at_once(cast: Cast, client_of: Log) -> None:
    nora, at = a_child(cast), foundation.now() - timedelta(hours=5)
    five = [reported(cast, nora, at=at + timedelta(minutes=n), **SCHOOL) for n in range(5)]
    other = came(cast, a_child(cast, "Omar", nth=1))
    client, page = client_of(cast.maja), f"{START}{five[4].id}/sla-ihop/"
    offered = text(client.get(page))
    assert all(one.number in offered for one in five[:4]) and other.number not in offered
    told = {"reports": [str(one.id) for one in five[:4]], "because": "Samma bråk på skolgården"}
    none = client.post(page, {"because": "Samma bråk"})
    assert none.status_code == 400 and "Välj minst en anmälan" in text(none) and "Samma bråk" in text(none)
    shown = text(client.post(page, told))
    assert f"{five[0].number} ligger kvar" in shown or five[0].number in shown
    assert {fresh(one).state for one in five} == {"received"}, "nothing is joined before it is confirmed"
    done = client.post(page, told | {"confirmed": "1"})
    assert done["Location"] == f"{START}{five[0].id}/"
    assert {fresh(one).duplicate_of_id for one in five[1:]} == {five[0].id}
    more = came(cast, a_child(cast, "Liv", nth=2))
    by_number = {"number": f"{five[0].number}, {other.number.lower()}", "because": "Samma händelse"}
    assert client.post(f"{START}{more.id}/sla-ihop/", by_number | {"confirmed": "1"}).status_code == 302
    assert fresh(more).duplicate_of_id == five[0].id
    for stranger in (cast.asa, cast.olle):
        assert client_of(stranger).post(page, told | {"confirmed": "1"}).status_code in (403, 404)


def test_candidates_are_told_apart_by_what_the_reader_may_read(cast: Cast, client_of: Log) -> None:
    nora, twin = a_child(cast), a_child(cast, nth=1)
    mother = a_child(cast, "Maria", foundation.today().replace(year=1985, month=3, day=3), nth=0)
    at = foundation.now()
    people.set_address(
        person_id=nora.id, kind="registered", street="Ekvägen 7", postal_code="123 45", city="Ekeby",
        valid_from=foundation.today(), source="staff", by=SYSTEM, at=at,
    )  # fmt: skip
    people.relate(
        person_id=mother.id, other_id=nora.id, kind="guardian", valid_from=foundation.today(), by=SYSTEM, at=at
    )
    earlier = came(cast, nora, ago=timedelta(days=40))
    report = came(cast, children=[children.ChildAsTold(given_name="Nora", family_name="Norén")])
    hidden = a_child(cast, "Nora", nth=2, protection="secrecy_mark")
    maja = client_of(cast.maja)
    page = text(maja.post(of_child(report, "vem"), {"q": "Nora Norén"}))
    with foundation.acting(SYSTEM):
        file = child_of(earlier).case.number  # type: ignore[union-attr]
    for words in (number_of(nora), number_of(twin), "Ekvägen 7, 123 45 Ekeby", "Maria Norén", file):
        assert words in page, words
    assert number_of(hidden) not in page
    with foundation.acting(SYSTEM):
        read = foundation.AccessEntry.objects.filter(page="reception.candidate", account_id=cast.maja.account_id)
        assert {nora.id, twin.id} <= set(read.values_list("person_id", flat=True))
        assert hidden.id not in set(read.values_list("person_id", flat=True))
    # Who may not read the persons sees the name and the year alone.
    unread = people.register_person(
        given_name="Okänd", family_name="Utifrån", born=nora.born, sex="woman", protection="none",
        identity_number=None, by=SYSTEM, at=at,
    )  # fmt: skip
    people.set_address(
        person_id=unread.id, kind="registered", street="Hemliga gränd 1", postal_code="123 45", city="Ekeby",
        valid_from=foundation.today(), source="staff", by=SYSTEM, at=at,
    )  # fmt: skip
    plain = text(maja.post(of_child(report, "vem"), {"q": "Okänd Utifrån"}))
    assert "Hemliga gränd" not in plain


def test_who_may_not_extend_sends_it_to_the_manager_who_finds_it_first(cast: Cast, client_of: Log) -> None:
    report = came(cast, a_child(cast))
    page, maja, eva = of_child(report, "forlang"), client_of(cast.maja), client_of(cast.eva)
    assert "Delegationsordningen låter en chef besluta detta" in text(maja.get(page))
    later = (foundation.today() + timedelta(days=20)).isoformat()
    short = maja.post(page, {"until": later, "ground": "x"})
    assert short.status_code == 400 and "minst 8 tecken" in text(short) and later in text(short)
    sent = text(maja.post(page, {"until": later, "ground": "Familjen är på sjukhus"}, follow=True))
    assert "Ditt förslag är skickat till chefen" in sent and "Förslag om mer tid" in sent
    assert child_of(report).due_on != foundation.today() + timedelta(days=20), "nothing is decided"
    start = text(eva.get("/handlaggare/"))
    assert "Orosanmälningar som väntar på dig" in start and page in start
    assert "Orosanmälningar som väntar på dig" not in text(maja.get("/handlaggare/att-gora/", follow=True))
    assert "Orosanmälningar som väntar på dig" not in text(client_of(cast.carina).get("/handlaggare/"))
    asked = text(eva.get(page))
    assert "Familjen är på sjukhus" in asked and later in asked and "Maja Malm bad om tid" in asked
    assert eva.post(page, {"decline": "1", "because": "nej"}).status_code == 400
    forbidden = maja.post(page, {"decline": "1", "because": "Det räcker nu"})
    assert forbidden.status_code == 400
    assert "Förslaget har fått nej" in text(
        eva.post(page, {"decline": "1", "because": "Skolan svarar i dag"}, follow=True)
    )
    assert "Skolan svarar i dag" in text(maja.get(f"{START}{report.id}/"))
    maja.post(page, {"until": later, "ground": "Familjen är kvar på sjukhus"})
    done = text(eva.post(page, {"until": later, "ground": "Familjen är kvar på sjukhus"}, follow=True))
    assert "Tiden är förlängd genom beslut." in done
    assert "Orosanmälningar som väntar på dig" not in text(eva.get("/handlaggare/"))


def test_danger_that_waits_stands_on_the_managers_start_page(cast: Cast, client_of: Log) -> None:
    report = came(cast, a_child(cast))
    client_of(cast.maja).post(
        of_child(report, "skydd"), {"danger": "yes", "ground": "Hot i hemmet.", "done_tonight": "Hos mormor"}
    )
    eva = client_of(cast.eva)
    page = of_child(report, "kontrasignera")
    start = text(eva.get("/handlaggare/"))
    assert page in start and "Ett barn är bedömt vara i fara" in start
    assert page not in text(client_of(cast.carina).get("/handlaggare/"))
    assert eva.post(page).status_code == 302
    assert page not in text(eva.get("/handlaggare/"))


def test_a_letter_is_no_ground_and_what_was_typed_is_kept(cast: Cast, client_of: Log) -> None:
    report, maja = came(cast, a_child(cast)), client_of(cast.maja)
    short = maja.post(
        of_child(report, "skydd"), {"danger": "no", "ground": "x", "done_tonight": "Ringt mormor i kväll"}
    )
    assert short.status_code == 400 and "Ringt mormor i kväll" in text(short)
    maja.post(of_child(report, "skydd"), {"danger": "no", "ground": "Talat med skolan."})
    page = of_child(report, "forhandsbedomning")
    assert 'selected' not in text(maja.get(page)).split('name="path"')[1].split("</select>")[0].replace(
        '<option value="" selected>', ""
    )
    told = {"violence": "no", "outcome": "not_open", "reason": "x", "decide": "1"}
    assert maja.post(page, told).status_code == 400
    assert not hasattr(child_of(report), "preliminary")
