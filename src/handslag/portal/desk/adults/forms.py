"""What a case worker writes about an adult's matter."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.adult_support import public as adults
from handslag.portal.shell.days import DayField

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
    on = DayField(label=_("On which day?"))

    def __init__(self, *args: Any, steps: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [CHOOSE, *((code, adults.STEP_NAMES[code]) for code in steps)]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why the case ends, in the words of its kind. While steps are missing only the reasons that leave them open are
    there, and why it is closed without them is asked for."""

    because = forms.ChoiceField(label=_("Why is the case closed?"))
    without_because = forms.CharField(
        label=_("Why is it closed without it?"),
        help_text=_("It stands in the case."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, missing: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = adults.closing_reasons(kind)
        left = [(code, words[code]) for code in adults.reasons_left(kind, missing)]
        self.fields["because"].choices = [CHOOSE, *left]  # type: ignore[attr-defined]
        if not missing:
            del self.fields["without_because"]


class AssessForm(forms.Form):
    """What is done about a report of concern, and why."""

    outcome = forms.ChoiceField(
        label=_("What is done about the report?"),
        choices=adults.ReportOutcome.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_(
            "What is known, what the person says, and what you make of it. It cannot be changed afterwards."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class DecideForm(forms.Form):
    """What is decided of an application for support, and why, in words that the person can follow (FL 32)."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    applied_for = forms.CharField(
        label=_("What does the person apply for?"),
        help_text=_("Shortly, as the letter says it after “You applied for:”."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    gets = forms.CharField(
        label=_("What does the person get?"),
        help_text=_("As the letter says it after “You get:”. Needed when a part is granted."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=_("Reason, in words that the person can follow"),
        help_text=_("It stands in the letter. Needed for all but what is granted in full."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    legal_ground = forms.ChoiceField(label=_("Legal ground"))
    period_from = DayField(label=_("First day"), required=False)
    period_to = DayField(label=_("Last day"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, outcomes: list[tuple[str, Any]], grounds: list[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]
        self.fields["legal_ground"].choices = grounds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        outcome, first, last = given.get("outcome"), given.get("period_from"), given.get("period_to")
        if outcome in ("partly_granted", "refused") and not given.get("reason"):
            self.add_error("reason", _("Write why, in words that the person can follow (FL 32)."))
        if outcome == "partly_granted" and not given.get("gets"):
            self.add_error("gets", _("Write which part is granted."))
        if not {"period_from", "period_to"} & set(self.errors) and (
            (first is None) != (last is None) or (first and last and last < first)
        ):
            self.add_error("period_to", _("Give the first and the last day of the period."))
        return given
