"""How the job library starts within Handslag."""

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
from procrastinate import App, exceptions, sync_psycopg_connector


def on_app_ready(app: App) -> None:
    """Load the foundation's own tasks, which belong to no other context."""
    import handslag.foundation.jobs  # noqa: F401

    tell_of_waiting_jobs()


def tell_of_waiting_jobs() -> None:
    """Let a job of the schedule that still waits in the queue be skipped, as the library means it to be.

    It reads the key of the waiting job out of the database's words, which leave it out of a table under row-level
    security; the worker then ended, and ended again at each start for as long as that job waited.
    """
    told: Any = sync_psycopg_connector.wrap_exceptions
    if getattr(told, "without_details", False):
        return

    @contextlib.contextmanager
    def wrap_exceptions() -> Iterator[None]:
        try:
            with told():
                yield
        except AssertionError as fault:
            refused = fault.__context__
            if not isinstance(refused, psycopg.errors.UniqueViolation) or refused.diag.message_detail:
                raise
            raise exceptions.UniqueViolation(
                constraint_name=refused.diag.constraint_name, queueing_lock=None
            ) from refused

    wrap_exceptions.without_details = True  # type: ignore[attr-defined]
    sync_psycopg_connector.wrap_exceptions = wrap_exceptions
