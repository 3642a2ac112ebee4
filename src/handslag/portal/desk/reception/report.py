"""One report: what was told, each child with what is next, and beside it what is known from before and may be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.children.words import CLOCKS, FORMS, MEASURES
from handslag.portal.desk.reception.arrivals import WHO, marks_of
from handslag.portal.desk.reception.words import child_in_words, concerns_in_words
from handslag.portal.shell.doors import staff

SHOWN_IN_BROWSER = ("application/pdf", "image/jpeg", "image/png")
FAMILY = {
    "guardian": gettext_lazy("Guardian"),
    "parent": gettext_lazy("Parent"),
    "sibling": gettext_lazy("Sibling"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something that may be done: words and address; `main` for what is next."""

    words: "str | Promise"
    url: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody in the child's family, with running cases that the reader may see."""

    words: "str | Promise"
    person_id: UUID
    name: str
    cases: tuple[casework.Case, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """A measure that runs: about whom (empty for the child of the card), which, since when, and its nearest time limit."""

    whose: str
    words: "str | Promise"
    form: "str | Promise"
    since: date
    clock: "str | Promise"
    last_day: date | None
    url: str


@dataclass(frozen=True, slots=True)
class ChildCard:
    """One child of the report: as told, who it is, what is assessed, and what comes next."""

    view: children.ReportedChildView
    told: str
    name: str
    case: casework.Case | None
    due_on: date | None
    investigation: bool
    next_words: str
    next_colour: str
    acts: tuple[Act, ...]
    earlier: tuple[children.EarlierReport, ...]
    cases: tuple[casework.Case, ...]
    family: tuple[Relative, ...]
    family_earlier: tuple[tuple[str, children.EarlierReport], ...]
    placements: tuple["Placement", ...] = ()
    # The last day of what is next, where the law gives one that is not the child's own.
    next_day: date | None = None
    # Who is to be told, where that is not the reporter of this very report alone.
    owed: tuple[children.OwedFeedback, ...] = ()


@staff(*WHO)
def report(request: Any, report_id: UUID) -> HttpResponse:
    """Everything about a report that the reader may see. The reading is logged."""
    context = frame(request, report_id, page="reception.report")
    return render(request, "reception/report.html", context)


@staff(*WHO)
def paper(request: Any, report_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A photo or paper that came with the report; logged. What a browser can show safely opens there."""
    view = children.report_view(report_id, request.actor)
    if attachment_id not in {one.id for one in view.attachments}:
        raise children.ReportNotFound
    found, content = children.read_attachment(attachment_id, request.actor)
    response = HttpResponse(content, content_type=found.media_type)
    shown = found.media_type in SHOWN_IN_BROWSER and "ladda-ner" not in request.GET
    response["Content-Disposition"] = content_disposition_header(not shown, found.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def frame(request: Any, report_id: UUID, *, page: str) -> dict[str, Any]:
    """The context that every page about a report begins with. Raises ReportNotFound."""
    view = children.report_view(report_id, request.actor, page=page)
    standing = children.reporter_standing(view.report, view.reporter)
    owed = children.owed_feedback(view.report, request.actor) if view.report.duplicate_of_id is None else ()
    cards = [_card(one, view, owed, request.actor) for one in view.children]
    cards = _with_placements(cards, request.actor)
    repeated = any(one.child.repeat_warned and not one.repeat_answered for one in view.children)
    return {
        "nav": "reception",
        "view": view,
        "report": view.report,
        "reporter": view.reporter,
        "standing": standing,
        "about": concerns_in_words(view.report.concern_codes),
        "cards": cards,
        "marks": marks_of(view.report, view.children, repeated, len(view.duplicates)),
        "acts": _acts(view, standing, may_give=bool(children.may_be_given_to(report_id, request.actor))),
        "must_investigate": tells_of_violence(view),
        "target_hours": children.reception_settings().protection_target_hours,
        "today": foundation.today(),
        "shortcuts": [("r", _("The reception")), ("n", _("Take down a report"))],
    }


def child_of(context: dict[str, Any], child_id: UUID) -> ChildCard:
    """The card of one child of the report. Raises ReportNotFound for a child of another."""
    card = next((one for one in context["cards"] if one.view.child.id == child_id), None)
    if card is None:
        raise children.ReportNotFound
    return card


def _card(
    view: children.ReportedChildView,
    of: children.ReportView,
    owed: tuple[children.OwedFeedback, ...],
    actor: foundation.Actor,
) -> ChildCard:
    child = view.child
    person_id = child.person_id
    name, case, running = "", None, False
    earlier: list[children.EarlierReport] = []
    cases: list[casework.Case] = []
    family: list[Relative] = []
    if person_id is not None:
        name = people.names_of([person_id], actor).get(person_id, "")
        cases = [one for one in casework.find_cases_of(person_id, actor) if one.is_open]
        case = next((one for one in cases if one.id == child.case_id), None)
        running = case is not None and children.open_investigation_of(case.id, actor) is not None
        earlier = [
            one for one in children.earlier_reports_of([person_id], actor) if one.report_id != of.report.id
        ]
        family = _family(person_id, actor)
    words, colour, acts = _next(view, of, running, actor)
    if view.preliminary is None or not of.may_act or not acts:
        owed = ()
    if owed:
        words, colour = _("Decided. Tell the reporter what was decided."), "warning"
        if len(owed) > 1:
            words = _("Decided. Tell each of the reporters what was decided.")
        to = reverse("reception-feedback", args=[owed[0].report.id])
        acts = [Act(_("Tell the reporter what was decided"), to, main=True), *acts]
    names = {one.person_id: one.name for one in family}
    siblings = [
        (names[one.person_id], one)
        for one in (children.earlier_reports_of(list(names), actor) if names else [])
        if one.report_id != of.report.id
    ]
    return ChildCard(
        view=view, told=child_in_words(child), name=name, case=case, due_on=child.due_on, investigation=running,
        next_words=words, next_colour=colour, acts=tuple(acts), earlier=tuple(earlier),
        cases=tuple(one for one in cases if one.id != child.case_id), family=tuple(family),
        family_earlier=tuple(siblings), next_day=owed[0].last_day if owed else None,
        owed=owed if len(owed) > 1 or any(one.report.id != of.report.id for one in owed) else (),
    )  # fmt: skip


def _with_placements(cards: list[ChildCard], actor: foundation.Actor) -> list[ChildCard]:
    """The cards with what runs around each child and those of its family; asked for all at once."""
    people_of = {
        card.view.child.id: {
            **({card.view.child.person_id: ""} if card.view.child.person_id else {}),
            **{one.person_id: one.name for one in card.family},
        }
        for card in cards
    }
    wanted = {person_id for family in people_of.values() for person_id in family}
    held = children.measures_beside(sorted(wanted), actor)
    return [
        replace(
            card,
            placements=tuple(
                _placement(whose, one)
                for person_id, whose in people_of[card.view.child.id].items()
                for one in held.get(person_id, ())
            ),
        )
        for card in cards
    ]


def _placement(whose: str, one: children.RunningMeasure) -> Placement:
    measure, clock = one.measure, one.clock
    return Placement(
        whose=whose, words=MEASURES.get(measure.kind, measure.kind), form=FORMS.get(measure.form, ""),
        since=measure.starts_on, clock=CLOCKS.get(clock.rule, clock.rule) if clock else "",
        last_day=clock.last_day if clock else None, url=reverse("desk-measures", args=[measure.case_id]),
    )  # fmt: skip


def _family(person_id: UUID, actor: foundation.Actor) -> list[Relative]:
    """Parents, guardians and siblings whom the reader may know of, each with the cases that the reader may see."""
    found: dict[UUID, str | Promise] = {}
    home = people.household_of(person_id, foundation.today(), actor)
    for member in home.members if home else ():
        if member.person_id != person_id:
            found[member.person_id] = (
                _("Adult in the household") if member.role == "adult" else _("Child in the household")
            )
    for row in people.relations_of(person_id, actor):
        if row.kind in FAMILY:
            other = row.other_id if row.person_id == person_id else row.person_id
            is_of_child = row.other_id == person_id
            found[other] = FAMILY[row.kind] if is_of_child or row.kind == "sibling" else _("Child")
    names = people.names_of(list(found), actor)
    cases = casework.find_cases_of_each([other for other in found if other in names], actor)
    return [
        Relative(
            words,
            other,
            names[other],
            tuple(one for one in cases[other] if one.is_open),
        )
        for other, words in found.items()
        if other in names
    ]


def _next(
    view: children.ReportedChildView, of: children.ReportView, running: bool, actor: foundation.Actor
) -> tuple[str, str, list[Act]]:
    """What comes next for one child, and what else may be done."""
    child = view.child

    def to(name: str) -> str:
        return reverse(f"reception-{name}", args=[of.report.id, child.id])

    others: list[Act] = []
    if child.person_id is None:
        others.append(Act(_("Say who the child is"), to("identify")))
        others.append(Act(_("Register as unknown"), to("unknown")))
    elif view.preliminary is None:
        others.append(Act(_("It is another child"), to("identify")))
    if view.preliminary is None:
        others += [Act(_("It is two children"), to("split")), Act(_("Move to another report"), to("move"))]
    if view.preliminary is None and child.due_on is not None and of.may_act:
        # Nothing is offered that could only be refused; a proposal that waits is still to be answered.
        waits = view.time_proposal is not None and view.time_proposal.state == children.TimeProposalState.WAITING
        if waits or children.hindrance_to_more_time(child, actor, foundation.now()) is None:
            others.append(Act(_("Extend the time"), to("extend")))
    again = Act(_("Assess the need of protection anew"), to("protection"))
    if of.report.state == children.ReportState.MERGED:
        return _("Is handled in the report that it was joined with."), "neutral", []
    if not of.may_act:
        return "", "neutral", []
    if view.protection is None:
        main = Act(_("Assess the need of protection"), to("protection"), main=True)
        return _("Assess at once whether the child needs protection."), "danger", [main, *others]
    if view.waits_for_countersign:
        main = Act(_("Countersign"), to("countersign"), main=True)
        return (
            _("A manager reads and countersigns the assessment of danger."),
            "warning",
            [main, again, *others],
        )
    if view.preliminary is not None:
        return _("Decided."), "success", [again]
    if child.person_id is None:
        main = Act(_("Say who the child is"), to("identify"), main=True)
        return _("Find out who the child is."), "warning", [main, again, *others[1:]]
    if child.repeat_warned and not view.repeat_answered and not running and tells_of_violence(of):
        main = Act(_("Decide to open an investigation"), to("preliminary"), main=True)
        return (
            _(
                "The child has been reported again and again, and violence or abuse is told of: an investigation is mandatory. Decide to open it."
            ),
            "danger",
            [main, again, *others],
        )
    if child.repeat_warned and not view.repeat_answered and not running:
        main = Act(_("Answer why"), to("repeat"), main=True)
        act = Act(_("Decide whether to investigate"), to("preliminary"))
        return (
            _(
                "The child has been reported again and again without an investigation. Answer why, or open one."
            ),
            "warning",
            [main, act, again, *others],
        )
    main = Act(_("Decide whether to investigate"), to("preliminary"), main=True)
    return _("Decide whether an investigation is opened."), "info", [main, again, *others]


def tells_of_violence(view: children.ReportView) -> bool:
    """Whether the report, or one of the same event, tells of violence or abuse, which is always investigated."""
    told = {code for one in (view.report, *view.duplicates) for code in one.concern_codes}
    return bool(told & set(children.VIOLENCE))


def _acts(view: children.ReportView, standing: children.ReporterStanding, *, may_give: bool) -> Sequence[Act]:
    report = view.report
    if not view.may_act:
        return ()

    def to(name: str) -> str:
        return reverse(f"reception-{name}", args=[report.id])

    acts = [Act(_("I know somebody in this (bias)"), to("bias"))]
    if report.state == children.ReportState.RECEIVED:
        acts.insert(0, Act(_("Join with another report of the same event"), to("merge")))
        if report.unit_id != report.day_unit_id:
            acts.insert(0, Act(_("Hand over to the day unit"), to("hand-over")))
    if may_give:
        acts.insert(0, Act(_("Give it to a colleague"), to("give")))
    if report.restricted and view.may_open_again:
        acts.append(Act(_("Open the report again"), to("lift")))
    if standing.may_be_told:
        acts.insert(0, Act(_("Tell the reporter what was decided"), to("feedback")))
    return acts
