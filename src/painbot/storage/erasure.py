"""Erasing a learner for good, and the ledger that keeps an erasure true after a restore."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, exists, func, literal_column, not_, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.core.ids import ChatId
from painbot.core.outgoing import MessageKind
from painbot.storage.scrub import owe_scrub
from painbot.storage.statements import dialect_insert, insert_new, upsert
from painbot.storage.tables import (
    answers,
    deliveries,
    dialogues,
    enrollments,
    erasure_ledger,
    erasures_pending,
    holds,
    inbox_updates,
    instance,
    learners,
    outbox_messages,
    pseudonyms,
)

if TYPE_CHECKING:
    from painbot.storage.unit_of_work import SqlStorage

_KEY_NAME = "erasure_key"
_INBOX_OPEN = inbox_updates.c.status == literal_column("'pending'")
_UNSENT = outbox_messages.c.status.in_([literal_column("'pending'"), literal_column("'leased'")])
_GOODBYE = outbox_messages.c.kind == MessageKind.GOODBYE.value
_LAST_WORDS = [MessageKind.GOODBYE.value, MessageKind.SAFETY.value]


@dataclass(frozen=True)
class LedgerEntry:
    """One erasure: the mark of the chat, and when. Nobody can read a chat out of a mark."""

    mark: str
    at: datetime


def ledger_mark(key: bytes, chat_id: ChatId) -> str:
    """Return HMAC-SHA256 of the chat id in decimal, as 64 hex digits."""
    return hmac.new(key, str(chat_id).encode(), hashlib.sha256).hexdigest()


async def erasure_key(storage: SqlStorage) -> bytes:
    """Return this instance's key for ledger marks; made on first use and kept in the database."""
    async with storage.connection() as connection:
        fresh = {"key": _KEY_NAME, "value": secrets.token_hex(32)}
        await insert_new(connection, instance, [fresh])
        found = await connection.execute(select(instance.c.value).where(instance.c.key == _KEY_NAME))
        return bytes.fromhex(found.scalar_one())


async def erase_learner(connection: AsyncConnection, chat_id: ChatId, now: datetime, mark: str) -> None:
    """Remove every row of the learner but what the goodbye needs, and write the ledger's mark.

    Kept until `wipe_chat`: the goodbye and an unsent safety card, which are still owed, and updates not
    yet handled (their words go when they are). Removed rows may be in flight: their outcome finds none.
    """
    await _delete_learner(connection, chat_id)
    await connection.execute(delete(pseudonyms).where(pseudonyms.c.chat_id == chat_id))
    await connection.execute(
        delete(outbox_messages).where(
            outbox_messages.c.chat_id == chat_id,
            not_(and_(_UNSENT, outbox_messages.c.kind.in_(_LAST_WORDS))),
        )
    )
    await connection.execute(
        delete(inbox_updates).where(inbox_updates.c.chat_id == chat_id, not_(_INBOX_OPEN))
    )
    await upsert(connection, erasures_pending, [{"chat_id": chat_id, "erased_at": now}])
    await _mark_ledger(connection, LedgerEntry(mark, now))


async def _delete_learner(connection: AsyncConnection, chat_id: ChatId) -> None:
    # Children first and by name: an erasure must not hang on a cascade that somebody may change.
    theirs = select(learners.c.id).where(learners.c.chat_id == chat_id)
    enrolled = select(enrollments.c.id).where(enrollments.c.learner_id.in_(theirs))
    await connection.execute(delete(answers).where(answers.c.enrollment_id.in_(enrolled)))
    await connection.execute(delete(deliveries).where(deliveries.c.enrollment_id.in_(enrolled)))
    await connection.execute(delete(dialogues).where(dialogues.c.learner_id.in_(theirs)))
    await connection.execute(delete(enrollments).where(enrollments.c.learner_id.in_(theirs)))
    await connection.execute(delete(learners).where(learners.c.chat_id == chat_id))


async def _mark_ledger(connection: AsyncConnection, entry: LedgerEntry) -> None:
    insert = dialect_insert(connection.dialect.name, erasure_ledger).values(mark=entry.mark, at=entry.at)
    await connection.execute(
        insert.on_conflict_do_update(
            index_elements=[erasure_ledger.c.mark],
            set_={"at": insert.excluded.at},
            where=erasure_ledger.c.at < insert.excluded.at,
        )
    )


async def erasures_to_wipe(connection: AsyncConnection) -> Sequence[ChatId]:
    """Return the chats erased to which nothing is owed any more.

    For somebody who is a learner again only what is from before the erasure counts.
    """
    again = exists().where(learners.c.chat_id == erasures_pending.c.chat_id)
    owed = exists().where(
        outbox_messages.c.chat_id == erasures_pending.c.chat_id,
        _UNSENT,
        or_(not_(again), _GOODBYE, outbox_messages.c.created_at <= erasures_pending.c.erased_at),
    )
    unhandled = exists().where(
        inbox_updates.c.chat_id == erasures_pending.c.chat_id,
        _INBOX_OPEN,
        inbox_updates.c.received_at <= erasures_pending.c.erased_at,
    )
    rows = await connection.execute(
        select(erasures_pending.c.chat_id)
        .where(not_(owed), not_(unhandled))
        .order_by(erasures_pending.c.erased_at)
    )
    return [ChatId(chat_id) for chat_id in rows.scalars()]


