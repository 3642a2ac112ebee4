"""`handslag simulate`."""

import sys

from handslag.foundation.public import BadInput
from handslag.income_support import rule_change
from handslag.income_support.rules.parameters import NoRules


def main(month: str, figures: list[str], settings: list[str]) -> int:
    """Print what a changed figure or setting would have come to over the town; exit status 2 for what cannot be used."""
    try:
        lines = rule_change.simulate_in_words(month, figures, settings)
    except (NoRules, BadInput) as fault:
        sys.stdout.write(f"{fault.what} {fault.do}\n")
        return 2
    for line in lines:
        sys.stdout.write(f"{line}\n")
    return 0
