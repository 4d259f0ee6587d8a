"""Putting a backup back, without bringing back anybody who was erased since."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from painbot.core.errors import AlreadyRunning, PainbotError
from painbot.operations.archive import Header, Row, TableHead, read, verify
from painbot.operations.ledger_keys import KEY_ROW, key_from_settings, key_name, stored_key
from painbot.operations.schema_now import as_table, head_of, keep_last_ids, last_ids, revision_of, tables_of
from painbot.settings import Settings
from painbot.storage.engine import create_engine, sqlite_path
from painbot.storage.erasure import LedgerEntry, add_to_ledger, read_ledger, reapply_ledger
from painbot.storage.leadership import SqliteLeadership, lead_this_transaction
from painbot.storage.migrate import head, migrations_folder
from painbot.storage.problems import told_plainly
from painbot.storage.statements import upsert
from painbot.storage.tables import instance
from painbot.storage.unit_of_work import SqlStorage

_ROWS_AT_ONCE = 1_000
_NO_PERSON = frozenset({"instance", "erasure_ledger"})
"""Tables that may hold rows in a database nobody has used yet."""


@dataclass(frozen=True)
class Restored:
    """What a restore did: rows by table before the erasures, chats erased again, what to know."""

    made_at: datetime
    rows: Mapping[str, int]
    erased_again: int
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class _Target:
    """What is taken over from the database that is about to be replaced."""

    ledger: Sequence[LedgerEntry] = ()
    key: bytes | None = None
    last_ids: Mapping[str, int] | None = None


async def restore(settings: Settings, file: Path, *, force: bool = False) -> Restored:
    """Replace what the database holds by the backup, in one transaction, and bring it to the newest tables.

    Whoever was erased stays erased: the ledgers of the database and of the backup are joined and applied
    before anything is committed. Raises AlreadyRunning while a painbot uses the database, BadBackup
    for a damaged file, PainbotError for a newer painbot's backup or, without `force`, for a database in
    use. Whatever is raised, the database is as it was.
    """
    header, rows = verify(file)
    _refuse_unknown(header)
    with told_plainly(settings.database_url):
        # Foreign keys are off while tables are dropped and made; they are checked before the commit.
        engine = create_engine(settings.database_url, pooled=False, foreign_keys=False)
        try:
            async with _alone(engine):
                async with engine.begin() as connection:
                    await _refuse_running(connection)
                    target = await _look_at_target(engine, connection, force)
                    await connection.run_sync(_load, file, header, target)
                    erased, keys = await _apply_ledgers(engine, connection, settings, target)
                await SqlStorage(engine).scrub()
        finally:
            await engine.dispose()
    return Restored(header.made_at, rows, erased, _notes(header, rows, keys))


def _alone(engine: AsyncEngine) -> AbstractAsyncContextManager[object]:
    """Keep a painbot from starting on an SQLite file; PostgreSQL's lock is taken inside the transaction."""
    path = sqlite_path(engine)
    if path is None:
        return nullcontext()
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteLeadership(path)


async def _refuse_running(connection: AsyncConnection) -> None:
    if connection.dialect.name == "postgresql" and not await lead_this_transaction(connection):
        raise AlreadyRunning(
            "A painbot runs on this database. Stop every painbot that uses it, then run the restore again."
        )


def _refuse_unknown(header: Header) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if header.revision not in known:
        raise PainbotError(
            f"The backup was made by painbot {header.made_by} with newer tables (revision {header.revision}) "
            f"than this painbot knows ({head()}). Install that version, then restore."
        )


async def _look_at_target(engine: AsyncEngine, connection: AsyncConnection, force: bool) -> _Target:
    if await connection.run_sync(revision_of) is None:
        return _Target()
    await connection.run_sync(_refuse_unknown_target)
    tables = await connection.run_sync(tables_of)
    if not force:
        for table in (table for table in tables if table.name not in _NO_PERSON):
            if (await connection.execute(select(func.count()).select_from(table))).scalar_one():
                raise PainbotError(
                    "The database is in use: it holds rows that a restore would replace. Take a backup of "
                    "it with `painbot backup`, then run the restore again with --force."
                )
    return _Target(
        ledger=await read_ledger(_OneTransaction(engine, connection)),
        key=await stored_key(connection),
        last_ids=await connection.run_sync(last_ids, tables),
    )


