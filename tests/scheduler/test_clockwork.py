"""Ticks: called at once and again, one at a time, and let go in order."""

import asyncio
import logging
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from painbot.scheduler.clockwork import Clockwork
from painbot.testing.clock import ManualClock
from tests.contract.factories import NOW

SOON = timedelta(seconds=0.02)


async def test_a_tick_is_called_at_the_start_with_the_clocks_time() -> None:
    clockwork = Clockwork(ManualClock(NOW))
    called: asyncio.Future[datetime] = asyncio.get_running_loop().create_future()

    async def tick(now: datetime) -> None:
        called.set_result(now)

    clockwork.every(timedelta(hours=1), "plan", tick)
    clockwork.start()
    async with asyncio.timeout(5):
        assert await called == NOW
    await clockwork.stop()


async def test_a_slow_tick_is_never_run_twice_at_once_and_a_stop_lets_it_end() -> None:
    clockwork = Clockwork(ManualClock(NOW))
    running, most, ended = 0, 0, 0

    async def tick(now: datetime) -> None:
        nonlocal running, most, ended
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1
        ended += 1

    clockwork.every(SOON, "plan", tick)
    clockwork.start()
    await asyncio.sleep(0.15)
    await clockwork.stop()
    assert (running, most) == (0, 1)
    ended_by_the_stop = ended
    assert ended_by_the_stop >= 1
    await asyncio.sleep(0.1)
    assert ended == ended_by_the_stop


async def test_a_tick_slower_than_its_interval_is_nothing_to_warn_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    clockwork = Clockwork(ManualClock(NOW))
    release = asyncio.Event()

    async def tick(now: datetime) -> None:
        await release.wait()

    clockwork.every(SOON, "plan", tick)
    clockwork.start()
    await asyncio.sleep(5 * SOON.total_seconds())
    release.set()
    await clockwork.stop()
    assert caplog.messages == []


async def test_a_failing_tick_is_an_error_in_the_log_without_its_words() -> None:
    clockwork = Clockwork(ManualClock(NOW))

    async def tick(now: datetime) -> None:
        raise RuntimeError("words of a learner")

    with capture_logs() as lines:
        clockwork.every(timedelta(hours=1), "plan", tick)
        clockwork.start()
        await asyncio.sleep(SOON.total_seconds())
        await clockwork.stop()
    (line,) = lines
    assert (line["event"], line["log_level"], line["tick"]) == ("tick_failed", "error", "plan")
    assert "words of a learner" not in str(line)


async def test_a_failing_tick_is_called_again() -> None:
    clockwork = Clockwork(ManualClock(NOW))
    again = asyncio.Event()
    calls = 0

    async def tick(now: datetime) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError("the first one fails")
        again.set()

    clockwork.every(SOON, "plan", tick)
    clockwork.start()
    async with asyncio.timeout(5):
        await again.wait()
    await clockwork.stop()
