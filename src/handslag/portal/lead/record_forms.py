"""Forms for the record: note templates, the rule of who may read it online, and words that may tell who reported. Each decision with who, where and from when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.portal.shell.days import DayField


class DecidedForm(forms.Form):
    """From which day it holds, and who decided it."""

    valid_from = DayField(label=_("Holds from"), help_text=_("Today or a later day."))
    source = forms.CharField(
        label=_("Who decided it, and where is it written down?"), max_length=200,
        help_text=_("For instance the head of the department, 3 November, and the number of the decision."),
    )


class HeadingsForm(DecidedForm):
    """A note template: its name, the kind of note, where it is offered, and its headings."""

    field_order = ("label_sv", "label_en", "kind", "in_kinds", "headings_sv", "headings_en", "valid_from", "source")
    label_sv = forms.CharField(label=_("Name in Swedish"), max_length=80)
    label_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Kind of note"), choices=casework.NoteKind.choices)
    in_kinds = forms.MultipleChoiceField(
        label=_("In which kinds of case?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("None chosen: it is offered in every case."),
    )
    headings_sv = forms.CharField(
        label=_("Headings in Swedish"), widget=forms.Textarea(attrs={"rows": 8}), help_text=_("One on each line."),
    )
    headings_en = forms.CharField(
        label=_("Headings in English"), widget=forms.Textarea(attrs={"rows": 8}), required=False,
        help_text=_("In the same order. Empty: the Swedish ones are offered in English too."),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["in_kinds"].choices = [(one.code, one.label) for one in casework.case_kinds()]  # type: ignore[attr-defined]


class RecordRuleForm(DecidedForm):
    """From which age and after how many days the record is read online."""

    field_order = ("own_from_age", "guardian_until_age", "told_from_age", "own_delay_days", "guardian_delay_days", "child_may_agree", "valid_from", "source")
    own_from_age = forms.IntegerField(label=_("The person reads the own record from, years"), min_value=0, max_value=18)
    guardian_until_age = forms.IntegerField(
        label=_("A guardian reads without the child's consent until, years"), min_value=0, max_value=18
    )
    told_from_age = forms.IntegerField(
        label=_("A child is told of its own case itself from, years"), min_value=0, max_value=18
    )
    own_delay_days = forms.IntegerField(label=_("Days before the person reads what is new"), min_value=0, max_value=120)
    guardian_delay_days = forms.IntegerField(label=_("Days before a guardian reads what is new"), min_value=0, max_value=120)
    child_may_agree = forms.BooleanField(label=_("A child who is old enough may let a guardian read"), required=False)


class TellingWordsForm(DecidedForm):
    """The words of a group that may tell who reported."""

    field_order = ("words", "valid_from", "source")
    words = forms.CharField(
        label=_("Words"), widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_("One on each line. A star stands for any letters: grann* is also grannen and grannfamiljen."),
    )
