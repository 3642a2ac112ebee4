"""The processes of measures around a child: for each kind the steps that its rules name, with their clocks.

They are built of `rules/measures.py`, so that what sets off a time limit, what the page calls next, what is drawn and what
is measured are the same declaration. Each round is one measure, or care that goes on through several homes (`care_id`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.child_protection.investigation_states import FollowUpGround
from handslag.child_protection.rules.measures import (
    EMERGENCY_HOME,
    EXECUTED,
    FOLLOWED,
    MEASURES,
    MeasureClock,
)

Step = casework.Step
WORKER, COMMITTEE, COURT = "case_worker", "committee", "court"
RECORDED, ENDED, LEFT, FOLLOW_UP = "recorded", "ended", "left_emergency_home", "follow_up"
_RECORDED, _TAKEN, _ENDED = (
    "child_protection.measure_recorded", "child_protection.measure_step_taken", "child_protection.measure_ended",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Decided:
    """What a kind of measure is called, who decides it and by which law; `read` where that section has been read."""

    title: Promise
    who: str
    law: str
    read: bool = False


_DECIDED: Mapping[str, _Decided] = {
    "placement_sol": _Decided(_("Placement with consent (SoL)"), COMMITTEE, "SoL 9, 22 kap.", read=True),
    "lvu_care2": _Decided(_("Care under LVU 2 §"), COURT, "LVU 2"),
    "lvu_care3": _Decided(_("Care under LVU 3 §"), COURT, "LVU 3"),
    "lvu_immediate": _Decided(_("Immediate taking into care (LVU 6 §)"), COMMITTEE, "LVU 6"),
    "lvu_judgment": _Decided(_("A judgment on care under LVU is final"), COURT, "LVU 5"),
    "contact_limit14": _Decided(_("Limited contact or secret address (LVU 14 §)"), COMMITTEE, "LVU 14", read=True),
    "compulsion22": _Decided(_("Preventive measure (LVU 22 §)"), COMMITTEE, "LVU 22", read=True),
    "moving_ban26": _Decided(_("Ban on moving the child (LVU 24 §)"), COURT, "LVU 24"),
    "moving_ban_temporary": _Decided(_("Temporary ban on moving the child (LVU 27 §)"), COMMITTEE, "LVU 27"),
    "exit_ban31c": _Decided(_("Ban on leaving the country (LVU 31 a §)"), COURT, "LVU 31a"),
    "exit_ban_temporary": _Decided(_("Temporary ban on leaving the country (LVU 31 d §)"), COMMITTEE, "LVU 31d"),
    "skb_care": _Decided(_("The child in protected housing (lag 2024:79)"), COURT, "Lag 2024:79"),
    "skb_limits": _Decided(_("Limited contact or secret address in protected housing"), COMMITTEE, "Lag 2024:79"),
    "skb_immediate": _Decided(_("Immediate protected housing for the child"), COMMITTEE, "Lag 2024:79"),
    "youth_service": _Decided(_("A judgment on youth service is final"), COURT, "SoL 18:8"),
}  # fmt: skip

# What each time limit asks for, by its rule, and who does it.
_DUTIES: Mapping[str, tuple[Promise, str, str]] = {
    "OVERV": (_("Consider whether the placement is still needed"), COMMITTEE, "SoL 22:13"),
    "VARDN": (_("Consider a transfer of custody"), COMMITTEE, "SoL 22:14, LVU 13c"),
    "VARDPLAN": (_("Think the care plan over anew"), WORKER, "SoL 9:12-13"),
    "LVU_UND": (_("Submit the immediate taking into care under LVU to the court"), COMMITTEE, "LVU 7"),
    "LVU_ANS": (_("Apply for care under LVU at the court"), COMMITTEE, "LVU 8"),
    "LVU_34": (_("The court hears the application"), COURT, "LVU 34"),
    "LVU_START": (_("The care under LVU must have begun"), WORKER, "LVU 5"),
    "LVU_2": (_("Consider whether the care under LVU is still needed"), COMMITTEE, "LVU 13"),
    "LVU_3": (_("Review the care under LVU by a decision"), COMMITTEE, "LVU 13"),
    "LVU_14": (_("Consider the limits on contact"), COMMITTEE, "LVU 14"),
    "LVU_22": (_("Review the preventive measure"), COMMITTEE, "LVU 22"),
    "LVU_26": (_("Consider the ban on moving the child"), COMMITTEE, "LVU 26"),
    "LVU_29": (_("Apply for a ban on moving the child at the court"), COMMITTEE, "LVU 29"),
    "LVU_31c": (_("Review the ban on leaving the country"), COMMITTEE, "LVU 31c"),
    "LVU_31e": (_("Submit the temporary ban on leaving the country to the court"), COMMITTEE, "LVU 31e"),
    "LVU_31f": (_("Apply for a ban on leaving the country at the court"), COMMITTEE, "LVU 31f"),
    "SKB_UND": (_("Submit the protected housing to the court"), COMMITTEE, "Lag 2024:79 4 kap."),
    "SKB_ANS": (_("Apply for protected housing at the court"), COMMITTEE, "Lag 2024:79 4 kap."),
    "SKB_OVERV": (_("Consider whether the protected housing is still needed"), COMMITTEE, "Lag 2024:79 5:3, 5:6"),
    "UNGTJ": (_("The youth service must have begun"), WORKER, "SoL 18:8"),
}
# The same duties in words, for whoever lists the time limits.
DUTY_WORDS: Mapping[str, Promise] = {rule: words for rule, (words, _who, _law) in _DUTIES.items()}
# What no time limit asks for, but another is counted from.
_FACTS: Mapping[str, tuple[Promise, str]] = {
    EXECUTED: (_("The taking into care is executed"), WORKER),
    "confirmed": (_("The court confirms it"), COURT),
}


def _fact(kind: str, code: str, after: str) -> casework.Step:
    title, who = _FACTS[code]
    return Step(code, title, who, (_mark(kind, code),), law=_DECIDED[kind].law, after=(after,), confirmed=False)


def _duty(kind: str, clock: MeasureClock, after: str) -> casework.Step:
    """What meets a time limit. The plan is thought over and a transfer of custody considered only after years of care."""
    title, who, law = _DUTIES[clock.rule]
    after_years = MEASURES[kind].is_care and clock.rule in ("VARDPLAN", "VARDN")
    return Step(
        clock.met_by, title, who, (_mark(kind, clock.met_by),), law=law, clock=clock.rule, after=(after,),
        optional=after_years,
    )  # fmt: skip


def _mark(kind: str, code: str) -> str:
    return f"{_TAKEN}[step={kind}.{code}]"


def _steps(kind: str) -> list[casework.Step]:
    """The steps in order: what one time limit ends in begins the next, and what comes back stands beside the rest."""
    decided = _DECIDED[kind]
    steps = [
        Step(
            RECORDED, _("It is decided, and recorded from its first day"), decided.who, (f"{_RECORDED}[kind={kind}]",),
            law=decided.law, confirmed=decided.read,
        )
    ]  # fmt: skip
    last = RECORDED
    for clock in MEASURES[kind].clocks:
        known = {step.code for step in steps}
        if clock.starts == EXECUTED:
            steps.insert(1, _fact(kind, EXECUTED, RECORDED))
        for code in (clock.starts, clock.after):
            if code and code != EXECUTED and code not in known:
                steps.append(_fact(kind, code, last))
                last = code
        steps.append(_duty(kind, clock, RECORDED if clock.recurs or MEASURES[kind].is_care else last))
        last = clock.met_by
    return [*steps, *_afterwards(kind)]


def _afterwards(kind: str) -> list[casework.Step]:
    """What ends a measure that holds until somebody ends it, and what follows care."""
    told = MEASURES[kind]
    if not any(clock.recurs for clock in told.clocks):
        return []
    found = []
    if told.is_care:
        left = tuple(f"{event}[left={EMERGENCY_HOME}]" for event in (_RECORDED, _ENDED))
        found.append(
            Step(
                LEFT, _("The child leaves the emergency home after the investigation"), WORKER, left,
                law="SoL 22:4", clock="JOUR", after=(RECORDED,), optional=True,
            )
        )  # fmt: skip
    found.append(Step(ENDED, _("The measure ends"), WORKER, (f"{_ENDED}[kind={kind}]",), after=(RECORDED,)))
    if told.follow_up == "UPPF_P":
        marks = (f"child_protection.follow_up_started[ground={FollowUpGround.AFTER_PLACEMENT.value}]",)
        found.append(
            Step(
                FOLLOW_UP, _("Follow the child after the placement, by decision"), WORKER, marks,
                law="SoL 23:2", clock="UPPF_P", after=(ENDED,), optional=True,
            )
        )  # fmt: skip
    if told.follow_up == "UPPF_LVU":
        found.append(
            Step(
                FOLLOWED, _("Follow the child after the care"), WORKER, (_mark(kind, FOLLOWED),),
                law="LVU 21b", clock="UPPF_LVU", after=(ENDED,),
            )
        )  # fmt: skip
    return found


MEASURE_PROCESSES: Mapping[str, casework.Process] = {
    kind: casework.Process(
        code=f"measure_{kind}",
        title=decided.title,
        kind="child_protection",
        law=decided.law,
        about="care_id",
        steps=tuple(_steps(kind)),
    )
    for kind, decided in _DECIDED.items()
}


def register() -> None:
    """Declare them."""
    for process in MEASURE_PROCESSES.values():
        casework.register_process(process)
