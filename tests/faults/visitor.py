"""Somebody with a browser that shows nothing: opens pages of the running product and sends their forms as they stand there."""

from typing import Any
from urllib.parse import urljoin

import httpx
from lxml import html

PATIENCE_SECONDS = 60


class Visitor:
    """Logged in on the page that the demo has for it. `page` is what was opened last."""

    def __init__(self, address: str, who: str) -> None:
        self._client = httpx.Client(
            base_url=address, follow_redirects=True, timeout=PATIENCE_SECONDS, trust_env=False,
            headers={"Origin": address, "Accept-Language": "sv"},
        )  # fmt: skip
        self.open("/konto/logga-in/")
        self.send(who=who)

    def open(self, path: str) -> str:
        """Open a page; gives its text."""
        return self._show(self._client.get(path))

    def send(self, **answers: str) -> str:
        """Send the form that holds the first of these fields, with what it already says; gives the next page's text."""
        first, value = next(iter(answers.items()))
        form = next(form for form in self.page.forms if self._fits(form, first, value))
        values = dict(form.form_values()) | answers
        return self._show(self._client.post(urljoin(self.at, form.action or ""), data=values))

    def _fits(self, form: Any, name: str, value: str) -> bool:
        if form.method != "POST" or name not in form.fields:
            return False
        hidden = [each.value for each in form.inputs if each.get("type") == "hidden" and each.name == name]
        return not hidden or value in hidden

    def _show(self, answer: httpx.Response) -> str:
        assert answer.status_code == 200, f"{answer.status_code} at {answer.url.path}"
        self.at = str(answer.url)
        self.page: Any = html.fromstring(answer.content)
        main: Any = self.page.find(".//main")
        return " ".join(main.text_content().split())
