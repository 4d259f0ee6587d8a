"""What the database has to tell the operator; reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from painbot.core.ids import ChatId
from painbot.core.outgoing import MessageKind
from painbot.services.ports import ParkedUpdate
from painbot.storage.tables import (
    enrollments,
    erasures_pending,
    holds,
    inbox_updates,
    learners,
    outbox_messages,
)
from painbot.storage.unit_of_work import SqlStorage

# Spelled out so that the partial indexes answer.
_RECEIVED: ColumnElement[bool] = inbox_updates.c.status == literal_column("'pending'")
_PARKED: ColumnElement[bool] = inbox_updates.c.status == literal_column("'parked'")
_WAITING: ColumnElement[bool] = outbox_messages.c.status == literal_column("'pending'")
_LEASED: ColumnElement[bool] = outbox_messages.c.status == literal_column("'leased'")


@dataclass(frozen=True)
class Counts:
    """How much there is of everything; `enrollments` by status."""

    learners: int
    enrollments: Mapping[str, int]
    due: int
    updates_waiting: int
    updates_parked: int
    messages_waiting: int
    messages_leased: int
    oldest_message_at: datetime | None
    holds: int
    erasures_pending: int


@dataclass(frozen=True)
class WaitingMessage:
    """A message that has not been sent yet."""

    kind: MessageKind
    slot: str
    created_at: datetime
    retry_at: datetime | None
    expires_at: datetime | None
    leased: bool


@dataclass(frozen=True)
class Scheduled:
    """What comes next for one chat: the due time with its reason, and what waits to be sent."""

    due_at: datetime | None
    due_why: str | None
    messages: Sequence[WaitingMessage]


async def counts(storage: SqlStorage, now: datetime) -> Counts:
    """Count what there is."""
    is_due = enrollments.c.due_at.is_not(None) & (enrollments.c.due_at <= now)
    async with storage.connection(read_only=True) as connection:
        by_status = await connection.execute(
            select(enrollments.c.status, func.count().label("number")).group_by(enrollments.c.status)
        )
        statuses = {row.status: row.number for row in by_status}
        row = (
            await connection.execute(
                select(
                    select(func.count()).select_from(learners).scalar_subquery().label("learners"),
                    select(func.count())
                    .select_from(enrollments)
                    .where(is_due)
                    .scalar_subquery()
                    .label("due"),
                    select(func.count()).where(_RECEIVED).scalar_subquery().label("received"),
                    select(func.count()).where(_PARKED).scalar_subquery().label("parked"),
                    select(func.count()).where(_WAITING).scalar_subquery().label("waiting"),
                    select(func.count()).where(_LEASED).scalar_subquery().label("leased"),
                    select(outbox_messages.c.created_at)
                    .where(_WAITING)
                    .order_by(outbox_messages.c.id)
                    .limit(1)
                    .scalar_subquery()
                    .label("oldest"),
                    select(func.count())
                    .select_from(holds)
                    .where(holds.c.until > now)
                    .scalar_subquery()
                    .label("holds"),
                    select(func.count()).select_from(erasures_pending).scalar_subquery().label("erasures"),
                )
            )
        ).one()
    return Counts(
        learners=row.learners,
        enrollments=statuses,
        due=row.due,
        updates_waiting=row.received,
        updates_parked=row.parked,
        messages_waiting=row.waiting,
        messages_leased=row.leased,
        oldest_message_at=row.oldest,
        holds=row.holds,
        erasures_pending=row.erasures,
    )


async def parked(storage: SqlStorage) -> Sequence[ParkedUpdate]:
    """Return the updates whose handling kept failing, oldest first."""
    async with storage.begin_read() as unit:
        return await unit.inbox.parked()


async def idle(storage: SqlStorage) -> bool:
    """Return whether the inbox is handled and the outbox sent; parked updates do not count."""
    async with storage.connection(read_only=True) as connection:
        busy = await connection.execute(
            select(
                or_(
                    exists().where(_RECEIVED),
                    exists().where(_WAITING),
                    exists().where(_LEASED),
                )
            )
        )
        return not busy.scalar_one()


async def scheduled(storage: SqlStorage, chat_id: ChatId) -> Scheduled:
    """Return what comes next for a chat; empty for a stranger."""
    async with storage.connection(read_only=True) as connection:
        due = (
            await connection.execute(
                select(enrollments.c.due_at, enrollments.c.due_why)
                .join(learners, learners.c.id == enrollments.c.learner_id)
                .where(learners.c.chat_id == chat_id)
                .order_by(enrollments.c.id.desc())
                .limit(1)
            )
        ).first()
        waiting = await connection.execute(
            select(outbox_messages)
            .where(outbox_messages.c.chat_id == chat_id, or_(_WAITING, _LEASED))
            .order_by(outbox_messages.c.lane, outbox_messages.c.id)
        )
        messages = [
            WaitingMessage(
                kind=MessageKind(row.kind),
                slot=row.dedupe_key,
                created_at=row.created_at,
                retry_at=row.retry_at,
                expires_at=row.expires_at,
                leased=row.leased_until is not None,
            )
            for row in waiting
        ]
    return Scheduled(
        due_at=None if due is None else due.due_at,
        due_why=None if due is None else due.due_why,
        messages=messages,
    )


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
