"""Every place that takes papers asks a phone for what can be drawn and masked, so that it sends its photo as JPEG and not as HEIC."""

import re
from pathlib import Path

import pytest

from handslag.portal.desk.views.papers import PaperForm
from handslag.portal.desk.views.taking_down import HowForm

PORTAL = Path("src/handslag/portal")
WRITTEN = [
    (str(path.relative_to(PORTAL)), found)
    for path in sorted(PORTAL.rglob("*.html"))
    for found in re.findall(r"<input[^>]*type=\"file\"[^>]*>", path.read_text())
]


@pytest.mark.parametrize(("where", "asked"), WRITTEN, ids=lambda one: str(one)[:40])
def test_a_file_of_the_citizens_pages_names_the_types(where: str, asked: str) -> None:
    accept = re.search(r'accept="([^"]*)"', asked)
    assert accept is not None, where
    kinds = accept[1].split(",")
    assert "image/jpeg" in kinds and not {"image/*", "image/heic", "image/heif", "*/*"} & set(kinds), where
    if "application/pdf" in kinds:
        assert "capture" not in asked, f"{where}: a phone that opens its camera at once cannot choose a PDF"


def test_the_pages_have_such_places() -> None:
    assert len(WRITTEN) >= 6


@pytest.mark.parametrize("field", [PaperForm.base_fields["content"], HowForm.base_fields["papers"]])
def test_a_file_at_the_desk_names_the_types(field: object) -> None:
    accept = field.widget.attrs["accept"].split(",")  # type: ignore[attr-defined]
    assert {"image/jpeg", "application/pdf"} <= set(accept) and "image/heic" not in accept
