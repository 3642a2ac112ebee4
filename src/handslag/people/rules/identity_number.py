"""Reading Swedish identity numbers: personnummer, samordningsnummer and local reserve numbers.

Legal source: folkbokföringslagen 18 § (personnummer), lag 2022:1697 2:8 (samordningsnummer: day + 60, and
the day may be another than the day of birth). A reserve number (T-number) is given locally where neither is
known. Pure. No message repeats the number, so that it never reaches a log.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

Kind = Literal["personnummer", "samordningsnummer", "reserve"]
Sex = Literal["woman", "man"]

_SHAPE = re.compile(r"(?P<century>\d\d)?(?P<day>\d{6})(?P<mark>[-+]?)(?P<last>[A-Z0-9]{4})", re.ASCII)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_FIRST_YEAR = 1800
_COORDINATION = 60
_TEST_BIRTH_NUMBERS = frozenset({238, 239, *range(980, 1000)})
_WRITE_SO = "Write the number with twelve digits, as YYYYMMDD-NNNN."


class NotAnIdentityNumber(ValueError):
    """What was written is no identity number. `what` says what is wrong and `do` what to do about it, in
    English, to be translated where it is shown. Neither holds the number."""

    def __init__(self, what: str, do: str = _WRITE_SO) -> None:
        super().__init__(what)
        self.what = what
        self.do = do


@dataclass(frozen=True, slots=True)
class Number:
    """An identity number as it is stored.

    `digits12` has twelve characters: digits, but a reserve number has a letter or more among the last four.
    `born` is the birth date as a fact, so only of a personnummer. `written_day` is the day that the number
    spells, which in the other kinds may be another day, or None where there is no such day (30 February).
    `sex` is None for a reserve number, which says nothing of it.
    """

    digits12: str
    kind: Kind
    born: date | None
    sex: Sex | None
    written_day: date | None

    def __str__(self) -> str:
        return f"{self.digits12[:8]}-{self.digits12[8:]}"


def parse_identity_number(text: str, *, today: date | None = None) -> Number:
    """The number that was written, with ten or twelve digits, with `-`, `+`, spaces or nothing between.

    Ten digits mean a person who turns at most 99 this year, with `+` one who turns 100 to 199. `today` is
    the day in Sweden unless given. Raises NotAnIdentityNumber on a wrong shape, date or check digit and on a
    birth in the future. A reserve number has no check digit and is taken as it stands.
    """
    today = today or datetime.now(ZoneInfo("Europe/Stockholm")).date()
    shape = _SHAPE.fullmatch("".join(text.upper().translate(_DASHES).split()))
    if shape is None:
        raise NotAnIdentityNumber("This is not an identity number.")
    last = shape["last"]
    year = _year(shape["century"], int(shape["day"][:2]), shape["mark"], today)
    month, day = int(shape["day"][2:4]), int(shape["day"][4:])
    digits12 = f"{year:04d}{shape['day'][2:]}{last}"
    if not last.isdecimal():
        written_day = _day_or_none(year, month, day)
        _refuse_future(written_day, today)
        return Number(digits12, "reserve", None, None, written_day)

    coordination = day >= _COORDINATION
    written_day = _day_or_none(year, month, day - _COORDINATION if coordination else day)
    if coordination:
        # Month 00 and day 60 stand for an unknown date, and days that no month has are given out too.
        if month > 12 or day > _COORDINATION + 31:
            raise NotAnIdentityNumber("There is no such day in a coordination number (samordningsnummer).")
        # A newborn's number may spell a nearby later day, so only a later month is in the future.
        _refuse_future(date(year, max(month, 1), 1), today)
    elif written_day is None:
        raise NotAnIdentityNumber("There is no such day, so this cannot be an identity number.")
    else:
        _refuse_future(written_day, today)
    if last[:3] == "000" or int(last[3]) != check_digit(digits12[2:11]):
        raise NotAnIdentityNumber(
            "The last digit does not fit the others, so a digit is wrong.",
            "Check each digit against the document.",
        )
    return Number(
        digits12,
        "samordningsnummer" if coordination else "personnummer",
        None if coordination else written_day,
        "man" if int(last[2]) % 2 else "woman",
        written_day,
    )


def is_test_number(number: Number | str) -> bool:
    """Whether the number belongs to Skatteverket's test series: birth number 980-999, 238 or 239.

    Only such numbers may stand in synthetic data. A reserve number belongs to no series.
    """
    last = (number.digits12 if isinstance(number, Number) else number.strip())[-4:]
    return last.isascii() and last.isdecimal() and int(last[:3]) in _TEST_BIRTH_NUMBERS


def check_digit(nine_digits: str) -> int:
    """The tenth digit for YYMMDDNNN: Luhn with weights 2, 1, 2, ... and the digit sum of each product."""
    total = 0
    for place, digit in enumerate(nine_digits):
        product = int(digit) * (1 if place % 2 else 2)
        total += product - 9 if product > 9 else product
    return -total % 10


def _year(century: str | None, year_in_century: int, mark: str, today: date) -> int:
    youngest = today.year - (today.year - year_in_century) % 100
    if century is None:
        return youngest - 100 if mark == "+" else youngest
    year = int(century) * 100 + year_in_century
    if year < _FIRST_YEAR:
        raise NotAnIdentityNumber("The year is too long ago for a living or registered person.")
    if mark == "+" and today.year - year < 100:
        raise NotAnIdentityNumber("The plus sign means a hundred years or more, but the year says less.")
    return year


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _refuse_future(day: date | None, today: date) -> None:
    if day is not None and day > today:
        raise NotAnIdentityNumber(
            "The number means a birth in the future.",
            "Check the year, and write the number with twelve digits.",
        )
