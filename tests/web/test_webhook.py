"""The webhook over real HTTP: who may post, what is taken, and 200 only for what is stored."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from painbot.services.intake import Intake
from painbot.services.ports import NewUpdate
from painbot.simulator.server import SimulatedTelegram
from painbot.storage.engine import create_engine
from painbot.storage.unit_of_work import SqlStorage
from painbot.telegram.application import TelegramLine
from painbot.testing.clock import ManualClock
from painbot.web.app import create_app
from painbot.web.server import WebServer
from painbot.web.webhook import Webhook
from tests.services.pumps import NOON, inbox_rows, until

SECRET = "very-secret-word"
UPDATE = {
    "update_id": 5,
    "message": {"message_id": 1, "date": 1, "text": "it hurts", "chat": {"id": 7, "type": "private"}},
}


class Inbox:
    def __init__(self) -> None:
        self.stored: list[NewUpdate] = []
        self.failing = False
        self.gate: asyncio.Event | None = None

    async def put(self, update: NewUpdate) -> None:
        if self.failing:
            raise OSError("database away: I want to die")
        if self.gate is not None:
            await self.gate.wait()
        self.stored.append(update)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def url(inbox: Inbox) -> AsyncIterator[str]:
    server = WebServer(create_app(webhook=Webhook(inbox.put, SECRET, largest_body=2000)), "127.0.0.1", 0)
    await server.start()
    yield f"http://127.0.0.1:{server.port}/telegram"
    await server.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def post(http: aiohttp.ClientSession, url: str, body: bytes | Any, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    data = body if isinstance(body, bytes) or hasattr(body, "__anext__") else json.dumps(body).encode()
    async with http.post(url, data=data, headers=headers) as response:
        assert await response.read() == b""
        return response.status


async def test_update_is_stored_as_it_came(http: aiohttp.ClientSession, url: str, inbox: Inbox) -> None:
    body = json.dumps(UPDATE, indent=1).encode()
    assert await post(http, url, body) == 200
    (stored,) = inbox.stored
    assert (stored.update_id, stored.chat_id, stored.needs_triage) == (5, 7, True)
    assert stored.payload == body.decode()


async def test_answer_waits_for_the_store(http: aiohttp.ClientSession, url: str, inbox: Inbox) -> None:
    inbox.gate = asyncio.Event()
    posting = asyncio.create_task(post(http, url, UPDATE))
    await asyncio.sleep(0.1)
    assert not posting.done()
    inbox.gate.set()
    assert await posting == 200


async def test_what_is_not_stored_is_to_be_sent_again(
    http: aiohttp.ClientSession, url: str, inbox: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox.failing = True
    assert await post(http, url, UPDATE) == 503
    inbox.failing = False
    assert await post(http, url, UPDATE) == 200
    assert "die" not in capsys.readouterr().out


@pytest.mark.parametrize(("secret", "status"), [(None, 401), ("", 403), ("wrong", 403), ("sécret", 403)])
async def test_strangers_are_refused(
    http: aiohttp.ClientSession, url: str, inbox: Inbox, secret: str | None, status: int
) -> None:
    assert await post(http, url, UPDATE, secret) == status
    assert inbox.stored == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"5", b'{"update_id": "x"}', b"\xff\xfe", b'{"message": {}}', b"[" * 1900]
)
async def test_what_is_no_update_is_refused(
    http: aiohttp.ClientSession, url: str, inbox: Inbox, body: bytes
) -> None:
    assert await post(http, url, body) == 400
    assert inbox.stored == []


async def test_announced_large_body_is_refused_unread(url: str, inbox: Inbox) -> None:
    host, port = url.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        f"POST /telegram HTTP/1.1\r\nHost: {host}\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
        "Content-Length: 999999999\r\n\r\n".encode()
    )
    async with asyncio.timeout(2):
        assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()
    assert inbox.stored == []


async def test_large_body_without_announcement_is_refused_before_its_end(url: str, inbox: Inbox) -> None:
    host, port = url.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        f"POST /telegram HTTP/1.1\r\nHost: {host}\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
        "Transfer-Encoding: chunked\r\n\r\n".encode()
    )
    writer.write(b"bb8\r\n" + b"x" * 3000 + b"\r\n")
    async with asyncio.timeout(2):
        assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_only_posts_to_the_one_path_are_taken(http: aiohttp.ClientSession, url: str) -> None:
    async with http.get(url) as response:
        assert response.status == 405
    async with http.post(url.replace("/telegram", "/other")) as response:
        assert response.status == 404


def test_webhook_without_a_secret_cannot_be_made(inbox: Inbox) -> None:
    with pytest.raises(ValueError, match="secret token"):
        Webhook(inbox.put, "")


async def test_telegram_delivers_through_the_webhook_into_the_store(sqlite_url: str) -> None:
    """The whole way: a person writes, Telegram posts, the update is in the database."""
    storage = SqlStorage(create_engine(sqlite_url))
    intake = Intake(storage, ManualClock(NOON), asyncio.Event())
    server = WebServer(create_app(webhook=Webhook(intake.put, SECRET)), "127.0.0.1", 0)
    await server.start()
    async with SimulatedTelegram() as telegram:
        line = TelegramLine(telegram.token, api_url=telegram.base_url)
        await line.open()
        await line.set_webhook(f"http://127.0.0.1:{server.port}/telegram", SECRET)
        anna = telegram.people.create("Anna", started=True)
        for number in range(20):
            telegram.people.type_text(anna, f"text {number}")
        await until(lambda: len(telegram.state.updates) == 0)
        await line.close()
    await server.stop()
    rows = await inbox_rows(storage)
    assert len(rows) == 20
    assert {row["chat_id"] for row in rows.values()} == {anna}
    await storage.close()
