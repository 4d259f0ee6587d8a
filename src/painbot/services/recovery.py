"""What a dead process left leased: each message was maybe sent, and its kind decides what follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from painbot.core.delivery import OutboxMessage, Settlement, expired_lease_status
from painbot.core.ids import OutboxId
from painbot.services.ports import Storage, UnitOfWork

REASON = "lease lost"


async def recover_dead_leases(storage: Storage, now: datetime) -> int:
    """Settle every leased message, whoever leased it; only for a start, when nothing is in flight.

    Return how many there were.
    """
    async with storage.begin() as uow:
        return await _settle(uow, await uow.outbox.leased(), now)


async def recover_expired_leases(uow: UnitOfWork, now: datetime, in_flight: Collection[OutboxId]) -> int:
    """Settle messages whose lease ran out, except those this process is still sending.

    Return how many there were.
    """
    lost = [message for message in await uow.outbox.expired_leases(now) if message.id not in in_flight]
    return await _settle(uow, lost, now)


async def _settle(uow: UnitOfWork, messages: Sequence[OutboxMessage], now: datetime) -> int:
    if messages:
        settlements = [
            Settlement(message.id, expired_lease_status(message.kind), message.attempts + 1, reason=REASON)
            for message in messages
        ]
        await uow.outbox.settle(settlements, now)
    return len(messages)
