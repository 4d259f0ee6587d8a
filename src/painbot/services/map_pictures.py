"""A learner's pain map as a picture, made at the moment of sending and never stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from painbot.core.ids import ChatId
from painbot.core.map_sheet import MapSheet, sheet_of
from painbot.services.ports import Storage


class MapPictures:
    """Makes the picture of /map. `draw` turns a sheet of words into PNG; it may take a second."""

    def __init__(self, storage: Storage, draw: Callable[[MapSheet], bytes]) -> None:
        self._storage = storage
        self._draw = draw

    async def make(self, chat_id: ChatId, kind: str, as_of: datetime) -> Sequence[tuple[str, bytes]]:
        """Return the picture with its file name; nothing for a learner erased meanwhile."""
        async with self._storage.begin_read() as uow:
            file = await uow.learners.file(chat_id, as_of)
        sheet = None if file is None else sheet_of(file, as_of)
        if sheet is None:
            return ()
        # Drawing is work for a processor: replies must not wait for it.
        png = await asyncio.to_thread(self._draw, sheet)
        return ((f"pain-map-{sheet.on.isoformat()}.png", png),)
