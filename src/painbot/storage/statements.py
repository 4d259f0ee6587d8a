"""The few statements whose spelling differs between SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Table, Text, bindparam, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

Dialects = postgresql.Insert | sqlite.Insert


def dialect_insert(dialect_name: str, table: Table) -> Dialects:
    """Return an INSERT that knows ON CONFLICT."""
    return sqlite.insert(table) if dialect_name == "sqlite" else postgresql.insert(table)


@cache
def _insert_new(dialect_name: str, table: Table, key: ColumnElement[Any]) -> ReturningInsert[Any]:
    return dialect_insert(dialect_name, table).on_conflict_do_nothing().returning(key)


async def insert_new(
    connection: AsyncConnection, table: Table, key: ColumnElement[Any], rows: Sequence[Mapping[str, Any]]
) -> Sequence[Any]:
    """Insert rows in one statement, passing over those already there; return `key` of the new ones."""
    statement = _insert_new(connection.dialect.name, table, key)
    result = await connection.execute(statement, rows)
    return result.scalars().all()


@cache
def _upsert(dialect_name: str, table: Table) -> Dialects:
    statement = dialect_insert(dialect_name, table)
    rest = [column.name for column in table.c if not column.primary_key]
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: statement.excluded[name] for name in rest},
    )


async def upsert(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert whole rows, replacing those with the same primary key."""
    if rows:
        await connection.execute(_upsert(connection.dialect.name, table), rows)


def in_list(dialect_name: str, value: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Return "value is in the list bound as `name`"; one statement text for a list of any length.

    Bind what `list_value` returns.
    """
    if dialect_name == "sqlite":
        items = func.json_each(bindparam(name, type_=Text)).table_valued(column("value", BigInteger))
        return value.in_(select(items.c.value))
    return value == func.any(bindparam(name, type_=ARRAY(BigInteger)))


def list_value(dialect_name: str, values: Sequence[int]) -> object:
    """Return a list of whole numbers as `in_list` wants it bound."""
    numbers = list(values)
    return str(numbers) if dialect_name == "sqlite" else numbers
