"""The clocks of investigations by events, and what holds a child's file open."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from handslag.casework import public as casework
from handslag.foundation import public as foundation

KIND = "child_protection"


def register() -> None:
    """Let the clocks run, and say what is not finished before a file closes."""
    opened, closed = "child_protection.investigation_opened", "child_protection.investigation_closed"
    casework.keep_clock("UTR", about="investigation_id", starts=opened, met_by=[closed])
    casework.keep_clock(
        "UTRINFO", about="investigation_id", starts=opened, met_by=["child_protection.concerned_informed"],
        lapsed_by=[closed],
    )  # fmt: skip
    casework.register_clock_source("child_protection", _expected_clocks)
    casework.register_closing_check("child_investigation", KIND, _open_investigation)
    casework.register_closing_check("child_measure", KIND, _open_measure)
    casework.register_closing_check("child_report", KIND, _undecided_report)


def _expected_clocks(case_ids: Sequence[UUID]) -> list[casework.ExpectedClock]:
    from handslag.child_protection.queries.expected_clocks import expected_of_cases

    return expected_of_cases(case_ids)


def _open_investigation(case_id: UUID) -> dict[str, Any] | None:
    from handslag.child_protection.models import Investigation

    is_open = Investigation.objects.filter(case_id=case_id, state="open").exists()
    return foundation.said("child_protection.hindrance.investigation") if is_open else None


def _open_measure(case_id: UUID) -> dict[str, Any] | None:
    from handslag.child_protection.models import Measure

    holds = Measure.objects.filter(case_id=case_id, ended_on__isnull=True).exists()
    return foundation.said("child_protection.hindrance.measure") if holds else None


def _undecided_report(case_id: UUID) -> dict[str, Any] | None:
    from handslag.child_protection.queries.reports import undecided_in

    return foundation.said("child_protection.hindrance.report") if undecided_in(case_id).exists() else None
