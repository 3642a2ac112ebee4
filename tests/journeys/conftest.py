"""One product and one browser for all journeys; each window fails its test on anything in its console."""

import contextlib
import functools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import trans_real

from tests.browser import DESKTOP, PICTURES, SIDEWAYS
from tests.journeys.product import RunningProduct
from tests.portal.test_languages import NAMES, texts

WAITS_MS = 60_000
OTHER = {"sv": "en", "en": "sv"}
REFUSED = ("400", "403", "404")
FORM_HEADERS = ("content-type", "origin", "referer")


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
class OtherLanguage:
    """A window for what other windows show, in the other language and size for size, without touching them."""

    page: Any

    def open(self, like: Any, answer: Any) -> Any:
        """The same page for the same person. What was shown to a form (a preview, a refusal) is asked for once more."""
        language = OTHER[like.locator("html").get_attribute("lang")]
        context, request = self.page.context, answer.request
        context.clear_cookies()
        context.add_cookies(
            [one for one in like.context.cookies() if one["name"] != settings.LANGUAGE_COOKIE_NAME]
            + [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": like.url}]
        )
        self.page.set_viewport_size(like.viewport_size)
        if request.method == "POST":
            headers = {name: told for name, told in request.all_headers().items() if name in FORM_HEADERS}
            self.page.route(
                like.url,
                lambda route: route.continue_(
                    method="POST", post_data=request.post_data_buffer, headers=route.request.headers | headers
                ),
                times=1,
            )
        shown = self.page.goto(like.url)
        assert shown.status == answer.status, f"{like.url} in {language}: {shown.status}, not {answer.status}"
        assert self.page.locator("html").get_attribute("lang") == language, like.url
        stray = said_in(OTHER[language]) - said_in(language) - {*NAMES}
        wrong = [text for text in texts(self.page.content(), language) if text in stray]
        assert wrong == [], f"{like.url} in {language}, and not in it: {wrong}"
        return self.page


@functools.cache
def said_in(language: str) -> frozenset[str]:
    """The product's own texts in a language, from its catalogues. What people have written is none of them."""
    catalogue = [
        (text.rpartition("\x04")[2], told)
        for text, told in trans_real.translation("sv")._catalog.items()  # type: ignore[attr-defined]
        if isinstance(text, str) and text
    ]
    return frozenset(" ".join(pair[language == "sv"].split()) for pair in catalogue)


@dataclass
class Visits:
    """Windows into the product. Every address that a page was opened at is kept under who opened it."""

    browser: Any
    product: RunningProduct
    check: Callable[[Any], None]
    seen: dict[str, set[str]]
    in_both: bool = False
    faults: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)
    documents: dict[Any, Any] = field(default_factory=dict)
    beside: OtherLanguage | None = None

    def open(
        self,
        who: str = "",
        path: str = "/",
        *,
        size: dict[str, int] = DESKTOP,
        language: str = "sv",
        meant: tuple[str, ...] = (),
    ) -> Any:
        """A window of its own; `who` logs in on the page that the demo has for it, as a visitor of the demo would."""
        page = self._window(size, who or "a visitor", meant)
        page.on("framenavigated", lambda frame: self.seen.setdefault(who, set()).add(frame.url))
        page.on("response", lambda answer: self._keep(page, answer))
        if language != "sv":
            page.goto(f"/sprak/{language}/")
        if who:
            page.goto("/konto/logga-in/")
            page.locator(f"form:has(input[name=who][value='{who}']) button").click()
            page.wait_for_url(lambda url: "logga-in" not in url)
        page.goto(path)
        return page

    def _window(self, size: dict[str, int], whose: str, meant: tuple[str, ...]) -> Any:
        context = self.browser.new_context(
            viewport=size,
            base_url=self.product.address,
            reduced_motion="reduce",
            locale="sv-SE",
            accept_downloads=True,
        )
        self.contexts.append(context)
        context.set_default_timeout(WAITS_MS)
        context.set_default_navigation_timeout(WAITS_MS)
        page = context.new_page()

        def note(text: str) -> None:
            if not any(piece in text for piece in meant):
                self.faults.append(f"{whose} at {page.url}: {text}")

        page.on(
            "console",
            lambda said: (
                note(f"{said.text} ({said.location.get('url', '')})")
                if said.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda error: note(str(error)))
        return page

    def _keep(self, page: Any, answer: Any) -> None:
        """The answer that became the page which the window shows."""
        request = answer.request
        if (
            request.is_navigation_request()
            and request.frame == page.main_frame
            and not 300 <= answer.status < 400
        ):
            self.documents[page] = answer

    def look(self, page: Any, name: str = "", *, axe: bool = True) -> None:
        """What every page must stand: no violation that a machine sees, no sideways scroll; a picture when asked for.

        Where the journey is in both languages, the page is opened beside it in the other one, and must stand the same.
        """
        if axe:
            self.check(page)
        assert page.evaluate(SIDEWAYS) == [], f"{page.url} scrolls sideways"
        if self.in_both:
            # Refusals are told in the console too, and what was refused here is refused there.
            self.beside = self.beside or OtherLanguage(
                self._window(dict(page.viewport_size), "the other language", REFUSED)
            )
            there = self.beside.open(page, self.documents[page])
            self.check(there)
            assert there.evaluate(SIDEWAYS) == [], f"{there.url} scrolls sideways in the other language"
        if name and os.environ.get("HANDSLAG_PICTURES") == "1":
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.evaluate("() => scrollTo(0, 0)")
            page.screenshot(path=PICTURES / f"journey-{name}.png")


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """Addresses opened during one journey, by who opened them; what somebody of another journey was refused is not theirs."""
    return {}


@pytest.fixture
def visits(browser: Any, product: RunningProduct, axe: Any, seen: Any, request: Any) -> Iterator[Visits]:
    """Opens windows; closes them and tells what their consoles said. A module with `IN_BOTH_LANGUAGES` is seen in both."""
    them = Visits(browser, product, axe, seen, in_both=getattr(request.module, "IN_BOTH_LANGUAGES", False))
    yield them
    for context in them.contexts:
        with contextlib.suppress(Exception):
            context.close()
    assert them.faults == [], them.faults
