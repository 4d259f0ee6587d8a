"""What one due row costs a tick, when few and when a million are enrolled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack

from benchmarks.crowd import Crowd
from benchmarks.figures import Figure, Rounds
from benchmarks.processes import MEASURED_CORE
from benchmarks.stage import Bench, RunningClock, environment, opened
from painbot.services.planner import Planner

MOST = {"sqlite": 2.0, "postgresql": 1.3}

WAVES_A_ROUND = 5
"""Many small pairs: what disturbs the machine for a second then spoils few of them."""


def run(bench: Bench) -> Iterator[Figure]:
    """Plan as many due rows in a small crowd and in a large one, in turn."""
    due, waves = bench.pick(400, 10), bench.rounds * WAVES_A_ROUND
    few, many = bench.pick(10_000, 100), bench.pick(1_000_000, 2000)
    for kind in bench.databases:
        urls = [bench.fresh_database(kind) for _ in range(2)]
        costs, seeding_s = bench.alone(_ticks, urls, [few, many], due, waves, core=MEASURED_CORE)
        rounds = Rounds(costs[1], costs[0])
        yield Figure(
            name=f"tick-{kind}",
            value=rounds.value,
            unit="us/due row",
            baseline=rounds.baseline,
            baseline_is=f"the same with {few} enrolled instead of {many}",
            ratio=rounds.ratio,
            spread=rounds.spread,
            bar=f"ratio at most {MOST[kind]}",
            met=rounds.ratio <= MOST[kind],
            notes={"seeding_s": seeding_s},
        )


async def _ticks(urls: list[str], sizes: list[int], due: int, waves: int) -> tuple[list[list[float]], float]:
    """Return for each size the microseconds a due row takes, round by round, and how long seeding took."""
    crowds = [Crowd(size, each=due, waves=waves) for size in sizes]
    costs: list[list[float]] = [[], []]
    async with AsyncExitStack() as stack:
        started = time.perf_counter()
        planners: list[Planner] = []
        for url, crowd in zip(urls, crowds, strict=True):
            storage = await stack.enter_async_context(opened(url))
            await crowd.enroll(storage)
            planners.append(Planner(storage, RunningClock(), await environment(storage), asyncio.Event()))
        seeding_s = time.perf_counter() - started
        for wave in range(waves):
            for planner, crowd, cost in zip(planners, crowds, costs, strict=True):
                started = time.perf_counter()
                found = await planner.tick(crowd.due_at(wave))
                cost.append((time.perf_counter() - started) / found * 1e6)
                if found != due:
                    raise RuntimeError(f"{found} were due, not {due}")
    return costs, seeding_s
