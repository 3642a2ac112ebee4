"""What leaves the house, read back: a letter's PDF, the payment file; and a calculation's lines on the screen."""

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lxml import etree
from pypdf import PdfReader


def plain(text: str) -> str:
    """Text without any white space, so that breaks of lines and no-break spaces make no difference."""
    return "".join(text.split()).replace("\u2212", "-").replace("\u00ad", "")


def lines_of(page: Any) -> list[tuple[str, str]]:
    """The calculation's lines as the decision's page shows them: label and amount."""
    rows = page.locator(".counted summary").all()
    return [
        (row.locator("span.spread > span").first.inner_text(), row.locator("span.num").inner_text()) for row in rows
    ]


def fetched(page: Any, address: str) -> bytes:
    """A paper as the person's own browser gets it."""
    answer = page.request.get(address)
    assert answer.status == 200, f"{address}: {answer.status}"
    assert answer.headers["content-type"] == "application/pdf"
    return bytes(answer.body())


def text_of(content: bytes) -> str:
    """Everything that a PDF says, without white space. Fails on a file that is no whole PDF."""
    assert content.startswith(b"%PDF-")
    pages = PdfReader(io.BytesIO(content), strict=True).pages
    assert len(pages) >= 1
    return plain("".join(page.extract_text() for page in pages))


@dataclass(frozen=True)
class Sums:
    """What a payment file states, and what its payments add up to."""

    stated_kr: Decimal
    counted_kr: Decimal
    stated_number: int
    counted_number: int


def sums_of(file: bytes) -> Sums:
    """The header of a payment file beside its own payments."""
    root = etree.fromstring(file)

    def all_of(name: str) -> list[str]:
        return [str(one.text) for one in root.iterfind(f".//{{*}}{name}")]

    amounts = [Decimal(text) for text in all_of("InstdAmt")]
    return Sums(Decimal(all_of("CtrlSum")[0]), sum(amounts, Decimal(0)), int(all_of("NbOfTxs")[0]), len(amounts))


def version_of(file: bytes) -> str:
    """The message's name, such as `pain.001.001.09`."""
    return str(etree.QName(etree.fromstring(file)).namespace).rpartition(":")[2]
