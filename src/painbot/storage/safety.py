"""Which safety card answered what, under a pseudonym and without a word of it."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.core.ids import ChatId
from painbot.storage.statements import insert_new
from painbot.storage.tables import pseudonyms, safety_events


class SqlSafety:
    """Safety events over one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(
        self, chat_id: ChatId | None, level: str, group: str, rule: str, version: str, at: datetime
    ) -> None:
        """Record that a card was owed; without a chat nothing leads back to the person."""
        await self._connection.execute(
            insert(safety_events).values(
                pseudonym=secrets.token_hex(8) if chat_id is None else await self._pseudonym(chat_id),
                level=level,
                group=group,
                rule=rule,
                version=version,
                at=at,
            )
        )

    async def _pseudonym(self, chat_id: ChatId) -> str:
        # Random, not computed from the chat: once its row is gone nobody can find the way back.
        fresh = {"chat_id": chat_id, "pseudonym": secrets.token_hex(8)}
        await insert_new(self._connection, pseudonyms, [fresh])
        found = await self._connection.execute(
            select(pseudonyms.c.pseudonym).where(pseudonyms.c.chat_id == chat_id)
        )
        return str(found.scalar_one())
