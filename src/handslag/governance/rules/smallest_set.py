"""The smallest set of numbers that must change for sums to hold. Pure, exact, whole numbers only.

A sum is `sum(coefficient * number) = 0`; what it comes to now is its error. Choosing a number to change takes it
out of all sums but one, which then says how much it changes. The search goes through all choices of one number,
then of two and so on, so the first answer is a smallest one, and all of that size are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

# A table with more misprints than this is not a table with misprints.
_MOST_CHANGES = 60
# A sum: the coefficient of each number, and how much it is off.
Sum = tuple[dict[int, int], int]


@dataclass(frozen=True, slots=True)
class Changes:
    """Every smallest set of changes, `{number: change}`, in no order; `proven` is False when the search was
    cut short, and then the one set may be larger than needed, or leave sums that do not hold."""

    sets: tuple[dict[int, Fraction], ...]
    proven: bool


class _TooLong(Exception):
    """The search has used up its steps."""


def smallest_changes(sums: Sequence[Sum], *, most_steps: int = 12_000, most_sets: int = 400) -> Changes:
    """The smallest sets of numbers whose change makes all the sums hold.

    At most `most_sets` are given. After `most_steps`, or when more than 60 numbers must change, the search
    settles for taking, one after another, the number that mends the most sums.
    """
    search = _Search(most_steps, most_sets)
    system = [one for one in sums if one[0]]
    size = _lower_bound(system)
    try:
        while size <= _MOST_CHANGES:
            found = list(search.sets(system, size, frozenset()))
            if found:
                return Changes(tuple(_amounts(sums, chosen) for chosen in found), proven=True)
            size += 1
    except _TooLong:
        pass
    return Changes((_greedy(sums),), proven=False)


class _Search:
    def __init__(self, most_steps: int, most_sets: int) -> None:
        self.steps = most_steps
        self.sets_left = most_sets

    def sets(self, system: list[Sum], size: int, chosen: frozenset[int]) -> Iterator[frozenset[int]]:
        """All sets of exactly so many more numbers that make the sums hold."""
        self.steps -= 1
        if self.steps < 0:
            raise _TooLong
        wrong = [one for one in system if one[1]]
        if not wrong:
            if self.sets_left > 0:
                self.sets_left -= 1
                yield chosen
            return
        if size == 0 or any(not one[0] for one in wrong) or _lower_bound(wrong) > size:
            return
        narrow = min(wrong, key=lambda one: len(one[0]))
        candidates = sorted(narrow[0])
        if size == 1:
            candidates = [number for number in candidates if all(number in one[0] for one in wrong)]
        for place, number in enumerate(candidates):
            if self.sets_left <= 0:
                return
            # Numbers tried before are held fast, so that no set is found twice.
            fixed = frozenset(candidates[:place])
            yield from self.sets(_without(system, narrow, number, fixed), size - 1, chosen | {number})


def _without(system: list[Sum], pivot: Sum, number: int, fixed: frozenset[int]) -> list[Sum]:
    """The sums that remain when the number takes up the error of the pivot."""
    pivot_terms, pivot_error = pivot
    by = pivot_terms[number]
    rest: list[Sum] = []
    for one in system:
        if one is pivot:
            continue
        terms, error = one
        factor = terms.get(number)
        if factor is None:
            if fixed and not fixed.isdisjoint(terms):
                one = ({key: value for key, value in terms.items() if key not in fixed}, error)
        else:
            joined = {key: value * by for key, value in terms.items()}
            for key, value in pivot_terms.items():
                joined[key] = joined.get(key, 0) - value * factor
            one = (
                {key: value for key, value in joined.items() if value and key not in fixed},
                error * by - pivot_error * factor,
            )
        rest.append(one)
    return rest


def _lower_bound(system: Sequence[Sum]) -> int:
    """How many numbers must change at least: sums that are off and share no number need one each."""
    taken: set[int] = set()
    count = 0
    for terms, error in sorted(system, key=lambda one: len(one[0])):
        if error and taken.isdisjoint(terms):
            taken.update(terms)
            count += 1
    return count


def _amounts(sums: Sequence[Sum], chosen: frozenset[int]) -> dict[int, Fraction]:
    """How much each chosen number changes: the one solution of the sums that hold them."""
    order = sorted(chosen)
    rows = [
        [*(Fraction(terms.get(number, 0)) for number in order), Fraction(-error)]
        for terms, error in sums
        if not chosen.isdisjoint(terms)
    ]
    for column in range(len(order)):
        pivot = next(row for row in range(column, len(rows)) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(len(rows)):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [one - factor * two for one, two in zip(rows[row], rows[column], strict=True)]
    return {number: rows[place][-1] for place, number in enumerate(order)}


def _greedy(sums: Sequence[Sum]) -> dict[int, Fraction]:
    """Change the number that mends most sums and breaks none, again and again, as long as it helps."""
    errors = [Fraction(error) for _, error in sums]
    holding: dict[int, list[int]] = {}
    for place, (terms, _) in enumerate(sums):
        for number in terms:
            holding.setdefault(number, []).append(place)
    changes: dict[int, Fraction] = {}
    while True:
        best: tuple[int, int, Fraction] | None = None
        for number, places in sorted(holding.items()):
            for change in {-errors[place] / sums[place][0][number] for place in places if errors[place]}:
                gain = sum(
                    (errors[place] != 0) - (errors[place] + change * sums[place][0][number] != 0)
                    for place in places
                )
                if gain > 0 and (best is None or gain > best[0]):
                    best = (gain, number, change)
        if best is None:
            return {number: change for number, change in changes.items() if change}
        _, number, change = best
        changes[number] = changes.get(number, Fraction(0)) + change
        for place in holding[number]:
            errors[place] += change * sums[place][0][number]
