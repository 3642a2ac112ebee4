"""What is typed about one page of a copy: areas in per cent of the page, each with its ground, or that it is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.masking.forms import ground_choices

EMPTY_ROWS = 3
SIDES = ("left", "top", "width", "height")


class PageForm(forms.Form):
    """The page as a whole; its areas are rows of their own."""

    ground = forms.ChoiceField(label=_("Ground for leaving out the whole page"), required=False)
    because = forms.CharField(
        label=_("Why may what a rule proposes to hide be shown?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed only when you remove an area that a rule has proposed."),
    )

    spoken = forms.CharField(
        label=_("What the page says, for somebody who listens"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Read aloud instead of the picture. Proposed from what is not black; read it through, for the text of a paper may say what "
            "nobody sees. Empty: the copy tells that we read the page aloud for whoever asks."
        ),
    )  # fmt: skip

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["ground"].choices = [("", _("No ground")), *ground_choices()]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area in per cent as it is shown in the form: what stands, or what was just typed."""

    number: int
    left: str
    top: str
    width: str
    height: str
    ground: str
    rule: str = ""
    is_fixed: bool = False
    remove: bool = False
    # Whether the reader may remove it as manager alone.
    manager_only: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, side).strip() for side in SIDES)

    @property
    def shape(self) -> dict[str, str] | None:
        """Its place on a drawing that is a hundred wide and high; None for what cannot be drawn."""
        try:
            return {side: str(_per_cent(getattr(self, side))) for side in SIDES}
        except InvalidOperation:
            return None


def rows_of_page(
    page: casework.MaskedPage, typed: Mapping[str, str] | None = None, *, manages: bool = False
) -> list[AreaRow]:
    """The areas that stand, or those that were typed, and some empty rows to write in. `manages`: the reader is a manager
    of the unit, who may remove what a rule lets a manager alone."""
    rows = _standing(page, manages=manages) if typed is None else _typed(typed)
    blank = [AreaRow(len(rows) + more, "", "", "", "", "OSL 26:1") for more in range(EMPTY_ROWS)]
    return [*rows, *blank]


def _standing(page: casework.MaskedPage, *, manages: bool) -> list[AreaRow]:
    rows = []
    for number, area in enumerate(casework.areas_of(page)):
        width, height = area.right - area.left, area.bottom - area.top
        left, top, wide, high = (_shown(side) for side in (area.left, area.top, width, height))
        may_lift = area.may_lift or (manages and area.manager_may_lift)
        alone = may_lift and not area.may_lift
        rows.append(
            AreaRow(number, left, top, wide, high, area.ground, area.rule, not may_lift, manager_only=alone)
        )
    return rows


def _typed(typed: Mapping[str, str]) -> list[AreaRow]:
    rows: list[AreaRow] = []
    for number in range(_rows_in(typed)):
        left, top, width, height = (typed.get(f"{side}-{number}", "") for side in SIDES)
        row = AreaRow(
            len(rows), left, top, width, height, typed.get(f"ground-{number}", ""),
            remove=f"remove-{number}" in typed,
        )  # fmt: skip
        rows += [] if row.is_empty else [row]
    return rows


def areas_typed(rows: Sequence[AreaRow]) -> list[casework.Area]:
    """The areas as they were typed, without those to remove. Raises BadInput for what is no number."""
    found = []
    for row in rows:
        if row.is_empty or row.remove:
            continue
        try:
            left, top, width, height = (_per_cent(getattr(row, side)) for side in SIDES)
        except InvalidOperation:
            raise foundation.BadInput(
                "An area has something that is no number.",
                where="areas",
                do="Write per cent of the page, such as 12 or 12.5.",
            ) from None
        edges = [left, top, left + width, top + height]
        # A little past the edge of the page is the edge.
        kept = [min(1000, round(edge * 10)) if -1 <= edge <= 101 else 100_000 for edge in edges]
        found.append(casework.Area(max(0, kept[0]), max(0, kept[1]), kept[2], kept[3], row.ground))
    return found


def _rows_in(typed: Mapping[str, str]) -> int:
    numbers = [name.rpartition("-")[2] for name in typed if name.startswith("left-")]
    return min(200, 1 + max((int(one) for one in numbers if one.isdecimal()), default=-1))


def _per_cent(text: str) -> Decimal:
    number = Decimal((text.strip() or "0").replace(",", ".").rstrip("% ").strip())
    if not number.is_finite():
        raise InvalidOperation
    return number


def _shown(thousandths: int) -> str:
    return f"{Decimal(thousandths) / 10:f}"
