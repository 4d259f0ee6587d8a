"""The outbox: messages owed, leased, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Row,
    Text,
    Update,
    and_,
    any_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import FromClause
from sqlalchemy.sql.elements import ColumnElement

from painbot.core.delivery import LEASE, NewOutboxMessage, OutboxMessage, OutboxStatus, Settlement
from painbot.core.ids import ChatId, EnrollmentId, OutboxId
from painbot.core.outgoing import Lane, MessageKind
from painbot.services.ports import Hold, Withdrawn
from painbot.storage.message_json import message_from_json, message_to_json
from painbot.storage.statements import dialect_insert, insert_if_new, insert_new, list_value, not_in_list
from painbot.storage.tables import holds, outbox_messages

UPDATE_SLOTS = ("reply:", "safety:", "parked:", "group:")
"""Beginnings of the dedupe keys that name the update a message answers."""

# Written into the statements, not bound: a partial index is only used when its condition stands there.
_PENDING: ColumnElement[str] = literal_column("'pending'")
_LEASED: ColumnElement[str] = literal_column("'leased'")
_URGENT: ColumnElement[int] = literal_column(str(int(Lane.URGENT)))

# PostgreSQL only, until the end of the transaction. Claims take turns: two at the same instant could pick
# two rows of one chat. And without statistics (a new database, a sudden crowd) the planner would check
# and sort everything that waits instead of walking the index.
_CLAIM_LOCK = 0x7061_696E_636C_6169  # "painclai"
_PREPARE_CLAIM = text(
    "SELECT pg_advisory_xact_lock(:lock), set_config('enable_sort', 'off', true), "
    "set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)"
)

_o = outbox_messages
_FIELDS = (
    _o.c.id,
    _o.c.chat_id,
    _o.c.enrollment_id,
    _o.c.kind,
    _o.c.lane,
    _o.c.dedupe_key,
    _o.c.message,
    _o.c.edits,
    _o.c.attempts,
    _o.c.leased_until,
    _o.c.expires_at,
)


def _ready(row: FromClause) -> ColumnElement[bool]:
    """A pending row that may be tried at `now`."""
    return and_(
        row.c.status == _PENDING,
        or_(row.c.retry_at.is_(None), row.c.retry_at <= bindparam("now")),
        or_(row.c.expires_at.is_(None), row.c.expires_at > bindparam("now")),
    )


@cache
def claim_statement(dialect_name: str, urgent_only: bool) -> Update:
    """Build the claim, with parameters now, until, at_most and held.

    The candidates are walked in lane order along `ix_outbox_messages_pending` and each is checked
    through `ix_outbox_messages_chat`. The checks are scalar subqueries on purpose: PostgreSQL would
    turn NOT EXISTS into a join over everything pending, where the walk can stop after `at_most` rows.
    """
    row, head, first, lease = _o.alias("c"), _o.alias("head"), _o.alias("first"), _o.alias("lease")
    first_of_lane = (
        select(first.c.id)
        .where(first.c.chat_id == head.c.chat_id, first.c.status == _PENDING, first.c.lane == head.c.lane)
        .order_by(first.c.id)
        .limit(1)
        .scalar_subquery()
    )
    # The first row of the most urgent lane whose first row is ready: a lane that waits to retry is
    # passed over, and nothing overtakes within a lane.
    next_of_chat = (
        select(head.c.id)
        .where(head.c.chat_id == row.c.chat_id, _ready(head), head.c.id == first_of_lane)
        .order_by(head.c.lane, head.c.id)
        .limit(1)
        .scalar_subquery()
    )
    # An urgent row waits only for an urgent lease before it; every other row for any lease of the chat.
    blocking_lease = (
        select(lease.c.id)
        .where(
            lease.c.chat_id == row.c.chat_id,
            lease.c.status == _LEASED,
            or_(row.c.lane != _URGENT, lease.c.lane == _URGENT),
        )
        .limit(1)
        .scalar_subquery()
    )
    candidates = (
        select(row.c.id)
        .where(
            _ready(row),
            not_in_list(dialect_name, row.c.chat_id, "held"),
            row.c.id == next_of_chat,
            blocking_lease.is_(None),
        )
        .order_by(row.c.lane, row.c.id)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True)
    )
    if urgent_only:
        candidates = candidates.where(row.c.lane == _URGENT)
    chosen: ColumnElement[bool]
    if dialect_name == "sqlite":
        chosen = _o.c.id.in_(candidates)
    else:
        # As an array the candidates are found once, and the rows by primary key whatever the statistics.
        chosen = _o.c.id == any_(func.array(candidates.scalar_subquery()))
    return (
        update(_o)
        .where(chosen)
        .values(status=OutboxStatus.LEASED.value, leased_until=bindparam("until"), retry_at=null())
        .returning(*_FIELDS)
    )


_unsettled = _o.c.status.in_([_PENDING, _LEASED])
_SETTLE_FINAL = (
    update(_o)
    # Also from pending: an outcome that comes after the lease ran out is still the outcome.
    .where(_o.c.id == bindparam("which"), _unsettled)
    .values(
        status=bindparam("outcome"),
        attempts=bindparam("tries"),
        message_id=bindparam("sent_as"),
        reason=bindparam("why"),
        settled_at=bindparam("moment"),
        message=null(),
        leased_until=null(),
        retry_at=null(),
    )
)
_SETTLE_RETRY = (
    update(_o)
    .where(_o.c.id == bindparam("which"), _o.c.status == _LEASED)
    .values(
        status=OutboxStatus.PENDING.value,
        attempts=bindparam("tries"),
        reason=bindparam("why"),
        retry_at=bindparam("next_try_at"),
        leased_until=null(),
        edits=case((bindparam("as_new"), null()), else_=_o.c.edits),
    )
)
_final = {"message": null(), "leased_until": null(), "retry_at": null()}
_CANCEL_ASKED = (
    update(_o)
    .where(_o.c.id == bindparam("which"), _o.c.status == _PENDING, _o.c.cancel_asked == 1)
    .values(status=OutboxStatus.CANCELLED.value, settled_at=bindparam("moment"), reason="cancelled", **_final)
)
GONE = ":gone:"
"""Stands, with the row's id, behind the slot of a message that never went out: the slot is free again."""

