"""What stands around every page of a case: who and what, the next step, the tabs, and the right column."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.people import public as people
from handslag.portal.desk.children.presenters import steps_to_take
from handslag.portal.desk.words import CLOCK_WORDS
from handslag.portal.shell import formats

READERS = (Role.CASE_WORKER, Role.MANAGER, Role.RECEPTION, Role.PROTECTED)
WORKERS = (Role.CASE_WORKER, Role.MANAGER, Role.PROTECTED)
COLOURS = {
    "overdue": "danger",
    "today": "warning",
    "week": "info",
    "later": "neutral",
    "unclocked": "neutral",
}
UNDECIDED = ("awaiting_co_applicant", "submitted", "assessing", "with_worker")

OVERVIEW = ("overview", "desk-case", _("Overview"))
SHARED_TABS = (
    ("notes", "desk-notes", _("Notes")),
    ("documents", "desk-documents", _("Documents")),
    ("messages", "desk-messages", _("Messages")),
    ("decisions", "desk-decisions", _("Decisions")),
)
HISTORY = ("history", "desk-history", _("Events"))
# What a kind of case has besides: after the overview, and before the events.
FIRST_TABS = {
    "income_support": (("calculation", "desk-calculation", _("Calculation")),),
    "child_protection": (
        ("investigation", "desk-investigation", _("Investigation")),
        ("measures", "desk-measures", _("Measures")),
    ),
    **{kind: (("adult", "desk-adult", _("The matter")),) for kind in adults.KINDS},
}
# Where a step of an adult's process is taken; the others are recorded on the page of the matter.
ADULT_STEPS = {
    "spoken": ("desk-notes", _("Write a note")),
    "written": ("desk-notes", _("Write a note")),
    "assessed": ("desk-adult-assess", _("Assess the report")),
    "decided": ("desk-adult-decide", _("Decide the application")),
    "told": ("desk-decisions", _("Tell the decision")),
    "closed": ("desk-adult-close", _("Close the case")),
}
# The time limits of measures around a child: when one of them is nearest, its step is what is next in the file.
MEASURE_RULES = {
    step.clock for process in children.MEASURE_PROCESSES.values() for step in process.steps if step.clock
} - {"UPPF_P"}
LAST_TABS = {"income_support": (("payments", "desk-payments", _("Payments")),)}


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the case."""

    words: "str | Promise"
    url: str
    chosen: bool
    key: str


@dataclass(frozen=True, slots=True)
class Party:
    """A party with the name that the actor may see."""

    person_id: UUID
    name: str
    role: str
    has_insight: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit in words; `colour` tells how near it is, and the words beside it do too."""

    words: "str | Promise"
    last_day: date | None
    source: str
    colour: str
    is_duty: bool
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the case waits for, and where that is done."""

    words: str
    colour: str = "info"
    url: str = ""
    link: "str | Promise" = ""


def frame(request: Any, case_id: UUID, tab: str, page: str) -> dict[str, Any]:
    """The context that every page of a case begins with. The reading is logged. Raises CaseNotFound."""
    actor = request.actor
    case = casework.get_case(case_id, actor, page=page)
    parties = casework.find_parties(case.id, actor)
    names = people.names_of([case.person_id, *(party.person_id for party in parties)], actor)
    works = casework.may("write_note", case, actor)
    today = foundation.today()
    tabs = [OVERVIEW, *FIRST_TABS.get(case.kind, ()), *SHARED_TABS, *LAST_TABS.get(case.kind, ()), HISTORY]
    context: dict[str, Any] = {
        "nav": "work",
        "case": case,
        "is_adult": case.kind in adults.KINDS,
        "kind": casework.case_kind(case.kind).label,
        "person_name": names.get(case.person_id, ""),
        "parties": [
            Party(one.person_id, names.get(one.person_id, ""), one.get_role_display(), one.has_insight)
            for one in parties
        ],
        "clocks": [_clock(one, today) for one in casework.find_clocks(case.id, actor)],
        "completions": casework.find_completions(actor, case_id=case.id, open_only=True),
        "communications": casework.find_communications(case.id, actor),
        "warnings": income_support.find_warnings_of(case.id, actor),
        "applications": income_support.find_applications_of(case.id, actor),
        "works": works,
        "works_now": works and case.is_open,
        "glass": foundation.glass_over(actor, case_id=case.id),
        "today": today,
        "tabs": [
            Tab(words, reverse(url, args=[case.id]), code == tab, str(number))
            for number, (code, url, words) in enumerate(tabs, start=1)
        ],
        "shortcuts": [
            (f"1–{len(tabs)}", _("The tabs of the case")),
            ("g", _("To do")),
            ("s", _("Search")),
        ],
    }
    context["open_warnings"] = [one for one in context["warnings"] if one.state == "open"]
    context["next_step"] = _next_step(context, today, actor)
    return context


