"""INSERTs that meet rows already there, and lists of numbers as one parameter, on both databases.

SQLAlchemy compiles an INSERT with ON CONFLICT anew each time, at half a millisecond a piece; these are
written out once, with typed parameters, and then served from its cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Table,
    Text,
    TextClause,
    bindparam,
    column,
    func,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

_POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]


def dialect_insert(dialect_name: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, for conditions that `upsert` cannot say."""
    return sqlite.insert(table) if dialect_name == "sqlite" else postgresql.insert(table)


async def insert_if_new(
    connection: AsyncConnection, table: Table, row: Mapping[str, Any], key: str
) -> Any | None:
    """Insert a row unless a row with one of its unique values is there; return its `key`, or nothing."""
    result = await connection.execute(_insert_one(table, tuple(row), key), row)
    return result.scalar_one_or_none()


async def insert_new(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows in one go, passing over those already there; return how many were new.

    Every row has the same columns.
    """
    if not rows:
        return 0
    names = tuple(rows[0])
    if connection.dialect.name == "sqlite":
        return (await connection.execute(_insert_many_sqlite(table, names), rows)).rowcount
    # The driver's batches do not say how many rows they wrote; one statement over arrays does.
    columns = {name: [row[name] for row in rows] for name in names}
    return (await connection.execute(_insert_many_postgresql(table, names), columns)).rowcount


async def upsert(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert whole rows, replacing those with the same primary key."""
    if rows:
        await connection.execute(_upsert(table, tuple(rows[0])), rows)


def not_in_list(dialect_name: str, value: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Return "value is not in the list bound as `name`"; one statement text for a list of any length.

    Bind what `list_value` returns.
    """
    if dialect_name == "sqlite":
        items = func.json_each(bindparam(name, type_=Text)).table_valued(column("value", BigInteger))
        return value.not_in(select(items.c.value))
    # Negating "= any(...)" would give "!= any(...)": true for any list of two, false for an empty one.
    return value != func.all(bindparam(name, type_=ARRAY(BigInteger)))


def list_value(dialect_name: str, values: Sequence[int]) -> object:
    """Return a list of whole numbers as `not_in_list` wants it bound."""
    numbers = list(values)
    return str(numbers) if dialect_name == "sqlite" else numbers


@cache
def _insert_one(table: Table, names: tuple[str, ...], key: str) -> TextClause:
    return _typed(
        table, names, f'{_into(table, names)} {_values(names)} ON CONFLICT DO NOTHING RETURNING "{key}"'
    )


@cache
def _insert_many_sqlite(table: Table, names: tuple[str, ...]) -> TextClause:
    return _typed(table, names, f"{_into(table, names)} {_values(names)} ON CONFLICT DO NOTHING")


@cache
def _insert_many_postgresql(table: Table, names: tuple[str, ...]) -> TextClause:
    arrays = ", ".join(
        f"CAST(:{name} AS {table.c[name].type.compile(dialect=_POSTGRESQL)}[])" for name in names
    )
    statement = text(f"{_into(table, names)} SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING")
    return statement.bindparams(*(bindparam(name, type_=ARRAY(table.c[name].type)) for name in names))


@cache
def _upsert(table: Table, names: tuple[str, ...]) -> TextClause:
    key = ", ".join(_quoted(table.primary_key.columns))
    rest = ", ".join(
        f"{name} = excluded.{name}" for name in _quoted(item for item in table.c if not item.primary_key)
    )
    return _typed(
        table, names, f"{_into(table, names)} {_values(names)} ON CONFLICT ({key}) DO UPDATE SET {rest}"
    )


def _into(table: Table, names: tuple[str, ...]) -> str:
    return f"INSERT INTO {table.name} ({', '.join(_quoted(table.c[name] for name in names))})"


def _values(names: tuple[str, ...]) -> str:
    return f"VALUES ({', '.join(f':{name}' for name in names)})"


def _quoted(columns: Iterable[Column[Any]]) -> list[str]:
    # Some names are SQL words ("on", "group").
    return [f'"{item.name}"' for item in columns]


def _typed(table: Table, names: tuple[str, ...], sql: str) -> TextClause:
    return text(sql).bindparams(*(bindparam(name, type_=table.c[name].type) for name in names))
