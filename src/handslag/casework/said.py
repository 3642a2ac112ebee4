"""Words of the sentences that casework stores as codes."""

from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation


def register() -> None:
    """Register the words with the foundation."""
    foundation.words(
        {
            "casework.worker_kept_away": _(
                "Case {number} has no case worker any more: a bias keeps it from who had it. Choose another."
            ),
            "casework.appeal.income_support": _(
                "If you think that the decision is wrong, you can appeal to the administrative court "
                "(förvaltningsrätten). Write to the municipality, say which decision you mean, what you want "
                "changed and why. The municipality must have your letter within three weeks from the day that "
                "you got the decision. We can help you to write."
            ),
            "casework.appeal.income_support_denied": _(
                "If you think that it is wrong that the aid was denied or reduced, you can appeal to the "
                "administrative court (förvaltningsrätten). Write to the municipality, say which decision you "
                "mean, what you want changed and why. The municipality must have your letter within three weeks "
                "from the day that you got the decision. We can help you to write."
            ),
            "casework.appeal.needs": _(
                "If you think that the decision about support is wrong, you can appeal to the administrative "
                "court (förvaltningsrätten). Write to the municipality, say which decision you mean, what you "
                "want changed and why. The municipality must have your letter within three weeks from the day "
                "that you got the decision. We can help you to write."
            ),
            "casework.appeal.further_aid": _(
                "This aid is more than the law gives a right to, so what was decided cannot be appealed in the "
                "usual way. A member of the municipality can ask the administrative court (förvaltningsrätten) "
                "to try whether the decision is lawful (laglighetsprövning). The court must have the letter "
                "within three weeks from the day that the board's approved minutes were announced."
            ),
            "casework.appeal.further_needs": _(
                "This support is more than the law gives a right to, so what was decided cannot be appealed in "
                "the usual way. A member of the municipality can ask the administrative court "
                "(förvaltningsrätten) to try whether the decision is lawful (laglighetsprövning). The court must "
                "have the letter within three weeks from the day that the board's approved minutes were announced."
            ),
            "casework.appeal.investigation": _(
                "If you think that the decision is wrong, write to us as soon as you can. Say which decision you mean, and "
                "why. We look at it again, and if it can be appealed we send your letter on to the administrative court "
                "(förvaltningsrätten). We can help you to write."
            ),
            "casework.appeal.send_to": _("Send it by post to: {address}."),
            "casework.appeal.last_day": _("The last day to appeal is {day}."),
            "casework.changed.slip": _(
                "This decision corrects an obvious slip in our decision of {day} (FL 36). It counts instead of that one."
            ),
            "casework.changed.wrong": _(
                "This decision changes our decision of {day}, which was wrong (FL 37). It counts instead of that one."
            ),
            "casework.changed.obvious": _(
                "This decision changes our decision of {day}, which was obviously wrong (FL 38). It counts instead of that one."
            ),
            "casework.changed.reserved": _(
                "We may change a decision in your favour here because it said, or the rules say, that it can be taken back."
            ),
            "casework.changed.safety": _(
                "We may change a decision in your favour here because compelling reasons of safety demand it at once."
            ),
            "casework.changed.misled": _(
                "We may change a decision in your favour here because it was wrong because of what you told us."
            ),
            "casework.communication.oral": _(
                "You may also speak before the board's committee. Tell us if you want to (SoL 14:8)."
            ),
            "casework.hindrance.completion": _("Something that the person was asked for has not come in."),
            "casework.hindrance.draft": _("There is a note that is not signed."),
            "casework.hindrance.undelivered": _("A decision has not been delivered."),
            "casework.restricted.protected_person": _("A party has protected identity."),
            "casework.restricted.decided": _("The case was closed to all but named staff by a decision."),
            "casework.named.protected_person": _("Named for a person with protected identity."),
            "casework.glass_broken": _(
                "Somebody from another unit has opened case {number} without the usual right, for {hours} hours."
            ),
            "casework.clock_broken": _("A time limit of law has been broken in case {number}."),
            "casework.erasure_list": _("{files} files fall due to be erased; the list waits for you."),
            "casework.reading_agreed": _("A child has said yes to a guardian reading the record, in case {number}. It waits for you."),
            "casework.child_wishes": _("A child has asked that something is kept from a guardian, in case {number}. It waits for you."),
            "casework.objected_online": _("Somebody has objected to a note in case {number}."),
            "casework.clocks_broken": _("Time limits of law have been broken in {number} of your cases."),
            "casework.digest": _(
                "Your cases {day}: {overdue} past their last day, {today} due today, {week} due within a week."
            ),
            "casework.digest_of_unit": _(
                "{unit} {day}: {overdue} cases past their last day, {today} due today, {week} due within a week. "
                "Nobody is responsible for {nobody} of them."
            ),
            "casework.message_waiting": _("A message has come in case {number}."),
            "casework.communication_answered": _(
                "The person has answered before the decision in case {number}."
            ),
            "casework.wants_to_speak": _(
                "The person wants to speak with you before the decision in case {number}."
            ),
        }
    )
