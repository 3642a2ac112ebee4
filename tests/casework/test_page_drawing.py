"""Pages as pictures: what is black is black in the pixels, and nothing of the paper but its visible pixels is left."""

import io

import pytest
from django.utils import translation
from PIL import Image

from handslag.casework.copies import pages
from handslag.casework.copies.pages import draw_pages, read_pages
from handslag.casework.errors import PaperNotDrawn
from handslag.casework.rules.file_types import HEIC, JPEG, PDF, PNG, WEBP
from tests.casework.papers import (
    SECRET,
    full_pdf,
    locked_pdf,
    many_pages,
    photo,
    png_bomb,
    text_pdf,
)


def opened(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture))
    image.load()
    return image


def darkest(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    left, top, right, bottom = (edge * side / 1000 for edge, side in zip(box, image.size * 2, strict=True))
    return int(image.convert("L").crop((int(left), int(top), int(right), int(bottom))).getextrema()[0])


def test_the_lines_of_a_page_and_where_they_stand() -> None:
    (page,) = read_pages(text_pdf([(72, 700, f"Ringde {SECRET} idag."), (72, 400, "Pojken sover.")]), PDF)
    assert [line.text for line in page.lines] == [f"Ringde {SECRET} idag.", "Pojken sover."]
    first, second = (line.box for line in page.lines)
    assert 100 < first[0] < 130 and 140 < first[1] < 175 and first[3] < second[1]
    (picture,) = draw_pages(text_pdf([(72, 700, "XXXXXXXX")]), PDF, [(1, [])])
    assert darkest(opened(picture), (100, 140, 400, 180)) < 90


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_an_area_over_a_line_leaves_nothing_of_it(turned: int) -> None:
    pdf = text_pdf([(72, 700, SECRET)], rotate=turned)
    (page,) = read_pages(pdf, PDF)
    box = page.lines[0].box
    bare, black = (opened(draw_pages(pdf, PDF, [(1, boxes)])[0]) for boxes in ([], [box]))
    outside = Image.new("L", black.size, 255)
    outside.paste(black.convert("L"))
    left, top, right, bottom = (
        int(edge * side / 1000) for edge, side in zip(box, black.size * 2, strict=True)
    )
    inner = black.convert("L").crop((left + 8, top + 8, right - 8, bottom - 8))
    assert inner.getextrema()[1] < 30
    # Without the area there is writing there, and nowhere else.
    assert bare.convert("L").crop((left, top, right, bottom)).getextrema()[0] < 100
    outside.paste(255, (left - 12, top - 12, right + 12, bottom + 12))
    assert outside.getextrema()[0] > 200


def test_nothing_of_the_paper_is_in_the_picture() -> None:
    (page,) = read_pages(full_pdf(), PDF)
    assert [line.text for line in page.lines] == [f"Anmald av {SECRET}.", "Pojken sover hos mormor."]
    (picture,) = draw_pages(full_pdf(), PDF, [(1, [page.lines[0].box])])
    for secret in (SECRET.encode(), b"Tallgren", b"anmalan", b"Utkast", b"Exif"):
        assert secret not in picture
    image = opened(picture)
    assert not image.getexif() and not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_its_exif_and_stands_upright(kind: str) -> None:
    media_type = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}[kind]
    came = photo(kind, orientation=6)
    assert opened(came).getexif()
    (page,) = read_pages(came, media_type)
    assert (page.width, page.height, page.lines) == (300, 400, ())
    (picture,) = draw_pages(came, media_type, [(1, [])])
    image = opened(picture)
    assert image.size == (300, 400) and not image.getexif() and SECRET.encode() not in picture
    red, green, _blue = image.convert("RGB").getpixel((280, 20))
    assert red > 180 and green < 70
    (black,) = draw_pages(came, media_type, [(1, [(700, 0, 1000, 300)])])
    assert opened(black).convert("L").crop((220, 5, 295, 90)).getextrema()[1] < 30


def test_a_see_through_picture_is_drawn_on_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(written, "PNG")
    (picture,) = draw_pages(written.getvalue(), PNG, [(1, [])])
    assert opened(picture).convert("L").getextrema()[0] > 250


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (b"%PDF-1.7\nnothing here", PDF, "broken"),
        (text_pdf([(72, 700, "x")])[:400], PDF, "broken"),
        (locked_pdf(), PDF, "locked"),
        (many_pages(101), PDF, "too_many"),
        (photo()[:900], JPEG, "broken"),
        (png_bomb(), PNG, "too_large"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, HEIC, "type"),
        (photo("PNG"), JPEG, "broken"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(content: bytes, media_type: str, code: str) -> None:
    with pytest.raises(PaperNotDrawn) as told:
        read_pages(content, media_type)
    assert told.value.code == code
    with pytest.raises(PaperNotDrawn):
        draw_pages(content, media_type, [(1, [])])


def test_five_hundred_pages_are_told_in_words() -> None:
    with pytest.raises(PaperNotDrawn) as told:
        read_pages(many_pages(500), PDF)
    with translation.override("en"):
        words = told.value.in_one_line
    assert told.value.pages == 500 and "500 pages" in words and "100" in words


def test_a_hundred_pages_are_read() -> None:
    assert len(read_pages(many_pages(100), PDF)) == 100


def test_a_page_that_is_not_there_is_no_picture() -> None:
    with pytest.raises(PaperNotDrawn):
        draw_pages(text_pdf([]), PDF, [(2, [])])


@pytest.mark.parametrize(
    "program",
    ["import sys; sys.exit(3)", "print('[]')", "print('{\"sizes\": [5]}')", "import time; time.sleep(9)"],
)
def test_a_process_that_dies_lies_or_hangs_gives_nothing(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pages.subprocess.run

    def other(command: list[str], **told: object) -> object:
        return real([command[0], "-c", program], **{**told, "timeout": 2})  # type: ignore[call-overload]

    monkeypatch.setattr(pages.subprocess, "run", other)
    with pytest.raises(PaperNotDrawn):
        draw_pages(text_pdf([]), PDF, [(1, [])])


def test_the_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    real = pages.subprocess.run

    def spy(command: list[str], **told: object) -> object:
        seen.update(told["env"])  # type: ignore[call-overload]
        return real(command, **told)  # type: ignore[call-overload]

    monkeypatch.setenv("HANDSLAG_SECRET", "very secret")
    monkeypatch.setattr(pages.subprocess, "run", spy)
    draw_pages(text_pdf([]), PDF, [(1, [])])
    assert set(seen) == {"PYTHONPATH", "LC_ALL"}
