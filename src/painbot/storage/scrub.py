"""Making erased bytes unreadable on SQLite.

Three places keep a deleted row: its own cell, which `secure_delete` overwrites at once; the space between
the cells of pages that were rearranged around it, which nothing overwrites; and the write-ahead log.
So after a wipe the file is written anew (VACUUM) and the log emptied.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from painbot.storage.engine import BUSY_TIMEOUT_MS
from painbot.storage.statements import insert_new
from painbot.storage.tables import instance

OWED_KEY: Final = "scrub_owed"
"""The row of `instance` that is there from a wipe until the file has been written anew."""

# While these statements wait for another process nobody here can write: better to try again soon.
_SHORT_BUSY_TIMEOUT_MS: Final = 250


async def owe_scrub(connection: AsyncConnection) -> None:
    """Note, in the transaction of a wipe, that the file must be written anew."""
    await insert_new(connection, instance, [{"key": OWED_KEY, "value": "1"}])


async def rewrite_file(engine: AsyncEngine) -> None:
    """Write the whole database anew: about a second for each 100 MB, and as much free disk space.

    Goes through a temporary file (SQLITE_TMPDIR, else /var/tmp or /tmp), never through memory.
    """
    await _run_alone(engine, "PRAGMA temp_store = FILE", "VACUUM", "PRAGMA temp_store = MEMORY")


async def empty_log(engine: AsyncEngine) -> bool:
    """Move the write-ahead log into the file and cut it to nothing; False while a reader is in it."""
    busy, log_frames, _ = await _run_alone(engine, "PRAGMA wal_checkpoint(TRUNCATE)")
    return not busy and log_frames == 0


async def _run_alone(engine: AsyncEngine, *statements: str) -> Any:
    """Run statements outside any transaction; return the first row of the last one."""
    async with engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        cursor = await raw.cursor()
        await cursor.execute(f"PRAGMA busy_timeout = {_SHORT_BUSY_TIMEOUT_MS}")
        try:
            for statement in statements:
                await cursor.execute(statement)
            rows = await cursor.fetchall()
        finally:
            await asyncio.shield(cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}"))
        return rows[0] if rows else None
