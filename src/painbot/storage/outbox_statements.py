"""The outbox's SQL statements, each built once and then served from SQLAlchemy's cache."""

from __future__ import annotations

from functools import cache

from sqlalchemy import (
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
from sqlalchemy.sql import FromClause
from sqlalchemy.sql.elements import ColumnElement

from painbot.core.delivery import OutboxStatus
from painbot.core.outgoing import Lane, MessageKind
from painbot.storage.statements import not_in_list
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
PREPARE_CLAIM = text(
    "SELECT pg_advisory_xact_lock(:lock), set_config('enable_sort', 'off', true), "
    "set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)"
).bindparams(lock=_CLAIM_LOCK)

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
    _o.c.created_at,
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
def claim_statement(dialect_name: str) -> Update:
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
SETTLE_FINAL = (
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
SETTLE_RETRY = (
    update(_o)
    .where(_o.c.id == bindparam("which"), _o.c.status == _LEASED)
    .values(
        status=OutboxStatus.PENDING.value,
        attempts=bindparam("tries"),
        reason=bindparam("why"),
        retry_at=bindparam("next_try_at"),
        leased_until=null(),
        edits=case((bindparam("as_new"), null()), else_=_o.c.edits),
        message=func.coalesce(bindparam("instead", type_=_o.c.message.type), _o.c.message),
    )
)
_final = {"message": null(), "leased_until": null(), "retry_at": null()}
CANCEL_ASKED = (
    update(_o)
    .where(_o.c.id == bindparam("which"), _o.c.status == _PENDING, _o.c.cancel_asked == 1)
    .values(status=OutboxStatus.CANCELLED.value, settled_at=bindparam("moment"), reason="cancelled", **_final)
)
GONE = ":gone:"
"""Stands, with the row's id, behind the slot of a message that never went out: the slot is free again."""

_freed: ColumnElement[str] = _o.c.dedupe_key + literal(GONE) + cast(_o.c.id, Text)
_WITHDRAWN = (_o.c.chat_id, _o.c.dedupe_key)
EXPIRE = (
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
ALL_LEASED = select(*_FIELDS).where(_o.c.status == _LEASED).order_by(_o.c.lane, _o.c.id)
EXPIRED_LEASES = ALL_LEASED.where(_o.c.leased_until <= bindparam("now"))

PUSH_KINDS = [kind.value for kind in MessageKind if kind.is_push]
ALL_BUT_SAFETY = [kind.value for kind in MessageKind if kind is not MessageKind.SAFETY]
_in_chat = and_(_o.c.chat_id == bindparam("chat"), _o.c.kind.in_(bindparam("kinds", expanding=True)))
CANCEL_PENDING = (
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
ASK_CANCEL = update(_o).where(_o.c.status == _LEASED, _in_chat).values(cancel_asked=1)

RETRY_SAFETY_NOW = (
    update(_o)
    .where(
        _o.c.chat_id == bindparam("chat"),
        _o.c.status == _PENDING,
        _o.c.lane == _URGENT,
        _o.c.retry_at.is_not(None),
    )
    .values(retry_at=null())
)
UNSENT_PUZZLED = (
    select(_o.c.id)
    .where(_o.c.chat_id == bindparam("chat"), _unsettled, _o.c.kind == MessageKind.PUZZLED.value)
    .limit(1)
)
NEXT_RETRY = select(func.min(_o.c.retry_at)).where(_o.c.status == _PENDING, _o.c.retry_at.is_not(None))
DROP_ENDED_HOLDS = delete(holds).where(holds.c.until <= bindparam("now"))
HOLDS = select(holds.c.scope, holds.c.until).order_by(holds.c.scope)

# Their slots name an update, and Telegram may begin its update numbers anew after a quiet week.
DROP_ANSWERS = delete(_o).where(
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
