"""No page and no letter shows the program's own names: every code that is stored has words in both languages."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from handslag.foundation import said as stored
from handslag.foundation.said import said, tell
from handslag.income_support.queries.automation import NOTES_FOR_A_PERSON

SOURCE = Path(__file__).parents[2] / "src/handslag"
RAW = re.compile(r"[a-z]+[._\[][a-z0-9_\].]+")
# Rows from before the values of these sentences were kept as sentences of their own.
OLDER = [
    *(said("automation.note", note=code) for code in sorted(NOTES_FOR_A_PERSON)),
    said("automation.note", note="a.note_that_is_gone"),
    *(
        said("automation.fact_missing", path=path)
        for path in (
            "registers.fk", "registers.skv", "registers.gone", "household.children[2].pupil", "costs[0].rooms",
            "incomes[11].earned_earlier_this_year", "history.months_with_aid_in_a_row", "facts.gone_long_ago",
        )
    ),
    said("automation.stopped", place="incomes[0].of"),
    said("automation.stopped", place="KeyError"),
]  # fmt: skip


def told_codes() -> set[str]:
    """Every code that the source stores as it stands: the first argument of `said`."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name == "said" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_code_has_words(language: str) -> None:
    codes = told_codes()
    assert len(codes) > 70, "the walk finds the codes"
    with override(language):
        assert {code for code in codes if not str(stored._words.get(code, "")).strip()} == set()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("row", OLDER, ids=lambda row: str(next(iter(row["values"].values()))))
def test_an_older_row_is_told_in_words(row: dict[str, object], language: str) -> None:
    with override(language):
        told = tell(row)
    assert not RAW.search(told.replace("Försäkringskassan", "")), told
    assert "KeyError" not in told


def test_the_words_of_a_value_are_those_of_its_sentence_alone() -> None:
    stored.words({"test.values": "It is {what}.", "test.values.red": "red as a rose", "test.other": "It is {what}."})
    assert tell(said("test.values", what="red")) == "It is red as a rose."
    assert tell(said("test.values", what="blue")) == "It is blue."
    assert tell(said("test.other", what="red")) == "It is red."
