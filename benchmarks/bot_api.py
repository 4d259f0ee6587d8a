"""A bare Telegram: answers every Bot API call at once, counts, and can refuse what is over a limit.

Run as a script it serves in a process of its own until its standard input closes. It parses no more of
HTTP than it needs, so that it is never what a benchmark measures.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import re
import subprocess
import sys
import time
import urllib.request
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from benchmarks.processes import LOAD_CORE, pin

TOKEN = "123456:benchmark-token-of-no-bot"
SENDS = frozenset({b"sendMessage", b"editMessageText"})
"""The calls that Telegram limits; stopping a button's spinner is none of them."""

SECOND = 1.0

FETCH = 100
"""Most updates that Telegram hands out in one answer."""

_OFFSET = re.compile(rb'"offset": ?(\d+)')
_CHAT = re.compile(rb'"chat_id": ?"?(-?\d+)')
_ME = {
    "id": 123456,
    "is_bot": True,
    "first_name": "Benchmark",
    "username": "benchmark_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
_SENT = (
    b'{"ok":true,"result":{"message_id":%d,"from":{"id":123456,"is_bot":true,"first_name":"Benchmark",'
    b'"username":"benchmark_bot"},"chat":{"id":4242,"first_name":"Ann","type":"private"},'
    b'"date":1795435200,"text":"Today: your nervous system can turn pain up and down.",'
    b'"reply_markup":{"inline_keyboard":[[{"text":"Open","callback_data":"1|o|pne-01"}],'
    b'[{"text":"Check in","callback_data":"1|ci|2026-11-22"}]]}}}'
)
_TRUE = b'{"ok":true,"result":true}'
_TOO_MANY = (
    b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1",'
    b'"parameters":{"retry_after":1}}'
)


class _Tally:
    """What came in; with a limit, also when and from which chat each send came.

    Typed messages numbered from 1 to `pending` wait to be fetched, as often as they are asked for.
    """

    def __init__(self, limit: int, pending: int) -> None:
        self.limit = limit
        self._pending = [json.dumps(typed_message(number)).encode() for number in range(1, pending + 1)]
        self.refused = 0
        self.arrivals: list[tuple[float, int]] = []
        self._window: deque[float] = deque()
        self._message_ids = count(1)

    def answer(self, method: bytes, body: bytes) -> tuple[bytes, bytes]:
        """Return the status line's end and the body that answer one call."""
        if method in SENDS:
            if self.limit and not self._takes(body):
                return b"429 Too Many Requests", _TOO_MANY
            return b"200 OK", _SENT % next(self._message_ids)
        if method == b"getMe":
            return b"200 OK", json.dumps({"ok": True, "result": _ME}).encode()
        if method == b"getUpdates":
            return b"200 OK", self._fetch(body)
        if method == b"report":
            report = {"refused": self.refused, "arrivals": self.arrivals}
            self.refused, self.arrivals = 0, []
            return b"200 OK", json.dumps(report).encode()
        return b"200 OK", _TRUE

    def _fetch(self, body: bytes) -> bytes:
        offset = _OFFSET.search(body)
        first = max(0, int(offset[1]) - 1) if offset else 0
        return b'{"ok":true,"result":[%b]}' % b",".join(self._pending[first : first + FETCH])

    def _takes(self, body: bytes) -> bool:
        now = time.monotonic()
        while self._window and self._window[0] <= now - SECOND:
            self._window.popleft()
        if len(self._window) >= self.limit:
            self.refused += 1
            return False
        self._window.append(now)
        chat = _CHAT.search(body)
        self.arrivals.append((now, int(chat[1]) if chat else 0))
        return True


class _Connection(asyncio.Protocol):
    def __init__(self, tally: _Tally) -> None:
        self._tally = tally
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            length = _content_length(head)
            if len(self._received) < end + 4 + length:
                return
            body = self._received[end + 4 : end + 4 + length]
            self._received = self._received[end + 4 + length :]
            path = head.split(b" ", 2)[1]
            status, answer = self._tally.answer(path.rpartition(b"/")[2], body)
            self._transport.write(
                b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (status, len(answer), answer)
            )


def _content_length(head: bytes) -> int:
    at = head.lower().find(b"\r\ncontent-length:")
    return 0 if at < 0 else int(head[at + 17 :].split(b"\r\n", 1)[0])


async def _serve(limit: int, pending: int) -> None:
    loop = asyncio.get_running_loop()
    tally = _Tally(limit, pending)
    server = await loop.create_server(lambda: _Connection(tally), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def typed_message(number: int) -> dict[str, object]:
    """Return a typed message as an update with this number, from one of 5,000 people."""
    person = {"id": 1_000_000 + number % 5000, "first_name": "Ann"}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "from": {**person, "is_bot": False, "language_code": "en"},
            "chat": {**person, "type": "private"},
            "date": 1795435200,
            "text": "slept badly again, about a six I would say",
        },
    }


@dataclass(frozen=True)
class Responder:
    """The running responder."""

    port: int

    @property
    def url(self) -> str:
        """The Bot API's root, as a self-hosted server would be configured."""
        return f"http://127.0.0.1:{self.port}"

    def report(self) -> tuple[int, list[tuple[float, int]]]:
        """Return how many sends were refused, and (monotonic time, chat) of the others; starts anew."""
        with urllib.request.urlopen(f"{self.url}/bot{TOKEN}/report") as answer:
            found = json.load(answer)
        return found["refused"], [(at, chat) for at, chat in found["arrivals"]]


@contextlib.contextmanager
def responder(limit: int = 0, pending: int = 0) -> Iterator[Responder]:
    """Serve in a process of its own on the other core; `limit` sends in any second, 0 for all.

    `pending` updates wait to be fetched.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.bot_api", "--limit", str(limit), "--pending", str(pending)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield Responder(int(process.stdout.readline()))
    finally:
        process.communicate(timeout=10)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--pending", type=int, default=0)
    pin(LOAD_CORE)
    asked = parser.parse_args()
    asyncio.run(_serve(asked.limit, asked.pending))
