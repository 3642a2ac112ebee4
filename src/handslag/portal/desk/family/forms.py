"""The forms of the family pages."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.portal.shell.days import DayField

TIME = {"type": "time"}
CHECKS = forms.CheckboxSelectMultiple


def _text(label: Any, *, rows: int = 3, help_text: Any = "", most: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )


class SecretForm(forms.Form):
    """Toward whom, what, on which ground and why."""

    toward = forms.ChoiceField(label=_("Secret toward"))
    what = forms.MultipleChoiceField(
        label=_("What is secret?"),
        widget=CHECKS,
        choices=[
            ("address", _("Address")),
            ("contact", _("Telephone and e-mail")),
            ("placement", _("Placement")),
        ],
    )
    ground = forms.ChoiceField(
        label=_("Ground"), widget=forms.RadioSelect, choices=coordination.SecretGround.choices
    )
    because = _text(_("Why is it secret?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_telling(self)


class TellingForm(forms.Form):
    """The words that may tell where somebody is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_telling(self)


def add_telling(form: forms.Form) -> None:
    """A field for each kind of word; none is needed."""
    for kind in coordination.TellingKind:
        field = _text(kind.label, rows=2, help_text=_("May tell where the person is. One on each line."), most=5000)
        field.required = False
        form.fields[kind.value] = field


def telling_of(form: forms.Form) -> dict[str, list[str]]:
    """The words that were typed, by kind."""
    return {kind: form.cleaned_data[kind].splitlines() for kind in coordination.TellingKind.values}


class EndForm(forms.Form):
    """Why something ends."""

    because = _text(_("Why is it no longer secret?"), rows=2)


class MeetingForm(forms.Form):
    """What, how, where, when and who."""

    subject = forms.CharField(label=_("What is the meeting about?"), max_length=120)
    way = forms.ChoiceField(label=_("How do you meet?"), choices=coordination.MeetingWay.choices)
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    day = DayField(label=_("Day"))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    persons = forms.MultipleChoiceField(label=_("Who is asked to come?"), widget=CHECKS, required=False)
    staff = forms.MultipleChoiceField(label=_("Which colleagues come?"), widget=CHECKS, required=False)

    def times(self) -> tuple[datetime, datetime]:
        """When the meeting begins and ends, Swedish time."""
        asked = self.cleaned_data
        return (
            datetime.combine(asked["day"], asked["starts"], foundation.SWEDEN),
            datetime.combine(asked["day"], asked["ends"], foundation.SWEDEN),
        )


class JointMeetingForm(MeetingForm):
    """The same for some parts of a joint matter."""

    parts = forms.MultipleChoiceField(
        label=_("For which parts is the meeting?"),
        help_text=_("Only those who work with these parts, and those who come, know of the meeting."),
        widget=CHECKS,
    )


class HoldForm(forms.Form):
    """What was said."""

    case = forms.ChoiceField(label=_("In which case is the note written?"), required=False)
    note = _text(_("Note from the meeting"), rows=8, most=20_000)


class CancelForm(forms.Form):
    """Why there is no meeting."""

    cancelled_because = _text(_("Why is the meeting cancelled?"), rows=2, most=500)


class PartForm(forms.Form):
    """A case that takes part, as what, and whether the others know of it."""

    case = forms.ChoiceField(label=_("Which of your cases takes part?"))
    role = forms.ChoiceField(
        label=_("What is the case in the joint work?"),
        widget=forms.RadioSelect,
        choices=coordination.JointRole.choices,
    )
    known_to_team = forms.BooleanField(
        label=_("The team may know that this part is there, and turn to me"),
        help_text=_(
            "Otherwise only those who may read the case see the part. Nobody reads the case because of this."
        ),
        required=False,
    )


class JointForm(PartForm):
    """Opening a joint matter from a case."""

    kind = forms.ChoiceField(
        label=_("What is the joint work?"), widget=forms.RadioSelect, choices=coordination.JointKind.choices
    )
    members = forms.MultipleChoiceField(
        label=_("Who is in the team?"),
        help_text=_("Being in the team opens no case. Each one joins their own cases."),
        widget=CHECKS,
        required=False,
    )
    field_order = ("kind", "role", "known_to_team", "members")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["case"]


class MemberForm(forms.Form):
    """A colleague for the team."""

    member = forms.ChoiceField(label=_("Colleague"))


class ShareForm(forms.Form):
    """What is told, from which part to which, and on which ground."""

    from_part = forms.ChoiceField(label=_("From which of your cases do you share it?"))
    to_parts = forms.MultipleChoiceField(label=_("To whom?"), widget=CHECKS)
    body = _text(
        _("What do you share?"),
        rows=6,
        most=20_000,
        help_text=_("Write only what the others need. It cannot be taken back."),
    )
    ground = forms.ChoiceField(
        label=_("On which ground?"), widget=forms.RadioSelect, choices=coordination.ShareGround.choices
    )
    ground_text = _text(_("Who has consented and when, or why is it needed?"), rows=2)


class CloseJointForm(forms.Form):
    """Why the joint work ends."""

    because = forms.ChoiceField(
        label=_("Why is the joint matter closed?"), choices=coordination.JointClosing.choices
    )
