"""Where a stranger's conversation stands: a state's name and nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.core.enrollment import Dialogue
from painbot.core.ids import ChatId
from painbot.storage.statements import upsert
from painbot.storage.tables import visitors


class SqlVisitors:
    """Visitors over one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def dialogue(self, chat_id: ChatId) -> Dialogue | None:
        """Return where a stranger's conversation stands."""
        found = await self._connection.execute(select(visitors.c.state).where(visitors.c.chat_id == chat_id))
        state = found.scalar_one_or_none()
        return None if state is None else Dialogue(state)

    async def save(self, chat_id: ChatId, dialogue: Dialogue, now: datetime) -> None:
        """Remember the state's name; the dialogue's data is not kept, since nobody consented to it."""
        await upsert(
            self._connection,
            visitors,
            [{"chat_id": chat_id, "state": dialogue.state, "updated_at": now}],
        )

    async def forget(self, chat_id: ChatId) -> None:
        """Drop it, as when the stranger becomes a learner."""
        await self._connection.execute(delete(visitors).where(visitors.c.chat_id == chat_id))
