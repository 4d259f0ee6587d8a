"""The library's bot, without its classes for what painbot reads by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import NetworkError, TelegramError

from painbot.telegram.receiver import Fetch, RawUpdate

LONG_POLL = timedelta(seconds=30)


class LeanBot(Bot):
    """A bot that leaves updates and sent messages as they came: reading them takes longer than the call."""

    __slots__ = ("_fetches", "_on_refusal")

    def __init__(self, *args: Any, on_refusal: Callable[[TelegramError | None], None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The library freezes a bot's attributes; this one is private and set once.
        self._on_refusal = on_refusal
        self._fetches = True

    def stop_fetching(self) -> None:
        """Call for no more updates: another process does."""
        self._fetches = False

    async def get_updates(  # type: ignore[override]
        self,
        offset: int | None = None,
        timeout: timedelta = LONG_POLL,  # noqa: ASYNC109
        allowed_updates: Sequence[str] | None = None,
    ) -> tuple[RawUpdate, ...]:
        """Return the updates from `offset` on, as they came."""
        if not self._fetches:
            raise NetworkError("No more updates are fetched")
        try:
            fetched = await self._post(
                "getUpdates",
                {"offset": offset, "timeout": timeout, "allowed_updates": allowed_updates},
                read_timeout=(self._request[0].read_timeout or 0) + timeout.total_seconds(),
            )
            fetch = Fetch(fetched)
            updates = tuple(RawUpdate(content["update_id"], fetch) for content in fetched)
        except TelegramError as error:
            self._on_refusal(error)
            raise
        except (KeyError, TypeError):
            # Not Telegram's answer; the library would ask again without a pause.
            updates = None
        if updates is None:
            raise NetworkError("Telegram's answer could not be read")
        self._on_refusal(None)
        return updates

    async def call(self, method: str, parameters: dict[str, object]) -> Any:
        """Make one call with parameters as Telegram names them; return its result as plain data.

        Raises the library's errors.
        """
        return await self._post(method, parameters)
