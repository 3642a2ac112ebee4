"""The questions of the e-service, each a form of its own. What is typed is kept as it was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people

MOST_TEXT, MOST_LINE = 10_000, 200
YES, NO, UNSURE = "yes", "no", "unsure"
ANONYMOUS, PRIVATE, PROFESSIONAL = "anonymous", "private", "professional"
YES_OR_NO = [(YES, _("Yes")), (NO, _("No")), (UNSURE, _("I do not know"))]
PLAIN_BOX = {"autocomplete": "off", "spellcheck": "true"}


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **PLAIN_BOX})


def _line(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attributes})


class DangerForm(forms.Form):
    """Whether a child is in danger at this moment."""

    danger_now = forms.ChoiceField(
        label=_("Is a child in danger right now?"),
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer that comes nearest.")},
    )


class DangerTextForm(forms.Form):
    """What the danger is, for those who go on after having been told to call."""

    danger_text = forms.CharField(
        label=_("What is the danger?"),
        help_text=_("A few words are enough. You can go on without writing anything."),
        required=False,
        max_length=MOST_TEXT,
        widget=_long(4),
    )


class SeenForm(forms.Form):
    """What the reporter has seen or heard."""

    what_seen = forms.CharField(
        label=_("What makes you worried?"),
        help_text=_("Tell what you have seen or heard yourself, and what others have told you."),
        max_length=MOST_TEXT,
        widget=_long(8),
        error_messages={"required": _("Write what makes you worried. One sentence is enough.")},
    )


class KindsForm(forms.Form):
    """What the concern is about, in the words that the reception sorts by."""

    concern_codes = forms.MultipleChoiceField(
        label=_("What is it about?"),
        help_text=_("Choose one or more. You can go on without choosing."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concern_codes"].choices = list(children.Concern.choices)  # type: ignore[attr-defined]


class WhenForm(forms.Form):
    """When it happened, or since when it goes on."""

    when_seen = forms.CharField(
        label=_("When did you see or hear it?"),
        help_text=_("For example: today at 14.30, several times this autumn, since the summer."),
        max_length=MOST_LINE,
        widget=_line(),
        error_messages={"required": _("Write about when. “I do not know” is an answer too.")},
    )


class ChildForm(forms.Form):
    """One child: a name, or what the child looks like and where it is seen."""

    given_name = forms.CharField(label=_("Given name"), required=False, max_length=100, widget=_line())
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=100, widget=_line())
    age_told = forms.CharField(
        label=_("How old is the child, about?"),
        help_text=_("For example 7 years, or in the second class."),
        required=False,
        max_length=60,
        widget=_line(),
    )
    lives_with = forms.CharField(
        label=_("Where and with whom does the child live?"),
        help_text=_(
            "An address, the parents' names, a school. If you do not know who the child is: describe the child, and where you have seen it."
        ),
        required=False,
        max_length=MOST_LINE * 5,
        widget=_long(3),
    )
    identity_number = forms.CharField(
        label=_("The child's identity number, if you know it"),
        help_text=_("Twelve digits. Leave it empty if you are not sure."),
        required=False,
        max_length=20,
        widget=_line(inputmode="numeric"),
    )

    def clean_identity_number(self) -> str:
        text = str(self.cleaned_data["identity_number"]).strip()
        if text:
            try:
                return people.parse_identity_number(text, today=foundation.today()).digits12
            except people.NotAnIdentityNumber as fault:
                raise forms.ValidationError(
                    _("This is not an identity number. Write twelve digits, or leave it empty.")
                ) from fault
        return text

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(given.get(name) for name in self.fields):
            self.add_error(
                "given_name", _("Write something that helps us to find the child: a name, an age, a place.")
            )
        return given


class WhereForm(forms.Form):
    """Where the child is while the report is written."""

    where_now = forms.CharField(
        label=_("Where is the child now?"),
        help_text=_(
            "For example: at school until 16.30, at home with the mother. “I do not know” is an answer too."
        ),
        max_length=MOST_LINE,
        widget=_line(),
        error_messages={"required": _("Write where, or that you do not know.")},
    )


class WhoForm(forms.Form):
    """In which way the reporter is known to us."""

    kind = forms.ChoiceField(
        label=_("In which way do you report?"),
        choices=[
            (ANONYMOUS, _("I do not want to say who I am")),
            (PRIVATE, _("I say who I am, as a private person")),
            (PROFESSIONAL, _("I report in my work")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the ways.")},
    )


class PrivateForm(forms.Form):
    """A private person who says who they are."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=MOST_LINE,
        widget=_line(),
        error_messages={"required": _("Write your name, or go back and choose to be unknown.")},
    )
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=40, widget=_line(inputmode="tel")
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=MOST_LINE, widget=_line())
    wants_protection = forms.BooleanField(
        label=_("I am afraid of what may happen to me if the family gets to know who I am"),
        help_text=_(
            "Then we try whether your name can be kept from them. It can when there is a risk of violence or other serious harm to you."
        ),
        required=False,
    )


class ProfessionalForm(forms.Form):
    """Somebody who reports in their work; the employer is known of those who are logged in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=MOST_LINE,
        widget=_line(),
        error_messages={"required": _("Write your name. Who reports in their work cannot be unknown.")},
    )
    profession = forms.ChoiceField(
        label=_("What kind of work?"),
        choices=[("", "–"), *children.Profession.choices],
        error_messages={"required": _("Choose the kind of work that comes nearest.")},
    )
    employer = forms.CharField(
        label=_("Where you work"),
        help_text=_("The school, the clinic, the authority."),
        max_length=MOST_LINE,
        widget=_line(),
        error_messages={"required": _("Write where you work.")},
    )
    under_duty = forms.ChoiceField(
        label=_("Must you report by law in this work?"),
        help_text=_(
            "For example in school, preschool, health care, the police and social services (SoL 19:1)."
        ),
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer that comes nearest.")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        widget=_line(inputmode="tel"),
        error_messages={"required": _("Write a number where we can reach you.")},
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=MOST_LINE, widget=_line())
    wants_feedback = forms.BooleanField(
        label=_("I want to know whether an investigation is opened"), required=False
    )
    wants_protection = forms.BooleanField(
        label=_("I am afraid of what may happen to me if the family gets to know who I am"), required=False
    )


class PapersForm(forms.Form):
    """Nothing is asked here: photos and files are added one by one."""
