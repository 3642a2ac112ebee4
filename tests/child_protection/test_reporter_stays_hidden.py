"""Who reported stays hidden wherever the report, the child or the reader goes."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.utils import DatabaseError

from handslag.casework import public as casework
from handslag.child_protection import models
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import (
    AT,
    SYSTEM,
    a_child,
    child_of,
    decide,
    fresh,
    number_of,
    reported,
    safe,
)
from tests.child_protection.test_reporter_masking import NEIGHBOUR

pytestmark = pytest.mark.django_db(databases=["default"])
GUNHILD = "Gunhild Granstam ringde."


def file_of(child: people.Person) -> casework.Case:
    """The child's file."""
    with foundation.acting(SYSTEM):
        return casework.Case.objects.get(person_id=child.id, kind="child_protection")


def copy_of(cast: Cast, case: casework.Case, *lines: str, by: Any = None) -> casework.MaskedCopy:
    """A copy of one note for a party of the case."""
    by = by or cast.david
    note = casework.write_note(case_id=case.id, body="\n".join(lines), by=by, at=AT)
    party = casework.find_parties(case.id, by)[0]
    copy = casework.prepare_copy(
        case_id=case.id, receiver_kind="party", receiver_id=party.person_id, parts=[("note", note.id)], by=by, at=AT
    )  # fmt: skip
    return casework.get_copy(copy.id, by)


def masked(cast: Cast, case: casework.Case, *lines: str, by: Any = None) -> list[bool]:
    """Which lines of a note are hidden in a copy."""
    return [one.masked for one in copy_of(cast, case, *lines, by=by).passages.all()]


def guardian(cast: Cast, child: people.Person) -> None:
    """Elin guards the child, and follows its file when there is one."""
    people.relate(
        person_id=cast.elin.person_id, other_id=child.id, kind="guardian", valid_from=date(2016, 5, 2), by=SYSTEM, at=AT
    )  # fmt: skip


def test_a_report_that_was_about_another_child_leaves_its_reporter_hidden_in_the_first_file(
    cast: Cast,
) -> None:
    wrong, right = a_child(cast), a_child(cast, "Nils", nth=1)
    report = reported(cast, wrong, reporter=NEIGHBOUR, by=cast.maja)
    children.identify_child(
        reported_child_id=child_of(report).id, person_id=right.id, because="fel barn", by=cast.maja, at=AT
    )
    for child in (wrong, right):
        assert masked(cast, file_of(child), "Barnet leker.", GUNHILD) == [False, True]


def test_a_child_that_moved_to_another_report_keeps_the_first_reporter_hidden(cast: Cast) -> None:
    one, other = a_child(cast), a_child(cast, "Nils", nth=1)
    first = reported(cast, one, by=cast.maja)
    later = reported(cast, one, other, at=AT + timedelta(hours=2), reporter=NEIGHBOUR, by=cast.maja)
    children.move_child(
        reported_child_id=child_of(later, 1).id, to_report_id=first.id, because="hör dit", by=cast.maja,
        at=AT + timedelta(hours=3),
    )  # fmt: skip
    assert masked(cast, file_of(other), "Barnet leker.", GUNHILD) == [False, True]
    kept = [(file_of(one).id, "Tina Tall"), (file_of(one).id, "Gunhild Granstam")]
    kept += [(file_of(other).id, "Tina Tall"), (file_of(other).id, "Gunhild Granstam")]
    with foundation.acting(SYSTEM):
        rows = models.ReporterOfFile.objects.values_list("case_id", "reporter__name")
        assert sorted(rows, key=str) == sorted(kept, key=str)


def test_merged_reports_hide_both_reporters_in_the_file(cast: Cast) -> None:
    child = a_child(cast)
    first = reported(cast, child, by=cast.maja)
    later = reported(cast, child, at=AT + timedelta(hours=2), reporter=NEIGHBOUR, by=cast.maja)
    children.merge_report(report_id=later.id, into_id=first.id, because="Samma händelse", by=cast.maja, at=AT)
    assert masked(cast, file_of(child), GUNHILD, "Tina Tall ringde.") == [True, True]


def test_who_has_stood_in_a_file_is_read_and_written_by_nobody(
    cast: Cast, intruder: psycopg.Connection[Any]
) -> None:
    report = reported(cast, a_child(cast), reporter=NEIGHBOUR, by=cast.maja)
    case_id = child_of(report).case_id
    with foundation.acting(SYSTEM):
        assert models.ReporterOfFile.objects.filter(case_id=case_id).count() == 1
    for reader in (cast.maja, cast.david, cast.eva, cast.elin, foundation.VISITOR):
        with foundation.acting(reader):
            assert models.ReporterOfFile.objects.count() == 0
    row = intruder.execute("SELECT count(*) FROM child_protection_reporteroffile").fetchone()
    assert row == (0,)
    for statement in ("UPDATE {} SET case_id = case_id", "DELETE FROM {}", "INSERT INTO {} SELECT * FROM {}"):
        with (
            pytest.raises(DatabaseError),
            foundation.acting(SYSTEM, whole=True),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.replace("{}", "child_protection_reporteroffile"))


