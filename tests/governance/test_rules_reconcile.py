"""A printed table is checked before it is used."""

import json
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handslag.governance.rules.reconcile import Role, Table, reconcile
from handslag.governance.rules.smallest_set import smallest_changes
from handslag.governance.table_file import main, read_role, read_table

PRINTED = """label,utfall2017,utfall2018,forandring
Ledning,10 251,10 900,649
Barn och unga,61 007,63 512,2 505
Vuxna,"22 418",21 800,-618
Ekonomiskt bistånd,36 112,37 194,541
Summa,129 788,132 865,3 077
"""
ROLE = "forandring=utfall2018-utfall2017"


def answer(
    text: str | bytes, folder: Path, roles: tuple[str, ...] = (), totals: tuple[str, ...] = ()
) -> tuple[int, dict]:
    file = folder / "table.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, printed = main(file, roles, totals)
    return code, json.loads(printed)


def test_one_wrong_cell_is_found_by_its_row_and_its_column(tmp_path: Path) -> None:
    assert answer(PRINTED, tmp_path, (ROLE,)) == (
        0,
        {
            "consistent": False,
            "suspects": [
                {"row": "Ekonomiskt bistånd", "column": "utfall2018", "printed": 37194, "implied": 36653}
            ],
            "unexplained": [],
        },
    )


def test_a_table_that_adds_up(tmp_path: Path) -> None:
    right = PRINTED.replace("37 194", "36 653")
    found = {"consistent": True, "suspects": [], "unexplained": []}
    assert answer(right, tmp_path, (ROLE,)) == (0, found)
    assert answer(right, tmp_path) == (0, found)


def test_a_wrong_total_and_a_wrong_difference_are_told_apart(tmp_path: Path) -> None:
    right = PRINTED.replace("37 194", "36 653")
    for was, wrong, row, column, printed, implied in (
        ("132 865", "132 685", "Summa", "utfall2018", 132685, 132865),
        ("2 505", "2 550", "Barn och unga", "forandring", 2550, 2505),
        ("61 007", "60 107", "Barn och unga", "utfall2017", 60107, 61007),
    ):
        found = answer(right.replace(was, wrong), tmp_path, (ROLE,))[1]
        assert found["suspects"] == [{"row": row, "column": column, "printed": printed, "implied": implied}]
        assert "alternatives" not in found


def test_two_wrong_cells(tmp_path: Path) -> None:
    found = answer(PRINTED.replace("10 251", "10 521"), tmp_path, (ROLE,))[1]
    assert [(one["row"], one["column"], one["implied"]) for one in found["suspects"]] == [
        ("Ledning", "utfall2017", 10251),
        ("Ekonomiskt bistånd", "utfall2018", 36653),
    ]


def test_where_the_sums_cannot_tell_the_others_are_named(tmp_path: Path) -> None:
    found = answer("label,a\nx,10\ny,20\nSumma,31\n", tmp_path)[1]
    assert found["consistent"] is False
    assert found["suspects"] == [{"row": "Summa", "column": "a", "printed": 31, "implied": 30}]
    assert found["alternatives"] == [
        [{"row": "x", "column": "a", "printed": 10, "implied": 11}],
        [{"row": "y", "column": "a", "printed": 20, "implied": 21}],
    ]
    assert found["unexplained"] == []


def test_a_missing_cell_is_never_zero(tmp_path: Path) -> None:
    right = PRINTED.replace("37 194", "36 653")
    for nothing in ("", "-", "..", "–"):
        # The sum of the column cannot be checked, nor the difference of the row: nothing is wrong as far as known.
        found = answer(right.replace("63 512", nothing), tmp_path, (ROLE,))[1]
        assert found == {"consistent": True, "suspects": [], "unexplained": []}
    # The row still tells that the cell is wrong or one beside it is; the column no longer does.
    found = answer(PRINTED.replace("63 512", ""), tmp_path, (ROLE,))[1]
    assert found["suspects"][0]["row"] == "Ekonomiskt bistånd"
    assert len(found["suspects"]) == 1


TOTALS = [
    ("label,a\nx,1\ny,2\nSumma,3\nz,4\nTotalt,4\n", True),  # since the last total
    ("label,a\nx,1\ny,2\nSumma,3\nz,4\nTotalt,7\n", True),  # and with it
    ("label,a\nx,1\ny,2\nSumma,3\nz,4\nq,5\nSumma,9\nTotalt,12\n", True),
    ("label,a\nx,1\ny,2\nSumma,3\nz,4\nq,5\nSumma,9\nTotalt,13\n", False),
    ("label,a\nx,1\ny,2\nsumma:,3\n", True),
    ("label,a\nx,1\ny,2\nSUMMA,4\n", False),
    ("label,a\nSumma,3\nx,1\n", True),  # nothing above it to sum
    ("label,a\nx,1\nSumma,1\nTotalt,1\n", True),
    ("label,a\nx,1\ny,2\n", True),
    ("label,a\nx,1\ny,2\nAlla,4\n", True),  # not named a total
]


