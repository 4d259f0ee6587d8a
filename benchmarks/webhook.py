"""Updates a second taken in by webhook and durably stored, against the library's own server."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from telegram import Bot
from telegram.ext import Updater

from benchmarks.bot_api import TOKEN, responder, typed_message
from benchmarks.figures import Figure, Rounds
from benchmarks.load import flood, post
from benchmarks.processes import LOAD_CORE, MEASURED_CORE, pin
from benchmarks.stage import Bench, RunningClock, opened
from painbot.services.intake import Intake
from painbot.web.app import create_app
from painbot.web.server import WebServer
from painbot.web.webhook import Webhook

SECRET = "a-secret-of-the-benchmark"
PATH = "/telegram"
CONNECTIONS = 40
"""As many as painbot lets Telegram open."""


def run(bench: Bench) -> Iterator[Figure]:
    """Flood the two servers in turn with the same updates."""
    seconds = bench.pick(4, 1) / 2
    painbot: dict[str, list[float]] = {kind: [] for kind in bench.databases}
    library: list[float] = []
    with responder() as telegram:
        for _ in range(bench.rounds):
            with _serving(_library_server, telegram.url) as port:
                library.append(bench.alone(_post_updates, port, seconds, core=LOAD_CORE))
            for kind in bench.databases:
                with _serving(_painbot_server, bench.fresh_database(kind)) as port:
                    painbot[kind].append(bench.alone(_post_updates, port, seconds, core=LOAD_CORE))
    for kind, values in painbot.items():
        rounds = Rounds(values, library)
        yield Figure(
            name=f"webhook-{kind}",
            value=rounds.value,
            unit="updates/s",
            baseline=rounds.baseline,
            baseline_is="python-telegram-bot's own webhook server, which stores nothing",
            ratio=rounds.ratio,
            spread=rounds.spread,
            bar="ratio at least 1" if kind == "sqlite" else "",
            met=rounds.ratio >= 1 if kind == "sqlite" else None,
        )


async def _post_updates(port: int, seconds: float) -> float:
    header = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"

    def make(number: int) -> bytes:
        return post(PATH, json.dumps(typed_message(number)).encode(), header)

    await flood(port, make, seconds=seconds / 4, connections=CONNECTIONS)
    return await flood(port, make, seconds=seconds, connections=CONNECTIONS, first=1_000_000)


Server = Callable[[Any, Connection], Coroutine[Any, Any, None]]


@contextmanager
def _serving(server: Server, argument: Any) -> Iterator[int]:
    """Run a server in a process of its own until the block ends; give its port."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run_server, args=(server, argument, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours.recv()
    finally:
        ours.send("stop")
        process.join(15)


def _run_server(server: Server, argument: Any, control: Connection) -> None:
    pin(MEASURED_CORE)
    asyncio.run(server(argument, control))


async def _until_told(control: Connection) -> None:
    await asyncio.get_running_loop().run_in_executor(None, control.recv)


async def _painbot_server(url: str, control: Connection) -> None:
    """Serve the webhook as `painbot run` does while another process leads: store and answer."""
    async with opened(url) as storage:
        intake = Intake(storage, RunningClock(), asyncio.Event())
        app = create_app(webhook=Webhook(intake.put, SECRET), webhook_path=PATH)
        server = WebServer(app, "127.0.0.1", 0)
        await server.start()
        control.send(server.port)
        await _until_told(control)
        await server.stop()
        await intake.close()


async def _library_server(api_url: str, control: Connection) -> None:
    """Serve the library's webhook into a queue that something empties."""
    queue: asyncio.Queue[object] = asyncio.Queue()

    async def empty() -> None:
        while True:
            await queue.get()

    port = _free_port()
    async with Bot(TOKEN, base_url=f"{api_url}/bot") as telegram:
        updater = Updater(telegram, queue)
        await updater.initialize()
        emptying = asyncio.create_task(empty())
        await updater.start_webhook(
            listen="127.0.0.1",
            port=port,
            url_path=PATH,
            webhook_url=f"https://example.org{PATH}",
            secret_token=SECRET,
            max_connections=CONNECTIONS,
        )
        control.send(port)
        await _until_told(control)
        await updater.stop()
        await updater.shutdown()
        emptying.cancel()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
