"""What a case worker writes about an adult's matter."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.adult_support import public as adults
from handslag.portal.desk.decision_form import DecisionForm
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


class DecideForm(DecisionForm):
    """What is decided of an application for support, as the letter says it, and under which ground."""

    reason_help = _("It stands in the letter. Needed for all but what is granted in full.")

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
    legal_ground = forms.ChoiceField(label=_("Legal ground"))
    period_from = DayField(label=_("First day"), required=False)
    period_to = DayField(label=_("Last day"), required=False)
    field_order: tuple[str, ...] = (
        "outcome", "applied_for", "gets", "reason", "legal_ground", "period_from", "period_to", "version",
    )  # fmt: skip

    def __init__(self, *args: Any, grounds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["legal_ground"].choices = grounds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("period_from"), given.get("period_to")
        if given.get("outcome") == "partly_granted" and not given.get("gets"):
            self.add_error("gets", _("Write which part is granted."))
        if not {"period_from", "period_to"} & set(self.errors) and (
            (first is None) != (last is None) or (first and last and last < first)
        ):
            self.add_error("period_to", _("Give the first and the last day of the period."))
        return given


# The grounds, effects and stages that the law knows, in words; each code stands in casework's rules.
CHANGE_GROUNDS = {
    "slip": _("Correct an obvious slip of the pen or of counting; what is granted stays the same (FL 36)"),
    "wrong": _("The decision is wrong because of something new, or for another reason (FL 37)"),
    "obvious": _(
        "The decision is obviously wrong in something that matters, and is changed quickly and simply (FL 38)"
    ),
}
CHANGE_EFFECTS = {
    "better": _("It becomes better for the person"),
    "neither": _("It becomes neither better nor worse"),
    "worse": _("It becomes worse for the person"),
}
APPEAL_STAGES = {
    "none": _("No"),
    "appealed": _("Yes, and the appeal is still here"),
    "sent": _("Yes, and the appeal has been sent to the court"),
}
EXCEPTIONS = {
    "reserved": _("The decision or the rules behind it say that it can be taken back"),
    "safety": _("Compelling reasons of safety demand it at once"),
    "misled": _("The person told something wrong or misleading, and the mistake comes of it"),
}


class ChangeForm(DecideForm):
    """Why an earlier decision is changed and what that means for the person, and then the new decision."""

    ground = forms.ChoiceField(
        label=_("Why is the decision changed?"),
        choices=list(CHANGE_GROUNDS.items()),
        widget=forms.RadioSelect,
    )
    what_was_wrong = forms.CharField(
        label=_("What was wrong, in words that the person can follow"),
        help_text=_("It stands in the letter, before the new decision."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    effect = forms.ChoiceField(
        label=_("What does the change mean for the person?"),
        help_text=_("A shorter time or a condition that was not there is worse."),
        choices=list(CHANGE_EFFECTS.items()),
        widget=forms.RadioSelect,
    )
    exception = forms.ChoiceField(
        label=_("If it becomes worse: which exception applies?"),
        help_text=_(
            "What somebody has been granted is taken back only on one of these. It stands in the letter."
        ),
        choices=[("", _("No exception")), *EXCEPTIONS.items()],
        required=False,
    )
    stage = forms.ChoiceField(
        label=_("Has the decision been appealed?"),
        choices=list(APPEAL_STAGES.items()),
        widget=forms.RadioSelect,
    )
    field_order = ("ground", "what_was_wrong", "stage", "effect", "exception", *DecideForm.field_order)