@pytest.mark.parametrize(("text", "consistent"), TOTALS)
def test_what_a_total_row_holds(text: str, consistent: bool, tmp_path: Path) -> None:
    assert answer(text, tmp_path)[1]["consistent"] is consistent


def test_a_total_may_be_named(tmp_path: Path) -> None:
    text = "label,a\nx,1\ny,2\nAlla,4\n"
    assert answer(text, tmp_path, (), ("alla",))[1]["consistent"] is False
    assert answer(text, tmp_path, (), ("Ingen",))[1]["error"]["where"] == "--total Ingen"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("37 194", "37194"), ("37\u00a0194", "37194"), ('"1 234,5"', "1234.5"), ("1234.5", "1234.5"),
        ('"1.234,50"', "1234.50"), ("1.234.567", "1234567"), ("-618", "-618"), ("\u2212618", "-618"),
        ("(618)", "-618"), ("+5", "5"), ('"12,5 %"', "12.5"), ('",5"', ".5"), ("..", None), ("", None),
    ],
)  # fmt: skip
def test_how_numbers_are_printed(cell: str, number: str | None) -> None:
    table = read_table(f"label,a,b\nx,{cell},1\n")
    assert table.cells[0][0] == (None if number is None else Decimal(number))


def test_shares_in_per_cent_are_not_summed_downwards(tmp_path: Path) -> None:
    assert answer("label;a;andel\nx;1;40 %\ny;2;70 %\nSumma;3;55 %\n", tmp_path)[1]["consistent"] is True


def test_semicolons_a_byte_order_mark_and_the_old_code_page(tmp_path: Path) -> None:
    text = "label;a;b;c\r\nÖvrigt;1,5;2;3,5\r\n\r\nSumma;1,5;2;4\r\n;;;\r\n"
    for content in (b"\xef\xbb\xbf" + text.encode(), text.encode("cp1252"), text.replace(";", "\t").encode()):
        found = answer(content, tmp_path, ("c=a+b",))[1]
        assert found["suspects"] == [{"row": "Summa", "column": "c", "printed": 4, "implied": 3.5}]


