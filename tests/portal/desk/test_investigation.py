"""A child's investigation at the desk: from the decision to open to the close, by those who work there alone."""

import functools
import re
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
from tests.child_protection.investigating import a_child, a_file, at, clock_of, informed, opened

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
OPEN = {"questions": ["care_at_home"], "path": "ordinary", "path_reason": "Flera frågor behöver svar"}


TALK = {
    "talk": "child_alone", "subject": "Nils", "consent": "refused", "because": "Behövde tala ensam", "kind": "meeting",
    "body": "Nils berättade om hemmet.", "sign": "1",
}  # fmt: skip


def talk(client: Client, one: str, facts: dict[str, Any]) -> Any:
    """A talk is begun and sent in; the answer to it, followed."""
    begun = client.post(f"{one}samtal/")
    assert begun.status_code == 302
    told = {"happened_on": day(), "version": 1, **facts}
    return client.post(begun["Location"], told, follow=True)


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
        ("informera/", {"whom": "Elin Ekdal", "told_on": day(), "how": "phone"}),
        ("plan/", {"what": "Samtal med Nils", "due_on": day(3)}),
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
    talk(client, one, TALK)
    told = client.get(one).content.decode()
    for words in (
        "Nils är frisk.",
        "Nils vill bo hemma.",
        "Utan vårdnadshavarens samtycke",
        "Ekebyskolan",
        "Intensi",
    ):
        assert words in told
    row = re.search(r"<tr>(?:(?!</tr>).)*Parterna får ta del av underlaget.*?</tr>", told, re.S)
    assert row is not None and cast.david.name in row[0]
    view = children.investigation_view(begun.id, cast.david)
    client.post(f"{one}plan/{view.steps[0].id}/", {"result": "Talat"})
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
        investigation_id=first.id, outcome="without_intervention", ground="Inget behov finns", by=cast.david,
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
    # The delegation order keeps it for managers: David sends it to one.
    page = client.get(f"{one}forlang/").content.decode()
    assert "Skicka till en chef som får besluta" in page
    sent = client.post(f"{one}forlang/", asked, follow=True).content.decode()
    assert "Ännu är ingenting förlängt" in sent and "Förslaget väntar på en chef" in sent
    assert "Förlängd genom beslut" not in sent
    again = client.get(f"{one}forlang/", follow=True).content.decode()
    assert "Förslaget väntar på svar från en chef" in again
    eva = client_of(cast.eva)
    offered = eva.get(f"{one}forlang/").content.decode()
    assert "Väntar på BUP" in offered and day(200) in offered and cast.david.name in offered
    right = eva.post(f"{one}forlang/", asked, follow=True)
    assert right.status_code == 200
    assert "Förlängd genom beslut" in right.content.decode()


def test_no_form_for_more_time_is_offered_when_the_time_is_up(cast: Cast, client_of: Log) -> None:
    long_ago = foundation.today() - timedelta(days=140)
    case = a_file(cast, a_child(cast), on=long_ago)
    late = opened(cast, case, on=long_ago)
    before = at(long_ago + timedelta(days=20))
    children.propose_extension(
        investigation_id=late.id, until=foundation.today(), ground="Väntar på BUP", by=cast.david, at=before
    )
    one = f"/handlaggare/arende/{case.id}/utredning/{late.id}/"
    for who in (cast.david, cast.eva):
        page = client_of(who).get(one).content.decode()
        assert "Sista dagen har passerat, så tiden kan inte förlängas längre" in page
        assert f'{one}forlang/"' not in page
        away = client_of(who).get(f"{one}forlang/")
        assert away.status_code == 302 and away["Location"] == one
    # What was asked for in time is still to be answered.
    assert "/nej/" in client_of(cast.eva).get(one).content.decode()
    sent = client_of(cast.eva).post(f"{one}forlang/", {"until": day(30), "ground": "Väntar på BUP"})
    assert sent.status_code == 400 and "Väntar på BUP" in sent.content.decode()


