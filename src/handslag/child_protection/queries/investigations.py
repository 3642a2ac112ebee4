"""Reading investigations: those of a file, and one with everything in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import readable_investigation
from handslag.child_protection.investigation_states import SIDES, Area, StatementKind
from handslag.child_protection.models import (
    AreaText,
    FollowUp,
    Investigation,
    ObtainedData,
    PlanStep,
    PlanStepChange,
    Statement,
    Talk,
    TalkDraft,
)
from handslag.child_protection.queries.chains import chain_of
from handslag.child_protection.queries.follow_up import FollowUpTime, may_follow
from handslag.child_protection.rules.chain_of_investigations import ChainOf
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class AreaState:
    """A heading with the text that holds; version 0 and an empty body where nothing is written yet."""

    area: Area
    side: str
    body: str
    version: int
    written_by: str
    text: AreaText | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the plan has come: steps done, steps that are to be done, those of them whose day has passed, and how many
    were struck out; `planned` counts no struck one."""

    done: int
    planned: int
    late: int
    struck: int = 0

    @property
    def left(self) -> int:
        """Steps that are still to be done."""
        return self.planned - self.done


@dataclass(frozen=True, slots=True)
class InvestigationView:
    """One investigation with all that is in it. `last_day` is the law's; `days_left` None once closed."""

    investigation: Investigation
    clock: casework.LegalClock | None
    last_day: date | None
    days_left: int | None
    chain: ChainOf
    steps: Sequence[PlanStep]
    progress: Progress
    areas: Sequence[AreaState]
    talks: Sequence[Talk]
    obtained: Sequence[ObtainedData]
    statements: dict[str, Statement]
    earlier_statements: Sequence[Statement]
    communications: Sequence[casework.Communication]
    decisions: Sequence[casework.Decision]
    follow_up: FollowUp | None
    may_follow: FollowUpTime | None


def investigations_of(case_id: UUID, actor: foundation.Actor) -> list[Investigation]:
    """The investigations of a child's file, newest first, as far as the actor may read them."""
    with foundation.acting(actor):
        rows = Investigation.objects.filter(case_id=case_id).select_related("opened_by")
        return list(rows.order_by("-opened_at", "-id"))


def open_investigation_of(case_id: UUID, actor: foundation.Actor) -> Investigation | None:
    """The file's open investigation, if any."""
    with foundation.acting(actor):
        return Investigation.objects.filter(case_id=case_id, state="open").first()


def investigation_view(investigation_id: UUID, actor: foundation.Actor) -> InvestigationView:
    """Everything in an investigation, in at most fourteen questions whatever its size; raises NoSuchInvestigation."""
    with foundation.acting(actor):
        investigation = readable_investigation(investigation_id, actor)
        today = foundation.today()
        clocks = casework.LegalClock.objects.filter(case_id=investigation.case_id, about=investigation.id)
        by_rule = {clock.rule: clock for clock in clocks}
        clock = by_rule.get("UTR")
        steps = list(
            PlanStep.objects.filter(investigation=investigation)
            .select_related("account", "done_by")
            .prefetch_related(Prefetch("changes", PlanStepChange.objects.select_related("changed_by")))
            .order_by("due_on", "id")
        )
        said = list(
            Statement.objects.filter(investigation=investigation)
            .select_related("written_by")
            .order_by("-at", "-id")
        )
        latest: dict[str, Statement] = {}
        for statement in said:
            latest.setdefault(statement.kind, statement)
        matter = {"case_id": investigation.case_id, "matter_id": investigation.id}
        return InvestigationView(
            investigation=investigation,
            clock=clock,
            last_day=clock.last_day if clock else None,
            days_left=_days_left(clock, today),
            chain=chain_of(investigation, today=today),
            steps=steps,
            progress=_progress(steps, today),
            areas=areas_of(investigation.id, actor),
            talks=list(
                Talk.objects.filter(investigation=investigation)
                .select_related("note", "noted_by")
                .order_by("-held_on", "-id")
            ),
            obtained=list(
                ObtainedData.objects.filter(investigation=investigation)
                .select_related("noted_by", "document")
                .order_by("asked_on", "id")
            ),
            statements=latest,
            earlier_statements=[one for one in said if latest[one.kind] is not one],
            communications=list(casework.Communication.objects.filter(**matter).order_by("-sent_at", "-id")),
            decisions=list(
                casework.Decision.objects.filter(**matter)
                .select_related("decided_by")
                .order_by("decided_at", "id")
            ),
            follow_up=FollowUp.objects.filter(investigation=investigation).first(),
            may_follow=may_follow(investigation, today),
        )


def areas_of(investigation_id: UUID, actor: foundation.Actor) -> list[AreaState]:
    """Every heading with the text that holds, in the order of reading."""
    with foundation.acting(actor):
        rows = AreaText.objects.filter(investigation_id=investigation_id).select_related("written_by")
        latest = {row.area: row for row in rows.order_by("version")}
    found = []
    for side, areas in SIDES.items():
        for area in areas:
            row = latest.get(area.value)
            name = row.written_by.name if row is not None and row.written_by is not None else ""
            found.append(AreaState(area, side, row.body if row else "", row.version if row else 0, name, row))
    return found


def area_versions(investigation_id: UUID, area: str, actor: foundation.Actor) -> list[AreaText]:
    """All versions of the text under a heading, newest first."""
    with foundation.acting(actor):
        rows = AreaText.objects.filter(investigation_id=investigation_id, area=area)
        return list(rows.select_related("written_by").order_by("-version"))


def talk_draft_of(note_id: UUID, actor: foundation.Actor) -> TalkDraft | None:
    """What the actor has chosen about the talk of an own draft, if anything."""
    with foundation.acting(actor):
        return TalkDraft.objects.filter(note_id=note_id).first()


def is_talk(note_id: UUID, actor: foundation.Actor) -> bool:
    """Whether a note counts as a talk of an investigation, as far as the actor reads it."""
    with foundation.acting(actor):
        return Talk.objects.filter(note_id=note_id).exists()


def statements_of(investigation_id: UUID, kind: StatementKind, actor: foundation.Actor) -> list[Statement]:
    """All that was stated of a kind, newest first."""
    with foundation.acting(actor):
        rows = Statement.objects.filter(investigation_id=investigation_id, kind=kind)
        return list(rows.select_related("written_by").order_by("-at", "-id"))


def _days_left(clock: casework.LegalClock | None, today: date) -> int | None:
    if clock is None or clock.last_day is None or clock.closed_on is not None:
        return None
    return (clock.last_day - today).days


def _progress(steps: Sequence[PlanStep], today: date) -> Progress:
    kept = [step for step in steps if not step.dropped_because]
    left = [step for step in kept if step.done_on is None]
    late = sum(1 for step in left if step.due_on < today)
    return Progress(len(kept) - len(left), len(kept), late, len(steps) - len(kept))
