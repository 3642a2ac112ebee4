"""The kinds of adults' cases and how each may end."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADDICTION, VIOLENCE, DEBT = "addiction", "partner_violence", "debt_counselling"
KINDS: dict[str, tuple[str, Promise]] = {
    ADDICTION: ("MB", _("Addiction")),
    VIOLENCE: ("VN", _("Violence in close relations")),
    DEBT: ("BS", _("Budget and debt counselling")),
}
_ANYWHERE: dict[str, Promise] = {
    "no_more_need": _("There is no more need"),
    "declined": _("The person does not want support"),
    "no_contact": _("The person could not be reached"),
    "moved": _("The person has moved to another municipality"),
    "died": _("The person has died"),
}
# Debt counselling is closed by what became of the debts; the others by what became of the need.
CLOSING_REASONS: dict[str, dict[str, Promise]] = {
    ADDICTION: {
        "treatment_completed": _("The treatment is completed"),
        "care_ended": _("The care under LVM has ended"),
        "referred": _("Another unit or authority has taken over"),
        **_ANYWHERE,
    },
    VIOLENCE: {
        "safe": _("The person is safe and has the support that was needed"),
        "referred": _("Another unit or authority has taken over"),
        **_ANYWHERE,
    },
    DEBT: {
        "advice_given": _("Advice was given and is enough"),
        "budget_in_balance": _("The budget is in balance"),
        "agreed_with_creditors": _("Agreed with the creditors"),
        "restructuring_applied": _("Debt restructuring has been applied for at the Enforcement Authority"),
        "restructuring_granted": _("Debt restructuring has been granted"),
        "restructuring_refused": _("Debt restructuring has been refused"),
        "restructuring_completed": _("The payment plan of a debt restructuring is completed"),
        **_ANYWHERE,
    },
}  # fmt: skip


def closing_reasons(kind: str) -> dict[str, Promise]:
    """The codes and words that a case of the kind may be closed by; empty for a kind of another context."""
    return CLOSING_REASONS.get(kind, {})
