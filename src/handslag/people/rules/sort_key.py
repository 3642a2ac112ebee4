"""The Swedish order of names: a-z, then å, ä, ö; other accents as their letter, ü as y. Pure.

The database's twin is handslag_sort_key(text); a test holds the two together.
"""

from __future__ import annotations

import unicodedata

_LAST_LETTERS = str.maketrans("åÅäÄæÆöÖøØüÜ", "{{||||}}}}yy")
_OTHER_LETTERS = str.maketrans("đĐłŁħĦŧŧı", "ddllhhtti")


def sort_key(text: str) -> str:
    """A key whose code-point order is the Swedish order of the names."""
    placed = unicodedata.normalize("NFC", text).translate(_LAST_LETTERS).translate(_OTHER_LETTERS)
    letters = (sign for sign in unicodedata.normalize("NFD", placed) if not unicodedata.combining(sign))
    return "".join(letters).lower()
