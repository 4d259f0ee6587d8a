"""A crowd's lessons and taps together under Telegram's own limit of calls a second."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Iterator

from benchmarks.bot_api import Responder, responder
from benchmarks.crowd import NOW, TODAY, Crowd, chat_of
from benchmarks.figures import Figure, Rounds, percentile
from benchmarks.processes import MEASURED_CORE
from benchmarks.stage import Bench, RunningClock, bot, opened
from painbot.core.ids import ChatId
from painbot.services.flow_control import FlowControl
from painbot.services.ports import NewUpdate
from painbot.telegram.updates import new_update

PER_SECOND = 30
WITHIN = 1.05
REPLY_MS = 200.0
MOST_ROUNDS = 3
"""A round takes as long as Telegram's limit makes it: some 40 seconds."""


def run(bench: Bench) -> Iterator[Figure]:
    """Lessons for everybody due at once, taps at random times meanwhile, all handled by the whole bot."""
    lessons, taps = bench.pick(1000, 20), bench.pick(240, 10)
    rounds = min(bench.rounds, MOST_ROUNDS)
    least = (lessons + taps) / PER_SECOND
    for kind in bench.databases:
        drains: list[float] = []
        slow: list[float] = []
        latencies: list[float] = []
        refused = 0
        for number in range(rounds):
            url = bench.fresh_database(kind)
            with responder(limit=PER_SECOND) as telegram:
                started, tapped = bench.alone(
                    _drain, url, telegram.url, lessons, taps, number, core=MEASURED_CORE
                )
                drain, waits, turned_away = _read(telegram, started, tapped, lessons + taps)
            refused += turned_away
            drains.append(drain)
            slow.append(percentile(waits, 99))
            latencies += waits
        drained = Rounds(drains, [least] * rounds)
        yield Figure(
            name=f"limits-drain-{kind}",
            value=drained.value,
            unit="s",
            baseline=least,
            baseline_is=f"{lessons} lessons and {taps} replies at {PER_SECOND} a second",
            ratio=drained.ratio,
            spread=drained.spread,
            bar="ratio at most 1.05 and no call refused by a server that takes 30 in any second",
            met=drained.ratio <= WITHIN and not refused,
            notes={"refused": float(refused)},
        )
        replied = Rounds(slow, [1000 / PER_SECOND] * rounds)
        yield Figure(
            name=f"limits-reply-p99-{kind}",
            value=replied.value,
            unit="ms",
            baseline=replied.baseline,
            baseline_is="the time between two calls at the limit",
            ratio=replied.ratio,
            spread=replied.spread,
            bar="at most 200 ms from the update's receipt to the call",
            met=replied.value <= REPLY_MS,
            notes={"median_ms": percentile(latencies, 50), "all_rounds_p99_ms": percentile(latencies, 99)},
        )


def tap(update_id: int, chat_id: ChatId, data: str) -> NewUpdate:
    """Return a press on a button as Telegram sends it."""
    person = {"id": chat_id, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    message = {
        "message_id": 77,
        "date": int(NOW.timestamp()),
        "chat": {"id": chat_id, "type": "private", "first_name": "Ann"},
        "from": {"id": 123456, "is_bot": True, "first_name": "Benchmark", "username": "benchmark_bot"},
        "text": "How is today?",
    }
    press = {"id": str(update_id), "from": person, "message": message, "chat_instance": "1", "data": data}
    update = {"update_id": update_id, "callback_query": press}
    return new_update(update, json.dumps(update))


def answer_pain(value: int) -> str:
    """Return the button data of an answer to today's check-in."""
    return f"1|f|checkin:{TODAY.isoformat()}|pain|{value}"


async def _drain(
    url: str, api_url: str, lessons: int, taps: int, seed: int
) -> tuple[float, dict[int, float]]:
    """Return when the bot began to lead, and when each tapping chat's update came in (monotonic)."""
    crowd = Crowd(size=2 * (lessons + taps), each=lessons)
    chosen = random.Random(seed)
    tapping = crowd.others(taps)
    span = 0.85 * (lessons + taps) / PER_SECOND
    moments = sorted(chosen.uniform(0, span) for _ in tapping)
    tapped: dict[int, float] = {}
    async with opened(url) as storage:
        await crowd.enroll(storage)
        async with bot(storage, api_url, FlowControl(), RunningClock()) as engine:
            started = time.monotonic()
            engine.lead()
            for number, (learner, moment) in enumerate(zip(tapping, moments, strict=True), start=1):
                await asyncio.sleep(max(0.0, started + moment - time.monotonic()))
                chat_id = chat_of(learner)
                tapped[chat_id] = time.monotonic()
                await engine.intake.put(tap(number, chat_id, answer_pain(chosen.randrange(11))))
            # Once the last tap is in: until nothing waits for a place any more.
            await engine.settle()
            while not engine.dispatcher.idle:
                await engine.settle()
    return started, tapped


def _read(
    telegram: Responder, started: float, tapped: dict[int, float], sends: int
) -> tuple[float, list[float], int]:
    """Return the seconds until the last send, the milliseconds each reply took, and the refusals."""
    refused, arrivals = telegram.report()
    reached = {chat: at for at, chat in reversed(arrivals)}
    if len(arrivals) != sends:
        raise RuntimeError(f"{len(arrivals)} calls were made, not {sends}")
    waits = [(reached[chat] - at) * 1000 for chat, at in tapped.items()]
    return max(at for at, _ in arrivals) - started, waits, refused
