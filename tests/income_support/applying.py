"""How the tests of applications apply: whole answers, a draft sent, registers that answer as told."""

from datetime import UTC, date, datetime
from decimal import Decimal

from handslag.demo.aid_history import account_number
from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support import ports
from handslag.income_support.operations import applications, drafts
from handslag.income_support.ports import (
    Agency,
    AgencyAnswer,
    AnswerState,
    Payout,
    PopulationAnswer,
    ProtectionMark,
    RegisterAnswers,
    RegisterFigure,
)
from handslag.people import public as people

ANSWERS = {
    "information": {"read": "on"},
    "household": {"living": "alone"},
    "children": {"has_children": "no"},
    "housing": {"kind": "rental", "rent_kr": "5200", "rooms": "1", "pay_landlord": "no"},
    "costs": {"costs": [{"kind": "electricity", "amount_kr": "300"}]},
    "special": {"special": []},
    "incomes": {"has_incomes": "no"},
    "assets": {"savings_kr": "0", "has_car": "no"},
    "occupation": {"status": "job_seeking", "registered_as_job_seeker": "yes", "done_this_month": "Sökt arbete"},
    "account": {"clearing": "6000", "number": "123456789"},
    "summary": {"truthful": "on"},
}


def this_month():
    return Month.of(foundation.today())


def now():
    return foundation.now()


def own_account(resident):
    """Elin's is the one that tests name; everybody else has another."""
    number = "123456789" if resident.name.startswith("Elin") else account_number(resident.person_id)
    return {"clearing": "6000", "number": number}


def begin(resident, month=None):
    return drafts.start_draft(month=month or this_month(), by=resident, at=now())


def answer(draft, resident, **changed):
    """Every step saved, with these steps answered otherwise; the account is the resident's own."""
    whole = {**ANSWERS, "account": own_account(resident), **changed}
    for step in drafts.own_steps(draft):
        draft, problems = drafts.save_draft_step(
            draft_id=draft.id,
            step=step,
            answers=whole.get(step) or ANSWERS[step],
            version=draft.version,
            by=resident,
            at=now(),
        )
        assert problems == (), problems
    return draft


def apply(resident, month=None, **changed):
    """A new application, sent."""
    draft = answer(begin(resident, month), resident, **changed)
    return applications.submit_application(draft_id=draft.id, by=resident, at=now())


def number_of(resident):
    with foundation.acting(foundation.system("test")) as reader:
        return people.identity_number_of(resident.person_id, reader).number


class ToldRegisters:
    """Registers that answer what they are told: payments by month, agencies that are silent, or nonsense."""

    def __init__(self, payments=(), silent=(), broken=False, nonsense=None, nothing_wired=False):
        self.payments, self.silent, self.broken, self.nonsense = payments, silent, broken, nonsense
        self.asked = []

    def fetch(self, identity_number, period, case_number, officer):
        self.asked.append((identity_number, period))
        if self.broken:
            raise ConnectionError("the line is dead")
        if self.nonsense is not None:
            return self.nonsense
        at = datetime.now(UTC)
        answers = []
        for agency in Agency:
            if agency.value in self.silent:
                answers.append(AgencyAnswer(agency, AnswerState.MISSING, at, "test", reason_code="timeout"))
                continue
            figures = tuple(
                RegisterFigure(
                    agency, code, code, identity_number, Decimal(amount), paid_on, Payout.PAID, None, "test", at
                )
                for code, amount, paid_on in self.payments
                if agency.value == ("fk" if code.startswith("FK") else code.split(":")[0].lower())
            )
            answers.append(AgencyAnswer(agency, AnswerState.OK, at, "test", figures=figures))
        return RegisterAnswers(identity_number, period, "c", at, tuple(answers))


class ToldPopulation:
    """A population register that gives one mark to everybody, or fails."""

    def __init__(self, mark=ProtectionMark.NONE, broken=False):
        self.mark, self.broken = mark, broken

    def look_up(self, identity_number):
        if self.broken:
            raise ConnectionError
        return PopulationAnswer(
            identity_number, AnswerState.OK, self.mark, datetime.now(UTC), "test"
        )


def use(registers=None, population=None):
    ports.use(registers=registers or ToldRegisters(), population=population or ToldPopulation())
    return ports.registers()


def in_month(month, day=25):
    return date(month.year, month.month, day)
