"""Words of the sentences that investigations store as codes."""

from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation


def register() -> None:
    """Register the words with the foundation."""
    foundation.words(
        {
            "child_protection.decision.open": _("The board opens an investigation of the child."),
            "child_protection.decision.extend": _(
                "The investigation may take until {until}, for special reasons."
            ),
            "child_protection.decision.extend_preliminary": _(
                "The preliminary assessment may take until {until}, for exceptional reasons."
            ),
            "child_protection.decision.follow_up": _("The child is followed, at the latest until {until}."),
            "child_protection.decision.with_intervention": _(
                "The investigation is closed. The board proposes an intervention."
            ),
            "child_protection.decision.without_intervention": _(
                "The investigation is closed without an intervention."
            ),
            "child_protection.decision.early": _("The investigation is closed early."),
            "child_protection.plan_not_finished": _("Steps of the plan"),
            "child_protection.restarted": _(
                "An investigation was opened again within a year in case {number}. {days} days had been used before."
            ),
            "child_protection.extension_proposed": _(
                "Case {number}: a case worker proposes that the investigation may take until {until}."
            ),
            "child_protection.extension_decided": _(
                "Case {number}: more time was decided for the investigation, after your proposal."
            ),
            "child_protection.extension_declined": _(
                "Case {number}: your proposal of more time until {until} was not decided so. The reason stands in the investigation."
            ),
            "child_protection.hindrance.investigation": _("An investigation is open."),
            "child_protection.hindrance.measure": _("A measure of law still holds."),
            "child_protection.hindrance.report": _(
                "A report of concern waits for the decision whether to investigate."
            ),
        }
    )
