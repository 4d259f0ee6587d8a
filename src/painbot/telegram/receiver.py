"""A queue for python-telegram-bot whose `put` returns only when the update is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from telegram.error import NetworkError

from painbot.services.error_place import place_of
from painbot.services.ports import NewUpdate
from painbot.telegram.updates import new_update

PutAll = Callable[[Sequence[NewUpdate]], Awaitable[None]]
"""Returns once all of these are durably stored, in one transaction."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, eq=False)
class Fetch:
    """The updates of one answer as Telegram sent them, not yet read."""

    contents: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class RawUpdate:
    """One update of a fetch, for the library to confirm."""

    update_id: int
    fetch: Fetch


class InboxQueue(asyncio.Queue[object]):
    """Stores what the library's Updater puts in it; the Updater then confirms it to Telegram.

    The library hands a fetch over one update at a time and moves its offset after the last `put` returned.
    The first `put` of a fetch stores all of it in one transaction, so what was not stored comes again.
    Anything that is no update, such as the library's own stop mark, is queued as usual.
    """

    def __init__(self, put_all: PutAll) -> None:
        super().__init__()
        self._put_all = put_all
        self._stored: Fetch | None = None

    async def put(self, item: object) -> None:
        """Store an update, or queue anything else; raises plain NetworkError when it was not stored.

        Any other error would end the library's polling, and TimedOut would make it spin.
        """
        if not isinstance(item, RawUpdate):
            await super().put(item)
            return
        if item.fetch is self._stored:
            return
        try:
            await self._put_all([new_update(content) for content in item.fetch.contents])
        except Exception as error:
            _log.error("updates_not_stored", error=place_of(error), count=len(item.fetch.contents))
        else:
            self._stored = item.fetch
            return
        # Outside the handler: the storage's error may quote what it could not store.
        raise NetworkError("The updates could not be stored")
