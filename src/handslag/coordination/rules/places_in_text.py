"""Whether a text seems to name a street, whichever it is. Pure.

Who does not know of a secret address learns nothing from a text that is held back: a text that names any street is.
"""

import re

# What Swedish streets end in. The first stand for a street by themselves, the others with a number behind.
_SURE = "gata|gatan|gränd|gränden|vägen|stigen|torget|allé|allén|esplanaden|backen|kajen"
_WITH_NUMBER = f"{_SURE}|väg|stig|torg|backe|plan|led|leden|kaj|park|hage|hagen|berg|berget|dal|dalen|lund|lunden|näs|vik|strand|by|gård|gården"
_COMPOUND = re.compile(rf"(?<![^\W_])[^\W\d_]{{2,}}(?:{_SURE})s?(?![^\W_])")
_APART = re.compile(rf"(?<![^\W_])[^\W\d_]{{3,}}[\s-]+(?:{_SURE})s?(?![^\W_])")
_NUMBERED = re.compile(rf"(?<![^\W_])[^\W\d_]*(?:{_WITH_NUMBER})[\s,]+\d{{1,4}}\s?[a-z]?(?![^\W_])")
_BEFORE_NUMBER = re.compile(r"(?<![^\W_])([^\W\d_]{3,})[\s,]+\d{1,4}(?![\d:.]*\d)")
_CAPITAL = re.compile(r"(?<![^\W_])([A-ZÅÄÖÉÜ][^\W\d_]{3,})")


def names_a_street(text: str) -> bool:
    """Whether a word of the text ends as streets do."""
    plain = text.casefold()
    return any(pattern.search(plain) for pattern in (_COMPOUND, _APART, _NUMBERED))


def may_begin_a_street(text: str) -> frozenset[str]:
    """Words of the text, in small letters, that may be the first of a street with another ending: to look up among known ones."""
    numbered = (found.casefold() for found in _BEFORE_NUMBER.findall(text))
    return frozenset([*numbered, *(found.casefold() for found in _CAPITAL.findall(text))])
