"""Days used over close and reopening, for the worker, the manager and the statistics (SoL 20:3)."""

from __future__ import annotations

from datetime import date

from handslag.child_protection.models import Investigation
from handslag.child_protection.rules.chain_of_investigations import ChainOf, Examined, chain_through
from handslag.foundation import public as foundation

COUNTS = foundation.system("child_protection")


def chain_of(investigation: Investigation, *, today: date | None = None) -> ChainOf:
    """The chain of the same child and question that the investigation belongs to, with the days used.

    All files of the child are counted, also those that the reader may not open: only ids and days come out, so that
    no change of unit hides what was used.
    """
    with foundation.acting(COUNTS):
        rows = Investigation.objects.filter(child_id=investigation.child_id).exclude(id=investigation.id)
        others = [_examined(row) for row in rows.order_by("opened_on", "id")]
    one = _examined(investigation)
    return chain_through(one, [*others, one], today or foundation.today())


def days_used(investigation: Investigation, today: date) -> int:
    """How many days the child has been examined on the question, this one included."""
    return chain_of(investigation, today=today).days_used


def _examined(row: Investigation) -> Examined:
    return Examined(row.id, tuple(row.questions), row.opened_on, row.closed_on)
