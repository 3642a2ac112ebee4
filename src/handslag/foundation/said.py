"""Texts that the system writes are kept as a code with values and put into words for each reader.

A reason stored in Swedish could not be read in English, and a corrected wording would rewrite history.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from handslag.foundation.errors import HandslagError
from handslag.foundation.money import NO_BREAK_SPACE, kr

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

_PLACE_IN_LIST = re.compile(r"\[\d+\]")

_words: dict[str, "str | Promise"] = {}


def words(catalogue: "dict[str, str | Promise]") -> None:
    """Register what codes say (lazy translations with {name} places). Each code has one owner.

    A sentence may have words for the plain values in it: `code.value`, and `code.*` for every other. Rows from before a
    value was kept as a sentence are told by them, and so no reader meets the program's own names.
    """
    for code, text in catalogue.items():
        if code in _words and str(_words[code]) != str(text):
            raise ValueError(f"the code {code!r} has words already")
        _words[code] = text


def said(code: str, **values: Any) -> dict[str, Any]:
    """The stored form of a sentence: ready for a JSON column, so values must be plain."""
    return {"code": code, "values": values}


def tell(stored: "dict[str, Any] | str | None") -> str:
    """The sentence in the reader's language. A plain string was written by a person and is given back.

    A value such as `2026-11` becomes `november 2026`, a day is written out too, and an amount before "kr" gets
    its thousands apart: screen and letter say it alike.
    """
    if not stored:
        return ""
    if isinstance(stored, str):
        return stored
    code, values = stored.get("code", ""), stored.get("values") or {}
    words_of_code = _words.get(code)
    if words_of_code is None:
        return gettext("(a text without words: {code})").format(code=code)
    text = str(words_of_code)
    told = {}
    for name, value in values.items():
        place = f"{{{name}}} kr"
        if place in text and (amount := _amount(value)):
            text = text.replace(place, f"{{{name}}}")
            told[name] = amount
        else:
            told[name] = _shown(value if (own := _own_words(code, value)) is None else own)
    return text.format(**told)


def _own_words(code: str, value: Any) -> str | None:
    """The words that a sentence has for a plain value in it; None where it has none."""
    if not isinstance(value, str):
        return None
    known = _words.get(f"{code}.{_PLACE_IN_LIST.sub('', value)}", _words.get(f"{code}.*"))
    return None if known is None else str(known)


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return tell(value)
    if not isinstance(value, str):
        return value
    if _MONTH.fullmatch(value):
        return date_format(date.fromisoformat(f"{value}-01"), "F Y")
    if _DAY.fullmatch(value):
        return date_format(date.fromisoformat(value), f"j{NO_BREAK_SPACE}F Y")
    return value


def _amount(value: Any) -> str:
    try:
        return kr(Decimal(str(value)))
    except (ArithmeticError, ValueError, HandslagError):
        return ""
