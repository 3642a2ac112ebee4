"""Years of economic aid: cases, applications, assessments and decisions, each computed by the product's own rules."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
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
from handslag.demo.population import DEFAULT_DAY, HouseholdOfDemo, generate_population
from handslag.demo.who import SUPPORT
from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support.events.applications import ApplicationDecided, ApplicationSubmitted
from handslag.income_support.models import Application, Assessment
from handslag.income_support.operations.rules import freeze, parameters_for
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.assessment import as_stored
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


def copy_history(
    cast: Cast, *, size: int, years: int, seed: int, people: Iterable[HouseholdOfDemo] | None = None
) -> dict[str, int]:
    """Copy the history up to this very hour; gives the truth that it made. What is not decided yet waits at the desk.

    `people` are the inhabitants, if they are made already.
    """
    this = Month.of(foundation.today())
    months = [this.plus(-n) for n in range(years * 12, -1, -1)]
    people = people or generate_population(size=size, seed=seed, day=DEFAULT_DAY)
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
        id=spell.case_id or foundation.new_id(), number=f"EB-{opened.year}-{book.numbers[opened.year]:05d}", kind="income_support", person_id=applicant.id, unit_id=unit,
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
        _application(book, _Sent(spell, case, month, facts, result, snapshot, sent, is_new=number == 0))
        in_a_row = in_a_row + 1 if result.answer == "granted" else 0
    book.copier.add_row(case)


@dataclass
class _Sent:
    """One application as it came in, before anybody has decided about it."""

    spell: Spell
    case: Case
    month: Month
    facts: dict[str, Any]
    result: Any
    snapshot: Any
    at: datetime
    is_new: bool

    @property
    def kind(self) -> str:
        return "new" if self.is_new else "renewal"

    @property
    def partner_id(self) -> UUID | None:
        return self.spell.adults[1].id if len(self.spell.adults) == 2 else None

    def application(self, **standing: Any) -> Application:
        """The application as it stands now."""
        return Application(
            case_id=self.case.id, kind=self.kind, month=str(self.month), applicant_id=self.spell.adults[0].id, co_applicant_id=self.partner_id,
            answers=_answers(self.spell, self.facts, self.is_new), route={"kind": self.kind}, draft_id=foundation.new_id(),
            submitted_at=self.at, complete_at=self.at, registers_at=self.at, **standing,
        )  # fmt: skip

    def assessment(self, application: Application, **final: Any) -> Assessment:
        """The calculation that the product's own rules gave."""
        answer = as_stored(self.result)
        return Assessment(
            application_id=application.id, case_id=self.case.id, applicant_id=self.spell.adults[0].id, co_applicant_id=self.partner_id,
            month=str(self.month), facts=self.facts, system=answer, result=answer, snapshot_id=self.snapshot.id,
            rule_version=self.result.rule_version, made_at=self.at, refreshed_at=self.at, **final,
        )  # fmt: skip

    def came(self, application: Application) -> ApplicationSubmitted:
        """What happened when it was sent."""
        return ApplicationSubmitted(
            application_id=application.id, case_id=self.case.id, person_id=self.spell.adults[0].id, application_kind=self.kind,
            month=str(self.month), route=self.kind,
        )  # fmt: skip


def _application(book: _Book, sent: _Sent) -> None:
    """An application with its decision, or, when that day is still to come, one that waits at the desk."""
    capped = any(line.applied is not None and line.applied > line.amount for line in sent.result.lines)
    outcome = "refused" if sent.result.answer == "refused" else "partly_granted" if capped else "granted"
    automated = (
        not sent.is_new
        and outcome == "granted"
        and sent.month >= book.automated_from
        and (sent.spell.exact or book.draw.random() < AUTOMATED_SHARE)
    )
    if automated:
        decided = sent.at + timedelta(seconds=book.draw.randint(2, 90))
    else:
        days = book.draw.randint(14, 20) if sent.is_new else book.draw.randint(1, 9)
        decided = sent.at + timedelta(days=days, minutes=book.draw.randint(5, 200))
    if decided > foundation.now():
        _waiting(book, sent)
    else:
        _decided(book, sent, outcome, decided, automated=automated)
    book.truth["applications"] += 1


