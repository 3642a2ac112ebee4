"""Splitting a text into passages, and telling whether a passage speaks of somebody. Pure.

A passage that names somebody is masked whole: what is left around a blackened name tells who it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

SHORTEST_PHONE_DIGITS = 6
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DIGIT_RUN = re.compile(r"\+?\d[\d\s().\-\u2010-\u2015/]*\d")
_BROKEN = re.compile(r"[-\u00ad\u2010-\u2012]$")
# From this length on a word is found also when it is written apart or divided: Ekeby skolan, Gun-hild.
_LONG_WORD = 6
_DIVIDED = r"[\s\-\u2010-\u2015_]{0,2}"
# Endings that Swedish puts on a name: genitive, also after a colon or an apostrophe (Anna:s, Lars').
_ENDING = r"(?:['’´`:]?s)?"


@dataclass(frozen=True, slots=True)
class Telltale:
    """What gives somebody away. `words` are names, employers, streets (whole words); `phones` in any writing;
    `exact` are found anywhere, also inside a word: e-mail addresses, identity numbers."""

    words: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phones or self.exact)


def passages(text: str) -> list[str]:
    """The passages of a text: its lines that hold something, in order."""
    return [line.strip() for line in re.split(r"\r\n|\r|\n|\u2028|\u2029", text) if line.strip()]


def over_lines(*lines: str) -> list[str]:
    """How lines that follow each other may be read as one: with a space, and without the hyphen of a divided word."""
    readings = list(lines[:1])
    for line in lines[1:]:
        second = line.lstrip()
        joined = []
        for first in map(str.rstrip, readings):
            whole = _BROKEN.sub("", first)
            joined += [f"{first} {second}"] if whole == first else [whole + second, f"{first} {second}"]
        readings = joined
    return readings


def mentions(text: str, telltale: Telltale) -> bool:
    """Whether the text holds one of the words as a whole word, one of the phone numbers, or one of the exact signs.

    Letters are compared without case, accents and invisible signs, words also in the genitive and over any space
    or hyphen, long ones also when they are written apart; a phone number whether written with +46, with 0 or in groups.
    """
    plain = fold(text)
    if any(_word(word).search(plain) for word in telltale.words if fold(word)):
        return True
    bare = re.sub(r"[^0-9a-z@]", "", plain)
    for sign in telltale.exact:
        kept = re.sub(r"[^0-9a-z@]", "", fold(sign))
        if kept and kept in bare:
            return True
    wanted = {core for phone in telltale.phones if len(core := _core(phone)) >= SHORTEST_PHONE_DIGITS}
    if not wanted:
        return False
    runs = [_core(run) for run in _DIGIT_RUN.findall(plain)]
    return any(core in run for run in runs for core in wanted)


def name_words(*names: str) -> tuple[str, ...]:
    """The parts of names that give somebody away, each alone: two letters or more, initials left out."""
    parts = [part for name in names for part in re.split(r"[\s,;/]+", name) if part]
    kept = [part.strip(".") for part in parts if sum(sign.isalnum() for sign in part) > 1]
    return tuple(dict.fromkeys(kept))


def fold(text: str) -> str:
    """Lower case without accents (å, ä and ö keep theirs, being letters) and without invisible signs."""
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    kept = []
    for sign in shown:
        if sign in "åäö":
            kept.append(sign)
        else:
            kept.extend(one for one in unicodedata.normalize("NFD", sign) if not unicodedata.combining(one))
    return "".join(kept)


@lru_cache(maxsize=4096)
def _word(word: str) -> re.Pattern[str]:
    pieces = [_piece(piece) for piece in re.split(r"[\s\-\u2010-\u2015_]+", fold(word)) if piece]
    between = r"[\s\-\u2010-\u2015_]*"
    return re.compile(rf"(?<![^\W_]){between.join(pieces)}{_ENDING}(?![^\W_])")


def _piece(piece: str) -> str:
    if len(piece) < _LONG_WORD or not piece.isalpha():
        return re.escape(piece)
    return _DIVIDED.join(re.escape(sign) for sign in piece)


def _core(phone: str) -> str:
    """The digits of a phone number without the country's code and the leading zero."""
    digits = re.sub(r"\D", "", phone)
    for start in ("0046", "46"):
        if digits.startswith(start) and len(digits) > len(start) + SHORTEST_PHONE_DIGITS:
            digits = digits[len(start) :]
    return digits.lstrip("0")


def together(telltales: Iterable[Telltale]) -> Telltale:
    """One telltale of several."""
    every = list(telltales)
    return Telltale(
        tuple(dict.fromkeys(word for one in every for word in one.words)),
        tuple(dict.fromkeys(phone for one in every for phone in one.phones)),
        tuple(dict.fromkeys(sign for one in every for sign in one.exact)),
    )
