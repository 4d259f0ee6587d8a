"""What the database has to tell the operator, and what time it was last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, literal_column, or_, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from painbot.core.ids import ChatId
from painbot.services.ports import ParkedUpdate
from painbot.storage.statements import upsert
from painbot.storage.tables import enrollments, inbox_updates, instance, learners, outbox_messages
from painbot.storage.unit_of_work import SqlStorage

# Spelled out so that the partial indexes answer.
_RECEIVED: ColumnElement[bool] = inbox_updates.c.status == literal_column("'pending'")
_WAITING: ColumnElement[bool] = outbox_messages.c.status == literal_column("'pending'")
_LEASED: ColumnElement[bool] = outbox_messages.c.status == literal_column("'leased'")


async def parked(storage: SqlStorage) -> Sequence[ParkedUpdate]:
    """Return the updates whose handling kept failing, oldest first."""
    async with storage.begin_read() as unit:
        return await unit.inbox.parked()


async def idle(storage: SqlStorage, until: datetime) -> bool:
    """Return whether the inbox is handled and the outbox sent.

    Parked updates do not count, nor do messages that are tried again only after `until`.
    """
    soon = or_(outbox_messages.c.retry_at.is_(None), outbox_messages.c.retry_at <= until)
    async with storage.connection(read_only=True) as connection:
        busy = await connection.execute(
            select(
                or_(
                    exists().where(_RECEIVED),
                    exists().where(_WAITING, soon),
                    exists().where(_LEASED),
                )
            )
        )
        return not busy.scalar_one()


async def unsent(storage: SqlStorage, chat_id: ChatId) -> Sequence[datetime | None]:
    """Return when each message not sent yet to a chat is tried again; None for one that has no such time."""
    async with storage.connection(read_only=True) as connection:
        found = await connection.execute(
            select(outbox_messages.c.retry_at)
            .where(outbox_messages.c.chat_id == chat_id, or_(_WAITING, _LEASED))
            .order_by(outbox_messages.c.lane, outbox_messages.c.id)
        )
        return found.scalars().all()


async def next_due_at(storage: SqlStorage) -> datetime | None:
    """Return the earliest due time of any enrollment, in the past or to come."""
    async with storage.connection(read_only=True) as connection:
        found = await connection.execute(
            select(enrollments.c.due_at)
            .where(enrollments.c.due_at.is_not(None))
            .order_by(enrollments.c.due_at)
            .limit(1)
        )
        return found.scalar_one_or_none()


async def answers_at_all(storage: SqlStorage) -> None:
    """Return when the database answers a query; raises its error where it does not."""
    async with storage.connection(read_only=True) as connection:
        await connection.execute(select(literal_column("1")))


async def known_chats(storage: SqlStorage) -> Sequence[ChatId]:
    """Return the chat of every learner."""
    async with storage.connection(read_only=True) as connection:
        found = await connection.execute(select(learners.c.chat_id).order_by(learners.c.id))
        return [ChatId(chat_id) for chat_id in found.scalars()]


_CLOCK_ROW = "clock"
"""Where a trial keeps the time of its clock."""


async def keep_time(storage: SqlStorage, now: datetime) -> None:
    """Remember what time it is by a clock that can be moved, for the next start."""
    async with storage.connection() as connection:
        await upsert(connection, instance, [{"key": _CLOCK_ROW, "value": now.isoformat()}])


async def latest_time(storage: SqlStorage) -> datetime | None:
    """Return the latest time that was kept or that anything came in or was owed at, if there is any."""
    seen = union_all(
        select(func.max(inbox_updates.c.received_at).label("at")),
        select(func.max(outbox_messages.c.created_at)),
    )
    async with storage.connection(read_only=True) as connection:
        times: list[datetime] = [at for at in (await connection.execute(seen)).scalars() if at is not None]
        kept = await connection.execute(select(instance.c.value).where(instance.c.key == _CLOCK_ROW))
        times += [datetime.fromisoformat(at) for at in kept.scalars()]
    return max(times, default=None)
