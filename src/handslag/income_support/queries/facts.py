"""The facts of an application, as everything that is known now gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support.models import Application, Assessment, RegisterAnswer, RegisterFigure
from handslag.income_support.operations.rules import settings_for, thawed
from handslag.income_support.queries.history import aid_history
from handslag.income_support.queries.households import members_of
from handslag.income_support.rules.answered import ApplicationAnswers, read_answers
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.assessment import Assessment as Computed
from handslag.income_support.rules.assessment import number
from handslag.income_support.rules.comparison import Figure, HomeNow
from handslag.income_support.rules.facts import EARLIER_AID
from handslag.income_support.rules.facts_from import FactSettings, MadeFacts, Member, Missing, make_facts
from handslag.income_support.rules.read_facts import read_facts
from handslag.income_support.tables import benefits_on, settings_on
from handslag.people import public as people


@dataclass(frozen=True)
class HouseholdKnown:
    """The members of an application whom the population register knows, and whether one is marked or unreadable."""

    adults: tuple[Member, ...]
    children: tuple[Member, ...]
    registered: HomeNow | None
    someone_protected: bool


def facts_of(application: Application) -> MadeFacts:
    """The case for `assess_month` with what is missing. Read within the actor's rights: the system, or the worker.

    With no answer at all from the registers every agency counts as missing, and a person decides.
    """
    month = Month.parse(application.month)
    answers = read_answers(application.answers)
    known = household_known(application, answers)
    settings = settings_on(month.first)
    told = answers_of(application)
    made = make_facts(
        month=application.month,
        control_month=str(month.previous()),
        answers=answers,
        adults=known.adults,
        children=known.children,
        figures=figures_of(application),
        states=states_of(application, known.adults, told),
        benefits=benefits_on(month.first),
        history=aid_history(application, month),
        settings=FactSettings(_days_counted(month), settings.assets_free_kr),
    )
    further = [*made.missing]
    case = made.case
    if application.kind == "supplement":
        case, further = _as_supplement(application, made)
    if application.registers_at is None:
        further.append(Missing("facts.registers_down", "registers"))
    if known.someone_protected or not _marks_known(told):
        further.append(Missing("facts.protected", "household"))
    if application.complete_at is None:
        further.append(Missing("facts.co_applicant_missing", "co_applicant"))
    return MadeFacts(case, tuple(further))


def _as_supplement(application: Application, made: MadeFacts) -> tuple[dict[str, Any], list[Missing]]:
    """The month as it was decided, with what is applied for now; what that month already gives counts as received.

    So only what the new needs add is granted, and a surplus of the month still reduces it. Nothing of the month is
    granted twice. Without an earlier decision for the month a person must find out.
    """
    rows = Assessment.objects.filter(applicant_id=application.applicant_id, month=application.month)
    decided = rows.filter(final_at__isnull=False).exclude(application=application)
    base = decided.select_related("snapshot").order_by("-final_at").first()
    if base is None:
        return made.case, [*made.missing, Missing("facts.no_main_decision", "application")]
    before = dict(base.facts)
    before["incomes"] = [row for row in before.get("incomes", []) if row["kind"] != EARLIER_AID]
    month = Month.parse(application.month)
    result = assess_month(read_facts(before), parameters=thawed(base.snapshot, month))
    received = {"kind": EARLIER_AID, "of": "a1", "amount": number(result.granted)}
    case = {
        **before,
        "costs": _approved(before.get("costs", []), result, "cost"),
        "special": [*_approved(before.get("special", []), result, "special"), *made.case["special"]],
        "incomes": [*before["incomes"], received],
        "registers": made.case["registers"],
    }
    asked_once = {"facts.no_household", "facts.no_housing", "facts.no_costs", "facts.no_incomes", "facts.no_assets"}
    return case, [lack for lack in made.missing if lack.code not in asked_once]


def _approved(rows: list[dict[str, Any]], result: Computed, group: str) -> list[dict[str, Any]]:
    """Costs or needs with what was approved of them: what was cut has been decided and is not asked for again."""
    lines = [line for line in result.lines if line.group == group]
    return [{**row, "amount": number(line.amount)} for row, line in zip(rows, lines, strict=True)]


def _days_counted(month: Month) -> int:
    """The days that a share of the month is counted in, as the municipality has decided."""
    choice = settings_for(month.first).days_of_month
    return month.days if choice == "actual" else int(choice)


def _marks_known(told: Sequence[RegisterAnswer]) -> bool:
    """Whether the population register told of every adult's mark; where none is wired, our own marks hold."""
    of_population = (row for row in told if row.agency == "navet")
    return all(row.state == "ok" or row.reason_code == "not_wired" for row in of_population)