def undecided(context: dict[str, Any]) -> list[income_support.Application]:
    """The applications of the case that have no decision yet, newest first."""
    return [one for one in context["applications"] if one.state in UNDECIDED]


def _clock(clock: casework.LegalClock, today: date) -> Clock:
    return Clock(
        words=CLOCK_WORDS.get(clock.rule, clock.rule),
        last_day=clock.last_day,
        source=clock.source,
        colour=COLOURS[casework.bucket_of(clock.last_day, today)] if clock.counts else "neutral",
        is_duty=clock.counts,
        is_confirmed=clock.is_confirmed,
    )


def _next_step(context: dict[str, Any], today: date, actor: foundation.Actor) -> NextStep:
    case = context["case"]
    if not case.is_open:
        return NextStep(gettext("The case is closed."), "neutral")
    if case.worker_id is None:
        url = reverse("desk-assign", args=[case.id])
        return NextStep(gettext("Nobody answers for the case yet."), "warning", url, _("Choose who does"))
    asked = reverse("desk-completions", args=[case.id])
    for one in context["completions"]:
        day = formats.day(one.due_on)
        if one.due_on < today:
            words = gettext("The person has not sent in what was asked for by {day}.").format(day=day)
            return NextStep(words, "warning", asked, _("Look at it"))
        return NextStep(
            gettext("The person sends in what was asked for, at the latest {day}.").format(day=day),
            "info",
            asked,
            _("Look at it"),
        )
    told = reverse("desk-communication", args=[case.id])
    waiting: set[UUID | None] = {one.id for one in undecided(context)}
    if (
        context["is_adult"]
        and context["communications"]
        and adults.handling_of(case.id, actor).may_be_decided
    ):
        waiting.add(None)  # an adult's case holds one matter, so what is told of it names none
    for one in context["communications"]:
        if one.state == "sent" and one.wants_to_speak_at:
            words = gettext("The person wants to speak with you before the decision.")
            return NextStep(words, "warning", told, _("Call, and write down what is said"))
        if one.state == "answered" and one.matter_id in waiting:
            words = gettext("The person has answered what you communicated. Weigh it in before you decide.")
            return NextStep(words, "info", told, _("Read the answer"))
        if one.state == "sent" and one.answer_until and one.answer_until >= today:
            words = gettext("The person may answer what you communicated until {day}.").format(
                day=formats.day(one.answer_until)
            )
            return NextStep(words, "info", told, _("Look at it"))
    if case.kind == "child_protection":
        return _of_child(case, actor)
    if case.kind in adults.KINDS:
        return _of_adult(case, actor)
    return _of_applications(context, case)


