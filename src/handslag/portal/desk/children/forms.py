"""What an investigator writes, one form for each act."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from handslag.child_protection import public as children
from handslag.portal.shell.days import DayField

CHOOSE = ("", _("Choose"))


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
        label=_("Path"),
        choices=children.Path.choices,
        widget=forms.RadioSelect,
        help_text=_("Choose how wide it is from what you know of the child; violence is never simplified."),
        error_messages={"required": _("Choose a path, and say why.")},
    )
    path_reason = _long(_("Why this path, and why an investigation?"), rows=4)


class InformForm(forms.Form):
    """Who was told, on which day and how; or the special reasons why somebody was not (SoL 20:4)."""

    # The help texts tell what must be there and when, so no field is called optional.
    tells_when = True
    whom = forms.CharField(
        label=_("Who has been told?"),
        max_length=300,
        required=False,
        help_text=_("Name each of them: those with custody, and the child by its age and maturity."),
    )
    told_on = DayField(label=_("On which day were they told?"), required=False)
    how = forms.ChoiceField(
        label=_("How were they told?"), choices=[CHOOSE, *children.HowInformed.choices], required=False
    )
    because_not = _long(
        _("If somebody was not told: who, and the special reasons"),
        rows=3,
        required=False,
        help_text=_("Leave this empty when all of them have been told that the investigation is open."),
    )


class PathForm(forms.Form):
    """Another path, and why. None is chosen beforehand."""

    path = forms.ChoiceField(
        label=_("Path"),
        choices=children.Path.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a path, and say why.")},
    )
    reason = _long(_("Why another path?"), rows=3)


class StepForm(forms.Form):
    """One thing to do, by a colleague or by somebody outside."""

    what = forms.CharField(label=_("What is to be done?"), max_length=300)
    due_on = DayField(label=_("Until when?"))
    account_id = forms.TypedChoiceField(label=_("Who?"), coerce=UUID, required=False, empty_value=None)
    who = forms.CharField(
        label=_("Or somebody outside"),
        max_length=120,
        required=False,
        help_text=_("For example: the school. It goes before the colleague."),
    )


class StepChangeForm(forms.Form):
    """Another day or other hands for a step, and why."""

    due_on = DayField(label=_("Until when?"))
    account_id = forms.TypedChoiceField(label=_("Who?"), coerce=UUID, required=False, empty_value=None)
    who = forms.CharField(
        label=_("Or somebody outside"),
        max_length=120,
        required=False,
        help_text=_("For example: the school. It goes before the colleague."),
    )
    because = _long(
        _("Why is it changed?"),
        rows=3,
        help_text=_("How the step stood before is kept beside it, with your reason."),
    )


class StepDoneForm(forms.Form):
    """What came of a step."""

    result = _long(_("What came of it"), rows=3, required=False)


class StepStruckForm(forms.Form):
    """Why a step is struck out."""

    because = _long(
        _("Why is it not needed?"),
        rows=3,
        help_text=_("The step stays readable, struck out, with your reason."),
    )


class AreaForm(forms.Form):
    """The text under one heading, over the version that was read."""

    body = _long(_("Text"), rows=14, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class TalkForm(forms.Form):
    """A talk that was held. The text, the day and with whom are the note's own; the rest makes it a talk of the investigation."""

    talk = forms.ChoiceField(
        label=_("What kind of talk?"),
        choices=[CHOOSE, *children.TalkKind.choices],
        error_messages={"required": _("Choose what kind of talk it was.")},
    )
    subject = forms.CharField(
        label=_("With whom?"), max_length=200, error_messages={"required": _("Say with whom.")}
    )
    happened_on = DayField(label=_("On which day?"))
    consent = forms.ChoiceField(
        label=_("Had the guardian agreed?"),
        required=False,
        help_text=_("Only for a talk with the child."),
        choices=[CHOOSE, *[one for one in children.Consent.choices if one[0] != children.Consent.NOT_NEEDED]],
    )
    because = _long(
        _("Why it was held without the guardian's consent"),
        rows=2,
        required=False,
        help_text=_("The law lets you talk with the child without it (SoL 20:7). Say why you did."),
    )
    body = forms.CharField(
        label=_("What was said"),
        strip=False,
        error_messages={"required": _("Write what was said.")},
        widget=forms.Textarea(
            attrs={"rows": 14, "autocomplete": "off", "spellcheck": "false", "writingsuggestions": "false"}
        ),
    )
    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("talk") in children.TALKS_WITH_CHILD:
            if not told.get("consent"):
                self.add_error("consent", _("Say whether the guardian had agreed."))
            elif told["consent"] != children.Consent.GIVEN and not (told.get("because") or "").strip():
                self.add_error("because", _("Say why it was held without the guardian's consent."))
        return told


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

    until = DayField(label=_("Until which day?"))
    ground = _long(
        _("Special reasons"),
        rows=4,
        help_text=_(
            "What is outside the board's control, and why it cannot wait. It stands in the decision."
        ),
    )


class DeclineForm(forms.Form):
    """Why an investigation is not extended as was proposed."""

    because = _long(_("Why is it not extended so?"), rows=3, help_text=_("Who proposed it reads this."))


class CommunicateForm(forms.Form):
    """The material is told to the parties, who may answer; or why it is obviously not needed."""

    material = _long(_("What the parties get to read"), rows=8, required=False)
    answer_until = DayField(label=_("They may answer until"), required=False)
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

    # As in InformForm: what is needed depends on how it ends.
    tells_when = True
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

    def offer(self, outcomes: Collection[str]) -> None:
        """Show these ways alone; what has been sent already was judged by the operation."""
        ways = [one for one in children.ClosingOutcome.choices if one[0] in outcomes]
        self.fields["outcome"].choices = ways  # type: ignore[attr-defined]


class FollowForm(forms.Form):
    """The child is followed for a time after the close."""

    because = _long(_("Why is the child followed?"), rows=3)
    with_consent = forms.BooleanField(label=_("The family has agreed to it"), required=False)


class FollowEndForm(forms.Form):
    """What the follow-up came to."""

    because = _long(_("What did the follow-up come to?"), rows=3)
