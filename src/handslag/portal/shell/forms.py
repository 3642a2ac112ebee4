"""Form fields that read what people here write, and the form of the fault channel."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation


class KrField(forms.CharField):
    """An amount in kronor as people type it: `4 200`, `4200,50`, `4200 kr`. Gives a Decimal with two decimals.

    Draw it with `{% field form.rent unit="kr" width=10 %}`.
    """

    def __init__(
        self, *, highest: Decimal | None = None, lowest: Decimal = Decimal(0), **options: Any
    ) -> None:
        self.highest, self.lowest = highest, lowest
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text in (None, ""):
            return None
        try:
            amount = foundation.money(text)
        except foundation.BadInput as error:
            raise forms.ValidationError(error.in_one_line) from None
        if amount < self.lowest:
            raise forms.ValidationError(
                _("Write an amount of at least %(kr)s.") % {"kr": foundation.kr(self.lowest)}
            )
        if self.highest is not None and amount > self.highest:
            raise forms.ValidationError(
                _("Write an amount of at most %(kr)s.") % {"kr": foundation.kr(self.highest)}
            )
        return amount

    def prepare_value(self, value: Any) -> Any:
        return foundation.kr(value).removesuffix("\u00a0kr") if isinstance(value, Decimal) else value


class FaultForm(forms.Form):
    """What somebody could not use."""

    page = forms.CharField(label=_("Which page was it?"), required=False, max_length=200)
    what = forms.CharField(
        label=_("What did you want to do, and what stopped you?"),
        max_length=4000,
        error_messages={"required": _("Tell us what you wanted to do, and what stopped you.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    contact = forms.CharField(
        label=_("How do we reach you?"),
        help_text=_("E-mail or phone. Leave it empty if you want no answer."),
        required=False,
        max_length=200,
    )
