"""Keeps everything but the Bot API to this machine: other sites and other host names are refused.

A page of another site could otherwise post to the loopback address, or reach it under a name of its own.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""The addresses the simulator may listen on."""

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_SAFE_METHODS = frozenset({"GET", "HEAD"})
_BOT_API = ("/bot", "/file/bot")


class LocalOnly:
    """ASGI middleware: 403 unless Host is this machine and, for changes, Origin is absent or the same."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(_BOT_API):
            why = refusal_for(scope["method"], Headers(scope=scope))
            if why is not None:
                await PlainTextResponse(why, 403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def refusal_for(method: str, headers: Headers) -> str | None:
    """Why this request is refused, or None when it is welcome."""
    host = headers.get("host", "")
    if _without_port(host) not in LOCAL_HOSTS:
        return (
            f"The simulator answers on this machine only: open it as localhost or 127.0.0.1, not {host!r}.\n"
        )
    origin = headers.get("origin")
    if method not in _SAFE_METHODS and origin is not None and urlsplit(origin).netloc != host:
        return "The simulator takes changes from its own page only; this request came from another site.\n"
    return None


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[: host.find("]") + 1]
    return host.partition(":")[0]
