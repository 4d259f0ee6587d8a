"""How long a check-in tap takes from receipt to its committed reply, and to the call, on an idle bot."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.bot_api import Responder, responder
from benchmarks.crowd import Crowd, chat_of
from benchmarks.figures import Figure, Rounds, percentile
from benchmarks.limits import answer_pain, tap
from benchmarks.processes import MEASURED_CORE
from benchmarks.stage import Bench, RunningClock, bot, lifted, opened

COMMITTED_MS = 10.0
CALLED_MS = 100.0
PAUSE_SECONDS = 0.02
COMMITS = 2
"""What a tap needs at least: one commit for the update, one for the answer and the reply."""


def run(bench: Bench) -> Iterator[Figure]:
    """Tap one after the other, each on an idle bot."""
    taps = bench.pick(200, 5)
    for kind in bench.databases:
        bare: list[float] = []
        committed: list[list[float]] = []
        called: list[list[float]] = []
        for _ in range(bench.rounds):
            bare.append(_bare_commits(bench.folder, taps))
            url = bench.fresh_database(kind)
            with responder(limit=1_000_000) as telegram:
                tapped, done = bench.alone(_taps, url, telegram.url, taps, core=MEASURED_CORE)
                called.append(_called(telegram, done))
            committed.append([(done[chat] - at) * 1000 for chat, at in tapped.items()])
        medians = Rounds([percentile(found, 50) for found in committed], bare)
        late = Rounds([percentile(found, 95) for found in committed], bare)
        yield Figure(
            name=f"tap-committed-{kind}",
            value=medians.value,
            unit="ms, median",
            baseline=medians.baseline,
            baseline_is="two bare commits of one row with Python's sqlite3, as durable",
            ratio=medians.ratio,
            spread=medians.spread,
            bar="under 10 ms" if kind == "sqlite" else "",
            met=medians.value < COMMITTED_MS if kind == "sqlite" else None,
            notes={"p95_ms": late.value, "p95_highest_round_ms": late.spread[1]},
        )
        onward = Rounds([percentile(found, 50) for found in called], [CALLED_MS] * bench.rounds)
        highest = max(percentile(found, 99) for found in called)
        yield Figure(
            name=f"tap-called-{kind}",
            value=onward.value,
            unit="ms, median",
            baseline=CALLED_MS,
            baseline_is="the 100 ms within which the reply is to leave after the commit",
            ratio=onward.ratio,
            spread=onward.spread,
            bar="at most 100 ms at the 99th percentile",
            met=highest <= CALLED_MS,
            notes={"p99_highest_round_ms": highest},
        )


def _bare_commits(folder: Path, count: int) -> float:
    """Return the median milliseconds of the commits a tap cannot do without."""
    path = Path(tempfile.mkdtemp(dir=folder)) / "bare.db"
    took: list[float] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, words TEXT)")
        for _ in range(count):
            started = time.perf_counter()
            for _ in range(COMMITS):
                connection.execute("INSERT INTO rows (words) VALUES (?)", ("x" * 400,))
            took.append((time.perf_counter() - started) * 1000)
    return percentile(took, 50)


async def _taps(url: str, api_url: str, taps: int) -> tuple[dict[int, float], dict[int, float]]:
    """Return by chat when its tap came in and when its reply was committed (monotonic)."""
    warm_up = taps // 10 + 1
    crowd = Crowd(size=2 * (taps + warm_up), each=1)
    tapped: dict[int, float] = {}
    committed: dict[int, float] = {}
    arrived = asyncio.Event()
    last = 0.0

    def note(place: str) -> None:
        nonlocal last
        if place == "after_handle_commit":
            last = time.monotonic()
            arrived.set()

    async with opened(url) as storage:
        await crowd.enroll(storage)
        async with bot(storage, api_url, lifted(), RunningClock(), note) as engine:
            engine.lead()
            await engine.settle()
            for number, learner in enumerate(crowd.others(taps + warm_up), start=1):
                chat_id = chat_of(learner)
                arrived.clear()
                came_at = time.monotonic()
                await engine.intake.put(tap(number, chat_id, answer_pain(number % 11)))
                await arrived.wait()
                if number > warm_up:
                    tapped[chat_id], committed[chat_id] = came_at, last
                await engine.settle()
                await asyncio.sleep(PAUSE_SECONDS)
    return tapped, committed


def _called(telegram: Responder, committed: dict[int, float]) -> list[float]:
    """Return how many milliseconds after its commit each reply reached the server."""
    _, arrivals = telegram.report()
    reached = {chat: at for at, chat in reversed(arrivals)}
    return [(reached[chat] - at) * 1000 for chat, at in committed.items()]
