"""`painbot try`: the real bot and a simulated Telegram in one process, with a clock one can move."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from painbot.bootstrap import Engine, build_environment, flow_control, load_configured_course, open_storage
from painbot.core.errors import AlreadyRunning, PainbotError
from painbot.core.ids import ChatId
from painbot.core.planning import owed
from painbot.profile import register_profile
from painbot.rendering.catalog import catalog
from painbot.services.environment import Environment
from painbot.settings import Settings
from painbot.simulator.local_only import LOOPBACK
from painbot.simulator.server import SimulatedTelegram
from painbot.simulator.telegram_state import TelegramState
from painbot.simulator.time_machine import MovableClock, Scheduled
from painbot.storage.engine import sqlite_path
from painbot.storage.insights import keep_time, known_chats, latest_time, next_due_at, unsent
from painbot.storage.leadership import leadership
from painbot.storage.migrate import upgrade
from painbot.storage.problems import told_plainly
from painbot.storage.unit_of_work import SqlStorage
from painbot.telegram.application import TelegramLine

OPERATOR = "whoever started this trial"
CONTACT = "on this computer"
LANGUAGE = "en"


class TrialControls:
    """The time machine's hold on the bot: its clock, what is due next, and living through time."""

    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock
        self._engine: Engine | None = None

    def attach(self, engine: Engine) -> None:
        """Take the bot in hand once it runs."""
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """The running bot."""
        if self._engine is None:
            raise RuntimeError("the bot has not started yet")
        return self._engine

    async def now(self) -> datetime:
        """Return the bot's now, aware, in UTC."""
        return self.clock.now()

    async def zone(self, chat_id: int) -> str | None:
        """Return the learner's zone, if told."""
        async with self.engine.storage.begin_read() as uow:
            file = await uow.learners.file(ChatId(chat_id), self.clock.now())
        return file.learner.zone if file else None

    async def scheduled(self, chat_id: int) -> Sequence[Scheduled]:
        """Return what will happen for this learner and why, in plain words."""
        now = self.clock.now()
        async with self.engine.storage.begin_read() as uow:
            file = await uow.learners.file(ChatId(chat_id), now)
        words = catalog(LANGUAGE)
        found: list[Scheduled] = []
        if file is not None:
            for due in owed(file, self.engine.environment.course, now):
                title = due.item.title if due.item else ""
                why = words.text(
                    "why-moved" if due.goes_at - due.wanted_at >= timedelta(minutes=1) else "why-on-time",
                    {"wanted": f"{due.wanted_at.astimezone(file.zone):%a %H:%M}"},
                )
                found.append(
                    Scheduled(due.goes_at, words.text(f"due-{due.kind.value}", {"title": title}), why)
                )
        found.extend(
            Scheduled(retry_at or now, words.text("due-sending"), words.text("why-sending"))
            for retry_at in await unsent(self.engine.storage, ChatId(chat_id))
        )
        return found

    async def advance(self, to: datetime) -> None:
        """Live through every due moment up to `to`, one after the other, as the days themselves would."""
        await self.settle()
        while True:
            due_at = await next_due_at(self.engine.storage)
            if due_at is None or due_at > to:
                break
            self.clock.advance(due_at)
            await self.engine.planner.tick(self.clock.now())
            await self.settle()
        self.clock.advance(to)
        await self.engine.planner.tick(self.clock.now())
        await self.settle()
        await keep_time(self.engine.storage, self.clock.now())

    async def settle(self) -> None:
        """Wait until nothing is left to handle or to send."""
        await self.engine.settle()


@dataclass
class Trial:
    """A running trial. The bot can be stopped and started over while the simulated Telegram lives on."""

    settings: Settings
    clock: MovableClock
    telegram: SimulatedTelegram
    engine: Engine
    controls: TrialControls
    line: TelegramLine
    held: AsyncExitStack
    """What is let go of at the end: the lock on the database, the simulated Telegram."""

    async def stop_bot(self) -> None:
        """Stop the bot as a process would: intake first, then what is leased, then the database."""
        await self.line.stop_receiving()
        await self.engine.stop()
        await self.line.close()
        await keep_time(self.engine.storage, self.clock.now())
        await self.engine.storage.close()

    async def start_bot(self, **changes: Any) -> None:
        """Start the bot over with nothing but its database; `changes` are fields of its environment."""
        storage = open_storage(self.settings)
        environment = replace(self.engine.environment, **changes)
        self.line, self.engine = await _start_bot(
            self.settings, self.telegram, storage, environment, self.controls
        )

    async def stop(self) -> None:
        """Stop the bot, then the simulated Telegram."""
        await self.stop_bot()
        await self.held.aclose()


async def start_trial(
    settings: Settings, *, host: str = "127.0.0.1", port: int = 0, clock: MovableClock | None = None
) -> Trial:
    """Migrate the database and start everything on loopback; the caller stops it.

    The clock goes on where the database's last trial left it, if that is later. Raises PainbotError for
    an address that is not loopback, a taken port, a database in use by another painbot or unusable.
    """
    if host not in LOOPBACK:
        raise PainbotError(
            f"A trial is for this computer only: --host must be 127.0.0.1, ::1 or localhost, not {host}."
        )
    clock = clock or MovableClock()
    course = load_configured_course(settings)
    async with AsyncExitStack() as stack:
        storage = await _open_alone(settings, stack)
        latest = await latest_time(storage)
        if latest is not None:
            clock.advance(latest)
        controls = TrialControls(clock)
        telegram = SimulatedTelegram(TelegramState(now=clock.now), controls)
        try:
            await telegram.start(host, port)
        except OSError as error:
            raise PainbotError(
                f"Port {port} of {host} cannot be listened on ({error.strerror or 'not available'}). "
                "Choose another with --port, for example: painbot try --port 8401"
            ) from None
        stack.push_async_callback(telegram.stop)
        # Simulated chats live in memory; learners of an earlier trial must still be reachable.
        for chat_id in await known_chats(storage):
            telegram.state.add_person(person_id=chat_id, started=True)
        environment = await build_environment(settings, storage, course, OPERATOR, CONTACT)
        line, engine = await _start_bot(settings, telegram, storage, environment, controls)
        await register_profile(line)
        return Trial(settings, clock, telegram, engine, controls, line, stack.pop_all())


async def _open_alone(settings: Settings, stack: AsyncExitStack) -> SqlStorage:
    """Open the database with the newest tables, and for nobody else until the stack is closed."""
    storage = open_storage(settings)
    stack.push_async_callback(storage.close)
    path = sqlite_path(storage.engine)
    with told_plainly(settings.database_url, "--database"):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            await stack.enter_async_context(leadership(storage.engine))
        except AlreadyRunning:
            raise AlreadyRunning(
                f"Another painbot already runs on {path}. Stop it first, or use another file, for "
                "example: painbot try --database var/second.db --port 8401"
            ) from None
        await upgrade(settings.database_url)
    return storage


async def _start_bot(
    settings: Settings,
    telegram: SimulatedTelegram,
    storage: SqlStorage,
    environment: Environment,
    controls: TrialControls,
) -> tuple[TelegramLine, Engine]:
    line = TelegramLine(telegram.token, api_url=telegram.base_url)
    await line.open()
    engine = Engine(storage, line, environment, controls.clock, flow_control(settings))
    controls.attach(engine)
    engine.lead()
    await line.start_polling(engine.intake.put_all)
    return line, engine


async def run_trial(settings: Settings, host: str, port: int) -> None:
    """Run a trial until interrupted, printing where to look."""
    trial = await start_trial(settings, host=host, port=port)
    print(f"painbot is ready: open {trial.telegram.page_url}/ in your browser (Ctrl+C ends it)", flush=True)  # noqa: T201
    try:
        await trial.engine.failed()
    finally:
        await asyncio.shield(trial.stop())