def test_the_reporter_is_hidden_in_the_parents_own_case_and_in_the_siblings_file(cast: Cast) -> None:
    told_of, sibling = a_child(cast), a_child(cast, "Nils", nth=1)
    guardian(cast, told_of)
    guardian(cast, sibling)
    reported(cast, told_of, reporter=NEIGHBOUR, by=cast.maja)
    reported(cast, sibling, by=cast.maja)
    assert masked(cast, file_of(sibling), "Barnet leker.", GUNHILD) == [False, True]
    assert cast.elin.person_id is not None
    aid = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support, worker_id=cast.asa.account_id,
        by=cast.asa, at=AT,
    )  # fmt: skip
    assert masked(cast, aid, "Hyran är betald.", GUNHILD, by=cast.asa) == [False, True]


def test_the_parent_reads_nothing_of_the_reporter_in_the_own_record_online(
    cast: Cast, client_of: Any
) -> None:
    child = a_child(cast)
    guardian(cast, child)
    reported(cast, child, reporter=NEIGHBOUR, by=cast.maja)
    assert cast.elin.person_id is not None
    aid = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support, by=cast.asa, at=AT
    )
    casework.write_note(case_id=aid.id, body="Hyran är betald.", by=cast.asa, at=AT)
    casework.write_note(case_id=aid.id, body=f"Barnenheten: {GUNHILD}", by=cast.asa, at=AT)
    page = client_of(cast.elin).get(f"/journal/{aid.id}/").content.decode()
    assert "Hyran" in page and "Granstam" not in page


def test_a_bias_toward_a_person_or_a_joined_report_hides_who_reported(cast: Cast) -> None:
    child = a_child(cast)
    report = reported(cast, child, reporter=NEIGHBOUR, by=foundation.VISITOR)
    joined = reported(cast, child, at=AT + timedelta(hours=1), by=cast.maja)
    children.merge_report(report_id=joined.id, into_id=report.id, because="Samma", by=cast.maja, at=AT)
    children.declare_bias(kind="relative", person_id=child.id, by=cast.maja, at=AT)
    children.declare_bias(kind="relative", report_id=joined.id, by=cast.david, at=AT)
    for biased in (cast.maja, cast.david):
        with foundation.acting(biased):
            assert models.Reporter.objects.count() == 0
        with pytest.raises(children.ReportNotFound):
            children.report_view(report.id, biased)
    with foundation.acting(cast.sam):
        assert models.Reporter.objects.count() == 2


def test_who_reports_themselves_signs_neither_the_note_nor_the_events(cast: Cast) -> None:
    child = a_child(cast)
    told = [
        children.ChildAsTold(
            given_name=child.given_name, family_name=child.family_name, identity_number=number_of(child)
        )
    ]
    for reporter in (cast.david, cast.asa, cast.elin):
        own = reporter.is_staff
        kind = "professional" if own else "private"
        report = children.receive_report(
            what_seen="Såg.", children=told, channel="own" if own else "web", by=reporter, at=AT,
            reporter=children.ReporterAsTold(
                kind=kind, name=reporter.name, profession="social_services" if own else "", under_duty=own
            ),
        )  # fmt: skip
        assert child_of(report).case_id == file_of(child).id and child_of(report).identified_by_id is None
        with foundation.acting(SYSTEM):
            assert not casework.Note.objects.filter(author_id=reporter.account_id).exists()
            rows = list(foundation.Event.objects.filter(data__report_id=str(report.id)))
        assert len(rows) >= 2
        assert {(one.actor_kind, one.account_id, one.data.get("acted_id")) for one in rows} == {
            ("system", None, None)
        }


def test_a_report_is_closed_with_the_childs_file(cast: Cast, intruder: psycopg.Connection[Any]) -> None:
    child = a_child(cast)
    report = reported(cast, child, by=foundation.VISITOR)
    assert cast.david.account_id is not None
    casework.restrict_case(
        case_id=file_of(child).id, account_ids=[cast.david.account_id], because="medarbetares barn", by=cast.eva, at=AT
    )  # fmt: skip
    later = reported(cast, child, by=foundation.VISITOR)
    told = [children.ChildAsTold(given_name="Kalle", family_name="Anka", identity_number=number_of(child))]
    other_name = reported(cast, children=told, by=foundation.VISITOR)
    assert [fresh(one).restricted for one in (report, later, other_name)] == [True, True, True]
    sees = {}
    for name in ("david", "eva", "maja", "sam", "olle", "asa"):
        with foundation.acting(getattr(cast, name)):
            sees[name] = children.Report.objects.filter(id=report.id).exists()
    assert sees == {"david": True, "eva": True, "maja": False, "sam": False, "olle": False, "asa": False}
    row = intruder.execute("SELECT count(*) FROM child_protection_report").fetchone()
    assert row == (0,)


