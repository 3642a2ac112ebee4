"""What an investigator writes, one form for each act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from handslag.child_protection import public as children

DAY_HELP = _("For example 2026-11-22.")


def _long(label: Any, *, rows: int = 6, required: bool = True, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, max_length=100_000, widget=area, help_text=help_text
    )


class OpenForm(forms.Form):
    """What is asked, and on which path."""

    questions = forms.MultipleChoiceField(
        label=_("What does the investigation ask?"),
        choices=children.Question.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one question.")},
    )
    path = forms.ChoiceField(
        label=_("Path"), choices=children.Path.choices, widget=forms.RadioSelect, initial="ordinary"
    )
    path_reason = _long(_("Why this path, and why an investigation?"), rows=4)


class InformForm(forms.Form):
    """That those concerned were told, or the special reasons why not (SoL 20:4)."""

    because_not = _long(
        _("If they were not told: the special reasons"),
        rows=3,
        required=False,
        help_text=_("Leave this empty when those concerned have been told that the investigation is open."),
    )


class PathForm(forms.Form):
    """Another path, and why."""

    path = forms.ChoiceField(label=_("Path"), choices=children.Path.choices, widget=forms.RadioSelect)
    reason = _long(_("Why another path?"), rows=3)


class StepForm(forms.Form):
    """One thing to do."""

    what = forms.CharField(label=_("What is to be done?"), max_length=300)
    due_on = forms.DateField(label=_("Until when?"), help_text=DAY_HELP)
    who = forms.CharField(
        label=_("Who, if it is not you?"),
        max_length=120,
        required=False,
        help_text=_("For example: the school."),
    )


class StepDoneForm(forms.Form):
    """What came of it, or why it is not needed."""

    way = forms.ChoiceField(
        label=_("What happened?"),
        choices=[("done", _("It is done")), ("dropped", _("It is not needed any more"))],
        widget=forms.RadioSelect,
        initial="done",
    )
    words = _long(_("What came of it, or why it is not needed"), rows=3, required=False)


class AreaForm(forms.Form):
    """The text under one heading, over the version that was read."""

    body = _long(_("Text"), rows=14, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class TalkForm(forms.Form):
    """A talk that was held; the text becomes a signed note."""

    kind = forms.ChoiceField(label=_("What kind of talk?"), choices=children.TalkKind.choices)
    with_whom = forms.CharField(label=_("With whom?"), max_length=200)
    held_on = forms.DateField(label=_("On which day?"), help_text=DAY_HELP)
    consent = forms.ChoiceField(
        label=_("Had the guardian agreed?"), choices=children.Consent.choices, initial="not_needed"
    )
    because = _long(
        _("Why it was held without the guardian's consent"),
        rows=2,
        required=False,
        help_text=_("The law lets you talk with the child without it (SoL 20:7). Say why you did."),
    )
    body = _long(
        _("What was said"), rows=10, help_text=_("It is signed at once and stands as a note in the case.")
    )


class AskForm(forms.Form):
    """Somebody is asked for what they know."""

    source = forms.ChoiceField(label=_("Who is asked?"), choices=children.DataSource.choices)
    source_name = forms.CharField(label=_("Name of the school, clinic or other"), max_length=160)
    basis = forms.ChoiceField(label=_("With what right?"), choices=children.Basis.choices)


class ReceiveForm(forms.Form):
    """What was answered."""

    body = _long(_("What was answered"))


class ChildViewForm(forms.Form):
    """The child's own view, and how it was learned."""

    how = forms.ChoiceField(label=_("How did you learn it?"), choices=children.HowTold.choices)
    body = _long(
        _("The child's own view"),
        help_text=_("In the child's own words where you can. If it could not be obtained: why."),
    )


class BestForm(forms.Form):
    """How the child's best was weighed."""

    body = _long(_("How the child's best was weighed"))


class RiskForm(forms.Form):
    """What threatens the child, what protects it, and how high the risk is."""

    level = forms.ChoiceField(label=pgettext_lazy("risk", "Risk"), choices=children.RiskLevel.choices)
    body = _long(_("What threatens the child"))
    protection = _long(_("What protects the child"), rows=4, required=False)


class AssessmentForm(forms.Form):
    """The assessment that the decision rests on."""

    body = _long(_("Assessment"), rows=10)


class ExtendForm(forms.Form):
    """More time, to a set day, for special reasons (SoL 20:3)."""

    until = forms.DateField(label=_("Until which day?"), help_text=DAY_HELP)
    ground = _long(
        _("Special reasons"),
        rows=4,
        help_text=_(
            "What is outside the board's control, and why it cannot wait. It stands in the decision."
        ),
    )


class CommunicateForm(forms.Form):
    """The material is told to the parties, who may answer; or why it is obviously not needed."""

    material = _long(_("What the parties get to read"), rows=8, required=False)
    answer_until = forms.DateField(label=_("They may answer until"), required=False, help_text=DAY_HELP)
    waived_because = _long(
        _("Or: why it is obviously not needed"),
        rows=3,
        required=False,
        help_text=_("Only when nothing has come in that they do not know (FL 25)."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        waived = (told.get("waived_because") or "").strip()
        if waived and (told.get("material") or "").strip():
            self.add_error("waived_because", _("Choose one: tell the parties, or say why it is not needed."))
        elif not waived and not (told.get("material") or "").strip():
            self.add_error("material", _("Write what the parties get to read."))
        elif not waived and not told.get("answer_until"):
            self.add_error("answer_until", _("Say until when they may answer."))
        return told


class CloseForm(forms.Form):
    """How it ends, why, and what is proposed."""

    outcome = forms.ChoiceField(
        label=_("How does the investigation end?"),
        choices=children.ClosingOutcome.choices,
        widget=forms.RadioSelect,
    )
    proposed_intervention = _long(
        _("Which intervention is proposed?"),
        rows=3,
        required=False,
        help_text=_("Only with an intervention."),
    )
    accepted = forms.BooleanField(label=_("The family has said yes to it"), required=False)
    ground = _long(
        _("Why?"),
        rows=4,
        required=False,
        help_text=_("Needed when it ends without an intervention, or early."),
    )
    follow_because = _long(
        _("Shall the child be followed? Then write why"),
        rows=3,
        required=False,
        help_text=_(
            "Possible when an intervention is proposed and the family has not said yes, or when a placement has "
            "ended (SoL 23:1-2, unconfirmed wording). It is a decision of its own, for at most six months. You can "
            "also decide it later, on the investigation's page."
        ),
    )
    follow_with_consent = forms.BooleanField(label=_("The family has agreed to be followed"), required=False)


class FollowForm(forms.Form):
    """The child is followed for a time after the close."""

    because = _long(_("Why is the child followed?"), rows=3)
    with_consent = forms.BooleanField(label=_("The family has agreed to it"), required=False)


class FollowEndForm(forms.Form):
    """What the follow-up came to."""

    because = _long(_("What did the follow-up come to?"), rows=3)
