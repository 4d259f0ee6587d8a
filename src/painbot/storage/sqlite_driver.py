"""An aiosqlite connection that visits its thread once for a statement.

SQLAlchemy makes a cursor, executes, fetches and closes: four visits to the connection's thread, each
about as long as the statement itself. Here the first visit does all four.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import aiosqlite


class OneVisitConnection(aiosqlite.Connection):
    """An aiosqlite connection with cursors that hold their whole result."""

    async def cursor(self) -> OneVisitCursor:  # type: ignore[override]
        """Return a cursor without visiting the thread."""
        return OneVisitCursor(self)

    async def run(self, cursor: OneVisitCursor, method: str, *arguments: Any) -> None:
        """Execute on the thread and leave the whole result in `cursor`."""

        def visit() -> None:
            real = self._conn.cursor()
            try:
                getattr(real, method)(*arguments)
                cursor.take(real)
            finally:
                real.close()

        await self._execute(visit)  # type: ignore[no-untyped-call]


class OneVisitCursor:
    """A result already fetched; what SQLAlchemy's aiosqlite dialect asks of a cursor."""

    def __init__(self, connection: OneVisitConnection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.lastrowid: int | None = None
        self.rowcount = -1

    def take(self, real: sqlite3.Cursor) -> None:
        """Copy all that the real cursor has to say."""
        self.description = real.description
        self._rows = real.fetchall() if real.description else ()
        self.lastrowid = real.lastrowid
        self.rowcount = real.rowcount

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> None:
        """Run one statement."""
        await self._connection.run(self, "execute", sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> None:
        """Run one statement for many rows."""
        await self._connection.run(self, "executemany", sql, parameters)

    async def fetchall(self) -> Sequence[Any]:
        """Return the rows fetched."""
        return self._rows

    async def close(self) -> None:
        """Nothing is open any more."""


def connect(database: str, **options: Any) -> OneVisitConnection:
    """Return a connection to await, as `aiosqlite.connect` does; its thread never keeps a process alive."""
    connection = OneVisitConnection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
