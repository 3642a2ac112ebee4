"""Words of the desk for children's matters: time limits, and what has happened in a child's file."""

from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as children

CLOCKS = {
    **{
        step.clock: step.title for process in children.MEASURE_PROCESSES.values() for step in process.steps if step.clock
    },
    "PROT": _("Assess at once whether the child needs protection"),
    "FORH": _("Decide whether to open an investigation"),
    "AATERK": _("Tell the reporter what came of the report"),
    "UTR": _("Complete the investigation"),
    "UTRINFO": _("Tell those concerned of the investigation"),
    "UPPF_U": _("The time to follow the child after the investigation"),
    "UPPF_P": _("The time to follow the child after the placement"),
    "UPPF_LVU": _("Follow the child after the care"),
    "JOUR": _("The child may stay in the emergency home at most until"),
}
EVENTS = {
    "child_protection.report_received": _("A report of concern came in"),
    "child_protection.child_identified": _("A report of concern was tied to the child"),
    "child_protection.repeat_raised": _(
        "The child has been reported again and again without an investigation"
    ),
    "child_protection.repeat_answered": _("It was answered why there has been no investigation"),
    "child_protection.protection_assessed": _("The child's need of protection was assessed"),
    "child_protection.protection_countersigned": _("A manager countersigned the protection assessment"),
    "child_protection.preliminary_decided": _("The preliminary assessment was decided"),
    "child_protection.preliminary_extended": _("The preliminary assessment got more time by decision"),
    "child_protection.more_time_proposed": _("More time for the preliminary assessment was proposed to a manager"),
    "child_protection.more_time_answered": _("A proposal of more time for the preliminary assessment was answered"),
    "child_protection.feedback_given": _("The reporter was told what came of the report"),
    "child_protection.investigation_opened": _("An investigation was opened"),
    "child_protection.investigation_restarted": _(
        "The investigation goes on with a question that was closed within a year"
    ),
    "child_protection.concerned_informed": _("Those concerned were told of the investigation"),
    "child_protection.path_changed": _("The path of the investigation was changed"),
    "child_protection.step_planned": _("A step was put into the plan"),
    "child_protection.step_changed": _("A step of the plan got another day or other hands"),
    "child_protection.step_finished": _("A step of the plan was done or struck out"),
    "child_protection.area_written": _("A text of the investigation was saved"),
    "child_protection.talk_held": _("A talk was held"),
    "child_protection.child_spoken_with": _("Somebody talked with the child"),
    "child_protection.data_asked_for": _("Somebody was asked for what they know"),
    "child_protection.data_received": _("What was asked for came in"),
    "child_protection.child_view_recorded": _("The child's own view was recorded"),
    "child_protection.best_interests_weighed": _("The child's best was weighed"),
    "child_protection.risk_assessed": _("Risk and protection were assessed"),
    "child_protection.assessment_written": _("The assessment was written"),
    "child_protection.investigation_extended": _("The investigation was extended by decision"),
    "child_protection.extension_proposed": _("More time for the investigation was proposed to a manager"),
    "child_protection.extension_declined": _("A proposal of more time was answered with no"),
    "child_protection.investigation_closed": _("The investigation was closed"),
    "child_protection.follow_up_started": _("The follow-up of the child began"),
    "child_protection.follow_up_ended": _("The follow-up of the child ended"),
    "child_protection.measure_recorded": _("A measure around the child was recorded"),
    "child_protection.measure_step_taken": _("A step was taken in a measure"),
    "child_protection.measure_ended": _("A measure around the child ended"),
    "casework.clock_corrected": _("A time limit was worked out anew and corrected"),
    "casework.copy_prepared": _("A copy of the file was begun"),
    "casework.copy_sent_for_review": _("A copy was sent to a second reader"),
    "casework.copy_reviewed": _("A second reader has read a copy"),
    "casework.copy_given": _("A copy was given out"),
    "casework.file_erased": _("The file was erased by the rules of retention"),
    "casework.record_held": _("A note was held back from the record online"),
    "casework.hold_lifted": _("A note is shown in the record online again"),
}
DECISIONS = {
    "child_protection.open": _("An investigation is opened"),
    "child_protection.open_on_call": _("An investigation that cannot wait is opened on call"),
    "child_protection.extend": _("The investigation gets more time"),
    "child_protection.extend_preliminary": _("The preliminary assessment gets more time"),
    "child_protection.close": _("The investigation is closed"),
    "child_protection.close_early": _("The investigation is closed early"),
    "child_protection.follow_up": _("The child is followed for a time"),
}
NEWS = (
    "child_protection.child_identified", "child_protection.repeat_raised", "child_protection.preliminary_decided",
    "child_protection.investigation_restarted", "child_protection.data_received",
)  # fmt: skip

MEASURES = {kind: process.title for kind, process in children.MEASURE_PROCESSES.items()}
FORMS = {
    "family_home": _("Family home"),
    "network_home": _("A home in the family's network"),
    "emergency_home": _("Emergency home"),
    "residential_care": _("Home for care or residence (HVB)"),
    "special_home": _("Special youth home"),
    "supported_housing": _("Supported housing"),
    "sheltered_housing": _("Protected housing"),
    "own_home": _("In the own home"),
}
STEPS = {
    "considered": _("It was considered whether it is still needed"),
    "reviewed": _("It was reviewed by a decision"),
    "plan_rethought": _("The care plan was thought over anew"),
    "custody_considered": _("A transfer of custody was considered"),
    "submitted": _("It was submitted to the court"),
    "confirmed": _("The court confirmed it"),
    "executed": _("It was executed"),
    "applied": _("The application was made at the court"),
    "heard": _("The court heard the application"),
    "begun": _("It has begun"),
    "followed": _("The child is followed after the care"),
}
