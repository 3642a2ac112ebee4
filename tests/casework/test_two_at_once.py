"""Two, or many, at the same time: on real connections, so each test commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.casework.conftest import KIND, events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"], transaction=True)
PDF = b"%PDF-1.7\n"
T = TypeVar("T")


def at_once(many: int, work: Callable[[int], T]) -> list[T]:
    """The answers of so many threads that start together; a refusal is an answer too."""
    start = Barrier(many)

    def run(place: int) -> T:
        start.wait()
        try:
            return work(place)
        except foundation.HandslagError as refusal:
            return refusal  # type: ignore[return-value]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(run, range(many)))


def test_cases_opened_at_once_have_numbers_in_a_row(cast: Cast, now: datetime) -> None:
    made = at_once(
        6,
        lambda _: (
            casework.open_case(
                kind=KIND, person_id=cast.elin.person_id, unit_id=cast.support, by=cast.asa, at=now
            ).number
        ),
    )
    year = foundation.day_of(now).year
    assert sorted(made) == [f"TS-{year}-{place:05d}" for place in range(1, 7)]


def test_a_double_click_decides_once(cast: Cast, case: casework.Case, now: datetime) -> None:
    made = at_once(
        4,
        lambda _: casework.decide(
            case_id=case.id, type="income_support.grant", outcome="granted", legal_ground="SoL 12:1", reason="x",
            amount=100, idempotency_key="form-1", by=cast.asa, at=now,
        ).id,
    )  # fmt: skip
    assert len(set(made)) == 1
    assert events_of(case).count("casework.decision_made") == 1


def test_a_double_sent_paper_and_message_come_once(cast: Cast, case: casework.Case, now: datetime) -> None:
    papers = at_once(
        4,
        lambda _: (
            casework.add_document(
                case_id=case.id, name="a.pdf", content=PDF, idempotency_key="upload-1", by=cast.elin, at=now
            ).id
        ),
    )
    messages = at_once(
        4,
        lambda _: (
            casework.send_message(
                case_id=case.id, subject="a", body="b", idempotency_key="m-1", by=cast.elin, at=now
            ).id
        ),
    )
    assert len(set(papers)) == len(set(messages)) == 1
    assert events_of(case)[-2:] == ["casework.document_added", "casework.message_received"]


def test_two_windows_save_one_draft(cast: Cast, case: casework.Case, now: datetime) -> None:
    note = casework.draft_note(case_id=case.id, body="", by=cast.asa, at=now)
    answers = at_once(
        2,
        lambda place: casework.save_note_draft(
            note_id=note.id, version=1, body=f"fönster {place}", by=cast.asa, at=now
        ),
    )
    (saved,) = [one for one in answers if isinstance(one, casework.Note)]
    (held,) = [one for one in answers if isinstance(one, casework.NoteChangedMeanwhile)]
    assert {saved.body, held.yours} == {"fönster 0", "fönster 1"}
    assert held.theirs == saved.body


def test_two_take_the_same_case(cast: Cast, case: casework.Case, now: datetime) -> None:
    takers = [cast.asa, cast.bjorn]
    answers = at_once(
        2,
        lambda place: casework.assign_case(
            case_id=case.id, worker_id=takers[place].account_id, version=1, by=takers[place], at=now
        ),
    )
    assert sorted(type(one).__name__ for one in answers) == ["Case", "CaseChangedMeanwhile"]
    assert len(casework.find_assignments(case.id, cast.carina)) == 2


def test_one_communication_carries_one_decision(cast: Cast, case: casework.Case, now: datetime) -> None:
    casework.waive_communication(case_id=case.id, because="Egna uppgifter", by=cast.asa, at=now)
    answers = at_once(
        3,
        lambda place: casework.decide(
            case_id=case.id, type="income_support.refuse", outcome="refused", legal_ground="SoL 12:1", reason="x",
            idempotency_key=f"form-{place}", by=cast.asa, at=now,
        ),
    )  # fmt: skip
    assert sorted(type(one).__name__ for one in answers) == ["Decision", "NotCommunicated", "NotCommunicated"]
