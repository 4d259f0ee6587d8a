"""A bare HTTP client over kept-alive connections: writes ready-made requests, counts the answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from itertools import count


class _Connection(asyncio.Protocol):
    def __init__(self, load: _Load) -> None:
        self._load = load
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._received[:end].lower()
        at = head.find(b"\r\ncontent-length:")
        length = 0 if at < 0 else int(head[at + 17 :].split(b"\r\n", 1)[0])
        if len(self._received) < end + 4 + length:
            return
        self._received = b""
        self._load.answered(head.startswith(b"http/1.1 200"))
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self._load.closed()

    def _ask(self) -> None:
        request = self._load.next_request()
        if request is None:
            self._transport.close()
        else:
            self._transport.write(request)


class _Load:
    def __init__(self, make_request: Callable[[int], bytes], seconds: float, first: int) -> None:
        self._make_request = make_request
        self._until = time.perf_counter() + seconds
        self._numbers = count(first)
        self.good = self.bad = 0
        self.last_at = 0.0
        self._open = 0
        self.done = asyncio.Event()

    def opened(self) -> None:
        self._open += 1

    def closed(self) -> None:
        self._open -= 1
        if not self._open:
            self.done.set()

    def next_request(self) -> bytes | None:
        return self._make_request(next(self._numbers)) if time.perf_counter() < self._until else None

    def answered(self, good: bool) -> None:
        self.last_at = time.perf_counter()
        if good:
            self.good += 1
        else:
            self.bad += 1


async def flood(
    port: int, make_request: Callable[[int], bytes], *, seconds: float, connections: int, first: int = 1
) -> float:
    """Return how many requests a second a loopback server answers with 200.

    `make_request` gets a number counted from `first`. RuntimeError when an answer was anything else.
    """
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    load = _Load(make_request, seconds, first)
    for _ in range(connections):
        load.opened()
        await loop.create_connection(lambda: _Connection(load), "127.0.0.1", port)
    await load.done.wait()
    if load.bad or not load.good:
        raise RuntimeError(f"{load.bad} of {load.good + load.bad} requests were not answered with 200")
    return load.good / (load.last_at - started)


def post(path: str, body: bytes, headers: str = "") -> bytes:
    """Return a whole POST request with a JSON body; `headers` are lines that end in CR LF."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{headers}"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
