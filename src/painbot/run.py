"""`painbot run`: one process on Telegram, leading or waiting to lead."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlsplit

import structlog

from painbot.bootstrap import (
    Engine,
    SystemClock,
    build_environment,
    flow_control,
    load_configured_course,
    open_storage,
    settle_in,
)
from painbot.core.errors import DatabaseBehind, PainbotError
from painbot.profile import register_profile
from painbot.services.fault_points import FaultPoints, no_faults
from painbot.services.ports import Clock
from painbot.settings import PREFIX, BadSettings, Settings
from painbot.storage.engine import is_sqlite, sqlite_path
from painbot.storage.insights import answers_at_all
from painbot.storage.leadership import Leadership, leadership
from painbot.storage.migrate import check_is_current
from painbot.storage.problems import told_plainly
from painbot.telegram.application import TelegramLine
from painbot.web.app import create_app
from painbot.web.health import Readiness
from painbot.web.server import WebServer
from painbot.web.webhook import Webhook

EXIT_WITHIN_SECONDS = 9.0
"""A stop that takes longer is cut short; leases left behind are sent again by the next start."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class LeadLost(PainbotError):
    """The connection that held the lead over the database broke: start painbot again."""

    def __init__(self) -> None:
        super().__init__("The lead over the database was lost. Start painbot again; nothing owed is lost.")


class PortTaken(PainbotError):
    """A port cannot be listened on: choose another in PAINBOT_WEBHOOK_LISTEN or PAINBOT_HEALTH_LISTEN."""

    def __init__(self, port: int, fault: str) -> None:
        super().__init__(
            f"Port {port} cannot be listened on ({fault}). Choose another in PAINBOT_WEBHOOK_LISTEN or "
            "PAINBOT_HEALTH_LISTEN, or stop what uses it."
        )


