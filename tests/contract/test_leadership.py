"""One process leads; the next takes over when it is gone."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from painbot.core.errors import AlreadyRunning
from painbot.storage.engine import create_engine
from painbot.storage.leadership import POLL_SECONDS, Leadership, leadership

LEAD_AND_HANG = """
import asyncio, sys
from painbot.storage.engine import create_engine
from painbot.storage.leadership import leadership

async def main():
    async with leadership(create_engine(sys.argv[1])):
        print("leading", flush=True)
        await asyncio.sleep(3600)

asyncio.run(main())
"""


def lead(url: str) -> Leadership:
    return leadership(create_engine(url))


async def other_process_leads(url: str) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LEAD_AND_HANG, url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"leading\n"
    return process


async def kill(process: asyncio.subprocess.Process) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def test_a_second_process_on_one_sqlite_file_is_told_to_stop(sqlite_url: str) -> None:
    async with lead(sqlite_url):
        with pytest.raises(AlreadyRunning, match="Stop it first"):
            await lead(sqlite_url).acquire()
    async with lead(sqlite_url):
        pass


async def test_a_killed_process_leaves_no_sqlite_lock_behind(sqlite_url: str) -> None:
    process = await other_process_leads(sqlite_url)
    with pytest.raises(AlreadyRunning):
        await lead(sqlite_url).acquire()
    await kill(process)
    async with lead(sqlite_url):
        pass


async def test_two_sqlite_files_have_two_leaders(sqlite_url: str, tmp_path: Path) -> None:
    async with lead(sqlite_url), lead(f"sqlite:///{tmp_path / 'second.db'}"):
        pass


async def test_the_second_process_on_postgresql_takes_over_after_a_kill(postgres_url: str) -> None:
    process = await other_process_leads(postgres_url)
    standby = lead(postgres_url)
    waiting = asyncio.create_task(standby.acquire())
    await asyncio.sleep(POLL_SECONDS + 0.5)
    assert not waiting.done()
    await kill(process)
    await asyncio.wait_for(waiting, 15)
    assert not standby.lost.is_set()
    await standby.release()


async def test_releasing_hands_the_lead_over(postgres_url: str) -> None:
    first, second = lead(postgres_url), lead(postgres_url)
    await first.acquire()
    waiting = asyncio.create_task(second.acquire())
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await first.release()
    await asyncio.wait_for(waiting, 2 * POLL_SECONDS)
    await second.release()
    await second.release()


async def test_a_leader_whose_connection_dies_is_told(postgres_url: str) -> None:
    leader = lead(postgres_url)
    await leader.acquire()
    engine = create_engine(postgres_url)
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks "
                "WHERE locktype = 'advisory' AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
    await engine.dispose()
    await asyncio.wait_for(leader.lost.wait(), 3 * POLL_SECONDS)
    await leader.release()


async def test_giving_up_the_wait_leaves_no_lock(postgres_url: str) -> None:
    first, second, third = lead(postgres_url), lead(postgres_url), lead(postgres_url)
    await first.acquire()
    waiting = asyncio.create_task(second.acquire())
    await asyncio.sleep(0.1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await second.release()
    await first.release()
    await asyncio.wait_for(third.acquire(), POLL_SECONDS)
    await third.release()
