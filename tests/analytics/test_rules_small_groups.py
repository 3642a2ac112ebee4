"""Small groups are hidden, and cannot be had by subtraction."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.analytics.rules.small_groups import HIDDEN, age_band, hide, hide_parts, hide_share


def test_small_groups_are_not_told() -> None:
    assert [hide(n, 5) for n in (0, 1, 4, 5)] == [0, HIDDEN, HIDDEN, 5]
    assert hide_parts({"a": 40, "b": 3, "c": 0, "d": 9}, 5) == {"a": 40, "b": HIDDEN, "c": 0, "d": HIDDEN}
    assert hide_parts({"a": 40, "b": 3, "c": 2, "d": 9}, 5) == {"a": 40, "b": HIDDEN, "c": HIDDEN, "d": 9}
    assert hide_parts({"a": 40, "b": 2, "c": 1, "d": 9}, 5) == {"a": 40, "b": HIDDEN, "c": HIDDEN, "d": HIDDEN}
    assert hide_parts({"a": 20, "b": 1, "c": 1}, 5) == {"a": HIDDEN, "b": HIDDEN, "c": HIDDEN}
    assert hide_parts({"a": 40, "b": 0, "c": 0, "d": 0}, 5) == {"a": 40, "b": 0, "c": 0, "d": 0}
    assert [hide_share(part, 20, 5) for part in (0, 3, 12, 17, 20)] == [0, HIDDEN, 12, HIDDEN, 20]


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 30), min_size=2), st.integers(2, 10))
def test_one_hidden_part_is_never_alone_among_told_ones(parts: dict[str, int], smallest: int) -> None:
    shown = hide_parts(parts, smallest)
    assert not any(0 < number < smallest for number in shown.values())
    hidden = [key for key, number in shown.items() if number == HIDDEN]
    left = [number for key, number in shown.items() if key not in hidden]
    assert not hidden or not any(left) or (len(hidden) > 1 and sum(parts[key] for key in hidden) >= smallest)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2008, 11, 23), "0-17"),
        (date(2008, 11, 22), "18-24"),
        (date(1961, 11, 22), "65-"),
        (None, "unknown"),
    ],
)
def test_ages_are_bands(born: date | None, band: str) -> None:
    assert age_band(born, date(2026, 11, 22)) == band
