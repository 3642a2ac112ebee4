"""A calculation as people see it: the lines of the answer, in the reader's language, adding up or not at all."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from django.utils import translation

from handslag.income_support import shown_words, source_words
from handslag.income_support.case_file import assess_text
from handslag.income_support.rules import wording
from handslag.income_support.rules.assessment import Assessment, line_keys
from handslag.income_support.shown_calculation import (
    CalculationDoesNotAddUp,
    label_of,
    show_calculation,
)
from handslag.income_support.source_words import source_in_words

CASE = """
month: 2021-03
local_rules: vetlanda
household:
  adults: [{id: a1, born: 1986-04-02}]
  cohabiting: false
  children: [{id: c1, born: 2018-01-15, lunch: home, share: 1}]
costs:
  - {kind: rent, amount: 9900, rooms: 2}
  - {kind: electricity, amount: 300}
special: [{kind: spectacle_frames, amount: 900}]
incomes: [{kind: salary, of: a1, amount: 2000}]
history: {months_with_aid_in_a_row: 6, job_stimulus_since: null}
"""


@pytest.fixture
def assessed() -> Assessment:
    return assess_text(CASE.encode())


@pytest.fixture
def answer(assessed: Assessment) -> dict[str, Any]:
    return assessed.as_answer()


def test_every_line_of_the_answer_is_shown_once_under_its_key(
    assessed: Assessment, answer: dict[str, Any]
) -> None:
    shown = show_calculation(answer)
    assert {line.key: line.amount_kr for line in shown.lines} == {
        key: line.amount for key, line in zip(line_keys(assessed.lines), assessed.lines, strict=True)
    }
    assert [group.code for group in shown.groups] == ["norm", "cost", "income", "special"]
    assert shown.granted_kr == assessed.granted


def test_the_summary_adds_up_step_by_step(assessed: Assessment, answer: dict[str, Any]) -> None:
    norm, cost, income, balance, special, granted = show_calculation(answer).sums
    assert norm.amount_kr + cost.amount_kr - income.amount_kr == balance.amount_kr
    assert balance.amount_kr + special.amount_kr == granted.amount_kr == assessed.granted
    assert [row.sign for row in (norm, cost, income, balance, special, granted)] == [
        "",
        "+",
        "−",
        "=",
        "+",
        "=",
    ]


def test_a_surplus_is_called_so(answer: dict[str, Any]) -> None:
    rich = assess_text(CASE.replace("amount: 2000}", "amount: 60000}").encode()).as_answer()
    with translation.override("en"):
        assert show_calculation(rich).sums[3].label == "What is left over in the month"
    assert show_calculation(rich).granted_kr == 0


@pytest.mark.parametrize(
    "field", ["norm", "costs_approved", "incomes_counted", "special_approved", "balance", "granted"]
)
def test_an_answer_that_does_not_add_up_is_not_shown(answer: dict[str, Any], field: str) -> None:
    answer[field] += 1
    with pytest.raises(CalculationDoesNotAddUp):
        show_calculation(answer)


def test_words_are_those_of_the_rules_and_can_be_translated() -> None:
    with translation.override("en"):
        assert {code: str(text) for code, text in shown_words.LABELS.items()} == dict(wording.LABELS)
        of_the_rules = {code: text.replace(" kronor", "") for code, text in wording.NOTES.items()}
        assert {code: str(text) for code, text in shown_words.NOTES.items()} == of_the_rules
    with translation.override("sv"):
        for words in (shown_words.LABELS, shown_words.NOTES, shown_words.EXPLANATIONS, shown_words.HEADINGS):
            for code, text in words.items():
                assert str(text)
                assert str(text) != wording.LABELS.get(code, "") or code == "income.pension", code
        assert label_of("norm.child.7-10") == "Personliga kostnader, barn 7–10\u00a0år"


def test_a_reduced_line_says_what_was_stated(answer: dict[str, Any]) -> None:
    with translation.override("sv"):
        rent = next(line for line in show_calculation(answer).lines if line.code == "cost.rent")
    assert rent.is_reduced
    assert "Du uppgav 9\u00a0900\u00a0kr." in rent.explanation


def test_members_are_called_by_their_names(answer: dict[str, Any]) -> None:
    with translation.override("en"):
        labels = [line.label for line in show_calculation(answer, names={"a1": "Elin"}).lines]
    assert "Salary after tax (Elin)" in labels


def test_a_note_is_told_in_the_language_of_the_reader_when_it_keeps_its_values() -> None:
    result = assess_text(CASE.encode()).as_answer()
    result["notes"] = [
        {"code": "rent.capped", "text": "as written", "values": {"applied": "9900", "highest": "6000"}},
        {"code": "rent.capped", "text": "as written"},
        {"code": "rules.unconfirmed", "text": "as written"},
    ]
    with translation.override("sv"):
        told, written, plain = show_calculation(result).notes
    assert told.startswith("Hyran är 9\u00a0900\u00a0kr.")
    assert written == "as written"
    assert plain.startswith("En eller flera siffror")


def test_amounts_are_exact_decimals(answer: dict[str, Any]) -> None:
    assert all(isinstance(line.amount_kr, Decimal) for line in show_calculation(answer).lines)


@pytest.mark.parametrize(
    ("language", "capped", "without", "silent"),
    [
        (
            "sv",
            "Glasögonbågar: ansökan gäller 1\u00a0500\u00a0kr. Det högsta belopp som vi godkänner här är 900\u00a0kr.",
            "glasögonbågar",
            "A-kassorna",
        ),
        (
            "en",
            "Spectacle frames: 1\u00a0500\u00a0kr is applied for; the highest accepted amount here is 900\u00a0kr.",
            "spectacle frames",
            "The unemployment funds",
        ),
    ],
)
def test_notes_name_needs_registers_and_members_and_write_amounts_as_people_do(
    answer: dict[str, Any], language: str, capped: str, without: str, silent: str
) -> None:
    answer["notes"] = [
        {
            "code": "special.capped",
            "text": "",
            "values": {"kind": "spectacle_frames", "applied": "1500", "highest": "900"},
        },
        {"code": "special.no_local_rules", "text": "", "values": {"kind": "spectacle_frames"}},
        {"code": "special.reduced_by_surplus", "text": "", "values": {"surplus": "12340.5"}},
        {"code": "register.missing", "text": "", "values": {"register": "so"}},
        {"code": "child.part_time", "text": "", "values": {"of": "c1", "share": "0.5"}},
    ]
    with translation.override(language):
        first, second, third, fourth, fifth = show_calculation(answer, names={"c1": "Ida"}).notes
    assert first == capped
    assert without in second and "spectacle_frames" not in second
    assert "12\u00a0340,50\u00a0kr" in third
    assert fourth.startswith(silent)
    assert fifth.startswith("Ida")


@pytest.mark.parametrize(
    ("stored", "swedish", "english"),
    [
        ("case worker", "Handläggarens eget belopp", "The case worker's own amount"),
        (
            "Ekeby, board decision § 42 (påhittat), 2015-12-01 (demo)",
            "Ekeby, nämndens beslut § 42 (påhittat), 2015-12-01 (demo)",
            "Ekeby, board decision § 42 (påhittat), 2015-12-01 (demo)",
        ),
        (
            "Bekräftat för demokommunen, inte mot en publicerad text (demo)",
            "Bekräftat för demokommunen, inte mot en publicerad text (demo)",
            "Confirmed for the demo municipality, not against a published text (demo)",
        ),
        ("SoL 2025:400 12:7", "SoL 2025:400 12:7", "SoL 2025:400 12:7"),
        ("Skrivet av kommunen", "Skrivet av kommunen", "Skrivet av kommunen"),
    ],
)
def test_a_source_of_the_products_own_words_is_told_in_the_readers_language(
    stored: str, swedish: str, english: str
) -> None:
    with translation.override("sv"):
        assert source_in_words(stored) == swedish
    with translation.override("en"):
        assert source_in_words(stored) == english


def test_the_demos_source_and_the_boards_have_words() -> None:
    from handslag.demo.rules_of_demo import SOURCE
    from handslag.income_support.rules.changes import CHANGED

    assert {SOURCE, CHANGED} <= set(source_words.SOURCES)


def test_a_line_that_the_case_worker_changed_names_its_source_in_swedish(answer: dict[str, Any]) -> None:
    rent = next(line for line in answer["lines"] if line["code"] == "cost.rent")
    rent["source"] = "case worker"
    with translation.override("sv"):
        shown = next(line for line in show_calculation(answer).lines if line.code == "cost.rent")
    assert shown.source == "Handläggarens eget belopp"


SHIPPED = sorted(
    {
        found
        for path in files("handslag.income_support").joinpath("parameters").rglob("*.yaml")  # type: ignore[attr-defined]
        for found in re.findall(r'source: "([^"]+)"', path.read_text("utf-8"))
    }
)
SWEDISH = re.compile(r"[åäö]|\b(för|av|och|riksnormen|belopp)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(of|the|and|from|read|with|published|default|practice|chapter|board|derived)\b", re.IGNORECASE)


@pytest.mark.parametrize("source", SHIPPED)
def test_every_shipped_source_is_told_in_both_languages(source: str) -> None:
    with translation.override("en"):
        assert not SWEDISH.search(source_in_words(source).replace("förordning", ""))  # the name of an act
    with translation.override("sv"):
        assert not ENGLISH.search(source_in_words(source))


def test_the_shipped_sources_are_found() -> None:
    assert len(SHIPPED) > 40
