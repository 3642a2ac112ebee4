"""What follows a decision: the letter and the payment, by a job that exists exactly when the decision does."""

from __future__ import annotations

from datetime import datetime

from handslag.casework import public as casework
from handslag.foundation.jobs import app
from handslag.foundation.public import Actor

TASK = "income_support.carry_out_decision"


def carry_out(decision: casework.Decision, *, by: Actor, at: datetime) -> None:
    """Defer the letter and the payment of a decision, in its own transaction."""
    app.configure_task(TASK, queue="default").defer(decision_id=str(decision.id))
