"""What is typed about who is told."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.portal.desk.children.forms import CommunicateForm

WAY_WORDS = {
    "my_page": _("On the person's own page"),
    "post": _("By post"),
    "in_person": _("Handed over in person"),
}
NOT_TOLD = "not_told"
SHOW_HELP = _(
    "Only where a rule may be lifted, such as a school that reported in its work. It stands in the case who was shown what and why."
)


def ground_choices() -> list[tuple[str, Any]]:
    """The grounds with the mark that nobody has read them in the act."""
    return _marked(casework.KeptOutGround.choices)


def _marked(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Those that name an act say that it has not been read."""
    mark = _("not confirmed")
    return [(code, f"{words} ({mark})" if "OSL" in words else words) for code, words in choices]


class KeepOutForm(forms.Form):
    """Which guardian is told nothing, on which ground, and why."""

    person = forms.ChoiceField(label=_("Which guardian?"))
    ground = forms.ChoiceField(label=_("Ground"))
    because = forms.CharField(label=_("Why?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["ground"].choices = ground_choices()  # type: ignore[attr-defined]


class GiveSightForm(forms.Form):
    """Which guardian reads the record online, on which ground, and what has been weighed."""

    person = forms.ChoiceField(label=_("Which guardian?"))
    ground = forms.ChoiceField(label=_("Ground"))
    because = forms.CharField(
        label=_("What have you weighed?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say why neither the child nor anybody else comes to harm. It stands in the case and is not shown to the guardian."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["ground"].choices = _marked(casework.SightGround.choices)  # type: ignore[attr-defined]


class EndSightForm(forms.Form):
    """Why a guardian no longer reads the record online."""

    ground = forms.ChoiceField(label=_("Ground"))
    because = forms.CharField(label=_("Why?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ground"].choices = _marked(casework.SightEnd.choices)  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """What a child wants kept from a guardian, in the child's words, and what of the record it concerns."""

    words = forms.CharField(
        label=_("What does the child say?"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the child's own words as far as you can. No guardian reads this."),
    )  # fmt: skip
    toward = forms.ChoiceField(label=_("Kept from whom?"), required=False)
    note = forms.ChoiceField(label=_("What does it concern?"), required=False)
    passage = forms.CharField(
        label=_("Only these words of the note"), required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Copy the lines as they stand. Copies leave them out wherever they are told; online the whole note is kept back."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]], notes: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["toward"].choices = [("", _("From every guardian")), *people]  # type: ignore[attr-defined]
        self.fields["note"].choices = [("", _("The whole record of the child")), *notes]  # type: ignore[attr-defined]


class WeighWishForm(forms.Form):
    """Whether a child's wish is followed, with age, maturity and what speaks for and against."""

    maturity = forms.CharField(
        label=_("The child's age and maturity"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How you have weighed them. The older and more mature, the more the child's own will counts."),
    )  # fmt: skip
    because = forms.CharField(
        label=_("What have you weighed?"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Could the child come to harm if the guardian reads it? What does the guardian need to know to take care of the child?"),
    )  # fmt: skip
    follow = forms.ChoiceField(
        label=_("Is it kept from the guardian?"),
        choices=[
            ("yes", _("Yes, the wish is followed")),
            ("no", _("No, or the child has taken it back: propose to open it")),
        ],
        widget=forms.RadioSelect,
        help_text=_("A second person must agree before anything is opened."),
    )

    def __init__(self, *args: Any, is_of_words: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_of_words:
            yes, no = self.fields["follow"].choices  # type: ignore[attr-defined]
            self.fields["follow"].choices = [  # type: ignore[attr-defined]
                yes,
                (
                    "rest",
                    _("Yes, for these words: the guardian reads the rest of the note, as it stands above"),
                ),
                no,
            ]


class ReviewWishForm(forms.Form):
    """What the second person says of a proposal to open what a child wanted kept."""

    words = forms.CharField(
        label=_("What have you weighed?"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    agree = forms.ChoiceField(
        label=_("Do you agree that it is no longer kept from the guardian?"),
        choices=[("yes", _("Yes, it is opened")), ("no", _("No, the child's wish is followed"))],
        widget=forms.RadioSelect,
    )


class HearingForm(CommunicateForm):
    """What the parties get to read before a decision: own words, texts of the investigation, a masked copy for each."""

    field_order = ("material", "parts", "answer_until", "show_because", "waived_because")
    parts = forms.MultipleChoiceField(
        label=_("Take in from the investigation"), widget=forms.CheckboxSelectMultiple, required=False
    )
    show_because = forms.CharField(
        label=_("Why something that a rule hides may be shown"), required=False, max_length=1_000,
        help_text=SHOW_HELP, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, parts: Sequence[tuple[str, Any]],
        papers: Mapping[UUID, tuple[str, Sequence[tuple[str, str]]]], **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]
        if not parts:
            del self.fields["parts"]
        for person_id, (name, copies) in papers.items():
            label = _("Masked copy for {name}")
            self.fields[f"paper-{person_id}"] = forms.ChoiceField(
                label=str(label).format(name=name),
                choices=[("", _("No copy")), *copies],
                required=False,
                help_text=_("A copy that has been masked for this person, read through and given."),
            )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("parts") and not (told.get("material") or "").strip():
            told["material"] = str(_("This is what the investigation has found."))
        return super().clean()

    def papers(self) -> dict[UUID, UUID]:
        """The chosen copy of each person."""
        chosen = {
            name.removeprefix("paper-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("paper-") and value
        }
        return {UUID(person_id): UUID(document_id) for person_id, document_id in chosen.items()}


class TellForm(forms.Form):
    """How each is told of a decision, or on which ground not."""

    show_because = forms.CharField(
        label=_("Why something that a rule hides may be shown"), required=False, max_length=1_000,
        help_text=SHOW_HELP, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, receivers: Mapping[UUID, str], **options: Any) -> None:
        super().__init__(*args, **options)
        ways = [*WAY_WORDS.items(), (NOT_TOLD, _("Not told"))]
        for person_id, usual in receivers.items():
            self.fields[f"way-{person_id}"] = forms.ChoiceField(
                label=_("How is the person told?"), choices=ways, initial=usual
            )
            self.fields[f"ground-{person_id}"] = forms.ChoiceField(
                label=_("Ground"), choices=[("", _("Only when not told")), *ground_choices()], required=False
            )
            self.fields[f"because-{person_id}"] = forms.CharField(
                label=_("Why not?"),
                required=False,
                max_length=2_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def tellings(self) -> list[casework.Telling]:
        """What was chosen for each."""
        told = self.cleaned_data
        found = []
        for name, way in told.items():
            if name.startswith("way-"):
                person_id = name.removeprefix("way-")
                is_told = way != NOT_TOLD
                found.append(
                    casework.Telling(
                        UUID(person_id), way if is_told else "",
                        "" if is_told else told.get(f"ground-{person_id}", ""),
                        "" if is_told else told.get(f"because-{person_id}", ""),
                    )
                )  # fmt: skip
        return found

    def rows(self, person_id: UUID) -> list[Any]:
        """The fields of one person, for the page."""
        return [self[f"{part}-{person_id}"] for part in ("way", "ground", "because")]
