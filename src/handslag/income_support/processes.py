"""The process of economic aid, from an application to the payment."""

from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework

Step = casework.Step

ECONOMIC_AID = casework.Process(
    code="economic_aid",
    title=_("From an application for economic aid to the payment"),
    kind="income_support",
    law="SoL 12 kap., FL",
    about="application_id",
    steps=(
        Step("applied", _("The application comes in"), "party", ("income_support.application_submitted",), law="SoL 12:1"),
        Step(
            "partner", _("The partner signs"), "party", ("income_support.co_applicant_signed",), law="SoL 12:1",
            after=("applied",), optional=True,
        ),
        Step(
            "registers", _("Authorities are asked about incomes"), "automation", ("income_support.registers_fetched",),
            law="FL 23", after=("applied",),
        ),
        Step(
            "assessed", _("The month is calculated"), "automation", ("income_support.assessment_made",),
            law="SoL 12:7", after=("registers",),
        ),
        Step(
            "handed", _("A case worker takes over what is in doubt"), "case_worker",
            ("income_support.application_handed_to_worker",), law="FL 23", after=("assessed",), optional=True,
        ),
        Step(
            "completed", _("The person is asked for what is missing"), "case_worker", ("casework.completion_requested",),
            law="FL 20", after=("handed",), optional=True,
        ),
        Step(
            "communicated", _("The person is told of the material and may answer"), "case_worker",
            ("casework.communicated", "casework.communication_waived"), law="FL 25", after=("assessed",), optional=True,
        ),
        Step(
            "decided", _("The decision is made, with its reasons"), "case_worker", ("casework.decision_made",),
            law="SoL 12:1, FL 31-32", clock="FL12", after=("assessed",),
        ),
        Step(
            "told", _("The person gets the decision and how to appeal"), "automation", ("casework.decision_delivered",),
            law="FL 33", after=("decided",),
        ),
        Step(
            "paid", _("The payment is ordered and attested"), "attester", ("income_support.payment_ordered",),
            law="SoL 12:1", after=("decided",), optional=True,
        ),
    ),
)  # fmt: skip


def register() -> None:
    """Declare it."""
    casework.register_process(ECONOMIC_AID)
