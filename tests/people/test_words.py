"""The rules' words are gathered for translation, each one."""

from __future__ import annotations

import ast
from pathlib import Path

from handslag.people.rules import identity_number
from handslag.people.said import WORDS_OF_RULES

RULES = Path(identity_number.__file__).parent


def test_every_sentence_of_the_rules_is_gathered() -> None:
    said: set[str] = set()
    for path in RULES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").startswith("NotA"):
                said |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    assert said
    assert said <= set(WORDS_OF_RULES)
    assert identity_number.NotAnIdentityNumber("x").do in WORDS_OF_RULES