def test_the_form_to_close_offers_what_would_be_let_through(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    def form(who: foundation.Actor) -> tuple[list[str], str]:
        page = client_of(who).get(f"{url}{begun.id}/avsluta/").content.decode()
        return re.findall(r'name="outcome" value="(\w+)"', page), page

    david, page = form(cast.david)
    assert david == [] and "Saknas även före ett förtida avslut" in page and "Gå tillbaka och gör" in page
    assert 'name="ground"' not in page
    assert "Avsluta i förtid" not in client_of(cast.david).get(f"{url}{begun.id}/").content.decode()
    today = foundation.today()
    informed(cast, begun, on=today)
    named = {"investigation_id": begun.id, "by": cast.david, "at": foundation.now()}
    children.record_child_view(body="Nils vill bo hemma.", how="talk", **named)
    casework.waive_communication(
        case_id=begun.case_id, matter_id=begun.id, because="Inget nytt har kommit in.", by=cast.david,
        at=foundation.now(),
    )  # fmt: skip
    david, page = form(cast.david)
    assert david == [] and "Ett avslut i förtid beslutas av din chef" in page
    eva, page = form(cast.eva)
    assert eva == ["early"] and 'name="ground"' in page
    # What somebody typed is told why it is refused, and kept.
    sent = client_of(cast.david).post(
        f"{url}{begun.id}/avsluta/", {"outcome": "early", "ground": "De har flyttat"}
    )
    assert sent.status_code == 400 and "De har flyttat" in sent.content.decode()


def test_a_manager_answers_a_proposal_with_no_and_says_why(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    client, one = client_of(cast.david), f"{url}{begun.id}/"
    client.post(f"{one}forlang/", {"until": day(200), "ground": "Väntar på BUP"})
    (proposal,) = children.proposals_of(begun, cast.david)
    no = f"{one}forlang/{proposal.id}/nej/"
    assert client.post(no, {"because": "Vi hinner ändå"}).status_code == 400  # David may not answer himself
    eva = client_of(cast.eva)
    short = eva.post(no, {"because": "x"})
    assert short.status_code == 400 and "för kort" in short.content.decode()
    told = eva.post(no, {"because": "Vi hinner ändå"}, follow=True).content.decode()
    assert "Vi hinner ändå" in told
    assert client.get(no).status_code == 302
    assert "Vi hinner ändå" in client.get(one).content.decode()


def main_button(page: str) -> str:
    """The words of the one main button of the investigation."""
    found = re.findall(r'<a class="ds-button" href="([^"]+)">([^<]+)</a>', page)
    assert len(found) == 1, found
    return str(found[0][0].rsplit("/", 2)[1])


def test_who_was_told_when_and_how_is_asked_for_and_what_was_typed_is_kept(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    client, one = client_of(cast.david), f"{url}{begun.id}/"
    for sent, words in (
        ({"whom": " "}, "Det framgår inte vem som har informerats."),
        ({"whom": "Elin Ekdal", "how": "letter"}, "Dagen saknas."),
        ({"whom": "Elin Ekdal", "told_on": day(1), "how": "letter"}, "Dagen ska ligga mellan"),
    ):
        answer = client.post(f"{one}informera/", sent)
        page = answer.content.decode()
        assert answer.status_code == 400 and words in page, sent
        if "how" in sent:
            assert 'value="Elin Ekdal"' in page and '<option value="letter" selected>' in page
    whole = {"whom": "Elin Ekdal", "told_on": day(), "how": "letter", "because_not": "Farid nås inte i dag."}
    told = client.post(f"{one}informera/", whole, follow=True).content.decode()
    for words in (
        "Informerade om utredningen",
        "Elin Ekdal",
        "med brev",
        "Inte informerade:",
        "Farid nås inte",
    ):
        assert words in told


def test_the_main_button_leads_to_the_next_step_and_closes_last(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    client, one = client_of(cast.david), f"{url}{begun.id}/"
    page = client.get(one).content.decode()
    assert "0 av 7 klara" in page and page.count('class="next"') == 0
    assert "Barnakt" in page or "Nils" in page
    named = {"investigation_id": begun.id, "by": cast.david, "at": foundation.now()}
    assert main_button(page) == "informera"
    informed(cast, begun, on=foundation.today())
    told = client.get(one).content.decode()
    assert re.search(rf"De som berörs informeras.*?{cast.david.name}", told, re.S) and "1 av 7 klara" in told
    assert main_button(client.get(one).content.decode()) == "plan"
    step = children.plan_step(what="Samtal med Nils", due_on=foundation.today() + timedelta(days=9), **named)
    # A step that lies ahead does not stand in the way; one whose day is here does.
    assert main_button(client.get(one).content.decode()) == "barnets-syn"
    children.record_child_view(body="Nils vill bo hemma.", how="talk", **named)
    assert main_button(client.get(one).content.decode()) == "risk"
    children.assess_risk(body="Bråk hemma", level="some", **named)
    assert main_button(client.get(one).content.decode()) == "barnets-basta"
    children.weigh_best_interests(body="Stöd hemma är bäst.", **named)
    assert main_button(client.get(one).content.decode()) == "bedomning"
    children.write_assessment(body="Behovet är stöd.", **named)
    page = client.get(one).content.decode()
    assert main_button(page) == str(step.id) and cast.david.name in page
    children.finish_step(step_id=step.id, by=cast.david, at=foundation.now())
    assert main_button(client.get(one).content.decode()) == "kommunicera"
    (sent,) = children.communicate_investigation(
        material="Utredningen", answer_until=foundation.today() + timedelta(days=7), **named
    )
    page = client.get(one).content.decode()
    assert "6 av 7 klara" in page and "Väntar på svar" in page
    assert '<a class="ds-button" href=' not in page  # nothing to do but wait
    casework.answer_communication(
        communication_id=sent.id, answer="Inget", orally=True, by=cast.david, at=foundation.now()
    )
    page = client.get(one).content.decode()
    assert main_button(page) == "avsluta" and "7 av 7 klara" in page


def test_what_a_close_needs_is_said_before_one_tries(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    page = client_of(cast.david).get(f"{url}{begun.id}/avsluta/").content.decode()
    assert "Det här saknas före ett vanligt avslut" in page and "Saknas även före ett förtida avslut" in page
    assert "Barnets egen åsikt" in page


def test_a_step_is_changed_and_struck_out_and_one_sees_how_it_was(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    client, one = client_of(cast.david), f"{url}{begun.id}/"
    client.post(
        f"{one}plan/", {"what": "Samtal med Nils", "due_on": day(3), "account_id": str(cast.eva.account_id)}
    )
    (step,) = children.investigation_view(begun.id, cast.david).steps
    assert step.account_id == cast.eva.account_id
    for word in ("", "andra/", "stryk/"):
        assert client.get(f"{one}plan/{step.id}/{word}").status_code == 200
    kept = client.post(f"{one}plan/{step.id}/andra/", {"due_on": day(9), "who": "Skolan", "because": "x"})
    assert kept.status_code == 400 and 'value="Skolan"' in kept.content.decode()
    told = client.post(
        f"{one}plan/{step.id}/andra/",
        {"due_on": day(9), "who": "Skolan", "because": "Familjen är bortrest"},
        follow=True,
    ).content.decode()
    assert "Familjen är bortrest" in told and cast.eva.name in told and "Skolan" in told
    assert client.post(f"{one}plan/{step.id}/stryk/", {"because": ""}).status_code == 400
    told = client.post(
        f"{one}plan/{step.id}/stryk/", {"because": "Görs av skolan själv"}, follow=True
    ).content.decode()
    assert "<s>Samtal med Nils</s>" in told and "Görs av skolan själv" in told and "1 struket" in told
    assert client.get(f"{one}plan/{step.id}/stryk/").status_code == 403


def test_no_path_is_chosen_beforehand_and_a_letter_is_no_reason(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    client = client_of(cast.david)
    assert "checked" not in client.get(f"{url}oppna/").content.decode()
    page = client.get(f"{url}{begun.id}/vag/").content.decode()
    assert 'value="ordinary"' not in page and "checked" not in page
    wrong = client.post(f"{url}{begun.id}/vag/", {"path": "intensive", "reason": "x"})
    assert wrong.status_code == 400 and "för kort" in wrong.content.decode()
    assert re.search(r'value="intensive"[^>]* checked', wrong.content.decode())


def test_a_talk_is_a_draft_that_saves_itself_and_none_is_left_behind(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    client, one = client_of(cast.david), f"{url}{begun.id}/"
    first = client.post(f"{one}samtal/")["Location"]
    assert client.get(f"{one}samtal/").status_code == 405
    assert client.post(f"{one}samtal/")["Location"] == first  # opened and left: taken up again
    case_id = url_case(url)
    assert casework.find_notes(case_id, cast.david).rows == [] and casework.find_drafts(cast.david) == []
    page = client.get(first).content.decode()
    assert "checked" not in page and "inte ett samtal med barnet" not in page.lower()
    half = {
        "talk": "child_alone",
        "subject": "Nils",
        "happened_on": day(),
        "body": "Nils sa",
        "kind": "meeting",
        "version": 1,
    }
    saved = client.post(f"{first}spara/", {**half, "because": "Nils bad om det"})
    assert saved.status_code == 200 and "data-saved" in saved.content.decode()
    page = client.get(first).content.decode()
    for kept in ("Nils sa", "Nils bad om det", 'value="Nils"'):
        assert kept in page
    assert re.search(r'value="child_alone" selected', page)
    lacks = client.post(first, {**half, "version": 2, "sign": "1"})
    assert lacks.status_code == 400 and "Nils sa" in lacks.content.decode()
    stale = client.post(first, {**half, "consent": "given", "body": "Annan text", "version": 1, "sign": "1"})
    assert stale.status_code == 409 and "Nils sa" in stale.content.decode()
    done = client.post(
        first, {**half, "consent": "given", "version": 2, "sign": "1"}, follow=True
    ).content.decode()
    assert "räknas i utredningen" in done
    assert len(children.investigation_view(begun.id, cast.david).talks) == 1
    assert client.get(first).status_code == 302
    assert client_of(cast.asa).get(first).status_code in (403, 404)


def test_a_note_of_a_meeting_leads_to_the_talk_and_a_signed_one_is_counted_afterwards(
    cast: Cast, client_of: Log, url: str, begun: children.Investigation
) -> None:
    client, case_id = client_of(cast.david), url_case(url)
    notes = f"/handlaggare/arende/{case_id}/anteckningar/"
    written = {
        "subject": "Elin",
        "kind": "meeting",
        "happened_on": day(),
        "body": "Elin berättade.",
        "version": 1,
    }
    note = client.post(f"{notes}ny/")["Location"]
    assert "Signera som samtal" in client.get(note).content.decode()
    led = client.post(note, {**written, "sign": "1"})
    assert led.status_code == 302 and "/samtal/" in led["Location"]
    plain = client.post(
        led["Location"], {**written, "version": 2, "plain": "1"}, follow=True
    ).content.decode()
    assert "räknas inte som samtal" in plain
    assert children.investigation_view(begun.id, cast.david).talks == []
    counted = client.get(note).content.decode()
    assert "Räkna den som ett samtal i utredningen" in counted
    done = client.post(led["Location"], {"talk": "parent", "subject": "Elin"}, follow=True)
    assert done.status_code == 200 and "räknas i utredningen" in done.content.decode()
    assert [one.kind for one in children.investigation_view(begun.id, cast.david).talks] == ["parent"]
    assert "Räkna den som" not in client.get(note).content.decode()
    # A call is signed at once, as before.
    call = client.post(f"{notes}ny/")["Location"]
    signed = client.post(call, {**written, "kind": "call", "sign": "1"}, follow=True).content.decode()
    assert "Anteckningen är signerad" in signed


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
    for page in ("", "oppna/", f"{begun.id}/", f"{begun.id}/forlang/", f"{begun.id}/rubrik/health/"):
        for who in (cast.asa, cast.carina, cast.greta, cast.elin):
            answer = client_of(who).get(f"{url}{page}")
            assert answer.status_code in (403, 404), (page, who.name)
            assert "Nils" not in answer.content.decode()


def test_an_investigation_is_reached_through_its_own_case_alone(
    cast: Cast, client_of: Log, begun: children.Investigation
) -> None:
    other = a_file(cast, a_child(cast, given_name="Olle", nth=2), on=foundation.today())
    for page in ("", "forlang/", "rubrik/health/", "okant/"):
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
    note = casework.draft_note(
        case_id=begun.case_id, body="Nils sa", kind="meeting", by=cast.david, at=foundation.now()
    )
    step = children.investigation_view(begun.id, cast.david).steps[0].id
    for each in (
        "", "informera/", f"samtal/{note.id}/", "avsluta/", "kommunicera/", "forlang/", "rubrik/health/", "plan/", f"plan/{step}/",
        f"plan/{step}/andra/", f"plan/{step}/stryk/", "vag/",
    ):  # fmt: skip
        page.goto(f"{url}{begun.id}/{each}")
        axe(page)
        fits(page)
        picture(
            page,
            f"desk-investigation-{each.replace(str(step), '').replace(str(note.id), '').strip('/').replace('/', '-') or 'page'}-{language}",
        )


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", [{"width": 360, "height": 800}, {"width": 1280, "height": 900}])
def test_what_cannot_be_done_is_told_in_a_browser(
    open_page: Any, axe: Any, cast: Cast, language: str, size: dict[str, int]
) -> None:
    """An investigation whose time is up, a close that nobody would let through, and a form that lacks what must be known."""
    long_ago = foundation.today() - timedelta(days=140)
    case = a_file(cast, a_child(cast), on=long_ago)
    late = opened(cast, case, on=long_ago)
    one = f"/handlaggare/arende/{case.id}/utredning/{late.id}/"
    page = open_page(one, as_=cast.david, language=language, size=size, meant=("400",))
    look = functools.partial(_looked_at, page, axe, f"{language}-{size['width']}")
    look("late")
    page.goto(f"{one}avsluta/")
    assert page.locator("main form").count() == 0
    look("refused")
    page.goto(f"{one}informera/")
    page.locator("[name=whom]").fill("Elin Ekdal")
    page.locator("[name=how]").select_option("letter")
    page.locator("main form button[type=submit]").press("Enter")
    page.locator("[name=told_on][aria-invalid=true]").wait_for()
    assert page.locator("[name=whom]").input_value() == "Elin Ekdal"
    assert page.locator("[name=how]").input_value() == "letter"
    look("lacks")
    page.locator("[name=told_on]").fill(day())
    page.locator("main form button[type=submit]").press("Enter")
    page.get_by_role("definition").filter(has_text="Elin Ekdal").wait_for()
    look("told")


def _looked_at(page: Any, axe: Any, suffix: str, name: str) -> None:
    axe(page)
    fits(page)
    picture(page, f"desk-investigation-{name}-{suffix}")
