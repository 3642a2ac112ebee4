"""What is typed about a copy: to whom, of what, each passage, the review, the giving; and what is held back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from handslag.casework import public as casework
from handslag.portal.shell import formats
from handslag.portal.shell.days import DayField

WAYS = [
    ("my_page", _("On the person's own page")),
    ("post", _("By post")),
    ("handed_over", _("Handed over")),
    ("secure_mail", _("By secure e-mail")),
]
PART_WORDS = {
    "note": pgettext_lazy("case", "Note"),
    "decision": _("Decision"),
    "message": _("Message"),
    "document": _("Document"),
}


class NewCopyForm(forms.Form):
    """To whom the copy goes, and of what."""

    receiver_kind = forms.ChoiceField(
        label=_("Who gets the copy?"),
        choices=casework.CopyReceiver.choices,
        widget=forms.RadioSelect,
        initial="party",
    )
    receiver = forms.ChoiceField(label=_("Which party?"), required=False)
    receiver_name = forms.CharField(
        label=_("Which authority, or who asks?"),
        required=False,
        max_length=200,
        help_text=_("Somebody who asks for public documents need not say who they are."),
    )
    purpose = forms.CharField(label=_("What was asked for?"), required=False, max_length=2000)
    parts = forms.MultipleChoiceField(
        label=_("What is copied?"), widget=forms.CheckboxSelectMultiple, required=False
    )


class ReviewForm(forms.Form):
    """What the second reader says."""

    words = forms.CharField(
        label=_("What must be changed?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed only when you send it back."),
    )


class GiveForm(forms.Form):
    """How the copy is given."""

    way = forms.ChoiceField(label=_("How is it given?"), choices=WAYS, widget=forms.RadioSelect)


class HoldForm(forms.Form):
    """Why something is held back online, toward whom, and until when."""

    ground = forms.ChoiceField(label=_("Ground"))
    because = forms.CharField(label=_("Why?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    toward = forms.ChoiceField(label=_("From whom?"), required=False)
    until = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty to hold it back until somebody lifts it."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ground"].choices = ground_choices()  # type: ignore[attr-defined]
        self.fields["toward"].choices = [("", _("From everybody")), *people]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as it is shown in the form: what stands, or what was just typed."""

    passage: casework.MaskedPassage
    masked: bool
    ground: str
    because: str

    @property
    def is_fixed(self) -> bool:
        """Hidden by a rule that the one who reads may not lift."""
        return is_fixed(self.passage)


@dataclass(frozen=True, slots=True)
class PartRows:
    """The passages of one part of the case, under its heading."""

    heading: str
    rows: list[PassageRow]


@dataclass(frozen=True, slots=True)
class PaperPages:
    """The pages of one paper in a copy, under its heading."""

    document_id: UUID
    heading: str
    pages: list[casework.MaskedPage]

    @property
    def unseen(self) -> int:
        return sum(1 for page in self.pages if page.choice == casework.PageChoice.UNSEEN)


def papers_of(copy: casework.MaskedCopy) -> list[PaperPages]:
    """The papers that are gone through page by page, in the order of the copy."""
    found: dict[UUID, PaperPages] = {}
    for page in copy.paper_pages:
        heading = f"{page.document.name}, {formats.day(page.source_day)}"
        found.setdefault(page.document_id, PaperPages(page.document_id, heading, [])).pages.append(page)
    return list(found.values())


def ground_choices() -> list[tuple[str, str]]:
    """The grounds with their words, and the mark of those that nobody has read in the act."""
    mark = _("not confirmed")
    return [
        (one.code, f"{one.code}: {one.label}" + ("" if one.is_confirmed else f" ({mark})"))
        for one in casework.masking_grounds()
    ]


def part_choices(parts: Sequence[casework.CopyPart]) -> list[tuple[str, str]]:
    """What may be copied, in words; papers that can be neither read nor drawn are not among them."""
    return [
        (
            f"{one.kind}:{one.id}",
            f"{PART_WORDS[one.kind]} {formats.day(one.day)}{': ' if one.title else ''}{one.title}",
        )
        for one in parts
        if one.can_be_split or one.can_be_drawn
    ]


def chosen_parts(values: Sequence[str]) -> list[tuple[str, UUID]]:
    """`note:<id>` as kind and id; the form has let only known ones through."""
    return [(kind, UUID(id_)) for kind, _colon, id_ in (value.partition(":") for value in values)]


def rows_of(copy: casework.MaskedCopy, typed: Mapping[str, str] | None = None) -> list[PartRows]:
    """The passages under their headings, with what was typed where the form is shown again."""
    found: list[PartRows] = []
    last: tuple[str, UUID] | None = None
    for one in copy.passages.all():
        if (one.source_kind, one.source_id) != last:
            last = (one.source_kind, one.source_id)
            found.append(PartRows(f"{PART_WORDS[one.source_kind]} {formats.day(one.source_day)}", []))
        if typed is None:
            row = PassageRow(one, one.masked, one.ground, one.because)
        else:
            key = str(one.id)
            masked = is_fixed(one) or f"mask-{key}" in typed
            row = PassageRow(
                one, masked, typed.get(f"ground-{key}", one.ground), typed.get(f"because-{key}", "")
            )
        found[-1].rows.append(row)
    return found


def is_fixed(passage: casework.MaskedPassage) -> bool:
    """Whether a rule holds the passage hidden, whatever the one who reads it chooses."""
    return bool(passage.rule) and not (passage.may_lift or passage.manager_may_lift)


def choices_of(parts: Sequence[PartRows]) -> list[casework.PassageChoice]:
    """What was decided about each passage that anybody may decide about."""
    return [
        casework.PassageChoice(row.passage.id, row.masked, row.ground if row.masked else "", row.because)
        for part in parts
        for row in part.rows
        if not row.is_fixed
    ]
