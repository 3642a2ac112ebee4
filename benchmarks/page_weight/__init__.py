"""What a first visit weighs: the page and everything that it links, as a browser asks for it, from the real server."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx

from benchmarks.product import running
from benchmarks.table import Row, show

INHABITANTS, MOST_KB = 400, 150
VISITS = (
    ("start page", "/", ""),
    ("apply, logged in", "/ansok/", "resident-elin"),
    ("work list, logged in", "/handlaggare/", "asa"),
)
KINDS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


def run(fraction: float = 1.0) -> None:
    """Measure and print. The fraction changes nothing: a visit is a visit."""
    rows = []
    with running(size=INHABITANTS) as product:
        for name, path, who in VISITS:
            weight, parts = _visit(product.address, path, who)
            rows.append(
                Row(
                    f"{name}, {parts} parts",
                    f"{weight / 1000:.0f} kB",
                    f"{MOST_KB} kB",
                    MOST_KB * 1000 / weight,
                    "≤ 150 kB",
                )
            )
    show("First visit, bytes on the wire (gzip)", rows)


class _Linked(HTMLParser):
    """Addresses that a browser fetches with the page. Fonts are named in style sheets and found there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and KINDS & set((given.get("rel") or "").split()) and given.get("href"):
            self.found.append(given["href"] or "")
        elif tag in ("script", "img") and given.get("src"):
            self.found.append(given["src"] or "")


def _visit(address: str, path: str, who: str) -> tuple[int, int]:
    """Bytes and number of parts. Every font that a style sheet names counts, though a browser may need fewer."""
    with httpx.Client(base_url=address, trust_env=False, follow_redirects=True, timeout=60) as client:
        if who:
            client.get("/konto/logga-in/")
            token = client.cookies.get("csrftoken", "")
            page = client.post(
                "/konto/logga-in/demo/",
                data={"who": who, "csrfmiddlewaretoken": token},
                headers={"Referer": address},
            )
            page.raise_for_status()
        weight, text = _weight(client, path)
        linked = _Linked()
        linked.feed(text)
        waiting, seen = [urljoin(path, each) for each in linked.found], set[str]()
        while waiting:
            each = waiting.pop()
            if each in seen or each.startswith("data:"):
                continue
            seen.add(each)
            more, text = _weight(client, each)
            weight += more
            if each.endswith(".css"):
                waiting += [
                    urljoin(each, piece.split(")")[0].strip("'\""))
                    for piece in text.split("url(")[1:]
                    if "data:" not in piece[:6]
                ]
    return weight, 1 + len(seen)


def _weight(client: httpx.Client, path: str) -> tuple[int, str]:
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        answer.raise_for_status()
        text = "" if answer.headers.get("content-type", "").startswith(("font", "image")) else None
        body = answer.read()
        return answer.num_bytes_downloaded, body.decode() if text is None else text
