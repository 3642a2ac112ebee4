"""What a letter says, read back from its PDF, and the lines of a calculation on the screen."""

import io
from typing import Any

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
