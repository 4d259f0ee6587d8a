"""A queue for python-telegram-bot whose `put` returns only when the update is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import Update
from telegram.error import NetworkError

from painbot.services.error_place import place_of
from painbot.services.ports import NewUpdate
from painbot.telegram.updates import new_update

Put = Callable[[NewUpdate], Awaitable[None]]

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class RawUpdate:
    """An update as Telegram sent it, not yet read: one that cannot be read must not stop the others."""

    update_id: int
    content: dict[str, Any]


class InboxQueue(asyncio.Queue[object]):
    """Stores what the library's Updater puts in it; the Updater then confirms it to Telegram.

    The library moves its offset only after `put` returned, so what was not stored comes again. Anything
    that is no update, such as the library's own stop mark, is queued as usual.
    """

    def __init__(self, put: Put) -> None:
        super().__init__()
        self._put_in_inbox = put

    async def put(self, item: object) -> None:
        """Store an update, or queue anything else; raises plain NetworkError when it was not stored.

        Any other error would end the library's polling, and TimedOut would make it spin.
        """
        match item:
            case RawUpdate(content=content):
                update = content
            case Update():
                update = item.to_dict()
            case _:
                await super().put(item)
                return
        try:
            await self._put_in_inbox(new_update(update))
        except Exception as error:
            _log.error("update_not_stored", error=place_of(error))
        else:
            return
        # Outside the handler: the storage's error may quote what it could not store.
        raise NetworkError("The update could not be stored")
