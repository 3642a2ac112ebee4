"""What an investigation needs before it may close: what is done, what is left, by whom and when, and what comes next."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.desk.children.presenters import EARLY, missing_codes
from handslag.portal.shell import formats

# What each step is done through: the act of the page, and what its button says.
DO: dict[str, tuple[str, Any]] = {
    "informed": ("informera", _("Tell those concerned")),
    "planned": ("plan", _("Put a step into the plan")),
    "child_view": ("barnets-syn", _("Write down the child's own view")),
    "risk": ("risk", _("Assess risk and protection")),
    "best_interests": ("barnets-basta", _("Weigh the child's best")),
    "assessment": ("bedomning", _("Write the assessment")),
    "communicated": ("", _("Communicate before the decision")),
}
TITLES = {one.code: one.title for one in children.CHILD_INVESTIGATION.steps} | {"plan": _("The plan")}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that a close asks for. `who` and `when` are of what is done, or of what is left."""

    code: str
    title: Any
    is_done: bool
    who: str
    when: str
    url: str
    link: Any
    waits: bool = False
    is_late: bool = False
    # It is left, and an early close asks for it too.
    also_early: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """All tasks, how many of them are done, and the one to take next: None when all is done or only answers are waited for."""

    tasks: list[Task]
    done: int
    next: Task | None

    @property
    def is_whole(self) -> bool:
        """Nothing is missing before an ordinary close."""
        return self.done == len(self.tasks)

    @property
    def waits(self) -> Task | None:
        """What is waited for, when nothing else is left to do."""
        return None if self.next else next((task for task in self.tasks if task.waits), None)


def overview_of(view: children.InvestigationView, case: casework.Case, actor: foundation.Actor) -> Overview:
    """Where an open investigation stands."""
    missing = set(missing_codes(view.investigation))
    early = set(missing_codes(view.investigation, EARLY))
    worker = case.worker.name if case.worker is not None else gettext("Nobody yet")
    hands, tasks = children.hands_of(view.investigation, actor), []
    for code in ("informed", "plan", "child_view", "risk", "best_interests", "assessment", "communicated"):
        make = {"plan": _plan, "communicated": _communicated}.get(code, _written)
        is_left = code in missing or (code == "plan" and "planned" in missing)
        who = worker if is_left else hands.get("planned" if code == "plan" else code, "")
        tasks.append(make(view, code, missing, who, also_early=code in early))
    left = [task for task in tasks if not task.is_done and not task.waits]
    following = min(left, key=lambda task: _turn(task, bool(view.steps)), default=None)
    return Overview(tasks, sum(1 for task in tasks if task.is_done), following)


def _turn(task: Task, has_steps: bool) -> int:
    """Whose turn it is among what is left: a plan whose steps lie ahead does not stand in the way of what can be done
    today, and one tells the parties last, when what they are told of is there."""
    if task.code == "communicated":
        return 2
    return 1 if task.code == "plan" and has_steps and not task.is_late else 0


def _written(
    view: children.InvestigationView, code: str, missing: set[str], who: str, *, also_early: bool
) -> Task:
    """A statement, or that those concerned are told."""
    one, done = view.investigation, code not in missing
    stated = view.statements.get(code)
    when = ""
    if stated is not None:
        who, when = stated.written_by.name if stated.written_by else "", formats.day(stated.at)
    elif code == "informed" and one.informed_at is not None:
        when = formats.day(one.informed_on or one.informed_at)
    act, link = DO[code]
    return Task(code, TITLES[code], done, who, when, _act(one, act), link, also_early=also_early)


def _plan(
    view: children.InvestigationView, code: str, missing: set[str], who: str, *, also_early: bool
) -> Task:
    one, today = view.investigation, foundation.today()
    page = reverse("desk-investigation-one", args=[one.case_id, one.id])
    left = [step for step in view.steps if step.done_on is None and not step.dropped_because]
    if "planned" in missing or not view.steps:
        act, link = DO["planned"]
        is_done = "planned" not in missing
        return Task(code, TITLES[code], is_done, who, "", _act(one, act), link, also_early=also_early)
    if not left:
        ended = max((step.done_on for step in view.steps if step.done_on), default=None)
        return Task(
            code, TITLES[code], True, _finisher(view), formats.day(ended), f"{page}#plan", _("Look at it"),
            also_early=also_early,
        )  # fmt: skip
    nearest = left[0]
    who = nearest.who or (nearest.account.name if nearest.account else who)
    words = gettext("{what}, until {day}").format(what=nearest.what, day=formats.day(nearest.due_on))
    url = reverse("desk-investigation-step", args=[one.case_id, one.id, nearest.id])
    return Task(
        code, TITLES[code], False, who, words, url, _("Do the next step of the plan"),
        is_late=nearest.due_on <= today, also_early=also_early,
    )  # fmt: skip


def _finisher(view: children.InvestigationView) -> str:
    """Who finished the last step of the plan that was done."""
    done = sorted((step for step in view.steps if step.done_on), key=lambda step: step.done_on or date.min)
    return done[-1].done_by.name if done and done[-1].done_by else ""


def _communicated(
    view: children.InvestigationView, code: str, missing: set[str], who: str, *, also_early: bool
) -> Task:
    """Told, answered or not needed; or told, and the time to answer runs."""
    one = view.investigation
    latest = view.communications[0] if view.communications else None
    if code not in missing:
        # That it was not needed is told of the case alone, so its hand is read from the row itself.
        sender = latest.sent_by.name if latest and latest.sent_by else ""
        return Task(
            code, TITLES[code], True, who or sender, formats.day(latest.sent_at) if latest else "", _told(one.case_id),
            _("Look at it"), also_early=also_early,
        )  # fmt: skip
    open_ones = [each for each in view.communications if each.state == "sent"]
    if any(each.wants_to_speak_at for each in open_ones):
        words = gettext("Somebody wants to speak with you before the decision.")
        return Task(
            code, TITLES[code], False, who, words, _told(one.case_id), _("Call, and write down what is said"),
            also_early=also_early,
        )  # fmt: skip
    until: date | None = max((each.answer_until for each in open_ones if each.answer_until), default=None)
    if until is not None and until >= foundation.today():
        words = gettext("They may answer until {day}.").format(day=formats.day(until))
        return Task(
            code, TITLES[code], False, gettext("The parties"), words, _told(one.case_id), _("Write down an answer"),
            waits=True, also_early=also_early,
        )  # fmt: skip
    url = reverse("desk-investigation-communicate", args=[one.case_id, one.id])
    return Task(code, TITLES[code], False, who, "", url, DO[code][1], also_early=also_early)


def _act(one: children.Investigation, act: str) -> str:
    return reverse("desk-investigation-act", args=[one.case_id, one.id, act])


def _told(case_id: UUID) -> str:
    return reverse("desk-communication", args=[case_id])
