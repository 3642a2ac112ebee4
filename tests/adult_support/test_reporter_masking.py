"""Copies of an adult's case, and the record online, reveal nothing of who reported."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from handslag.adult_support import public as adults
from handslag.adult_support.reporter_masking import telltale_of
from handslag.casework import public as casework
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LINES = [
    "Hon arbetar igen.",
    "Gunhild ringde på nytt.",
    "Hon nås på 070 174 06 07.",
    "Granstams hund skäller.",
]


@pytest.mark.parametrize("came_as", ["report", "own"])
def test_who_told_is_hidden_in_a_copy_unless_it_was_the_person(cast: Cast, came_as: str) -> None:
    matter = adults.receive_matter(
        kind=adults.ADDICTION, person_id=cast.greta.person_id, unit_id=cast.adults, came_as=came_as, told="Oro för henne",
        told_by="Gunhild Granstam, 070-174 06 07", sent_key=uuid4(), by=cast.vera, at=AT,
    )  # fmt: skip
    note = casework.write_note(case_id=matter.case_id, body="\n".join(LINES), by=cast.vera, at=AT)
    copy = casework.prepare_copy(
        case_id=matter.case_id, receiver_kind="party", receiver_id=cast.greta.person_id, parts=[("note", note.id)],
        by=cast.vera, at=AT,
    )  # fmt: skip
    masked = [one.masked for one in casework.get_copy(copy.id, cast.vera).passages.all()]
    assert masked == ([False, True, True, True] if came_as == "report" else [False] * 4)


def test_words_that_are_in_every_sentence_hide_nothing() -> None:
    found = telltale_of("En granne och hennes man från Ekeby, lisa@example.se")
    assert found.words == ("granne", "Ekeby")
    assert found.exact == ("lisa@example.se",)
