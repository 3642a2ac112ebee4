"""`handslag reconcile TABLE.csv`: check a printed table, without database, network or web frame."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from handslag.governance.rules.reconcile import Finding, Role, Table, reconcile

TOTAL_LABELS = ("summa", "totalt")
_MOST_BYTES = 20_000_000
# What printed tables write where there is nothing to print. It is missing, never zero.
_NOTHING = frozenset({"", "-", "–", "—", "−", ".", "..", "..."})
_SPACES = dict.fromkeys(map(ord, " \u00a0\u2007\u2009\u202f\t"))
_MINUSES = dict.fromkeys(map(ord, "\u2212\u2013\u2012"), "-")
_NUMBER = re.compile(r"[-+]?(\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d+([.,]\d+)?|[.,]\d+)", re.ASCII)


class TableRefused(ValueError):
    """The table cannot be read. `where` names the row and the column, or the option."""

    def __init__(self, where: str, what: str, do: str) -> None:
        super().__init__(f"{where}: {what} {do}")
        self.where = where
        self.what = what
        self.do = do


def main(path: str | Path, roles: Sequence[str] = (), totals: Sequence[str] = ()) -> tuple[int, str]:
    """Exit status and JSON text: 0 with what was found, 2 with one error that says where.

    Beside the keys that are always there, `alternatives` tells of other sets of cells as small as the suspects,
    and `smallest_proven: false` that the search was cut short.
    """
    try:
        table = read_table(_text(Path(path)), totals)
        found = reconcile(table, [read_role(role, table.columns) for role in roles])
    except TableRefused as refused:
        return 2, _json({"error": {"where": refused.where, "what": refused.what, "do": refused.do}})
    answer: dict[str, object] = {
        "consistent": found.consistent,
        "suspects": [_cell(one) for one in found.suspects],
        "unexplained": [_cell(one) for one in found.unexplained],
    }
    if found.alternatives:
        answer["alternatives"] = [[_cell(one) for one in alternative] for alternative in found.alternatives]
    if not found.proven:
        answer["smallest_proven"] = False
    return 0, _json(answer)


def read_table(text: str, totals: Sequence[str] = ()) -> Table:
    """The table in the text: comma, semicolon or tab between cells, a header row, a label first in each row.

    Rows named Summa or Totalt, or as in `totals`, are totals. Raises TableRefused.
    """
    lines = _lines(text)
    if not lines:
        raise TableRefused("row 1", "The table is empty.", "Write a header row: label and the columns.")
    (_, header), rows = lines[0], lines[1:]
    columns = [name.strip() for name in header[1:]]
    while columns and not columns[-1]:
        columns.pop()
    if not columns:
        raise TableRefused("row 1", "The header names no columns.", "Write label and the columns.")
    for place, name in enumerate(columns):
        if not name:
            raise TableRefused(f"row 1, column {place + 2}", "A column has no name.", "Name every column.")
        if name in columns[:place]:
            raise TableRefused(f"row 1, column {name}", "Two columns have the same name.", "Give each its own.")
    if not rows:
        raise TableRefused("row 2", "The table has no rows.", "Write at least one row under the header.")
    labels = [cells[0].strip() for _, cells in rows]
    wanted = {_same(label) for label in (*TOTAL_LABELS, *totals)}
    for label in totals:
        if _same(label) not in map(_same, labels):
            raise TableRefused(f"--total {label}", "No row has that label.", "Write it as in the table.")
    numbers = [_row(cells, place, columns) for place, cells in rows]
    return Table(
        labels=tuple(labels),
        columns=tuple(columns),
        cells=tuple(tuple(number for number, _ in row) for row in numbers),
        total_rows=frozenset(place for place, label in enumerate(labels) if _same(label) in wanted),
        added=tuple(not any(row[column][1] for row in numbers) for column in range(len(columns))),
    )


def read_role(text: str, columns: Sequence[str]) -> Role:
    """A role such as `forandring=utfall2018-utfall2017`. Raises TableRefused."""
    where = f"--role {text}"
    target, equals, expression = text.partition("=")
    if not equals or not target.strip() or not expression.strip():
        raise TableRefused(where, "This is not a role.", "Write COLUMN=A+B-C.")
    column = _column(target, columns, where)
    parts: dict[int, int] = {}
    for sign, name in _terms(expression, columns, where):
        part = _column(name, columns, where)
        if part == column:
            raise TableRefused(where, "The column is part of its own sum.", "Name other columns after =.")
        if part in parts:
            raise TableRefused(where, f"The column {name!r} stands twice.", "Name each column once.")
        parts[part] = sign
    return Role(column, tuple(parts.items()))


def _terms(expression: str, columns: Sequence[str], where: str) -> list[tuple[int, str]]:
    """The signed column names. A name may itself hold + or -, so the longest known name is taken first."""
    rest = expression.translate(_MINUSES).strip()
    known = sorted({name.translate(_MINUSES): name for name in columns}.items(), key=lambda one: -len(one[0]))
    terms: list[tuple[int, str]] = []
    while rest or not terms:
        sign = 1
        if rest[:1] in ("+", "-"):
            sign, rest = (-1 if rest[0] == "-" else 1), rest[1:].lstrip()
        elif terms:
            raise TableRefused(where, f"A plus or minus is missing before {rest!r}.", "Write COLUMN=A+B-C.")
        for written, name in known:
            after = rest[len(written) :].lstrip()
            if rest.casefold().startswith(written.casefold()) and after[:1] in ("", "+", "-"):
                terms.append((sign, name))
                rest = after
                break
        else:
            unknown = re.split(r"[+-]", rest)[0].strip()
            raise TableRefused(where, f"There is no column {unknown!r}.", f"Use: {', '.join(columns)}.")
    return terms


def _column(name: str, columns: Sequence[str], where: str) -> int:
    for place, known in enumerate(columns):
        if known == name.strip() or _same(known) == _same(name):
            return place
    raise TableRefused(where, f"There is no column {name.strip()!r}.", f"Use: {', '.join(columns)}.")


def _row(cells: Sequence[str], place: int, columns: Sequence[str]) -> list[tuple[Decimal | None, bool]]:
    """The numbers of a row, each with whether it is a share in per cent."""
    here = f"row {place} ({cells[0].strip()})"
    if any(cell.strip() for cell in cells[len(columns) + 1 :]):
        raise TableRefused(
            here, f"The row has more cells than the {len(columns)} columns.", "Put quotes around a decimal comma."
        )
    if len(cells) < len(columns) + 1:
        raise TableRefused(
            f"{here}, column {columns[len(cells) - 1]}",
            "The row has fewer cells than there are columns.",
            "Leave a cell empty between its commas where nothing is printed.",
        )
    return [
        _number(cell, f"{here}, column {column}")
        for cell, column in zip(cells[1 : len(columns) + 1], columns, strict=True)
    ]


def _number(cell: str, where: str) -> tuple[Decimal | None, bool]:
    text = cell.translate(_SPACES)
    if text in _NOTHING:
        return None, False
    text = text.translate(_MINUSES)
    share = text.endswith("%")
    text = text.removesuffix("%")
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    if not _NUMBER.fullmatch(text):
        raise TableRefused(where, f"{cell.strip()!r} is not a number.", "Write digits, as 1 234,5, or leave it empty.")
    if "," in text or text.count(".") > 1:
        text = text.replace(".", "")
    return Decimal(text.replace(",", ".")), share


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with its number in the file."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    between = ";" if ";" in first else "\t" if "\t" in first else ","
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True, skipinitialspace=True)
        return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise TableRefused(
            f"row {reader.line_num}", f"The row cannot be read: {error}.", "Check the quotes."
        ) from None


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError:
        raise TableRefused("", "The file cannot be read.", "Check the path.") from None
    if len(content) > _MOST_BYTES or b"\x00" in content:
        raise TableRefused("", "This is not a table as text.", "Save it as CSV, UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what spreadsheets on Windows write


def _same(label: str) -> str:
    return " ".join(label.casefold().split()).rstrip(":")


def _cell(finding: Finding) -> dict[str, object]:
    return {
        "row": finding.row,
        "column": finding.column,
        "printed": _plain(finding.printed),
        "implied": _plain(finding.implied),
    }


def _plain(number: Decimal | Fraction) -> int | float:
    return int(number) if number == int(number) else float(number)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
