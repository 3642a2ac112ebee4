"""What the things of coordination may be."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SecretGround(models.TextChoices):
    """Why something is secret toward a named person. The wording of OSL has not been read: shown as unconfirmed."""

    LVU_14 = "lvu_14", pgettext_lazy("secret", "Care of young persons, secret placement (LVU 14 §)")
    SHELTER = "lag_2024_79", pgettext_lazy("secret", "Sheltered housing, secret address (lag 2024:79 5:4)")
    SECRECY = "osl_26_1", pgettext_lazy("secret", "Secrecy of the social services (OSL 26:1)")


UNCONFIRMED_GROUNDS = frozenset({SecretGround.SECRECY.value})


class JointKind(models.TextChoices):
    FAMILY_VIOLENCE = "family_violence", pgettext_lazy("joint", "Family violence team")
    FAMILY = "family", pgettext_lazy("joint", "Joint work with a family")


class JointRole(models.TextChoices):
    """What a part is in the matter, as its own worker tells it."""

    VICTIM = "victim", pgettext_lazy("joint", "Exposed to violence")
    CHILD = "child", pgettext_lazy("joint", "Child")
    PERPETRATOR = "perpetrator", pgettext_lazy("joint", "Has used violence")
    ADULT = "adult", pgettext_lazy("joint", "Adult in the family")


class ShareGround(models.TextChoices):
    """Why a part's worker may tell the other parts. The wording of OSL has not been read: shown as unconfirmed."""

    CONSENT = "consent", pgettext_lazy("joint", "The person has consented")
    NEEDED = "needed", pgettext_lazy("joint", "Needed for the work in the same board (OSL 26:1)")
    DUTY = "duty", pgettext_lazy("joint", "A duty of law to tell")


UNCONFIRMED_SHARING = frozenset({ShareGround.NEEDED.value})


class JointClosing(models.TextChoices):
    DONE = "done", pgettext_lazy("joint", "The joint work is done")
    ALONE = "alone", pgettext_lazy("joint", "The parts go on each by itself")
    NOT_WANTED = "not_wanted", pgettext_lazy("joint", "Those concerned do not want it any more")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    HELD = "held", pgettext_lazy("meeting", "Held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class MeetingWay(models.TextChoices):
    OFFICE = "office", pgettext_lazy("meeting", "At our office")
    HOME = "home", pgettext_lazy("meeting", "Home visit")
    PHONE = "phone", pgettext_lazy("meeting", "By telephone")
    VIDEO = "video", pgettext_lazy("meeting", "By video")
    ELSEWHERE = "elsewhere", pgettext_lazy("meeting", "Somewhere else")


class TellingKind(models.TextChoices):
    """What may tell where somebody is, besides the address itself."""

    PLACE = "place", pgettext_lazy("secret", "Towns, municipalities, names of homes and other places")
    WORK_OR_SCHOOL = "work_or_school", pgettext_lazy("secret", "Workplaces, schools and preschools")
    NAME = "name", pgettext_lazy("secret", "Names of those whom the person lives with or near")
