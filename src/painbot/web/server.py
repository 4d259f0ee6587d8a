"""A web server inside the running event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

STOP_WITHIN_SECONDS = 3
START_LOOK_SECONDS = 0.005


class WebServer:
    """Serves an application on one address until stopped; signals stay with the program around it."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._app = app
        self._host = host
        self._port = port
        self._server: uvicorn.Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port in use; after a start with port 0, the one that was free."""
        return self._port

    async def start(self) -> None:
        """Listen and return when requests are taken; raises OSError when the address cannot be had."""
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.create_server((self._host, self._port), family=family, backlog=1024)
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
        )
        self._server = _SignalFreeServer(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]), name="web server")
        while not self._server.started and not self._serving.done():  # noqa: ASYNC110  (it has no event)
            await asyncio.sleep(START_LOOK_SECONDS)
        if self._serving.done():
            await self._serving

    async def stop(self) -> None:
        """Take no more requests, finish those under way, and return."""
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving
            self._server = self._serving = None


class _SignalFreeServer(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
