"""One transaction and its repositories; the only place that begins and commits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from painbot.services.ports import (
    InboxRepository,
    LearnerRepository,
    OutboxRepository,
    SafetyRepository,
    UnitOfWork,
    VisitorRepository,
)
from painbot.storage.engine import READ_ONLY, is_sqlite
from painbot.storage.inbox import SqlInbox
from painbot.storage.learners import SqlLearners
from painbot.storage.outbox import SqlOutbox
from painbot.storage.safety import SqlSafety
from painbot.storage.visitors import SqlVisitors

_CHECKPOINT_TRIES = 40
_CHECKPOINT_PAUSE_S = 0.05


class SqlUnitOfWork:
    """The repositories of one open transaction."""

    inbox: InboxRepository
    outbox: OutboxRepository
    learners: LearnerRepository
    visitors: VisitorRepository
    safety: SafetyRepository

    def __init__(self, connection: AsyncConnection) -> None:
        self.inbox = SqlInbox(connection)
        self.outbox = SqlOutbox(connection)
        self.learners = SqlLearners(connection)
        self.visitors = SqlVisitors(connection)
        self.safety = SqlSafety(connection)


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
        """Make erased bytes unreadable: on SQLite, empty the write-ahead log.

        Erased rows are already overwritten in the file itself (secure_delete); older copies of their
        pages live in the log until it is truncated, for which no reader may be half way through it.
        TimeoutError when one stays there. On PostgreSQL dead rows go with vacuum.
        """
        if self._writer is None:
            return
        for _ in range(_CHECKPOINT_TRIES):
            async with self._writer, self.engine.connect() as connection:
                raw = (await connection.get_raw_connection()).driver_connection
                assert raw is not None
                async with raw.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                    busy, log_frames, _ = await cursor.fetchone()
            if not busy and log_frames == 0:
                return
            await asyncio.sleep(_CHECKPOINT_PAUSE_S)
        raise TimeoutError("the write-ahead log could not be emptied: another process keeps reading it")

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
