"""One product and one browser for all journeys; each window fails its test on anything in its console."""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser import DESKTOP, PICTURES, SIDEWAYS
from tests.journeys.product import RunningProduct

WAITS_MS = 60_000


@pytest.fixture(scope="session")
def product() -> Iterator[RunningProduct]:
    """The demo municipality, open."""
    running = RunningProduct()
    try:
        running.start()
        yield running
    finally:
        running.stop()
        running.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Any:
    """A journey that failed shows what the product said."""
    report = yield
    running = getattr(item, "funcargs", {}).get("product")
    if report.failed and running is not None:
        report.sections.append(("the product's logs", running.logs()))
    return report


@dataclass
class Visits:
    """Windows into the product. Every address that a page was opened at is kept under who opened it."""

    browser: Any
    product: RunningProduct
    check: Callable[[Any], None]
    seen: dict[str, set[str]]
    faults: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)

    def open(
        self, who: str = "", path: str = "/", *, size: dict[str, int] = DESKTOP, language: str = "sv", meant: tuple[str, ...] = ()
    ) -> Any:
        """A window of its own; `who` logs in on the page that the demo has for it, as a visitor of the demo would."""
        context = self.browser.new_context(
            viewport=size, base_url=self.product.address, reduced_motion="reduce", locale="sv-SE", accept_downloads=True
        )
        self.contexts.append(context)
        context.set_default_timeout(WAITS_MS)
        context.set_default_navigation_timeout(WAITS_MS)
        page = context.new_page()

        def note(text: str) -> None:
            if not any(piece in text for piece in meant):
                self.faults.append(f"{who or 'a visitor'} at {page.url}: {text}")

        page.on(
            "console",
            lambda said: note(f"{said.text} ({said.location.get('url', '')})") if said.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: note(str(error)))
        page.on("framenavigated", lambda frame: self.seen.setdefault(who, set()).add(frame.url))
        if language != "sv":
            page.goto(f"/sprak/{language}/")
        if who:
            page.goto("/konto/logga-in/")
            page.locator(f"form:has(input[name=who][value='{who}']) button").click()
            page.wait_for_url(lambda url: "logga-in" not in url)
        page.goto(path)
        return page

    def look(self, page: Any, name: str = "", *, axe: bool = True) -> None:
        """What every page must stand: no violation that a machine sees, no sideways scroll; a picture when asked for."""
        if axe:
            self.check(page)
        assert page.evaluate(SIDEWAYS) == [], f"{page.url} scrolls sideways"
        if name and os.environ.get("HANDSLAG_PICTURES") == "1":
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.evaluate("() => scrollTo(0, 0)")
            page.screenshot(path=PICTURES / f"journey-{name}.png")


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """Addresses opened during one journey, by who opened them; what somebody of another journey was refused is not theirs."""
    return {}


@pytest.fixture
def visits(browser: Any, product: RunningProduct, axe: Any, seen: Any) -> Iterator[Visits]:
    """Opens windows; closes them and tells what their consoles said."""
    them = Visits(browser, product, axe, seen)
    yield them
    for context in them.contexts:
        with contextlib.suppress(Exception):
            context.close()
    assert them.faults == [], them.faults
