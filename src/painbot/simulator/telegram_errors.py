"""What Telegram answers when it refuses a call."""

from __future__ import annotations

from typing import Any


class TelegramError(Exception):
    """A refused Bot API call: the error code, the description in Telegram's words, and its parameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def to_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(what: str) -> TelegramError:
    """400: the call itself is wrong; sending it again cannot help."""
    return TelegramError(400, f"Bad Request: {what}")


def forbidden(what: str) -> TelegramError:
    """403: this chat does not want to hear from the bot."""
    return TelegramError(403, f"Forbidden: {what}")


def conflict(what: str) -> TelegramError:
    """409: two ways of getting updates at the same time."""
    return TelegramError(409, f"Conflict: {what}")


def too_many_requests(retry_after: int) -> TelegramError:
    """429: slow down for ``retry_after`` seconds."""
    return TelegramError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