def _of_child(case: casework.Case, actor: foundation.Actor) -> NextStep:
    """What the open investigation lacks, or the report that waits."""
    running = children.open_investigation_of(case.id, actor)
    if case.due_rule in MEASURE_RULES:
        measure = _of_measures(case, actor)
        if measure is not None:
            return measure
    untold = [] if running is not None or case.due_rule == "FORH" else _untold(case, actor)
    if untold:
        url = reverse("desk-tell-decision", args=[case.id, untold[0].id])
        words = gettext("A decision has not been told to those whom it concerns.")
        return NextStep(words, "warning", url, _("Tell the decision"))
    if running is None:
        if case.due_rule != "FORH":
            return _of_measures(case, actor) or NextStep(gettext("Nothing waits in the case."), "neutral")
        waiting = children.waiting_report_of(case.id, actor)
        url = reverse("reception-report", args=[waiting]) if waiting is not None else ""
        return NextStep(gettext("Assess the report of concern."), "warning", url, _("Open the report"))
    left = steps_to_take(running)
    url = reverse("desk-investigation-one", args=[case.id, running.id])
    if not left:
        return NextStep(gettext("The investigation may be closed."), "info", url, _("Open the investigation"))
    words = gettext("{step} ({left} steps left in the investigation)").format(step=left[0], left=len(left))
    return NextStep(words, "info", url, _("Open the investigation"))


def _of_measures(case: casework.Case, actor: foundation.Actor) -> NextStep | None:
    """The next step of the measures around the child, by the processes of their kinds, and until when."""
    one = children.next_in_measures(case.id, actor)
    if one is None:
        return None
    words = str(one.step.title)
    if one.until is not None:
        words = gettext("{step}, at the latest {day}").format(step=one.step.title, day=formats.day(one.until))
    is_late = one.until is not None and one.until < foundation.today()
    url = reverse("desk-measure-step", args=[case.id, one.measure.id])
    return NextStep(
        words, "warning" if is_late else "info", f"{url}?steg={one.step.code}", _("Record that it is done")
    )


def _of_adult(case: casework.Case, actor: foundation.Actor) -> NextStep:
    """The next step of the process of its kind, and until when."""
    untold = _untold(case, actor)
    if untold:
        url = reverse("desk-tell-decision", args=[case.id, untold[0].id])
        words = gettext("A decision has not been told to those whom it concerns.")
        return NextStep(words, "warning", url, _("Tell the decision"))
    stands = [one for one in adults.steps_of(case.id, actor) if one.stand == "next" and not one.step.optional]
    if not stands:
        return NextStep(gettext("Nothing waits in the case."), "neutral")
    step, until = stands[0].step, stands[0].until
    url, link = ADULT_STEPS.get(step.code, ("desk-adult", _("Open the matter")))
    words = str(step.title)
    if until is not None:
        words = gettext("{step}, at the latest {day}").format(step=step.title, day=formats.day(until))
    is_late = until is not None and until < foundation.today()
    return NextStep(words, "warning" if is_late else "info", reverse(url, args=[case.id]), link)


def _untold(case: casework.Case, actor: foundation.Actor) -> list[casework.Decision]:
    """The decisions that nobody has been told of, not left untold on a ground and not changed since, oldest first."""
    made = casework.find_decisions(case.id, actor)
    waiting = [one for one in made if one.delivered_at is None and not hasattr(one, "replaced_by")]
    return [one for one in reversed(waiting) if not casework.find_decision_notices(one.id, actor)]


def _of_applications(context: dict[str, Any], case: casework.Case) -> NextStep:
    open_ones = undecided(context)
    for one in open_ones:
        if one.state == "with_worker":
            words = gettext("Assess the application for {month} and decide.").format(
                month=formats.month(one.month)
            )
            url = reverse("desk-assessment", args=[case.id, one.id])
            return NextStep(words, "info", url, _("Open the calculation"))
    if any(one.state == "awaiting_co_applicant" for one in open_ones):
        return NextStep(gettext("The partner signs the application."))
    if open_ones:
        return NextStep(gettext("The registers answer, and the calculation is prepared."))
    return NextStep(gettext("Nothing waits in the case."), "neutral")
