"""What a database holds, read beside painbot and without its code, so as to change nothing there."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import make_url

Row = dict[str, Any]

OTHERS_GONE_SECONDS = 10.0


@dataclass(frozen=True)
class InFlight:
    """A message leased with no outcome at the instant of a kill: it may be sent once more."""

    outbox_id: int
    chat_id: int
    html: str
    is_edit: bool


class Database:
    """One database under test."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self.name = self._url.get_backend_name()

    @property
    def path(self) -> Path:
        """The file of an SQLite database."""
        assert self._url.database is not None
        return Path(self._url.database)

    async def rows(self, sql: str) -> Sequence[Row]:
        """Return what a query finds."""
        if self.name == "sqlite":
            # Read-only: a writing connection that is the last to close would tidy the log away, and the
            # next process would not find what a kill leaves behind.
            with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
                connection.row_factory = sqlite3.Row
                return [dict(row) for row in connection.execute(sql)]
        connection = await self._connect()
        try:
            return [dict(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    async def value(self, sql: str) -> Any:
        """Return the one value that a query finds."""
        (row,) = await self.rows(sql)
        (value,) = row.values()
        return value

    async def in_flight(self, *, alone: bool = True) -> Sequence[InFlight]:
        """Return what is leased; unless another process goes on, once the killed one's sessions are gone."""
        if alone:
            await self._until_alone()
        rows = await self.rows(
            "SELECT id, chat_id, edits, message FROM outbox_messages WHERE status = 'leased' ORDER BY id"
        )
        return [
            InFlight(row["id"], row["chat_id"], json.loads(row["message"])["html"], row["edits"] is not None)
            for row in rows
        ]

    async def tables(self) -> Sequence[str]:
        """Return the names of all tables."""
        if self.name == "sqlite":
            rows = await self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        else:
            rows = await self.rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
        return [row["name"] for row in rows]

    async def _until_alone(self) -> None:
        """Wait for PostgreSQL to end a killed client's sessions; a commit under way still counts."""
        if self.name == "sqlite":
            return
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> $1"
        connection = await self._connect()
        try:
            me = connection.get_server_pid()
            async with asyncio.timeout(OTHERS_GONE_SECONDS):
                while await connection.fetchval(others, me):  # noqa: ASYNC110  (nothing tells of it)
                    await asyncio.sleep(0.005)
        finally:
            await connection.close()

    async def _connect(self) -> Any:
        return await asyncpg.connect(
            self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        )
