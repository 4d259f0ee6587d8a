"""Engines: durable, one writer at a time, and silent about secrets and people's words."""

import asyncio
import traceback
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from painbot.core.enrollment import Dialogue
from painbot.core.errors import PainbotError
from painbot.storage.engine import create_engine, driver_url
from painbot.storage.insights import idle, parked, unsent
from painbot.storage.tables import inbox_updates, learners
from painbot.storage.unit_of_work import SqlStorage
from tests.contract.factories import (
    ANN,
    BEN,
    NOW,
    back,
    claim,
    enroll,
    later,
    make_message,
    make_update,
    owe,
    sent,
)


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///var/painbot.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:////srv/painbot.db", "sqlite+aiosqlite"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg"),
        ("postgres://u:p@h/d", "postgresql+asyncpg"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+asyncpg"),
    ],
)
def test_plain_addresses_get_their_async_driver(given: str, driver: str) -> None:
    assert driver_url(given).drivername == driver


@pytest.mark.parametrize(
    "given",
    [
        "mysql://u:hunter2@h/d",
        "postgresql://u:hunter2@h:port/d",
        "hunter2",
        "sqlite://",
        "sqlite:///:memory:",
        "",
    ],
)
def test_a_wrong_address_is_explained_without_repeating_it(given: str) -> None:
    with pytest.raises(PainbotError, match="PAINBOT_DATABASE_URL") as caught:
        create_engine(given)
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


async def pragma(storage: SqlStorage, name: str) -> Any:
    async with storage.connection(read_only=True) as connection:
        return (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()


async def test_sqlite_is_set_up_to_survive_a_power_cut(sqlite_url: str) -> None:
    storage = SqlStorage(create_engine(sqlite_url))
    assert await pragma(storage, "journal_mode") == "wal"
    assert await pragma(storage, "synchronous") == 2, "FULL"
    assert await pragma(storage, "foreign_keys") == 1
    assert await pragma(storage, "secure_delete") == 1
    await storage.close()


async def test_postgresql_commits_to_disk_even_where_the_server_says_otherwise(postgres_url: str) -> None:
    storage = SqlStorage(create_engine(postgres_url))
    name = storage.engine.url.database
    async with storage.connection() as connection:
        await connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    await storage.close()
    storage = SqlStorage(create_engine(postgres_url))
    async with storage.connection() as connection:
        assert (await connection.execute(text("SHOW synchronous_commit"))).scalar_one() == "on"
    async with storage.connection() as connection:
        assert (await connection.execute(text("SHOW synchronous_commit"))).scalar_one() == "on"
    await storage.close()


async def test_sslmode_is_understood(postgres_url: str) -> None:
    engine = create_engine(f"{postgres_url}?sslmode=disable")
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
    await engine.dispose()


async def test_a_failing_statement_never_repeats_a_persons_words(storage: SqlStorage) -> None:
    await enroll(storage, ANN)
    incomplete = {"chat_id": BEN, "country": "my knee hurts"}
    with pytest.raises(DBAPIError) as caught:
        async with storage.connection() as connection:
            await connection.execute(insert(learners).values(incomplete))
    shown = "".join(traceback.format_exception(caught.value))
    assert "created_at" in shown, "what went wrong is still said"
    assert "knee" not in shown
    assert str(BEN) not in shown


async def test_many_read_then_write_transactions_at_once_all_succeed(storage: SqlStorage) -> None:
    file = await enroll(storage)

    async def add_one() -> None:
        async with storage.begin() as unit:
            seen = await unit.learners.file(ANN, NOW)
            assert seen is not None
            count = int(seen.dialogue.data.get("count", "0")) + 1
            counted = replace(seen, dialogue=Dialogue("counting", {"count": str(count)}))
            await unit.learners.save(seen, counted)

    await asyncio.gather(*(add_one() for _ in range(20)))
    async with storage.begin() as unit:
        after = await unit.learners.file(ANN, NOW)
    assert after is not None
    assert after.dialogue.data == {"count": "20"}, "no update was lost"
    assert after.learner == file.learner


async def test_two_storages_on_one_database_both_write(storage: SqlStorage, database_url: str) -> None:
    other = SqlStorage(create_engine(database_url))

    async def write(where: SqlStorage, first: int) -> None:
        for number in range(first, first + 10):
            async with where.begin() as unit:
                await unit.inbox.add_many([make_update(number)], NOW)

    await asyncio.gather(write(storage, 1), write(other, 100))
    async with storage.begin_read() as unit:
        assert len(await unit.inbox.heads(NOW, 100)) == 1
    async with storage.connection(read_only=True) as connection:
        stored = await connection.execute(select(func.count()).select_from(inbox_updates))
        assert stored.scalar_one() == 20
    await other.close()


async def test_reading_waits_for_no_writer(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(1)], NOW)
        async with asyncio.timeout(5), storage.begin_read() as reader:
            assert await reader.inbox.heads(NOW, 10) == []


async def test_a_cancelled_transaction_is_undone_and_frees_the_writer(storage: SqlStorage) -> None:
    async def hang() -> None:
        async with storage.begin() as unit:
            await unit.inbox.add_many([make_update(1)], NOW)
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5), storage.begin() as unit:
        assert await unit.inbox.heads(NOW, 10) == []


async def test_idle_means_handled_and_sent_and_what_is_parked_does_not_count(storage: SqlStorage) -> None:
    assert await idle(storage, NOW)
    (made, second) = await owe(storage, make_message(key="a"), make_message(key="b"))
    await claim(storage)
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(1), make_update(2)], NOW)
        await unit.inbox.park(make_update(1).update_id, NOW, "KeyError at x:1")
    assert [update.update_id for update in await parked(storage)] == [1]
    assert not await idle(storage, NOW)
    assert await unsent(storage, ANN) == [None, None]
    async with storage.begin() as unit:
        await unit.inbox.mark_done(make_update(2).update_id, NOW)
        await unit.outbox.settle([back(made, retry_at=later(5))], NOW)
    assert await unsent(storage, ANN) == [later(5), None]
    assert not await idle(storage, NOW)
    async with storage.begin() as unit:
        await unit.outbox.settle([sent(second)], NOW)
    assert not await idle(storage, later(5))
    assert await idle(storage, later(4)), "what is tried again only after that does not count"
    async with storage.begin() as unit:
        await unit.outbox.settle([sent(made)], NOW)
        await unit.outbox.cancel_pending(ANN, pushes_only=False, now=NOW)
    assert await idle(storage, NOW)
    assert await unsent(storage, ANN) == []
