"""Are these account digits right? Bankgiro, plusgiro, clearing and account number, IBAN.

A right check digit says that the number was not mistyped; only the bank knows whose account it is. The bank's
ranges and methods are those of the banks' common list of account numbers ("Bankernas kontonummer"), as far as
well known; a clearing number outside the table is refused, with IBAN as the way out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handslag.income_support.ports import AccountKind, PayeeAccount


class BadAccount(ValueError):
    """`code` is the key of a text in said.py; the message holds no digits of the account."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Bank:
    name: str
    first: int
    last: int
    method: str


# method: "1a" modulus 11 over the last three clearing digits and seven digits; "1b" over all four and
# seven; "2a" modulus 10 over ten; "2b" modulus 11 over nine; "2c" modulus 10, at most ten digits.
# A narrow range stands before the wide one that it lies in.
BANKS = (
    Bank("Nordea personkonto", 3300, 3300, "2a"),
    Bank("Nordea personkonto", 3782, 3782, "2a"),
    Bank("Länsförsäkringar Bank", 3400, 3409, "1a"),
    Bank("Nordea", 1100, 1199, "1a"),
    Bank("Danske Bank", 1200, 1399, "1a"),
    Bank("Nordea", 1400, 2099, "1a"),
    Bank("Ålandsbanken", 2300, 2399, "1b"),
    Bank("Danske Bank", 2400, 2499, "1a"),
    Bank("Nordea", 3000, 3399, "1a"),
    Bank("Nordea", 3410, 3999, "1a"),
    Bank("Nordea", 4000, 4999, "1b"),
    Bank("SEB", 5000, 5999, "1a"),
    Bank("Handelsbanken", 6000, 6999, "2b"),
    Bank("Swedbank", 7000, 7999, "1a"),
    Bank("Swedbank", 8000, 8999, "2c"),
    Bank("Länsförsäkringar Bank", 9020, 9029, "1b"),
    Bank("Citibank", 9040, 9049, "1b"),
    Bank("Länsförsäkringar Bank", 9060, 9069, "1a"),
    Bank("Nordnet Bank", 9100, 9109, "1b"),
    Bank("SEB", 9120, 9124, "1a"),
    Bank("SEB", 9130, 9149, "1a"),
    Bank("Skandiabanken", 9150, 9169, "1b"),
    Bank("Ikano Bank", 9170, 9179, "1a"),
    Bank("Danske Bank", 9180, 9189, "2a"),
    Bank("DNB Bank", 9190, 9199, "1b"),
    Bank("Marginalen Bank", 9230, 9239, "1a"),
    Bank("SBAB", 9250, 9259, "1a"),
    Bank("DNB Bank", 9260, 9269, "1b"),
    Bank("ICA Banken", 9270, 9279, "1a"),
    Bank("Resurs Bank", 9280, 9289, "1a"),
    Bank("Swedbank", 9300, 9349, "2a"),
    Bank("Landshypotek", 9390, 9399, "1b"),
    Bank("Forex Bank", 9400, 9449, "1a"),
    Bank("Santander Consumer Bank", 9460, 9469, "1a"),
    Bank("BNP Paribas", 9470, 9479, "1b"),
    Bank("Nordea Plusgirot", 9500, 9549, "2c"),
    Bank("Avanza Bank", 9550, 9569, "1b"),
    Bank("Sparbanken Syd", 9570, 9579, "2a"),
    Bank("Erik Penser Bank", 9590, 9599, "1b"),
    Bank("Lån & Spar Bank", 9630, 9639, "1a"),
    Bank("NOBA Bank", 9640, 9649, "1b"),
    Bank("MedMera Bank", 9650, 9659, "1b"),
    Bank("Svea Bank", 9660, 9669, "1b"),
    Bank("JAK Medlemsbank", 9670, 9679, "1b"),
    Bank("Bluestep", 9680, 9689, "1a"),
    Bank("Ekobanken", 9700, 9709, "1b"),
    Bank("Lunar Bank", 9710, 9719, "1b"),
    Bank("Northmill Bank", 9750, 9759, "1b"),
    Bank("Klarna Bank", 9780, 9789, "1b"),
    Bank("Riksgälden", 9880, 9889, "1b"),
    Bank("Riksgälden", 9890, 9899, "2a"),
    Bank("Nordea Plusgirot", 9960, 9969, "2c"),
)


def check_account(kind: AccountKind, number: str, clearing: str = "") -> PayeeAccount:
    """The account with digits only. Raises BadAccount."""
    if kind is AccountKind.BANKGIRO:
        return PayeeAccount(kind, _giro(number, 7, 8, "account.bad_bankgiro"), bank="Bankgirot")
    if kind is AccountKind.PLUSGIRO:
        return PayeeAccount(kind, _giro(number, 2, 8, "account.bad_plusgiro"), bank="Plusgirot")
    if kind is AccountKind.IBAN:
        return PayeeAccount(kind, _iban(number))
    return _bank_account(clearing, number)