async def wipe_chat(connection: AsyncConnection, chat_id: ChatId) -> None:
    """Remove the last rows that name an erased chat; nothing happens without a pending erasure.

    A person who wrote again since then is a newcomer: what waits for them stays, and so does all that
    is newer than the erasure once they are a learner again.
    """
    pending = await connection.execute(
        select(erasures_pending.c.erased_at).where(erasures_pending.c.chat_id == chat_id)
    )
    erased_at = pending.scalar_one_or_none()
    if erased_at is None:
        return
    again = (await connection.execute(select(learners.c.id).where(learners.c.chat_id == chat_id))).first()
    old_updates = delete(inbox_updates).where(inbox_updates.c.chat_id == chat_id, not_(_INBOX_OPEN))
    old_messages = delete(outbox_messages).where(outbox_messages.c.chat_id == chat_id, not_(_UNSENT))
    if again is not None:
        old_updates = old_updates.where(inbox_updates.c.received_at <= erased_at)
        old_messages = old_messages.where(or_(_GOODBYE, outbox_messages.c.created_at <= erased_at))
    await connection.execute(old_updates)
    await connection.execute(old_messages)
    await connection.execute(delete(holds).where(holds.c.scope == f"chat:{chat_id}"))
    await connection.execute(delete(erasures_pending).where(erasures_pending.c.chat_id == chat_id))
    await owe_scrub(connection)


async def read_ledger(storage: SqlStorage) -> Sequence[LedgerEntry]:
    """Return every erasure on record, oldest first; take it along before a restore."""
    async with storage.connection(read_only=True) as connection:
        rows = await connection.execute(select(erasure_ledger).order_by(erasure_ledger.c.at))
        return [LedgerEntry(row.mark, row.at) for row in rows]


async def add_to_ledger(storage: SqlStorage, entries: Sequence[LedgerEntry]) -> None:
    """Write erasures into the ledger, as into a database just restored; the later time wins."""
    async with storage.connection() as connection:
        for entry in entries:
            await _mark_ledger(connection, entry)


async def reapply_ledger(storage: SqlStorage, key: bytes) -> int:
    """Erase again everyone the ledger names whose data a restore brought back; return how many chats.

    A learner who enrolled after their erasure stays. Nothing is said to anybody: the goodbye was said.
    """
    async with storage.connection() as connection:
        rows = await connection.execute(select(erasure_ledger.c.mark, erasure_ledger.c.at))
        ledger = {row.mark: row.at for row in rows}
        if not ledger:
            return 0
        named = await connection.execute(
            union(
                select(learners.c.chat_id),
                select(pseudonyms.c.chat_id),
                select(inbox_updates.c.chat_id).where(inbox_updates.c.chat_id.is_not(None)),
                select(outbox_messages.c.chat_id),
                select(erasures_pending.c.chat_id),
            )
        )
        erased = 0
        for chat_id in [ChatId(value) for value in named.scalars()]:
            erased_at = ledger.get(ledger_mark(key, chat_id))
            if erased_at is not None:
                erased += await _erase_restored(connection, chat_id, erased_at)
        if erased:
            await owe_scrub(connection)
    if erased:
        await storage.scrub()
    return erased


async def _erase_restored(connection: AsyncConnection, chat_id: ChatId, erased_at: datetime) -> bool:
    """Remove what the chat left up to `erased_at`; return whether there was anything."""
    removed = 0
    newer = await connection.execute(
        select(func.count())
        .select_from(learners)
        .where(learners.c.chat_id == chat_id, learners.c.created_at > erased_at)
    )
    if not newer.scalar_one():
        await _delete_learner(connection, chat_id)
        await connection.execute(delete(pseudonyms).where(pseudonyms.c.chat_id == chat_id))
        await connection.execute(delete(holds).where(holds.c.scope == f"chat:{chat_id}"))
        removed += 1
    for statement in (
        delete(inbox_updates).where(
            inbox_updates.c.chat_id == chat_id, inbox_updates.c.received_at <= erased_at
        ),
        delete(outbox_messages).where(
            outbox_messages.c.chat_id == chat_id, outbox_messages.c.created_at <= erased_at
        ),
        delete(erasures_pending).where(
            erasures_pending.c.chat_id == chat_id, erasures_pending.c.erased_at <= erased_at
        ),
    ):
        removed += (await connection.execute(statement)).rowcount
    return removed > 0
