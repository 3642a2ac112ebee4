"""With a right signature in SQL a resident answers what was asked, and moves nothing else of the question."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.casework.conftest import KIND
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture
def case(cast: Cast) -> casework.Case:
    return casework.open_case(
        kind=KIND, person_id=cast.elin.person_id, unit_id=cast.support, by=cast.asa, at=foundation.now()
    )


def tried(actor: foundation.Actor, sql: str, row_id: object) -> None:
    with foundation.acting(actor), connection.cursor() as cursor, transaction.atomic():
        cursor.execute(sql, [row_id])


@pytest.mark.parametrize(
    "moved",
    ["due_on = due_on + 30", "overdue_at = now()", "state = 'cancelled'", "state = 'answered', due_on = due_on + 1"],
)
def test_the_day_to_answer_by_is_not_the_residents_to_move(cast: Cast, case: casework.Case, moved: str) -> None:
    asked = casework.request_completion(
        case_id=case.id, what=["Hyresavi"], due_on=foundation.today() + timedelta(days=7), by=cast.asa, at=foundation.now()
    )
    with pytest.raises(DatabaseError, match="a resident answers"):
        tried(cast.elin, f"UPDATE casework_completionrequest SET {moved} WHERE id = %s", asked.id)


def test_what_is_answered_stays_as_it_was_answered(cast: Cast, case: casework.Case) -> None:
    asked = casework.request_completion(
        case_id=case.id, what=["Hyresavi"], due_on=foundation.today() + timedelta(days=7), by=cast.asa, at=foundation.now()
    )
    with foundation.acting(cast.elin):
        [item] = asked.items.all()
    answer = casework.ItemAnswer(item_id=item.id, text="Den kommer i post", document_id=None)
    casework.answer_completion(completion_id=asked.id, answers=[answer], by=cast.elin, at=foundation.now())
    for sql, row in (
        ("UPDATE casework_completionitem SET answer = 'Något annat' WHERE id = %s", item.id),
        ("UPDATE casework_completionrequest SET state = 'open' WHERE id = %s", asked.id),
    ):
        with pytest.raises(DatabaseError):
            tried(cast.elin, sql, row)


@pytest.mark.parametrize(
    "moved",
    ["answer_until = answer_until + 30", "answered_orally = true", "state = 'waived'", "answer_until = answer_until - 30"],
)
def test_what_is_told_before_a_decision_is_answered_and_no_more(cast: Cast, case: casework.Case, moved: str) -> None:
    told = casework.communicate(
        case_id=case.id, material="Hyran", answer_until=foundation.today() + timedelta(days=7), by=cast.asa,
        at=foundation.now(),
    )  # fmt: skip
    with pytest.raises(DatabaseError):
        tried(cast.elin, f"UPDATE casework_communication SET {moved} WHERE id = %s", told.id)
    casework.ask_to_speak(communication_id=told.id, by=cast.elin, at=foundation.now())
    casework.answer_communication(communication_id=told.id, answer="Det stämmer.", by=cast.elin, at=foundation.now())
    with pytest.raises(DatabaseError):
        tried(cast.elin, "UPDATE casework_communication SET answer = 'Nej' WHERE id = %s", told.id)
