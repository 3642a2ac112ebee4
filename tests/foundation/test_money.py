from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.foundation.errors import BadInput
from handslag.foundation.money import HIGHEST_KR, kr, money, to_ore

amounts = st.decimals(-HIGHEST_KR, HIGHEST_KR, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1 234,50", "1234.50"),
        ("1\u00a0234,5 kr", "1234.50"),
        ("1234.50", "1234.50"),
        ("6,20", "6.20"),
        ("6.20", "6.20"),
        ("6 200", "6200.00"),
        ("6 200,50", "6200.50"),
        ("-12", "-12.00"),
        ("\u221212", "-12.00"),
        (4800, "4800.00"),
        (4800.5, "4800.50"),
        (Decimal("0.1"), "0.10"),
        (Decimal("-0"), "0.00"),
    ],
)
def test_an_amount_is_read(written: str | int | float | Decimal, read: str) -> None:
    assert str(money(written)) == read


@pytest.mark.parametrize(
    "written",
    ["", "kr", "12,3,4", "1.234,50", "tolv", "1e9", "NaN", "--5", "5-", float("nan"), float("inf"),
     Decimal("NaN"), True, None, "0,001", Decimal("502.333"), 0.1 + 0.2, 10**12, Decimal("1E+40")],
)  # fmt: skip
def test_what_is_no_amount_is_refused(written: object) -> None:
    with pytest.raises(BadInput):
        money(written)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("6.200", "6 200"),
        ("6,200", "6 200"),
        ("-12.000 kr", "12 000"),
        ("1.234.567", "1 234 567"),
        ("1.234,50", "1 234,50"),
    ],
)
def test_a_point_before_three_digits_is_asked_about_and_never_read_as_ore(written: str, meant: str) -> None:
    with pytest.raises(BadInput) as refused:
        money(written)
    told = refused.value.in_one_line.replace("\u00a0", " ")
    assert f"{meant}?" in told
    assert f"{meant.replace(' ', '')} " in told


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1234.50", "1 234,50 kr"),
        ("10900", "10 900 kr"),
        ("0", "0 kr"),
        ("-3280", "\u22123 280 kr"),
        ("1234567.05", "1 234 567,05 kr"),
    ],
)
def test_an_amount_is_written_as_swedes_do(amount: str, written: str) -> None:
    assert kr(Decimal(amount)) == written.replace(" ", "\u00a0")


@given(amounts)
def test_writing_and_reading_gives_the_same_amount(amount: Decimal) -> None:
    assert money(kr(amount)) == amount
    assert money(float(amount)) == amount or abs(amount) > 10**11


@given(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False))
def test_rounding_is_never_more_than_half_an_ore_off(amount: Decimal) -> None:
    assert abs(to_ore(amount) - amount) <= Decimal("0.005")
    assert money(to_ore(amount)) == to_ore(amount)


def test_halves_are_rounded_away_from_zero() -> None:
    assert (to_ore(Decimal("0.005")), to_ore(Decimal("-0.005"))) == (Decimal("0.01"), Decimal("-0.01"))
