"""The form of every write: keyword-only, by someone, at an instant, in one transaction."""

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeVar, cast

from handslag.foundation.actor import Actor, acting
from handslag.foundation.errors import HandslagError

F = TypeVar("F", bound=Callable[..., Any])

_running: ContextVar[bool] = ContextVar("handslag_operation", default=False)


def in_operation() -> bool:
    """Whether an operation runs; models that are written by operations only ask this before they save."""
    return _running.get()


def operation(function: F) -> F:
    """Run a write as `by` inside one transaction: rows, events and deferred jobs stand or fall together.

    The function must take keyword-only arguments with `by: Actor` and `at: datetime` among them.
    """
    parameters = inspect.signature(function).parameters
    if {"by", "at"} - set(parameters) or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{function.__qualname__}: an operation takes keyword-only arguments with by and at")

    @functools.wraps(function)
    def run(*arguments: Any, **named: Any) -> Any:
        if arguments:
            raise TypeError(f"{function.__qualname__} takes keyword arguments only")
        by, at = named.get("by"), named.get("at")
        if not isinstance(by, Actor):
            raise TypeError(f"{function.__qualname__}: by= is not an Actor")
        if not isinstance(at, datetime) or at.tzinfo is None:
            raise HandslagError("The time of the act is missing or has no time zone.", where="at")
        within = _running.get()
        token = _running.set(True)
        try:
            with acting(by, whole=True):
                return function(**named)
        except HandslagError as fault:
            if not within:
                fault.remember()
            raise
        finally:
            _running.reset(token)

    run.is_operation = True  # type: ignore[attr-defined]
    return cast(F, run)
