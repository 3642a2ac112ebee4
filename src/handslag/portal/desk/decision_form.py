"""What every form for a decision asks: what is decided, why, and which version of the case was read."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """What is decided and why, in words that the person can follow (FL 32). `outcomes`: those that are open now."""

    reason_help: ClassVar["str | Promise"] = ""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason, in words that the person can follow"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, outcomes: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]
        self.fields["reason"].help_text = self.reason_help  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("outcome") in ("partly_granted", "refused") and not given.get("reason"):
            self.add_error("reason", _("Write why, in words that the person can follow (FL 32)."))
        return given