def _decided(book: _Book, sent: _Sent, outcome: str, decided: datetime, *, automated: bool) -> None:
    """A decision, delivered at once, with the calculation that it rests on."""
    case, granted = sent.case, sent.result.granted
    application = sent.application(state="decided", state_since=decided, decided_at=decided, automated=automated)
    ground = "SoL 12:1" if decided.date() >= NEW_LAW else "SoL2001 4:1"
    decision = Decision(
        case_id=case.id, person_id=application.applicant_id, matter_id=application.id, type=f"income_support.{_type_of(outcome)}",
        outcome=outcome, legal_ground=ground, amount_kr=granted, period_from=sent.month.first, period_to=sent.month.last,
        reasons=[foundation.said(REASONS[outcome], month=str(sent.month))], automated=automated,
        decided_by_id=None if automated else case.worker_id, decided_at=decided, appeal=appeal_for(ground, decided.date()).code,
        delivered_at=decided, delivered_by_way="my_page", appeal_last_day=appeal_last_day(ground, decided.date(), decided.date()),
    )  # fmt: skip
    for row in (application, decision, sent.assessment(application, decision_id=decision.id, final_at=decided)):
        book.copier.add_row(row)
    _event(book, sent.came(application), sent.at)
    made = DecisionMade(
        case_id=case.id, person_id=application.applicant_id, unit_id=case.unit_id, decision_id=decision.id, matter_id=application.id,
        type=decision.type, outcome=outcome, amount_kr=granted, automated=automated,
    )  # fmt: skip
    _event(book, made, decided)
    done = ApplicationDecided(
        application_id=application.id, case_id=case.id, person_id=application.applicant_id, automated=automated,
        minutes=int((decided - sent.at).total_seconds() // 60),
    )  # fmt: skip
    _event(book, done, decided)
    book.truth[outcome] += 1
    book.truth["automated"] += automated
    book.truth["paid_kr"] += int(granted) if outcome != "refused" else 0


def _waiting(book: _Book, sent: _Sent) -> None:
    """An application that a case worker has, with the prepared assessment and its clock running."""
    because = foundation.said("automation.other_kind" if sent.is_new else "automation.touched")
    application = sent.application(state="with_worker", state_since=sent.at, handed_because=[because])
    starts, case = foundation.day_of(sent.at), sent.case
    last_day = load_clock_rules()["FL12"].last_day(starts)
    application.promised_on = case.promised_on = starts + timedelta(days=PROMISED_DAYS)
    case.due_on, case.due_rule = last_day, "FL12"
    case.state, case.closed_at, case.closed_because = "open", None, ""
    clock = LegalClock(
        case_id=case.id, rule="FL12", about=application.id, starts_on=starts, last_day=last_day, source="FL 12"
    )
    for row in (application, sent.assessment(application), clock):
        book.copier.add_row(row)
    _event(book, sent.came(application), sent.at)
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
        "account": {"clearing": "6000", "number": account_number(spell.adults[0].id)},
        "incomes": {"has_incomes": False, "incomes": []},
        "occupation": {"status": "job_seeking", "registered_as_job_seeker": True},
        "summary": {"truthful": True},
    }  # fmt: skip
    if not answers["children"]["has_children"]:
        del answers["children"]["children"]
    return answers | ({"information": {"read": True}} if is_new else {"changes": {"has_changed": False}})


def account_number(person_id: UUID) -> str:
    """A made-up account of the person's own: nine digits, the last a check digit (modulus 11, weights 1-9 from the right)."""
    for digits in count(person_id.int % 89_999_999 + 10_000_000):
        check = -sum(int(sign) * weight for weight, sign in enumerate(reversed(str(digits)), start=2)) % 11
        if check < 10:
            return f"{digits}{check}"
    raise AssertionError("counting does not end")


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
