"""Who may be paid: the person's own account, a landlord, an electricity company; each with a checked account."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.income_support.errors_payments import BadPayeeAccount, NoPayee
from handslag.income_support.models import Application, Assessment, Payee, PayeeKind
from handslag.income_support.ports import AccountKind, PayeeAccount
from handslag.income_support.rules.answered import read_answers
from handslag.income_support.rules.payee_account import BadAccount, check_account, check_giro
from handslag.people import public as people

END_OTHERS = """
UPDATE income_support_payee SET ended_at = %s
WHERE case_id = %s AND person_id = %s AND kind = %s AND ended_at IS NULL AND id <> %s
"""


class Share(NamedTuple):
    """What a payee gets of a decision, in kronor."""

    payee: Payee
    amount_kr: Decimal


@foundation.operation
def add_payee(
    *, case_id: UUID, person_id: UUID, kind: str, name: str, account_kind: str, account_number: str,
    clearing: str = "", reference: str = "", by: Actor, at: datetime,
) -> Payee:  # fmt: skip
    """Add a payee to a case, or give the one that is there. Raises BadPayeeAccount.

    A new account of the person's own ends the earlier one; what is ordered already goes where it was ordered.
    """
    case = casework.Case.objects.filter(id=case_id).first()
    if case is None:
        raise casework.CaseNotFound
    if kind not in PayeeKind.values or not name.strip():
        raise foundation.BadInput("The payee has no name or kind.", where="name", do="Say who is to be paid.")
    try:
        account = check_account(AccountKind(account_kind), account_number, clearing)
    except BadAccount as wrong:
        raise BadPayeeAccount(wrong.code) from wrong
    except ValueError as wrong:
        raise BadPayeeAccount(code="account.bad_number") from wrong
    return _kept(
        case,
        person_id,
        kind,
        account,
        name=name.strip()[:140],
        reference=reference.strip()[:35],
        by=by,
        at=at,
    )


def shares_of(decision: casework.Decision, *, by: Actor, at: datetime) -> list[Share]:
    """How a decision's sum is shared out: the rent to the landlord when the person wished so, else to the person.

    The landlord gets at most the approved rent and at most what is given. Raises NoPayee.
    """
    given = decision.amount_kr or Decimal(0)
    application = _application_of(decision)
    answers = read_answers(application.answers) if application else None
    shares: list[Share] = []
    housing = answers.housing if answers else None
    rest = given
    if housing is not None and housing.pay_landlord and housing.landlord_giro and application is not None:
        rent = min(given, _approved_rent(decision, housing.rent_kr))
        if rent > 0:
            try:
                giro = check_giro(housing.landlord_giro)
            except BadAccount as wrong:
                raise NoPayee from wrong
            landlord = _kept(
                decision.case,
                decision.person_id,
                PayeeKind.LANDLORD,
                giro,
                name=housing.landlord_name[:140] or "Hyresvärd",
                reference=decision.case.number,
                by=by,
                at=at,
            )
            shares.append(Share(landlord, rent))
            rest -= rent
    if rest > 0:
        own = _own_account(decision, answers.account if answers else None, by=by, at=at)
        shares.append(Share(own, rest))
    return shares


def account_of(payee: Payee) -> PayeeAccount:
    return PayeeAccount(AccountKind(payee.account_kind), payee.account_number, payee.clearing, payee.bank)


def _own_account(decision: casework.Decision, answered: object, *, by: Actor, at: datetime) -> Payee:
    """The account of the application, else the latest that the person has in the case."""
    if answered is not None:
        clearing, number = str(getattr(answered, "clearing", "")), str(getattr(answered, "number", ""))
        try:
            account = check_account(AccountKind.BANK_ACCOUNT, number, clearing)
        except BadAccount as wrong:
            raise NoPayee from wrong
        name = people.name_of(decision.person_id, foundation.system("payments"))
        return _kept(
            decision.case,
            decision.person_id,
            PayeeKind.PERSON,
            account,
            name=name,
            reference=decision.case.number,
            by=by,
            at=at,
        )
    known = Payee.objects.filter(
        case_id=decision.case_id, person_id=decision.person_id, kind=PayeeKind.PERSON, ended_at__isnull=True
    )
    latest = known.order_by("-added_at").first()
    if latest is None:
        raise NoPayee
    return latest


def _kept(
    case: casework.Case,
    person_id: UUID,
    kind: str,
    account: PayeeAccount,
    *,
    name: str,
    reference: str,
    by: Actor,
    at: datetime,
) -> Payee:
    """The payee as it is already known, or added; two workers at once get the same row."""
    same = {
        "case_id": case.id, "person_id": person_id, "kind": kind, "account_kind": account.kind.value,
        "clearing": account.clearing, "account_number": account.number, "reference": reference,
    }  # fmt: skip
    held = _current(case.id, person_id, kind)
    known = next((each for each in held if all(getattr(each, name) == value for name, value in same.items())), None)
    if known is None:
        payee = Payee(
            **same,
            name=name,
            bank=account.bank,
            added_by_id=by.account_id if by.is_staff else None,
            added_at=at,
        )
        try:
            with transaction.atomic():
                payee.save(force_insert=True)
            known = payee
        except IntegrityError:
            known = Payee.objects.get(**same, ended_at__isnull=True)
    if kind == PayeeKind.PERSON:
        with connection.cursor() as cursor:
            cursor.execute(END_OTHERS, [at, case.id, person_id, str(kind), known.id])
    return known


@foundation.ready
def _current(case_id: UUID, person_id: UUID, kind: str) -> QuerySet[Payee]:
    rows = Payee.objects.filter(case_id=case_id, person_id=person_id, kind=kind, ended_at__isnull=True)
    return rows.order_by("id")


def _application_of(decision: casework.Decision) -> Application | None:
    """The application that was decided; for emergency aid the latest one of the person in the case."""
    if decision.matter_id is not None:
        found = foundation.find_row(Application, decision.matter_id)
        if found is not None:
            return found
    return None


def _approved_rent(decision: casework.Decision, stated: Decimal) -> Decimal:
    assessment = Assessment.objects.filter(decision=decision).first()
    if assessment is None:
        return stated
    lines = assessment.result["lines"]
    return sum((Decimal(str(line["amount"])) for line in lines if line["code"] == "cost.rent"), Decimal(0))
