"""What a case worker writes about an adult's matter."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.adult_support import public as adults

# Nothing is chosen for the one who is in a hurry.
CHOOSE = ("", _("Choose"))
TOLD_HELP = _("What the person asks for, or what somebody saw. It cannot be changed afterwards.")


class MatterForm(forms.Form):
    """What came in, how, and whether children live with it."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[CHOOSE, *((code, words) for code, (_prefix, words) in adults.KINDS.items())],
    )
    came_as = forms.ChoiceField(label=_("How did it come?"), choices=[CHOOSE, *adults.CameAs.choices])
    told = forms.CharField(
        label=_("What was told"),
        help_text=TOLD_HELP,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    told_by = forms.CharField(
        label=_("Who told it, if it was somebody else"),
        help_text=_("The person never reads this on their pages."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    children_seen = forms.ChoiceField(
        label=_("Do children live with it?"), choices=adults.ChildrenSeen.choices, initial="unknown"
    )
    sent_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CareForm(forms.Form):
    """A step of care under LVM and its day."""

    step = forms.ChoiceField(label=_("What happened?"))
    on = forms.DateField(label=_("On which day?"), help_text=_("For example 2026-11-22."))

    def __init__(self, *args: Any, steps: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [CHOOSE, *((code, adults.STEP_NAMES[code]) for code in steps)]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why the case ends, in the words of its kind."""

    because = forms.ChoiceField(label=_("Why is the case closed?"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].choices = [CHOOSE, *adults.closing_reasons(kind).items()]  # type: ignore[attr-defined]
