"""What follows a decision: the letter and the payment, by a job that exists exactly when the decision does.

A job that decides carries out what it has decided itself, before it ends: then it is that job, and no other is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from handslag.casework import public as casework
from handslag.foundation.jobs import app
from handslag.foundation.public import Actor

TASK = "income_support.carry_out_decision"
_in_hand: ContextVar[bool] = ContextVar("handslag_decided_in_hand", default=False)


@contextmanager
def carried_out_by_this_job() -> Iterator[None]:
    """Within the block nothing is deferred: the job that runs carries out the decision, or runs again until it has."""
    token = _in_hand.set(True)
    try:
        yield
    finally:
        _in_hand.reset(token)


def carry_out(decision: casework.Decision, *, by: Actor, at: datetime) -> None:
    """Defer the letter and the payment of a decision, in its own transaction."""
    if _in_hand.get():
        return
    app.configure_task(TASK, queue="default").defer(decision_id=str(decision.id))
