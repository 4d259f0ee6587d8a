"""How fast messages leave with the limits lifted, against python-telegram-bot's own best."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from benchmarks.bot_api import TOKEN, responder
from benchmarks.crowd import NOW, chat_of
from benchmarks.figures import Figure, Rounds
from benchmarks.load import flood, post
from benchmarks.processes import MEASURED_CORE
from benchmarks.stage import Bench, RunningClock, bot, lifted, opened, owe_all
from painbot.core.delivery import NewOutboxMessage, OutboxStatus, RenderedMessage
from painbot.core.outgoing import MessageKind
from painbot.storage.tables import outbox_messages

HTML = "<b>Today</b>: your nervous system can turn pain up and down. It takes about four minutes to read."
BUTTONS = ((("Open", "1|o|pne-01"),), (("Check in", "1|ci|2026-11-22"),))
CONCURRENT = (1, 8, 32)
RESPONDER_NEEDS = 5000.0
LEAST = 1200.0
TIMES = 3.0


@dataclass(frozen=True, order=True)
class _Speed:
    """Messages a second, and a second of this process's own computing: a busy machine spoils only one."""

    per_second: float
    per_cpu_second: float


def run(bench: Bench) -> Iterator[Figure]:
    """Measure in turn, round by round: the library's three ways, then painbot on each database."""
    count, baseline_count = bench.pick(5000, 100), bench.pick(500, 30)
    with responder() as telegram:
        proved = bench.alone(_raw_calls, telegram.port, bench.pick(2, 1) / 2, core=MEASURED_CORE)
        library: dict[int, list[_Speed]] = {concurrent: [] for concurrent in CONCURRENT}
        painbot: dict[str, list[_Speed]] = {kind: [] for kind in bench.databases}
        for _ in range(bench.rounds):
            for concurrent in CONCURRENT:
                library[concurrent].append(
                    bench.alone(_library_sends, telegram.url, baseline_count, concurrent, core=MEASURED_CORE)
                )
            for kind in bench.databases:
                url = bench.fresh_database(kind)
                painbot[kind].append(
                    bench.alone(_painbot_sends, url, telegram.url, count, core=MEASURED_CORE)
                )
    best = [max(speeds) for speeds in zip(*library.values(), strict=True)]
    for kind, speeds in painbot.items():
        values = [speed.per_second for speed in speeds]
        rounds = Rounds(values, [speed.per_second for speed in best])
        busy = Rounds([speed.per_cpu_second for speed in speeds], [speed.per_cpu_second for speed in best])
        is_sqlite = kind == "sqlite"
        yield Figure(
            name=f"outbox-{kind}",
            value=rounds.value,
            unit="messages/s",
            baseline=rounds.baseline,
            baseline_is="python-telegram-bot with its default transport, best of 1, 8 and 32 at once",
            ratio=rounds.ratio,
            spread=rounds.spread,
            bar="ratio at least 3 and never under 1200/s" if is_sqlite else "",
            met=(rounds.ratio >= TIMES and min(values) >= LEAST and proved >= RESPONDER_NEEDS)
            if is_sqlite
            else None,
            notes={
                "responder_calls_per_s": proved,
                "per_cpu_second": busy.value,
                "library_per_cpu_second": busy.baseline,
                **{
                    f"library_at_{number}": statistics.median(speed.per_second for speed in found)
                    for number, found in library.items()
                },
            },
        )


async def _raw_calls(port: int, seconds: float) -> float:
    body = b'{"chat_id": 42, "text": "Today", "reply_markup": {"inline_keyboard": [[]]}}'
    request = post(f"/bot{TOKEN}/sendMessage", body)
    return await flood(port, lambda _: request, seconds=seconds, connections=32)


async def _library_sends(api_url: str, count: int, concurrent: int) -> _Speed:
    """Return the speed of the library alone, which stores nothing."""
    rows = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in BUTTONS]
    markup = InlineKeyboardMarkup(rows)
    waiting = iter(range(count))
    async with Bot(TOKEN, base_url=f"{api_url}/bot") as telegram:

        async def send() -> None:
            for number in waiting:
                await telegram.send_message(
                    chat_of(number),
                    HTML,
                    parse_mode="HTML",
                    reply_markup=markup,
                    disable_web_page_preview=True,
                )

        started, worked = time.perf_counter(), time.process_time()
        await asyncio.gather(*(send() for _ in range(concurrent)))
        return _Speed(count / (time.perf_counter() - started), count / (time.process_time() - worked))


async def _painbot_sends(url: str, api_url: str, count: int) -> _Speed:
    """Return the speed from the start of the bot until the last outcome is durably written."""
    rendered = RenderedMessage(HTML, BUTTONS)
    messages = [
        NewOutboxMessage(chat_of(number), None, MessageKind.LESSON, f"bench:{number}", rendered, NOW)
        for number in range(count)
    ]
    async with opened(url) as storage:
        await owe_all(storage, messages)
        async with bot(storage, api_url, lifted(), RunningClock()) as engine:
            started, worked = time.perf_counter(), time.process_time()
            engine.lead()
            await engine.dispatcher.wait_idle()
            speed = _Speed(count / (time.perf_counter() - started), count / (time.process_time() - worked))
        async with storage.connection(read_only=True) as connection:
            written = select(func.count()).where(outbox_messages.c.status == OutboxStatus.SENT.value)
            if (await connection.execute(written)).scalar_one() != count:
                raise RuntimeError("not every message was sent and its outcome written")
    return speed
