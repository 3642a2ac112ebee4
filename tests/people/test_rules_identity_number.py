import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.people.rules.identity_number import (
    NotAnIdentityNumber,
    Number,
    check_digit,
    is_test_number,
    parse_identity_number,
)

TODAY = date(2026, 11, 22)
SERIES = (
    Path(os.environ.get("HANDSLAG_TESTDATA", Path(__file__).parents[3] / "shared" / "testdata"))
    / "personnummer"
    / "skatteverket_test_personnummer.txt"
)
test_birth_numbers = st.integers(980, 999) | st.sampled_from([238, 239])


def parse(text: str) -> Number:
    return parse_identity_number(text, today=TODAY)


def number_of(day: str, birth_number: int) -> str:
    """Twelve digits with the right check digit; `day` as YYYYMMDD, also one that no calendar has."""
    nine = f"{day[2:]}{birth_number:03d}"
    return f"{day}{birth_number:03d}{check_digit(nine)}"


@pytest.mark.skipif(not SERIES.exists(), reason=f"the published test numbers are not in {SERIES.parent}")
def test_every_published_test_number_is_read() -> None:
    numbers = SERIES.read_text().split()
    assert len(numbers) > 40_000
    for text in numbers:
        number = parse(text)
        assert number.digits12 == text
        assert number.kind == "personnummer"
        assert number.born == date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        assert number.sex == ("man" if int(text[10]) % 2 else "woman")
        short = f"{text[2:8]}{'+' if TODAY.year - int(text[:4]) >= 100 else '-'}{text[8:]}"
        assert parse(short) == number
    # Some published numbers lie outside the series that synthetic people are made from.
    assert sum(map(is_test_number, numbers)) > 0.9 * len(numbers)


def test_the_check_digit_of_the_published_example() -> None:
    assert check_digit("640823323") == 4


@given(
    st.dates(date(1880, 1, 1), TODAY), test_birth_numbers, st.sampled_from(["", "-", " ", " - ", "\u2013"])
)
def test_a_personnummer_tells_birth_and_sex(born: date, birth_number: int, between: str) -> None:
    digits = number_of(born.strftime("%Y%m%d"), birth_number)
    number = parse(digits[:8] + between + digits[8:])
    assert (number.digits12, number.kind, number.born) == (digits, "personnummer", born)
    assert number.sex == ("man" if birth_number % 2 else "woman")
    assert parse(str(number)) == number


@given(st.dates(date(1880, 1, 1), TODAY), test_birth_numbers, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born: date, birth_number: int, place: int, by: int) -> None:
    digits = number_of(born.strftime("%Y%m%d"), birth_number)
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    if place < 2:  # the century is not under the check digit; another century may be a true number
        return
    with pytest.raises(NotAnIdentityNumber):
        parse(wrong)


@given(st.integers(1900, 2025), st.integers(0, 12), st.integers(60, 91), test_birth_numbers)
def test_a_samordningsnummer_never_tells_a_birth_date(
    year: int, month: int, day: int, birth_number: int
) -> None:
    number = parse(number_of(f"{year}{month:02d}{day:02d}", birth_number))
    assert number.kind == "samordningsnummer"
    assert number.born is None
    assert number.sex is not None
    if number.written_day is not None:
        assert number.written_day == date(year, month, day - 60)


def test_a_samordningsnummer_may_spell_a_day_that_does_not_exist() -> None:
    assert parse(number_of("19800290", 980)).written_day is None
    assert parse(number_of("19800060", 980)).born is None
    assert parse(number_of("20261189", 980)).written_day == date(2026, 11, 29)  # a newborn's nearby day
    with pytest.raises(NotAnIdentityNumber):
        parse(number_of("19801361", 980))
    with pytest.raises(NotAnIdentityNumber):
        parse(number_of("19800192", 980))


@pytest.mark.parametrize("text", ["19880209T050", "880209-T050", "880209t050", " 19880209-T050 "])
def test_a_reserve_number_is_taken_as_it_stands(text: str) -> None:
    number = parse(text)
    assert number == Number("19880209T050", "reserve", None, None, date(1988, 2, 9))
    assert not is_test_number(number)


def test_a_reserve_number_may_spell_a_day_that_does_not_exist() -> None:
    assert parse("19880000T050").written_day is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("000101-", 2000),
        ("261101-", 2026),
        ("270101-", 1927),
        ("260101+", 1926),
        ("991231+", 1899),
        ("500101", 1950),
    ],
)
def test_the_century_of_ten_digits(text: str, year: int) -> None:
    full = number_of(f"{year}{text[2:6]}", 980)
    number = parse(text + full[8:])
    assert number.born is not None
    assert number.born.year == year


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hej",
        "123",
        "19900101",
        number_of("20261123", 980),  # tomorrow
        number_of("20261123", 980)[2:],
        number_of("19900231", 980),  # 31 February
        number_of("19900001", 980),
        number_of("19900132", 980),
        number_of("17000101", 980),
        number_of("19900101", 0),  # birth number 000 is never given
        number_of("20261283", 980),  # a samordningsnummer of next month
        number_of("20261290", 980),
        number_of("19900101", 980)[:8] + "+" + number_of("19900101", 980)[8:],
        number_of("19900101", 980) + "0",
        "1990-01-01-9802",
        "20270101T050",
        "19880209TTTTT",
        "١٩٩٠٠١٠١٩٨٠٢",
    ],
)
def test_what_is_no_identity_number_is_refused_in_words_without_the_number(text: str) -> None:
    with pytest.raises(NotAnIdentityNumber) as refused:
        parse(text)
    assert refused.value.what
    assert refused.value.do
    assert not any(sign.isdigit() for sign in refused.value.what + refused.value.do)


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_a_clear_refusal(text: str) -> None:
    try:
        assert len(parse(text).digits12) == 12
    except NotAnIdentityNumber as refused:
        assert refused.do


def test_a_number_outside_the_test_series_is_told_apart() -> None:
    # No whole number is written here: it might belong to somebody.
    assert not is_test_number("XXXXXXXX" + "1230")
    assert is_test_number("XXXXXXXX" + "2390")
