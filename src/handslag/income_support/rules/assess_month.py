"""The assessment of economic aid for one calendar month (SoL 2025:400 12:1, 12:7-9; SoF 2025:468 12:2-3).

The same function is used by the web, the letter, the replay of decisions and the command `handslag assess`.
"""

from __future__ import annotations

from handslag.income_support.rules.assessment import NOTHING, Assessment, Note, Sums, from_lines
from handslag.income_support.rules.costs import cost_part, kronor, special_part
from handslag.income_support.rules.facts import Facts
from handslag.income_support.rules.incomes import income_part
from handslag.income_support.rules.norm import check_ages, norm_part
from handslag.income_support.rules.parameters import Parameters, Status, activity_requirement_may_apply

UNCONFIRMED = Note("rules.unconfirmed")


def assess_month(facts: Facts, *, parameters: Parameters) -> Assessment:
    """The whole calculation: norm, costs, other needs, incomes; then what is granted.

    Raises BadFacts for facts that contradict the month, NoRules when a needed figure has no rule. A fact that
    is missing is named in `missing`, and the answer is then `cannot_tell` whatever the sums say.
    """
    if facts.month != parameters.month:
        raise ValueError("the parameters belong to another month than the facts")
    check_ages(facts, parameters.settings)
    norm, cost = norm_part(facts, parameters), cost_part(facts, parameters)
    special, income = special_part(facts, parameters), income_part(facts, parameters)
    missing = [*norm.missing, *cost.missing, *special.missing, *income.missing]
    notes = [*norm.notes, *cost.notes, *special.notes, *income.notes]
    for register, state in facts.registers:
        if state != "ok":
            missing.append(f"registers.{register}")
            notes.append(Note("register.missing", {"register": register}))
    status: Status = "confirmed"
    if activity_requirement_may_apply(parameters, facts.history.months_with_aid_in_a_row):
        notes.append(Note("activity_requirement.may_apply"))
        status = parameters.cell("activity_requirement.months_in_a_row").status
    return from_lines(
        month=facts.month,
        lines=norm.lines + cost.lines + special.lines + income.lines,
        missing=missing,
        notes=notes,
        rule_version=parameters.rule_version,
        rules_status=status,
        last_notes=_last_notes,
    )


def _last_notes(sums: Sums) -> list[Note]:
    """Notes that need the sums."""
    notes = []
    if sums.special and sums.balance > NOTHING and sums.special > NOTHING:
        notes.append(Note("special.reduced_by_surplus", {"surplus": kronor(sums.balance)}))
    if sums.status == "unconfirmed":
        notes.append(UNCONFIRMED)
    return notes
