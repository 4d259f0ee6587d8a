"""The Bot API methods that bring updates to the bot: long polling and the webhook's settings."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from painbot.simulator.request_params import Params
from painbot.simulator.telegram_errors import TelegramError, bad_request, conflict
from painbot.simulator.telegram_state import TelegramState, Webhook

MAX_UPDATES = 100
MAX_POLL_SECONDS = 50
_SECRET = re.compile(r"^[A-Za-z0-9_-]{0,256}$")


class LongPolling:
    """``getUpdates``: one poller at a time; a newer one ends the older with a conflict."""

    def __init__(self) -> None:
        self._poller: object | None = None
        self._ended_by = ""

    def interrupt(self, state: TelegramState, by: str) -> None:
        """End the poll that is waiting; its caller is told ``by`` what."""
        if self._poller is not None:
            self._poller = None
            self._ended_by = by
            state.updates.arrived.notify()

    async def get_updates(self, state: TelegramState, params: Params) -> list[dict[str, Any]]:
        """The unconfirmed updates; waits up to ``timeout`` seconds for one to come."""
        if state.webhook.url:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        offset = params.integer("offset")
        limit = params.integer("limit", MAX_UPDATES)
        limit = limit if 1 <= limit <= MAX_UPDATES else MAX_UPDATES
        timeout = min(max(params.integer("timeout"), 0), MAX_POLL_SECONDS)
        state.updates.allow(allowed_updates(params))
        self.interrupt(
            state, "terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        if offset < 0:
            state.updates.keep_newest(-offset)
        elif offset > 0:
            state.updates.confirm_below(offset)
        if not timeout:
            return [update.to_json() for update in state.updates.waiting(limit)]
        me = self._poller = object()
        try:
            return await self._wait(state, me, limit, timeout)
        finally:
            if self._poller is me:
                self._poller = None

    async def _wait(
        self, state: TelegramState, me: object, limit: int, timeout_seconds: int
    ) -> list[dict[str, Any]]:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_seconds
        while not (waiting := state.updates.waiting(limit)) and not state.closing:
            left = deadline - loop.time()
            if left <= 0:
                return []
            await state.updates.arrived.wait(left)
            if self._poller is not me:
                raise conflict(self._ended_by)
        return [update.to_json() for update in waiting]


def set_webhook(state: TelegramState, params: Params) -> bool:
    """Deliver updates to a URL from now on; unlike Telegram, also to plain HTTP on this machine."""
    url = params.text("url").strip()
    if url:
        _check_url(url)
    secret = params.text("secret_token")
    if not _SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    most = params.integer("max_connections", 40)
    if not 1 <= most <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    state.updates.allow(allowed_updates(params))
    if params.flag("drop_pending_updates"):
        state.updates.clear()
    state.webhook = Webhook(url=url, secret_token=secret, max_connections=most)
    state.updates.arrived.notify()
    return True


def delete_webhook(state: TelegramState, params: Params) -> bool:
    """Go back to polling."""
    if params.flag("drop_pending_updates"):
        state.updates.clear()
    state.webhook = Webhook()
    state.updates.arrived.notify()
    return True


def get_webhook_info(state: TelegramState, params: Params) -> dict[str, Any]:
    """How deliveries are going."""
    webhook = state.webhook
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates),
    }
    if webhook.url:
        info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
    if webhook.last_error_at is not None:
        info["last_error_date"] = int(webhook.last_error_at.timestamp())
        info["last_error_message"] = webhook.last_error
    if state.updates.allowed is not None:
        info["allowed_updates"] = state.updates.allowed
    return info


def allowed_updates(params: Params) -> list[str] | None:
    """The kinds of update a call asks for; None when it does not say."""
    value = params.structure("allowed_updates", "allowed updates")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(kind, str) for kind in value):
        raise bad_request("can't parse allowed updates: expected an Array of String")
    return value


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}:
        return
    raise _bad_webhook("An HTTPS URL must be provided for webhook")


def _bad_webhook(why: str) -> TelegramError:
    return bad_request(f"bad webhook: {why}")
