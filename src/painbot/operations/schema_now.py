"""The tables as they are in a database, whichever revision it is at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

NOT_OURS = frozenset({"alembic_version"})
"""Kept by Alembic; a restore makes it anew."""

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


def table_heads(connection: Connection, names: Iterable[str] | None = None) -> list[TableHead]:
    """Return the tables and the kinds of their columns, those that are referred to first.

    `names` picks some of them. Other people's tables in the same PostgreSQL schema are not told apart
    here: give painbot a database of its own.
    """
    found = MetaData()
    found.reflect(connection, only=None if names is None else list(names))
    return [
        TableHead(table.name, {column.name: _kind(table, column) for column in table.columns})
        for table in found.sorted_tables
        if table.name not in NOT_OURS
    ]


def as_table(head: TableHead) -> Table:
    """Return a table to select from or insert into; instants go in and come out aware."""
    return Table(
        head.name, MetaData(), *(Column(name, _TYPES[kind]()) for name, kind in head.columns.items())
    )


def last_ids(connection: Connection, heads: Iterable[TableHead]) -> dict[str, int]:
    """Return the highest id each numbering table ever gave out; erased rows' ids count."""
    lasts: dict[str, int] = {}
    if connection.dialect.name == "sqlite":
        if inspect(connection).has_table("sqlite_sequence"):
            rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
            lasts = {row.name: int(row.seq) for row in rows}
    else:
        for name, sequence in _sequences(connection, heads).items():
            row = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
            lasts[name] = int(row.last_value) if row.is_called else 0
    return lasts


def keep_last_ids(connection: Connection, heads: Iterable[TableHead], lasts: Mapping[str, int]) -> None:
    """Have every numbering table go on after the highest id it holds or ever gave out."""
    if connection.dialect.name == "sqlite":
        for name, last in lasts.items():
            kept = connection.execute(
                text("UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = :name"),
                {"name": name, "last": last},
            )
            if kept.rowcount == 0 and _numbers_itself(connection, name):
                connection.execute(
                    text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
                    {"name": name, "last": last},
                )
        return
    by_name = {head.name: head for head in heads}
    for name, sequence in _sequences(connection, by_name.values()).items():
        table = as_table(by_name[name])
        highest = connection.execute(select(func.max(table.c.id))).scalar_one() or 0
        last = max(highest, lasts.get(name, 0))
        if last:
            connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _numbers_itself(connection: Connection, name: str) -> bool:
    """True for an SQLite table with AUTOINCREMENT; others number on from the highest row."""
    found = connection.execute(
        text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"), {"name": name}
    )
    return "AUTOINCREMENT" in (found.scalar_one_or_none() or "").upper()


def _sequences(connection: Connection, heads: Iterable[TableHead]) -> dict[str, str]:
    """Return PostgreSQL's sequence behind each `id` column, by table, quoted where it must be."""
    sequences: dict[str, str] = {}
    for head in heads:
        if "id" in head.columns:
            quoted = connection.dialect.identifier_preparer.quote(head.name)
            found = connection.execute(
                text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": quoted}
            ).scalar_one()
            if found is not None:
                sequences[head.name] = found
    return sequences


def _kind(table: Table, column: Column[Any]) -> str:
    for known, kind in _KINDS:
        if isinstance(column.type, known):
            return kind
    raise PainbotError(
        f"The column {table.name}.{column.name} holds something a backup cannot carry. "
        "This painbot's backup must learn it first."
    )
