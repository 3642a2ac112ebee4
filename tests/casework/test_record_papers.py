"""Papers and decisions in the record online: what rules can read, what a person has read, and who is kept out, in SQL too."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from handslag.casework import masking, models
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.casework.conftest import KIND, events_of
from tests.casework.papers import text_pdf
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture(autouse=True)
def _rules() -> Iterator[None]:
    before = dict(masking._rules)
    fixed = casework.Hidden("OSL 26:5")
    casework.register_masking_rule(
        "test.reporter", lambda question: lambda one: fixed if "Tallgren" in one.text else None
    )
    yield
    masking._rules.clear()
    masking._rules.update(before)


@pytest.fixture
def young(cast: Cast, now: datetime) -> SimpleNamespace:
    """Nova, 8, whose guardian Elin has been given sight of the record; her file was opened thirty days ago."""
    by, today, old = cast.system, foundation.today(), now - timedelta(days=30)
    born = date(today.year - 8, today.month, 1) - timedelta(days=31)
    nova = people.register_person(
        given_name="Nova", family_name="Ekdal", born=born, sex="woman", identity_number=None, protection="none", by=by, at=now,
    )  # fmt: skip
    people.relate(
        person_id=cast.elin.person_id, other_id=nova.id, kind="guardian", valid_from=today - timedelta(days=60), by=by, at=now
    )  # fmt: skip
    case = casework.open_case(
        kind=KIND, person_id=nova.id, unit_id=cast.children, by=by, at=old,
        parties=[(nova.id, "child"), (cast.elin.person_id, "guardian")],
    )  # fmt: skip
    casework.give_sight(
        case_id=case.id, person_id=cast.elin.person_id, ground="custody", because="Vägt, ingen skada.", by=cast.david,
        at=old,
    )  # fmt: skip

    def add(name: str, content: bytes, **told: Any) -> casework.Document:
        facts = {"by": cast.david, "at": old, **told}
        return casework.add_document(case_id=case.id, name=name, content=content, **facts)

    return SimpleNamespace(case=case, person_id=nova.id, old=old, add=add)


def shown(case: casework.Case, actor: foundation.Actor) -> set[str]:
    return {one.name for one in casework.open_record(case.id, actor).papers}


def test_what_rules_can_read_is_shown_and_the_rest_waits_for_a_person(
    cast: Cast, young: SimpleNamespace, now: datetime
) -> None:
    young.add("plan.txt", b"Nova sover hos mormor.")
    young.add("uppgift.txt", b"Tallgren ringde.")
    scan = young.add("intyg.pdf", text_pdf([(72, 700, "Intyg")]))
    young.add("internt.txt", b"arbetspapper", kind="internal")
    young.add("ny.txt", b"kom i dag", at=now)  # a guardian reads after the days of the rule
    record = casework.open_record(young.case.id, cast.elin)
    assert {one.name for one in record.papers} == {"plan.txt"}
    # What was hidden on a ground that may not be told is not counted; what nobody has read is.
    assert (record.not_shown.unread, record.not_shown.by_ground) == (1, ())
    with pytest.raises(casework.CaseNotFound):
        casework.read_paper_online(scan.id, cast.elin)
    with pytest.raises(foundation.BadInput):
        casework.open_paper_online(
            document_id=scan.id, reader_id=cast.elin.person_id, because=" ", by=cast.david, at=now
        )
    casework.open_paper_online(
        document_id=scan.id,
        reader_id=cast.elin.person_id,
        because="Läst, inget om andra",
        by=cast.david,
        at=now,
    )
    assert shown(young.case, cast.elin) == {"plan.txt", "intyg.pdf"}
    assert casework.read_paper_online(scan.id, cast.elin)[1].startswith(b"%PDF-")
    assert "casework.paper_opened" in events_of(young.case)
    casework.hold_record(
        case_id=young.case.id, document_id=scan.id, ground="OSL 26:1", because="nytt", by=cast.david, at=now
    )
    assert shown(young.case, cast.elin) == {"plan.txt"}
    assert casework.open_record(young.case.id, cast.elin).not_shown.by_ground == (("OSL 26:1", 1),)


def test_what_was_opened_for_a_record_that_is_merged_is_open_for_the_one_that_was_kept(
    cast: Cast, now: datetime
) -> None:
    """Also after a second merge, and what is held back toward the first record is held back toward the last."""
    by, old = cast.system, now - timedelta(days=30)
    told = {"family_name": "Gren", "born": date(1990, 2, 3), "sex": "woman", "identity_number": None, "protection": "none"}
    first, second = (people.register_person(given_name=name, **told, by=by, at=old) for name in ("Greta", "Gretha"))
    case = casework.open_case(kind=KIND, person_id=first.id, unit_id=cast.children, parties=[(first.id, "child")], by=by, at=old)
    facts = {"case_id": case.id, "by": cast.david, "at": old}
    scan = casework.add_document(name="intyg.pdf", content=text_pdf([(72, 700, "Intyg")]), **facts)
    other = casework.add_document(name="brev.txt", content=b"Hej", **facts)
    casework.open_paper_online(document_id=scan.id, reader_id=first.id, because="Läst", by=cast.david, at=old)
    casework.hold_record(
        case_id=case.id, document_id=other.id, toward_id=first.id, ground="OSL 26:1", because="Väntar", by=cast.david, at=old
    )
    last = cast.greta.person_id
    people.merge_persons(keep_id=second.id, duplicate_id=first.id, by=by, at=now)
    people.merge_persons(keep_id=last, duplicate_id=second.id, by=by, at=now + timedelta(seconds=1))
    assert shown(case, cast.greta) == {"intyg.pdf"}
    with foundation.acting(by):
        row = models.PaperClearance.objects.get(document=scan, reader_id=last)
    assert (row.opened_by_id, row.because) == (cast.david.account_id, "Läst")


def test_a_person_cannot_open_what_a_rule_hides_for_good(
    cast: Cast, young: SimpleNamespace, now: datetime
) -> None:
    named = young.add("Samtal med Tallgren.pdf", text_pdf([(72, 700, "Ett")]))
    told = {"document_id": named.id, "because": "läst", "at": now}
    with pytest.raises(casework.MaskingStopped):
        casework.open_paper_online(reader_id=cast.elin.person_id, by=cast.david, **told)
    with pytest.raises(foundation.BadInput):
        casework.open_paper_online(reader_id=cast.greta.person_id, by=cast.david, **told)
    for stranger in (cast.asa, cast.elin, cast.greta, cast.board):
        with pytest.raises(foundation.HandslagError):
            casework.open_paper_online(reader_id=cast.elin.person_id, by=stranger, **told)


def test_a_delivered_decision_is_read_with_its_reasons(cast: Cast, young: SimpleNamespace) -> None:
    with foundation.acting(cast.system):
        facts: dict[str, Any] = {
            "case": young.case, "type": "test.decision", "outcome": "granted", "legal_ground": "SoL 11:1", "reasons": [],
            "person_id": young.person_id, "decided_at": young.old, "decided_by_id": cast.david.account_id, "appeal": "none",
        }  # fmt: skip
        models.Decision.objects.bulk_create(
            [
                models.Decision(**facts),
                models.Decision(**facts, delivered_at=young.old, delivered_by_way="post"),
            ]
        )
    (one,) = casework.open_record(young.case.id, cast.elin).decisions
    assert one.delivered_at is not None
    with foundation.acting(cast.greta):
        assert not models.Decision.objects.filter(id=one.id).exists()


def test_somebody_elses_paper_and_a_copy_for_another_are_never_shown(
    cast: Cast, young: SimpleNamespace, now: datetime
) -> None:
    young.add("farids.txt", b"Farids egen", person_id=cast.farid.person_id)
    young.add("novas.txt", b"Till Nova", person_id=young.person_id)
    paper = young.add("kopia.txt", b"Kopia", person_id=young.person_id)
    with foundation.acting(cast.system):
        models.MaskedCopy.objects.bulk_create(
            [
                models.MaskedCopy(
                    case=young.case, receiver_kind="party", receiver_id=young.person_id, prepared_by_id=cast.david.account_id,
                    prepared_at=now, document=paper,
                )
            ]
        )  # fmt: skip
    assert shown(young.case, cast.elin) == {"novas.txt"}


def test_a_rule_that_fails_shows_nothing(cast: Cast, young: SimpleNamespace) -> None:
    young.add("plan.txt", b"Nova sover hos mormor.")
    assert shown(young.case, cast.elin) == {"plan.txt"}

    def broken(question: casework.MaskingQuestion) -> casework.AskPassage:
        raise RuntimeError("away")

    casework.register_masking_rule("test.broken", broken)
    record = casework.open_record(young.case.id, cast.elin)
    assert record.stopped and record.papers == [] and record.decisions == []


@pytest.mark.parametrize("who", ["farid", "greta", "hugo", "asa", "board"])
def test_nobody_else_reads_them_also_in_sql(
    cast: Cast, young: SimpleNamespace, now: datetime, who: str
) -> None:
    paper = young.add("plan.txt", b"Nova sover hos mormor.")
    assert shown(young.case, cast.elin) == {"plan.txt"}
    actor = getattr(cast, who)
    with pytest.raises(foundation.HandslagError):
        casework.open_record(young.case.id, actor)
    with pytest.raises(foundation.HandslagError):
        casework.read_paper_online(paper.id, actor)
    with foundation.acting(actor), connection.cursor() as cursor:
        for table in ("casework_document", "casework_documentcontent", "casework_paperclearance"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] == 0
    with pytest.raises(DatabaseError), foundation.acting(cast.elin), transaction.atomic():
        models.PaperClearance.objects.bulk_create(
            [
                models.PaperClearance(
                    document=paper,
                    case=young.case,
                    reader_id=actor.person_id or young.person_id,
                    hidden=False,
                    asked_at=now,
                )
            ]
        )


def test_staff_open_in_their_own_name_only_also_in_sql(cast: Cast, young: SimpleNamespace) -> None:
    scan = young.add("intyg.pdf", text_pdf([(72, 700, "Intyg")]))
    casework.open_record(young.case.id, cast.elin)
    for change in ({"hidden": False}, {"hidden": False, "because": "x", "opened_by_id": cast.asa.account_id}):
        with pytest.raises(DatabaseError), foundation.acting(cast.david), transaction.atomic():
            models.PaperClearance.objects.filter(document=scan).update(**change)
    assert shown(young.case, cast.elin) == set()


def test_each_reading_stands_in_the_log_of_the_child(cast: Cast, young: SimpleNamespace) -> None:
    paper = young.add("plan.txt", b"Nova sover hos mormor.")
    casework.open_record(young.case.id, cast.elin)
    casework.read_paper_online(paper.id, cast.elin)
    with foundation.acting(cast.system):
        rows = foundation.AccessEntry.objects.filter(person_id=young.person_id)
        pages = set(rows.filter(reader_person_id=cast.elin.person_id).values_list("page", flat=True))
    assert {"citizen.journal", "citizen.paper"} <= pages
