"""The inbox: updates received and not yet done with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, literal_column, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.core.ids import ChatId, UpdateId
from painbot.services.ports import InboxUpdate, NewUpdate, ParkedUpdate
from painbot.storage.statements import insert_new
from painbot.storage.tables import inbox_updates as inbox

# Written into the statement, not bound: a partial index is only used when its condition stands there.
_PENDING: ColumnElement[str] = literal_column("'pending'")
_PARKED: ColumnElement[str] = literal_column("'parked'")

_FIELDS = (inbox.c.update_id, inbox.c.chat_id, inbox.c.payload, inbox.c.attempts, inbox.c.received_at)

_UNTRIAGED = (
    select(*_FIELDS)
    .where(inbox.c.status == _PENDING, inbox.c.triaged_at.is_(None))
    .order_by(inbox.c.update_id)
    .limit(bindparam("at_most"))
)

_mine = inbox.alias("mine")
_oldest_of_chat = (
    select(_mine.c.update_id)
    .where(_mine.c.chat_id == inbox.c.chat_id, _mine.c.status == _PENDING)
    .order_by(_mine.c.update_id)
    .limit(1)
    .scalar_subquery()
)
_HEADS = (
    select(*_FIELDS)
    .where(
        inbox.c.status == _PENDING,
        inbox.c.triaged_at.is_not(None),
        or_(inbox.c.retry_at.is_(None), inbox.c.retry_at <= bindparam("now")),
        # An update without a chat stands in nobody's line.
        or_(inbox.c.chat_id.is_(None), inbox.c.update_id == _oldest_of_chat),
    )
    .order_by(inbox.c.update_id)
    .limit(bindparam("at_most"))
)

_ONE = update(inbox).where(inbox.c.update_id == bindparam("which"), inbox.c.status == _PENDING)
_MARK_TRIAGED = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("which"), inbox.c.triaged_at.is_(None))
    .values(triaged_at=bindparam("moment"))
)
_MARK_DONE = _ONE.values(
    status="done", finished_at=bindparam("moment"), payload=null(), retry_at=null(), error=null()
)
_FORGET_CHAT = update(inbox).where(inbox.c.update_id == bindparam("which")).values(chat_id=null())
_MARK_FAILED = _ONE.values(
    attempts=inbox.c.attempts + 1, retry_at=bindparam("next_try_at"), error=bindparam("fault")
)
_PARK = _ONE.values(
    status="parked",
    attempts=inbox.c.attempts + 1,
    finished_at=bindparam("moment"),
    retry_at=null(),
    error=bindparam("fault"),
)
_LIST_PARKED = (
    select(
        inbox.c.update_id,
        inbox.c.chat_id,
        inbox.c.attempts,
        inbox.c.received_at,
        inbox.c.finished_at,
        inbox.c.error,
    )
    .where(inbox.c.status == _PARKED, inbox.c.finished_at.is_not(None))
    .order_by(inbox.c.finished_at, inbox.c.update_id)
)
_DROP_PAYLOADS = (
    update(inbox)
    .where(
        inbox.c.status == _PARKED,
        inbox.c.finished_at < bindparam("limit_at"),
        inbox.c.payload.is_not(None),
    )
    .values(payload=null())
)

_DROP_DONE = delete(inbox).where(
    inbox.c.update_id.in_(
        select(inbox.c.update_id)
        .where(inbox.c.status == literal_column("'done'"), inbox.c.finished_at < bindparam("limit_at"))
        .limit(bindparam("at_most"))
    )
)


class SqlInbox:
    """The inbox over one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_many(self, updates: Sequence[NewUpdate], at: datetime) -> int:
        """Store updates, ignoring ids already stored; return how many were new."""
        rows = [
            {
                "update_id": new.update_id,
                "chat_id": new.chat_id,
                "status": "pending",
                "payload": new.payload,
                "received_at": at,
                "triaged_at": None if new.needs_triage else at,
                "attempts": 0,
            }
            for new in updates
        ]
        return await insert_new(self._connection, inbox, rows)

    async def untriaged(self, limit: int) -> Sequence[InboxUpdate]:
        """Return pending updates with typed words that triage has not seen, oldest first, any chat."""
        rows = await self._connection.execute(_UNTRIAGED, {"at_most": limit})
        return [_update(row) for row in rows]

    async def mark_triaged(self, update_id: UpdateId, at: datetime) -> bool:
        """Record that triage is through with this update; False when it was already."""
        done = await self._connection.execute(_MARK_TRIAGED, {"which": update_id, "moment": at})
        return done.rowcount == 1

    async def heads(self, now: datetime, limit: int) -> Sequence[InboxUpdate]:
        """Return each chat's oldest unfinished update, where triaged and due for a try, oldest first."""
        rows = await self._connection.execute(_HEADS, {"now": now, "at_most": limit})
        return [_update(row) for row in rows]

    async def mark_done(self, update_id: UpdateId, at: datetime) -> bool:
        """Record that the update was handled and drop its payload; False when it is not pending any more."""
        done = await self._connection.execute(_MARK_DONE, {"which": update_id, "moment": at})
        return done.rowcount == 1

    async def forget_chat(self, update_id: UpdateId) -> None:
        """Remove the chat from an update of somebody about whom nothing is to be kept."""
        await self._connection.execute(_FORGET_CHAT, {"which": update_id})

    async def mark_failed(self, update_id: UpdateId, retry_at: datetime, error: str) -> None:
        """Count a failed attempt and set when to try again."""
        await self._connection.execute(
            _MARK_FAILED, {"which": update_id, "next_try_at": retry_at, "fault": error}
        )

    async def park(self, update_id: UpdateId, at: datetime, error: str) -> bool:
        """Count the last failed attempt and set the update aside; later updates of the chat go on.

        False when it is not pending any more.
        """
        done = await self._connection.execute(_PARK, {"which": update_id, "moment": at, "fault": error})
        return done.rowcount == 1

    async def parked(self) -> Sequence[ParkedUpdate]:
        """Return what is parked, oldest first."""
        rows = await self._connection.execute(_LIST_PARKED)
        return [
            ParkedUpdate(
                update_id=UpdateId(row.update_id),
                chat_id=None if row.chat_id is None else ChatId(row.chat_id),
                attempts=row.attempts,
                received_at=row.received_at,
                parked_at=row.finished_at,
                error=row.error,
            )
            for row in rows
        ]

    async def drop_old_payloads(self, parked_before: datetime) -> int:
        """Erase the payloads of updates parked before this instant; return how many."""
        done = await self._connection.execute(_DROP_PAYLOADS, {"limit_at": parked_before})
        return done.rowcount

    async def drop_done(self, done_before: datetime, limit: int) -> int:
        """Forget up to `limit` updates done before this instant; return how many."""
        done = await self._connection.execute(_DROP_DONE, {"limit_at": done_before, "at_most": limit})
        return done.rowcount


def _update(row: Row[Any]) -> InboxUpdate:
    return InboxUpdate(
        update_id=UpdateId(row.update_id),
        chat_id=None if row.chat_id is None else ChatId(row.chat_id),
        payload=row.payload,
        attempts=row.attempts,
        received_at=row.received_at,
    )