def check_giro(number: str) -> PayeeAccount:
    """A giro number whose kind is told by its form: `5050-1055` is a bankgiro, `28 65 43-4` a plusgiro.

    Without a hyphen, seven or eight digits are read as bankgiro. Raises BadAccount.
    """
    before, hyphen, after = number.strip().partition("-")
    if hyphen and len(_digits(after)) == 4:
        return check_account(AccountKind.BANKGIRO, number)
    if hyphen and len(_digits(after)) == 1:
        return check_account(AccountKind.PLUSGIRO, number)
    kind = AccountKind.BANKGIRO if len(_digits(before + after)) in (7, 8) else AccountKind.PLUSGIRO
    return check_account(kind, number)


def shown_account(account: PayeeAccount) -> str:
    """As people write it: `5050-1055`, `286543-4`, IBAN in fours, clearing and account number."""
    if account.kind is AccountKind.BANKGIRO:
        return f"{account.number[:-4]}-{account.number[-4:]}"
    if account.kind is AccountKind.PLUSGIRO:
        return f"{account.number[:-1]}-{account.number[-1]}"
    if account.kind is AccountKind.IBAN:
        return " ".join(account.number[start : start + 4] for start in range(0, len(account.number), 4))
    return f"{account.clearing}, {account.number}"


def masked_account(account: PayeeAccount) -> str:
    """The last four digits, for lists and letters: enough to know one's own account, not to use it."""
    return f"•••{account.number[-4:]}"


def has_check_digit_modulus_10(digits: str) -> bool:
    """The last digit is the check digit of the rest (Luhn)."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        product = int(sign) * (1 + place % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == 0


def has_check_digit_modulus_11(digits: str) -> bool:
    """Weights 1-10 from the right, then 1 again."""
    return sum(int(sign) * (place % 10 + 1) for place, sign in enumerate(reversed(digits))) % 11 == 0


def _bank_account(clearing: str, number: str) -> PayeeAccount:
    clearing_digits = _digits(clearing)
    digits = _digits(number)
    if len(clearing_digits) not in (4, 5) or not _only(clearing, "- ") or not _only(number, "-, ."):
        raise BadAccount("account.bad_clearing")
    four = clearing_digits[:4]
    bank = next((bank for bank in BANKS if bank.first <= int(four) <= bank.last), None)
    if bank is None:
        raise BadAccount("account.unknown_clearing")
    if len(clearing_digits) == 5 and not (four[0] == "8" and has_check_digit_modulus_10(clearing_digits)):
        raise BadAccount("account.bad_clearing")
    length, check = _methods(four)[bank.method]
    if not digits or len(digits) > length or int(digits) == 0:
        raise BadAccount("account.bad_number")
    padded = digits if bank.method == "2c" else digits.zfill(length)
    if not check(padded):
        raise BadAccount("account.bad_number")
    return PayeeAccount(AccountKind.BANK_ACCOUNT, padded, clearing_digits, bank.name)


def _methods(clearing: str) -> dict[str, tuple[int, Callable[[str], bool]]]:
    """Method of a bank -> the most digits, and the check."""
    return {
        "1a": (7, lambda digits: has_check_digit_modulus_11(clearing[1:] + digits)),
        "1b": (7, lambda digits: has_check_digit_modulus_11(clearing + digits)),
        "2a": (10, has_check_digit_modulus_10),
        "2b": (9, has_check_digit_modulus_11),
        "2c": (10, has_check_digit_modulus_10),
    }


def _giro(number: str, shortest: int, longest: int, code: str) -> str:
    digits = _digits(number)
    right = shortest <= len(digits) <= longest and _only(number, "- ") and int(digits) > 0
    if not right or not has_check_digit_modulus_10(digits):
        raise BadAccount(code)
    return digits


def _iban(number: str) -> str:
    """ISO 13616. Swedish numbers have 24 signs, others 15-34: their table of lengths is not ours to keep."""
    iban = "".join(number.split()).upper()
    if not (iban.isascii() and iban.isalnum() and 15 <= len(iban) <= 34):
        raise BadAccount("account.bad_iban")
    if not (iban[:2].isalpha() and iban[2:4].isdigit()) or (iban.startswith("SE") and len(iban) != 24):
        raise BadAccount("account.bad_iban")
    rotated = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    # 00, 01 and 99 leave the same remainder as 97, 98 and 02, which alone are given.
    if int(rotated) % 97 != 1 or not "02" <= iban[2:4] <= "98":
        raise BadAccount("account.bad_iban")
    return iban


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())


def _only(text: str, besides: str) -> bool:
    """Nothing but digits and the signs that people write between them."""
    return all((sign.isascii() and sign.isdigit()) or sign in besides or sign.isspace() for sign in text)
