"""The tables as they are in a database, whichever revision it is at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    Time,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.types import String, TypeEngine

from painbot.core.errors import PainbotError
from painbot.operations.archive import TableHead
from painbot.storage.types import UtcDateTime

ALEMBIC_TABLE = "alembic_version"
"""Kept by Alembic, not by painbot; a restore makes it anew."""

_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (DateTime, "instant"),
    (Date, "date"),
    (Time, "time"),
    (Integer, "int"),
    (Float, "real"),
    (Numeric, "real"),
    (String, "text"),
)
_TYPES: Mapping[str, type[TypeEngine[Any]]] = {
    "instant": UtcDateTime,
    "date": Date,
    "time": Time,
    "int": BigInteger,
    "real": Float,
    "text": Text,
}


def revision_of(connection: Connection) -> str | None:
    """Return the migration the database is at, or nothing when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def tables_of(connection: Connection) -> list[Table]:
    """Return the tables as the database describes them, those that are referred to first.

    Other people's tables in the same PostgreSQL schema are not told apart: painbot has a database of
    its own.
    """
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != ALEMBIC_TABLE]


def head_of(table: Table) -> TableHead:
    """Return the table's name and the kinds of its columns."""
    return TableHead(table.name, {column.name: _kind(table, column) for column in table.columns})


def as_table(head: TableHead) -> Table:
    """Return a table to select from or insert into; instants go in and come out aware."""
    return Table(
        head.name, MetaData(), *(Column(name, _TYPES[kind]()) for name, kind in head.columns.items())
    )


def last_ids(connection: Connection, tables: Iterable[Table]) -> dict[str, int]:
    """Return the highest id each numbering table ever gave out; erased rows' ids count."""
    if connection.dialect.name == "sqlite":
        if not inspect(connection).has_table("sqlite_sequence"):
            return {}
        rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        return {row.name: int(row.seq) for row in rows}
    lasts: dict[str, int] = {}
    for table, sequence in _sequences(connection, tables):
        row = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
        lasts[table.name] = int(row.last_value) if row.is_called else 0
    return lasts


def keep_last_ids(connection: Connection, tables: Iterable[Table], lasts: Mapping[str, int]) -> None:
    """Have every numbering table go on after the highest id it holds or ever gave out."""
    if connection.dialect.name == "sqlite":
        for name, last in lasts.items():
            _keep_on_sqlite(connection, {"name": name, "last": last})
        return
    for table, sequence in _sequences(connection, tables):
        highest = connection.execute(select(func.max(table.c.id))).scalar_one() or 0
        last = max(highest, lasts.get(table.name, 0))
        if last:
            connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _keep_on_sqlite(connection: Connection, row: Mapping[str, object]) -> None:
    kept = connection.execute(
        text("UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = :name"), row
    )
    if kept.rowcount == 0 and _numbers_itself(connection, str(row["name"])):
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), row)


def _numbers_itself(connection: Connection, name: str) -> bool:
    """True for an SQLite table with AUTOINCREMENT; others number on from the highest row."""
    found = connection.execute(
        text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"), {"name": name}
    )
    return "AUTOINCREMENT" in (found.scalar_one_or_none() or "").upper()


def _sequences(connection: Connection, tables: Iterable[Table]) -> Iterator[tuple[Table, str]]:
    """Yield the tables whose `id` PostgreSQL counts, with the counter's name, quoted where it must be."""
    for table in tables:
        if "id" in table.c:
            quoted = connection.dialect.identifier_preparer.quote(table.name)
            found = text("SELECT pg_get_serial_sequence(:name, 'id')")
            sequence = connection.execute(found, {"name": quoted}).scalar_one()
            if sequence is not None:
                yield table, sequence


def _kind(table: Table, column: Column[Any]) -> str:
    for known, kind in _KINDS:
        if isinstance(column.type, known):
            return kind
    raise PainbotError(
        f"The column {table.name}.{column.name} holds something a backup cannot carry. "
        "This painbot's backup must learn it first."
    )
