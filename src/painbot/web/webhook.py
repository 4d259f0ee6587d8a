"""Telegram's webhook: an update is answered with 200 only when it is stored."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from painbot.services.error_place import place_of
from painbot.services.ports import NewUpdate
from painbot.telegram.updates import new_update

SECRET_HEADER = "x-telegram-bot-api-secret-token"
LARGEST_BODY = 1024 * 1024
"""In bytes; Telegram's largest updates are a tenth of it."""

RETRY_AFTER_SECONDS = 5

Put = Callable[[NewUpdate], Awaitable[None]]
"""Stores an update; returns when it is durable and raises when it is not."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class _TooLarge(Exception):
    pass


class Webhook:
    """Takes in what Telegram posts.

    401 without the secret token, 403 with a wrong one, 413 for a body over `largest_body` bytes, 400 for
    what is no update, 503 when it could not be stored: Telegram then sends it again.
    """

    def __init__(self, put: Put, secret_token: str, *, largest_body: int = LARGEST_BODY) -> None:
        if not secret_token:
            raise ValueError("a webhook without a secret token would take updates from anybody")
        self._put = put
        self._secret_token = secret_token.encode()
        self._largest_body = largest_body

    async def receive(self, request: Request) -> Response:
        """Answer one request."""
        given = request.headers.get(SECRET_HEADER)
        if given is None:
            return Response(status_code=401)
        # Compared in constant time, so that its letters cannot be found one by one.
        if not hmac.compare_digest(given.encode(), self._secret_token):
            return Response(status_code=403)
        try:
            payload = await self._read_body(request)
            update = read_payload(payload)
        except _TooLarge:
            return Response(status_code=413, headers={"connection": "close"})
        except (ValueError, RecursionError):
            return Response(status_code=400)
        except ClientDisconnect:
            return Response(status_code=400)
        try:
            await self._put(update)
        except Exception as error:
            _log.error("update_not_stored", update_id=update.update_id, error=place_of(error))
            return Response(status_code=503, headers={"retry-after": str(RETRY_AFTER_SECONDS)})
        return Response(status_code=200)

    async def _read_body(self, request: Request) -> bytes:
        announced = request.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._largest_body:
            raise _TooLarge
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > self._largest_body:
                raise _TooLarge
        return bytes(body)


def read_payload(payload: bytes) -> NewUpdate:
    """Return a posted update as it goes into the inbox; raises ValueError when it is none."""
    text = payload.decode()
    update = json.loads(text)
    if not isinstance(update, dict):
        raise ValueError("no update")
    return new_update(update, text)
