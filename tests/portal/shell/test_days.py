"""A day is chosen in the browser's picker or written as people write it; what cannot be read is kept and explained."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from handslag.portal.shell.days import DayField, day_in

THE_DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    ["2026-11-22", "20261122", "2026 11 22", "2026/11/22", "22/11 2026", "22/11-2026", "22.11.2026", "22-11-2026",
     "22 nov 2026", "22 nov. 2026", "den 22 november 2026", "22 Nov, 2026", "22nd November 2026", "November 22, 2026",
     "  22   NOVEMBER  2026 "],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert day_in(text) == THE_DAY


@pytest.mark.parametrize(("text", "month"), [("1 maj 2026", 5), ("1 mars 2026", 3), ("1 okt 2026", 10), ("1 oct 2026", 10), ("1 juni 2026", 6), ("1 jul 2026", 7)])  # fmt: skip
def test_months_are_read_in_both_languages(text: str, month: int) -> None:
    assert day_in(text) == date(2026, month, 1)


@pytest.mark.parametrize(
    "text",
    ["", "22/11", "22 nov", "31/2 2026", "2026-13-01", "22/11 26", "tomorrow", "2026", "0/0 0000", "1 ma 2026", "22 nov 2026 x", "٢٢/١١ ٢٠٢٦ x", "9" * 50],
)  # fmt: skip
def test_what_is_no_day_with_its_year_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError):
        day_in(text)


class Asking(forms.Form):
    """A form with a day to choose, one of birth to write, and one that may be left out."""

    due = DayField(label="Sista dag")
    born = DayField(label="Född", picker=False, required=False)


def drawn(form: forms.Form) -> str:
    return Template("{% load shell %}{% field form.due %}{% field form.born %}").render(Context({"form": form}))


def test_the_picker_is_the_browsers_own_and_a_day_of_birth_is_written() -> None:
    page = drawn(Asking(initial={"due": THE_DAY, "born": date(1991, 3, 14)}))
    assert '<input type="date" name="due" value="2026-11-22"' in page
    assert '<input type="text" name="born" value="1991-03-14"' in page


@pytest.mark.parametrize(("language", "told"), [("sv", "Skriv dagen med årtal"), ("en", "Write the day with its year")])
def test_what_cannot_be_read_is_kept_and_explained(language: str, told: str) -> None:
    with translation.override(language):
        form = Asking({"due": "i övermorgon", "born": "14/3"})
        assert not form.is_valid()
        page = drawn(form)
    assert page.count(told) == 2
    assert '<input type="text" name="due" value="i övermorgon"' in page, "a picker would show it as empty"
    assert 'name="born" value="14/3"' in page
    assert 'aria-invalid="true"' in page


def test_another_fault_keeps_the_day_in_the_picker() -> None:
    form = Asking({"due": "22/11 2026", "born": "x"})
    assert not form.is_valid()
    assert form.cleaned_data["due"] == THE_DAY
    assert '<input type="date" name="due" value="2026-11-22"' in drawn(form)


def test_nothing_is_told_as_missing_only_where_it_is_needed() -> None:
    form = Asking({"due": " ", "born": ""})
    assert not form.is_valid()
    assert set(form.errors) == {"due"}
