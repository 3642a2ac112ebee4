"""What the events should make somebody look at, beside the clocks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from handslag.casework.rules.calendar import add_months
from handslag.casework.rules.clock_matters import Investigation, Report
from handslag.casework.rules.clocks import Timing

# What boards are told of each month; not a limit of law.
_REPEATED_REPORTS = 3
_REPEATED_WITHIN_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Warning:
    """One thing to look at. `facts` are ids, days and numbers only; `text` is one English sentence or two."""

    code: str
    person: str | None
    text: str
    facts: Mapping[str, object] = field(default_factory=dict)


def warnings_of(timing: Timing) -> list[Warning]:
    """All warnings, in the order of code, person and what they are about."""
    found = [
        *_restarted(timing),
        *_extended_too_late(timing),
        *_reports(timing),
        *_forms(timing),
        *_decisions(timing),
        *_without_rule(timing),
    ]
    return sorted(found, key=lambda one: (one.code, one.person or "", str(list(one.facts.values()))))


def _restarted(timing: Timing) -> Iterator[Warning]:
    for chain in timing.chains:
        ids = [one.id for one in chain.investigations]
        yield Warning(
            "investigation.restarted",
            chain.child,
            f"The investigation has been opened anew on the same question ({', '.join(ids)}). Together the "
            f"investigations have been open for {chain.days_used} days; the time does not begin again.",
            {"investigations": ids, "days_used": chain.days_used},
        )


def _extended_too_late(timing: Timing) -> Iterator[Warning]:
    for investigation, decided_on in timing.too_late:
        yield Warning(
            "investigation.extended_too_late",
            investigation.child,
            "The extension was decided after the last day, so it does not count.",
            {"investigation": investigation.id, "on": decided_on},
        )


def _reports(timing: Timing) -> Iterator[Warning]:
    investigations: dict[str, list[Investigation]] = {}
    for one in timing.matters.investigations.values():
        investigations.setdefault(one.child, []).append(one)
    ordered = sorted(timing.matters.reports.values(), key=lambda one: (one.child, one.on, one.id))
    for child, group in groupby(ordered, key=lambda one: one.child):
        reports = list(group)
        of_child = investigations.get(child, [])
        for report in reports:
            if report.assessed_on is None and report.on < timing.today:
                yield Warning(
                    "protection.missing",
                    child,
                    "No assessment of the need for immediate protection is recorded. It is made at once.",
                    {"report": report.id},
                )
            refused_on = report.not_investigated_on
            if (
                report.suspected_violence
                and refused_on is not None
                and not any(one.on >= refused_on or one.is_open_on(refused_on) for one in of_child)
            ):
                yield Warning(
                    "violence.investigation_mandatory",
                    child,
                    "Violence was suspected, so an investigation must be opened, but none was.",
                    {"report": report.id},
                )
        # The newest row of reports that no investigation has answered since its first.
        for last in range(len(reports) - 1, _REPEATED_REPORTS - 2, -1):
            row = _repeated(reports[: last + 1])
            if len(row) >= _REPEATED_REPORTS and not any(
                one.closed_on is None or one.closed_on > row[0].on for one in of_child
            ):
                yield Warning(
                    "report.third_within_six_months",
                    child,
                    f"{len(row)} reports have come within six months and no investigation has been opened.",
                    {"reports": [one.id for one in row]},
                )
                break


def _repeated(reports: list[Report]) -> list[Report]:
    newest = reports[-1].on
    return [one for one in reports if newest <= add_months(one.on, _REPEATED_WITHIN_MONTHS)]


def _forms(timing: Timing) -> Iterator[Warning]:
    for placement in timing.matters.placements.values():
        if not placement.form_is_known:
            yield Warning(
                "placement.form_unknown",
                placement.child,
                "The form of the placement is not known here, so clocks that depend on it are not counted.",
                {"placement": placement.id},
            )


def _decisions(timing: Timing) -> Iterator[Warning]:
    for decision in timing.matters.decisions.values():
        if decision.person is None:
            yield Warning(
                "decision.person_unknown",
                None,
                "The decision is told of only by its communication, so whom it concerns is not known.",
                {"decision": decision.id},
            )
    for clock in timing.clocks:
        if clock.rule == "FL12" and clock.state == "breached":
            may_ask_from = clock.last_day + timedelta(days=1)
            yield Warning(
                "application.decision_may_be_requested",
                clock.person,
                f"From {may_ask_from.isoformat()} the applicant may ask in writing for a decision (FL 12).",
                {"application": clock.about, "from": may_ask_from},
            )


def _without_rule(timing: Timing) -> Iterator[Warning]:
    for rule, about, person, day in timing.no_rule:
        yield Warning(
            "rule.none_in_force",
            person,
            f"No version of {rule} is known for {day.isoformat()}, so nothing is counted for it.",
            {"rule": rule, "about": about, "on": day},
        )
