"""The words of decisions and of automation: reasons in letters, reasons to hand over, the board's table."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from handslag.foundation.public import words
from handslag.income_support.rules.rule_book import BANDS, LARGEST_HOUSEHOLD
from handslag.income_support.shown_words import LABELS, dashed_lazy


def register() -> None:
    """Give every code its words; called once when the app is ready."""
    words(_WORDS)
    words({f"line.{code}": dashed_lazy(label) for code, label in LABELS.items() if not code.endswith(".*")})
    ages = {f"line.norm.child.{band}": band for band in BANDS if f"norm.child.{band}" not in LABELS}
    words({code: dashed_lazy(format_lazy(LABELS["norm.child.*"], rest=band)) for code, band in ages.items()})
    sizes = {f"line.norm.common.{size}": size for size in range(2, LARGEST_HOUSEHOLD + 1)}
    words({code: format_lazy(LABELS["norm.common.*"], rest=size) for code, size in sizes.items()})


_WORDS: dict[str, str | Promise] = {
    # what a decision says
    "decision.granted": _("You get what you applied for, for {month}."),
    "decision.granted_partly": _("You get a part of what you applied for, for {month}."),
    "decision.refused": _("You do not get economic aid for {month}."),
    "decision.cut": _("{what}: you applied for {applied} kr. We approve {approved} kr."),
    "decision.changed_line": _("{what}: we count {counted} kr. {why}"),
    "decision.savings": _(
        "You have told of savings of {amount} kr. If they are counted, they stand among the incomes in the calculation. "
        "Otherwise they have not lessened what you get."
    ),
    "decision.emergency": _("You get help for an acute need from {first} to {last}."),
    # why automation did not decide
    "automation.no_rule": _("The board has not decided that such applications may be decided automatically."),
    "automation.paused": _("Automatic decisions are paused."),
    "automation.other_kind": _("Applications of this kind are not decided automatically."),
    "automation.above_highest": _(
        "The amount is above {amount} kr, the most that may be decided automatically."
    ),
    "automation.special_need": _("A need that a person must judge: {need}."),
    "automation.missing": _("Something is not known: {what}"),
    "automation.fact_missing": _("A fact is missing in the calculation: {path}."),
    "automation.fact_missing.household.children.pupil": _("whether a child goes to school"),
    "automation.fact_missing.costs.rooms": _("how many rooms the home has"),
    "automation.fact_missing.incomes.earned_earlier_this_year": _(
        "what a child has earned earlier this year"
    ),
    "automation.fact_missing.history.months_with_aid_in_a_row": _(
        "how many months in a row there has been aid"
    ),
    "automation.fact_missing.*": _("an answer from a register, or something in the application"),
    "automation.no_registers": _("No register has been asked."),
    "automation.warnings": _("There are warnings that nobody has looked at: {number}."),
    "automation.unconfirmed": _("A figure of the calculation is not confirmed: {what}."),
    "automation.local_rules_wait": _(
        "Newer local rules are entered for the month, and nobody has confirmed them yet."
    ),
    "automation.note": _("The calculation has a note that a person must look at: {note}."),
    "automation.note.*": _("something in the calculation must be judged"),
    "automation.note.rent.several": _("there is more than one rent"),
    "automation.note.rent.rooms_above_table": _("the home has more rooms than the table of highest rents"),
    "automation.note.rent.no_local_rules": _("there are no local rules to hold the rent to"),
    "automation.note.rent.no_highest": _("the local rules have no highest rent for this home"),
    "automation.note.special.no_local_rules": _("no local rules say a highest amount for one of the needs"),
    "automation.note.lodger.several": _("several adults share a home with others"),
    "automation.note.lunch.not_applicable": _("lunch away is stated for a child older than six"),
    "warning.EXPENSE_UNUSUAL": _(
        "{kind}, {amount} kr a month, is unusually high: check the invoice. The limit, {above} kr, is our own setting, not law."
    ),
    "warning.ACCOUNT_SHARED": _(
        "The account that ends with {account} is also given by somebody who neither lives in the household nor is "
        "registered as related. Ask whose account it is before anything is paid."
    ),
    "automation.unusual_cost": _("A cost is unusually high, so a person looks at the invoice: {what}."),
    "automation.dearer_cost": _("A cost is clearly higher than last time: {what}."),
    "automation.activity_requirement": _(
        "The activity requirement may apply, and no person has tried it for this month."
    ),
    "automation.touched": _("A case worker has changed the calculation."),
    "automation.taken_down": _("The application was written down by staff, so a person examines it."),
    "automation.restricted": _("The case is closed or restricted."),
    "automation.nothing_to_grant": _(
        "The calculation leaves nothing to grant, and a refusal is never automatic."
    ),
    "automation.cut": _("Something that was applied for is not approved in full."),
    "automation.not_delegated": _(
        "The delegation order does not let the automated function make this decision."
    ),
    "automation.sample": _(
        "Drawn at random: a person checks what would have been granted before anything leaves."
    ),
    "automation.fault": _("The automatic handling failed and changed nothing."),
    "automation.stopped": _("The automatic handling stopped, because something is wrong at {place}."),
    "automation.stopped.*": _("a fact that it could not read"),
    # kinds of application
    "automation.kind.new": _("first applications"),
    "automation.kind.renewal": _("renewals"),
    "automation.kind.supplement": _("supplements"),
    # the board's table in words
    "automation.condition.kinds": _("Only these kinds of application: {kinds}."),
    "automation.condition.highest": _("At most {amount} kr."),
    "automation.condition.sample": _(
        "{percent} per cent, drawn at random, are checked by a person before they leave."
    ),
    "automation.condition.special": _("Among other needs, only: {needs}."),
    "automation.condition.no_special": _("No other needs than the norm and the costs of every month."),
    "automation.condition.favourable": _(
        "Only when everything that was applied for is granted. A refusal is never automatic."
    ),
    "automation.condition.registers": _("Only when every register has answered and nothing is missing."),
    "automation.condition.warnings": _("Only when there are no warnings that nobody has looked at."),
    "automation.condition.confirmed": _(
        "Only on figures that are confirmed in a published text or by an authorised person. "
        "The demo's own confirmations are marked."
    ),
    "automation.condition.activity": _(
        "Only when the activity requirement cannot apply, or a person has tried it for the month."
    ),
    "automation.condition.delegation": _("Only what the delegation order gives to the automated function."),
    "automation.condition.protected": _(
        "Never for a household with a protected identity, nor in a restricted case."
    ),
    "automation.condition.further_aid": _("Never aid under SoL 12:2."),
}