def test_what_was_cleared_before_the_reporter_was_known_is_not_shown_after(
    cast: Cast, client_of: Any
) -> None:
    nova = a_child(cast, "Nova", born=date(2010, 1, 1))
    with foundation.acting(SYSTEM):
        account = foundation.Account.objects.create(username="nova", name="Nova", person_id=nova.id)
    reported(cast, nova, by=cast.maja)
    case = file_of(nova)
    old = foundation.now() - timedelta(days=30)
    casework.write_note(case_id=case.id, body="Nova leker.", by=cast.david, at=old)
    note = casework.write_note(case_id=case.id, body=GUNHILD, by=cast.david, at=old)
    client = client_of(
        foundation.Actor(kind="resident", account_id=account.id, person_id=nova.id, name="Nova")
    )
    assert "Granstam" in client.get(f"/journal/{case.id}/").content.decode()
    reported(cast, nova, reporter=NEIGHBOUR, by=cast.maja)
    page = client.get("/min-akt/").content.decode()
    assert "Nova leker." in page and "Granstam" not in page
    answer = client.get(f"/journal/{case.id}/invand/{note.id}/")
    assert answer.status_code == 404 and "Granstam" not in answer.content.decode()


def test_a_written_name_of_common_words_blackens_nothing(cast: Cast) -> None:
    child = a_child(cast)
    guardian(cast, child)
    for name in ("Barnet Mamma Och Att Inte", "Nora Norén", "Nora Elin Barnet"):
        told = children.ReporterAsTold(kind="private", name=name, email="a", employer="skolan")
        reported(cast, child, reporter=told, by=foundation.VISITOR)
    lines = ("Barnet leker.", "Nora sover och äter.", "Elin hämtar på skolan.", "Mamman är inte hemma.")
    assert masked(cast, file_of(child), *lines) == [False] * 4
    # One of the family who wrote her own name may be the one who reported.
    told = children.ReporterAsTold(kind="private", name="Elin Ekdal")
    reported(cast, child, reporter=told, by=foundation.VISITOR)
    assert masked(cast, file_of(child), *lines) == [False, False, True, False]


def test_a_manager_shows_a_passage_of_a_reporter_whom_nobody_knows_and_others_may_not(cast: Cast) -> None:
    child = a_child(cast)
    report = reported(cast, child, reporter=NEIGHBOUR, by=foundation.VISITOR)
    safe(cast, child_of(report))
    decide(cast, child_of(fresh(report)), "open", violence=True)
    copy = copy_of(cast, file_of(child), "Barnet leker.", GUNHILD)
    passage = list(copy.passages.all())[1]
    shown = casework.PassageChoice(
        passage.id, masked=False, because="Grannen har själv berättat för familjen"
    )
    assert not passage.manager_may_lift
    with pytest.raises(casework.PassageMustStayHidden):
        casework.mask_passages(copy_id=copy.id, version=copy.version, choices=[shown], by=cast.david, at=AT)
    assert list(casework.get_copy(copy.id, cast.eva).passages.all())[1].manager_may_lift
    with pytest.raises(foundation.BadInput):
        bare = casework.PassageChoice(passage.id, masked=False)
        casework.mask_passages(copy_id=copy.id, version=copy.version, choices=[bare], by=cast.eva, at=AT)
    casework.mask_passages(copy_id=copy.id, version=copy.version, choices=[shown], by=cast.eva, at=AT)
    sent = casework.send_copy_for_review(copy_id=copy.id, by=cast.david, at=AT)
    assert [one.masked for one in casework.get_copy(sent.id, cast.david).passages.all()] == [False, False]


def test_nobody_shows_a_passage_of_a_reporter_who_logged_in(cast: Cast) -> None:
    child = a_child(cast)
    told = children.ReporterAsTold(kind="private", name="Greta")
    reported(cast, child, reporter=told, by=cast.greta)
    assert cast.greta.person_id is not None
    name = people.name_of(cast.greta.person_id, SYSTEM)
    copy = copy_of(cast, file_of(child), f"{name} ringde.")
    passage = next(iter(casework.get_copy(copy.id, cast.eva).passages.all()))
    assert passage.masked and not passage.manager_may_lift
    shown = casework.PassageChoice(passage.id, masked=False, because="Sagt")
    with pytest.raises(casework.PassageMustStayHidden):
        casework.mask_passages(copy_id=copy.id, version=copy.version, choices=[shown], by=cast.eva, at=AT)


def test_a_name_broken_over_two_lines_is_hidden_in_both(cast: Cast) -> None:
    child = a_child(cast)
    reported(cast, child, reporter=NEIGHBOUR, by=cast.maja)
    lines = ("Anmälaren heter Gun-", "hild och bor bredvid.", "Telefon 070-", "174 06 07.", "Barnet leker.")
    assert masked(cast, file_of(child), *lines) == [True, True, True, True, False]
