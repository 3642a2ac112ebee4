"""Deciding in a case and delivering the decision (FL 25, 31-33, 37-39, 44; KL 6:37)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handslag.casework import events
from handslag.casework.access import case_for, locked_case
from handslag.casework.appeals import appeal_for, appeal_last_day
from handslag.casework.changes import ChangedAlready
from handslag.casework.errors import CaseChangedMeanwhile, NotCommunicated, NotForAutomation, PartNotFound
from handslag.casework.models import Case, CaseParty, Communication, Decision, Document
from handslag.casework.operations.clocks import start_clock
from handslag.casework.operations.communication import finished_communication
from handslag.casework.rules.appeals import AppealRule
from handslag.casework.states import Outcome
from handslag.foundation import public as foundation
from handslag.people import public as people

WAYS = ("my_page", "digital_post", "post", "in_person")
Reason = str | dict[str, Any]


@foundation.operation
def decide(
    *, case_id: UUID, type: str, outcome: str, legal_ground: str, reason: Reason | Sequence[Reason],
    amount: Decimal | int | None = None, period_from: date | None = None, period_to: date | None = None,
    automated: bool = False, rapporteur_id: UUID | None = None, took_part: Sequence[UUID] = (),
    matter_id: UUID | None = None, name_left_out: bool = False, replaces_id: UUID | None = None,
    version: int | None = None, idempotency_key: str = "", procedural: bool = False,
    decider: foundation.Actor | None = None, delegated_in: UUID | None = None,
    by: foundation.Actor, at: datetime,
) -> Decision:  # fmt: skip
    """Sign a decision: `by` decides, under the delegation order, and it is never changed afterwards.

    `outcome` is a code of `states.Outcome`; `amount` is in kronor; `period_from` and `period_to` are the first
    and the last day that it concerns; `reason` is a text, a stored sentence, or several. Anything but wholly
    favourable needs communication first (FL 25), unless it is `procedural`. `automated` needs the system as decider, a wholly favourable
    outcome and a ground that allows it. `replaces_id` changes an earlier decision (FL 37-39). The same
    `idempotency_key` gives the same decision back. `procedural`: a step on the way (to open, to take more time), which
    grants or is neutral (`decided`, which has no amount); it leaves what was communicated for the decision in the matter.
    `decider`: who decides where the system's hand writes because they do not work in the case (the unit on call), under
    the delegation that they hold in the unit `delegated_in`.

    Raises NotCommunicated, NotForAutomation, NoAppealRule, CaseChangedMeanwhile, or Refused without delegation.
    """
    case = locked_case(case_id, "decide", by)
    if idempotency_key:
        known = _already(case.id, idempotency_key)
        if known:
            return known[0]
    if version is not None and version != case.version:
        raise CaseChangedMeanwhile
    today = foundation.day_of(at)
    money = None if amount is None else foundation.money(amount)
    reasons = _checked(outcome, reason, money, period_from, period_to)
    rule = appeal_for(legal_ground, today)
    if decider is not None and not by.is_system:
        raise foundation.Refused("Nobody decides in a colleague's name.", do="Let them decide themselves.")
    who = decider or by
    _require_decider(who, automated, outcome, rule)
    foundation.require_delegation(who, type, money, delegated_in if decider else case.unit_id, today)
    if any(isinstance(one, str) for one in reasons):
        for party in CaseParty.objects.filter(case=case, has_insight=True, valid_to__isnull=True):
            people.require_tellable(party.person_id, *reasons)
    decision = Decision(
        case=case, person_id=case.person_id, matter_id=matter_id, type=type, outcome=outcome,
        legal_ground=legal_ground, amount_kr=money, period_from=period_from, period_to=period_to, reasons=reasons,
        automated=automated, decided_by_id=who.account_id, rapporteur_id=rapporteur_id,
        took_part=[str(account_id) for account_id in took_part], decided_at=at, name_left_out=name_left_out,
        appeal=rule.code, communication=_communication(case, matter_id, outcome, today, procedural),
        replaces=_replaced(case, replaces_id), idempotency_key=idempotency_key,
    )  # fmt: skip
    decision.save(force_insert=True)
    made = events.DecisionMade(
        case_id=case.id, person_id=case.person_id, unit_id=case.unit_id, decision_id=decision.id,
        matter_id=matter_id, type=type, outcome=outcome, amount_kr=money, automated=automated,
    )  # fmt: skip
    events.tell(made, by=by, at=at)
    return decision


@foundation.operation
def attach_letter(*, decision_id: UUID, document_id: UUID, by: foundation.Actor, at: datetime) -> Decision:
    """Join the decision to its letter, a document of the same case; once."""
    decision = _locked(decision_id, by)
    if _join_letter(decision, document_id):
        decision.save(update_fields=["letter"])
    return decision


@foundation.operation
def deliver_decision(
    *, decision_id: UUID, way: str, delivered_at: datetime | None = None, letter_id: UUID | None = None,
    by: foundation.Actor, at: datetime,
) -> Decision:  # fmt: skip
    """Record that the party got the decision (FL 33), by a code of `WAYS`, at `delivered_at` (default `at`).

    The last day to appeal counts from the Swedish day of delivery. Delivering again changes nothing. `letter_id`
    joins the decision to its letter as `attach_letter` does.
    """
    decision = _locked(decision_id, by)
    joined = ["letter"] if letter_id is not None and _join_letter(decision, letter_id) else []
    if decision.delivered_at is not None:
        decision.save(update_fields=joined)
        return decision
    got = delivered_at or at
    if way not in WAYS or not decision.decided_at <= got <= at:
        raise foundation.BadInput(
            "The delivery cannot have happened that way or at that time.",
            where="way",
            do="Choose a way of delivery, and a time after the decision and not in the future.",
        )
    decision.delivered_at, decision.delivered_by_way = got, way
    decision.appeal_last_day = appeal_last_day(
        decision.legal_ground, foundation.day_of(decision.decided_at), foundation.day_of(got)
    )
    decision.save(update_fields=["delivered_at", "delivered_by_way", "appeal_last_day", *joined])
    delivered = events.DecisionDelivered(
        case_id=decision.case_id, person_id=decision.person_id, decision_id=decision.id, way=way,
        appeal_last_day=decision.appeal_last_day,
    )  # fmt: skip
    events.tell(delivered, by=by, at=at)
    clock = appeal_for(decision.legal_ground, foundation.day_of(decision.decided_at)).clock
    if clock is not None:
        start_clock(
            case_id=decision.case_id,
            rule=clock,
            about=decision.id,
            starts_on=foundation.day_of(got),
            by=by,
            at=at,
        )
    return decision


@foundation.ready
def _already(case_id: UUID, idempotency_key: str) -> QuerySet[Decision]:
    return Decision.objects.filter(case_id=case_id, idempotency_key=idempotency_key).order_by("id")[:1]


def _join_letter(decision: Decision, document_id: UUID) -> bool:
    """Set the letter on the decision, not yet saved; False when it is its letter already."""
    if decision.letter_id == document_id:
        return False
    if decision.letter_id is not None:
        raise foundation.Refused("The decision has its letter already.", do="Open the letter that is there.")
    if not Document.objects.filter(id=document_id, case_id=decision.case_id).exists():
        raise PartNotFound("There is no such document in this case, or you may not see it.")
    decision.letter_id = document_id
    return True


def _checked(
    outcome: str,
    reason: Reason | Sequence[Reason],
    money: Decimal | None,
    first: date | None,
    last: date | None,
) -> list[Reason]:
    """The reasons as a list; raises BadInput naming the field that is wrong."""
    if outcome not in Outcome.values:
        raise foundation.BadInput(
            "There is no such outcome.", where="outcome", do="Choose one of the outcomes."
        )
    if money is not None and money < 0:
        raise foundation.BadInput("The amount is below zero.", where="amount", do="Give an amount from 0 kr.")
    if money is not None and outcome == Outcome.DECIDED:
        raise foundation.BadInput(
            "A decision that grants nothing has no amount.", where="amount", do="Leave the amount out."
        )
    if (first is None) != (last is None) or (first is not None and last is not None and last < first):
        raise foundation.BadInput(
            "The period ends before it begins, or lacks a day.",
            where="period_to",
            do="Give the first and the last day of the period.",
        )
    several = [reason] if isinstance(reason, str | dict) else list(reason)
    reasons = [one for one in several if not isinstance(one, str) or one.strip()]
    if not reasons:
        raise foundation.BadInput(
            "The decision has no reason.",
            where="reason",
            do="Write why, in words that the person can follow (FL 32).",
        )
    return reasons


def _require_decider(by: foundation.Actor, automated: bool, outcome: str, rule: AppealRule) -> None:
    """A person decides, or the automated function decides what it may (KL 6:37)."""
    if automated != by.is_system:
        raise NotForAutomation
    if automated and (outcome != Outcome.GRANTED or not rule.may_be_automated):
        raise NotForAutomation


def _communication(
    case: Case, matter_id: UUID | None, outcome: str, today: date, procedural: bool
) -> Communication | None:
    """The finished communication behind the decision; a wholly favourable one needs none, and a step on the way
    takes none."""
    if procedural and outcome in (Outcome.GRANTED, Outcome.DECIDED):
        return None
    found = finished_communication(case.id, matter_id, today)
    if found is None and outcome != Outcome.GRANTED:
        raise NotCommunicated
    return found


def _replaced(case: Case, replaces_id: UUID | None) -> Decision | None:
    if replaces_id is None:
        return None
    earlier = Decision.objects.filter(id=replaces_id, case=case).first()
    if earlier is None:
        raise PartNotFound("There is no such decision in this case, or you may not see it.")
    if Decision.objects.filter(replaces=earlier).exists():
        raise ChangedAlready
    return earlier


def _locked(decision_id: UUID, by: foundation.Actor) -> Decision:
    decision = foundation.find_row(Decision, decision_id, lock=True)
    if decision is None:
        raise PartNotFound("There is no such decision, or you may not see it.")
    decision.case = case_for(decision.case_id, "deliver_decision", by)
    return decision
