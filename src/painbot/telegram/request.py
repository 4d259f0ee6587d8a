"""The HTTP side of python-telegram-bot, on aiohttp: several times as many calls a second as its own."""

from __future__ import annotations

import json
from functools import cache
from ipaddress import ip_address
from typing import Any, cast
from urllib.request import getproxies

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

Seconds = float | None
"""A timeout in seconds; nothing means no limit."""


class NeverSent(NetworkError):
    """No connection could be made, so the call certainly did not reach Telegram."""


class NeverSentInTime(TimedOut):
    """No connection could be had in time, so the call certainly did not reach Telegram."""


class AiohttpRequest(BaseRequest):
    """Makes Bot API calls over a pool of kept-alive connections.

    Timeouts are in seconds; each can be given for one call. Errors are the library's own NetworkError
    and TimedOut. No error carries the address, which holds the bot's token, nor what was sent.
    """

    __slots__ = ("_connections", "_direct", "_media_write_timeout", "_session", "_timeouts", "_urls")

    def __init__(
        self,
        connections: int = 128,
        *,
        read_timeout: Seconds = 20.0,
        write_timeout: Seconds = 10.0,
        connect_timeout: Seconds = 5.0,
        pool_timeout: Seconds = 5.0,
        media_write_timeout: Seconds = 20.0,
    ) -> None:
        self._connections = connections
        self._timeouts = {
            "read": read_timeout,
            "write": write_timeout,
            "connect": connect_timeout,
            "pool": pool_timeout,
        }
        self._media_write_timeout = media_write_timeout
        self._session: aiohttp.ClientSession | None = None
        self._direct: aiohttp.ClientSession | None = None
        """For addresses of this machine, which no proxy can reach."""

        self._urls: dict[str, URL] = {}

    @property
    def read_timeout(self) -> Seconds:
        """How long to wait for an answer when a call does not say."""
        return self._timeouts["read"]

    async def initialize(self) -> None:
        """Open the pool; nothing is connected yet."""
        if self._session is not None and not self._session.closed:
            return
        # Looking for a proxy costs time on every call, so only where the environment names one.
        has_proxies = bool(getproxies())
        self._session = self._opened(trust_env=has_proxies)
        self._direct = self._opened(trust_env=False) if has_proxies else self._session

    def _opened(self, *, trust_env: bool) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=60),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            trust_env=trust_env,
        )

    async def shutdown(self) -> None:
        """Close every connection."""
        for session in (self._session, self._direct):
            if session is not None:
                await session.close()
        self._session = self._direct = None
        self._urls.clear()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; raises TelegramError, and unlike the library's own logs none of its words."""
        try:
            return cast(dict[str, Any], json.loads(payload))
        except ValueError:
            pass
        raise TelegramError("Invalid server response")

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call; return the status and the body."""
        address = self._url(url)
        session = self._direct if _is_loopback(address.host) else self._session
        if session is None:
            raise RuntimeError("This request is not initialized")
        has_files = request_data is not None and request_data.contains_files
        timeout = _client_timeout(
            read=self._seconds("read", read_timeout),
            write=self._media_write_timeout
            if has_files and write_timeout is self.DEFAULT_NONE
            else self._seconds("write", write_timeout),
            connect=self._seconds("connect", connect_timeout),
            pool=self._seconds("pool", pool_timeout),
        )
        try:
            async with session.request(
                method,
                address,
                timeout=timeout,
                # A redirect would carry the token to wherever it points.
                allow_redirects=False,
                **_body(request_data),
            ) as response:
                return response.status, _readable(response.status, await response.read())
        except Exception as error:
            failure = _failure(error)
        # Outside the handler: aiohttp's errors may quote the address, and a chained error is printed.
        raise failure

    def _seconds(self, which: str, given: Any) -> Seconds:
        return self._timeouts[which] if given is self.DEFAULT_NONE else cast(Seconds, given)

    def _url(self, url: str) -> URL:
        if url not in self._urls:
            if len(self._urls) >= 200:  # downloads have an address each
                self._urls.clear()
            self._urls[url] = URL(url)
        return self._urls[url]


@cache
def _is_loopback(host: str | None) -> bool:
    if host is None or host == "localhost":
        return host is not None
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _client_timeout(
    *, read: Seconds, write: Seconds, connect: Seconds, pool: Seconds
) -> aiohttp.ClientTimeout:
    """Return the timeouts as aiohttp counts them: it has no limit for writing, so the whole call has one."""
    get_connection = None if connect is None or pool is None else connect + pool
    whole = None if get_connection is None or read is None or write is None else get_connection + write + read
    return aiohttp.ClientTimeout(total=whole, connect=get_connection, sock_connect=connect, sock_read=read)


def _body(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {
            "data": json.dumps(request_data.parameters).encode(),
            "headers": {"Content-Type": "application/json"},
        }
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return {"data": form}


def _readable(status: int, payload: bytes) -> bytes:
    """Return a refusal's body only when it is Telegram's: the library quotes any other in its error.

    The page of a proxy in between may repeat the address, and with it the token.
    """
    if 200 <= status <= 299:
        return payload
    try:
        is_telegrams = isinstance(json.loads(payload), dict)
    except ValueError:
        is_telegrams = False
    return payload if is_telegrams else b"{}"


def _failure(error: Exception) -> TelegramError:
    """Return the library's error for one of aiohttp's."""
    match error:
        case TelegramError():
            return error
        case aiohttp.ConnectionTimeoutError():
            return NeverSentInTime("Timed out before a connection was there")
        case TimeoutError():
            return TimedOut()
        case aiohttp.ClientConnectorError():
            return NeverSent(f"aiohttp.{type(error).__name__}: {error.os_error.strerror or 'no connection'}")
        case aiohttp.ClientError():
            return NetworkError(f"aiohttp.{type(error).__name__}")
        case _:
            return NetworkError(f"Unknown error in HTTP implementation: {type(error).__name__}")