def _refuse_unknown_target(connection: Connection) -> None:
    found = revision_of(connection)
    if found not in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}:
        raise PainbotError(
            f"The database is at revision {found}, which this painbot does not know: a newer one made it. "
            "Install that version, or restore into an empty database."
        )


def _load(connection: Connection, file: Path, header: Header, target: _Target) -> None:
    """Build the backup's own tables, fill them, then migrate."""
    config = _config()
    config.attributes["connection"] = connection
    if revision_of(connection) is not None:
        command.downgrade(config, "base")
    command.upgrade(config, header.revision)
    made = tables_of(connection)
    expected = {table.name: head_of(table) for table in made}
    for table, rows in _tables(read(file)):
        if expected.get(table.name) != table:
            raise PainbotError(
                f"The backup's table {table.name} is not the one painbot has at revision {header.revision}. "
                "Nothing was changed. Take another backup."
            )
        statement = insert(as_table(table))
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            connection.execute(statement, [dict(zip(table.columns, row, strict=True)) for row in batch])
    ids = {name: max(header.last_ids.get(name, 0), (target.last_ids or {}).get(name, 0)) for name in expected}
    keep_last_ids(connection, made, {name: last for name, last in ids.items() if last})
    command.upgrade(config, "head")
    _check_references(connection)


def _tables(parts: Iterator[Header | TableHead | Row]) -> Iterator[tuple[TableHead, Iterator[Row]]]:
    """Split the file's parts into tables; each table's rows are to be taken before the next table."""
    waiting: list[TableHead] = []

    def rows() -> Iterator[Row]:
        for part in parts:
            if isinstance(part, TableHead):
                waiting.append(part)
                return
            assert isinstance(part, tuple)
            yield part

    next(parts)  # the header
    for _ in rows():
        raise AssertionError("a row before the first table passed verification")
    while waiting:
        yield waiting.pop(), rows()


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise PainbotError(
            "The backup holds rows that refer to rows it lacks. Nothing was changed. Take another backup."
        )


async def _apply_ledgers(
    engine: AsyncEngine, connection: AsyncConnection, settings: Settings, target: _Target
) -> tuple[int, set[bytes]]:
    """Join both ledgers and erase again whom they name; return how many chats, and the keys that were had."""
    storage = _OneTransaction(engine, connection)
    await add_to_ledger(storage, target.ledger)
    restored = await stored_key(connection)
    keys = {key for key in (key_from_settings(settings), target.key, restored) if key is not None}
    erased = 0
    for key in keys:
        erased += await reapply_ledger(storage, key)
    if target.key is not None:
        # The marks this database made stay readable; a backup brings its own key along each time.
        row = {"key": KEY_ROW, "value": target.key.hex()}
        await upsert(connection, instance, [row])
    return erased, keys


def _notes(header: Header, rows: Mapping[str, int], keys: set[bytes]) -> list[str]:
    if not rows.get("erasure_ledger") or header.ledger_key in {key_name(key) for key in keys}:
        return []
    return [
        "The backup's erasure ledger was written with a PAINBOT_ERASURE_KEY that is not set here. Set it and "
        "restore again: otherwise an older backup would bring erased learners back."
    ]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    return config


class _OneTransaction(SqlStorage):
    """Lets the erasure functions work inside the restore's own transaction."""

    def __init__(self, engine: AsyncEngine, connection: AsyncConnection) -> None:
        super().__init__(engine)
        self._open = connection

    @asynccontextmanager
    async def connection(self, *, read_only: bool = False) -> AsyncIterator[AsyncConnection]:
        """Hand out the open transaction; who began it commits it."""
        yield self._open

    async def scrub(self) -> None:
        """Leave it to the restore, after the commit."""
