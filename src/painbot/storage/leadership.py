"""Who leads: the one process that polls, plans, handles and dispatches for a database.

On PostgreSQL a second process waits and takes over when the first is gone. On SQLite, where two
processes make no sense, it is told so.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from painbot.core.errors import AlreadyRunning
from painbot.storage.engine import LOCK_SUFFIX, create_engine, sqlite_path

POLL_SECONDS: Final = 2.0
"""How often a waiting process asks for the lead, and a leading one whether it still has it."""

ANSWER_SECONDS: Final = 4.0
"""How long the database may take to answer a leading process before the lead counts as lost."""

# After a network cut the server lets go of the lock in 4 + 3 * 2 = 10 s. The old leader knows after at
# most POLL_SECONDS + ANSWER_SECONDS, so it has stopped by the time another one can begin.
_KEEPALIVE: Final = {
    "tcp_keepalives_idle": "4",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}
_LEAD_LOCK: Final = 0x7061_696E_6C65_6164  # "painlead": advisory locks are numbers, one space a database


class Leadership(ABC):
    """The lead over one database; `lost` is set when it is gone without having been given up."""

    def __init__(self) -> None:
        self.lost = asyncio.Event()

    @abstractmethod
    async def acquire(self) -> None:
        """Wait until this process leads; AlreadyRunning where waiting makes no sense."""

    @abstractmethod
    async def release(self) -> None:
        """Give the lead up; a second call does nothing."""

    async def __aenter__(self) -> Self:
        await self.acquire()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.release()


def leadership(engine: AsyncEngine) -> Leadership:
    """Return the leadership that fits this engine's database."""
    path = sqlite_path(engine)
    return PostgresLeadership(engine) if path is None else SqliteLeadership(path)


class SqliteLeadership(Leadership):
    """A lock on a file beside the database; the system drops it when the process ends in any way."""

    def __init__(self, database: Path) -> None:
        super().__init__()
        # Beside the real file, so that two names of one database are one lock.
        self._path = Path(f"{database.resolve()}{LOCK_SUFFIX}")
        self._file: int | None = None

    async def acquire(self) -> None:
        """Take the lock at once, or raise AlreadyRunning."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            raise AlreadyRunning(
                f"Another painbot already runs on this database file (it holds {self._path}). "
                "Stop it first; to run two processes, use PostgreSQL (PAINBOT_DATABASE_URL)."
            ) from None
        self._file = file

    async def release(self) -> None:
        """Let the lock go; the empty file stays, since removing it would race with the next process."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class PostgresLeadership(Leadership):
    """A session advisory lock on a connection of its own; needs a direct connection or a session pooler."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__()
        url = engine.url.render_as_string(hide_password=False)
        self._engine = create_engine(url, pooled=False, server_settings=_KEEPALIVE)
        self._connection: AsyncConnection | None = None
        self._watch: asyncio.Task[None] | None = None

    async def acquire(self) -> None:
        """Ask every `POLL_SECONDS` until this process leads.

        The first connection must succeed; later failures are waited out, as when the server restarts.
        """
        self.lost.clear()
        connection: AsyncConnection | None = None
        try:
            connection = await self._connect()
            leads = await _try_lock(connection)
            while connection is None or not leads:
                await asyncio.sleep(POLL_SECONDS)
                connection, leads = await self._try_again(connection)
        except BaseException:
            await _abandon(connection)
            raise
        self._connection = connection
        self._watch = asyncio.create_task(self._keep_watch(connection), name="leadership")

    async def release(self) -> None:
        """Close the connection, and the lock with it."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
            self._watch = None
        await _abandon(self._connection)
        self._connection = None
        await self._engine.dispose()

    async def _connect(self) -> AsyncConnection:
        connection = await self._engine.connect()
        return await connection.execution_options(isolation_level="AUTOCOMMIT")

    async def _try_again(self, connection: AsyncConnection | None) -> tuple[AsyncConnection | None, bool]:
        """Ask for the lead, over a new connection where there is none; trouble means no connection."""
        try:
            connection = connection or await self._connect()
            return connection, await _try_lock(connection)
        except (DBAPIError, OSError, TimeoutError):
            await _abandon(connection)
            return None, False

    async def _keep_watch(self, connection: AsyncConnection) -> None:
        try:
            while True:
                await asyncio.sleep(POLL_SECONDS)
                async with asyncio.timeout(ANSWER_SECONDS):
                    await connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError, TimeoutError):
            self.lost.set()


async def lead_this_transaction(connection: AsyncConnection) -> bool:
    """Keep every other process from leading until this PostgreSQL transaction ends; False if one leads."""
    answer = await connection.execute(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _LEAD_LOCK})
    return bool(answer.scalar_one())


async def _try_lock(connection: AsyncConnection) -> bool:
    async with asyncio.timeout(ANSWER_SECONDS):
        answer = await connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LEAD_LOCK})
        return bool(answer.scalar_one())


async def _abandon(connection: AsyncConnection | None) -> None:
    """Close a connection that may already be dead, without waiting for an answer that never comes."""
    if connection is not None:
        with contextlib.suppress(DBAPIError, OSError, TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                await connection.invalidate()
                await connection.close()
