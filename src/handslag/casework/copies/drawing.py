"""Drawing a paper page by page, with areas blacked in the pixels. A program of its own, without the product around it.

Papers come from anybody, so they are opened in a process that knows nothing: no database, no secret, little memory, no
right to write a file. It reads one question from standard input and writes one answer:

    question: a line of JSON (media_type, draw, width, dpi, most_pages), then the bytes of the paper
    answer:   a line of JSON, then the JPEG files that it lists, one after the other

Positions are in thousandths of the page's width and height, from the top left. What is given back is drawn anew: nothing
of the paper but its visible pixels reaches it, so no text layer, earlier version, attachment, thumbnail or EXIF does.
"""

from __future__ import annotations

import io
import json
import math
import sys
import warnings
from collections.abc import Iterator, Sequence
from ctypes import byref, c_int
from typing import Any

PDF = "application/pdf"
WHOLE = 1000
# Finer than a thousandth, so that rounding never moves an edge of text out of its box.
_FINE = 100_000
_DARK = 40
_LONGEST_SIDE = 2600
_MOST_PIXELS = 60_000_000
_MEMORY_BYTES = 3 * 1024**3
_CPU_SECONDS = 110

Box = tuple[int, int, int, int]


class CannotDraw(Exception):
    """`code`: broken, locked, too_many, too_large, empty, or type; `pages` where it is their number that is wrong."""

    def __init__(self, *, code: str, pages: int = 0) -> None:
        super().__init__(code)
        self.code, self.pages = code, pages