_freed: ColumnElement[str] = _o.c.dedupe_key + literal(GONE) + cast(_o.c.id, Text)
_WITHDRAWN = (_o.c.chat_id, _o.c.dedupe_key)
_EXPIRE = (
    update(_o)
    .where(_o.c.status == _PENDING, _o.c.expires_at <= bindparam("now"))
    .values(
        status=OutboxStatus.EXPIRED.value,
        settled_at=bindparam("now"),
        reason="expired",
        dedupe_key=_freed,
        **_final,
    )
    .returning(*_WITHDRAWN)
)
_ALL_LEASED = select(*_FIELDS).where(_o.c.status == _LEASED).order_by(_o.c.lane, _o.c.id)
_EXPIRED_LEASES = _ALL_LEASED.where(_o.c.leased_until <= bindparam("now"))

_PUSH_KINDS = [kind.value for kind in MessageKind if kind.is_push]
_ALL_BUT_SAFETY = [kind.value for kind in MessageKind if kind is not MessageKind.SAFETY]
_in_chat = and_(_o.c.chat_id == bindparam("chat"), _o.c.kind.in_(bindparam("kinds", expanding=True)))
_CANCEL_PENDING = (
    update(_o)
    .where(_o.c.status == _PENDING, _in_chat)
    .values(
        status=OutboxStatus.CANCELLED.value,
        settled_at=bindparam("now"),
        reason="cancelled",
        dedupe_key=_freed,
        **_final,
    )
    .returning(*_WITHDRAWN)
)
_ASK_CANCEL = update(_o).where(_o.c.status == _LEASED, _in_chat).values(cancel_asked=1)

_UNSENT_PUZZLED = (
    select(_o.c.id)
    .where(_o.c.chat_id == bindparam("chat"), _unsettled, _o.c.kind == MessageKind.PUZZLED.value)
    .limit(1)
)
_NEXT_RETRY = select(func.min(_o.c.retry_at)).where(_o.c.status == _PENDING, _o.c.retry_at.is_not(None))
_DROP_ENDED_HOLDS = delete(holds).where(holds.c.until <= bindparam("now"))
_HOLDS = select(holds.c.scope, holds.c.until).order_by(holds.c.scope)

