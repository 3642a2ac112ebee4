"""A party's masked copy, and the record online, reveal nothing of who reported."""

from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.reporting import AT, TEACHER, a_child, child_of, decide, fresh, reported, safe

pytestmark = pytest.mark.django_db(databases=["default"])
NEIGHBOUR = children.ReporterAsTold(
    kind="private", name="Gunhild Granstam", phone="070-174 06 07", email="gunhild@example.se", wants_protection=True
)  # fmt: skip
LINES = [
    "Barnet leker gärna ute.",
    "Gunhild ringde igen.",
    "Hon nås på 0701740607.",
    "Granstams trädgård ligger bredvid.",
    "Mejl från gunhild@example.se.",
]


def copied(cast: Cast, *reporters: children.ReporterAsTold, lines: list[str]) -> Any:
    """A copy of one note of the child's file for a party, after reports by the reporters."""
    child = a_child(cast)
    for reporter in reporters:
        report = reported(cast, child, reporter=reporter, by=cast.maja)
        one = child_of(report)
        if one.person_id is None:
            children.identify_child(reported_child_id=one.id, person_id=child.id, by=cast.maja, at=AT)
        safe(cast, child_of(fresh(report)))
        decide(cast, child_of(fresh(report)), "open", violence=True)
    with foundation.acting(foundation.system("test")):
        case = casework.Case.objects.get(person_id=child.id)
    note = casework.write_note(case_id=case.id, body="\n".join(lines), by=cast.david, at=AT)
    party = casework.find_parties(case.id, cast.david)[0]
    copy = casework.prepare_copy(
        case_id=case.id,
        receiver_kind="party",
        receiver_id=party.person_id,
        parts=[("note", note.id)],
        by=cast.david,
        at=AT,
    )
    return list(casework.get_copy(copy.id, cast.david).passages.all())


def test_a_neighbour_who_reported_is_hidden_and_nobody_may_lift_that(cast: Cast) -> None:
    found = copied(cast, NEIGHBOUR, lines=LINES)
    assert [(one.masked, one.may_lift) for one in found] == [(False, True), *[(True, False)] * 4]
    assert {one.ground for one in found if one.masked} == {"OSL 26:5"}


def test_a_teacher_is_hidden_until_somebody_says_why_not(cast: Cast) -> None:
    lines = ["Barnet trivs.", "Tina Tall såg blåmärken.", "Ekebyskolan har berättat."]
    found = copied(cast, TEACHER, lines=lines)
    assert [(one.masked, one.may_lift) for one in found] == [(False, True), (True, True), (True, True)]
