"""The simulated Telegram as a process of its own, and what the tests do and see there, all over HTTP."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from painbot.simulator.telegram_state import DEFAULT_TOKEN
from tests.crash.bots import ROOT

TOKEN = DEFAULT_TOKEN
START_SECONDS = 60.0

Json = dict[str, Any]


class ButtonGone(Exception):
    """The button is not there any more: the bot changed the message in between."""


class TelegramSide:
    """People and their chats, faults, and the log of every call.

    `updates_made` counts what people did, and so the updates that the bot must see.
    """

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.updates_made = 0
        self._session = session

    async def forget(self) -> None:
        """Drop what an earlier test left: faults, calls, a webhook, updates that nobody fetched."""
        await self.clear_faults()
        await self._ask("DELETE", "/sim/calls")
        await self._ask("POST", f"/bot{TOKEN}/deleteWebhook", {"drop_pending_updates": True})

    async def people(self, count: int) -> list[int]:
        """Make people to whom the bot may write."""
        made = await self._ask("POST", "/sim/people", {"count": count, "started": True})
        ids: list[int] = made["ids"]
        return ids

    async def types(self, chat_id: int, text: str) -> None:
        """Have somebody type."""
        await self._ask("POST", f"/sim/people/{chat_id}/text", {"text": text})
        self.updates_made += 1

    async def presses(self, chat_id: int, message_id: int, data: str) -> None:
        """Have somebody press a button; ButtonGone when it is not there any more."""
        await self._ask("POST", f"/sim/people/{chat_id}/press", {"message_id": message_id, "data": data})
        self.updates_made += 1

    async def chat(self, chat_id: int) -> Json:
        """Return a chat as its person sees it."""
        return await self._ask("GET", f"/sim/chats/{chat_id}")

    async def add_fault(self, **fault: object) -> None:
        """Switch a fault on."""
        await self._ask("POST", "/sim/faults", fault)

    async def clear_faults(self) -> None:
        """Switch every fault off."""
        await self._ask("DELETE", "/sim/faults")

    async def calls(self, method: str, chat_id: int | None = None) -> Sequence[Json]:
        """Return the logged calls of one method, oldest first."""
        where = "" if chat_id is None else f"&chat_id={chat_id}"
        answer = await self._ask("GET", f"/sim/calls?method={method}{where}")
        calls: list[Json] = answer["calls"]
        return calls

    async def updates_waiting(self) -> int:
        """Return how many updates Telegram still holds for the bot."""
        answer = await self._ask("GET", f"/bot{TOKEN}/getWebhookInfo")
        return int(answer["result"]["pending_update_count"])

    async def _ask(self, verb: str, path: str, body: Json | None = None) -> Json:
        async with self._session.request(verb, self.url + path, json=body) as response:
            answer: Json = await response.json()
            if response.status == 409:
                raise ButtonGone(str(answer))
            assert response.status < 300, f"{verb} {path}: {answer}"
            return answer


@asynccontextmanager
async def telegram_side() -> AsyncIterator[TelegramSide]:
    """A simulated Telegram of this test's own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "painbot.simulator",
        "--token",
        TOKEN,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PAINBOT_")},
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            url = (await process.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession() as session:
            yield TelegramSide(url, session)
    finally:
        process.kill()
        await process.wait()
