"""The process of child protection, from a report of concern to a closed investigation and what follows it."""

from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework

Step = casework.Step

CHILD_INVESTIGATION = casework.Process(
    code="child_investigation",
    title=_("From a report of concern to a closed investigation"),
    kind="child_protection",
    law="SoL 14, 19, 20, 23 kap.",
    about="investigation_id",
    steps=(
        Step(
            "reported", _("A report of concern is received"), "reception",
            ("child_protection.child_identified",), law="SoL 19:1, 19:4",
        ),
        Step(
            "protection", _("Immediate protection assessment"), "reception",
            ("child_protection.protection_assessed", "child_protection.child_identified[protection=assessed]"),
            law="SoL 20:1", clock="PROT", after=("reported",),
        ),
        Step(
            "preliminary", _("Preliminary assessment"), "reception", ("child_protection.preliminary_decided",),
            law="SoL 20:2", clock="FORH", after=("reported", "protection"),
        ),
        Step(
            "feedback", _("Tell a reporter under duty what came of it"), "reception", ("child_protection.feedback_given",),
            law="SoL 19:6", clock="AATERK", after=("preliminary",), optional=True,
        ),
        Step(
            "opened", _("The investigation is opened"), "case_worker", ("child_protection.investigation_opened",),
            law="SoL 14:2", clock="OPEN", after=("preliminary",),
        ),
        Step(
            "informed", _("Those concerned are informed"), "case_worker", ("child_protection.concerned_informed",),
            law="SoL 20:4", clock="UTRINFO", after=("opened",),
        ),
        Step(
            "planned", _("The investigation is planned"), "case_worker", ("child_protection.step_planned",),
            law="SoL 20:3", after=("opened",),
        ),
        Step(
            "child_talk", _("Talk with the child"), "case_worker", ("child_protection.child_spoken_with",),
            law="SoL 20:7", after=("opened",), optional=True,
        ),
        Step(
            "data", _("Data is obtained"), "case_worker", ("child_protection.data_received",),
            law="SoL 20:6", after=("opened",), optional=True,
        ),
        Step(
            "child_view", _("The child's own view is recorded"), "case_worker", ("child_protection.child_view_recorded",),
            law="Lag 2018:1197, art. 12", after=("opened",),
        ),
        Step(
            "best_interests", _("The child's best is weighed"), "case_worker",
            ("child_protection.best_interests_weighed",), law="Lag 2018:1197, art. 3", after=("child_view",),
        ),
        Step(
            "risk", _("Risk and protection are assessed"), "case_worker", ("child_protection.risk_assessed",),
            law="SoL 20:1", after=("opened",),
        ),
        Step(
            "assessment", _("The assessment is written"), "case_worker", ("child_protection.assessment_written",),
            law="SoL 14:2", after=("risk",),
        ),
        Step(
            "communicated", _("The parties are told of the material and may answer"), "case_worker",
            ("casework.communicated", "casework.communication_waived"), law="FL 25, SoL 14:8", after=("opened",),
        ),
        Step(
            "closed", _("Decision, and the investigation is closed"), "case_worker",
            ("child_protection.investigation_closed",), law="SoL 20:3", clock="UTR",
            after=("opened", "informed", "planned", "child_view", "risk", "best_interests", "assessment", "communicated"),
        ),
        Step(
            "follow_up", _("Follow-up of the child"), "case_worker", ("child_protection.follow_up_started",),
            law="SoL 23:1", clock="UPPF_U", after=("closed",), optional=True,
        ),
    ),
)  # fmt: skip

# What an investigation may be closed early without: its whole content is not there, but the child and the parties are heard.
NOT_NEEDED_EARLY = frozenset({"planned", "risk", "best_interests", "assessment"})


def register() -> None:
    """Declare it."""
    casework.register_process(CHILD_INVESTIGATION)
