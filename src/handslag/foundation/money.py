"""Swedish kronor as exact decimals, never floats: a float is read by its printed digits or refused."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NoReturn

ORE = Decimal("0.01")
# The widest amount that the database's numeric(14, 2) holds.
HIGHEST_KR = Decimal("999999999999.99")

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009\t"))
_MINUSES = dict.fromkeys(map(ord, "\u2212\u2013"), "-")
# A point or a comma before exactly three digits, as many languages part thousands: `6.200`, `1,234,567`, `1.234,50`.
_POINTED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d{1,2})?", re.ASCII)


def money(amount: Decimal | int | float | str) -> Decimal:
    """The amount in kronor with exactly two decimals.

    Text may be written the Swedish way (`1 234,50`) or with a point, with or without `kr`. `6.200` is refused: it may
    mean six thousand two hundred or 6,20. Never rounds: more than two decimals, not a number, infinite or wider than the database holds raises BadInput. Round a
    computed amount with `to_ore` first.
    """
    if isinstance(amount, str) and (meant := _meant_as_thousands(amount)):
        _refuse_pointed_thousands(amount, meant)
    exact = _exact(amount)
    if exact is None or not exact.is_finite():
        _refuse_unreadable(amount)
    if abs(exact) > HIGHEST_KR:
        _refuse_too_large(amount)
    if exact != (in_ore := exact.quantize(ORE, ROUND_HALF_UP)):
        _refuse_fraction_of_ore(amount)
    return in_ore + 0  # plus zero: a negative zero becomes zero


def to_ore(amount: Decimal) -> Decimal:
    """The amount rounded to whole öre, halves away from zero."""
    return amount.quantize(ORE, ROUND_HALF_UP) + 0


def kr(amount: Decimal | int) -> str:
    """The amount as Swedes write it: `1 234,50 kr`, whole kronor without decimals.

    Spaces do not break, and the minus is the real sign (U+2212).
    """
    exact = money(amount)
    digits = f"{abs(exact):,.2f}".replace(",", NO_BREAK_SPACE).replace(".", ",").removesuffix(",00")
    return f"{MINUS if exact < 0 else ''}{digits}{NO_BREAK_SPACE}kr"


def _exact(amount: Decimal | int | float | str) -> Decimal | None:
    if isinstance(amount, bool):
        return None
    if isinstance(amount, Decimal):
        return amount
    if isinstance(amount, int):
        return Decimal(amount)
    if isinstance(amount, float):
        return Decimal(repr(amount))
    if not isinstance(amount, str):
        return None
    text = _plain(amount).replace(",", ".")
    if not text.isascii() or text.count(".") > 1 or not text.replace(".", "").lstrip("+-").isdecimal():
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _plain(text: str) -> str:
    return text.strip().lower().removesuffix("kr").translate(_SPACES).translate(_MINUSES)


def _meant_as_thousands(text: str) -> str:
    """`6 200` of `6.200`, `1 234,50` of `1.234,50`; empty where no point or comma stands before exactly three digits."""
    digits = _plain(text).lstrip("+-")
    if not _POINTED.fullmatch(digits):
        return ""
    parts = re.split("[.,]", digits)
    decimals = f",{parts.pop()}" if len(parts[-1]) < 3 else ""
    return NO_BREAK_SPACE.join(parts) + decimals


# BadInput is imported where it is raised: the pure commands use money without loading the web frame that
# translates it.


def _refuse_unreadable(amount: object) -> NoReturn:
    from handslag.foundation.errors import BadInput

    raise BadInput(
        "{amount} is not an amount.",
        do="Write the amount in kronor with digits, such as 1 234,50.",
        values=_shown(amount),
    )


def _refuse_pointed_thousands(amount: object, meant: str) -> NoReturn:
    from handslag.foundation.errors import BadInput

    raise BadInput(
        "We cannot tell how much {amount} is. Did you mean {meant}?",
        do="Then write {plain} or {meant}.",
        values={**_shown(amount), "meant": meant, "plain": meant.replace(NO_BREAK_SPACE, "")},
    )


def _refuse_too_large(amount: object) -> NoReturn:
    from handslag.foundation.errors import BadInput

    raise BadInput(
        "The amount {amount} is too large.", do="Check the number of digits.", values=_shown(amount)
    )


def _refuse_fraction_of_ore(amount: object) -> NoReturn:
    from handslag.foundation.errors import BadInput

    raise BadInput(
        "The amount {amount} has more than two decimals.", do="Write whole öre.", values=_shown(amount)
    )


def _shown(amount: object) -> dict[str, str]:
    return {"amount": str(amount)[:40]}
