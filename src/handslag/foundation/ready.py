"""A question that is asked again and again with other values: its statement is put together once, not each time.

`rows` does so for one row by its key; this does it for any query of one table, with those that it joins.
"""

import functools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import ForeignKey, Lookup, QuerySet, UUIDField
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)

P = ParamSpec("P")
R = TypeVar("R")


class Among(Lookup):
    """`id__among=ids`: one of these, in the same statement however many they are; also none."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", [*parameters, self.rhs]


UUIDField.register_lookup(Among)
ForeignKey.register_lookup(Among)


class _Ready(NamedTuple):
    sql: str
    # For each place of the statement the argument that stands there, or None and what always stands there.
    places: tuple[tuple[int | None, Any], ...]
    locks: bool
    converters: tuple[tuple[int, tuple[Callable[[Any, Any, Any], Any], ...], Any], ...]
    row: Callable[[tuple[Any, ...]], Any]


def ready(ask: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """Turn a function that makes a query out of its arguments into one that gives the rows, at a third of the price.

    The query may depend on its arguments through their place in it alone, never through an `if`: it is made
    once for each combination of their types. They are given by position and are UUID, str, date or datetime, compared as
    they stand, or a list of UUID for `among`. The rows are whole or deferred models, `select_related` too, or `values_list`. TypeError otherwise.
    """
    kept: dict[tuple[type, ...], _Ready] = {}

    @functools.wraps(ask)
    def rows(*arguments: Any) -> list[R]:
        kinds = tuple(map(type, arguments))
        made = kept.get(kinds)
        if made is None and any(isinstance(each, str) and type(each) is not str for each in arguments):
            return rows(
                *(str(each) if isinstance(each, str) else each for each in arguments)
            )  # a named choice
        if made is None:
            made = kept[kinds] = _made(ask, kinds)
        if made.locks and not connection.in_atomic_block:
            raise transaction.TransactionManagementError("a row is locked within a transaction only")
        values = [value if place is None else arguments[place] for place, value in made.places]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, values)
            found = cursor.fetchall()
        if made.converters:
            found = [_converted(row, made) for row in found]
        return [made.row(row) for row in found]

    return rows  # type: ignore[return-value]


def _converted(row: tuple[Any, ...], made: _Ready) -> tuple[Any, ...]:
    values = list(row)
    for place, converters, expression in made.converters:
        for convert in converters:
            values[place] = convert(values[place], expression, connection)
    return tuple(values)


def _made(ask: Callable[..., QuerySet[Any, R]], kinds: tuple[type, ...]) -> _Ready:
    """The statement with a mark in the place of each argument."""
    marks = [_mark(kind, nth) for nth, kind in enumerate(kinds)]
    queryset = ask(*marks)
    compiler = queryset.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    places = tuple(_place(value, marks) for value in parameters)
    if {place for place, _ in places} - {None} != set(range(len(marks))):
        raise TypeError(f"{ask.__qualname__}: an argument does not stand in the statement as it is given")
    converters = compiler.get_converters([column for column, _, _ in compiler.select])
    kept = tuple((place, tuple(each), column) for place, (each, column) in converters.items())
    return _Ready(sql, places, queryset.query.select_for_update, kept, _row_of(queryset, compiler))


def _row_of(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[tuple[Any, ...]], Any]:
    if queryset._iterable_class is FlatValuesListIterable:
        return lambda row: row[0]
    if queryset._iterable_class is ValuesListIterable:
        return tuple
    if queryset._iterable_class is not ModelIterable or compiler.annotation_col_map:
        raise TypeError("a ready question gives models or values_list")
    chosen = compiler.klass_info["select_fields"]
    model, first, last = compiler.klass_info["model"], chosen[0], chosen[-1] + 1
    names = [column.target.attname for column, _, _ in compiler.select[first:last]]
    joined = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]

    def whole(row: tuple[Any, ...]) -> Any:
        found = model.from_db(connection.alias, names, row[first:last])
        for each in joined:
            each.populate(row, found)
        return found

    return whole


def _mark(kind: type, nth: int) -> Any:
    """A value of the type that nothing else in a statement equals."""
    if kind is UUID:
        return uuid4()
    if kind is list:
        return [uuid4()]
    if kind is str:
        return f"\x02{uuid4()}"
    if kind is date:
        return date.min + timedelta(days=nth)
    if kind is datetime:
        return datetime(1, 1, 1, tzinfo=UTC) + timedelta(days=nth)
    raise TypeError(f"a ready question takes no {kind.__name__}")


def _place(value: Any, marks: list[Any]) -> tuple[int | None, Any]:
    for nth, mark in enumerate(marks):
        if type(value) is type(mark) and value == mark:
            return nth, None
    return None, value
