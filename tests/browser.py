"""One real browser for the whole suite, and what every page must stand: no errors in its console, no violation of
accessibility that a machine can see, no sideways scroll, every control reached by keyboard.

    def test_start(open_page, axe, cast):
        page = open_page("/", as_=cast.elin, size=PHONE, language="en")
        axe(page)

The server runs in this process on the test's own connection, one request at a time, so that each test's rows are
rolled back as in any other test. Do not ask the database while a page is still loading.
"""

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections
from django.test import Client

from handslag.foundation import public as foundation

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PICTURES = ROOT / "docs/screenshots"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
WIDTHS = (360, 768, 1280)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# What lies outside the window to the right, except inside something that scrolls by itself.
SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const scrolls = (e) => { for (let p = e.parentElement; p; p = p.parentElement)
    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(p).overflowX)) return true; return false; };
  return [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right >
    document.documentElement.clientWidth + 1 && !scrolls(e)).slice(0, 5).map((e) => e.outerHTML.slice(0, 120));
}"""
# Case numbers, months with their year, and amounts that stand on more than one line.
BROKEN = r"""() => {
  const whole = /\b[A-Z]{2}-\d{4}-\d{5}\b|\b(januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|January|February|March|May|June|July|August|October|November|December)\s\d{4}\b|\b\d[\d\s]*(,\d\d)?\skr\b/g;
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) for (const match of texts.currentNode.data.matchAll(whole)) {
    const range = document.createRange();
    range.setStart(texts.currentNode, match.index);
    range.setEnd(texts.currentNode, match.index + match[0].length);
    if (new Set([...range.getClientRects()].map((r) => Math.round(r.top))).size > 1) found.push(match[0]);
  }
  return found;
}"""
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e), p = getComputedStyle(e.closest('.ds-field') || e);
  const seen = [s, p].some((x) => (x.outlineStyle !== 'none' && parseFloat(x.outlineWidth) > 0) || x.boxShadow !== 'none');
  if (!e.dataset.walk) e.dataset.walk = String(++window.__walk || (window.__walk = 1));
  return {id: e.dataset.walk, name: (e.getAttribute('aria-label') || e.innerText || e.name || e.id || e.tagName).trim().slice(0, 60), seen};
}"""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        return None


class Site:
    """The product on a socket of this machine, answering on the test's own database connection, and at `time` if it is set."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.time: datetime | None = None
        application = get_wsgi_application()
        shared = {alias: connections[alias] for alias in connections}

        def answer(environ: Any, start: Any) -> Any:
            with self.lock:
                for alias, connection in shared.items():
                    connections[alias] = connection
                # What is answered is closed here. A file that the collector closed later would close, in the midst of
                # some other test, the connection that stands in that test's open transaction.
                environ.pop("wsgi.file_wrapper", None)
                time = foundation.clock_at(self.time) if self.time else contextlib.nullcontext()
                with time, contextlib.closing(application(environ, start)) as answered:
                    return list(answered)

        # Between requests the product closes what looks used up; the test's open transaction would.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        for connection in shared.values():
            connection.inc_thread_sharing()
        self.shared = shared
        self.server: WSGIServer = make_server("127.0.0.1", 0, answer, handler_class=_Quiet)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(timeout=5)
        for connection in self.shared.values():
            connection.dec_thread_sharing()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def session_of(actor: foundation.Actor) -> str:
    """The cookie of somebody who is logged in."""
    session = SessionStore()
    session["actor"] = {
        "account": str(actor.account_id),
        "person": str(actor.person_id) if actor.person_id else "",
        "epoch": 0,
    }
    session.save()
    return str(session.session_key)


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """A Django test client that is logged in as an actor (or nobody), in Swedish or English."""

    def make(actor: foundation.Actor | None = None, *, language: str = "sv") -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        if actor is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = session_of(actor)
        return client

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, started once."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        pytest.fail("The browser tests need Chromium: apt-get install chromium", pytrace=False)
    if not AXE.exists():
        pytest.fail("The browser tests need the front-end parts: make assets", pytrace=False)
    # Playwright keeps an event loop in this thread; the ORM is used beside it, never inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def site(db: None) -> Iterator[Site]:
    """The product's address for one test."""
    there = Site()
    yield there
    there.stop()


@pytest.fixture
def open_page(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Opens a page in its own window; the test fails on anything in its console that was not `meant`.

    `meant` holds pieces of messages that the test provokes, such as "403".
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def open_one(
        path: str,
        *,
        as_: foundation.Actor | None = None,
        size: dict[str, int] = DESKTOP,
        language: str = "sv",
        meant: tuple[str, ...] = (),
        scripts: bool = True,
        dark: bool = False,
    ) -> Any:
        context = browser.new_context(
            viewport=size,
            base_url=site.address,
            reduced_motion="reduce",
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            locale="sv-SE",
        )
        contexts.append(context)
        context.set_default_timeout(15000)
        cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site.address}]
        if as_ is not None:
            cookies.append(
                {"name": settings.SESSION_COOKIE_NAME, "value": session_of(as_), "url": site.address}
            )
        context.add_cookies(cookies)
        page = context.new_page()

        def note(text: str) -> None:
            if not any(piece in text for piece in meant):
                faults.append(f"{path}: {text}")

        page.on(
            "console",
            lambda said: (
                note(f"{said.text} ({said.location.get('url', '')})")
                if said.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda error: note(str(error)))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        with contextlib.suppress(Exception):
            context.close()
    assert faults == [], faults


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """Nothing that axe-core can find wrong, and one first-level heading."""
    source = AXE.read_text("utf-8")

    def check(page: Any) -> None:
        page.evaluate(source)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        told = [
            f"{one['id']}: {one['help']} {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in found["violations"]
        ]
        assert told == [], f"{page.url}\n" + "\n".join(told)
        assert page.locator("h1").count() == 1, f"{page.url}: one h1, please"

    return check


def fits(page: Any, widths: tuple[int, ...] = WIDTHS) -> None:
    """No sideways scroll on a phone, a tablet or a desk."""
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SIDEWAYS) == [], f"{page.url} is wider than {width} px"
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.set_viewport_size(before)


def whole(page: Any, widths: tuple[int, ...] = (360, 400, 440)) -> None:
    """No case number, month or amount goes over two lines."""
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(BROKEN) == [], f"{page.url} at {width} px"
    page.set_viewport_size(before)


def walk(page: Any, most: int = 200) -> list[str]:
    """Tab through the page; the names of what was reached, in order. Fails where focus cannot be seen."""
    names: list[str] = []
    first = None
    page.evaluate("document.activeElement && document.activeElement.blur()")
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found is None or found["id"] == first:
            return names
        first = first or found["id"]
        assert found["seen"], f"{page.url}: focus cannot be seen on {found['name']!r}"
        names.append(found["name"])
    raise AssertionError(f"{page.url}: more than {most} stops, or focus is trapped: {names[-5:]}")


def picture(page: Any, name: str, *, whole: bool = True) -> None:
    """A screenshot for the guides, only when HANDSLAG_PICTURES=1 asks for it."""
    if os.environ.get("HANDSLAG_PICTURES") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)