def answers_of(application: Application) -> list[RegisterAnswer]:
    """The agencies' answers in force, without what they said word for word."""
    return _answers_in_force(application.id)


@foundation.ready
def _answers_in_force(application_id: UUID) -> QuerySet[RegisterAnswer]:
    rows = RegisterAnswer.objects.filter(application_id=application_id, superseded_at__isnull=True)
    return rows.defer("content")


@foundation.ready
def _figures_in_force(application_id: UUID) -> QuerySet[RegisterFigure]:
    return RegisterFigure.objects.filter(application_id=application_id, answer__superseded_at__isnull=True)


def household_known(application: Application, answers: ApplicationAnswers) -> HouseholdKnown:
    """Who the application concerns, by the register. A person who cannot be read counts as protected."""
    actor = foundation.current_actor() or foundation.system("assessment")
    adults, protected = [], False
    ids = [("a1", application.applicant_id), ("a2", application.co_applicant_id)]
    for of, person_id in ids:
        if person_id is None:
            continue
        person = people.get_person(person_id, actor)
        protected = protected or person.is_protected
        adults.append(Member(of, person.id, person.born))
    children = []
    for child in answers.household.children if answers.household else ():
        if child.person_id is None:
            continue
        person = people.get_person(child.person_id, actor)
        protected = protected or person.is_protected
        children.append(Member(child.id, person.id, person.born))
    return HouseholdKnown(tuple(adults), tuple(children), _registered(application, actor), protected)


def figures_of(
    application: Application, told: Sequence[RegisterFigure] | None = None
) -> tuple[Figure, ...]:
    """The figures of the answers in force, or of what was `told` just now; a planned payment is not income yet."""
    known = _figures_in_force(application.id) if told is None else told
    paid = [row for row in known if row.payout == "paid"]
    paid.sort(key=lambda row: (row.of, row.agency, row.code, row.paid_on, row.id))
    return tuple(Figure(row.agency, row.code, row.label, row.of, row.month, row.amount_kr) for row in paid)


def states_of(
    application: Application, adults: tuple[Member, ...], answers: Sequence[RegisterAnswer] | None = None
) -> dict[str, dict[str, str]]:
    """The state of each agency's answer for each adult; an agency that was never asked is `missing`.

    `answers` are those in force, where they have been read already.
    """
    needed = settings_on(Month.parse(application.month).first).comparison.agencies_needed
    states = {adult.id: dict.fromkeys(needed, "missing") for adult in adults}
    for answer in answers_of(application) if answers is None else answers:
        if answer.of in states:
            states[answer.of][answer.agency] = answer.state
    return states


def home_of(answers: ApplicationAnswers) -> HomeNow | None:
    """The household and home as answered; None where the household was not asked."""
    if answers.household is None:
        return None
    return HomeNow(
        adults=2 if answers.household.living == "partner" else 1,
        children_born=tuple(sorted(child.born.isoformat() for child in answers.household.children)),
        rent_kr=answers.housing.rent_kr if answers.housing else None,
        rooms=answers.housing.rooms if answers.housing else None,
    )


def earlier_application(application: Application) -> Application | None:
    """The application of the months before, for comparison; not a supplement, not one taken back."""
    return next(iter(_applications_before(application.applicant_id, application.month)), None)


@foundation.ready
def _applications_before(person_id: UUID, month: str) -> QuerySet[Application]:
    held = Application.objects.filter(applicant_id=person_id, month__lt=month)
    held = held.exclude(kind="supplement").exclude(state="withdrawn")
    return held.order_by("-month", "-submitted_at")[:1]


def _registered(application: Application, actor: foundation.Actor) -> HomeNow | None:
    day: date = foundation.day_of(application.submitted_at)
    members = members_of(application.applicant_id, day, actor)
    if not members:
        return None
    born = [people.get_person(member.person_id, actor).born for member in members if member.role == "child"]
    return HomeNow(
        adults=sum(1 for member in members if member.role == "adult"),
        children_born=tuple(sorted(each.isoformat() for each in born if each)),
        rent_kr=None,
    )
