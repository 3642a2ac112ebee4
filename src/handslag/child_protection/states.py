"""What a report of concern and its parts may be."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import pgettext_lazy


class ReportState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("report", "Received")
    DECIDED = "decided", pgettext_lazy("report", "Decided for every child")
    MERGED = "merged", pgettext_lazy("report", "Joined with another report of the same event")


class Channel(models.TextChoices):
    WEB = "web", pgettext_lazy("report", "E-service")
    PHONE = "phone", pgettext_lazy("report", "Telephone")
    EMAIL = "email", pgettext_lazy("report", "E-mail")
    LETTER = "letter", pgettext_lazy("report", "Letter")
    VISIT = "visit", pgettext_lazy("report", "Visit")
    OWN = "own", pgettext_lazy("report", "Seen by our own staff")


class Concern(models.TextChoices):
    """What the concern is about, in the words of the one who reports."""

    VIOLENCE = "violence", pgettext_lazy("report", "Violence against the child")
    WITNESSED_VIOLENCE = "witnessed_violence", pgettext_lazy("report", "The child sees or hears violence")
    SEXUAL_ABUSE = "sexual_abuse", pgettext_lazy("report", "Sexual abuse")
    HONOUR = "honour", pgettext_lazy("report", "Violence or oppression in the name of honour")
    NEGLECT = "neglect", pgettext_lazy("report", "The child is not cared for")
    PARENT_ADDICTION = "parent_addiction", pgettext_lazy("report", "Alcohol, drugs or gambling of a parent")
    PARENT_ILLNESS = "parent_illness", pgettext_lazy("report", "Illness of a parent")
    PARENTS_CONFLICT = "parents_conflict", pgettext_lazy("report", "Conflict between the parents")
    OWN_ADDICTION = "own_addiction", pgettext_lazy("report", "Alcohol, drugs or gambling of the child")
    OWN_CRIME = "own_crime", pgettext_lazy("report", "Crime by the child")
    HEALTH = "health", pgettext_lazy("report", "How the child feels")
    SCHOOL = "school", pgettext_lazy("report", "Absence from school")
    OTHER = "other", pgettext_lazy("report", "Something else")


# What makes an investigation mandatory: violence or abuse, suspected or witnessed.
VIOLENCE = frozenset(
    {Concern.VIOLENCE, Concern.WITNESSED_VIOLENCE, Concern.SEXUAL_ABUSE, Concern.HONOUR}
)  # fmt: skip


class Urgency(models.IntegerChoices):
    """What a report tells, as the reception's list is ordered: danger first, then what must be investigated."""

    DANGER = 0, pgettext_lazy("report", "Danger now")
    VIOLENCE = 1, pgettext_lazy("report", "Violence or abuse")
    OTHER = 2, pgettext_lazy("report", "Something else")


def urgency_of(danger_now: bool, concern_codes: Iterable[str]) -> Urgency:
    """The urgency of what one report tells."""
    if danger_now:
        return Urgency.DANGER
    return Urgency.VIOLENCE if VIOLENCE & set(concern_codes) else Urgency.OTHER


class ReporterKind(models.TextChoices):
    ANONYMOUS = "anonymous", pgettext_lazy("report", "Anonymous")
    PRIVATE = "private", pgettext_lazy("report", "Private person")
    PROFESSIONAL = "professional", pgettext_lazy("report", "In their work")


class Profession(models.TextChoices):
    """Who reports in their work, as the statistics count them."""

    POLICE = "police", pgettext_lazy("report", "Police")
    SCHOOL = "school", pgettext_lazy("report", "School")
    PRESCHOOL = "preschool", pgettext_lazy("report", "Preschool")
    HEALTH_CARE = "health_care", pgettext_lazy("report", "Health care")
    DENTAL_CARE = "dental_care", pgettext_lazy("report", "Dental care")
    PSYCHIATRY = "psychiatry", pgettext_lazy("report", "Child and adolescent psychiatry")
    SOCIAL_SERVICES = "social_services", pgettext_lazy("report", "Social services")
    PRISON_PROBATION = "prison_probation", pgettext_lazy("report", "Prison and probation service")
    AUTHORITY = "authority", pgettext_lazy("report", "Another authority")
    ASSOCIATION = "association", pgettext_lazy("report", "Association or club")
    OTHER = "other", pgettext_lazy("report", "Another profession")


class PreliminaryOutcome(models.TextChoices):
    OPEN = "open", pgettext_lazy("report", "An investigation is opened")
    NOT_OPEN = "not_open", pgettext_lazy("report", "No investigation is opened")
    ALREADY_OPEN = "already_open", pgettext_lazy("report", "An investigation is open already")


class TimeProposalState(models.TextChoices):
    """What became of a proposal to give a preliminary assessment more time."""

    WAITING = "waiting", pgettext_lazy("report", "Waits for a decision")
    DECIDED = "decided", pgettext_lazy("report", "Extended by decision")
    DECLINED = "declined", pgettext_lazy("report", "Not extended")
    LAPSED = "lapsed", pgettext_lazy("report", "The assessment was decided first")


class FeedbackText(models.TextChoices):
    """What may be said to one who reports under duty (SoL 19:6), and no more."""

    OPENED = "opened", pgettext_lazy("report", "An investigation has been opened")
    NOT_OPENED = "not_opened", pgettext_lazy("report", "No investigation has been opened")
    ALREADY_OPEN = "already_open", pgettext_lazy("report", "An investigation was open already")
    NOT_SUITABLE = "not_suitable", pgettext_lazy("report", "We cannot say, for it is not suitable")


class FeedbackWay(models.TextChoices):
    PHONE = "phone", pgettext_lazy("report", "Telephone")
    LETTER = "letter", pgettext_lazy("report", "Letter")
    MEETING = "meeting", pgettext_lazy("report", "Meeting")
    SECURE_MESSAGE = "secure_message", pgettext_lazy("report", "Secure message")


class BiasKind(models.TextChoices):
    SELF = "self", pgettext_lazy("bias", "It is I")
    SPOUSE = "spouse", pgettext_lazy("bias", "Husband, wife or partner")
    RELATIVE = "relative", pgettext_lazy("bias", "Relative")
    OTHER = "other", pgettext_lazy("bias", "Close in another way")
