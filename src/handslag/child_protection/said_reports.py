"""Words of the sentences that the reception stores as codes."""

from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation


def register() -> None:
    """Register the words with the foundation."""
    foundation.words(
        {
            "child_protection.report_came": _("A new report of concern came."),
            "child_protection.danger_reported": _("Report {number}: a child may be in danger now."),
            "child_protection.danger_assessed": _(
                "Report {number}: a child was assessed to be in danger. Read the assessment and countersign it."
            ),
            "child_protection.protected_reported": _(
                "Report {number} is closed to all but those named. You may see it."
            ),
            "child_protection.handed_over": _("Report {number} has come over from the on-call unit."),
            "child_protection.report_given": _("Report {number} has been given to you: you go on with it."),
            "child_protection.more_time_proposed": _(
                "Report {number}: a colleague asks for more time for the preliminary assessment, until {until}. Decide it."
            ),
            "child_protection.more_time_declined": _(
                "Report {number}: your proposal for more time was answered no. The reason stands on the page of the child."
            ),
            "child_protection.opened_on_call": _(
                "Report {number}: the unit on call has opened an investigation that could not wait. It is yours now."
            ),
            "child_protection.note.report_came": _(
                "A report of concern about the child came on {day} ({number})."
            ),
            "child_protection.note.report_not_about": _(
                "The report of concern that came on {day} ({number}) was not about this child. It has been taken "
                "from the file."
            ),
            "child_protection.note.report_merged": _(
                "The report of concern {number} tells of the same event as report {into}. They are handled together."
            ),
            "child_protection.note.protection_danger": _(
                "Protection assessment after report {number}: the child needs protection at once. Ground: {ground} "
                "What was done: {done}"
            ),
            "child_protection.note.protection_no_danger": _(
                "Protection assessment after report {number}: the child does not need protection at once. Ground: "
                "{ground} What was done: {done}"
            ),
            "child_protection.note.countersigned": _(
                "A manager has read the protection assessment after report {number} and stands by it."
            ),
            "child_protection.note.open": _(
                "Preliminary assessment after report {number}: an investigation is opened. Reason: {reason}"
            ),
            "child_protection.note.not_open": _(
                "Preliminary assessment after report {number}: no investigation is opened. Reason: {reason}"
            ),
            "child_protection.note.already_open": _(
                "Preliminary assessment after report {number}: an investigation is open already, and the report joins "
                "it. Reason: {reason}"
            ),
        }
    )
