"""What the reception refuses, named by the rule that would be broken."""

from django.utils.translation import gettext_noop

from handslag.casework import public as casework
from handslag.child_protection.investigation_errors import Joined, TooLateToExtend
from handslag.foundation import public as foundation


class ReportNotFound(foundation.NotFound):
    """There is no such report or child of a report, or the actor may not know of it."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such report, or you may not see it.", do="Go back to the reception's list."
        )


class NobodyReceives(foundation.Refused):
    """No unit is set to receive reports."""

    def __init__(self) -> None:
        super().__init__(
            "No unit is set to receive reports right now.",
            do="Call the municipality. Call 112 if somebody is in danger.",
        )


class ChildNotIdentified(foundation.Refused):
    """The child is not known yet, so there is no file that the decision can stand in."""

    def __init__(self) -> None:
        super().__init__(
            "It is not known yet who the child is.",
            do="Say who the child is, or register the child as unknown, before you decide.",
        )


class TooLateToExtendPreliminary(TooLateToExtend):
    """The time had run out before the decision to give the preliminary assessment more of it (SoL 20:2)."""

    def __init__(self) -> None:
        super().__init__()
        self.do_template = gettext_noop(
            "Decide whether to investigate as soon as you can. The delay is shown to the manager."
        )


class NoMoreTimeToGive(foundation.Refused):
    """The time goes to the municipality's own limit already."""

    def __init__(self) -> None:
        super().__init__(
            "The time has been extended as far as the municipality's own limit lets it.",
            do="Decide whether to investigate before the last day.",
        )


class MoreTimeIsAsked(foundation.Conflict):
    """Somebody has asked for more time already, and nobody has answered."""

    def __init__(self) -> None:
        super().__init__(
            "A proposal for more time waits for an answer already.",
            do="Wait for the answer, or talk to the manager.",
        )


class ProtectionNotAssessed(foundation.Refused):
    """The need of protection comes first (SoL 20:1)."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody has assessed whether the child needs protection.",
            do="Make the protection assessment first: it is owed at once.",
        )


class NotDecidedYet(foundation.Refused):
    """Steps that the process declares are missing before the preliminary decision. `missing` are their codes."""

    def __init__(self, missing: "list[casework.Step]") -> None:
        super().__init__(
            "It cannot be decided yet whether to investigate. Missing: {missing}.",
            do="Do what is missing, then decide.",
            values={"missing": Joined([step.title for step in missing])},
        )
        self.missing = [step.code for step in missing]


class DangerNotCountersigned(foundation.Refused):
    """A child assessed to be in danger is not let go before a manager has read it."""

    def __init__(self) -> None:
        super().__init__(
            "The child was assessed to be in danger, and no manager has countersigned.",
            do="Ask the unit's manager to read the protection assessment.",
        )


class ViolenceIsInvestigated(foundation.Refused):
    """Violence or abuse, suspected or witnessed: an investigation is mandatory."""

    def __init__(self) -> None:
        super().__init__(
            "Violence or abuse is suspected or witnessed, so an investigation must be opened.",
            where="outcome",
            do="Open an investigation. What you have written is kept.",
        )


class RepeatNotAnswered(foundation.Refused):
    """The child has been reported again and again without an investigation."""

    def __init__(self) -> None:
        super().__init__(
            "The child has been reported several times within six months without an investigation.",
            where="outcome",
            do="Answer first why no investigation is opened this time either, or open one.",
        )


class AlreadyDecided(foundation.Refused):
    """The preliminary assessment is made once."""

    def __init__(self) -> None:
        super().__init__("This has been decided for the child already.", do="Open the child's file.")


class NoInvestigationOpen(foundation.Refused):
    """There is no open investigation that the report could join."""

    def __init__(self) -> None:
        super().__init__(
            "No investigation of the child is open.",
            where="outcome",
            do="Choose to open an investigation, or not to.",
        )


class Biased(foundation.Refused):
    """The member of staff is too close to somebody in the matter (FL 16-17). It is not told to whom."""

    def __init__(self) -> None:
        super().__init__(
            "The one chosen may not handle this: there is a bias (jäv).",
            where="worker_id",
            do="Let a colleague handle it.",
        )


class ReportIsNotKept(foundation.Refused):
    """Nobody keeps the report: it is open to the reception, or closed to those named for its files."""

    def __init__(self) -> None:
        super().__init__("Nobody keeps this report any more.", do="Open it again and look.")


class NotOfTheReception(foundation.Refused):
    """The one chosen neither takes in reports in the unit that has the report nor answers for a running file in it."""

    def __init__(self) -> None:
        super().__init__(
            "The one chosen neither works in the reception that has the report nor answers for a running file of a child in it.",
            where="account_id",
            do="Choose somebody in the list.",
        )


class MayNotBeTold(foundation.Refused):
    """Only one who must report by law may be told what came of it (SoL 19:6)."""

    def __init__(self) -> None:
        super().__init__(
            "This reporter may not be told what came of the report.",
            do="Only those who must report by law may be told, and only whether an investigation was opened.",
        )


class DayUnitOpens(foundation.Refused):
    """An investigation is opened by those who work in the child's file, or on call by delegation when it cannot wait."""

    def __init__(self) -> None:
        super().__init__(
            "Only somebody who works in the child's file, or whom the delegation order lets open on call, can open an investigation.",
            where="outcome",
            do="Assess the child's protection now, and hand the report over to the day unit.",
        )
