"""Words of the family pages for codes of coordination and for what happens to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINSHIP = {
    "self": _("The person herself or himself"),
    "parent": pgettext_lazy("family", "Parent"),
    "child": pgettext_lazy("family", "Child"),
    "partner": pgettext_lazy("family", "Partner"),
    "former_partner": pgettext_lazy("family", "Former partner"),
    "sibling": pgettext_lazy("family", "Sibling"),
    "half_sibling": pgettext_lazy("family", "Half-sibling"),
    "grandparent": pgettext_lazy("family", "Grandparent"),
    "grandchild": pgettext_lazy("family", "Grandchild"),
    "childs_other_parent": pgettext_lazy("family", "The child's other parent"),
    "aunt_uncle": pgettext_lazy("family", "Parent's sibling"),
    "niece_nephew": pgettext_lazy("family", "Sibling's child"),
    "parents_partner": pgettext_lazy("family", "Parent's partner"),
    "partners_child": pgettext_lazy("family", "Partner's child"),
    "partners_parent": pgettext_lazy("family", "Partner's parent"),
    "childs_partner": pgettext_lazy("family", "Child's partner"),
    "siblings_partner": pgettext_lazy("family", "Sibling's partner"),
    "cousin": pgettext_lazy("family", "Cousin"),
    "home": pgettext_lazy("family", "Lives in the same home"),
    "relative": pgettext_lazy("family", "In the family"),
}
THINGS = {
    "events": pgettext_lazy("timeline", "Events"),
    "notes": pgettext_lazy("timeline", "Notes"),
    "decisions": pgettext_lazy("timeline", "Decisions"),
    "meetings": pgettext_lazy("timeline", "Meetings"),
    "clocks": pgettext_lazy("timeline", "Time limits"),
}
# One of each, as a mark beside the row.
THING = {
    "events": pgettext_lazy("timeline", "Event"),
    "notes": pgettext_lazy("timeline", "Note"),
    "decisions": pgettext_lazy("timeline", "Decision"),
    "meetings": pgettext_lazy("timeline", "Meeting"),
    "clocks": pgettext_lazy("timeline", "Time limit"),
}
EVENT_WORDS = {
    "people.moved_in": _("Moved into a home"),
    "people.moved_out": _("Moved out of a home"),
    "people.related": _("A relation was registered"),
    "people.relation_ended": _("A relation ended"),
    "people.person_protected": _("A mark of protection was set"),
    "people.unknown_protection_lifted": _("The unknown protection was lifted"),
    "people.protection_ended": _("The mark of protection ended"),
    "coordination.secret_set": _("Something was made secret toward another person"),
    "coordination.secret_words_set": _("Words that may tell where somebody is were changed"),
    "coordination.secret_ended": _("Something is no longer secret toward another person"),
    "coordination.joint_part_added": _("The case took part in a joint matter"),
    "coordination.joint_part_changed": _("What the team knows of the case was changed"),
    "coordination.joint_part_ended": _("The case left a joint matter"),
    "coordination.note_shared": _("Something was shared in a joint matter"),
    "coordination.note_received": _("Something came from a joint matter"),
    "coordination.meeting_planned": _("A meeting was planned"),
    "coordination.meeting_cancelled": _("A meeting was cancelled"),
    "coordination.meeting_held": _("A meeting was held"),
}
SECRET_WHAT = {
    "address": pgettext_lazy("secret", "address"),
    "contact": pgettext_lazy("secret", "telephone and e-mail"),
    "placement": pgettext_lazy("secret", "placement"),
}