@pytest.mark.parametrize(
    ("text", "roles", "where"),
    [
        ("", (), "row 1"),
        ("label\nx\n", (), "row 1"),
        ("label,a\n", (), "row 2"),
        ("label,a,a\nx,1,2\n", (), "row 1, column a"),
        ("label,,b\nx,1,2\n", (), "row 1, column 2"),
        ("label,a,b\nx,1,2,3\n", (), "row 2 (x)"),
        ("label,a,b\ny,1,2\nx,1\n", (), "row 3 (x), column b"),
        ("label,a,b\nx,1,två\n", (), "row 2 (x), column b"),
        ("label,a,b\nx,1,1e5\n", (), "row 2 (x), column b"),
        ("label,a,b\nx,1,1--5\n", (), "row 2 (x), column b"),
        ('label,a\nx,"1\n', (), "row 2"),
        ("label,a,b\nx,1,1\n", ("b=c",), "--role b=c"),
        ("label,a,b\nx,1,1\n", ("c=a",), "--role c=a"),
        ("label,a,b\nx,1,1\n", ("b",), "--role b"),
        ("label,a,b\nx,1,1\n", ("b=",), "--role b="),
        ("label,a,b\nx,1,1\n", ("b=a+",), "--role b=a+"),
        ("label,a,b\nx,1,1\n", ("b=a a",), "--role b=a a"),
        ("label,a,b\nx,1,1\n", ("b=a+a",), "--role b=a+a"),
        ("label,a,b\nx,1,1\n", ("b=b",), "--role b=b"),
        ("label,a,b\nx,1,1\n", ("b=2*a",), "--role b=2*a"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_the_place(
    text: str, roles: tuple[str, ...], where: str, tmp_path: Path
) -> None:
    code, found = answer(text, tmp_path, roles)
    assert code == 2
    assert found["error"]["where"] == where
    assert found["error"]["what"]
    assert found["error"]["do"]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    assert answer(b"PK\x03\x04\x00\x00", tmp_path)[0] == 2
    assert main(tmp_path / "none.csv")[0] == 2


def test_a_column_name_may_hold_a_hyphen() -> None:
    columns = ("utfall-2018", "utfall-2017", "utfall", "diff")
    assert read_role("diff = utfall-2018 - utfall-2017", columns) == Role(3, ((0, 1), (1, -1)))
    assert read_role("diff=-utfall+utfall-2017", columns) == Role(3, ((2, -1), (1, 1)))


def table_of(cells: list[list[int]]) -> tuple[Table, list[Role]]:
    """Rows of a, b and a - b, the last row their sum; all right unless changed."""
    rows = [tuple(map(Decimal, row)) for row in cells]
    labels = tuple(f"r{place}" for place in range(len(rows)))
    table = Table(labels, ("a", "b", "c"), tuple(rows), frozenset({len(rows) - 1}), (True, True, True))
    return table, [Role(2, ((0, 1), (1, -1)))]


@st.composite
def misprinted(draw: st.DrawFn) -> tuple[list[list[int]], int]:
    cells = [[a, b, a - b] for a, b in draw(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=2, max_size=5))]
    cells.append([sum(column) for column in zip(*cells, strict=True)])
    wrong = draw(st.lists(st.tuples(st.integers(0, len(cells) - 1), st.integers(0, 2)), unique=True, max_size=3))
    for row, column in wrong:
        cells[row][column] += draw(st.integers(1, 500) | st.integers(-500, -1))
    return cells, len(wrong)


@given(misprinted())
@settings(deadline=None)
def test_the_suspects_mend_the_table_and_are_never_more_than_the_misprints(case: tuple[list[list[int]], int]) -> None:
    cells, misprints = case
    table, roles = table_of(cells)
    found = reconcile(table, roles)
    assert found.consistent == (not found.suspects)
    assert len(found.suspects) <= misprints
    assert found.unexplained == ()
    assert found.proven
    for suspects in (found.suspects, *found.alternatives):
        if len(suspects) != len(found.suspects):
            continue  # an alternative for one of several parts
        mended = [[*row] for row in cells]
        for one in suspects:
            mended[int(one.row[1:])]["abc".index(one.column)] = int(one.implied)
        assert reconcile(*table_of(mended)).consistent


@given(misprinted())
@settings(deadline=None, max_examples=60)
def test_no_smaller_set_exists(case: tuple[list[list[int]], int]) -> None:
    """Against trying every set of cells, with the changes left to plain algebra."""
    cells, _ = case
    last = len(cells) - 1
    sums = [
        ({3 * place: 1, 3 * place + 1: -1, 3 * place + 2: -1}, row[0] - row[1] - row[2])
        for place, row in enumerate(cells)
    ]
    for column in range(3):
        terms = {3 * place + column: 1 for place in range(last)} | {3 * last + column: -1}
        sums.append((terms, sum(cells[place][column] for place in range(last)) - cells[last][column]))
    found = smallest_changes(sums)
    size = len(found.sets[0])
    for smaller in range(size):
        for chosen in combinations(range(3 * len(cells)), smaller):
            assert not _can_mend(sums, chosen)


def _can_mend(sums: list[tuple[dict[int, int], int]], chosen: tuple[int, ...]) -> bool:
    """Whether changing only the chosen numbers can make all the sums hold (elimination over fractions)."""
    rows = [[Decimal(terms.get(number, 0)) for number in chosen] + [Decimal(error)] for terms, error in sums]
    done = 0
    for column in range(len(chosen)):
        pivot = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        for row in range(done + 1, len(rows)):
            factor = rows[row][column] / rows[done][column]
            rows[row] = [one - factor * two for one, two in zip(rows[row], rows[done], strict=True)]
        done += 1
    return not any(row[-1] for row in rows[done:])


@pytest.mark.parametrize("misprints", [1, 4, 8])
def test_a_large_table_is_quick(misprints: int, tmp_path: Path) -> None:
    chance = Random(misprints)
    rows = [[chance.randrange(100_000) for _ in range(8)] for _ in range(200)]
    rows = [[*row, row[1] - row[0], row[3] - row[2], row[5] - row[4], row[7] - row[6]] for row in rows]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    wrong = chance.sample([(row, column) for row in range(200) for column in range(12)], misprints)
    truth = {(f"rad {row}", f"k{column}"): rows[row][column] for row, column in wrong}
    for row, column in wrong:
        rows[row][column] += chance.randrange(1, 9999)
    labels = [*(f"rad {place}" for place in range(200)), "Summa"]
    text = "label," + ",".join(f"k{column}" for column in range(12)) + "\n"
    text += "".join(f"{label},{','.join(map(str, row))}\n" for label, row in zip(labels, rows, strict=True))
    roles = tuple(f"k{8 + place}=k{2 * place + 1}-k{2 * place}" for place in range(4))
    found = answer(text, tmp_path, roles)[1]
    assert {(one["row"], one["column"]): one["implied"] for one in found["suspects"]} == truth
    assert found["unexplained"] == []
