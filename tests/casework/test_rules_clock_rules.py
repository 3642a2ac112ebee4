"""The dated rules: every row of law is there, with its source, and each day has at most one version."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.clock_reference import clock_reference
from handslag.casework.rules.clock_events import KINDS
from handslag.casework.rules.clock_rules import ClockRule, ClockRules, ClockVersion, NoClockRule

RULES = load_clock_rules()
ALL_ROWS = """
    PROT FORH AATERK UTR UTRINFO OPEN UPPF_U UPPF_P UPPF_LVU JOUR OVERV VARDN VARDPLAN LVU_UND LVU_ANS
    LVU_START LVU_2 LVU_3 LVU_14 LVU_26 LVU_29 LVU_22 LVU_31c LVU_31e LVU_31f LVU_34 LVM_UND LVM_RATT
    LVM_ANS LVM_MAX LVM_START SKB_UND SKB_OVERV SKB_ANS EJV EJV_OK FL11 FL12 FL12B OVERK AVHYS LISTA UNGTJ
    INSKR SIPKALL BETAL FLYTT STAT STATAVSL GALLR GALLR_B ATERKR AKTKRAV
"""


def test_every_row_of_the_law_is_there() -> None:
    assert sorted(rule.id for rule in RULES) == sorted(ALL_ROWS.split())


@pytest.mark.parametrize("rule", list(RULES), ids=lambda rule: rule.id)
def test_a_row_is_whole(rule: ClockRule) -> None:
    assert rule.event is None or rule.event in KINDS
    assert rule.versions
    for version in rule.versions:
        assert version.source
        assert version.valid_to is None or version.valid_from < version.valid_to
        assert (version.limit is None) == (version.unit == "at_once")
        # The old act has not been read, so nothing of it is confirmed.
        assert version.status == "unconfirmed" or "SoL2001" not in version.source
    if rule.soft:
        assert all(version.limit is None for version in rule.versions)


@given(st.sampled_from(list(RULES)), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_the_law_of_the_day_governs_or_there_is_none(rule: ClockRule, day: date) -> None:
    held = [version for version in rule.versions if version.holds(day)]
    if held:
        assert held == [rule.in_force(day)]
        assert (last_day := rule.last_day(day)) is None or last_day >= day
    else:
        with pytest.raises(NoClockRule):
            rule.last_day(day)


@pytest.mark.parametrize(
    ("rule", "day", "last_day", "source"),
    [
        ("UPPF_U", date(2025, 6, 30), date(2025, 8, 30), "SoL2001 11:4a-c"),
        ("UPPF_U", date(2025, 7, 1), date(2026, 1, 1), "SoL 23:1,5"),
        ("AATERK", date(2026, 1, 14), None, "SoL 19:6"),
        ("AATERK", date(2026, 1, 15), date(2026, 1, 22), "SoL 19:6"),
        ("LVU_UND", date(2026, 12, 17), date(2026, 12, 28), "LVU 7"),  # julafton, two holidays and a Sunday
        ("AVHYS", date(2026, 3, 2), date(2026, 3, 2), "SoF 11:3"),
        ("GALLR", date(2020, 5, 10), date(2025, 5, 10), "SoL2001 12:1"),
        ("PROT", date(2026, 3, 2), None, "SoL 20:1"),
    ],
)
def test_a_last_day_by_hand(rule: str, day: date, last_day: date | None, source: str) -> None:
    assert RULES[rule].last_day(day) == last_day
    assert RULES[rule].in_force(day).source == source


def test_a_row_that_depends_on_a_date_has_none_before_it() -> None:
    with pytest.raises(NoClockRule):
        RULES["GALLR_B"].in_force(date(2026, 1, 14))
    assert RULES["GALLR_B"].in_force(date(2026, 1, 15)).limit == 30
    assert RULES["AKTKRAV"].in_force(date(2026, 10, 1)).status == "unconfirmed"


def test_versions_that_overlap_and_ids_that_repeat_are_refused() -> None:
    def rule(*versions: ClockVersion) -> ClockRule:
        return ClockRule("X", "t", "d", None, False, "board", False, False, None, versions)

    open_ended = ClockVersion(date(2020, 1, 1), None, 1, "days", None, "s", "confirmed")
    later = ClockVersion(date(2021, 1, 1), None, 2, "days", None, "s", "confirmed")
    with pytest.raises(ValueError, match="two versions"):
        ClockRules([rule(open_ended, later)])
    with pytest.raises(ValueError, match="twice"):
        ClockRules([rule(later), rule(later)])


def test_the_page_for_people_says_the_same() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "clocks.md"
    assert page.read_text(encoding="utf-8") == clock_reference(), "make it anew as its first lines say"
