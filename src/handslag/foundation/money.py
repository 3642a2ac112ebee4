"""Swedish kronor as exact decimals, never floats: a float is read by its printed digits or refused."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NoReturn

ORE = Decimal("0.01")
# The widest amount that the database's numeric(14, 2) holds.
HIGHEST_KR = Decimal("999999999999.99")

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009\t"))
_MINUSES = dict.fromkeys(map(ord, "\u2212\u2013"), "-")


def money(amount: Decimal | int | float | str) -> Decimal:
    """The amount in kronor with exactly two decimals.

    Text may be written the Swedish way (`1 234,50`) or with a point, with or without `kr`. Never rounds:
    more than two decimals, not a number, infinite or wider than the database holds raises BadInput. Round a
    computed amount with `to_ore` first.
    """
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
    text = amount.strip().lower().removesuffix("kr").translate(_SPACES).translate(_MINUSES)
    text = text.replace(",", ".")
    if not text.isascii() or text.count(".") > 1 or not text.replace(".", "").lstrip("+-").isdecimal():
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


# BadInput is imported where it is raised: the pure commands use money without loading the web frame that
# translates it.


def _refuse_unreadable(amount: object) -> NoReturn:
    from handslag.foundation.errors import BadInput

    raise BadInput(
        "{amount} is not an amount.",
        do="Write the amount in kronor with digits, such as 1 234,50.",
        values=_shown(amount),
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
