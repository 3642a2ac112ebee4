"""The codes of an investigation: what it asks, on which path, in which areas, and how it may end."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Question(models.TextChoices):
    """What an investigation of a child asks. Investigations chain over restarts by these codes."""

    VIOLENCE = "violence", _("Violence or abuse against the child")
    WITNESSED_VIOLENCE = "witnessed_violence", _("The child has witnessed violence")
    SEXUAL_ABUSE = "sexual_abuse", _("Sexual abuse")
    HONOUR = "honour", _("Violence and oppression in the name of honour")
    NEGLECT = "neglect", _("Neglect of care")
    CARE_AT_HOME = "care_at_home", _("The care at home")
    PARENT_ADDICTION = "parent_addiction", _("A parent's addiction")
    PARENT_ILLNESS = "parent_illness", _("A parent's illness or disability")
    PARENTS_CONFLICT = "parents_conflict", _("Conflict between the parents")
    OWN_ADDICTION = "own_addiction", _("The young person's own use of drugs or alcohol")
    OWN_CRIME = "own_crime", _("The young person's own crimes")
    OWN_BEHAVIOUR = "own_behaviour", _("Other behaviour that harms the young person")
    SCHOOL = "school", _("Absence from school")
    OTHER = "other", pgettext_lazy("investigation", "Other question")


class Path(models.TextChoices):
    """How wide an investigation is. The time limit of the law is the same for all three."""

    SIMPLIFIED = "simplified", pgettext_lazy("investigation", "Simplified")
    ORDINARY = "ordinary", pgettext_lazy("investigation", "Ordinary")
    INTENSIVE = "intensive", pgettext_lazy("investigation", "Intensive")


class InvestigationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("investigation", "Open")
    CLOSED = "closed", pgettext_lazy("investigation", "Closed")


class ClosingOutcome(models.TextChoices):
    WITH_INTERVENTION = "with_intervention", _("Closed with an intervention proposed")
    WITHOUT_INTERVENTION = "without_intervention", _("Closed without an intervention")
    EARLY = "early", _("Closed early")


class FollowUpGround(models.TextChoices):
    """Why a child may be followed after an investigation, also without consent."""

    CONSENT_MISSING = "consent_missing", _("A need was assessed, and consent to what was proposed is missing")
    AFTER_PLACEMENT = "after_placement", _("A placement of the child has ended")
    NOT_RECORDED = "not_recorded", _("Begun before the ground was recorded")


class Area(models.TextChoices):
    """The headings of BBIC, by name only; no form text of it stands here."""

    HEALTH = "health", _("Health")
    EDUCATION = "education", _("Education")
    FEELINGS = "feelings", _("Feelings and behaviour")
    RELATIONS = "relations", _("Social relations")
    BASIC_CARE = "basic_care", _("Basic care")
    GUIDANCE = "guidance", _("Stimulation and guidance")
    AVAILABILITY = "availability", _("Emotional availability")
    SAFETY = "safety", _("Safety")
    FAMILY_NOW = "family_now", _("The family's present situation")
    BACKGROUND = "background", _("The family's background")
    LIVING = "living", _("Housing, work and economy")
    NETWORK = "network", _("Social network and integration")


# The three sides, each with its areas, in the order of reading.
SIDES: dict[str, tuple[Area, ...]] = {
    "child": (Area.HEALTH, Area.EDUCATION, Area.FEELINGS, Area.RELATIONS),
    "parents": (Area.BASIC_CARE, Area.GUIDANCE, Area.AVAILABILITY, Area.SAFETY),
    "environment": (Area.FAMILY_NOW, Area.BACKGROUND, Area.LIVING, Area.NETWORK),
}
SIDE_LABELS = {
    "child": _("The child's needs"),
    "parents": _("The parents' capacity"),
    "environment": _("Family and environment"),
}


class TalkKind(models.TextChoices):
    CHILD_ALONE = "child_alone", _("With the child alone")
    CHILD_WITH_OTHERS = "child_with_others", _("With the child and somebody else")
    PARENT = "parent", _("With a parent or guardian")
    NETWORK = "network", _("With somebody in the network")
    PROFESSIONAL = "professional", _("With a professional")


TALKS_WITH_CHILD = frozenset({TalkKind.CHILD_ALONE, TalkKind.CHILD_WITH_OTHERS})


class Consent(models.TextChoices):
    """Whether the guardian agreed to a talk with the child (SoL 20:7 lets it be held without)."""

    GIVEN = "given", pgettext_lazy("guardian", "The guardian agreed")
    NOT_ASKED = "not_asked", pgettext_lazy("guardian", "The guardian was not asked")
    REFUSED = "refused", pgettext_lazy("guardian", "The guardian said no")
    NOT_NEEDED = "not_needed", pgettext_lazy("guardian", "Not a talk with the child")


class StepChange(models.TextChoices):
    """What happened to a step of the plan before it was done."""

    CHANGED = "changed", pgettext_lazy("step of the plan", "Changed")
    STRUCK = "struck", pgettext_lazy("step of the plan", "Struck out")


class ProposalState(models.TextChoices):
    """What became of a proposal to extend an investigation."""

    WAITING = "waiting", pgettext_lazy("proposal", "Waits for a decision")
    DECIDED = "decided", pgettext_lazy("proposal", "Decided")
    DECLINED = "declined", pgettext_lazy("proposal", "Not decided so")
    LAPSED = "lapsed", pgettext_lazy("proposal", "The investigation was closed first")


class DataSource(models.TextChoices):
    SCHOOL = "school", _("School")
    PRESCHOOL = "preschool", _("Preschool")
    HEALTH_CARE = "health_care", _("Health and medical care")
    CHILD_PSYCHIATRY = "child_psychiatry", _("Child and youth psychiatry")
    DENTAL_CARE = "dental_care", _("Dental care")
    POLICE = "police", _("Police")
    AUTHORITY = "authority", _("Another authority")
    OWN_FILES = "own_files", _("Earlier files of the board")
    OTHER = "other", pgettext_lazy("source", "Other source")


class Basis(models.TextChoices):
    """With what right the data was asked for."""

    CONSENT = "consent", _("With consent")
    DUTY = "duty", _("The source must tell (SoL 20:6)")
    OWN = "own", _("The board's own files")


class StatementKind(models.TextChoices):
    """What the investigator states. The latest of each kind holds; earlier ones stay readable."""

    CHILD_VIEW = "child_view", _("The child's own view")
    BEST_INTERESTS = "best_interests", _("How the child's best was weighed")
    RISK = "risk", _("Risk and protection")
    ASSESSMENT = "assessment", pgettext_lazy("investigation", "Assessment")


class RiskLevel(models.TextChoices):
    NONE_SEEN = "none_seen", pgettext_lazy("risk", "No risk seen")
    SOME = "some", pgettext_lazy("risk", "Some risk")
    HIGH = "high", pgettext_lazy("risk", "High risk")


class HowInformed(models.TextChoices):
    """In what way those concerned were told that an investigation is open (SoL 20:4)."""

    MEETING = "meeting", pgettext_lazy("way of telling", "At a meeting")
    HOME_VISIT = "home_visit", pgettext_lazy("way of telling", "On a home visit")
    PHONE = "phone", pgettext_lazy("way of telling", "By telephone")
    LETTER = "letter", pgettext_lazy("way of telling", "By letter")
    MESSAGE = "message", pgettext_lazy("way of telling", "In a digital message")


class HowTold(models.TextChoices):
    """In what way the child's view was learned."""

    TALK = "talk", _("In talks")
    PLAY = "play", _("In play, drawings or observation")
    OTHER_ADULT = "other_adult", _("Through somebody whom the child trusts")
    NOT_OBTAINED = "not_obtained", _("It could not be obtained")
