"""Years of economic aid: cases, applications, assessments and decisions, each computed by the product's own rules."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connections

from handslag.casework.appeals import appeal_for, appeal_last_day
from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.events import CaseOpened, DecisionMade
from handslag.casework.models import Assignment, Case, CaseParty, CaseSeries, Decision, LegalClock
from handslag.demo.aid_plan import Spell, plan_spells
from handslag.demo.cast import Cast
from handslag.demo.copying import EVENT_COLUMNS, Copier, event_row
from handslag.demo.population import DEFAULT_DAY, generate_population
from handslag.demo.who import SUPPORT
from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support.events.applications import ApplicationDecided, ApplicationSubmitted
from handslag.income_support.models import Application, Assessment
from handslag.income_support.operations.rules import freeze, parameters_for
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.read_facts import read_facts
from handslag.people.models import PersonGrant

AUTOMATED_FOR_MONTHS = 14
AUTOMATED_SHARE = 0.5
PROMISED_DAYS = 7  # the setting `promise_days` that ships
NEW_LAW = date(2025, 7, 1)
REASONS = {
    "granted": "decision.granted",
    "partly_granted": "decision.granted_partly",
    "refused": "decision.refused",
}


@dataclass
class _Book:
    """What the history has come to so far."""

    cast: Cast
    copier: Copier
    draw: Random
    workers: list[UUID]
    automated_from: Month
    numbers: Counter[int]
    truth: Counter[str]


def copy_history(cast: Cast, *, size: int, years: int, seed: int) -> dict[str, int]:
    """Copy the history up to this very hour; gives the truth that it made. What is not decided yet waits at the desk."""
    this = Month.of(foundation.today())
    months = [this.plus(-n) for n in range(years * 12, -1, -1)]
    people = generate_population(size=size, seed=seed, day=DEFAULT_DAY)
    return copy_spells(cast, plan_spells(people, size=size, months=months, seed=seed), draw=Random(seed + 5))


def copy_spells(cast: Cast, spells: Iterable[Spell], *, draw: Random) -> dict[str, int]:
    """Copy the cases of these spells; gives what they hold, counted."""
    this = Month.of(foundation.today())
    workers = [id_ for name in ("asa", "bjorn") if (id_ := cast.actors[name].account_id)]
    with foundation.acting(foundation.system("demo")):
        numbers = Counter({row.year: row.last for row in CaseSeries.objects.filter(prefix="EB")})
        book = _Book(cast, Copier(), draw, workers, this.plus(-AUTOMATED_FOR_MONTHS), numbers, Counter())
        book.copier.table("foundation_event", EVENT_COLUMNS)
        for model in (PersonGrant, Case):  # what other rows point at comes first
            book.copier.model(model)
        planned = sorted(spells, key=lambda each: each.months[0])
        rules = _rules_of(sorted({month for spell in planned for month in spell.months}))
        for spell in planned:
            _spell(book, spell, rules, this)
    book.copier.write()
    with connections["owner"].cursor() as cursor:
        for year, last in sorted(book.numbers.items()):
            cursor.execute(
                "INSERT INTO casework_caseseries (id, prefix, year, last) VALUES (%s, 'EB', %s, %s) "
                "ON CONFLICT (prefix, year) DO UPDATE SET last = EXCLUDED.last",
                [foundation.new_id(), year, last],
            )
    return dict(sorted(book.truth.items()))


@foundation.operation
def _frozen(*, parameters: Any, by: foundation.Actor, at: datetime) -> Any:
    return freeze(parameters, at)


def _rules_of(months: list[Month]) -> dict[Month, tuple[Any, Any]]:
    by = foundation.system("demo")
    found = {}
    for month in months:
        parameters = parameters_for(month)
        found[month] = (parameters, _frozen(parameters=parameters, by=by, at=foundation.now()))
    return found


def _spell(book: _Book, spell: Spell, rules: dict[Month, tuple[Any, Any]], this: Month) -> None:
    applicant = spell.adults[0]
    opened = _sent(book, spell.months[0], this)
    unit = book.cast.units[SUPPORT]
    worker = book.draw.choice(book.workers)
    ended = spell.months[-1].plus(2) < this
    closed = _moment(book.draw, spell.months[-1].plus(2).first) if ended else None
    book.numbers[opened.year] += 1
    case = Case(
        number=f"EB-{opened.year}-{book.numbers[opened.year]:05d}", kind="income_support", person_id=applicant.id, unit_id=unit,
        worker_id=worker, state="closed" if ended else "open", opened_at=opened, closed_at=closed,
        closed_because="self_supporting" if ended else "",
    )  # fmt: skip
    book.truth["cases"] += 1
    for number, adult in enumerate(spell.adults):
        book.copier.add_row(
            PersonGrant(person_id=adult.id, unit_id=unit, because="party", valid_from=opened.date())
        )
        role = "applicant" if number == 0 else "co_applicant"
        book.copier.add_row(
            CaseParty(case_id=case.id, person_id=adult.id, role=role, has_insight=True, valid_from=opened)
        )
    for child in spell.children:
        book.copier.add_row(
            PersonGrant(person_id=child.id, unit_id=unit, because="party", valid_from=opened.date())
        )
        book.copier.add_row(
            CaseParty(case_id=case.id, person_id=child.id, role="child", has_insight=False, valid_from=opened)
        )
    book.copier.add_row(Assignment(case_id=case.id, unit_id=unit, worker_id=worker, at=opened))
    _event(
        book, CaseOpened(case_id=case.id, person_id=applicant.id, unit_id=unit, kind="income_support"), opened
    )
    in_a_row, since = 0, None
    for number, month in enumerate(spell.months):
        facts = spell.facts(month, in_a_row=in_a_row, stimulus_since=since, draw=book.draw)
        parameters, snapshot = rules[month]
        result = assess_month(read_facts(facts), parameters=parameters)
        if result.answer == "cannot_tell":
            book.truth["not_told"] += 1
            continue
        if in_a_row >= 6 and since is None and result.job_stimulus_disregarded:
            since = month.first
        sent = opened if number == 0 else max(opened, _sent(book, month, this))
        _application(book, spell, case, month, facts, result, snapshot, sent=sent, is_new=number == 0)
        in_a_row = in_a_row + 1 if result.answer == "granted" else 0
    book.copier.add_row(case)


def _application(
    book: _Book,
    spell: Spell,
    case: Case,
    month: Month,
    facts: dict[str, Any],
    result: Any,
    snapshot: Any,
    *,
    sent: datetime,
    is_new: bool,
) -> None:
    capped = any(line.applied is not None and line.applied > line.amount for line in result.lines)
    outcome = "refused" if result.answer == "refused" else "partly_granted" if capped else "granted"
    automated = (
        not is_new
        and outcome == "granted"
        and month >= book.automated_from
        and (spell.exact or book.draw.random() < AUTOMATED_SHARE)
    )
    if automated:
        decided = sent + timedelta(seconds=book.draw.randint(2, 90))
    else:
        days = book.draw.randint(14, 20) if is_new else book.draw.randint(1, 9)
        decided = sent + timedelta(days=days, minutes=book.draw.randint(5, 200))
    if decided > foundation.now():
        _waiting(book, spell, case, month, facts, result, snapshot, sent=sent, is_new=is_new)
        return
    applicant = spell.adults[0]
    partner = spell.adults[1].id if len(spell.adults) == 2 else None
    application = Application(
        case_id=case.id, kind="new" if is_new else "renewal", month=str(month), applicant_id=applicant.id, co_applicant_id=partner,
        answers=_answers(spell, facts, is_new), state="decided", state_since=decided, route={"kind": "new" if is_new else "renewal"},
        draft_id=foundation.new_id(), submitted_at=sent, complete_at=sent, registers_at=sent, decided_at=decided, automated=automated,
    )  # fmt: skip
    decision = Decision(
        case_id=case.id, person_id=applicant.id, matter_id=application.id, type=f"income_support.{_type_of(outcome)}", outcome=outcome,
        legal_ground=(ground := "SoL 12:1" if decided.date() >= NEW_LAW else "SoL2001 4:1"), amount_kr=result.granted,
        period_from=month.first, period_to=month.last, reasons=[foundation.said(REASONS[outcome], month=str(month))], automated=automated,
        decided_by_id=None if automated else case.worker_id, decided_at=decided, appeal=appeal_for(ground, decided.date()).code,
        delivered_at=decided, delivered_by_way="my_page", appeal_last_day=appeal_last_day(ground, decided.date(), decided.date()),
    )  # fmt: skip
    answer = result.as_answer()
    assessment = Assessment(
        application_id=application.id, case_id=case.id, applicant_id=applicant.id, co_applicant_id=partner, month=str(month), facts=facts,
        system=answer, result=answer, snapshot_id=snapshot.id, rule_version=result.rule_version, made_at=sent, refreshed_at=sent,
        decision_id=decision.id, final_at=decided,
    )  # fmt: skip
    for row in (application, decision, assessment):
        book.copier.add_row(row)
    sent_event = ApplicationSubmitted(
        application_id=application.id, case_id=case.id, person_id=applicant.id, application_kind=application.kind, month=str(month), route=application.kind,
    )  # fmt: skip
    made = DecisionMade(
        case_id=case.id, person_id=applicant.id, unit_id=case.unit_id, decision_id=decision.id, matter_id=application.id, type=decision.type,
        outcome=outcome, amount_kr=result.granted, automated=automated,
    )  # fmt: skip
    minutes = int((decided - sent).total_seconds() // 60)
    done = ApplicationDecided(
        application_id=application.id,
        case_id=case.id,
        person_id=applicant.id,
        automated=automated,
        minutes=minutes,
    )
    _event(book, sent_event, sent)
    _event(book, made, decided)
    _event(book, done, decided)
    book.truth["applications"] += 1
    book.truth[outcome] += 1
    book.truth["automated"] += automated
    book.truth["paid_kr"] += int(result.granted) if outcome != "refused" else 0


def _waiting(
    book: _Book, spell: Spell, case: Case, month: Month, facts: dict[str, Any], result: Any, snapshot: Any, *, sent: datetime, is_new: bool
) -> None:  # fmt: skip
    """An application that a case worker has, with the prepared assessment and its clock running."""
    applicant = spell.adults[0]
    partner = spell.adults[1].id if len(spell.adults) == 2 else None
    kind = "new" if is_new else "renewal"
    because = foundation.said("automation.other_kind") if is_new else foundation.said("automation.touched")
    application = Application(
        case_id=case.id, kind=kind, month=str(month), applicant_id=applicant.id, co_applicant_id=partner, answers=_answers(spell, facts, is_new),
        state="with_worker", state_since=sent, route={"kind": kind}, draft_id=foundation.new_id(), submitted_at=sent, complete_at=sent,
        registers_at=sent, handed_because=[because],
    )  # fmt: skip
    answer = result.as_answer()
    assessment = Assessment(
        application_id=application.id, case_id=case.id, applicant_id=applicant.id, co_applicant_id=partner, month=str(month), facts=facts,
        system=answer, result=answer, snapshot_id=snapshot.id, rule_version=result.rule_version, made_at=sent, refreshed_at=sent,
    )  # fmt: skip
    starts = foundation.day_of(sent)
    application.promised_on = case.promised_on = starts + timedelta(days=PROMISED_DAYS)
    rule = load_clock_rules()["FL12"]
    last_day = rule.last_day(starts)
    clock = LegalClock(
        case_id=case.id,
        rule="FL12",
        about=application.id,
        starts_on=starts,
        last_day=last_day,
        source="FL 12",
    )
    case.due_on, case.due_rule, case.state, case.closed_at, case.closed_because = (
        last_day,
        "FL12",
        "open",
        None,
        "",
    )
    for row in (application, assessment, clock):
        book.copier.add_row(row)
    sent_event = ApplicationSubmitted(
        application_id=application.id,
        case_id=case.id,
        person_id=applicant.id,
        application_kind=kind,
        month=str(month),
        route=kind,
    )
    _event(book, sent_event, sent)
    book.truth["applications"] += 1
    book.truth["waiting"] += 1


def _sent(book: _Book, month: Month, this: Month) -> datetime:
    """When an application for a month was sent: early in it, and never later than now."""
    if month < this:
        return _moment(book.draw, month.first + timedelta(days=book.draw.randint(0, 11)))
    return foundation.now() - timedelta(hours=book.draw.randint(1, 24 * 12), minutes=book.draw.randint(0, 59))


def _answers(spell: Spell, facts: dict[str, Any], is_new: bool) -> dict[str, Any]:
    """What the household answered, in the stored form of the e-service."""
    children = facts["household"]["children"]
    by_born = {child.born.isoformat(): child for child in spell.children}
    answers: dict[str, Any] = {
        "household": {"living": "partner" if len(spell.adults) == 2 else "alone"}
        | ({"partner_person_id": str(spell.adults[1].id)} if len(spell.adults) == 2 else {}),
        "children": {
            "has_children": bool(children),
            "children": [
                {
                    "person_id": str(by_born[child["born"]].id), "name": by_born[child["born"]].given_name, "born": child["born"],
                    "days_a_month": 30, "lunch_away": child["lunch"] == "away", "pupil": True,
                }
                for child in children
            ],
        },
        "housing": {"kind": "rental", "rent_kr": f"{spell.rent_kr}.00", "rooms": spell.household.dwelling.rooms, "pay_landlord": False},
        "costs": {"costs": [{"kind": "electricity", "amount_kr": f"{spell.electricity_kr}.00"}]},
        "assets": {"savings_kr": "0.00", "has_car": False},
        "account": {"clearing": "6000", "number": "123456789"},
        "incomes": {"has_incomes": False, "incomes": []},
        "occupation": {"status": "job_seeking", "registered_as_job_seeker": True},
        "summary": {"truthful": True},
    }  # fmt: skip
    if not answers["children"]["has_children"]:
        del answers["children"]["children"]
    return answers | ({"information": {"read": True}} if is_new else {"changes": {"has_changed": False}})


def _type_of(outcome: str) -> str:
    return {"granted": "grant", "partly_granted": "partly_grant", "refused": "refuse"}[outcome]


def _event(book: _Book, happened: Any, at: datetime) -> None:
    book.copier.add("foundation_event", event_row(happened, at))


def _moment(draw: Random, day: date) -> datetime:
    return datetime(
        day.year,
        day.month,
        day.day,
        draw.randint(7, 18),
        draw.randint(0, 59),
        draw.randint(0, 59),
        tzinfo=UTC,
    )
