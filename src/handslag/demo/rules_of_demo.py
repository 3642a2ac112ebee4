"""What the demo's board and rules officer have entered: confirmed cells, local rules, what may be automated."""

from datetime import date

from handslag.demo.cast import Cast
from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support import parameter_files
from handslag.income_support.operations.automation import enter_automation_rule
from handslag.income_support.operations.local_rules import confirm_local_rules
from handslag.income_support.operations.rules import (
    cells_in,
    confirm_cell,
    enter_local_rules,
    shipped_content,
)

FIRST_MONTH = Month(2016, 1)
PARAGRAPH, DECIDED_ON = "§ 42 (påhittat)", date(2015, 12, 1)
SAMPLE_PERCENT = 5
SOURCE = "Bekräftat för demokommunen, inte mot en publicerad text"


def enter_rules(cast: Cast) -> None:
    """Confirm for the demo what is unconfirmed, and enter the local rules and the automation table.

    The manager confirms the local rules, as a demo confirmation that says so: nobody has held them against a decision.
    """
    at = foundation.now()
    rune = cast.rune
    day = foundation.today()
    with foundation.acting(rune):
        cells = {
            (cell.key, cell.valid_from): cell
            for on in _days(day)
            for cell in cells_in(on)
            if cell.status != "confirmed"
        }
        for cell in cells.values():
            confirm_cell(
                cell=cell.key,
                cell_from=cell.valid_from,
                amount=cell.value,
                source=SOURCE,
                demo=True,
                by=rune,
                at=at,
            )
        rules = parameter_files.local_rule_sets("ekeby")[-1]
        local = enter_local_rules(
            name="Ekeby", valid_from=FIRST_MONTH.first, paragraph=PARAGRAPH, decided_on=DECIDED_ON, content=shipped_content(rules),
            demo=True, by=rune, at=at,
        )  # fmt: skip
        enter_automation_rule(
            valid_from=date(2025, 7, 1), kinds=["renewal"], highest_kr=40_000, paragraph="§ 43 (påhittat)", decided_on=date(2025, 6, 10),
            sample_percent=SAMPLE_PERCENT, demo=True, by=rune, at=at,
        )  # fmt: skip
    confirm_local_rules(local_rules_id=local.id, demo=True, by=cast.carina, at=at)


def _days(day: date) -> list[date]:
    """The first days of the months whose figures the demo uses."""
    month, last = FIRST_MONTH, Month.of(day).next()
    days = []
    while month <= last:
        days.append(month.first)
        month = month.next()
    return days
