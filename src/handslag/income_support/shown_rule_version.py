"""Which version of the law a month is computed by, in the language of the reader, and whether anybody has confirmed it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from handslag.foundation.public import Month
from handslag.income_support import parameter_files
from handslag.income_support.source_words import source_in_words

WORDS = {
    "2013-01-social-services-act-2001": _(
        "Norm and costs; children's own work up to half a price base amount."
    ),
    "2013-07-job-stimulus": _("Job stimulus; children's own work up to a whole price base amount."),
    "2025-07-social-services-act-2025": _("The Social Services Act of 2025; the amounts go on."),
    "2026-07-activity-requirement-enacted": _(
        "The activity requirement is in force, but is first for aid that concerns October 2026. Norm and costs as before."
    ),
    "2026-10-activity-requirement": _(
        "The activity requirement may apply after three months in a row; a case worker tries it. Norm and costs as before."
    ),
    "2027-01-benefit-cap": _(
        "A new norm, new posts of costs, and the norm as a ceiling. The amounts are not known, so no month is computed."
    ),
}


@dataclass(frozen=True, slots=True)
class ShownRuleVersion:
    """`is_confirmed`: the text of the law has been read, and not only told of by somebody else."""

    name: str
    words: str
    source: str
    is_confirmed: bool


def rule_version_in(month: Month) -> ShownRuleVersion | None:
    """The version of the law that holds in the month, also one without a norm; None for a month before the first."""
    for one in parameter_files.rule_book().rule_sets:
        if one.holds(month.first):
            return ShownRuleVersion(
                one.name, str(WORDS[one.name]), source_in_words(one.source), one.status == "confirmed"
            )
    return None
