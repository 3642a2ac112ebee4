"""How many children's files stand where, and the reports of concern that wait, for the wall."""

from handslag.casework import public as casework

# The kind that the reports themselves are counted under: a report is no case.
REPORTS = "concern_report"


def children_balance() -> list[casework.Balance]:
    """Open files by where they stand (what is left is decided or followed), and waiting reports by that and by age.

    Counts alone, by a database function that tells nothing else.
    """
    return casework.counted_by("handslag_balance_of_children")
