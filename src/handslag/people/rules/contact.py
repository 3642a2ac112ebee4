"""What a telephone number, an e-mail address and a Swedish postal code look like. Pure."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?\d{6,15}")


class NotAContactWay(ValueError):
    """What was written reaches nobody. `what` says so in English, to be translated where it is shown."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what = what
        self.do = do


def tidy_phone(text: str) -> str:
    """The number with digits and a leading plus alone. Raises NotAContactWay."""
    kept = re.sub(r"[\s()\-–./]", "", text)
    if not _PHONE.fullmatch(kept):
        raise NotAContactWay("This is not a telephone number.", "Write it with digits, as 070-174 06 05.")
    return kept


def tidy_email(text: str) -> str:
    """The address without spaces around it. Raises NotAContactWay."""
    kept = text.strip()
    if len(kept) > 200 or not _EMAIL.fullmatch(kept):
        raise NotAContactWay("This is not an e-mail address.", "Write it as name@example.se.")
    return kept


def tidy_postal_code(text: str) -> str:
    """Five digits written as `123 45`. Raises NotAContactWay."""
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"\d{5}", digits):
        raise NotAContactWay("A postal code has five digits.", "Write it as 123 45.")
    return f"{digits[:3]} {digits[3:]}"
