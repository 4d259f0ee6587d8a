"""Resident memory with a hundred thousand enrolled, idle and while much is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

from benchmarks.bot_api import responder
from benchmarks.crowd import Crowd
from benchmarks.figures import Figure
from benchmarks.processes import MEASURED_CORE, highest_resident_mb, resident_mb
from benchmarks.stage import Bench, RunningClock, bot, lifted, opened

MOST_MB = 200.0


def run(bench: Bench) -> Iterator[Figure]:
    """Run the whole bot in a process of its own: nothing due, then very many due at once."""
    enrolled, due = bench.pick(100_000, 200), bench.pick(20_000, 50)
    quiet_s = bench.pick(5, 1)
    for kind in bench.databases:
        found: list[tuple[float, float]] = []
        for size, each in ((50, 1), (enrolled, due)):
            url = bench.fresh_database(kind)
            bench.alone(_enroll, url, size, each, core=MEASURED_CORE)
            with responder() as telegram:
                found.append(bench.alone(_hold, url, telegram.url, size, each, quiet_s, core=MEASURED_CORE))
        (few_idle, few_draining), (idle, draining) = found
        for what, value, baseline in (("idle", idle, few_idle), ("draining", draining, few_draining)):
            yield Figure(
                name=f"memory-{what}-{kind}",
                value=value,
                unit="MB",
                baseline=baseline,
                baseline_is="the same process with 50 enrolled",
                ratio=value / baseline,
                spread=(value, value),
                bar="under 200 MB",
                met=value < MOST_MB,
                notes={"enrolled": float(enrolled), "due_at_once": float(due)},
            )


async def _enroll(url: str, size: int, each: int) -> None:
    async with opened(url) as storage:
        await Crowd(size, each=each).enroll(storage)


async def _hold(url: str, api_url: str, size: int, each: int, quiet_s: float) -> tuple[float, float]:
    """Return the resident MB with nothing due, and the most while everything due goes out."""
    clock = RunningClock()
    clock.skip(-timedelta(hours=1))
    async with opened(url) as storage, bot(storage, api_url, lifted(), clock) as engine:
        engine.lead()
        await asyncio.sleep(quiet_s)
        idle = resident_mb()
        clock.skip(timedelta(hours=1))
        await engine.planner.tick(clock.now())
        await engine.settle()
        return idle, highest_resident_mb()