def answer(question: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The pages with their size and lines of text, and a picture of each page that was asked for. Raises CannotDraw."""
    wanted = {int(number): [tuple(box) for box in boxes] for number, boxes in question["draw"]}
    if question["media_type"] == PDF:
        seen, pictures = _of_pdf(question, content, wanted)
    else:
        seen, pictures = _of_picture(question, content, wanted)
    missing = wanted.keys() - pictures.keys()
    if missing:
        raise CannotDraw(code="broken")
    ordered = [pictures[number] for number, _boxes in question["draw"]]
    return {"pages": seen, "sizes": [len(one) for one in ordered]}, ordered


def blacked(picture: Any, boxes: Sequence[Box]) -> bytes:
    """A JPEG of the picture with each box black, looked at once more when it is made. Raises CannotDraw."""
    from PIL import Image, ImageDraw

    plain = Image.new("RGB", picture.size, "white")
    plain.paste(picture.convert("RGB"))
    drawn, spots = ImageDraw.Draw(plain), [_spot(box, plain.size) for box in boxes]
    for spot in spots:
        drawn.rectangle(spot, fill="black")
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=80)
    again = Image.open(io.BytesIO(written.getvalue()))
    again.load()
    grey = again.convert("L")
    for left, top, right, bottom in spots:
        # Around its edge the writing of JPEG blurs a little; a narrow area is all edge.
        edge = 8 if right - left > 24 and bottom - top > 24 else 0
        if not edge and min(right - left, bottom - top) < 12:
            continue
        inner: Any = grey.crop((left + edge, top + edge, right + 1 - edge, bottom + 1 - edge)).getextrema()
        if inner[1] > (_DARK if edge else 3 * _DARK):
            raise CannotDraw(code="broken")
    return written.getvalue()


def _spot(box: Box, size: tuple[int, int]) -> Box:
    """The pixels of a box, its edges moved outwards to whole ones."""
    (left, top, right, bottom), (width, height) = box, size
    return (
        max(0, math.floor(left * width / WHOLE) - 1),
        max(0, math.floor(top * height / WHOLE) - 1),
        min(width - 1, math.ceil(right * width / WHOLE) + 1),
        min(height - 1, math.ceil(bottom * height / WHOLE) + 1),
    )


def _of_pdf(
    question: dict[str, Any], content: bytes, wanted: dict[int, Any]
) -> tuple[list[dict[str, Any]], dict[int, bytes]]:
    import pypdfium2
    from pypdfium2 import raw

    try:
        paper = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(fault).lower()
        raise CannotDraw(code="locked" if locked else "broken") from fault
    try:
        count = len(paper)
        _require_number(count, question["most_pages"])
        paper.init_forms()
        seen, pictures = [], {}
        for number in range(1, count + 1):
            page = paper[number - 1]
            width, height = page.get_size()
            if not (width > 1 and height > 1):
                raise CannotDraw(code="broken")
            lines = list(_lines(page)) if question["lines"] else []
            seen.append({"width": round(width), "height": round(height), "lines": lines})
            if number in wanted:
                scale = _scale(question, width, height)
                picture = page.render(scale=scale, may_draw_forms=True).to_pil()
                pictures[number] = blacked(picture, wanted[number])
            page.close()
        return seen, pictures
    except pypdfium2.PdfiumError as fault:
        raise CannotDraw(code="broken") from fault


def _require_number(count: int, most: int) -> None:
    if count < 1:
        raise CannotDraw(code="empty")
    if count > most:
        raise CannotDraw(code="too_many", pages=count)


def _scale(question: dict[str, Any], width: float, height: float) -> float:
    """Pixels for a point: a width for the screen, else the dots of paper; never more than the longest side."""
    asked = question["width"] / width if question["width"] else question["dpi"] / 72
    return min(asked, _LONGEST_SIDE / max(width, height))


def _lines(page: Any) -> Iterator[list[Any]]:
    """Each line of the text layer with its box; pieces at the same height are one line."""
    text = page.get_textpage()
    pieces = []
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        said = text.get_text_bounded(left, bottom, right, top).strip()
        if said:
            pieces.append((_box(page, left, bottom, right, top), said))
    rows: list[tuple[Box, str]] = []
    for box, said in sorted(pieces, key=lambda one: ((one[0][1] + one[0][3]) // 8, one[0][0])):
        if rows and _same_row(rows[-1][0], box):
            held, before = rows[-1]
            rows[-1] = (_around(held, box), f"{before} {said}")
        else:
            rows.append((box, said))
    for box, said in rows:
        yield [said, *box]
    text.close()


def _same_row(held: Box, box: Box) -> bool:
    shared = min(held[3], box[3]) - max(held[1], box[1])
    return shared * 2 > min(held[3] - held[1], box[3] - box[1])


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _box(page: Any, left: float, bottom: float, right: float, top: float) -> Box:
    """Thousandths of the page as it is seen, turned pages too; two more on each side."""
    from pypdfium2 import raw

    found = []
    for across, up in ((left, bottom), (right, top)):
        x, y = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, across, up, byref(x), byref(y))
        found.append((x.value * WHOLE / _FINE, y.value * WHOLE / _FINE))
    (x1, y1), (x2, y2) = found
    low, high = (min(x1, x2), min(y1, y2)), (max(x1, x2), max(y1, y2))
    edges = (math.floor(low[0]) - 3, math.floor(low[1]) - 3, math.ceil(high[0]) + 3, math.ceil(high[1]) + 3)
    return tuple(min(WHOLE, max(0, edge)) for edge in edges)  # type: ignore[return-value]


def _of_picture(
    question: dict[str, Any], content: bytes, wanted: dict[int, Any]
) -> tuple[list[dict[str, Any]], dict[int, bytes]]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    formats = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
    if question["media_type"] not in formats:
        raise CannotDraw(code="type")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=[formats[question["media_type"]]])
            opened.load()
        upright = ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise CannotDraw(code="too_large") from fault
    except Exception as fault:  # whatever a reader of broken pictures raises, the picture is broken
        raise CannotDraw(code="broken") from fault
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        see_through = upright.convert("RGBA")
        upright = Image.new("RGB", see_through.size, "white")
        upright.paste(see_through, mask=see_through.getchannel("A"))
    side = question["width"] or 2000
    upright.thumbnail((side, side if not question["width"] else _LONGEST_SIDE))
    seen = [{"width": upright.width, "height": upright.height, "lines": []}]
    return seen, {1: blacked(upright, wanted[1])} if 1 in wanted else {}


def _confine() -> None:
    """Take from this process what it does not need."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer the one question on standard input."""
    _confine()
    question = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        told, pictures = answer(question, content)
    except CannotDraw as fault:
        told, pictures = {"fault": fault.code, "pages": fault.pages}, []
    except MemoryError:
        told, pictures = {"fault": "too_large", "pages": 0}, []
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(pictures))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
