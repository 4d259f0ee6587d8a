"""What the benchmarks play on: fresh durable databases and the real bot, put together as in the product."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.bot_api import TOKEN
from benchmarks.crowd import NOW
from benchmarks.processes import in_own_process
from painbot.bootstrap import Engine, build_environment, load_configured_course, settle_in
from painbot.core.delivery import NewOutboxMessage
from painbot.services.environment import Environment
from painbot.services.fault_points import FaultPoints, no_faults
from painbot.services.flow_control import FlowControl
from painbot.settings import load_settings
from painbot.storage.engine import create_engine
from painbot.storage.migrate import upgrade
from painbot.storage.unit_of_work import SqlStorage
from painbot.telegram.application import TelegramLine
from tests.support.postgres import PostgresServer

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Bench:
    """One run of the benchmarks: where its files go, how big it is, and the PostgreSQL server if any."""

    folder: Path
    rounds: int
    tiny: bool
    postgres: PostgresServer | None

    def pick(self, full: int, tiny: int) -> int:
        """Return a size: the real one, or the one that only shows that the benchmark works."""
        return tiny if self.tiny else full

    def alone(self, work: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any, core: int) -> Any:
        """Run a coroutine function in a fresh process on one core (a tiny run: here); return its result."""
        if self.tiny:
            return asyncio.run(work(*arguments))
        return in_own_process(work, *arguments, core=core)

    @property
    def databases(self) -> tuple[str, ...]:
        """The databases to measure on."""
        return ("sqlite", "postgresql") if self.postgres else ("sqlite",)

    def fresh_database(self, kind: str) -> str:
        """Return the address of a new database with empty tables; durable, as in the product."""
        name = f"bench_{next(_numbers)}"
        if kind == "sqlite":
            url = f"sqlite:///{tempfile.mkdtemp(dir=self.folder)}/{name}.db"
        else:
            assert self.postgres is not None
            url = self.postgres.create_database(name)
        asyncio.run(upgrade(url))
        return url


class RunningClock:
    """A clock that starts at the benchmarks' first instant and runs as fast as the real one."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._started = time.monotonic()

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        return NOW + self._offset + timedelta(seconds=time.monotonic() - self._started)

    def skip(self, by: timedelta) -> None:
        """Move forward at once."""
        self._offset += by


def lifted() -> FlowControl:
    """Return send limits that limit nothing."""
    return FlowControl(per_second=0, chat_per_second=0)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[SqlStorage]:
    """Open a database and close it at the end."""
    storage = SqlStorage(create_engine(url))
    try:
        yield storage
    finally:
        await storage.close()


async def environment(storage: SqlStorage) -> Environment:
    """Load the shipped course, words and safety net."""
    settings = load_settings(None)
    return await build_environment(
        settings, storage, load_configured_course(settings), "Benchmark", "nobody@example.org"
    )


@asynccontextmanager
async def bot(
    storage: SqlStorage,
    api_url: str,
    flow: FlowControl,
    clock: RunningClock,
    fault_points: FaultPoints = no_faults,
) -> AsyncIterator[Engine]:
    """Put the bot together as `painbot run` does; the caller has it lead."""
    surroundings = await environment(storage)
    line = TelegramLine(TOKEN, api_url=api_url)
    try:
        await line.open()
        engine = Engine(storage, line, surroundings, clock, flow, fault_points)
        settle_in()
        yield engine
        await engine.stop()
    finally:
        await line.close()


async def owe_all(storage: SqlStorage, messages: list[NewOutboxMessage]) -> None:
    """Put many messages into the outbox."""
    for at in range(0, len(messages), 500):
        async with storage.begin() as uow:
            await uow.outbox.add_many(messages[at : at + 500])
