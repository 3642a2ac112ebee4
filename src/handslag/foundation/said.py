"""Texts that the system writes are kept as a code with values and put into words for each reader.

A reason stored in Swedish could not be read in English, and a corrected wording would rewrite history.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

_words: dict[str, "str | Promise"] = {}


def words(catalogue: "dict[str, str | Promise]") -> None:
    """Register what codes say (lazy translations with {name} places). Each code has one owner."""
    for code, text in catalogue.items():
        if code in _words and str(_words[code]) != str(text):
            raise ValueError(f"the code {code!r} has words already")
        _words[code] = text


def said(code: str, **values: Any) -> dict[str, Any]:
    """The stored form of a sentence: ready for a JSON column, so values must be plain."""
    return {"code": code, "values": values}


def tell(stored: "dict[str, Any] | str | None") -> str:
    """The sentence in the reader's language. A plain string was written by a person and is given back."""
    if not stored:
        return ""
    if isinstance(stored, str):
        return stored
    code, values = stored.get("code", ""), stored.get("values") or {}
    text = _words.get(code)
    if text is None:
        return gettext("(a text without words: {code})").format(code=code)
    told = {name: tell(value) if isinstance(value, dict) else value for name, value in values.items()}
    return str(text).format(**told)
