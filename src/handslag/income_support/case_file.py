"""`handslag assess CASE.yaml`: one case in, one JSON object out (cases/README.md). No database, no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from handslag.income_support.case_text import MOST_BYTES, read_case_text
from handslag.income_support.parameter_files import default_settings, local_rules_in, rule_book
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.assessment import Assessment
from handslag.income_support.rules.facts import BadFacts
from handslag.income_support.rules.parameters import NoRules
from handslag.income_support.rules.read_facts import read_facts

DONE, BAD_INPUT = 0, 2


def main(path: str) -> tuple[int, str]:
    """The exit status (0, or 2 for bad input) and the JSON text to print."""
    try:
        answer: dict[str, Any] = assess_text(_content(path)).as_answer()
        status = DONE
    except (BadFacts, NoRules) as fault:
        answer = {"error": {"where": fault.where, "what": fault.what, "do": fault.do}}
        status = BAD_INPUT
    return status, json.dumps(answer, ensure_ascii=False, allow_nan=False)


def assess_text(content: bytes) -> Assessment:
    """The assessment of a case's text under the shipped rules. Raises BadFacts or NoRules."""
    facts = read_facts(read_case_text(content))
    rule_book().require(facts.month)
    local = local_rules_in(facts.local_rules, facts.month) if facts.local_rules is not None else None
    parameters = rule_book().parameters(facts.month, settings=default_settings(), local=local)
    return assess_month(facts, parameters=parameters)


def _content(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else "it cannot be opened"
        raise BadFacts("", f"The file cannot be read: {reason}.", "Give the path of a case file.") from fault
