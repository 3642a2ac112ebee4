"""Logs carry ids only."""

import pytest

from handslag.config.logs import scrub


@pytest.mark.parametrize(
    "text", ["19910314-9804", "199103149804", "910314-9804", "9103149804", "910314+9804", "880209-T050"]
)
def test_anything_like_an_identity_number_is_blanked(text: str) -> None:
    line = scrub(None, "", {"event": f"no person {text} here", "seconds": 2})
    assert text not in line["event"]
    assert line == {"event": "no person [number] here", "seconds": 2}


def test_an_id_is_kept() -> None:
    text = "case 0192f000-0000-7001-8000-00000000012a"
    assert scrub(None, "", {"event": text})["event"] == text
