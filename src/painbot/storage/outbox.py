"""The outbox: messages owed, leased, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.core.delivery import LEASE, NewOutboxMessage, OutboxMessage, OutboxStatus, Settlement
from painbot.core.ids import ChatId, EnrollmentId, OutboxId
from painbot.core.outgoing import Lane, MessageKind
from painbot.services.ports import Hold, Withdrawn
from painbot.storage import outbox_statements as sql
from painbot.storage.message_json import message_from_json, message_to_json
from painbot.storage.statements import dialect_insert, insert_if_new, insert_new, list_value
from painbot.storage.tables import holds, outbox_messages


class SqlOutbox:
    """The outbox over one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    async def add(self, message: NewOutboxMessage) -> OutboxId | None:
        """Owe a message; nothing when its dedupe key is already there (whatever became of it)."""
        added = await insert_if_new(self._connection, outbox_messages, _row(message), "id")
        return None if added is None else OutboxId(added)

    async def add_many(self, messages: Sequence[NewOutboxMessage]) -> int:
        """Owe several in few statements, ignoring known dedupe keys; return how many were new."""
        return await insert_new(self._connection, outbox_messages, [_row(message) for message in messages])

    async def claim(
        self, now: datetime, limit: int, held_chats: Sequence[ChatId] = ()
    ) -> Sequence[OutboxMessage]:
        """Lease up to `limit` messages in one statement, most urgent lane first, then oldest first.

        Of a chat, only the oldest unsent row of its most urgent lane with a row ready is taken; a row
        waiting to retry blocks only its own lane; one lease a chat, urgent rows excepted (an urgent row
        waits for no other lease than an urgent one, while a lease of any kind holds up the rest).
        `held_chats` are passed over.
        """
        if limit <= 0:
            return []
        parameters = {
            "now": now,
            "until": now + LEASE,
            "at_most": limit,
            "held": list_value(self._dialect, held_chats),
        }
        statement = sql.claim_statement(self._dialect)
        if self._dialect != "sqlite":
            await self._connection.execute(sql.PREPARE_CLAIM)
        rows = (await self._connection.execute(statement, parameters)).all()
        return sorted((_message(row) for row in rows), key=lambda message: (message.lane, message.id))

    async def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        """Write outcomes; a final one drops the message's text."""
        final = [
            {
                "which": settlement.id,
                "outcome": settlement.status.value,
                "tries": settlement.attempts,
                "sent_as": settlement.message_id,
                "why": settlement.reason,
                "moment": now,
            }
            for settlement in settlements
            if settlement.status is not OutboxStatus.PENDING
        ]
        retried = [
            {
                "which": settlement.id,
                "tries": settlement.attempts,
                "why": settlement.reason,
                "next_try_at": settlement.retry_at,
                "as_new": settlement.as_new,
                "instead": None if settlement.instead is None else message_to_json(settlement.instead),
            }
            for settlement in settlements
            if settlement.status is OutboxStatus.PENDING
        ]
        if final:
            await self._connection.execute(sql.SETTLE_FINAL, final)
        if retried:
            await self._connection.execute(sql.SETTLE_RETRY, retried)
            await self._connection.execute(
                sql.CANCEL_ASKED, [{"which": row["which"], "moment": now} for row in retried]
            )

    async def expire(self, now: datetime) -> Sequence[Withdrawn]:
        """Give up pending messages past their expiry and free their slots; return them."""
        return [_withdrawn(row) for row in await self._connection.execute(sql.EXPIRE, {"now": now})]

    async def expired_leases(self, now: datetime) -> Sequence[OutboxMessage]:
        """Return messages whose lease ran out without an outcome."""
        return [_message(row) for row in await self._connection.execute(sql.EXPIRED_LEASES, {"now": now})]

    async def leased(self) -> Sequence[OutboxMessage]:
        """Return every leased message; at start all of them are a dead process's."""
        return [_message(row) for row in await self._connection.execute(sql.ALL_LEASED)]

    async def cancel_pending(self, chat_id: ChatId, pushes_only: bool, now: datetime) -> Sequence[Withdrawn]:
        """Cancel unsent messages of a chat (only pushes, or everything but safety) and free their slots.

        Returns what was cancelled. One in flight cannot be called back and is not among them, but does
        not return to the queue.
        """
        parameters = {"chat": chat_id, "kinds": sql.PUSH_KINDS if pushes_only else sql.ALL_BUT_SAFETY}
        await self._connection.execute(sql.ASK_CANCEL, parameters)
        cancelled = await self._connection.execute(sql.CANCEL_PENDING, {**parameters, "now": now})
        return [_withdrawn(row) for row in cancelled]

    async def drop_answers(self, settled_before: datetime, limit: int) -> int:
        """Forget up to `limit` answers to updates settled before this instant; return how many."""
        done = await self._connection.execute(
            sql.DROP_ANSWERS, {"limit_at": settled_before, "at_most": limit}
        )
        return done.rowcount

    async def retry_safety_now(self, chat_id: ChatId) -> None:
        """Have a chat's safety cards that wait for a later try go out now: the person is there."""
        await self._connection.execute(sql.RETRY_SAFETY_NOW, {"chat": chat_id})

    async def has_unsent_puzzled(self, chat_id: ChatId) -> bool:
        """Return whether an "I did not understand" already waits in this chat."""
        return (await self._connection.execute(sql.UNSENT_PUZZLED, {"chat": chat_id})).first() is not None

    async def set_hold(self, hold: Hold) -> None:
        """Set or lengthen a hold; nothing shortens one."""
        insert = dialect_insert(self._dialect, holds).values(scope=hold.scope, until=hold.until)
        await self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=[holds.c.scope],
                set_={"until": insert.excluded.until},
                where=holds.c.until < insert.excluded.until,
            )
        )

    async def holds(self, now: datetime) -> Sequence[Hold]:
        """Return the holds still in force; drop those that ended."""
        await self._connection.execute(sql.DROP_ENDED_HOLDS, {"now": now})
        return [Hold(row.scope, row.until) for row in await self._connection.execute(sql.HOLDS)]

    async def next_retry_at(self) -> datetime | None:
        """Return the earliest instant at which a waiting message may be tried, if any waits."""
        earliest: datetime | None = (await self._connection.execute(sql.NEXT_RETRY)).scalar_one_or_none()
        return earliest


def _withdrawn(row: Row[Any]) -> Withdrawn:
    return Withdrawn(ChatId(row.chat_id), row.dedupe_key.rpartition(sql.GONE)[0])


def _row(new: NewOutboxMessage) -> dict[str, Any]:
    return {
        "chat_id": new.chat_id,
        "enrollment_id": new.enrollment_id,
        "kind": new.kind.value,
        "lane": int(new.kind.lane),
        "dedupe_key": new.dedupe_key,
        "status": OutboxStatus.PENDING.value,
        "message": message_to_json(new.message),
        "edits": new.message.edits,
        "content_version": new.content_version,
        "created_at": new.created_at,
        "expires_at": new.expires_at,
        "attempts": 0,
    }


def _message(row: Row[Any]) -> OutboxMessage:
    return OutboxMessage(
        id=OutboxId(row.id),
        chat_id=ChatId(row.chat_id),
        enrollment_id=None if row.enrollment_id is None else EnrollmentId(row.enrollment_id),
        kind=MessageKind(row.kind),
        lane=Lane(row.lane),
        dedupe_key=row.dedupe_key,
        message=message_from_json(row.message, row.edits),
        attempts=row.attempts,
        leased_until=row.leased_until,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
