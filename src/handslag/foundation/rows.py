"""One row by its key: read, written anew, changed. Each statement is put together once, not each time.

They do what `filter(pk=key).first()`, `save(force_insert=True)` and `save(update_fields=…)` do, without signals, and
at a third of the price: most of what an operation costs is the making of its statements.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection, models, transaction

M = TypeVar("M", bound=models.Model)
Converter = Callable[[Any, Any, Any], Any]
MOST_KEPT = 1024


class _Reading(NamedTuple):
    sql: str
    names: tuple[str, ...]
    converters: tuple[tuple[int, tuple[Converter, ...], Any], ...]


class _Writing(NamedTuple):
    sql: str
    fields: tuple[Any, ...]


def find_row(model: type[M], key: UUID | int | None, *, lock: bool = False) -> M | None:
    """The row with this key as the present actor may read it, or None.

    With `lock` it stays as it is until the transaction ends, and only a row that the actor may change is found.
    """
    if key is None:
        return None
    if lock and not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a row is locked within a transaction only")
    reading = _reading(model)
    with connection.cursor() as cursor:
        cursor.execute(f"{reading.sql} FOR UPDATE" if lock else reading.sql, [key])
        found = cursor.fetchone()
    if found is None:
        return None
    values = list(found)
    for place, converters, expression in reading.converters:
        for convert in converters:
            values[place] = convert(values[place], expression, connection)
    return model.from_db(connection.alias, reading.names, values)


def insert_row(row: models.Model) -> None:
    """Write a new row; a key that the database gives is set on it."""
    writing, given = _insertion(type(row))
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(writing.sql, [_value(field, row, add=True) for field in writing.fields])
        if given is not None:
            setattr(row, given, cursor.fetchone()[0])
    row._state.adding, row._state.db = False, connection.alias


def update_row(row: models.Model, names: Sequence[str]) -> None:
    """Write the named fields of a row that is there. DatabaseError when the actor changes no such row."""
    if not names:
        return
    writing = _update(type(row), tuple(names))
    values = [_value(field, row, add=False) for field in writing.fields]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(writing.sql, [*values, row.pk])
        if not cursor.rowcount:
            raise DatabaseError(f"{type(row).__name__}: the change reached no row")


def _value(field: Any, row: models.Model, *, add: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add), connection=connection)


@lru_cache(maxsize=MOST_KEPT)
def _reading(model: type[models.Model]) -> _Reading:
    some_key = 0 if isinstance(model._meta.pk, models.IntegerField) else UUID(int=0)
    query = model._base_manager.filter(pk=some_key).query
    compiler = query.get_compiler(connection=connection)
    sql, _ = compiler.as_sql()
    converters = compiler.get_converters([column for column, _, _ in compiler.select])
    kept = tuple((place, tuple(each), column) for place, (each, column) in converters.items())
    return _Reading(sql, tuple(field.attname for field in model._meta.concrete_fields), kept)


@lru_cache(maxsize=MOST_KEPT)
def _insertion(model: type[models.Model]) -> tuple[_Writing, str | None]:
    meta = model._meta
    given = meta.auto_field
    fields = tuple(field for field in meta.local_concrete_fields if field is not given)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({places})'
    if given is not None:
        sql += f' RETURNING "{given.column}"'
    return _Writing(sql, fields), given.attname if given is not None else None


@lru_cache(maxsize=MOST_KEPT)
def _update(model: type[models.Model], names: tuple[str, ...]) -> _Writing:
    meta = model._meta
    fields = tuple(meta.get_field(name) for name in names)
    settings = ", ".join(f'"{field.column}" = %s' for field in fields)  # type: ignore[union-attr]
    return _Writing(f'UPDATE "{meta.db_table}" SET {settings} WHERE "{meta.pk.column}" = %s', fields)