class Process:
    """Everything one `painbot run` holds open, from the web server to the last lease."""

    def __init__(self, settings: Settings, clock: Clock, fault_points: FaultPoints) -> None:
        self._settings = settings
        self._clock = clock
        self._fault_points = fault_points
        self._stop_wanted = asyncio.Event()
        self._leads = False
        self._servers: list[WebServer] = []

    async def run(self) -> None:
        """Work until SIGTERM or SIGINT. Raises PainbotError for what the operator can mend."""
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._stop_wanted.set)
        settings = self._settings
        token, operator_name, contact = _required(settings)
        course = load_configured_course(settings)
        storage = open_storage(settings)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(storage.close)
            path = sqlite_path(storage.engine)
            if path is not None and not path.exists():
                raise DatabaseBehind(f"There is no database at {path} yet. Run `painbot db upgrade` first.")
            with told_plainly(settings.database_url):
                await check_is_current(storage.engine)
                environment = await build_environment(settings, storage, course, operator_name, contact)
            line = TelegramLine(token, api_url=settings.bot_api_url)
            engine = Engine(
                storage, line, environment, self._clock, flow_control(settings), self._fault_points
            )
            lead = leadership(storage.engine)
            stack.push_async_callback(lead.release)
            if is_sqlite(storage.engine):
                # There is no following on SQLite: a second process must not even listen.
                await lead.acquire()
            await self._listen(engine)
            stack.push_async_callback(self._stop_listening)
            if not is_sqlite(storage.engine) and not await self._until_stopped(lead.acquire()):
                return
            self._leads = True
            _log.info("leading")
            try:
                await self._lead(engine, line, lead, token)
            finally:
                await self._wind_down(engine, line)

    async def _listen(self, engine: Engine) -> None:
        """Open the webhook and the health pages; a follower stores what Telegram posts as well."""
        settings = self._settings
        webhook = None
        if settings.webhook_url is not None:
            secret = webhook_secret(settings)
            webhook = Webhook(engine.intake.put, secret, largest_body=settings.webhook_max_bytes)
            path = urlsplit(settings.webhook_url).path or "/"
            app = create_app(webhook=webhook, webhook_path=path, check_readiness=self._readiness(engine))
            self._servers.append(WebServer(app, *_host_and_port(settings.webhook_listen)))
        if settings.health_listen is not None:
            app = create_app(check_readiness=self._readiness(engine))
            self._servers.append(WebServer(app, *_host_and_port(settings.health_listen)))
        for server in self._servers:
            try:
                await server.start()
            except OSError as error:
                raise PortTaken(server.port, error.strerror or "not available") from None

    def _readiness(self, engine: Engine) -> Any:
        async def check() -> Readiness:
            await answers_at_all(engine.storage)
            await check_is_current(engine.storage.engine)
            role = "leader" if self._leads else "follower"
            return Readiness(True, role, {"database": "ok", "migrations": "current"})

        return check

    async def _stop_listening(self) -> None:
        await asyncio.gather(*(server.stop() for server in self._servers))

    async def _lead(self, engine: Engine, line: TelegramLine, lead: Leadership, token: str) -> None:
        if not await self._until_stopped(line.open()):
            return
        settle_in()
        engine.lead()
        await self._until_stopped(register_profile(line))
        if self._settings.webhook_url is None:
            receiving = line.start_polling(engine.intake.put_all)
        else:
            receiving = line.set_webhook(self._settings.webhook_url, webhook_secret(self._settings))
        if not await self._until_stopped(receiving):
            return
        _log.info("receiving", by="webhook" if self._settings.webhook_url else "polling")
        await self._until_stopped(self._broken(engine, line, lead))

    async def _broken(self, engine: Engine, line: TelegramLine, lead: Leadership) -> None:
        """Return only by raising what makes going on impossible."""

        async def lost() -> None:
            await lead.lost.wait()
            raise LeadLost

        async def refused() -> None:
            raise await line.fatal()

        watches = [asyncio.create_task(watch) for watch in (engine.failed(), lost(), refused())]
        try:
            done, _ = await asyncio.wait(watches, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in watches:
                task.cancel()

    async def _until_stopped(self, work: Coroutine[Any, Any, object]) -> bool:
        """Do some work unless a stop is asked for first; return whether it was done."""
        task = asyncio.create_task(work)
        stop = asyncio.create_task(self._stop_wanted.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
                return True
            return False
        finally:
            for each in (task, stop):
                each.cancel()
            await asyncio.gather(task, stop, return_exceptions=True)

    async def _wind_down(self, engine: Engine, line: TelegramLine) -> None:
        """Stop intake, finish what is leased, and let go of everything, all within the limit."""
        _log.info("stopping")
        try:
            async with asyncio.timeout(EXIT_WITHIN_SECONDS):
                await asyncio.gather(line.stop_receiving(), engine.stop(), self._stop_listening())
                await line.close()
        except TimeoutError:
            _log.warning("stop_cut_short")


async def run(
    settings: Settings, *, clock: Clock | None = None, fault_points: FaultPoints = no_faults
) -> None:
    """Run painbot on Telegram until it is told to stop. Raises PainbotError."""
    await Process(settings, clock or SystemClock(), fault_points).run()


def _required(settings: Settings) -> tuple[str, str, str]:
    missing = [
        f"{PREFIX}{name.upper()} is not set. {field.description} For example: "
        f"{PREFIX}{name.upper()}={field.examples[0] if field.examples else ''}"
        for name, field in Settings.model_fields.items()
        if name in ("token", "operator_name", "contact") and getattr(settings, name) is None
    ]
    if settings.token is None or settings.operator_name is None or settings.contact is None:
        raise BadSettings("\n".join(missing))
    return settings.token.get_secret_value(), settings.operator_name, settings.contact


def webhook_secret(settings: Settings) -> str:
    """Return the secret Telegram sends back, derived from the token where none is set."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    token = settings.token.get_secret_value() if settings.token else ""
    return hmac.new(token.encode(), b"painbot webhook", hashlib.sha256).hexdigest()


def _host_and_port(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)
