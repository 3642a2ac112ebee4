"""The questions of the e-service in words: what is asked, why, and what the choices are called.

The shape of each step stands in `rules.application_form`; here every step, field and choice of it has its words.
A face walks `steps_of(kind, answers)` and shows `question(step, field)`; it needs no words of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from handslag.income_support.rules.application_form import STEPS, Field, Kind

Words = str | Promise


@dataclass(frozen=True)
class StepWords:
    """What a page is called and why we ask."""

    title: Words
    why: Words


@dataclass(frozen=True)
class Question:
    """A field in words. `choices` holds (value, words) in the order to show; `hint` may be empty."""

    field: Field
    label: Words
    hint: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    rows: tuple[Question, ...] = ()


KINDS: dict[Kind, Words] = {
    "new": _("New application"),
    "renewal": _("Renewal for a new month"),
    "supplement": _("Something more for the same month"),
}

STEP_WORDS: dict[str, StepWords] = {
    "information": StepWords(
        _("Before you start"),
        _(
            "We ask Försäkringskassan, Pensionsmyndigheten, CSN, Arbetsförmedlingen, the unemployment funds and Skatteverket about your incomes. You must tell us when something changes."
        ),
    ),
    "changes": StepWords(
        _("Has anything changed since last month?"), _("What has not changed you do not need to write again.")
    ),
    "household": StepWords(
        _("Who do you live with?"), _("People who live together as a couple apply together.")
    ),
    "children": StepWords(
        _("Do children live with you?"),
        _("Each child has an amount of its own in the national norm (riksnormen)."),
    ),
    "housing": StepWords(_("How do you live?"), _("We count a reasonable cost for your home.")),
    "costs": StepWords(
        _("What other costs do you have every month?"),
        _("Electricity, home insurance and the like are counted beside the norm."),
    ),
    "special": StepWords(
        _("Do you need money for something special?"),
        _("For example medicine, glasses or a visit to the dentist."),
    ),
    "incomes": StepWords(
        _("What incomes did you have last month?"),
        _("What authorities pay you we fetch ourselves. Tell us about wages and other money."),
    ),
    "assets": StepWords(_("Do you have savings or a car?"), _("Own money is used first.")),
    "occupation": StepWords(
        _("What do you do to support yourself?"), _("Whoever can work needs to look for work.")
    ),
    "account": StepWords(_("Which account shall we pay to?"), _("The account must be your own.")),
    "why": StepWords(_("Why do you need it?"), _("Tell us shortly what has happened.")),
    "summary": StepWords(_("Check and send"), _("Look through your answers. You can change each of them.")),
}

_LABELS: dict[str, Words | tuple[Words, Words]] = {
    "information.read": _("I have read this and understand that you ask the authorities"),
    "changes.has_changed": _("Has anything changed?"),
    "changes.what": _("What has changed?"),
    "changes.text": (_("Tell us more if you want"), _("You may leave this empty.")),
    "household.living": _("I live"),
    "household.partner_person_id": _("Partner"),
    "household.partner_identity_number": (
        _("Your partner's identity number"),
        _("Twelve digits. Your partner gets a message and signs."),
    ),
    "household.persons_in_home": (_("How many persons live in the home, with you?"), ""),
    "children.has_children": _("Children live with me all or part of the time"),
    "children.children": _("Children"),
    "children.children.person_id": _("Child"),
    "children.children.name": _("First name"),
    "children.children.born": (_("Day of birth"), _("Such as 2018-01-15.")),
    "children.children.days_a_month": (
        _("How many days a month does the child live with you?"),
        _("Write 30 for all the time."),
    ),
    "children.children.lunch_away": (
        _("Does the child eat lunch at preschool five days a week?"),
        _("Only for children up to six years."),
    ),
    "children.children.pupil": (
        _("Does the child go to upper secondary school?"),
        _("Only from eighteen years."),
    ),
    "housing.kind": _("My home is"),
    "housing.rent_kr": (_("Rent a month, kronor"), _("Write 0 if you pay nothing.")),
    "housing.rooms": (_("How many rooms, the kitchen not counted?"), ""),
    "housing.pay_landlord": _("Pay the rent straight to the landlord"),
    "housing.landlord_name": _("The landlord's name"),
    "housing.landlord_giro": (_("The landlord's bankgiro or plusgiro"), _("It stands on the rent notice.")),
    "costs.costs": _("Costs"),
    "costs.costs.kind": _("What"),
    "costs.costs.amount_kr": _("Kronor a month"),
    "special.special": _("Special needs"),
    "special.special.kind": _("What"),
    "special.special.amount_kr": _("Kronor"),
    "special.special.why": _("Why do you need it?"),
    "incomes.has_incomes": _("I, or somebody in the household, had incomes"),
    "incomes.incomes": _("Incomes"),
    "incomes.incomes.kind": _("What"),
    "incomes.incomes.of": _("Whose"),
    "incomes.incomes.amount_kr": (_("Kronor after tax"), ""),
    "incomes.incomes.gross_kr": (_("Wages before tax, kronor"), _("Only for wages, as on the payslip.")),
    "incomes.incomes.paid_on": (pgettext_lazy("income", "Paid on"), _("Such as 2026-10-25.")),
    "incomes.incomes.when": _("Is it paid?"),
    "assets.savings_kr": (_("Savings and money in the bank, kronor"), _("Write 0 if you have none.")),
    "assets.has_car": _("I own a car or another vehicle"),
    "assets.car_value_kr": _("What is it worth, kronor?"),
    "assets.other": (_("Other things of value"), _("You may leave this empty.")),
    "occupation.status": _("Right now I am"),
    "occupation.registered_as_job_seeker": _("I am registered at Arbetsförmedlingen"),
    "occupation.done_this_month": (
        _("What have you done to get work this month?"),
        _("Jobs you have applied for, courses, meetings."),
    ),
    "occupation.why": (_("Is there something more we should know?"), _("You may leave this empty.")),
    "account.clearing": (_("Clearing number"), _("Four or five digits.")),
    "account.number": _("Account number"),
    "why.why": _("Tell us why"),
    "summary.truthful": _("What I have written is true, and I tell you when something changes"),
}

_CHOICES: dict[str, dict[str, Words]] = {
    "changes.what": {
        "household": _("Who I live with"),
        "housing": _("Home or rent"),
        "costs": _("Other monthly costs"),
        "special": _("I need money for something special"),
        "assets": _("Savings or car"),
        "account": _("Account number"),
    },
    "household.living": {
        "alone": _("alone or with my children"),
        "partner": _("with a husband, wife or partner"),
        "others": _("with others, not as a couple"),
    },
    "housing.kind": {
        "rental": _("a rented flat with a contract of my own"),
        "second_hand": _("sublet to me"),
        "lodging": _("a room in somebody's home"),
        "owned": _("owned by me"),
        "none": _("I have no home of my own"),
    },
    "costs.costs.kind": {
        "electricity": _("Electricity"),
        "home_insurance": _("Home insurance"),
        "work_travel": _("Travel to work"),
        "unemployment_fund": _("Unemployment fund"),
        "union_fee": _("Union fee"),
    },
    "special.special.kind": {
        "spectacle_frames": _("Glasses"),
        "medicine": _("Medicine"),
        "medical_care": _("Health care"),
        "dental_care": _("Dental care"),
        "child_care_fee": _("Child care fee"),
        "home_equipment": _("Home equipment"),
        "infant_equipment": _("Things for a baby"),
        "moving": _("Moving"),
        "funeral": _("Funeral"),
        "other": _("Something else"),
    },
    "incomes.incomes.kind": {
        "salary": _("Wages after tax"),
        "child_allowance": _("Child allowance"),
        "housing_allowance": _("Housing allowance"),
        "maintenance_support": _("Maintenance support"),
        "sickness_benefit": _("Sickness benefit"),
        "parental_benefit": _("Parental benefit"),
        "unemployment_benefit": _("Unemployment benefit"),
        "activity_grant": _("Activity grant"),
        "pension": _("Pension"),
        "student_aid": _("Student aid"),
        "tax_refund": _("Tax refund"),
        "child_work": _("A child's work"),
        "other": _("Other money, such as Swish"),
    },
    "incomes.incomes.when": {"received": _("Yes, it is paid"), "expected": _("No, I expect it")},
    "occupation.status": {
        "job_seeking": _("looking for work"),
        "working": _("working"),
        "studying": _("studying"),
        "sick": _("ill"),
        "parental_leave": _("at home with a child"),
        "retired": _("a pensioner"),
        "other": _("doing something else"),
    },
}


def questions_of(step: str) -> tuple[Question, ...]:
    """Every question of a step, in order. Those of kind `known` are shown, never typed."""
    return tuple(_question(step, one) for one in STEPS[step])


def choice_words(place: str, value: str) -> Words:
    """What a chosen value is called, such as `choice_words("housing.kind", "rental")`."""
    return _CHOICES[place][value]


def _question(where: str, one: Field) -> Question:
    place = f"{where}.{one.name}"
    said = _LABELS[place]
    label, hint = said if isinstance(said, tuple) else (said, "")
    return Question(
        field=one,
        label=label,
        hint=hint,
        choices=tuple((value, _CHOICES[place][value]) for value in one.choices),
        rows=tuple(_question(place, row) for row in one.rows),
    )
