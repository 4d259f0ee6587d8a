"""Taking in what waits at Telegram after an outage: one transaction a fetch, against one an update."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence

from benchmarks.bot_api import TOKEN, responder
from benchmarks.figures import Figure, Rounds
from benchmarks.processes import MEASURED_CORE
from benchmarks.stage import Bench, RunningClock, opened
from painbot.services.intake import Intake
from painbot.services.ports import NewUpdate
from painbot.telegram.application import TelegramLine


def run(bench: Bench) -> Iterator[Figure]:
    """Poll the same pending updates in both ways in turn, each into a new database."""
    pending = bench.pick(1000, 30)
    with responder(pending=pending) as telegram:
        for kind in bench.databases:
            whole: list[float] = []
            single: list[float] = []
            for _ in range(bench.rounds):
                for rates, by_fetch in ((single, False), (whole, True)):
                    url = bench.fresh_database(kind)
                    rates.append(
                        bench.alone(_take_in, url, telegram.url, pending, by_fetch, core=MEASURED_CORE)
                    )
            rounds = Rounds(whole, single)
            yield Figure(
                name=f"burst-{kind}",
                value=rounds.value,
                unit="updates/s",
                baseline=rounds.baseline,
                baseline_is="the same with a transaction an update, as python-telegram-bot hands them over",
                ratio=rounds.ratio,
                spread=rounds.spread,
                notes={"pending": pending, "baseline_lowest": min(single), "baseline_highest": max(single)},
            )


async def _take_in(url: str, api_url: str, pending: int, by_fetch: bool) -> float:
    """Return how many pending updates a second are durably stored, from the first call to the last commit."""
    stored = 0
    all_stored = asyncio.Event()
    async with opened(url) as storage:
        intake = Intake(storage, RunningClock(), asyncio.Event())

        async def put_all(updates: Sequence[NewUpdate]) -> None:
            nonlocal stored
            if by_fetch:
                await intake.put_all(updates)
            else:
                for update in updates:
                    await intake.put(update)
            stored += len(updates)
            if stored >= pending:
                all_stored.set()

        line = TelegramLine(TOKEN, api_url=api_url)
        try:
            await line.open()
            started = time.perf_counter()
            await line.start_polling(put_all)
            await all_stored.wait()
            return pending / (time.perf_counter() - started)
        finally:
            await line.close()
            await intake.close()
