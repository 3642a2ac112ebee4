"""From a decision, its assessment and its payments to what the letter says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support.letter.content import LetterContent, PlannedPayment
from handslag.income_support.letter.sender import sender_for
from handslag.income_support.models import Application, Assessment, PayeeKind, PaymentOrder
from handslag.income_support.operations.payees import account_of
from handslag.income_support.queries.calculation import names_of
from handslag.income_support.rules.payee_account import masked_account
from handslag.income_support.shown_calculation import ShownCalculation, reasons_beside, show_calculation
from handslag.people import public as people

READER = foundation.system("letters")
SWEDISH, TRANSLATION = "sv", "en"
AN_OFFICIAL = gettext_noop("an official of the municipality")


@dataclass(frozen=True, slots=True)
class _Told:
    """What was decided, or would be."""

    outcome: str
    amount_kr: Decimal | None
    legal_ground: str
    reasons: Sequence[str | dict[str, Any]]
    first_day: date
    result: dict[str, Any] | None = None
    names: dict[str, str] = field(default_factory=dict)


def decided_letter(
    decision: casework.Decision,
    receiver_id: UUID,
    orders: Sequence[PaymentOrder],
    *,
    application: Application | None,
    delivered_at: datetime,
) -> LetterContent:
    """The letter about a signed decision to one of its parties, as delivered at `delivered_at`.

    `application` is the one that the decision answers, None for emergency aid.
    """
    receiver = people.get_person(receiver_id, READER)
    decided_on = foundation.day_of(decision.decided_at)
    told = _Told(
        decision.outcome,
        decision.amount_kr,
        decision.legal_ground,
        decision.reasons,
        decision.period_from or decided_on,
    )
    result = next(iter(_result_behind(decision.id)), None)
    if result is not None and application is not None:
        told = replace(told, result=result, names=names_of(application, receiver))
    return _compose(
        decision.case,
        receiver,
        told,
        orders,
        decided_on=decided_on,
        is_automated=decision.automated,
        decided_by=_decider(decision),
        others=_others(decision),
        appeal=decision.appeal,
        last_day=casework.appeal_last_day(decision.legal_ground, decided_on, foundation.day_of(delivered_at)),
    )


@foundation.ready
def _result_behind(decision_id: UUID) -> QuerySet[Assessment, dict[str, Any]]:
    return Assessment.objects.filter(decision_id=decision_id).order_by("id").values_list("result", flat=True)[:1]


def drafted_letter(
    application: Application,
    result: dict[str, Any],
    *,
    outcome: str,
    amount_kr: Decimal,
    legal_ground: str,
    reasons: Sequence[str | dict[str, Any]],
    decided_by: str,
    at: datetime,
) -> LetterContent:
    """The letter as it would be if this were decided now: for the preview, and it says so."""
    on = foundation.day_of(at)
    first_day = foundation.Month.parse(application.month).first
    names = names_of(application)
    told = _Told(outcome, amount_kr, legal_ground, reasons, first_day, result, names)
    return _compose(
        application.case,
        people.get_person(application.applicant_id, READER),
        told,
        (),
        decided_on=on,
        is_automated=False,
        decided_by=decided_by,
        others=(),
        appeal=casework.appeal_for(legal_ground, on).code,
        last_day=casework.appeal_last_day(legal_ground, on, on),
        is_preview=True,
    )


def _compose(
    case: casework.Case,
    receiver: people.Person,
    told: _Told,
    orders: Sequence[PaymentOrder],
    *,
    decided_on: date,
    is_automated: bool,
    decided_by: str,
    others: tuple[str, ...],
    appeal: str,
    last_day: date | None,
    is_preview: bool = False,
) -> LetterContent:
    """The Swedish letter, which is the decision; with a translation for whoever reads another language."""
    people.require_tellable(receiver.id, *told.reasons)
    # Anything but a register's clear "no mark" is handled as protected: the letter then holds no address.
    is_protected = str(receiver.protection) != "none" or case.restricted

    def written(language: str) -> LetterContent:
        return _written(
            case, receiver, told, orders, language=language, decided_on=decided_on, is_automated=is_automated, decided_by=decided_by,
            others=others, appeal=appeal, last_day=last_day, is_preview=is_preview, is_protected=is_protected,
        )  # fmt: skip

    swedish = written(SWEDISH)
    if receiver.language in ("", SWEDISH) or not settings.HANDSLAG_LETTER_TRANSLATION:
        return swedish
    return replace(swedish, translation=written(TRANSLATION))


def _written(
    case: casework.Case,
    receiver: people.Person,
    told: _Told,
    orders: Sequence[PaymentOrder],
    *,
    language: str,
    decided_on: date,
    is_automated: bool,
    decided_by: str,
    others: tuple[str, ...],
    appeal: str,
    last_day: date | None,
    is_preview: bool,
    is_protected: bool,
) -> LetterContent:
    with translation.override(language):
        calculation: ShownCalculation | None = None
        if told.result is not None:
            calculation = show_calculation(told.result, names=told.names, reasons=told.reasons)
        what = _about(told.first_day)
        return LetterContent(
            language=language,
            sender=sender_for(case.unit.name),
            recipient=receiver.name,
            address_lines=() if is_protected else _address(receiver.id),
            is_protected=is_protected,
            case_number=case.number,
            decided_on=decided_on,
            title=_("Decision about economic aid for {month}").format(month=what),
            sentence=_sentence(told.outcome, told.amount_kr, what),
            reasons=tuple(foundation.tell(reason) for reason in reasons_beside(calculation, told.reasons)),
            legal_ground=told.legal_ground,
            calculation=calculation,
            payments=tuple(_payment(order, receiver.id) for order in orders),
            is_automated=is_automated,
            decided_by=_(AN_OFFICIAL) if decided_by == AN_OFFICIAL else decided_by,
            others_took_part=others,
            appeal=casework.appeal_text(appeal),
            appeal_last_day=last_day,
            notices=(_("This is a preview. Nothing is decided yet."),) if is_preview else (),
        )


def _sentence(outcome: str, amount_kr: Decimal | None, month: str) -> str:
    """The decision in one sentence."""
    amount = foundation.kr(amount_kr or Decimal(0))
    if outcome == "granted":
        return _("You get {amount} in economic aid for {month}.").format(amount=amount, month=month)
    if outcome == "partly_granted":
        return _(
            "You get {amount} in economic aid for {month}. That is a part of what you applied for."
        ).format(amount=amount, month=month)
    if outcome == "refused":
        return _("You do not get economic aid for {month}.").format(month=month)
    return _("We do not try your application for {month}.").format(month=month)


def _about(day: date) -> str:
    return formats.date_format(day, "F Y")


def _address(person_id: UUID) -> tuple[str, ...]:
    address = people.address_of(person_id, READER)
    if address is None:
        return ()
    lines = (
        address.care_of and f"c/o {address.care_of}",
        address.street,
        f"{address.postal_code} {address.city}".strip(),
    )
    return tuple(line for line in lines if line)


def _payment(order: PaymentOrder, receiver_id: UUID) -> PlannedPayment:
    payee = order.payee
    if payee.kind == PayeeKind.PERSON:
        account = masked_account(account_of(payee))
        own = payee.person_id == receiver_id
        words = _("Your account {account}") if own else _("The applicant's account {account}")
        return PlannedPayment(order.pay_on, words.format(account=account), foundation.kr(order.amount_kr))
    return PlannedPayment(order.pay_on, payee.name, foundation.kr(order.amount_kr))


def _decider(decision: casework.Decision) -> str:
    """The name of who decided (FL 31), left out where a threat is feared (FL 33)."""
    if decision.automated or decision.decided_by is None:
        return ""
    if decision.name_left_out:
        return AN_OFFICIAL
    return str(decision.decided_by)


def _others(decision: casework.Decision) -> tuple[str, ...]:
    if decision.name_left_out or not (decision.took_part or decision.rapporteur_id):
        return ()
    ids = [*decision.took_part, *([str(decision.rapporteur_id)] if decision.rapporteur_id else [])]
    return tuple(str(account) for account in foundation.Account.objects.filter(id__in=ids).order_by("name"))
