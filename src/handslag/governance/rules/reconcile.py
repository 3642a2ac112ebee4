"""Does a printed table add up, and if not, which cells are wrong? Pure.

A table holds two kinds of sums: a total row is the sum of rows above it, and a column with a role is the sum or
difference of other columns. A sum with a missing part is not checked: a missing cell is never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from handslag.governance.rules.smallest_set import Sum, smallest_changes

_MOST_ALTERNATIVES = 50


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table. `cells[row][column]` is None where nothing was printed.

    `total_rows` are the places of the rows that hold sums of the rows above; `added` tells of each column
    whether it is summed downwards (shares in per cent are not).
    """

    labels: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Decimal | None, ...], ...]
    total_rows: frozenset[int]
    added: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A column that is the sum of others, each with the sign 1 or -1; columns by place."""

    column: int
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell, what was printed and what would make the sums hold."""

    row: str
    column: str
    printed: Decimal
    implied: Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """`suspects` is a smallest set of cells that makes the table add up.

    Where other sets are as small, `alternatives` holds them (each whole, at most 50 for each part of the
    table): the sums alone cannot tell which is right. `unexplained` are sums that do not hold even with the
    suspects changed, which happens only when the search was cut short (`proven` is then False).
    """

    consistent: bool
    suspects: tuple[Finding, ...]
    alternatives: tuple[tuple[Finding, ...], ...]
    unexplained: tuple[Finding, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class _Check:
    """A sum: `target` = the signed sum of `parts`; cells as (row, column)."""

    target: tuple[int, int]
    parts: tuple[tuple[tuple[int, int], int], ...]


def reconcile(table: Table, roles: Sequence[Role] = ()) -> Reconciliation:
    """Find the smallest set of cells that makes every checkable sum of the table hold.

    Among sets of the same size those come first that imply no negative number where none was printed, then
    those that change sums rather than their parts, then those that stand higher up.
    """
    checks = [*_downwards(table), *_across(table, roles)]
    scale = _scale(table)
    printed = [[None if cell is None else int(cell * scale) for cell in row] for row in table.cells]
    width = len(table.columns)
    sums: list[Sum] = []
    for check in checks:
        terms = {check.target[0] * width + check.target[1]: -1}
        for (row, column), sign in check.parts:
            key = row * width + column
            terms[key] = terms.get(key, 0) + sign
        terms = {key: value for key, value in terms.items() if value}
        sums.append((terms, sum(value * (printed[key // width][key % width] or 0) for key, value in terms.items())))
    targets = {check.target[0] * width + check.target[1] for check in checks}

    def finding(cell: int, change: Fraction) -> Finding:
        row, column = divmod(cell, width)
        was = table.cells[row][column] or Decimal(0)
        return Finding(table.labels[row], table.columns[column], was, _exact(Fraction(was) + change / scale))

    suspects: list[tuple[int, Finding]] = []
    alternatives: list[tuple[Finding, ...]] = []
    unexplained: list[Finding] = []
    proven = True
    for part in _connected(sums):
        if not any(sums[place][1] for place in part):
            continue
        changes = smallest_changes([sums[place] for place in part])
        proven = proven and changes.proven

        def rank(one: dict[int, Fraction]) -> tuple[int, int, list[int]]:
            negative = sum(
                (was := printed[cell // width][cell % width] or 0) >= 0 and was + change < 0
                for cell, change in one.items()
            )
            return negative, sum(cell not in targets for cell in one), sorted(one)

        ranked = sorted(changes.sets, key=rank)
        suspects += [(cell, finding(cell, change)) for cell, change in ranked[0].items()]
        alternatives += [
            tuple(finding(cell, change) for cell, change in sorted(one.items()))
            for one in ranked[1 : 1 + _MOST_ALTERNATIVES]
        ]
        for place in part:
            terms, error = sums[place]
            left = error + sum(value * ranked[0].get(cell, 0) for cell, value in terms.items())
            if left:
                row, column = checks[place].target
                unexplained.append(finding(row * width + column, Fraction(left)))
    return Reconciliation(
        consistent=not any(error for _, error in sums),
        suspects=tuple(found for _, found in sorted(suspects, key=lambda one: one[0])),
        alternatives=tuple(alternatives),
        unexplained=tuple(unexplained),
        proven=proven,
    )


def _downwards(table: Table) -> list[_Check]:
    """The sums of total rows: over the rows since the last total, or, right after a total, over totals.

    A total after rows that follow another total may also hold that other total (`Totalt` under `Summa` and some
    more rows). It is read so where more of its columns then hold.
    """
    checks: list[_Check] = []
    since: list[int] = []
    open_totals: list[int] = []
    for row in range(len(table.labels)):
        if row not in table.total_rows:
            since.append(row)
            continue
        readings = [since] if since else []
        if open_totals:
            readings.append([*open_totals, *since])
        if readings:
            found = [_column_checks(table, row, parts) for parts in readings]
            best = max(range(len(found)), key=lambda place: (_holding(table, found[place]), -place))
            checks += found[best]
            open_totals = [] if open_totals and best == len(found) - 1 else open_totals
        open_totals.append(row)
        since = []
    return checks


def _column_checks(table: Table, total_row: int, parts: Sequence[int]) -> list[_Check]:
    return [
        _Check((total_row, column), tuple(((row, column), 1) for row in parts))
        for column, added in enumerate(table.added)
        if added and all(table.cells[row][column] is not None for row in (*parts, total_row))
    ]


def _holding(table: Table, checks: Sequence[_Check]) -> int:
    holding = 0
    for check in checks:
        row, column = check.target
        parts = sum((table.cells[one][column] or Decimal(0) for (one, _), _ in check.parts), Decimal(0))
        if table.cells[row][column] == parts:
            holding += 1
    return holding


def _across(table: Table, roles: Sequence[Role]) -> list[_Check]:
    return [
        _Check((row, role.column), tuple(((row, column), sign) for column, sign in role.parts))
        for row in range(len(table.labels))
        for role in roles
        if all(table.cells[row][column] is not None for column in (role.column, *(one for one, _ in role.parts)))
    ]


def _connected(sums: Sequence[Sum]) -> list[list[int]]:
    """The sums in groups that share no cell with each other."""
    group_of: dict[int, list[int]] = {}
    for place, (terms, _) in enumerate(sums):
        joined = [place]
        for group in {id(group_of[cell]): group_of[cell] for cell in terms if cell in group_of}.values():
            joined += group
        for member in joined:
            for cell in sums[member][0]:
                group_of[cell] = joined
    return [sorted(group) for group in {id(group): group for group in group_of.values()}.values()]


def _scale(table: Table) -> int:
    """What makes all cells whole numbers."""
    places = [-int(cell.as_tuple().exponent) for row in table.cells for cell in row if cell is not None]
    return 10 ** max([0, *places])


def _exact(value: Fraction) -> Decimal | Fraction:
    """As a decimal when it is one, which it is but for tables of strange roles."""
    scaled = value * 10**12
    return Decimal(scaled.numerator).scaleb(-12).normalize() if scaled.denominator == 1 else value
