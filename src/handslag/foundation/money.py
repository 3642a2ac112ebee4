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
        _refuse(
            "{amount} is not an amount.", "Write the amount in kronor with digits, such as 1 234,50.", amount
        )
    if abs(exact) > HIGHEST_KR:
        _refuse("The amount {amount} is too large.", "Check the number of digits.", amount)
    if exact != (in_ore := exact.quantize(ORE, ROUND_HALF_UP)):
        _refuse("The amount {amount} has more than two decimals.", "Write whole öre.", amount)
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


def _refuse(what: str, do: str, amount: object) -> NoReturn:
    # Imported when needed: the pure commands use money without loading the web frame that translates errors.
    from handslag.foundation.errors import BadInput

    raise BadInput(what, do=do, values={"amount": str(amount)[:40]})
