"""The words of the codes that this context writes: routes, answers, warnings, missing facts, steps."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.foundation.public import words


def register() -> None:
    """Give every code its words; called once when the app is ready."""
    words(_WORDS)
    agencies = {code: name for code, name in _WORDS.items() if code.startswith("agency.")}
    words({f"automation.fact_missing.registers.{code.partition('.')[2]}": name for code, name in agencies.items()})


_WORDS: dict[str, str | Promise] = {
    # notices
    "income_support.local_rules_wait": _(
        "The local rules {name} {paragraph} wait for you or another to hold them against the board’s decision."
    ),
    "income_support.unusual_costs_wait": _(
        "The limits of unusual costs {paragraph} wait for you or another to hold them against the decision."
    ),
    # routes, told to the applicant
    "route.taken_down": _("We wrote the application down for you."),
    "route.new": _("You have no running case with us, so this is a new application."),
    "route.running_case": _("You have a running case, so this is a renewal for a new month."),
    "route.recently_closed": _(
        "Your last case was closed on {closed_on}, within {days} days, so we take it up as a renewal."
    ),
    "route.applied_this_month": _(
        "You have already applied for {month}. Here you can apply for something more for the same month."
    ),
    "route.same_household": _(
        "Somebody you live with already has a running case, and a household has one case. We call you and sort it out together."
    ),
    "route.we_call_you": _(
        "We want to talk to you in person before you apply. We call you, and you can call us."
    ),
    "route.other_month": _("You cannot apply for {month} here. Call us if you need help for that month."),
    # answers
    "answers.missing": _("Answer this question."),
    "answers.unknown_field": _("This answer does not belong to the question."),
    "answers.unknown_step": _("This page does not belong to the application."),
    "answers.not_rows": _("The rows could not be read."),
    "answers.too_many": _("At most {limit} rows can be given here."),
    "answers.not_ticked": _("Tick the box to go on."),
    "answers.not_yes_or_no": _("Answer yes or no."),
    "answers.not_a_choice": _("Choose one of the answers."),
    "answers.not_money": _("Write the amount in kronor with digits, such as 5 200 or 5 200,50."),
    "answers.pointed_thousands": _("Did you mean {meant}? Then write {plain} or {meant}."),
    "answers.negative": _("The number cannot be below zero."),
    "answers.too_many_decimals": _("Write the amount with at most two decimals."),
    "answers.absurd_amount": _(
        "The amount is higher than {limit} kr, the most that can be given here. Check the digits; if it is right, call us."
    ),
    "answers.not_a_number": _("Write a whole number with digits."),
    "answers.number_out_of_range": _("Write a number from 1 to {limit}."),
    "answers.too_long": _("The text is too long: at most {limit} characters."),
    "answers.not_a_day": _("Write the day as year-month-day, such as 2026-11-22."),
    "answers.wrong_identity_number": _(
        "The identity number is not right. Check the digits, the last one too."
    ),
    "answers.wrong_account": _("The account number is not right. Check the digits."),
    "answers.wrong_giro": _("The giro number is not right. Check the digits."),
    "answers.born_in_future": _("The day of birth lies in the future."),
    "answers.too_old_for_a_child": _(
        "A person of {limit} or older is not counted as a child of the household."
    ),
    "answers.child_twice": _("The same child stands here twice."),
    "answers.not_in_household": _("The income belongs to somebody who is not in the household."),
    "answers.child_work_of_adult": _("Work income of a child must belong to a child."),
    "answers.salary_of_child": _("Choose the work of a child for a child's wages."),
    "answers.nobody_else_in_home": _("Count everybody who lives in the home, you and your children too."),
    # warnings, told to the case worker
    "warning.UNHANDLED_INCOME": _(
        "{benefit}, {amount} kr, is not in the table of benefits. Decide whether it counts."
    ),
    "warning.INCOME_CHANGE": _("{benefit} has changed from {before} kr to {now} kr."),
    "warning.MISSING_REGISTER": _("{agency} has not answered. Its incomes are not known."),
    "warning.INCOME_DROPPED": _("{benefit} was {amount} kr the month before and is missing now."),
    "warning.NEW_INCOME": _("{benefit}, {amount} kr, is new."),
    "warning.HOUSEHOLD_CHANGE": _(
        "The household is not the same: {adults} adults and {children} children are stated."
    ),
    "warning.HOUSING_COST_CHANGE": _("The rent has changed from {before} kr to {now} kr."),
    "warning.EXPENSE_REVIEW": _("A special need must be examined: {kind}."),
    "warning.EXPENSE_CAPPED": _(
        "A cost was cut to the highest accepted amount: {kind}, from {applied} kr to {approved} kr."
    ),
    "warning.closed.gone": _("The difference is no longer there."),
    "agency.fk": _("Försäkringskassan"),
    "agency.pm": _("Pensionsmyndigheten"),
    "agency.csn": _("CSN"),
    "agency.af": _("Arbetsförmedlingen"),
    "agency.so": _("The unemployment funds"),
    "agency.skv": _("Skatteverket"),
    "benefit.FK:ABB": _("Child allowance"),
    "benefit.FK:MABB": _("Child allowance"),
    "benefit.FK:US": _("Maintenance support"),
    "benefit.FK:BOB": _("Housing allowance"),
    "benefit.FK:BTI": _("Housing supplement"),
    "benefit.PM:BTI": _("Housing supplement"),
    "benefit.FK:SJP": _("Sickness benefit"),
    "benefit.FK:SA": _("Sickness or activity compensation"),
    "benefit.FK:RBE": _("Rehabilitation compensation"),
    "benefit.FK:FP": _("Parental benefit"),
    "benefit.FK:TFP": _("Temporary parental benefit"),
    "benefit.FK:GP": _("Pregnancy benefit"),
    "benefit.FK:AS": _("Activity grant"),
    "benefit.FK:PROG": _("Programme compensation"),
    "benefit.FK:ET": _("Establishment compensation"),
    "benefit.FK:AP": _("Pension"),
    "benefit.PM:AP": _("Pension"),
    "benefit.PM:EF": _("Survivor's pension"),
    "benefit.SO:AKASSA": _("Unemployment benefit"),
    "benefit.CSN:STUDB": _("Student aid"),
    "benefit.CSN:STUDL": _("Student loan"),
    "benefit.SKV:REFUND": _("Tax refund"),
    "benefit.FK:MEK": _("Compensation for extra costs"),
    "benefit.FK:OMV": _("Care allowance for a child"),
    "benefit.FK:HE": _("Disability allowance"),
    "cost.rent": _("Rent"),
    # facts that the machine does not know
    "facts.no_household": _("The household is not stated."),
    "facts.partner_unknown": _("The partner is not known."),
    "facts.birth_unknown": _("The day of birth is not known."),
    "facts.child_not_in_register": _("A child that is stated is not in the population register."),
    "facts.child_birth_differs": _("A child's day of birth differs from the population register."),
    "facts.no_housing": _("The home is not stated."),
    "facts.no_costs": _("The costs are not stated."),
    "facts.no_incomes": _("The incomes are not stated."),
    "facts.no_main_decision": _("There is no decision for the month that this supplement adds to."),
    "facts.no_assets": _("The assets are not stated."),
    "facts.unhandled_income": _("A payment must be judged by a person: {benefit}."),
    "facts.unconfirmed_benefit": _("The rule for {benefit} is not confirmed."),
    "facts.income_not_in_register": _("An income is stated that no register tells of: {kind}."),
    "facts.income_other_month": _("An income was paid in another month: {month}."),
    "facts.income_expected": _("An income is expected but not yet paid: {kind}."),
    "facts.income_other_kind": _("An income of another kind is stated."),
    "facts.child_work_earlier_unknown": _("What the child has earned earlier this year is not known."),
    "facts.savings": _("Savings are stated: {amount} kr."),
    "facts.car": _("A car is stated."),
    "facts.other_assets": _("Other assets are stated."),
    "facts.registers_down": _("The registers could not be asked."),
    "facts.protected": _("A person in the household is protected, or the mark is not known."),
    "facts.co_applicant_missing": _("The partner has not signed."),
    # reasons to hand over
    "handed.partner_declined": _("The person named as partner did not sign."),
    "handed.partner_unsigned": _("The partner has not signed in time."),
    "handed.stuck": _("The automatic handling did not finish."),
    "notice.call_person": _("Somebody wants to apply for economic aid and waits for a call."),
    "handed.warnings": _("Differences must be looked at first."),
    "handed.missing": _("Something is not known."),
    "handed.fault": _("The automatic handling failed."),
    "handed.supplement": _("A supplement is examined by a person."),
    # where an application stands, told to the applicant
    "step.sent": _("You sent the application"),
    "step.partner": _("Your partner signs"),
    "step.partner_signed": _("Your partner signed"),
    "step.registers": _("We ask the authorities about incomes"),
    "step.assessed": _("We work out what you are entitled to"),
    "step.worker": _("A case worker examines your application"),
    "step.decided": _("The decision is made"),
    "step.withdrawn": _("You took the application back"),
    "missing.partner_signature": _("Your partner needs to log in and sign."),
}

HAS_NAME = frozenset(code for code in _WORDS if code.startswith(("agency.", "benefit.")))