# Their slots name an update, and Telegram may begin its update numbers anew after a quiet week.
_DROP_ANSWERS = delete(_o).where(
    _o.c.id.in_(
        select(_o.c.id)
        .where(
            _o.c.settled_at < bindparam("limit_at"),
            # Nothing but answers travels in the first two lanes; the index holds only those.
            _o.c.lane <= literal_column(str(int(Lane.REPLY))),
            _o.c.status.not_in([_PENDING, _LEASED]),
            or_(*(_o.c.dedupe_key.startswith(prefix) for prefix in UPDATE_SLOTS)),
        )
        .limit(bindparam("at_most"))
    )
)


class SqlOutbox:
    """The outbox over one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    async def add(self, message: NewOutboxMessage) -> OutboxId | None:
        """Owe a message; nothing when its dedupe key is already there (whatever became of it)."""
        added = await insert_if_new(self._connection, _o, _row(message), "id")
        return None if added is None else OutboxId(added)

    async def add_many(self, messages: Sequence[NewOutboxMessage]) -> int:
        """Owe several in few statements, ignoring known dedupe keys; return how many were new."""
        return await insert_new(self._connection, _o, [_row(message) for message in messages])

    async def claim(
        self, now: datetime, limit: int, held_chats: Sequence[ChatId] = (), urgent_only: bool = False
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
        statement = claim_statement(self._dialect, urgent_only)
        if self._dialect != "sqlite":
            await self._connection.execute(_PREPARE_CLAIM, {"lock": _CLAIM_LOCK})
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
            }
            for settlement in settlements
            if settlement.status is OutboxStatus.PENDING
        ]
        if final:
            await self._connection.execute(_SETTLE_FINAL, final)
        if retried:
            await self._connection.execute(_SETTLE_RETRY, retried)
            await self._connection.execute(
                _CANCEL_ASKED, [{"which": row["which"], "moment": now} for row in retried]
            )

    async def expire(self, now: datetime) -> Sequence[Withdrawn]:
        """Give up pending messages past their expiry and free their slots; return them."""
        return [_withdrawn(row) for row in await self._connection.execute(_EXPIRE, {"now": now})]

    async def expired_leases(self, now: datetime) -> Sequence[OutboxMessage]:
        """Return messages whose lease ran out without an outcome."""
        return [_message(row) for row in await self._connection.execute(_EXPIRED_LEASES, {"now": now})]

    async def leased(self) -> Sequence[OutboxMessage]:
        """Return every leased message; at start all of them are a dead process's."""
        return [_message(row) for row in await self._connection.execute(_ALL_LEASED)]

    async def cancel_pending(self, chat_id: ChatId, pushes_only: bool, now: datetime) -> Sequence[Withdrawn]:
        """Cancel unsent messages of a chat (only pushes, or everything but safety) and free their slots.

        Returns what was cancelled. One in flight cannot be called back and is not among them, but does
        not return to the queue.
        """
        parameters = {"chat": chat_id, "kinds": _PUSH_KINDS if pushes_only else _ALL_BUT_SAFETY}
        await self._connection.execute(_ASK_CANCEL, parameters)
        cancelled = await self._connection.execute(_CANCEL_PENDING, {**parameters, "now": now})
        return [_withdrawn(row) for row in cancelled]

    async def drop_answers(self, settled_before: datetime, limit: int) -> int:
        """Forget up to `limit` answers to updates settled before this instant; return how many."""
        done = await self._connection.execute(_DROP_ANSWERS, {"limit_at": settled_before, "at_most": limit})
        return done.rowcount

    async def has_unsent_puzzled(self, chat_id: ChatId) -> bool:
        """Return whether an "I did not understand" already waits in this chat."""
        return (await self._connection.execute(_UNSENT_PUZZLED, {"chat": chat_id})).first() is not None

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
        await self._connection.execute(_DROP_ENDED_HOLDS, {"now": now})
        return [Hold(row.scope, row.until) for row in await self._connection.execute(_HOLDS)]

    async def next_retry_at(self) -> datetime | None:
        """Return the earliest instant at which a waiting message may be tried, if any waits."""
        earliest: datetime | None = (await self._connection.execute(_NEXT_RETRY)).scalar_one_or_none()
        return earliest


def _withdrawn(row: Row[Any]) -> Withdrawn:
    return Withdrawn(ChatId(row.chat_id), row.dedupe_key.rpartition(GONE)[0])


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
        expires_at=row.expires_at,
    )
