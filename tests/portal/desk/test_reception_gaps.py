"""The reception's pages: more time by decision, an investigation opened on call, what runs beside a report."""

from collections.abc import Callable
from datetime import timedelta
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
from tests.child_protection.reporting import SYSTEM, a_child, child_of, fresh, reported

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
START = "/handlaggare/mottagning/"


def text(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def of_child(report: Any, word: str, place: int = 0) -> str:
    return f"{START}{report.id}/barn/{child_of(report, place).id}/{word}/"


@pytest.fixture
def came(cast: Cast) -> Callable[..., Any]:
    """A teacher's report an hour ago."""

    def report(*persons: Any, **told: Any) -> Any:
        return reported(
            cast, *(persons or (a_child(cast),)), **{"at": foundation.now() - timedelta(hours=1), **told}
        )

    return report


def test_more_time_is_offered_only_where_it_can_be_given(cast: Cast, client_of: Log, came: Any) -> None:
    report = came(concern_codes=["school"])
    page, eva = of_child(report, "forlang"), client_of(cast.eva)
    offered = f'href="{page}"'
    assert offered in eva.get(f"/handlaggare/mottagning/{report.id}/").content.decode()
    furthest = (foundation.today() + timedelta(days=28)).isoformat()
    sent = eva.post(page, {"until": furthest, "ground": "Familjen är på sjukhus"})
    assert sent.status_code == 302
    assert offered not in eva.get(f"/handlaggare/mottagning/{report.id}/").content.decode()
    told = text(eva.get(page, follow=True))
    assert "Tiden är redan förlängd så långt som kommunens egen gräns tillåter." in told
    again = eva.post(page, {"until": furthest, "ground": "Familjen är kvar"})
    assert again.status_code == 400 and "Familjen är kvar" in text(again)


def test_the_manager_extends_with_exceptional_reasons(cast: Cast, client_of: Log, came: Any) -> None:
    report = came(concern_codes=["school"])
    page = of_child(report, "forlang")
    eva = client_of(cast.eva)
    asked = text(eva.get(page))
    assert "Synnerliga skäl" in asked and "kommunens egen gräns, obekräftad" in asked
    later = (foundation.today() + timedelta(days=20)).isoformat()
    for wrong in (
        {"until": "i morgon", "ground": "Sjukhus"},
        {"until": later, "ground": ""},
        {"until": "2031-01-01", "ground": "Sjukhus"},
    ):
        reply = eva.post(page, wrong)
        assert reply.status_code == 400
        assert wrong["ground"] in text(reply) and wrong["until"] in text(reply)
    refused = client_of(cast.maja).post(page, {"until": later, "ground": "Sjukhus"})
    assert refused.status_code == 400 and "Sjukhus" in text(refused), (
        "the delegation order keeps it for managers"
    )
    done = text(eva.post(page, {"until": later, "ground": "Familjen är på sjukhus"}, follow=True))
    assert "Tiden är förlängd genom beslut." in done and "Familjen är på sjukhus" in done
    assert child_of(report).due_on == foundation.today() + timedelta(days=20)
    english = text(client_of(cast.eva, language="en").get(page))
    assert "Exceptional reasons" in english


def at_night(cast: Cast, came: Any) -> Any:
    """A report that the unit on call has, whatever the hour when the test runs."""
    report = came(concern_codes=["school"])
    with foundation.acting(SYSTEM):
        children.Report.objects.filter(id=report.id).update(unit_id=cast.on_call)
    return fresh(report)


def test_on_call_an_investigation_is_opened_and_the_report_goes_over(
    cast: Cast, client_of: Log, came: Any
) -> None:
    report = at_night(cast, came)
    olle = client_of(cast.olle)
    olle.post(of_child(report, "skydd"), {"danger": "no", "ground": "Talat med skolan och mormor."})
    page = of_child(report, "forhandsbedomning")
    assert "Varför kan det inte vänta" in text(olle.get(page))
    told = {"violence": "no", "outcome": "open", "reason": "Barnet kan inte vara hemma", "path": "ordinary", "decide": "1"}
    lacking = olle.post(page, told)
    assert lacking.status_code == 400 and "Skriv varför det inte kan vänta." in text(lacking)
    asked = {key: value for key, value in told.items() if key != "decide"} | {
        "cannot_wait": "Pappan söker barnet"
    }
    preview = text(olle.post(page, {**asked, "preview": "1"}))
    assert "Du beslutar på jour." in preview and "Pappan söker barnet" in preview
    done = olle.post(page, {**asked, "decide": "1"})
    assert done["Location"] == START
    assert fresh(report).unit_id == cast.children
    assert olle.get(f"{START}{report.id}/").status_code == 404
    assert "Varför kan det inte vänta" not in text(
        client_of(cast.maja).get(of_child(came(a_child(cast, "Omar", nth=1)), "forhandsbedomning"))
    )


def placed(cast: Cast, child: people.Person, kind: str, form: str, unit: Any = None) -> children.Measure:
    """A measure that has run for a month."""
    at = foundation.now() - timedelta(days=30)
    case = casework.open_case(
        kind="child_protection",
        person_id=child.id,
        unit_id=unit or cast.children,
        parties=[],
        by=SYSTEM,
        at=at,
    )
    worker = cast.asa if unit else cast.david
    return children.record_measure(
        case_id=case.id, kind=kind, form=form, on=foundation.day_of(at), by=worker, at=at
    )


def test_what_runs_for_the_child_and_the_siblings_stands_beside_the_report(
    cast: Cast, client_of: Log, came: Any
) -> None:
    nora, omar, stig = (a_child(cast, name, nth=nth) for nth, name in enumerate(("Nora", "Omar", "Stig")))
    for other in (omar, stig):
        people.relate(
            person_id=nora.id,
            other_id=other.id,
            kind="sibling",
            valid_from=foundation.today(),
            by=SYSTEM,
            at=foundation.now(),
        )
    placed(cast, nora, "placement_sol", "emergency_home")
    placed(cast, omar, "lvu_care2", "family_home")
    # In another unit, where Maja may read the person but not the file.
    placed(cast, stig, "lvu_care3", "special_home", unit=cast.support)
    report = came(nora)
    page = text(client_of(cast.maja).get(f"{START}{report.id}/"))
    assert "Placeringar och åtgärder som pågår" in page
    for words in (
        "Placering med samtycke (SoL)",
        "Jourhem",
        "Vård enligt 2 § LVU",
        "Omar Norén",
        "Familjehem",
    ):
        assert words in page, words
    assert "3 § LVU" not in page and "Särskilt ungdomshem" not in page


def test_placements_cost_the_same_however_many_children(cast: Cast, came: Any) -> None:
    persons = [
        a_child(cast, name, nth=nth) for nth, name in enumerate(("Ada", "Bo", "Cleo", "Disa", "Ellen"))
    ]
    for one in persons:
        placed(cast, one, "placement_sol", "family_home")
    counts = []
    for some in (persons[:1], persons):
        with CaptureQueriesContext(connection) as asked:
            found = children.measures_beside([one.id for one in some], cast.maja)
        assert set(found) == {one.id for one in some}
        counts.append(len([one for one in asked.captured_queries if one["sql"].startswith('SELECT "')]))
    assert counts[0] == counts[1] <= 3
    assert children.measures_beside([one.id for one in persons], cast.asa) == {}
    assert children.measures_beside([], cast.maja) == {}


def test_the_unknown_protection_is_lifted_from_the_persons_page(cast: Cast, client_of: Log) -> None:
    at = foundation.now()
    person = people.register_person(
        given_name="Okänd",
        family_name="Utifrån",
        born=None,
        sex="unknown",
        identity_number=None,
        by=SYSTEM,
        at=at,
    )
    people.grant_reading(
        person_id=person.id, account_id=cast.eva.account_id, because="named", by=SYSTEM, at=at
    )
    page = f"/handlaggare/person/{person.id}/skydd/okant/"
    eva = client_of(cast.eva)
    assert page in eva.get(f"/handlaggare/person/{person.id}/").content.decode()
    assert "behandlas som skyddad" in text(eva.get(page))
    short = eva.post(page, {"because": "tror"})
    assert short.status_code == 400 and "tror" in text(short)
    for stranger in (cast.asa, cast.david, cast.greta):
        assert client_of(stranger).get(page).status_code in (403, 404)
    assert client_of(cast.carina).get(page).status_code == 404
    # The mark itself is not taken away there without a reason.
    plain = eva.post(
        f"/handlaggare/person/{person.id}/skydd/", {"mark": "none", "named": [str(cast.eva.account_id)]}
    )
    assert plain.status_code == 400
    done = text(eva.post(page, {"because": "Folkbokföringen har svarat per telefon"}, follow=True))
    assert "Personen behandlas inte längre som skyddad." in done
    assert people.get_person(person.id, SYSTEM).protection == "none"
    assert eva.get(page).status_code == 302
    assert "How do you know" not in text(client_of(cast.eva, language="en").get(page, follow=True))
