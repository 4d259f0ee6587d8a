"""One transaction and its repositories; the only place that begins and commits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from painbot.services.ports import (
    InboxRepository,
    LearnerRepository,
    OutboxRepository,
    SafetyRepository,
    UnitOfWork,
    UploadRepository,
)
from painbot.storage.engine import READ_ONLY, is_sqlite
from painbot.storage.inbox import SqlInbox
from painbot.storage.learners import SqlLearners
from painbot.storage.outbox import SqlOutbox
from painbot.storage.safety import SqlSafety
from painbot.storage.scrub import OWED_KEY, empty_log, rewrite_file
from painbot.storage.tables import instance
from painbot.storage.uploads import SqlUploads

_CHECKPOINT_TRIES = 10
_CHECKPOINT_PAUSE_S = 0.05


class SqlUnitOfWork:
    """The repositories of one open transaction."""

    inbox: InboxRepository
    outbox: OutboxRepository
    learners: LearnerRepository
    safety: SafetyRepository
    uploads: UploadRepository

    def __init__(self, connection: AsyncConnection) -> None:
        self.inbox = SqlInbox(connection)
        self.outbox = SqlOutbox(connection)
        self.learners = SqlLearners(connection)
        self.safety = SqlSafety(connection)
        self.uploads = SqlUploads(connection)


class SqlStorage:
    """Opens transactions on one engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        # SQLite has one writer. Waiting here is in order and free; waiting inside SQLite is sleeping
        # and trying again, unfair and up to a tenth of a second late.
        self._writer = asyncio.Lock() if is_sqlite(engine) else None

    @asynccontextmanager
    async def connection(self, *, read_only: bool = False) -> AsyncIterator[AsyncConnection]:
        """Open a transaction on a bare connection, for the storage room's own reports and upkeep."""
        if read_only:
            async with self.engine.connect() as connection:
                await connection.execution_options(**{READ_ONLY: True})
                async with connection.begin():
                    yield connection
        elif self._writer is not None:
            async with self._writer, self.engine.begin() as connection:
                yield connection
        else:
            async with self.engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Open one write transaction; leaving the block commits, an error rolls back."""
        async with self.connection() as connection:
            yield SqlUnitOfWork(connection)

    @asynccontextmanager
    async def begin_read(self) -> AsyncIterator[UnitOfWork]:
        """Open a transaction that only reads, and on SQLite waits for no writer."""
        async with self.connection(read_only=True) as connection:
            yield SqlUnitOfWork(connection)

    async def scrub(self) -> None:
        """Make erased bytes unreadable; after a wipe SQLite's file is written anew while writers wait.

        TimeoutError when another process keeps reading the write-ahead log; what is owed stays owed. On
        PostgreSQL dead rows go with vacuum.
        """
        if self._writer is None:
            return
        owed = await self._scrub_is_owed()
        if owed:
            async with self._writer:
                await rewrite_file(self.engine)
        await self._empty_log()
        if owed:
            async with self.connection() as connection:
                await connection.execute(delete(instance).where(instance.c.key == OWED_KEY))
            await self._empty_log()

    async def _scrub_is_owed(self) -> bool:
        async with self.connection(read_only=True) as connection:
            found = await connection.execute(select(instance.c.key).where(instance.c.key == OWED_KEY))
            return found.first() is not None

    async def _empty_log(self) -> None:
        assert self._writer is not None
        for _ in range(_CHECKPOINT_TRIES):
            async with self._writer:
                if await empty_log(self.engine):
                    return
            await asyncio.sleep(_CHECKPOINT_PAUSE_S)
        raise TimeoutError("the write-ahead log could not be emptied: another process keeps reading it")

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
