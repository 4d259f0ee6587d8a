"""Async engines for SQLite and PostgreSQL, set up so that a commit survives a power cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from painbot.core.errors import PainbotError
from painbot.storage import sqlite_driver

BUSY_TIMEOUT_MS = 10_000
"""How long SQLite waits for another process's write before it gives up."""

PAGE_CACHE_KIB = 8_000
"""SQLite's page cache for one connection."""

LOCK_SUFFIX = ".lock"
"""What the lock file of a running painbot adds to the name of its SQLite file."""

_SQLITE_SUFFIXES = ("", "-wal", "-shm", "-journal", LOCK_SUFFIX)

READ_ONLY = "painbot_read_only"
"""Execution option of a connection whose transaction only reads."""


def driver_url(url: str) -> URL:
    """Return the address with its async driver; PainbotError, without the address, if it is no such thing.

    `sqlite:///path` and `postgresql://...` are understood (`postgres://` too).
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise _bad_url("it cannot be read") from None
    match parsed.get_backend_name():
        case "sqlite":
            if not parsed.database or parsed.database == ":memory:":
                raise _bad_url("a database in memory would forget everything")
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+asyncpg")
        case _:
            raise _bad_url("only SQLite and PostgreSQL are supported")


def _bad_url(fault: str) -> PainbotError:
    return PainbotError(
        f"The database address is wrong: {fault}. Write sqlite:///var/painbot.db or "
        "postgresql://user:password@host/name (PAINBOT_DATABASE_URL)."
    )


def sqlite_path(engine: AsyncEngine) -> Path | None:
    """Return the file of an SQLite engine, or nothing for PostgreSQL."""
    database = engine.url.database
    return Path(database) if is_sqlite(engine) and database else None


def own_files(database: Path) -> Sequence[Path]:
    """Return the names of all files that make up an SQLite database, whether they are there or not.

    Where the database is a link, they stand beside the real one.
    """
    return [Path(f"{database.resolve()}{suffix}") for suffix in _SQLITE_SUFFIXES]


def is_sqlite(engine: AsyncEngine) -> bool:
    """True when the engine speaks to SQLite."""
    return engine.dialect.name == "sqlite"


def create_engine(
    url: str,
    *,
    pooled: bool = True,
    foreign_keys: bool = True,
    server_settings: Mapping[str, str] | None = None,
) -> AsyncEngine:
    """Return an engine for this address; nothing is connected yet.

    `pooled=False` gives every connection its own life. `foreign_keys=False` is for SQLite migrations
    that rebuild a table. `server_settings` are PostgreSQL's, for each connection. Error messages never
    show parameters: they may be a person's words.
    """
    target = driver_url(url)
    options: dict[str, Any] = {"hide_parameters": True}
    if not pooled:
        options["poolclass"] = NullPool
    if target.get_backend_name() == "sqlite":
        if pooled:
            # A connection's page cache stays valid only while nobody else commits: one writer keeps its own.
            options["pool_use_lifo"] = True
        # Transactions are always ended explicitly, so the extra rollback on return is a wasted thread hop.
        engine = create_async_engine(
            target,
            pool_reset_on_return=None,
            connect_args={"async_creator_fn": sqlite_driver.connect},
            **options,
        )
        _set_up_sqlite(engine, foreign_keys)
    else:
        target, connect_args = _ssl_for_asyncpg(target)
        if server_settings:
            connect_args["server_settings"] = dict(server_settings)
        engine = create_async_engine(target, connect_args=connect_args, pool_pre_ping=pooled, **options)
        _set_up_postgresql(engine)
    return engine


def _ssl_for_asyncpg(url: URL) -> tuple[URL, dict[str, Any]]:
    """Translate libpq's `sslmode`, which asyncpg calls `ssl`."""
    mode = url.query.get("sslmode")
    if mode is None:
        return url, {}
    return url.difference_update_query(["sslmode"]), {"ssl": mode}


def _set_up_sqlite(engine: AsyncEngine, foreign_keys: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver must not open transactions by itself; `_begin` below does.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        # Taking the write lock at once: a transaction that reads first and writes later would otherwise
        # fail with "database is locked" as soon as a second writer exists.
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _set_up_postgresql(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        row = cursor.fetchone()
        fsync, synchronous_commit = row if row is not None else ("", "")
        if fsync != "on":
            cursor.close()
            raise PainbotError(
                "PostgreSQL runs with fsync off: a power cut would lose what learners were promised. "
                "Set fsync = on in postgresql.conf and restart it."
            )
        if synchronous_commit == "off":
            cursor.execute("SET synchronous_commit = on")
        cursor.close()
        connection.commit()

    @event.listens_for(engine.sync_engine, "handle_error")
    def _drop_row_details(context: ExceptionContext) -> None:
        # PostgreSQL quotes the failing row in DETAIL, and a row may hold a person's words.
        error: BaseException | None = context.original_exception
        while error is not None:
            _drop_detail(error)
            error = error.__cause__
        if context.sqlalchemy_exception is not None:
            _drop_detail(context.sqlalchemy_exception)


@runtime_checkable
class _Detailed(Protocol):
    detail: object


def _drop_detail(error: BaseException) -> None:
    # SQLAlchemy's own errors have a list of that name.
    if isinstance(error, _Detailed) and isinstance(error.detail, str):
        error.detail = None
    if error.args and isinstance(error.args[0], str):
        error.args = (error.args[0].split("\nDETAIL:")[0], *error.args[1:])
