"""Account and giro numbers: published examples, every bank's method, mistyped digits, a second opinion."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban
from stdnum import luhn as stdnum_luhn

from handslag.income_support.ports import AccountKind
from handslag.income_support.rules.payee_account import (
    BANKS,
    BadAccount,
    check_account,
    check_giro,
    has_check_digit_modulus_10,
    has_check_digit_modulus_11,
    masked_account,
    shown_account,
)


@pytest.mark.parametrize(
    ("kind", "number", "clean"),
    [
        (AccountKind.BANKGIRO, "991-2346", "9912346"),
        (AccountKind.BANKGIRO, "5805-6201", "58056201"),
        (AccountKind.PLUSGIRO, "28 65 43-4", "2865434"),
        (AccountKind.PLUSGIRO, "4-2", "42"),
        (AccountKind.IBAN, "SE45 5000 0000 0583 9825 7466", "SE4550000000058398257466"),
        (AccountKind.IBAN, "gb82west12345698765432", "GB82WEST12345698765432"),
    ],
)
def test_right_numbers_are_taken_with_digits_only(kind: AccountKind, number: str, clean: str) -> None:
    assert check_account(kind, number).number == clean


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        (AccountKind.BANKGIRO, "5805-6202", "account.bad_bankgiro"),
        (AccountKind.BANKGIRO, "580562", "account.bad_bankgiro"),
        (AccountKind.BANKGIRO, "", "account.bad_bankgiro"),
        (AccountKind.BANKGIRO, "0000000", "account.bad_bankgiro"),
        (AccountKind.BANKGIRO, "5805-62O1", "account.bad_bankgiro"),
        (AccountKind.PLUSGIRO, "28 65 43-5", "account.bad_plusgiro"),
        (AccountKind.PLUSGIRO, "123456789", "account.bad_plusgiro"),
        (AccountKind.IBAN, "SE45 5000 0000 0583 9825 7467", "account.bad_iban"),
        (AccountKind.IBAN, "SE45 5000 0000 0583 9825 74", "account.bad_iban"),
        (AccountKind.IBAN, "4550000000058398257466", "account.bad_iban"),
    ],
)
def test_wrong_numbers_are_refused_with_a_code(kind: AccountKind, number: str, code: str) -> None:
    with pytest.raises(BadAccount) as refused:
        check_account(kind, number)
    assert refused.value.code == code
    assert not any(sign.isdigit() for sign in str(refused.value))


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("5805-6201", AccountKind.BANKGIRO),
        ("58056201", AccountKind.BANKGIRO),
        ("286543-4", AccountKind.PLUSGIRO),
    ],
)
def test_a_giro_number_tells_its_kind_by_its_form(number: str, kind: AccountKind) -> None:
    assert check_giro(number).kind is kind


def right_account(clearing: str, method: str) -> str:
    """A number that the method accepts, found by trying the last digits."""
    length = {"1a": 7, "1b": 7, "2a": 10, "2b": 9, "2c": 8}[method]
    for tried in range(100):
        number = f"{1234567890 % 10**length // 100 * 100 + tried:0{length}d}"
        whole = {"1a": clearing[1:] + number, "1b": clearing + number}.get(method, number)
        check = has_check_digit_modulus_11 if method in ("1a", "1b", "2b") else has_check_digit_modulus_10
        if check(whole):
            return number
    raise AssertionError("no number found")


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: f"{bank.first}")
def test_every_bank_takes_a_right_number_and_refuses_a_mistyped_one(bank: object) -> None:
    clearing = str(bank.first)  # type: ignore[attr-defined]
    number = right_account(clearing, bank.method)  # type: ignore[attr-defined]
    account = check_account(AccountKind.BANK_ACCOUNT, number, clearing)
    assert (account.clearing, account.bank) == (clearing, bank.name)  # type: ignore[attr-defined]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    with pytest.raises(BadAccount):
        check_account(AccountKind.BANK_ACCOUNT, wrong, clearing)


def test_swedbank_may_have_five_clearing_digits() -> None:
    account = check_account(AccountKind.BANK_ACCOUNT, "9342759", "8327-9")
    assert account.clearing == "83279"
    for clearing in ("8327-8", "5000-1"):
        with pytest.raises(BadAccount):
            check_account(AccountKind.BANK_ACCOUNT, "9342759", clearing)


def luhn(digits: str) -> bool:
    return bool(stdnum_luhn.is_valid(digits))


def test_an_unknown_clearing_number_is_refused_and_points_to_iban() -> None:
    with pytest.raises(BadAccount) as refused:
        check_account(AccountKind.BANK_ACCOUNT, "1234567", "2200")
    assert refused.value.code == "account.unknown_clearing"


@pytest.mark.parametrize(
    ("clearing", "number"), [("500", "1234567"), ("5000", ""), ("5000", "12345678"), ("50 a0", "1")]
)
def test_accounts_of_the_wrong_form_are_refused(clearing: str, number: str) -> None:
    with pytest.raises(BadAccount):
        check_account(AccountKind.BANK_ACCOUNT, number, clearing)


@given(st.text("0123456789", min_size=2, max_size=12))
def test_modulus_10_agrees_with_a_second_opinion(digits: str) -> None:
    assert has_check_digit_modulus_10(digits) is luhn(digits)


@given(st.text("0123456789", min_size=20, max_size=20))
@example("52438210674912088694")  # its check digits are 97, for which 00 would leave the same remainder
def test_swedish_iban_agrees_with_a_second_opinion(account: str) -> None:
    number = f"SE00{account}"
    right = f"SE{stdnum_iban.calc_check_digits(number)}{account}"
    assert check_account(AccountKind.IBAN, right).number == right
    with pytest.raises(BadAccount):
        check_account(AccountKind.IBAN, number)


def test_accounts_are_shown_as_people_write_them_and_masked_in_lists() -> None:
    assert shown_account(check_account(AccountKind.BANKGIRO, "58056201")) == "5805-6201"
    assert shown_account(check_account(AccountKind.PLUSGIRO, "2865434")) == "286543-4"
    assert masked_account(check_account(AccountKind.BANKGIRO, "58056201")) == "•••6201"
