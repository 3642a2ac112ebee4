"""One look for every paper, and a typesetter that never runs out of names however long its process lives."""

import os
import subprocess
import sys
from datetime import date
from importlib import resources
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from handslag.casework.typesetting import TYPEFACE, PaperNotSet, set_paper

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 22)
PAPER = b"""#import "paper.typ": paper
#show: paper.with(title: sys.inputs.says, author: "Enheten", words: (page: "Sida", of: "av"), foot: [\xc3\x84rende 1])
= #sys.inputs.says
== Under
Text
"""
TEMPLATES = [
    ("handslag.casework.letters", "notice.typ"),
    ("handslag.casework.copies", "copy.typ"),
    ("handslag.income_support.letter", "letter.typ"),
]


def fonts_in(pdf: bytes) -> set[str]:
    found = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    return found


def test_a_paper_is_set_in_the_letters_typeface_and_language() -> None:
    pdf = set_paper(PAPER, {"says": "Beslut"}, day=DAY)
    read = PdfReader(BytesIO(pdf))
    assert read.root_object["/Lang"] == "sv"
    assert read.metadata is not None and read.metadata.title == "Beslut"
    assert "Sida 1 av 1" in " ".join(read.pages[0].extract_text().split())
    if (TYPEFACE / "Inter-Regular.ttf").exists():
        assert {name.partition("-")[0] for name in fonts_in(pdf)} == {"Inter"}


@pytest.mark.parametrize("where", TEMPLATES)
def test_every_template_has_its_look_from_the_one_place(where: tuple[str, str]) -> None:
    text = resources.files(where[0]).joinpath(where[1]).read_text()
    assert '#import "paper.typ": paper' in text
    assert "font:" not in text and "set page" not in text


def test_the_same_words_give_the_same_bytes() -> None:
    first = set_paper(PAPER, {"says": "Beslut"}, day=DAY)
    set_paper(PAPER, {"says": "Annat"}, day=DAY)
    assert set_paper(PAPER, {"says": "Beslut"}, day=DAY) == first


def test_what_is_no_paper_is_told_in_words() -> None:
    with pytest.raises(PaperNotSet):
        set_paper(b"#panic()", {}, day=DAY)
    assert set_paper(PAPER, {"says": "Efteråt"}, day=DAY)


def test_a_process_that_has_few_names_left_goes_on_making_copies_and_letters() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.casework.typesetter_process"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "handslag.config.settings", "PYTHONPATH": f"{ROOT}/src:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["80"]
