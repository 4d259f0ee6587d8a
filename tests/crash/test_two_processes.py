"""More than one process, a stop in the middle of sending, and changes of how updates come in."""

import asyncio
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from painbot.telegram.conflicts import UNDISTURBED_SECONDS
from tests.crash.bots import Nursery
from tests.crash.campaign import Campaign, make_campaign
from tests.crash.proxy import free_port, proxy
from tests.crash.telegram_side import TOKEN, TelegramSide
from tests.crash.waiting import until

pytestmark = [pytest.mark.crash, pytest.mark.asyncio(loop_scope="session")]

SEED = 11
TAKES_OVER_SECONDS = 15.0
STOPS_SECONDS = 10.0


async def test_when_the_leader_is_killed_the_other_takes_over_and_nothing_is_lost(
    telegram: TelegramSide, bots: Nursery, postgres_url: str, tmp_path: Path
) -> None:
    async with make_campaign(telegram, bots, postgres_url, tmp_path) as campaign:
        ports = [free_port(), free_port()]
        await campaign.settle_people(SEED, lives=3)
        async with proxy(ports) as address:
            behind = [{"webhook_url": address, "webhook_listen": f"127.0.0.1:{port}"} for port in ports]
            async with campaign.people_about(SEED):
                leader = await campaign.start(name="leader", **behind[0])
                await leader.says("leading")
                follower = await campaign.start(name="follower", **behind[1])
                # Its first piece of work is an update that it stored, for it does nothing else.
                async with asyncio.timeout(20):
                    await follower.worked.wait()
                await asyncio.sleep(1.0)
                assert "leading" not in follower.said()
                killed_at = time.monotonic()
                await leader.kill()
                campaign.in_flight.append(await campaign.database.in_flight(alone=False))
                await follower.says("leading")
                assert time.monotonic() - killed_at < TAKES_OVER_SECONDS
                await asyncio.sleep(1.0)
            await campaign.drained_by(follower)
        verdict = await campaign.judge()
        assert not verdict.problems, "\n".join(verdict.problems[:20])
        assert verdict.updates > 10


async def test_a_second_process_on_sqlite_stops_and_says_why(
    telegram: TelegramSide, sqlite_url: str, tmp_path: Path
) -> None:
    first = await _painbot_run(telegram, sqlite_url, tmp_path)
    try:
        assert first.stderr is not None
        async with asyncio.timeout(60):
            while b'"receiving"' not in await first.stderr.readline():
                pass
        second = await _painbot_run(telegram, sqlite_url, tmp_path)
        async with asyncio.timeout(60):
            _, words = await second.communicate()
        assert second.returncode == 1
        assert b"Another painbot already runs on this database file" in words
        assert b"Traceback" not in words
        assert first.returncode is None
        first.terminate()
        async with asyncio.timeout(STOPS_SECONDS):
            assert await first.wait() == 0
    finally:
        if first.returncode is None:
            first.kill()


async def test_a_second_process_with_the_token_on_another_file_stops_and_the_first_goes_on(
    telegram: TelegramSide, sqlite_url: str, tmp_path: Path
) -> None:
    other_file = tmp_path / "other.db"
    shutil.copy(sqlite_url.partition("///")[2], other_file)
    first = await _painbot_run(telegram, sqlite_url, tmp_path)
    try:
        assert first.stderr is not None
        async with asyncio.timeout(60):
            while b'"receiving"' not in await first.stderr.readline():
                pass
        (person,) = await telegram.people(1)
        await telegram.types(person, "hello")
        await until(lambda: _all_fetched(telegram), 20)
        await asyncio.sleep(UNDISTURBED_SECONDS + 1)
        second = await _painbot_run(telegram, f"sqlite:///{other_file}", tmp_path)
        async with asyncio.timeout(60):
            _, words = await second.communicate()
        assert second.returncode == 1
        assert b"Another process receives updates with this bot token" in words
        await asyncio.sleep(3)
        assert first.returncode is None
        first.terminate()
        async with asyncio.timeout(STOPS_SECONDS):
            _, warned = await first.communicate()
        assert first.returncode == 0
        assert b"second_process_polls" in warned
    finally:
        if first.returncode is None:
            first.kill()


async def _all_fetched(telegram: TelegramSide) -> bool:
    return await telegram.updates_waiting() == 0


async def _painbot_run(telegram: TelegramSide, url: str, folder: Path) -> asyncio.subprocess.Process:
    """Start the program itself, as an operator does."""
    return await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("painbot"),
        "run",
        cwd=folder,
        env={
            **os.environ,
            "PAINBOT_TOKEN": TOKEN,
            "PAINBOT_OPERATOR_NAME": "Riverside Clinic",
            "PAINBOT_CONTACT": "painbot@example.org",
            "PAINBOT_DATABASE_URL": url.replace("+aiosqlite", ""),
            "PAINBOT_BOT_API_URL": telegram.url,
            "PAINBOT_LOG_FORMAT": "json",
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_a_stop_ends_in_time_while_telegram_does_not_answer(campaign: Campaign) -> None:
    await campaign.settle_people(SEED, lives=3)
    # Never applied: what was cut off must come later, once.
    await campaign.telegram.add_fault(kind="slow", method="sendMessage", delay_seconds=40.0, applied=False)
    campaign.lives = 3
    bot = await campaign.start()
    leased = "SELECT count(*) FROM outbox_messages WHERE status = 'leased'"
    await until(lambda: campaign.database.value(leased), 20)
    asked_at = time.monotonic()
    assert await bot.stop(within_seconds=STOPS_SECONDS) == 0
    assert time.monotonic() - asked_at < STOPS_SECONDS
    assert not await campaign.database.in_flight(), "its outcome is on record: nobody knows"
    await campaign.telegram.clear_faults()
    await campaign.drain()
    verdict = await campaign.judge()
    assert not verdict.problems, "\n".join(verdict.problems[:20])
    assert verdict.repeats == 0


async def test_going_from_polling_to_a_webhook_and_back_drops_no_update(campaign: Campaign) -> None:
    await campaign.settle_people(SEED, lives=1)
    port = free_port()
    webhook = {
        "webhook_url": f"http://127.0.0.1:{port}/telegram",
        "webhook_listen": f"127.0.0.1:{port}",
    }
    talkers = campaign.groups[1]
    for settings in ({}, webhook, {}, webhook):
        for person in talkers:
            await person.act(campaign.telegram)
        assert await campaign.telegram.updates_waiting() == len(talkers)
        bot = await campaign.start(**settings)
        await campaign.drained_by(bot)
    verdict = await campaign.judge()
    assert verdict.updates == 4 * len(talkers)
    assert not verdict.problems, "\n".join(verdict.problems[:20])
