"""Turning decisions into outbox rows, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from painbot.core.delivery import NewOutboxMessage
from painbot.core.ids import ChatId, EnrollmentId
from painbot.core.outgoing import MessageKind, Outgoing
from painbot.services.environment import Renderer
from painbot.services.ports import UnitOfWork


def safety_slot(update_id: int) -> str:
    """Return the slot of the one card that an update brings, whichever step owes it."""
    return f"safety:{update_id}"


def outbox_row(
    outgoing: Outgoing,
    slot: str,
    chat_id: ChatId,
    enrollment_id: EnrollmentId | None,
    renderer: Renderer,
    now: datetime,
) -> NewOutboxMessage:
    """Return one message as the row that will be sent; rendered now, so that a retry says the same."""
    return NewOutboxMessage(
        chat_id=chat_id,
        enrollment_id=enrollment_id,
        kind=outgoing.kind,
        dedupe_key=slot,
        message=renderer.render(outgoing),
        created_at=now,
        expires_at=outgoing.expires_at,
        content_version=outgoing.content_version,
    )


async def owe_replies(
    uow: UnitOfWork,
    outgoing: Sequence[Outgoing],
    chat_id: ChatId,
    enrollment_id: EnrollmentId | None,
    update_id: int,
    renderer: Renderer,
    now: datetime,
) -> None:
    """Owe what an update is answered with.

    A reply without a slot of its own fills its place in the answer to this update, so handling the
    update once more owes nothing twice.
    """
    for number, message in enumerate(outgoing):
        if message.kind is MessageKind.PUZZLED and await uow.outbox.has_unsent_puzzled(chat_id):
            continue
        slot = message.slot or f"reply:{update_id}:{number}"
        await uow.outbox.add(outbox_row(message, slot, chat_id, enrollment_id, renderer, now))
