"""A backup of everything painbot keeps, taken while it runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.core.errors import PainbotError
from painbot.operations.archive import Header, Writer, open_writer
from painbot.operations.ledger_keys import key_from_settings, key_name, stored_key
from painbot.operations.schema_now import as_table, head_of, last_ids, revision_of, tables_of
from painbot.settings import Settings
from painbot.storage.engine import READ_ONLY, create_engine, is_sqlite, own_files, sqlite_path
from painbot.storage.problems import refuse_missing, told_plainly

_ROWS_AT_ONCE = 2_000


async def backup(settings: Settings, file: Path, *, force: bool = False) -> Mapping[str, int]:
    """Write every row of the database to `file`; return how many rows each table has.

    One snapshot of one instant, taken while the bot runs. The file holds what learners said: only its
    owner may read it. Raises PainbotError when the database or the file cannot be used, when `file` is
    one of the database's own, and without `force` when it exists.
    """
    with told_plainly(settings.database_url):
        _refuse_unfit(settings, file)
        async with _snapshot(settings.database_url) as connection:
            revision = await connection.run_sync(revision_of)
            if revision is None:
                raise PainbotError("The database is empty: there is nothing to back up yet.")
            key = key_from_settings(settings) or await stored_key(connection)
            return await connection.run_sync(_write, file, revision, key_name(key), force)


def _write(
    connection: Connection, file: Path, revision: str, ledger_key: str | None, force: bool
) -> Mapping[str, int]:
    tables = tables_of(connection)
    header = Header(
        revision=revision,
        made_at=datetime.now(UTC),
        made_by=version("painbot"),
        ledger_key=ledger_key,
        last_ids=last_ids(connection, tables),
    )
    with open_writer(file, header, replace=force) as writer:
        return _write_tables(connection, writer, tables)


def _write_tables(connection: Connection, writer: Writer, tables: Sequence[Table]) -> Mapping[str, int]:
    for table in tables:
        head = head_of(table)
        writer.table(head, _rows(connection, as_table(head), list(table.primary_key.columns.keys())))
    return writer.finish()


def _rows(connection: Connection, table: Table, key: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Read a table in pages along its key, so that neither driver holds it whole in memory."""
    columns = [table.c[name] for name in key]
    page = select(table).order_by(*columns).limit(_ROWS_AT_ONCE)
    last: list[Any] | None = None
    while True:
        after = page if last is None else page.where(tuple_(*columns) > tuple_(*last))
        rows = connection.execute(after).all()
        yield from rows
        if len(rows) < _ROWS_AT_ONCE:
            return
        last = [literal(rows[-1]._mapping[column], column.type) for column in columns]


@asynccontextmanager
async def _snapshot(url: str) -> AsyncIterator[AsyncConnection]:
    """Open a transaction that sees one instant of the database and holds up no writer."""
    engine = create_engine(url, pooled=False)
    options: dict[str, Any] = (
        {READ_ONLY: True}
        if is_sqlite(engine)
        else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    try:
        async with engine.connect() as connection:
            await connection.execution_options(**options)
            async with connection.begin():
                yield connection
    finally:
        await engine.dispose()


def _refuse_unfit(settings: Settings, file: Path) -> None:
    refuse_missing(settings.database_url)
    path = sqlite_path(create_engine(settings.database_url, pooled=False))
    if path is not None and any(_same(file, own) for own in own_files(path)):
        raise PainbotError(
            f"{file} belongs to the database itself: a backup there would destroy it. Choose another name."
        )


def _same(one: Path, other: Path) -> bool:
    """Whether two names lead to one file, be it there or not."""
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
