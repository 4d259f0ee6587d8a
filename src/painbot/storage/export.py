"""All that is stored about a learner, as data that can be written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from painbot.core.ids import ChatId
from painbot.storage.tables import (
    answers,
    deliveries,
    dialogues,
    enrollments,
    inbox_updates,
    learners,
    outbox_messages,
    pseudonyms,
    safety_events,
)


async def export_learner(connection: AsyncConnection, chat_id: ChatId) -> Mapping[str, object] | None:
    """Return a learner's data, every answer included, or nothing for a stranger.

    Instants are ISO 8601 in UTC; dates and wall times are in the learner's zone.
    """
    found = await _all(connection, select(learners).where(learners.c.chat_id == chat_id))
    if not found:
        return None
    learner = found[0]
    enrolled = []
    for enrollment in await _all(
        connection,
        select(enrollments).where(enrollments.c.learner_id == learner["id"]).order_by(enrollments.c.id),
    ):
        enrollment_id = enrollment["id"]
        handed_out = select(deliveries).where(deliveries.c.enrollment_id == enrollment_id)
        given = select(answers).where(answers.c.enrollment_id == enrollment_id)
        enrolled.append(
            {
                **enrollment,
                "deliveries": await _all(connection, handed_out.order_by(deliveries.c.handed_out_at)),
                "answers": await _all(connection, given.order_by(answers.c.at, answers.c.slot)),
            }
        )
    messages = select(outbox_messages).where(outbox_messages.c.chat_id == chat_id)
    updates = select(inbox_updates).where(inbox_updates.c.chat_id == chat_id)
    events = (
        select(
            safety_events.c.level,
            safety_events.c.group,
            safety_events.c.rule,
            safety_events.c.version,
            safety_events.c.at,
        )
        .join(pseudonyms, pseudonyms.c.pseudonym == safety_events.c.pseudonym)
        .where(pseudonyms.c.chat_id == chat_id)
    )
    dialogue = await _all(
        connection,
        select(dialogues.c.state, dialogues.c.data).where(dialogues.c.learner_id == learner["id"]),
    )
    return {
        "learner": learner,
        "enrollments": enrolled,
        "dialogue": dialogue[0] if dialogue else None,
        "messages": await _all(connection, messages.order_by(outbox_messages.c.id)),
        "updates": await _all(connection, updates.order_by(inbox_updates.c.update_id)),
        "safety_events": await _all(connection, events.order_by(safety_events.c.id)),
    }


async def _all(connection: AsyncConnection, query: Select[Any]) -> list[dict[str, object]]:
    result = await connection.execute(query)
    return [{key: _plain(value) for key, value in row.items()} for row in result.mappings()]


def _plain(value: Any) -> object:
    return value.isoformat() if isinstance(value, datetime | date | time) else value
