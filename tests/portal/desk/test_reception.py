"""The reception: what arrives, what is done with it, and who sees nothing of it."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import a_child, child_of, fresh, number_of, reported

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
START = "/handlaggare/mottagning/"
NOTHING = {"concern_codes": ["school"]}
VIOLENCE = {"concern_codes": ["witnessed_violence"]}


@pytest.fixture
def came(cast: Cast) -> Callable[..., Any]:
    """A teacher's report an hour ago about a child whose number is told."""

    def report(*persons: Any, **told: Any) -> Any:
        about = persons or (a_child(cast),)
        return reported(cast, *about, **{"at": foundation.now() - timedelta(hours=1), **told})

    return report


def text(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def page_of(report: Any, *parts: str) -> str:
    return f"{START}{report.id}/" + "".join(f"{part}/" for part in parts)


def of_child(report: Any, word: str, place: int = 0) -> str:
    return page_of(report, "barn", str(child_of(report, place).id), word)


def assess(client: Client, report: Any, place: int = 0, **changed: str) -> Any:
    told = {"danger": "no", "ground": "Talat med skolan, barnet är på fritids.", **changed}
    return client.post(of_child(report, "skydd", place), told)


def decide(client: Client, report: Any, outcome: str, press: str = "decide", **changed: Any) -> Any:
    told = {
        "violence": "no",
        "outcome": outcome,
        "reason": "Vi har vägt samman det som sagts.",
        "path": "ordinary",
        press: "1",
        **changed,
    }
    return client.post(of_child(report, "forhandsbedomning"), told)


def test_what_arrives_is_listed_danger_first(cast: Cast, client_of: Log, came: Any) -> None:
    calm = came(**NOTHING)
    grave = came(a_child(cast, "Omar", nth=1), danger_now=True, **VIOLENCE)
    client = client_of(cast.maja)
    page = text(client.get(START))
    assert page.index(grave.number) < page.index(calm.number)
    assert "Fara nu" in page and "Våld eller övergrepp" in page
    assert "Ekebys eget mål är inom 4 timmar; lagen anger inget antal" in page
    rows = client.get(START, headers={"hx-request": "true"})
    assert "<html" not in rows.content.decode()
    assert grave.number in rows.content.decode()


def test_mine_are_those_that_i_have_taken(cast: Cast, client_of: Log, came: Any) -> None:
    report, other = came(**NOTHING), came(a_child(cast, "Omar", nth=1), **NOTHING)
    client = client_of(cast.maja)
    client.post(page_of(report, "ta"), {"version": fresh(report).version})
    mine = text(client.get(f"{START}?visa=mina"))
    assert report.number in mine and other.number not in mine
    late = client_of(cast.eva).post(page_of(report, "ta"), {"version": "1"})
    assert late.status_code == 409


@pytest.mark.parametrize("who", ["asa", "carina", "vera"])
def test_other_units_find_nothing(cast: Cast, client_of: Log, came: Any, who: str) -> None:
    report = came(**VIOLENCE)
    client = client_of(getattr(cast, who))
    assert report.number not in text(client.get(START))
    for path in (
        page_of(report),
        of_child(report, "skydd"),
        of_child(report, "forhandsbedomning"),
        page_of(report, "jav"),
    ):
        reply = client.get(path)
        assert reply.status_code in (403, 404), path
        assert report.number not in text(reply)


@pytest.mark.parametrize("who", ["greta", "tina", "elin"])
@pytest.mark.parametrize("path", ["", "ny/"])
def test_residents_do_not_enter(cast: Cast, client_of: Log, who: str, path: str) -> None:
    assert client_of(getattr(cast, who)).get(START + path).status_code == 403


def test_the_link_is_shown_to_those_who_receive(cast: Cast, client_of: Log) -> None:
    for who, seen in (
        (cast.maja, True),
        (cast.eva, True),
        (cast.olle, True),
        (cast.asa, False),
        (cast.sam, False),
    ):
        page = client_of(who).get("/handlaggare/").content.decode()
        assert (f'href="{START}"' in page) is seen, who.name


def test_a_report_is_shown_with_its_reporter_and_the_reading_is_logged(
    cast: Cast, client_of: Log, came: Any
) -> None:
    report = came(**VIOLENCE)
    page = text(client_of(cast.maja).get(page_of(report)))
    for words in ("Barnet kom till skolan med blåmärken.", "Tina Tall", "Ekebyskolan", "Nora Norén"):
        assert words in page
    with foundation.acting(cast.system):
        assert foundation.AccessEntry.objects.filter(
            page="reception.report", account_id=cast.maja.account_id
        ).exists()


def test_who_has_declared_a_bias_does_not_see_the_report(cast: Cast, client_of: Log, came: Any) -> None:
    report = came(**VIOLENCE)
    client = client_of(cast.maja)
    assert client.post(page_of(report, "jav"), {"kind": ""}).status_code == 400
    assert client.post(page_of(report, "jav"), {"kind": "relative"})["Location"] == START
    for word in ("vantar", "alla"):
        assert report.number not in text(client.get(f"{START}?visa={word}"))
    assert client.get(page_of(report)).status_code == 404
    assert assess(client, report).status_code == 404
    page = text(client_of(cast.eva).get(page_of(report)))
    assert "Dold på grund av jäv" in page and "Maja" in page
    assert "Dold på grund av jäv" not in text(client_of(cast.sam).get(page_of(report)))


def test_a_report_by_telephone_is_taken_down_once(cast: Cast, client_of: Log) -> None:
    client = client_of(cast.maja)
    page = client.get(f"{START}ny/").content.decode()
    key = page.split('name="key" value="')[1].split('"')[0]
    rows = {
        "barn-TOTAL_FORMS": "3",
        "barn-INITIAL_FORMS": "0",
        "barn-MIN_NUM_FORMS": "3",
        "barn-MAX_NUM_FORMS": "12",
    }
    told = {
        "key": key, "channel": "phone", "what_seen": "Grannen hör skrik.", "kind": "private", "name": "Greta Gren",
        "barn-0-given_name": "Nora", "barn-0-age_told": "10 år", **rows,
    }  # fmt: skip
    wrong = client.post(f"{START}ny/", told | {"kind": "anonymous"})
    assert wrong.status_code == 400
    assert "Grannen hör skrik." in text(wrong)
    first = client.post(f"{START}ny/", told)
    assert first.status_code == 302, text(first)
    assert client.post(f"{START}ny/", told)["Location"] == first["Location"]
    with foundation.acting(cast.system):
        report = children.Report.objects.get()
        assert (report.channel, report.children.count()) == ("phone", 1)


def test_more_rows_for_children_keep_what_was_typed(cast: Cast, client_of: Log) -> None:
    told = {
        "barn-TOTAL_FORMS": "3",
        "barn-0-given_name": "Nora",
        "what_seen": "Skrik",
        "more": "1",
        "kind": "private",
    }
    page = client_of(cast.maja).post(f"{START}ny/", told).content.decode()
    assert 'name="barn-3-given_name"' in page
    assert 'value="Nora"' in page and "Skrik" in page


def test_a_child_is_found_by_post_and_gets_a_file(cast: Cast, client_of: Log, came: Any) -> None:
    person = a_child(cast)
    report = came(person, children=[children.ChildAsTold(given_name="Nora", age_told="10 år")], **NOTHING)
    client = client_of(cast.maja)
    page = of_child(report, "vem")
    assert "Nora Norén" in text(client.post(page, {"q": number_of(person)}))
    assert client.post(page, {"person": "nonsens"}).status_code == 400
    assert client.post(page, {"person": str(person.id)}).status_code == 302
    shown = text(client.get(page_of(report)))
    assert "BU-" in shown and "besluta senast" in shown


def test_an_unknown_child_is_registered_and_two_are_made_of_one(
    cast: Cast, client_of: Log, came: Any
) -> None:
    report = came(a_child(cast), children=[children.ChildAsTold(age_told="cirka 4 år")], **NOTHING)
    client = client_of(cast.maja)
    assert client.post(of_child(report, "dela"), {"given_name": " "}).status_code == 400
    assert (
        client.post(of_child(report, "dela"), {"given_name": "Lillebror", "age_told": "2 år"}).status_code
        == 302
    )
    assert "Lillebror, 2 år" in text(client.get(page_of(report)))
    future = (foundation.today() + timedelta(days=3)).isoformat()
    wrong = client.post(of_child(report, "okand"), {"given_name": "X", "born": future, "sex": "unknown"})
    assert wrong.status_code == 400 and future in text(wrong)
    assert client.post(of_child(report, "okand"), {"sex": "unknown"}).status_code == 302
    assert child_of(report).person_id is not None


def test_protection_is_assessed_and_danger_is_countersigned_by_another(
    cast: Cast, client_of: Log, came: Any
) -> None:
    report = came(danger_now=True, **VIOLENCE)
    maja, eva = client_of(cast.maja), client_of(cast.eva)
    assert "eget mål" in text(maja.get(of_child(report, "skydd")))
    wrong = assess(maja, report, danger="yes")
    assert wrong.status_code == 400 and "Talat med skolan" in text(wrong)
    assert assess(maja, report, danger="yes", done_tonight="Hembesök med polis.").status_code == 302
    assert maja.get(of_child(report, "kontrasignera")).status_code == 403
    assert "Hembesök med polis." in text(eva.get(of_child(report, "kontrasignera")))
    assert eva.post(of_child(report, "kontrasignera")).status_code == 302
    assert "kontrasignerad" in text(maja.get(page_of(report)))


def test_violence_opens_an_investigation_and_no_other_way_is_offered(
    cast: Cast, client_of: Log, came: Any
) -> None:
    report = came(**VIOLENCE)
    client = client_of(cast.maja)
    assert "Ingen har bedömt om barnet behöver skydd" in text(
        client.get(of_child(report, "forhandsbedomning"))
    )
    assess(client, report)
    page = text(client.get(of_child(report, "forhandsbedomning")))
    assert "Då måste en utredning inledas" in page
    assert 'value="not_open"' not in page
    refused = decide(client, report, "not_open", violence="yes")
    assert refused.status_code == 400
    preview = decide(client, report, "open", "preview", violence="yes", questions=["witnessed_violence"])
    assert preview.status_code == 200
    assert "fyra månader" in text(preview)
    done = decide(client, report, "open", violence="yes", questions=["witnessed_violence"])
    assert done.status_code == 302, text(done)
    again = decide(client, report, "open", violence="yes")
    assert again["Location"] == page_of(report)
    child = child_of(report)
    with foundation.acting(cast.system):
        assert children.Investigation.objects.filter(case_id=child.case_id).count() == 1
        assert casework.LegalClock.objects.filter(case_id=child.case_id, rule="UTR").count() == 1


def test_not_opening_needs_a_reason_and_stands_in_the_file(cast: Cast, client_of: Log, came: Any) -> None:
    report = came(**NOTHING)
    client = client_of(cast.maja)
    assess(client, report)
    assert decide(client, report, "not_open", reason="").status_code == 400
    mixed = decide(client, report, "not_open", violence="yes")
    assert mixed.status_code == 400 and "Vi har vägt samman" in text(mixed)
    assert "Vi har vägt samman" in text(decide(client, report, "not_open", "preview"))
    assert decide(client, report, "not_open").status_code == 302
    assert "Ingen utredning inleds" in text(client.get(page_of(report)))
    back = client.post(page_of(report, "aterkoppling"), {"text_code": "opened", "way": "phone"})
    assert back.status_code == 400, "what was not decided cannot be said"
    assert (
        client.post(page_of(report, "aterkoppling"), {"text_code": "not_opened", "way": "phone"}).status_code
        == 302
    )


def test_the_third_report_must_be_answered(cast: Cast, client_of: Log, came: Any) -> None:
    person = a_child(cast)
    for weeks in (20, 10):
        earlier = came(person, at=foundation.now() - timedelta(weeks=weeks), **NOTHING)
        client = client_of(cast.maja)
        assess(client, earlier)
        assert decide(client, earlier, "not_open").status_code == 302
    third = came(person, **NOTHING)
    assert "gång på gång" in text(client.get(START))
    assess(client, third)
    page = text(client.get(of_child(third, "forhandsbedomning")))
    assert 'value="not_open"' not in page
    assert decide(client, third, "not_open").status_code == 400
    assert client.post(of_child(third, "upprepad"), {"reason": ""}).status_code == 400
    assert earlier.number in text(client.get(of_child(third, "upprepad")))
    assert (
        client.post(of_child(third, "upprepad"), {"reason": "Skolan och vi har en plan."}).status_code == 302
    )
    assert decide(client, third, "not_open").status_code == 302


def test_a_report_of_the_same_event_is_joined_after_a_look(cast: Cast, client_of: Log, came: Any) -> None:
    person = a_child(cast)
    first = came(person, at=foundation.now() - timedelta(hours=3), **NOTHING)
    second = came(person, **NOTHING)
    client = client_of(cast.maja)
    told = {"number": first.number.lower(), "because": "Samma bråk på skolgården"}
    page = page_of(second, "sla-ihop")
    assert client.post(page, told | {"number": "OA-1999-00001"}).status_code == 400
    assert "Barnet kom till skolan" in text(client.post(page, told))
    assert client.post(page, told | {"confirmed": "1"})["Location"] == page_of(first)
    assert second.number in text(client.get(page_of(first)))
    assert second.number not in text(client.get(START))


def test_the_family_is_shown_as_far_as_one_may_read(cast: Cast, client_of: Log, came: Any) -> None:
    nora, omar = a_child(cast), a_child(cast, "Omar", nth=1)
    secret = a_child(cast, "Hemlig", nth=2)
    with foundation.acting(cast.system):
        for other in (omar, secret):
            people.relate(
                person_id=nora.id, other_id=other.id, kind="sibling", valid_from=foundation.today(), by=cast.system,
                at=foundation.now(),
            )  # fmt: skip
    earlier = came(omar, at=foundation.now() - timedelta(days=30), **NOTHING)
    hidden = came(secret, at=foundation.now() - timedelta(days=20), **NOTHING)
    people.protect_person(
        person_id=secret.id,
        mark="secrecy_mark",
        named_account_ids=[cast.eva.account_id],
        by=cast.system,
        at=foundation.now(),
    )
    report = came(nora, **NOTHING)
    page = text(client_of(cast.maja).get(page_of(report)))
    assert "Omar Norén" in page and earlier.number in page
    assert "Hemlig" not in page and hidden.number not in page


def test_on_call_hands_over_to_the_day_unit(cast: Cast, client_of: Log, came: Any) -> None:
    yesterday = foundation.today() - timedelta(days=1)
    night = datetime.combine(yesterday, time(23), tzinfo=foundation.SWEDEN)
    children.set_reception(
        municipality="9999", name="Ekeby", day_unit_id=cast.children, on_call_unit_id=cast.on_call,
        opens=time(8), closes=time(16), by=cast.eva, at=night,
    )  # fmt: skip
    report = came(at=night, **VIOLENCE)
    olle, maja = client_of(cast.olle), client_of(cast.maja)
    assert report.number in text(olle.get(START))
    assert report.number not in text(maja.get(START))
    assert "är inte bedömt" in text(olle.get(page_of(report, "lamna-over")))
    assert olle.post(page_of(report, "lamna-over")).status_code == 302
    assert report.number in text(maja.get(START))


def test_the_list_costs_the_same_however_many_wait(cast: Cast, client_of: Log, came: Any) -> None:
    client = client_of(cast.maja)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(START).status_code == 200
        return len(asked)

    came(**NOTHING)
    queries()
    before = queries()
    for nth, name in enumerate(("Ada", "Bo", "Cleo", "Disa", "Ellen"), start=1):
        came(a_child(cast, name, nth=nth), **NOTHING)
    assert queries() == before


def test_odd_input_is_told_kindly(cast: Cast, client_of: Log, came: Any) -> None:
    report = came(**NOTHING)
    client = client_of(cast.maja)
    assert client.get(f"{START}{foundation.new_id()}/").status_code == 404
    assert client.get(page_of(report, "barn", str(foundation.new_id()), "skydd")).status_code == 404
    assert client.get(f"{START}?efter=nonsens").status_code in (200, 400)
    assert client.get(f"{START}?visa=nonsens&enhet=nonsens").status_code == 200
    assert client.post(of_child(report, "flytta"), {"number": "OA-1", "because": "x"}).status_code == 400
    assert client.get(page_of(report, "papper", str(foundation.new_id()))).status_code == 404


def test_the_childs_file_leads_to_the_report_and_has_reasons_of_its_own_to_close(cast: Cast, client_of: Log) -> None:
    report = reported(cast, a_child(cast), **NOTHING)
    case_id, david = child_of(report).case_id, cast.david
    assert case_id is not None
    casework.assign_case(case_id=case_id, worker_id=david.account_id, by=david, at=foundation.now())
    file, client = f"/handlaggare/arende/{case_id}/", client_of(david)
    assert page_of(report) in text(client.get(file))
    assert "En orosanmälan väntar på beslut" in text(client.get(f"{file}avsluta/"))
    facts: dict[str, Any] = {"reported_child_id": child_of(report).id, "by": cast.maja, "at": foundation.now()}
    children.assess_protection(danger=False, ground="Talat med skolan.", **facts)
    children.decide_preliminary(outcome="not_open", violence=False, reason="Prövat med chefen.", **facts)
    closing = text(client.get(f"{file}avsluta/"))
    assert "Ingen utredning inleddes" in closing and "försörjer sig" not in closing
