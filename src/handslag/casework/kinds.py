"""What the contexts above tell casework: which kinds of case there are, and what holds a case open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from handslag.foundation import public as foundation

Hindrance = dict[str, Any]
ClosingCheck = Callable[[UUID], "Hindrance | None"]
AssignmentCheck = Callable[[UUID, UUID], None]


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A kind of case. `prefix` begins its numbers: EB-2026-00001."""

    code: str
    prefix: str
    label: "str | Promise"


_kinds: dict[str, CaseKind] = {}
_closing_checks: dict[str, tuple[str, ClosingCheck]] = {}
_assignment_checks: dict[str, tuple[str | None, AssignmentCheck]] = {}


def register_case_kind(code: str, prefix: str, label: "str | Promise") -> None:
    """Say that there is such a kind of case; once for each code and prefix."""
    taken = next((kind for kind in _kinds.values() if kind.prefix == prefix and kind.code != code), None)
    if taken is not None:
        raise ValueError(f"the prefix {prefix!r} belongs to {taken.code!r}")
    _kinds[code] = CaseKind(code, prefix, label)


def case_kind(code: str) -> CaseKind:
    """The kind with the code; raises BadInput for one that nobody has registered."""
    if code not in _kinds:
        raise foundation.BadInput(
            "There is no kind of case called {kind}.",
            where="kind",
            do="Choose one of the kinds that the municipality works with.",
            values={"kind": code[:40]},
        )
    return _kinds[code]


def case_kinds() -> list[CaseKind]:
    """All kinds, by code."""
    return sorted(_kinds.values(), key=lambda kind: kind.code)


def register_closing_check(name: str, kind: str, check: ClosingCheck) -> None:
    """Ask `check(case_id)` before a case of the kind closes: None lets it, a stored sentence holds it open."""
    _closing_checks[name] = (kind, check)


def hindrances_from_above(kind: str, case_id: UUID) -> list[Hindrance]:
    """What the contexts above say is not finished in the case."""
    asked = (check(case_id) for for_kind, check in _closing_checks.values() if for_kind == kind)
    return [hindrance for hindrance in asked if hindrance]


def register_assignment_check(name: str, kind: str | None, check: AssignmentCheck) -> None:
    """Ask `check(case_id, worker_id)` before somebody becomes responsible for a case of the kind, or of any kind (None).

    It raises Refused to say no.
    """
    _assignment_checks[name] = (kind, check)


def check_assignment(kind: str, case_id: UUID, worker_id: UUID) -> None:
    """Let the contexts above refuse that a member of staff becomes responsible (bias, FL 16-17)."""
    for for_kind, check in _assignment_checks.values():
        if for_kind in (None, kind):
            check(case_id, worker_id)
