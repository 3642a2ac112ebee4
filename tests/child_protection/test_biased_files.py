"""A child's file is not there for staff who are biased: by words, by relations that are known, in SQL, and in any unit."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.browser import PHONE, fits, picture, walk
from tests.cast import Cast
from tests.child_protection.reporting import AT, SYSTEM, a_child, child_of, decide, fresh, reported, safe
from tests.child_protection.test_reporter_stays_hidden import file_of

pytestmark = pytest.mark.django_db(databases=["default"])
TABLES = (
    "casework_case", "casework_note", "casework_caseparty", "casework_legalclock", "child_protection_investigation",
    "child_protection_report", "child_protection_reportedchild", "child_protection_reporter",
)  # fmt: skip


def is_person(actor: foundation.Actor, cast: Cast, name: str) -> people.Person:
    """The member of staff as a person of the register."""
    person = people.register_person(
        given_name=name,
        family_name="Bergman",
        born=date(1980, 1, 1),
        sex="man",
        identity_number=None,
        by=SYSTEM,
        at=AT,
    )
    with foundation.acting(SYSTEM):
        foundation.Account.objects.filter(id=actor.account_id).update(person_id=person.id)
    return person


def seen(actor: foundation.Actor, table: str) -> int:
    with foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def events(kind: str) -> list[Any]:
    with foundation.acting(SYSTEM):
        return list(foundation.Event.objects.filter(kind=kind).order_by("id"))


def investigated(cast: Cast, **told: Any) -> tuple[people.Person, children.Report, casework.Case]:
    """A child whose report has become an investigation."""
    child = a_child(cast)
    report = reported(cast, child, **told)
    safe(cast, child_of(report))
    decide(cast, child_of(fresh(report)), "open", violence=True)
    return child, report, file_of(child)


def test_the_spouse_of_who_reported_neither_sees_the_file_nor_is_given_it(cast: Cast) -> None:
    spouse = is_person(cast.david, cast, "David")
    assert cast.greta.person_id is not None
    people.relate(
        person_id=spouse.id,
        other_id=cast.greta.person_id,
        kind="partner",
        valid_from=date(2010, 1, 1),
        by=SYSTEM,
        at=AT,
    )
    _child, _report, case = investigated(
        cast, reporter=children.ReporterAsTold(kind="private", name="Greta"), by=cast.greta
    )
    assert {table: seen(cast.david, table) for table in TABLES} == dict.fromkeys(TABLES, 0)
    assert all(seen(cast.sam, table) for table in TABLES[:6])
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(case.id, cast.david)
    assert cast.david.account_id is not None
    with pytest.raises(children.Biased):
        casework.assign_case(case_id=case.id, worker_id=cast.david.account_id, by=cast.eva, at=AT)
    (told,) = events("casework.case_kept_from_staff")
    assert told.data["kept_account_id"] == str(cast.david.account_id) and told.case_id is None


def test_a_relation_that_becomes_known_later_has_an_event_and_takes_the_file_from_the_worker(
    cast: Cast,
) -> None:
    spouse = is_person(cast.david, cast, "David")
    child, _report, case = investigated(cast, by=cast.maja)
    assert cast.david.account_id is not None
    casework.assign_case(case_id=case.id, worker_id=cast.david.account_id, by=cast.eva, at=AT)
    relation = people.relate(
        person_id=spouse.id, other_id=child.id, kind="sibling", valid_from=date(2016, 5, 2), by=SYSTEM, at=AT
    )
    assert len(events("casework.case_kept_from_staff")) == 1
    assert casework.get_case(case.id, cast.eva).worker_id is None
    with foundation.acting(SYSTEM):
        assert foundation.Notice.objects.filter(
            account_id=cast.eva.account_id, text__code="casework.worker_kept_away"
        ).exists()
    assert seen(cast.david, "casework_case") == 0
    # Entered by mistake: the relation is undone, and the file is there again.
    people.end_relation(
        relation_id=relation.id, valid_to=date(2016, 5, 2), by=SYSTEM, at=AT + timedelta(hours=1)
    )
    assert casework.get_case(case.id, cast.david).id == case.id
    assert len(events("casework.case_kept_no_more")) == 1


def test_a_declared_bias_hides_the_file_and_its_end_shows_it_again(cast: Cast) -> None:
    _child, report, case = investigated(cast, by=cast.maja)
    bias = children.declare_bias(kind="spouse", report_id=report.id, by=cast.david, at=AT)
    assert seen(cast.david, "casework_case") == 0 and seen(cast.david, "child_protection_investigation") == 0
    children.end_bias(bias_id=bias.id, by=cast.eva, at=AT + timedelta(days=1))
    assert casework.get_case(case.id, cast.david).id == case.id
    assert len(events("casework.case_kept_no_more")) == 1


def test_a_biased_worker_of_another_unit_who_is_named_in_the_file_loses_it_too(cast: Cast) -> None:
    child, _report, case = investigated(cast, by=cast.maja)
    assert cast.asa.account_id is not None
    casework.name_staff(
        case_id=case.id, account_id=cast.asa.account_id, because="samarbete", by=cast.eva, at=AT
    )
    assert casework.get_case(case.id, cast.asa).id == case.id
    sibling = is_person(cast.asa, cast, "Asa")
    people.relate(
        person_id=sibling.id, other_id=child.id, kind="parent", valid_from=date(2016, 5, 2), by=SYSTEM, at=AT
    )
    assert seen(cast.asa, "child_protection_investigation") == 0
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(case.id, cast.asa)
    # Broken glass opens nothing, and looks the same.
    casework.break_glass(case_id=case.id, reason="Måste se akten nu", hours=1, by=cast.asa, at=AT)
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(case.id, cast.asa)


def test_a_manager_decides_otherwise_with_a_reason_that_is_kept(cast: Cast, client_of: Any) -> None:
    child, _report, case = investigated(cast, by=cast.maja)
    spouse = is_person(cast.david, cast, "David")
    people.relate(
        person_id=spouse.id, other_id=child.id, kind="sibling", valid_from=date(2016, 5, 2), by=SYSTEM, at=AT
    )
    (kept,) = casework.find_kept_from(case.id, cast.eva)
    for stranger in (cast.david, cast.sam, cast.maja, cast.carina, cast.board):
        assert casework.find_kept_from(case.id, stranger) == []
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            casework.allow_despite_bias(kept_id=kept.id, because="x", by=stranger, at=AT)
        with foundation.acting(stranger):
            assert casework.CaseKeptFrom.objects.filter(id=kept.id).update(allowed_because="x") == 0
    eva, url = client_of(cast.eva), f"/handlaggare/arende/{case.id}/jav/{kept.id}/"
    page = eva.get(f"/handlaggare/arende/{case.id}/").content.decode()
    assert url in page and cast.david.name in page
    assert url not in client_of(cast.sam).get(f"/handlaggare/arende/{case.id}/").content.decode()
    assert client_of(cast.sam).get(url).status_code == 403
    assert eva.get(url).status_code == 200
    assert eva.post(url, {"because": " "}).status_code == 400
    assert eva.post(url, {"because": "Halvsyskon som aldrig mötts."}).status_code == 302
    assert casework.get_case(case.id, cast.david).id == case.id
    assert cast.david.account_id is not None
    casework.assign_case(case_id=case.id, worker_id=cast.david.account_id, by=cast.eva, at=AT)
    (told,) = events("casework.allowed_despite_bias")
    assert told.account_id == cast.eva.account_id
    # What is asked again keeps the manager's decision.
    children.keep_files_from(account_ids=[cast.david.account_id], by=SYSTEM, at=AT)
    assert casework.get_case(case.id, cast.david).id == case.id


def test_nobody_writes_what_is_kept_but_the_system(cast: Cast, intruder: psycopg.Connection[Any]) -> None:
    _child, _report, case = investigated(cast, by=cast.maja)
    for actor in (cast.eva, cast.david, cast.ada, cast.elin):
        with pytest.raises(foundation.HandslagError):
            casework.keep_case_from(case_id=case.id, account_id=cast.sam.account_id, by=actor, at=AT)
        row = casework.CaseKeptFrom(case=case, account_id=cast.sam.account_id, kept_at=AT)
        with pytest.raises(DatabaseError), foundation.acting(actor), transaction.atomic():
            casework.CaseKeptFrom.objects.bulk_create([row])
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute(
                "SELECT handslag_files_kept_from(%s), handslag_staff_near('{}', '{}')", [cast.sam.account_id]
            )
            assert cursor.fetchone() == ([], [])
    answer = intruder.execute(
        "SELECT handslag_cases_kept_from_me(), handslag_files_kept_from(%s)", [cast.sam.account_id]
    )
    assert answer.fetchone() == ([], [])


def test_who_reports_in_the_work_still_works_in_the_file(cast: Cast) -> None:
    _child, _report, case = investigated(
        cast, by=cast.sam, channel="own",
        reporter=children.ReporterAsTold(kind="professional", profession="social_services", name="Sam", under_duty=True),
    )  # fmt: skip
    assert casework.get_case(case.id, cast.sam).id == case.id


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_bias_in_the_browser(open_page: Any, axe: Any, cast: Cast, language: str) -> None:
    """The worker says that they are too close; the manager sees from whom the file is kept and decides otherwise."""
    _child, report, case = investigated(cast)
    own = open_page(f"/handlaggare/mottagning/{report.id}/jav/", as_=cast.david, size=PHONE, language=language, meant=("400",))
    axe(own)
    fits(own)
    own.locator("main form button[type=submit]").click()
    own.locator("[aria-invalid=true]").first.wait_for()
    axe(own)
    own.locator("input[name=kind][value=relative]").check()
    own.locator("main form button[type=submit]").press("Enter")
    own.wait_for_url(lambda url: not url.endswith("/jav/"))
    axe(own)
    with foundation.acting(cast.eva):
        (kept,) = casework.find_kept_from(case.id, cast.eva)
    page = open_page(f"/handlaggare/arende/{case.id}/", as_=cast.eva, language=language, meant=("400",))
    axe(page)
    fits(page)
    page.locator(f"a[href$='/jav/{kept.id}/']").click()
    page.locator("#id_because").wait_for()
    axe(page)
    fits(page)
    assert walk(page)
    page.locator("section.narrow form button[type=submit]").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    axe(page)
    page.locator("#id_because").fill("Relationen är felaktigt inskriven.")
    page.locator("section.narrow form button[type=submit]").press("Enter")
    page.wait_for_url(lambda url: "/jav/" not in url)
    axe(page)
    picture(page, f"desk-bias-decided-{language}")
