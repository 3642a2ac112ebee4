"""When a file falls due to be erased: the law's own examples, and what is never erased."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.casework.retention import falls as retention_falls
from handslag.casework.retention import payment_rule, record_of, research_rules, retention_rules
from handslag.casework.rules.retention import Falls, FileFacts, done_by, falls_due

FILE = FileFacts(
    record="personal_file",
    closed_on=date(2020, 5, 10),
    last_note_on=date(2020, 5, 10),
    circumstances_ended_on=date(2020, 5, 10),
    born=date(1980, 3, 7),
)


def falls(on: date, facts: FileFacts = FILE, **changed: Any) -> Falls:
    named = {"keeps": "sample", "municipality": "", **changed}
    return falls_due(facts, on=on, rules=retention_rules(), research=research_rules(), **named)


def test_the_example_of_the_law() -> None:
    """Last note on 10 May 2020: duty on 10 May 2025, done by 31 December 2026."""
    answer = falls(date(2026, 11, 22))
    assert (answer.answer, answer.duty_on, answer.done_by) == ("erase", date(2025, 5, 10), date(2026, 12, 31))
    assert (answer.source, answer.status) == ("SoL 16:1", "confirmed")
    assert falls(date(2025, 7, 1)).answer == "erase"


@pytest.mark.parametrize(
    ("last", "duty", "latest"),
    [
        (date(2020, 2, 29), date(2025, 2, 28), date(2026, 12, 31)),
        (date(2019, 2, 28), date(2024, 2, 28), date(2025, 12, 31)),
        (date(2023, 2, 28), date(2028, 2, 28), date(2029, 12, 31)),
        (date(2019, 12, 31), date(2024, 12, 31), date(2025, 12, 31)),
        (date(2020, 1, 1), date(2025, 1, 1), date(2026, 12, 31)),
    ],
)
def test_five_years_end_on_the_day_with_the_same_number(last: date, duty: date, latest: date) -> None:
    facts = replace(FILE, closed_on=last, last_note_on=last, circumstances_ended_on=last)
    answer = falls(date(2030, 1, 1), facts)
    assert (answer.duty_on, answer.done_by) == (duty, latest)
    assert falls(max(duty, date(2025, 7, 1)), facts).answer == "erase"


def test_not_a_day_too_early() -> None:
    facts = replace(FILE, last_note_on=date(2021, 11, 23))
    assert falls(date(2026, 11, 22), facts).answer == "not_yet"
    assert falls(date(2026, 11, 23), facts).answer == "erase"


def test_what_goes_on_elsewhere_holds_the_file() -> None:
    on = date(2026, 11, 22)
    assert falls(on, replace(FILE, closed_on=None)).why == "open"
    assert falls(on, replace(FILE, others_ended_on=(None,))).why == "circumstances"
    assert falls(on, replace(FILE, others_ended_on=(date(2022, 1, 1),))).answer == "not_yet"
    assert falls(on, replace(FILE, others_ended_on=(date(2019, 1, 1),))).answer == "erase"
    assert falls(on, replace(FILE, circumstances_ended_on=date(2023, 6, 30))).duty_on == date(2028, 6, 30)


@pytest.mark.parametrize("record", ["parenthood", "adoption", "child_placement"])
def test_some_files_are_never_erased(record: str) -> None:
    answer = falls(date(2100, 1, 1), replace(FILE, record=record))
    assert (answer.answer, answer.why) == ("keep", "never")


def test_a_childs_investigation_stays_until_thirty() -> None:
    child = replace(
        FILE, record="child_investigation", born=date(2015, 2, 7), closed_on=date(2026, 3, 1), last_note_on=date(2026, 3, 1),
        circumstances_ended_on=date(2026, 3, 1),
    )  # fmt: skip
    assert falls(date(2045, 2, 6), child).answer == "not_yet"
    assert falls(date(2045, 2, 7), child).answer == "erase"
    assert falls(date(2045, 2, 7), replace(child, born=None)).answer == "cannot_tell"
    old = replace(
        child,
        closed_on=date(2026, 1, 14),
        last_note_on=date(2026, 1, 14),
        circumstances_ended_on=date(2026, 1, 14),
    )
    assert falls(date(2031, 1, 14), old).answer == "erase", (
        "the new rule does not reach what was closed before it"
    )
    late = replace(
        child,
        born=date(2008, 6, 1),
        last_note_on=date(2036, 1, 1),
        closed_on=date(2036, 1, 1),
        circumstances_ended_on=date(2036, 1, 1),
    )
    assert falls(date(2040, 1, 1), late).duty_on == date(2041, 1, 1), (
        "five years after the last note at the least"
    )


def test_research_keeps_days_and_whole_municipalities() -> None:
    on = date(2026, 11, 22)
    for day in (5, 15, 25):
        assert falls(on, replace(FILE, born=date(1980, 3, day))).why == "research_sample"
    assert falls(on, keeps="all").why == "research_all"
    for code in ("0580", "0980", "2281", "1480"):
        assert falls(on, keeps="by_code", municipality=code).why == "research_all"
    assert falls(on, keeps="by_code", municipality="0685").answer == "erase"
    assert falls(on, keeps="by_code").why == "municipality_not_known", (
        "an installation that does not say where it stands erases nothing"
    )
    assert falls(on, replace(FILE, born=None)).why == "birth_not_known"


def test_a_day_or_a_record_without_a_rule_erases_nothing() -> None:
    assert falls(date(2001, 1, 1)).why == "no_rule"
    assert falls(date(2026, 1, 1), replace(FILE, record="")).why == "no_rule"


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_duty_has_a_year_and_more_to_be_done(duty: date) -> None:
    assert 365 <= (done_by(duty) - duty).days <= 731


def test_a_file_of_debt_counselling_follows_the_municipalitys_setting(settings: Any) -> None:
    """No law that has been read says it: the number is a setting, and is told as unconfirmed."""
    facts = replace(FILE, record=record_of("debt_counselling", UUID(int=1)))
    settings.HANDSLAG_MUNICIPALITY_CODE = "0686"
    on = date(2026, 11, 22)
    shipped = retention_falls(facts, on)
    assert (shipped.answer, shipped.duty_on, shipped.status) == ("erase", date(2025, 5, 10), "unconfirmed")
    settings.HANDSLAG_DEBT_COUNSELLING_YEARS = 10
    assert retention_falls(facts, on).duty_on == date(2030, 5, 10)
    assert retention_falls(FILE, on).duty_on == date(2025, 5, 10), "only its own rule follows the setting"


def test_what_was_paid_is_kept_to_the_end_of_the_seventh_year_after(settings: Any) -> None:
    rule = payment_rule(date(2026, 1, 2))
    assert (rule.kept_until(date(2026, 1, 2)), rule.kept_until(date(2026, 12, 31))) == (date(2033, 12, 31), date(2033, 12, 31))
    assert (rule.source, rule.status) == ("BFL 7:2", "unconfirmed")
    settings.HANDSLAG_BOOKKEEPING_YEARS = 9
    assert payment_rule(date(2026, 1, 2)).kept_until(date(2026, 1, 2)) == date(2035, 12, 31)
