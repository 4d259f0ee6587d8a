"""The simulated Telegram as a web application, and as a server inside the running event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import Scope

from painbot.simulator.bot_api import BotApi
from painbot.simulator.chat_page import ChatPage
from painbot.simulator.faults import Faults
from painbot.simulator.faults_api import FaultsApi
from painbot.simulator.local_only import LocalOnly
from painbot.simulator.people import People
from painbot.simulator.people_api import PeopleApi
from painbot.simulator.telegram_state import TelegramState
from painbot.simulator.time_machine import BotControls
from painbot.simulator.time_machine_api import TimeMachineApi
from painbot.simulator.webhook_delivery import WebhookDelivery

LAST_WORDS_SECONDS = 0.02


class _AnyInteger(Convertor[int]):
    """A path part that may be negative: groups have negative ids."""

    regex = "-?[0-9]{1,19}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("anyint", _AnyInteger())


def build_app(
    state: TelegramState, controls: BotControls | None = None, *, faults: Faults | None = None
) -> Starlette:
    """The whole simulator as one ASGI application: Bot API, people, faults, chat page, time machine.

    Without ``controls`` the chat page has no time machine.
    """
    faults = faults or Faults(state.monotonic)
    people = PeopleApi(People(state))
    delivery = WebhookDelivery(state)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        delivery.start()
        yield
        await delivery.stop()

    routes: list[BaseRoute] = [
        *BotApi(state, faults).routes(),
        *people.routes(),
        *FaultsApi(faults).routes(),
        *TimeMachineApi(state, controls).routes(),
        *ChatPage(state, people, has_time_machine=controls is not None).routes(),
    ]
    return Starlette(routes=routes, middleware=[Middleware(LocalOnly)], lifespan=lifespan)


class SimulatedTelegram:
    """A simulated Telegram listening on loopback, run by the event loop that starts it."""

    def __init__(
        self,
        state: TelegramState | None = None,
        controls: BotControls | None = None,
        *,
        faults: Faults | None = None,
    ) -> None:
        self.state = state or TelegramState()
        self.faults = faults or Faults(self.state.monotonic)
        self.people = People(self.state)
        self.app = build_app(self.state, controls, faults=self.faults)
        self.faults.cut_connection = self._cut_connection
        self._server: _QuietServer | None = None
        self._serving: asyncio.Task[None] | None = None
        self._address = ("", 0)

    @property
    def token(self) -> str:
        """The token the bot must use."""
        return self.state.token

    @property
    def page_url(self) -> str:
        """The address of the chat page, without a slash at the end."""
        host, port = self._address
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    base_url = page_url
    """Where the Bot API is: python-telegram-bot wants ``base_url=f"{base_url}/bot"`` and
    ``base_file_url=f"{base_url}/file/bot"``."""

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one. OSError when the port is taken."""
        # asyncio turns off the 40 ms wait of Nagle's algorithm only for sockets that say they are TCP.
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
        except BaseException:
            listener.close()
            raise
        self._address = (host, listener.getsockname()[1])
        config = uvicorn.Config(
            self.app,
            log_config=None,
            log_level="critical",
            access_log=False,
            lifespan="on",
            ws="none",
            date_header=False,
            server_header=False,
            http="h11",
            timeout_keep_alive=75,
        )
        self._server = _QuietServer(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]), name="simulated telegram")
        while not self._server.started:
            if self._serving.done():
                self._serving.result()
                raise RuntimeError("the simulated Telegram did not start")
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Stop listening and end every open request."""
        if self._server is None or self._serving is None:
            return
        self.state.close()
        await asyncio.sleep(LAST_WORDS_SECONDS)
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()
        self._server.told_to_stop.set()
        await self._serving
        self._server = self._serving = None

    async def __aenter__(self) -> SimulatedTelegram:
        await self.start()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.stop()

    def _cut_connection(self, scope: Scope) -> bool:
        if self._server is None:
            return False
        for connection in self._server.server_state.connections:
            if getattr(connection, "client", None) == scope.get("client"):
                connection.transport.abort()
                return True
        return False


class _QuietServer(uvicorn.Server):
    """Leaves the process's signals to the program it runs in, and stops at once when told to."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.told_to_stop = asyncio.Event()

    async def main_loop(self) -> None:
        await self.told_to_stop.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield
