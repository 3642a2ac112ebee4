"""What an application asks, step by step: the shape of the answers, without words and without a web.

The words that a person reads stand in `income_support.questions`; the checks in `application_answers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["new", "renewal", "supplement"]
FieldKind = Literal[
    "tick",
    "yes_no",
    "choice",
    "choices",
    "money",
    "number",
    "text",
    "day",
    "identity",
    "account",
    "giro",
    "known",
    "rows",
]

INCOME_KINDS = (
    "salary", "child_allowance", "housing_allowance", "maintenance_support", "sickness_benefit", "parental_benefit",
    "unemployment_benefit", "activity_grant", "pension", "student_aid", "tax_refund", "child_work", "other",
)  # fmt: skip
COST_KINDS = ("electricity", "home_insurance", "work_travel", "unemployment_fund", "union_fee")
SPECIAL_KINDS = (
    "spectacle_frames", "medicine", "medical_care", "dental_care", "child_care_fee", "home_equipment",
    "infant_equipment", "moving", "funeral", "other",
)  # fmt: skip
CHANGE_KINDS = ("household", "housing", "costs", "special", "assets", "account")
OCCUPATIONS = ("job_seeking", "working", "studying", "sick", "parental_leave", "retired", "other")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked. `limit` names the highest accepted amount or number in `Limits`.

    `shown_when` is (field, value): the field is asked only when that field of the same step has that value.
    Kind `known` is never typed: it is filled from what the municipality already knows.
    """

    name: str
    kind: FieldKind
    required: bool = False
    choices: tuple[str, ...] = ()
    limit: str = ""
    shown_when: tuple[str, Any] | None = None
    rows: tuple[Field, ...] = ()
    length: int = 200

    def is_asked(self, step: Mapping[str, Any]) -> bool:
        """Whether the field belongs to a step answered like this."""
        return self.shown_when is None or step.get(self.shown_when[0]) == self.shown_when[1]


STEPS: dict[str, tuple[Field, ...]] = {
    "information": (Field("read", "tick", required=True),),
    "changes": (
        Field("has_changed", "yes_no", required=True),
        Field("what", "choices", required=True, choices=CHANGE_KINDS, shown_when=("has_changed", True)),
        Field("text", "text", shown_when=("has_changed", True), length=1000),
    ),
    "household": (
        Field("living", "choice", required=True, choices=("alone", "partner", "others")),
        Field("partner_person_id", "known", shown_when=("living", "partner")),
        Field("partner_identity_number", "identity", shown_when=("living", "partner")),
        Field(
            "persons_in_home",
            "number",
            required=True,
            limit="persons_in_home",
            shown_when=("living", "others"),
        ),
    ),
    "children": (
        Field("has_children", "yes_no", required=True),
        Field(
            "children",
            "rows",
            required=True,
            shown_when=("has_children", True),
            rows=(
                Field("person_id", "known"),
                Field("name", "text", required=True, length=80),
                Field("born", "day", required=True),
                Field("days_a_month", "number", required=True, limit="days_a_month"),
                Field("lunch_away", "yes_no"),
                Field("pupil", "yes_no"),
            ),
        ),
    ),
    "housing": (
        Field("kind", "choice", required=True, choices=("rental", "second_hand", "lodging", "owned", "none")),
        Field("rent_kr", "money", required=True, limit="rent_kr"),
        Field("rooms", "number", limit="rooms"),
        Field("pay_landlord", "yes_no"),
        Field("landlord_name", "text", required=True, shown_when=("pay_landlord", True), length=80),
        Field("landlord_giro", "giro", required=True, shown_when=("pay_landlord", True), length=20),
    ),
    "costs": (
        Field(
            "costs",
            "rows",
            rows=(
                Field("kind", "choice", required=True, choices=COST_KINDS),
                Field("amount_kr", "money", required=True, limit="cost_kr"),
            ),
        ),
    ),
    "special": (
        Field(
            "special",
            "rows",
            rows=(
                Field("kind", "choice", required=True, choices=SPECIAL_KINDS),
                Field("amount_kr", "money", required=True, limit="special_kr"),
                Field("why", "text", required=True, length=1000),
            ),
        ),
    ),
    "incomes": (
        Field("has_incomes", "yes_no", required=True),
        Field(
            "incomes",
            "rows",
            required=True,
            shown_when=("has_incomes", True),
            rows=(
                Field("kind", "choice", required=True, choices=INCOME_KINDS),
                Field("of", "text", required=True, length=4),
                Field("amount_kr", "money", required=True, limit="income_kr"),
                # Kept as it was told; what counts is what is paid out (SOSFS 2013:1).
                Field("gross_kr", "money", limit="income_kr"),
                Field("paid_on", "day"),
                Field("when", "choice", required=True, choices=("received", "expected")),
            ),
        ),
    ),
    "assets": (
        Field("savings_kr", "money", required=True, limit="savings_kr"),
        Field("has_car", "yes_no", required=True),
        Field("car_value_kr", "money", required=True, limit="savings_kr", shown_when=("has_car", True)),
        Field("other", "text", length=500),
    ),
    "occupation": (
        Field("status", "choice", required=True, choices=OCCUPATIONS),
        Field("registered_as_job_seeker", "yes_no", shown_when=("status", "job_seeking")),
        Field("done_this_month", "text", length=2000),
        Field("why", "text", length=2000),
    ),
    "account": (
        Field("clearing", "account", required=True, length=5),
        Field("number", "account", required=True, length=12),
    ),
    "why": (Field("why", "text", required=True, length=2000),),
    "summary": (Field("truthful", "tick", required=True),),
}

FLOWS: dict[Kind, tuple[str, ...]] = {
    "new": (
        "information", "household", "children", "housing", "costs", "special", "incomes", "assets", "occupation",
        "account", "summary",
    ),
    "renewal": ("changes", "incomes", "occupation", "summary"),
    "supplement": ("special", "why", "summary"),
}  # fmt: skip

_OPENED_BY_CHANGE: dict[str, tuple[str, ...]] = {
    "household": ("household", "children"),
    "housing": ("housing",),
    "costs": ("costs",),
    "special": ("special",),
    "assets": ("assets",),
    "account": ("account",),
}


def steps_of(kind: Kind, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The steps that this person walks, in order. A renewal asks again only about what has changed."""
    steps = FLOWS[kind]
    changes = answers.get("changes") or {}
    if kind != "renewal" or not changes.get("has_changed"):
        return steps
    opened = [
        step
        for change in CHANGE_KINDS
        if change in changes.get("what", ())
        for step in _OPENED_BY_CHANGE[change]
    ]
    return (steps[0], *opened, *steps[1:])


CARRIED_OVER = ("household", "children", "housing", "costs", "assets", "account")
"""Steps of a renewal that hold last month's answers until the person says that they have changed.

Incomes and special needs belong to one month and are never carried over.
"""
