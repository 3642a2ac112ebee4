"""Forms of the lead face: what the board has decided is entered with its paragraph and day."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.portal.lead.delegation_order import AUTOMATED, DECISIONS
from handslag.portal.shell.days import DayField
from handslag.portal.shell.forms import KrField

ROOMS = range(1, 7)
# A point or a comma before exactly three digits may stand for thousands; a nought before it cannot.
POINTED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d{1,2})?", re.ASCII)
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
HOUSEHOLDS: tuple[tuple[int | None, int], ...] = (
    *((adults, children) for adults in (1, 2) for children in range(6)),
    *((None, children) for children in range(1, 6)),
)
NEEDS = (
    "spectacle_frames", "infant_equipment", "home_equipment", "funeral", "eating_out", "pocket_money", "medical_care", "medicine",
    "dental_care", "moving", "child_care_fee", "other",
)


class FigureField(forms.CharField):
    """A number with decimals as people type it: `0,25`, `12.5`, `4 200`. Gives a Decimal.

    `6.200` is asked about, as everywhere else: it may mean six thousand two hundred or 6,2.
    """

    def __init__(self, *, decimals: int, lowest: int | None = None, highest: int | None = None, **options: Any) -> None:
        self.decimals, self.lowest, self.highest = decimals, lowest, highest
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        text = "".join(str(super().to_python(value) or "").split()).replace("\u2212", "-")
        if not text:
            return None
        if POINTED.fullmatch(text.lstrip("+-")):
            try:
                return foundation.money(text)
            except foundation.BadInput as error:
                raise forms.ValidationError(error.in_one_line) from None
        plain = text.replace(",", ".")
        if not plain.isascii() or not NUMBER.fullmatch(plain):
            raise forms.ValidationError(_("Write a number, for instance 12,5."))
        number = Decimal(plain)
        if -int(number.as_tuple().exponent) > self.decimals or abs(number) >= 10**10:
            raise forms.ValidationError(_("Write at most %(n)d decimals.") % {"n": self.decimals})
        if (self.lowest is not None and number < self.lowest) or (self.highest is not None and number > self.highest):
            raise forms.ValidationError(_("Write a number from %(low)s to %(high)s.") % {"low": self.lowest, "high": self.highest})
        return number

    def prepare_value(self, value: Any) -> Any:
        return number_format(value, use_l10n=True) if isinstance(value, (Decimal, int)) else value


class BoardDecision(forms.Form):
    """What every decision of the board is entered with."""

    valid_from = DayField(label=_("Holds from"))
    paragraph = forms.CharField(label=_("Paragraph of the minutes"), max_length=40, help_text=_("As in the minutes, for instance § 45."))
    decided_on = DayField(label=_("Day of the decision"))


class AutomationRuleForm(BoardDecision):
    """The table of what automation may decide."""

    field_order = ("kinds", "highest_kr", "sample_percent", "valid_from", "valid_to", "paragraph", "decided_on")
    valid_to = DayField(label=_("Until, not including"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of application"), widget=forms.CheckboxSelectMultiple,
        choices=[("renewal", _("Renewal")), ("new", _("First application")), ("supplement", _("Supplement"))],
    )
    highest_kr = KrField(label=_("Highest amount"), lowest=Decimal(1))
    sample_percent = FigureField(
        label=_("Share that a person checks before it leaves"), lowest=0, highest=100, decimals=2, initial=5,
        help_text=_("Percent. Drawn at random among what automation would grant."),
    )


class ConfirmForm(forms.Form):
    """A rules officer repeats a figure from the published text and names the text."""

    cell = forms.CharField(widget=forms.HiddenInput)
    cell_from = forms.DateField(widget=forms.HiddenInput)
    amount = FigureField(label=_("The amount in the published text"), decimals=4)
    source = forms.CharField(label=_("The published text"), max_length=200, help_text=_("For instance the SFS number and paragraph."))


class LocalRulesForm(BoardDecision):
    """The board's guideline values: highest rents by rooms or by household, and highest amounts of needs."""

    field_order = ("name", "valid_from", "paragraph", "decided_on", "rents_by")
    name = forms.CharField(label=_("Name"), max_length=40)
    rents_by = forms.ChoiceField(
        label=_("Highest rents are decided by"), required=False, initial="rooms", widget=forms.RadioSelect,
        choices=[("rooms", _("the number of rooms")), ("household", _("the household"))],
    )
    travel = KrField(label=_("Travel to work by car, for 10 km"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for rooms in ROOMS:
            self.fields[f"rent_{rooms}"] = KrField(label=_("%(rooms)d rooms") % {"rooms": rooms}, required=False)
        for adults, children in HOUSEHOLDS:
            self.fields[_place(adults, children)] = KrField(label=household_words(adults, children), required=False)
        for need in NEEDS:
            words = foundation.tell(foundation.said(f"line.special.{need}"))
            self.fields[f"kr_{need}"] = KrField(label=words, required=False)
            self.fields[f"share_{need}"] = FigureField(
                label=_("%(need)s: percent of the price base amount") % {"need": words}, required=False, lowest=0, highest=1000, decimals=3,
            )
            self.fields[f"unit_{need}"] = forms.ChoiceField(
                label=_("%(need)s: for") % {"need": words}, required=False,
                choices=[("once", _("each time")), ("month", _("a month")), ("year", _("a year"))],
            )
            self.fields[f"day_{need}"] = KrField(label=_("%(need)s: kronor a day") % {"need": words}, required=False)

    @property
    def rents(self) -> list[forms.BoundField]:
        return [self[f"rent_{rooms}"] for rooms in ROOMS]

    @property
    def household_rents(self) -> list[forms.BoundField]:
        return [self[_place(adults, children)] for adults, children in HOUSEHOLDS]

    @property
    def needs(self) -> list[tuple[forms.BoundField, ...]]:
        return [tuple(self[f"{part}_{need}"] for part in ("kr", "share", "unit", "day")) for need in NEEDS]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or self.cleaned_data
        for need in NEEDS:
            if held.get(f"kr_{need}") is not None and held.get(f"share_{need}") is not None:
                self.add_error(f"share_{need}", _("Give kronor or a percentage, not both."))
            if held.get(f"day_{need}") is not None and held.get(f"kr_{need}") is None and held.get(f"share_{need}") is None:
                self.add_error(f"kr_{need}", _("A day rate needs the whole amount beside it."))
        if not any(held.get(field.name) is not None for field in self._chosen_rents(held)):
            self.add_error("rents_by", _("Give at least one highest rent."))
        return held

    def content(self) -> dict[str, Any]:
        """The values in the form that `income_support.enter_local_rules` takes."""
        held = self.cleaned_data
        amounts = {}
        for need in NEEDS:
            kr, share, day = (held.get(f"{part}_{need}") for part in ("kr", "share", "day"))
            if kr is None and share is None:
                continue
            amounts[need] = {
                "unit": held.get(f"unit_{need}") or "once", "kr": str(kr) if kr is not None else None,
                "share_of_price_base": str(share / 100) if share is not None else None,
            }
            if day is not None:
                amounts[need]["day_kr"] = str(day)
        rents: list[dict[str, Any]] = [{"rooms": rooms, "kr": str(held[f"rent_{rooms}"])} for rooms in ROOMS if held.get(f"rent_{rooms}") is not None]
        if held.get("rents_by") == "household":
            rents = [
                {"adults": adults, "children": children, "kr": str(held[_place(adults, children)])}
                for adults, children in HOUSEHOLDS if held.get(_place(adults, children)) is not None
            ]
        return {"rents": rents, "amounts": amounts, "work_travel_kr_per_10_km": str(held["travel"]) if held.get("travel") is not None else None}

    def _chosen_rents(self, held: dict[str, Any]) -> list[forms.BoundField]:
        return self.household_rents if held.get("rents_by") == "household" else self.rents


def _place(adults: int | None, children: int) -> str:
    return f"home_{adults or 'any'}_{children}"


def household_words(adults: int | None, children: int) -> str:
    """A household of the table of rents, in words."""
    grown = {1: _("One adult"), 2: _("Two adults"), None: _("One or two adults")}[adults]
    if children == 0:
        return gettext("{adults}, no children").format(adults=grown)
    return ngettext("{adults}, {n} child", "{adults}, {n} children", children).format(adults=grown, n=children)


class SettingsForm(BoardDecision):
    """What the law leaves open, settled from a month on."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        words, choices = setting_words(), choice_words()
        for name, known in income_support.SETTING_CHOICES.items():
            self.fields[f"setting_{name}"] = forms.ChoiceField(
                label=words.get(name, name), widget=forms.RadioSelect, choices=[(choice, choices.get(choice, choice)) for choice in known]
            )

    @property
    def settings(self) -> list[forms.BoundField]:
        return [self[f"setting_{name}"] for name in income_support.SETTING_CHOICES]

    def chosen(self) -> dict[str, str]:
        """The choices by name of the setting."""
        return {name: self.cleaned_data[f"setting_{name}"] for name in income_support.SETTING_CHOICES}


class UnusualCostsForm(BoardDecision):
    """Above how much a month each kind of cost is unusually high, from a month on."""

    def __init__(self, *arguments: Any, kinds: Iterable[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kinds = tuple(kinds)
        for kind in self.kinds:
            self.fields[f"limit_{kind}"] = KrField(
                label=foundation.tell(foundation.said(f"line.cost.{kind}")), required=False, lowest=Decimal(1)
            )

    @property
    def limit_fields(self) -> list[forms.BoundField]:
        return [self[f"limit_{kind}"] for kind in self.kinds]

    def limits(self) -> dict[str, Decimal]:
        """Kronor a month by kind; a kind without an amount has no limit."""
        held = self.cleaned_data
        return {kind: held[f"limit_{kind}"] for kind in self.kinds if held.get(f"limit_{kind}") is not None}


class DelegationForm(BoardDecision):
    """Who may make a type of decision in the board's name, up to which sum."""

    field_order = ("decision_type", "role", "max_amount_kr", "valid_from", "paragraph", "decided_on")
    decision_type = forms.ChoiceField(label=_("Decision"), choices=[(one.code, one.words) for one in DECISIONS])
    role = forms.ChoiceField(
        label=_("Who may make it"), widget=forms.RadioSelect,
        choices=[*((role.value, role.label) for role in Role), (AUTOMATED, _("Automated decision function"))],
    )  # fmt: skip
    max_amount_kr = KrField(
        label=_("Up to"), lowest=Decimal(1), required=False, help_text=_("Leave it empty where the board has set no highest sum.")
    )


class EndDelegationForm(forms.Form):
    """That the board has decided that a row of the order no longer holds."""

    ends_on = DayField(label=_("Ends on"), help_text=_("The first day on which it no longer holds."))
    paragraph = forms.CharField(label=_("Paragraph of the minutes"), max_length=40, help_text=_("As in the minutes, for instance § 45."))
    decided_on = DayField(label=_("Day of the decision"))


class ReturnForm(forms.Form):
    """Why what another has entered is sent back."""

    because = forms.CharField(
        label=_("What does not agree with the decision?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReportForm(forms.Form):
    """The bank's answer."""

    report = forms.FileField(label=_("Status report from the bank (pain.002)"))


def setting_words() -> dict[str, Any]:
    """The settings in words."""
    return {
        "lodger_rounding": _("Rounding of common costs for somebody who shares a home"),
        "age_band_changes": _("When a child has the norm of the next age"),
        "part_time_child_in_common_costs": _("A part-time child in the common costs"),
        "days_of_month": _("What a share of a month is counted in"),
        "row_broken_after_months": _("Months without aid that end a row of months"),
        "job_stimulus_start": _("When the two years of the job stimulus begin"),
        "job_stimulus_base": _("What the quarter of the job stimulus is taken of"),
    }


def choice_words() -> dict[str, Any]:
    """The choices of the settings in words."""
    return {
        "ore": _("Whole öre"), "krona_nearest": _("Nearest krona"), "krona_up": _("Up to a whole krona"),
        "birthday_month": _("From the month of the birthday"), "month_after": _("From the month after the birthday"),
        "whole": _("As a whole person"), "by_share": _("By share of the month"), "30": _("Thirtieths"), "actual": _("The days of the month"),
        "1": _("One"), "2": _("Two"), "3": _("Three"), "qualification": _("The month of qualification"),
        "first_income": _("The first income after it"), "net": _("The salary after tax"),
    }


def put_error(form: forms.Form, error: foundation.HandslagError) -> None:
    """An error of an operation at the field that it names, or on top of the form."""
    place = error.where.split(".")[0].split("[")[0] if error.where else ""
    form.add_error(place if place in form.fields else None, error.in_one_line)
