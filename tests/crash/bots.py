"""The tests' side of the nursery: bring painbot processes up, kill them, wait for their end."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from tests.crash.nursery import Birth
from tests.crash.waiting import until

ROOT = Path(__file__).parents[2]
READY_SECONDS = 60.0
BORN_SECONDS = 20.0


class BotProcess:
    """One painbot process; `ended` holds its exit code, negative for a signal."""

    def __init__(self, birth: Birth) -> None:
        loop = asyncio.get_running_loop()
        self.birth = birth
        self.born: asyncio.Future[int] = loop.create_future()
        self.worked = asyncio.Event()
        self.ended: asyncio.Future[int] = loop.create_future()
        self._said_before = len(self.said())

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, unless the process is gone already."""
        if not self.ended.done():
            os.kill(self.born.result(), number)

    async def kill(self) -> None:
        """End it at this very instant and wait until it is gone."""
        self.signal(signal.SIGKILL)
        await self.ended

    async def stop(self, within_seconds: float = 20.0) -> int:
        """Ask it to stop as an operator would; return its exit code."""
        self.signal(signal.SIGTERM)
        async with asyncio.timeout(within_seconds):
            return await asyncio.shield(self.ended)

    async def says(self, words: str, within_seconds: float = 30.0) -> None:
        """Wait until it writes this to the log."""

        async def has_said() -> bool:
            assert not self.ended.done(), self.said()[-2000:]
            return words in self.said()[self._said_before :]

        await until(has_said, within_seconds)

    def said(self) -> str:
        """Return what it and its namesakes wrote to the log."""
        log = Path(self.birth.log)
        return log.read_text() if log.exists() else ""


class Nursery:
    """Starts painbot processes on request."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._numbers = itertools.count(1)
        self._bots: dict[int, BotProcess] = {}

    async def start(self, birth: Birth) -> BotProcess:
        """Bring up one process; it may not be working yet."""
        bot = BotProcess(replace(birth, number=next(self._numbers)))
        self._bots[bot.birth.number] = bot
        assert self._process.stdin is not None
        self._process.stdin.write(bot.birth.to_line().encode())
        await self._process.stdin.drain()
        async with asyncio.timeout(BORN_SECONDS):
            await bot.born
        return bot

    async def listen(self) -> None:
        """Take in what the nursery tells, until it ends."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            news = json.loads(line)
            bot = self._bots[news["number"]]
            if "born" in news:
                bot.born.set_result(news["born"])
            elif "worked" in news:
                bot.worked.set()
            else:
                bot.ended.set_result(news["ended"])


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """A nursery of this test's own; leaving it kills whatever still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crash.nursery",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PAINBOT_")},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    async with asyncio.timeout(READY_SECONDS):
        assert json.loads(await process.stdout.readline()) == {"ready": True}
    made = Nursery(process)
    listening = asyncio.create_task(made.listen())
    try:
        yield made
    finally:
        process.stdin.close()
        await process.wait()
        await listening
