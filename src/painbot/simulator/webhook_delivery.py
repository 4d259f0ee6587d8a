"""Delivers updates to the bot's webhook: in order per chat, again and again until it is answered with 200."""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp

from painbot.simulator.telegram_state import TelegramState, Webhook
from painbot.simulator.update_queue import PendingUpdate

FIRST_RETRY_SECONDS = 0.2
LAST_RETRY_SECONDS = 5.0
ANSWER_TIMEOUT_SECONDS = 60.0
MOST_LOOKED_AT = 1000


class WebhookDelivery:
    """One task that posts waiting updates while a webhook is set."""

    def __init__(self, state: TelegramState) -> None:
        self.state = state
        self._task: asyncio.Task[None] | None = None
        self._posting: dict[int, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Begin to deliver, in the running loop."""
        self._task = asyncio.create_task(self._run(), name="webhook delivery")

    async def stop(self) -> None:
        """Stop; what is not confirmed stays in the queue."""
        tasks = [*self._posting.values(), *([self._task] if self._task else [])]
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._task = None
        self._posting.clear()

    async def _run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_TIMEOUT_SECONDS)
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session:
            while not self.state.closing:
                webhook = self.state.webhook
                if webhook.url:
                    self._begin_posting(session, webhook)
                await self.state.updates.arrived.wait(60.0)

    def _begin_posting(self, session: aiohttp.ClientSession, webhook: Webhook) -> None:
        for update in self.state.updates.waiting(MOST_LOOKED_AT):
            if len(self._posting) >= webhook.max_connections:
                return
            if update.chat_id not in self._posting:
                self._posting[update.chat_id] = asyncio.create_task(self._deliver(session, webhook, update))

    async def _deliver(self, session: aiohttp.ClientSession, webhook: Webhook, update: PendingUpdate) -> None:
        pause = FIRST_RETRY_SECONDS
        headers = {}
        if webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
        try:
            while self.state.webhook is webhook and not self.state.closing:
                problem = await self._post(session, webhook, update, headers)
                if problem is None:
                    self.state.updates.confirm(update.id)
                    return
                webhook.last_error_at = self.state.now()
                webhook.last_error = problem
                await asyncio.sleep(pause)
                pause = min(pause * 2, LAST_RETRY_SECONDS)
        finally:
            self._posting.pop(update.chat_id, None)
            self.state.updates.arrived.notify()

    @staticmethod
    async def _post(
        session: aiohttp.ClientSession, webhook: Webhook, update: PendingUpdate, headers: dict[str, str]
    ) -> str | None:
        try:
            async with session.post(webhook.url, json=update.to_json(), headers=headers) as response:
                await response.read()
                if response.status == 200:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return "Connection failed" if isinstance(error, aiohttp.ClientError) else "Read timeout expired"
