"""Errors that a person can act on: what is wrong, where, and what to do.

`what` and `do` are English templates; they are translated and filled when shown, so that an error
raised under one language can be read in another.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext


class HandslagError(Exception):
    """A fault that is told to a person. `where` names the field or key that it concerns, if any."""

    def __init__(
        self, what: str, *, where: str = "", do: str = "", values: dict[str, Any] | None = None
    ) -> None:
        super().__init__(what)
        self.template = what
        self.do_template = do
        self.where = where
        self.values = values or {}
        self.afterwards: Callable[[], None] | None = None

    def remember(self) -> None:
        """Write what is to be known of the refusal itself, when all else of the act has been undone."""
        if self.afterwards is not None:
            self.afterwards()

    @property
    def what(self) -> str:
        """What is wrong, in the reader's language."""
        return _filled(self.template, self.values)

    @property
    def do(self) -> str:
        """What the person can do about it, in the reader's language; may be empty."""
        return _filled(self.do_template, self.values)

    @property
    def in_one_line(self) -> str:
        """What is wrong and what to do, as one line."""
        return f"{self.what} {self.do}".strip()

    def __str__(self) -> str:
        return self.in_one_line


class BadInput(HandslagError):
    """What was typed or sent cannot be used as it stands."""


class Refused(HandslagError):
    """The actor may not do this."""


class NotFound(HandslagError):
    """There is no such thing, or the actor may not know of it; the two are told alike."""


class Conflict(HandslagError):
    """Somebody else changed the same thing in the meantime; nothing of either is lost."""


def _filled(template: str, values: dict[str, Any]) -> str:
    text = gettext(template) if template else ""
    return text.format(**values) if values else text
